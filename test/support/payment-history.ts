import { sql } from 'kysely';
import type { PastInvoice } from '#core/forecast/invoices.ts';
import { endOf } from '#core/forecast/protocol.ts';
import { addDays, type Day } from '#core/kernel/day.ts';
import { fromEpochDay, toEpochDay } from '#core/kernel/epoch-day.ts';
import type { Database } from '#platform/db/database.ts';
import { newId } from '#platform/ids.ts';

/** The book as it stood some days before its end: invoices of before, those paid later still open. */
export function booksBefore(book: readonly PastInvoice[], days: number): PastInvoice[] {
  const end = endOf(book) - days;
  return book
    .filter((i) => i.knownOn < end)
    .map(({ settledOn, ...i }) => (settledOn !== undefined && settledOn < end ? { ...i, settledOn } : i));
}

/**
 * Puts a made-up book on the books of a company, moved so that it ends today: a debtor and a case a customer, invoices entered on the day
 * they start, those paid paid in full on their day. Answers the case of each customer.
 */
export async function aPaymentHistory(
  db: Database,
  tenantId: string,
  today: Day,
  book: readonly PastInvoice[],
): Promise<ReadonlyMap<string, string>> {
  const shift = toEpochDay(today) + 1 - endOf(book);
  const on = (day: number): Day => fromEpochDay(day + shift);
  const now = today.toZonedDateTime({ timeZone: 'Europe/Paris', plainTime: '08:00' }).toInstant();
  const customers = [...new Set(book.map((i) => i.customer))];
  const parties = new Map(customers.map((c) => [c, newId()]));
  const cases = new Map(customers.map((c) => [c, newId()]));
  const rows = book.map((i) => ({ ...i, invoiceId: newId(), paymentId: newId(), partyId: parties.get(i.customer) ?? '' }));
  const paid = rows.filter((r) => r.settledOn !== undefined);
  await db.tenant(tenantId, async (tx) => {
    await sql`
      insert into parties (tenant_id, party_id, kind, name, created_at, updated_at)
      select ${tenantId}::uuid, id, 'business', name, ${now}, ${now}
      from unnest(${[...parties.values()]}::uuid[], ${customers.map((c) => `Client ${c}`)}::text[]) as p (id, name)`.execute(tx);
    await sql`
      insert into cases (tenant_id, case_id, reference, party_id, opened_on, stage)
      select ${tenantId}::uuid, id, 'D-' || name, party, ${addDays(today, -600)}, 'overdue'
      from unnest(${[...cases.values()]}::uuid[], ${customers}::text[], ${[...parties.values()]}::uuid[]) as c (id, name, party)`.execute(
      tx,
    );
    await sql`
      insert into invoices (tenant_id, invoice_id, document_kind, party_id, case_id, number, issued_on, due_on, currency, gross_cents,
        payable_cents, balance_cents, created_at)
      select ${tenantId}::uuid, id, 'invoice', party, case_id, number, issued, due, 'EUR', cents, cents, left_cents,
        (known + time '10:00') at time zone 'Europe/Paris'
      from unnest(${rows.map((r) => r.invoiceId)}::uuid[], ${rows.map((r) => r.partyId)}::uuid[],
        ${rows.map((r) => cases.get(r.customer) ?? '')}::uuid[], ${rows.map((r) => `F-${r.id}`)}::text[],
        ${rows.map((r) => on(r.issuedOn))}::date[], ${rows.map((r) => on(r.dueOn))}::date[], ${rows.map((r) => r.cents)}::bigint[],
        ${rows.map((r) => (r.settledOn === undefined ? r.cents : 0n))}::bigint[], ${rows.map((r) => on(r.knownOn))}::date[])
        as i (id, party, case_id, number, issued, due, cents, left_cents, known)`.execute(tx);
    await sql`
      insert into payments (tenant_id, payment_id, party_id, received_on, currency, amount_cents, created_at)
      select ${tenantId}::uuid, id, party, day, 'EUR', cents, ${now} from unnest(${paid.map((r) => r.paymentId)}::uuid[],
        ${paid.map((r) => r.partyId)}::uuid[], ${paid.map((r) => on(r.settledOn ?? 0))}::date[], ${paid.map((r) => r.cents)}::bigint[])
        as p (id, party, day, cents)`.execute(tx);
    await sql`
      insert into allocations (tenant_id, allocation_id, invoice_id, payment_id, on_day, amount_cents)
      select ${tenantId}::uuid, gen_random_uuid(), invoice, payment, day, cents from unnest(${paid.map((r) => r.invoiceId)}::uuid[],
        ${paid.map((r) => r.paymentId)}::uuid[], ${paid.map((r) => on(r.settledOn ?? 0))}::date[], ${paid.map((r) => r.cents)}::bigint[])
        as a (invoice, payment, day, cents)`.execute(tx);
    await sql`
      update cases c set balance_cents = o.cents, oldest_due_on = o.due
      from (select case_id, sum(balance_cents)::bigint as cents, min(due_on) as due from invoices
        where tenant_id = ${tenantId} and balance_cents > 0 group by 1) o
      where c.tenant_id = ${tenantId} and c.case_id = o.case_id`.execute(tx);
  });
  return cases;
}
