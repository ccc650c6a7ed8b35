import type { Witness } from '#modules/cases/index.ts';
import type { Deps } from '#platform/deps.ts';
import { decisionFor } from './decisions.ts';

/** Looks on while the user acts: keeps what the advice proposed when a step is taken, or when it is all stopped. */
export const adviceWitness =
  (deps: Pick<Deps, 'clock'>): Witness =>
  async (tx, tenantId, caseId, fact) => {
    const decision = await decisionFor(tx, deps, tenantId, caseId, fact);
    return decision ? [decision] : [];
  };
