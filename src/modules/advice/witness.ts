import type { Witness } from '#modules/cases/index.ts';
import type { Deps } from '#platform/deps.ts';
import { decisionFor } from './decisions.ts';
import { proposeTime } from './time-proposals.ts';

/**
 * Looks on while the user acts: keeps what the advice proposed when a step is taken, or when it is all stopped; proposes the time it took
 * when it is known when its page was opened.
 */
export const adviceWitness =
  (deps: Pick<Deps, 'clock'>, opened?: string): Witness =>
  async (tx, tenantId, caseId, fact) => {
    if (opened !== undefined) await proposeTime(tx, deps, tenantId, caseId, fact, opened);
    const decision = await decisionFor(tx, deps, tenantId, caseId, fact);
    return decision ? [decision] : [];
  };
