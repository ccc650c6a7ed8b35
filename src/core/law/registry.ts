import { contractRules } from './registry/contract-rules.ts';
import { courtRules } from './registry/court-rules.ts';
import { dateRules } from './registry/date-rules.ts';
import type { Rule } from './registry/define.ts';
import { rateRules } from './registry/rate-rules.ts';

/** Every rule of the law. Those of the claim (interest of a debt, imputation) are added in core/claim/rules. */
export const lawRules: readonly Rule[] = [...rateRules, ...dateRules, ...courtRules, ...contractRules];
