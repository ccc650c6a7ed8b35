import { sql } from 'kysely';
import type { Day } from '#core/kernel/day.ts';
import { readFact } from '#modules/cases/index.ts';
import type { Purpose } from '#modules/invoices/index.ts';
import type { Tx } from '#platform/db/database.ts';
import type { BookCase, BookInvoice } from './case-books.ts';
import { customerOf } from './marks.ts';
import type { BookPayment } from './receipts.ts';

/** What an invoice tells of its VAT. One amount gives the other; without any of them nothing is known. */
function vatOf(net: bigint | null, tax: bigint | null, gross: bigint): BookInvoice['vat'] {
  if (net !== null && tax !== null) return { netCents: net, taxCents: tax };
  if (tax !== null) return { netCents: gross - tax, taxCents: tax };
  return net === null ? null : { netCents: net, taxCents: gross - net };
}

/** Payments with all their parts until a day. */
export async function loadPayments(
  tx: Tx,
  tenantId: string,
  ids: readonly string[],
  until: Day,
): Promise<Map<string, BookPayment>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{
    payment_id: string;
    received_on: Day;
    currency: string;
    amount_cents: bigint;
    kind: BookPayment['kind'];
    reversal: boolean;
    held: string | null;
    reference: string | null;
    party_id: string;
    name: string;
    external_key: string | null;
  }>`
    select p.payment_id, p.received_on, p.currency, p.amount_cents, p.kind, p.reverses_payment_id is not null as reversal,
      coalesce(o.held, p.held) as held, p.reference, p.party_id, q.name, q.external_key
    from payments p
    join parties q on q.tenant_id = p.tenant_id and q.party_id = p.party_id
    left join payments o on o.tenant_id = p.tenant_id and o.payment_id = p.refunds_payment_id
    where p.tenant_id = ${tenantId} and p.payment_id = any(${ids}::uuid[])`.execute(tx);
  const parts = await sql<{
    payment_id: string;
    on_day: Day;
    amount_cents: bigint;
    purpose: Purpose;
    invoice_id: string;
    number: string;
    issued_on: Day;
    case_id: string | null;
    net_cents: bigint | null;
    tax_cents: bigint | null;
    gross_cents: bigint;
    party_id: string;
    name: string;
    external_key: string | null;
  }>`
    select a.payment_id, a.on_day, a.amount_cents, a.purpose, i.invoice_id, i.number, i.issued_on, i.case_id, i.net_cents, i.tax_cents,
      i.gross_cents, i.party_id, q.name, q.external_key
    from allocations a
    join invoices i on i.tenant_id = a.tenant_id and i.invoice_id = a.invoice_id
    join parties q on q.tenant_id = i.tenant_id and q.party_id = i.party_id
    where a.tenant_id = ${tenantId} and a.payment_id = any(${ids}::uuid[]) and a.on_day <= ${until}
    order by a.on_day, i.issued_on, i.number, a.allocation_id`.execute(tx);
  const byPayment = Map.groupBy(parts.rows, (row) => row.payment_id);
  return new Map(
    rows.map((row) => {
      const out = (row.kind === 'refund') !== row.reversal;
      const vat = (of: (typeof parts.rows)[number]) => vatOf(of.net_cents, of.tax_cents, of.gross_cents);
      return [
        row.payment_id,
        {
          id: row.payment_id,
          on: row.received_on,
          currency: row.currency,
          cents: out ? -row.amount_cents : row.amount_cents,
          kind: row.kind,
          reversal: row.reversal,
          heldForOther: row.held === 'wrong-entity',
          reference: row.reference,
          customer: customerOf(row.party_id, row.name, row.external_key),
          parts: (byPayment.get(row.payment_id) ?? []).map((part) => ({
            on: part.on_day,
            cents: part.amount_cents,
            purpose: part.purpose,
            invoiceId: part.invoice_id,
            number: part.number,
            issuedOn: part.issued_on,
            caseId: part.case_id,
            customer: customerOf(part.party_id, part.name, part.external_key),
            taxed: ((known) => (known ? known.taxCents !== 0n : null))(vat(part)),
          })),
        },
      ];
    }),
  );
}

