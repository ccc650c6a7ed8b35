import { type Comparison, checkDesign, compareArms, OFFERED, type TrialCase, type TrialDesign } from '#core/history/trial.ts';
import { addDays, type Day, isAfter } from '#core/kernel/day.ts';
import { ok, type Result, refuse } from '#core/kernel/result.ts';
import { CASES_AT_ONCE, drawFor, factsByCase, factsOf, recordFacts, runningTrial } from '#modules/cases/index.ts';
import { appendJournal } from '#modules/journal/index.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import { isId, newId } from '#platform/ids.ts';

/** A case is looked at so many days after its due date, in both groups: what comes later is another story. */
export const HORIZON_DAYS = 30;

/** A comparison of two moments, running or stopped. */
export interface Trial extends TrialDesign {
  readonly startedOn: Day;
  readonly stoppedOn?: Day;
}

/** The comparisons of a company, latest first. */
export async function trialsOf(tx: Tx, tenantId: string): Promise<Trial[]> {
  const rows = await tx
    .selectFrom('timing_trials')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .orderBy('started_on', 'desc')
    .orderBy('trial_id', 'desc')
    .execute();
  return rows.map((row) => ({
    ...({
      id: row.trial_id,
      action: row.action === 'call' ? 'CALL' : 'EMAIL',
      days: [row.first_day, row.second_day],
      startedOn: row.started_on,
    } as const),
    ...(row.stopped_on && { stoppedOn: row.stopped_on }),
  }));
}

/**
 * Starts the comparison of a pair offered, by its rank, and draws the open cases that nobody was reminded of yet. Refusals
 * `insights.timing-unknown` (not offered), `insights.timing-running` (one at a time), those of `checkDesign`.
 */
export function startTrial(
  deps: Pick<Deps, 'db' | 'clock'>,
  tenantId: string,
  rank: string,
): Promise<Result<{ readonly drawn: number }>> {
  const offered = /^\d$/.test(rank) ? OFFERED[Number(rank)] : undefined;
  if (!offered) return Promise.resolve(refuse('insights.timing-unknown', 'Choisissez l’une des comparaisons proposées.'));
  const design = checkDesign({ id: newId(), ...offered });
  if (!design.ok) return Promise.resolve(design);
  const { id, days } = design.value;
  const action = offered.action === 'CALL' ? 'call' : 'email';
  return deps.db.tenant(tenantId, async (tx) => {
    const on = deps.clock.today();
    const added = await tx
      .insertInto('timing_trials')
      .values({ tenant_id: tenantId, trial_id: id, action, first_day: days[0], second_day: days[1], started_on: on })
      .onConflict((c) => c.doNothing())
      .executeTakeFirst();
    if (!added.numInsertedOrUpdatedRows)
      return refuse('insights.timing-running', 'Une comparaison est déjà en cours\u202f: arrêtez-la d’abord.');
    const payload = { trialId: id, action: offered.action, days: [...days] };
    await appendJournal(tx, tenantId, { kind: 'timing-trial-started', on, at: deps.clock.now(), actor: 'user', payload });
    const open = await untouched(tx, tenantId);
    await recordFacts(tx, deps, tenantId, await drawFor(tx, tenantId, open, on), 'system');
    return ok({ drawn: open.length });
  });
}

/** The open cases that are not due yet and whose debtor was never spoken to: for them both moments are still to come. */
async function untouched(tx: Tx, tenantId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('cases')
    .select('case_id')
    .where('tenant_id', '=', tenantId)
    .where('closed_on', 'is', null)
    .where('stage', '=', 'not-due')
    .where('oldest_due_on', 'is not', null)
    .orderBy('case_id')
    .execute();
  const found: string[] = [];
  for (let start = 0; start < rows.length; start += CASES_AT_ONCE) {
    const ids = rows.slice(start, start + CASES_AT_ONCE).map((row) => row.case_id);
    const facts = await factsByCase(tx, tenantId, ids);
    found.push(...ids.filter((id) => factsOf(facts.get(id) ?? [], 'contact-made').length === 0));
  }
  return found;
}

/** Stops the comparison: no case is drawn any more, and those that wait go back to the ordinary moment. Refusal `insights.timing-none`. */
export function stopTrial(deps: Pick<Deps, 'db' | 'clock'>, tenantId: string): Promise<Result<void>> {
  return deps.db.tenant(tenantId, async (tx) => {
    const on = deps.clock.today();
    const running = await runningTrial(tx, tenantId);
    if (!running) return refuse('insights.timing-none', 'Aucune comparaison n’est en cours.');
    await tx
      .updateTable('timing_trials')
      .set({ stopped_on: on })
      .where('tenant_id', '=', tenantId)
      .where('trial_id', '=', running.id)
      .execute();
    const payload = { trialId: running.id };
    await appendJournal(tx, tenantId, { kind: 'timing-trial-stopped', on, at: deps.clock.now(), actor: 'user', payload });
    for await (const [caseId, { facts, open }] of drawnCases(tx, tenantId, running.id)) {
      const waits = open && factsOf(facts, 'timing-released').length === 0 && factsOf(facts, 'contact-made').length === 0;
      const released = { caseId, kind: 'timing-released', on, payload: { trialId: running.id, why: 'stopped' } } as const;
      if (waits) await recordFacts(tx, deps, tenantId, [released], 'system');
    }
    return ok(undefined);
  });
}

