import { sql } from 'kysely';
import type { Day } from '#core/kernel/day.ts';
import { openCases } from '#modules/cases/index.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';

/** Cases opened in one go: their facts are held. */
const AT_ONCE = 2000;

/** `arrivals`: each debtor with new open invoices, and its open case; those without one get one. */
export async function addCases(tx: Tx, deps: Pick<Deps, 'clock'>, tenantId: string, importId: string): Promise<void> {
  await sql`
    create temporary table arrivals on commit drop as
    select a.*, k.case_id, k.case_id is null as is_new, row_number() over (order by k.case_id nulls first, a.party_id) as n from (
      select b.party_id, sum(n)::int as invoices, sum(cents)::bigint as cents, min(oldest) as oldest
      from arriving l join staged_buyers b on b.buyer = l.buyer
      where l.kind = 'invoice' and l.owed group by b.party_id) a
    left join lateral (
      select k.case_id from cases k where k.tenant_id = ${tenantId} and k.party_id = a.party_id and k.closed_on is null
      order by k.opened_on, k.case_id limit 1) k on true`.execute(tx);
  await sql`create index on arrivals (n)`.execute(tx);
  await sql`create temporary table opened (party_id uuid not null, case_id uuid not null) on commit drop`.execute(tx);
  for (let done = 0; ; done += AT_ONCE) {
    const { rows } = await sql<{ party_id: string; invoices: number; cents: bigint; oldest: Day }>`
      select party_id, invoices, cents, oldest from arrivals
      where is_new and n > ${done} and n <= ${done + AT_ONCE} order by n`.execute(tx);
    if (rows.length === 0) break;
    const openings = rows.map((row) => ({
      partyId: row.party_id,
      importId,
      invoices: row.invoices,
      balanceCents: row.cents,
      oldestDueOn: row.oldest,
    }));
    const ids = await openCases(tx, deps, tenantId, openings);
    await sql`
      insert into opened select * from unnest(${rows.map((row) => row.party_id)}::uuid[], ${ids}::uuid[])`.execute(tx);
  }
  await sql`update arrivals a set case_id = o.case_id from opened o where o.party_id = a.party_id`.execute(tx);
  await sql`analyze arrivals`.execute(tx);
}