/** Those of some cases that were written off, with the first day it happened. */
export async function writtenOffCases(
  tx: Tx,
  tenantId: string,
  caseIds: readonly string[],
  until: Day,
): Promise<Map<string, Day>> {
  if (caseIds.length === 0) return new Map();
  const { rows } = await sql<{ case_id: string; on_day: Day }>`
    select case_id, min(on_day) as on_day from journal
    where tenant_id = ${tenantId} and case_id = any(${caseIds}::uuid[]) and kind = 'case-closed' and payload ->> 'reason' = 'written-off'
      and on_day <= ${until}
    group by case_id`.execute(tx);
  return new Map(rows.map((row) => [row.case_id, row.on_day]));
}

/** Cases with their invoices, what was taken off these, and the facts that books look at, until a day. */
export async function loadCases(
  tx: Tx,
  tenantId: string,
  caseIds: readonly string[],
  until: Day,
): Promise<Map<string, BookCase>> {
  if (caseIds.length === 0) return new Map();
  const cases = await sql<{ case_id: string; reference: string; party_id: string; name: string; external_key: string | null }>`
    select c.case_id, c.reference, c.party_id, q.name, q.external_key
    from cases c join parties q on q.tenant_id = c.tenant_id and q.party_id = c.party_id
    where c.tenant_id = ${tenantId} and c.case_id = any(${caseIds}::uuid[])`.execute(tx);
  const facts = await sql<{ case_id: string; seq: bigint; kind: string; on_day: Day; payload: unknown }>`
    select case_id, seq, kind, on_day, payload from journal
    where tenant_id = ${tenantId} and case_id = any(${caseIds}::uuid[]) and on_day <= ${until}
      and kind in ('claim-doubtful', 'case-closed', 'case-reopened', 'insolvency-published')
    order by on_day, seq`.execute(tx);
  const invoices = await sql<{
    case_id: string;
    invoice_id: string;
    number: string;
    issued_on: Day;
    currency: string;
    payable_cents: bigint;
    net_cents: bigint | null;
    tax_cents: bigint | null;
    gross_cents: bigint;
    days: Day[] | null;
    cents: bigint[] | null;
  }>`
    select i.case_id, i.invoice_id, i.number, i.issued_on, i.currency, i.payable_cents, i.net_cents, i.tax_cents, i.gross_cents, a.days, a.cents
    from invoices i left join lateral (
      select array_agg(on_day order by on_day) as days, array_agg(amount_cents order by on_day) as cents from allocations a
      where a.tenant_id = i.tenant_id and a.invoice_id = i.invoice_id and a.purpose not in ('interest', 'indemnity')
        and a.on_day <= ${until}) a on true
    where i.tenant_id = ${tenantId} and i.case_id = any(${caseIds}::uuid[]) and i.document_kind = 'invoice'
    order by i.issued_on, i.number`.execute(tx);
  const invoicesOf = Map.groupBy(invoices.rows, (row) => row.case_id);
  const factsOf = Map.groupBy(facts.rows, (row) => row.case_id);
  return new Map(
    cases.rows.map((row) => [
      row.case_id,
      {
        id: row.case_id,
        reference: row.reference,
        customer: customerOf(row.party_id, row.name, row.external_key),
        invoices: (invoicesOf.get(row.case_id) ?? []).map((of) => ({
          id: of.invoice_id,
          number: of.number,
          issuedOn: of.issued_on,
          currency: of.currency,
          payableCents: of.payable_cents,
          vat: vatOf(of.net_cents, of.tax_cents, of.gross_cents),
          taken: (of.days ?? []).map((on, i) => ({ on, cents: of.cents?.[i] ?? 0n })),
        })),
        facts: (factsOf.get(row.case_id) ?? []).map(({ seq, kind, on_day, payload }) => ({
          seq,
          fact: readFact(kind, on_day, payload),
        })),
      },
    ]),
  );
}
