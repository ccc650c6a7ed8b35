import type { Tx } from '#platform/db/database.ts';
import type { NewFact } from './cases.ts';

/**
 * Who looks on while the user acts. Called in the same transaction, before the fact is recorded, with the case as it still is; the facts
 * it answers are recorded just before.
 */
export type Witness = (tx: Tx, tenantId: string, caseId: string, fact: NewFact) => Promise<readonly NewFact[]>;

/** The hidden field that says when a page was opened, as an instant. */
export const OPENED = 'opened';

/** The facts to record for one that the user tells: what the witness says, then the fact. */
export async function witnessed(
  witness: Witness | undefined,
  tx: Tx,
  tenantId: string,
  caseId: string,
  fact: NewFact,
): Promise<readonly (NewFact & { readonly caseId: string })[]> {
  const beside = (await witness?.(tx, tenantId, caseId, fact)) ?? [];
  return [...beside, fact].map((one) => ({ ...one, caseId }));
}
