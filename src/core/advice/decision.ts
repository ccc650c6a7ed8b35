import type { Action, Belief } from './actions.ts';
import type { BeliefTrace } from './belief.ts';
import type { BreakEven } from './break-even.ts';

/** A step open today, with what it is expected to bring when the rest is done at best. Cents, days, hours; means unless said. */
export interface OptionValue {
  readonly action: Action;
  readonly net: bigint;
  /** one chance in ten below, as many below as above, one in ten above */
  readonly band: readonly [bigint, bigint, bigint];
  readonly chanceOfGain: number;
  readonly chanceOfLoss: number;
  /** money this step alone asks for at once, and the mean over the whole plan */
  readonly cashNow: bigint;
  readonly outlay: bigint;
  readonly hours: number;
  /** mean days until money when some comes */
  readonly daysToMoney: number | null;
  /** a person confirms it, always */
  readonly needsPerson: boolean;
  /** how far below the best, in one sentence */
  readonly reason: string;
}

/** A step that is not open, and the rule that closes it. */
export interface Blocked {
  readonly action: Action;
  readonly rule: string;
  /** the articles, as labels; empty where the rule is one of ours or of the order of the steps */
  readonly article: string;
  readonly says: string;
  /** a fact that would open it, to be asked for */
  readonly missing?: string;
}

export interface Decision {
  /** the step of highest value */
  readonly best: Action;
  /** the step to propose: the gentlest of those within the band of the best */
  readonly proposed: Action;
  /** the steps too near to tell apart, the gentlest first; empty when the best stands alone */
  readonly tie: readonly Action[];
  /** days to let pass before the proposed step: one contact a week at most */
  readonly notBeforeDays: number;
  readonly value: bigint;
  readonly options: readonly OptionValue[];
  readonly blocked: readonly Blocked[];
  readonly belief: BeliefTrace;
  /** the steps while nothing is paid, following the likeliest outcome: the only ones a message may announce */
  readonly course: readonly Action[];
  /** of the best step; null where stopping or declaring is best */
  readonly breakEven: BreakEven | null;
  /** of the other steps that ask for money */
  readonly breakEvens: readonly { readonly action: Action; readonly from: BreakEven }[];
  readonly information: { readonly perfect: bigint; readonly solvencyCheck: bigint };
  /** by type: where the best step gains on the second, per unit of the claim's value */
  readonly contributions: Belief;
  readonly reasons: readonly string[];
  readonly paramsVersion: string;
  readonly lawDay: string;
}

/** Below this, in cents, two values cannot be told apart: 2 € at least, 0.2 % of the amount, 15 € at most. */
export function tieBand(principal: bigint): bigint {
  const share = (principal * 2n) / 1000n;
  return share < 200n ? 200n : share > 1500n ? 1500n : share;
}
