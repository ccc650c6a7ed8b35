import { sql } from 'kysely';
import type { Day } from '#core/kernel/day.ts';
import type { Customer } from '#formats/fec/index.ts';
import type { Tx } from '#platform/db/database.ts';

/** An entry's label for a customer's own account: the code of the user's tool, else one that never changes. */
export const customerOf = (partyId: string, name: string, externalKey: string | null): Customer => ({
  account: externalKey ?? `Q${partyId.replaceAll('-', '').slice(-10).toUpperCase()}`,
  name,
});

/** Invoice numbers as they letter an account. */
export const letteringOf = (number: string): string => number.replace(/\s+/g, '');

/** What became of an invoice, as far as its customer's account is concerned. */
export interface Mark {
  /** the day it went to the doubtful customers */
  readonly doubtfulOn?: Day;
  /** the day nothing was left of it */
  readonly settledOn?: Day;
}

/**
 * The marks of invoices as known on a day. An invoice goes to the doubtful customers with its case, when something of it is unpaid that day;
 * it is settled when its allocations come to what was payable.
 */
export async function marksOf(tx: Tx, tenantId: string, invoiceIds: readonly string[], until: Day): Promise<Map<string, Mark>> {
  if (invoiceIds.length === 0) return new Map();
  const { rows } = await sql<{ invoice_id: string; doubtful_on: Day | null; settled_on: Day | null }>`
    select i.invoice_id, d.on_day as doubtful_on, s.on_day as settled_on
    from invoices i
    left join lateral (
      select min(j.on_day) as on_day from journal j
      where j.tenant_id = i.tenant_id and j.case_id = i.case_id and j.kind = 'claim-doubtful' and j.on_day <= ${until} and j.on_day >= i.issued_on
        and i.payable_cents > coalesce((
          select sum(a.amount_cents) from allocations a
          where a.tenant_id = i.tenant_id and a.invoice_id = i.invoice_id and a.on_day <= j.on_day
            and a.purpose not in ('interest', 'indemnity')), 0)) d on true
    left join lateral (
      select max(a.on_day) as on_day from allocations a
      where a.tenant_id = i.tenant_id and a.invoice_id = i.invoice_id and a.on_day <= ${until} and a.purpose not in ('interest', 'indemnity')
      having sum(a.amount_cents) = i.payable_cents) s on true
    where i.tenant_id = ${tenantId} and i.invoice_id = any(${invoiceIds}::uuid[]) and i.document_kind = 'invoice'`.execute(tx);
  return new Map(
    rows.map((row) => [
      row.invoice_id,
      {
        ...(row.doubtful_on ? { doubtfulOn: row.doubtful_on } : {}),
        ...(row.settled_on ? { settledOn: row.settled_on } : {}),
      },
    ]),
  );
}
