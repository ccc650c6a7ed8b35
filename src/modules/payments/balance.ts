import { sql } from 'kysely';
import type { Day } from '#core/kernel/day.ts';
import type { Tx } from '#platform/db/database.ts';

/** What one debtor owes in euros, in the books (interest and indemnities aside). */
export interface DebtorBalance {
  readonly partyId: string;
  readonly name: string;
  /** not due yet, then one figure for each bucket of the aging balance */
  readonly cents: readonly bigint[];
  readonly totalCents: bigint;
}

/** A page of debtors who owe, the largest first, and how many there are. `starts` are the days late at which each bucket starts. */
export async function listBalances(
  tx: Tx,
  tenantId: string,
  today: Day,
  asked: {
    readonly starts: readonly number[];
    readonly text?: string | undefined;
    readonly limit: number;
    readonly offset: number;
  },
): Promise<{ readonly rows: readonly DebtorBalance[]; readonly found: number }> {
  const like = asked.text?.trim() ? `%${asked.text.trim().replace(/[\\%_]/g, '\\$&')}%` : undefined;
  const named = like
    ? sql`party_id in (select party_id from parties where tenant_id = ${tenantId} and name ilike ${like})`
    : sql`true`;
  const { rows } = await sql<{ party_id: string; name: string; buckets: bigint[]; total: bigint; found: bigint }>`
    with debts as (
      select party_id, width_bucket(${today}::date - due_on, ${[...asked.starts]}::int[]) as bucket, sum(balance_cents)::bigint as cents
      from invoices
      where tenant_id = ${tenantId} and document_kind = 'invoice' and balance_cents > 0 and currency = 'EUR' and ${named}
      group by 1, 2),
    debtors as (select party_id, sum(cents)::bigint as total from debts group by 1),
    page as (
      select *, (select count(*) from debtors) as found from debtors order by total desc, party_id
      limit ${asked.limit} offset ${asked.offset})
    select page.party_id, p.name, page.total, page.found, array(
      select coalesce((select d.cents from debts d where d.party_id = page.party_id and d.bucket = n), 0)
      from generate_series(0, ${asked.starts.length}) n order by n) as buckets
    from page join parties p on p.tenant_id = ${tenantId} and p.party_id = page.party_id
    order by page.total desc, page.party_id`.execute(tx);
  return {
    found: Number(rows[0]?.found ?? 0n),
    rows: rows.map((row) => ({
      partyId: row.party_id,
      name: row.name,
      cents: row.buckets.map(BigInt),
      totalCents: row.total,
    })),
  };
}
