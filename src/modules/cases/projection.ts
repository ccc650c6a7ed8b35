import { sql } from 'kysely';
import type { Day } from '#core/kernel/day.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import { type Fact, inForce, readFact } from './facts.ts';
import { type CaseState, caseState } from './state.ts';

/** All that the journal tells of several cases in one query, each case's in the order of days (those of one day as they were recorded). */
export async function storyByCase(tx: Tx, tenantId: string, caseIds: readonly string[]): Promise<Map<string, Fact[]>> {
  const rows = await tx
    .selectFrom('journal')
    .select(['case_id', 'kind', 'on_day', 'payload', 'seq'])
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`case_id = any(${caseIds}::uuid[])`)
    .orderBy('on_day')
    .orderBy('seq')
    .execute();
  const facts = new Map<string, Fact[]>();
  for (const row of rows) {
    const list = facts.get(row.case_id as string) ?? [];
    list.push(readFact(row.kind, row.on_day, row.payload, row.seq));
    facts.set(row.case_id as string, list);
  }
  return facts;
}

/** The facts of several cases that count (see `inForce`), in the order of their stories. */
export async function factsByCase(tx: Tx, tenantId: string, caseIds: readonly string[]): Promise<Map<string, Fact[]>> {
  const stories = await storyByCase(tx, tenantId, caseIds);
  return new Map([...stories].map(([caseId, story]) => [caseId, inForce(story)]));
}

/** A case with its facts and where it stands, as just written to the lists. */
export interface Projected {
  readonly caseId: string;
  readonly facts: readonly Fact[];
  readonly state: CaseState;
  readonly wasClosed: boolean;
}

/** Cases looked at in one go: memory does not grow with their number. */
export const CASES_AT_ONCE = 2000;

/**
 * Rewrites what the lists and totals read of cases (stage, next day, balance) from their facts and invoices. Safe to run again at any
 * time. At most `CASES_AT_ONCE` cases a call.
 */
export async function projectCases(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  tenantId: string,
  caseIds: readonly string[],
): Promise<Projected[]> {
  const facts = await factsByCase(tx, tenantId, caseIds);
  const { rows } = await sql<{ case_id: string; closed: boolean; principal: bigint; oldest: Day | null }>`
    select c.case_id, c.closed_on is not null as closed, coalesce(b.principal, 0)::bigint as principal, b.oldest
    from cases c left join lateral (
      select sum(greatest(i.balance_cents, 0)) as principal, min(i.due_on) filter (where i.balance_cents > 0) as oldest
      from invoices i where i.tenant_id = c.tenant_id and i.case_id = c.case_id and i.document_kind = 'invoice') b on true
    where c.tenant_id = ${tenantId} and c.case_id = any(${caseIds}::uuid[])`.execute(tx);
  const today = deps.clock.today();
  const all = rows.map((row) => {
    const known = facts.get(row.case_id) ?? [];
    const state = caseState(known, { principalCents: row.principal, oldestDueOn: row.oldest ?? undefined }, today);
    const closing = state.stage === 'closed' ? known.findLast((f) => f.kind === 'case-closed') : undefined;
    return { row, projected: { caseId: row.case_id, facts: known, state, wasClosed: row.closed }, closedOn: closing?.on ?? null };
  });
  await sql`
    update cases c set stage = n.stage, next_on = n.next_on, balance_cents = n.balance, oldest_due_on = n.oldest, closed_on = n.closed_on
    from unnest(
      ${all.map((a) => a.row.case_id)}::uuid[], ${all.map((a) => a.projected.state.stage)}::text[],
      ${all.map((a) => a.projected.state.nextOn ?? null)}::date[], ${all.map((a) => a.row.principal)}::bigint[],
      ${all.map((a) => a.row.oldest)}::date[], ${all.map((a) => a.closedOn)}::date[]
    ) as n (case_id, stage, next_on, balance, oldest, closed_on)
    where c.tenant_id = ${tenantId} and c.case_id = n.case_id`.execute(tx);
  return all.map((a) => a.projected);
}