/** Takes a case out: its ordinary moment comes back, and it stays counted in its group. Refusal `insights.timing-none`. */
export function releaseCase(deps: Pick<Deps, 'db' | 'clock'>, tenantId: string, caseId: string): Promise<Result<void>> {
  const none = refuse('insights.timing-none', 'Ce dossier ne participe à aucune comparaison.');
  if (!isId(caseId)) return Promise.resolve(none);
  return deps.db.tenant(tenantId, async (tx) => {
    const facts = (await factsByCase(tx, tenantId, [caseId])).get(caseId) ?? [];
    const drawn = factsOf(facts, 'timing-drawn').at(-1);
    const gone = factsOf(facts, 'timing-released').some((f) => f.payload.trialId === drawn?.payload.trialId);
    if (!drawn || gone) return none;
    const payload = { trialId: drawn.payload.trialId, why: 'user' };
    await recordFacts(tx, deps, tenantId, [{ caseId, kind: 'timing-released', on: deps.clock.today(), payload }]);
    return ok(undefined);
  });
}

type Facts = Parameters<typeof factsOf>[0];
interface Drawn {
  readonly facts: Facts;
  readonly open: boolean;
  readonly invoices: readonly { readonly due_on: Day; readonly payable_cents: bigint }[];
}

/** Every case that a comparison drew. */
async function* drawnCases(tx: Tx, tenantId: string, trialId: string): AsyncGenerator<readonly [string, Drawn]> {
  const rows = await tx
    .selectFrom('journal')
    .innerJoin('cases', (join) =>
      join.onRef('cases.tenant_id', '=', 'journal.tenant_id').onRef('cases.case_id', '=', 'journal.case_id'),
    )
    .select(['cases.case_id', 'cases.closed_on', 'journal.payload'])
    .where('journal.tenant_id', '=', tenantId)
    .where('kind', '=', 'timing-drawn')
    .orderBy('seq')
    .execute();
  const own = rows.filter((row) => (row.payload as { readonly trialId?: string }).trialId === trialId);
  for (let start = 0; start < own.length; start += CASES_AT_ONCE) {
    const group = own.slice(start, start + CASES_AT_ONCE);
    const ids = group.map((row) => row.case_id);
    const facts = await factsByCase(tx, tenantId, ids);
    const invoices = await tx
      .selectFrom('invoices')
      .select(['case_id', 'due_on', 'payable_cents'])
      .where('tenant_id', '=', tenantId)
      .where('case_id', 'in', ids)
      .where('document_kind', '=', 'invoice')
      .execute();
    const byCase = Map.groupBy(invoices, (invoice) => invoice.case_id ?? '');
    for (const { case_id, closed_on } of group)
      yield [case_id, { facts: facts.get(case_id) ?? [], open: closed_on === null, invoices: byCase.get(case_id) ?? [] }];
  }
}

/** One drawn case: in its group whatever was done, since only the draw makes groups alike. */
export interface Followed extends TrialCase {
  /** the debtor was spoken to before the moment drawn */
  readonly early: boolean;
}

/**
 * A drawn case once it has been followed to the horizon. `waiting` before that; `none` when it never took part: no invoice fell due with
 * both moments ahead of its draw, or it was opened by mistake.
 */
export function followedCase(
  trial: TrialDesign,
  { facts, invoices }: Omit<Drawn, 'open'>,
  today: Day,
): Followed | 'waiting' | 'none' {
  const drawn = factsOf(facts, 'timing-drawn').find((f) => f.payload.trialId === trial.id);
  if (!drawn || factsOf(facts, 'case-closed').some((f) => f.payload.reason === 'mistake')) return 'none';
  const ahead = invoices.map((i) => i.due_on).filter((due) => isAfter(addDays(due, Math.min(...trial.days)), drawn.on));
  const [due] = ahead.sort(Temporal.PlainDate.compare);
  if (!due) return 'none';
  const end = addDays(due, HORIZON_DAYS);
  if (!isAfter(today, end)) return 'waiting';
  const reversed = new Set(factsOf(facts, 'payment-reversed').map((f) => f.payload.paymentId));
  const settling = [
    ...factsOf(facts, 'payment-recorded').filter((f) => !reversed.has(f.payload.paymentId)),
    ...factsOf(facts, 'credit-note-applied'),
  ].filter((f) => !isAfter(f.on, end));
  const came = settling.reduce((sum, f) => sum + f.payload.amount, 0n);
  const owed = invoices.filter((i) => !isAfter(i.due_on, due)).reduce((sum, i) => sum + i.payable_cents, 0n);
  const { arm } = drawn.payload;
  const moment = addDays(due, trial.days[arm]);
  const early = factsOf(facts, 'contact-made').some((f) => isAfter(f.on, due) && isAfter(moment, f.on));
  return { arm, assigned: 'lot', success: came >= owed, early };
}

/** What a comparison says so far. */
export interface TrialResult {
  readonly trial: Trial;
  /** followed to the horizon, paid in full by then, by group */
  readonly groups: readonly [
    { readonly cases: number; readonly paid: number },
    { readonly cases: number; readonly paid: number },
  ];
  readonly waiting: number;
  readonly early: number;
  /** refused while too few cases were followed to the end */
  readonly comparison: Result<Comparison>;
}

/** Follows every case of a comparison to its horizon, and compares the two groups as they were drawn. */
export async function trialResult(tx: Tx, tenantId: string, trial: Trial, today: Day): Promise<TrialResult> {
  const followed: Followed[] = [];
  let waiting = 0;
  for await (const [, drawn] of drawnCases(tx, tenantId, trial.id)) {
    const one = followedCase(trial, drawn, today);
    if (one === 'waiting') waiting += 1;
    else if (one !== 'none') followed.push(one);
  }
  const group = (arm: 0 | 1) => {
    const own = followed.filter((c) => c.arm === arm);
    return { cases: own.length, paid: own.filter((c) => c.success).length };
  };
  const early = followed.filter((c) => c.early).length;
  return { trial, groups: [group(0), group(1)], waiting, early, comparison: compareArms(trial, followed) };
}
