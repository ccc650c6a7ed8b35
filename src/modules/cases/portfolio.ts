import { sql } from 'kysely';
import type { Day } from '#core/kernel/day.ts';
import type { Tx } from '#platform/db/database.ts';
import type { DaysLate } from './lists.ts';

/** What is owed in euros, by how late it is: cents of principal left on unpaid invoices. */
export interface Portfolio {
  readonly owedCents: bigint;
  readonly overdueCents: bigint;
  readonly overdueInvoices: bigint;
  /** unpaid invoices in another currency, which no sum holds */
  readonly foreignInvoices: bigint;
  readonly openCases: bigint;
  readonly casesToDo: bigint;
  /** the day from which the next case asks for something, when it is to come */
  readonly nextOn: Day | undefined;
  readonly buckets: readonly (DaysLate & { readonly cents: bigint; readonly invoices: bigint })[];
}

/** Days late at which a new bucket of the aging balance starts. */
const BUCKETS = [1, 31, 61, 91] as const;

/** The buckets of the aging balance: 1 to 30 days late, 31 to 60, 61 to 90, more. */
export const AGING: readonly DaysLate[] = BUCKETS.map((from, i) => {
  const next = BUCKETS[i + 1];
  return { from, to: next === undefined ? undefined : next - 1 };
});

/** The totals of the first screen, each in one pass over a partial index. */
export async function portfolio(tx: Tx, tenantId: string, today: Day): Promise<Portfolio> {
  const money = await sql<{ bucket: number; cents: bigint; invoices: bigint; elsewhere: bigint }>`
    select width_bucket(${today}::date - due_on, ${[...BUCKETS]}::int[]) as bucket, sum(cents)::bigint as cents,
           sum(invoices)::bigint as invoices, sum(elsewhere)::bigint as elsewhere
    from (select due_on,
                 coalesce(sum(balance_cents) filter (where currency = 'EUR'), 0) as cents,
                 count(*) filter (where currency = 'EUR') as invoices,
                 count(*) filter (where currency <> 'EUR') as elsewhere
          from invoices
          where tenant_id = ${tenantId} and balance_cents > 0 and document_kind = 'invoice'
          group by due_on) as days
    group by bucket`.execute(tx);
  const cases = await sql<{ open: bigint; to_do: bigint; next_on: Day | null }>`
    select count(*) as open, count(*) filter (where next_on <= ${today}) as to_do,
           (select min(next_on) from cases
             where tenant_id = ${tenantId} and closed_on is null and next_on is not null and next_on > ${today}) as next_on
    from cases where tenant_id = ${tenantId} and closed_on is null`.execute(tx);
  const of = (bucket: number) => money.rows.find((row) => row.bucket === bucket) ?? { cents: 0n, invoices: 0n };
  const buckets = AGING.map((days, i) => ({ ...days, cents: of(i + 1).cents, invoices: of(i + 1).invoices }));
  const overdueCents = buckets.reduce((sum, b) => sum + b.cents, 0n);
  const [counts] = cases.rows;
  return {
    owedCents: overdueCents + of(0).cents,
    overdueCents,
    foreignInvoices: money.rows.reduce((sum, row) => sum + row.elsewhere, 0n),
    overdueInvoices: buckets.reduce((sum, b) => sum + b.invoices, 0n),
    openCases: counts?.open ?? 0n,
    casesToDo: counts?.to_do ?? 0n,
    nextOn: counts?.next_on ?? undefined,
    buckets,
  };
}
