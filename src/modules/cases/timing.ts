import { armOf, type TrialDesign } from '#core/history/trial.ts';
import type { Day } from '#core/kernel/day.ts';
import type { Tx } from '#platform/db/database.ts';
import type { NewCaseFact } from './cases.ts';

/** The comparison of two moments that runs in a company, if one does. */
export async function runningTrial(tx: Tx, tenantId: string): Promise<(TrialDesign & { readonly startedOn: Day }) | undefined> {
  const row = await tx
    .selectFrom('timing_trials')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('stopped_on', 'is', null)
    .executeTakeFirst();
  return (
    row && {
      id: row.trial_id,
      action: row.action === 'call' ? 'CALL' : 'EMAIL',
      days: [row.first_day, row.second_day],
      startedOn: row.started_on,
    }
  );
}

/**
 * The draws of cases while a comparison runs: each case's moment is decided by the comparison and the case alone. A case is drawn as it
 * opens, before anything is known of how it ends.
 */
export async function drawFor(tx: Tx, tenantId: string, caseIds: readonly string[], on: Day): Promise<NewCaseFact[]> {
  const trial = caseIds.length > 0 ? await runningTrial(tx, tenantId) : undefined;
  if (!trial) return [];
  const { id: trialId, action, days } = trial;
  return caseIds.map((caseId) => ({
    caseId,
    kind: 'timing-drawn',
    on,
    payload: { trialId, action, days: [...days], arm: armOf(trial, caseId) },
  }));
}
