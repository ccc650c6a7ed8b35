import { type RawBuilder, sql } from 'kysely';
import type { AsOf } from '#core/forecast/as-of.ts';
import type { PastInvoice } from '#core/forecast/invoices.ts';
import type { OpenStart } from '#core/forecast/outlook.ts';
import { addDays, type Day } from '#core/kernel/day.ts';
import type { Tx } from '#platform/db/database.ts';

/** What the books say on the morning of `on`: what is open, and what had become of the rest. */
export async function booksOn(tx: Tx, tenantId: string, on: Day): Promise<{ open: OpenInvoiceRow[]; past: PastInvoice[] }> {
  await tableOfKnown(tx, tenantId, on);
  return { open: await openInvoices(tx, tenantId, on), past: await pastInvoices(tx, on) };
}

/**
 * `known`, a table of this transaction: the books as they were known on the morning of a day: only what happened strictly before it. An invoice counts from the day it was
 * issued or entered, whichever is later; one that was paid before it was entered is history brought in, and counts from its issue.
 * It is settled from the day its payments reached what it is for (less its credit notes) and stayed there. Euros only.
 */
async function tableOfKnown(tx: Tx, tenantId: string, on: Day): Promise<void> {
  // The sizes of these sets are guessed a thousand times too small, and loops within loops are then thought cheap: they take minutes.
  await sql`set local enable_nestloop = off`.execute(tx);
  await sql`
  create temporary table known on commit drop as with
  credited as (
    select invoice_id, sum(amount_cents) as cents from allocations
    where tenant_id = ${tenantId} and credit_note_id is not null and on_day < ${on} group by invoice_id),
  debts as (
    select i.invoice_id, i.party_id, i.case_id, i.number, i.issued_on, i.due_on, i.payable_cents - coalesce(c.cents, 0) as cents,
      (i.created_at at time zone 'Europe/Paris')::date as entered_on
    from invoices i left join credited c using (invoice_id)
    where i.tenant_id = ${tenantId} and i.document_kind = 'invoice' and i.currency = 'EUR' and i.issued_on < ${on}
      and i.payable_cents > coalesce(c.cents, 0)),
  paid as (
    select invoice_id, on_day, sum(sum(amount_cents)) over (partition by invoice_id order by on_day) as cents from allocations
    where tenant_id = ${tenantId} and payment_id is not null and purpose not in ('interest', 'indemnity') and on_day < ${on}
    group by invoice_id, on_day),
  reached as (
    select invoice_id, p.on_day, p.cents, p.cents >= d.cents as enough,
      max(p.on_day) filter (where p.cents < d.cents) over (partition by invoice_id) as short_on
    from debts d join paid p using (invoice_id)),
  settling as (
    select invoice_id, min(on_day) filter (where enough and (short_on is null or on_day > short_on)) as settled_on,
      (array_agg(cents order by on_day desc))[1] as cents
    from reached group by invoice_id),
  dated as (
    select d.*, s.settled_on, d.cents - coalesce(s.cents, 0) as left_cents,
      case when s.settled_on < d.entered_on then d.issued_on else greatest(d.issued_on, d.entered_on) end as known_on
    from debts d left join settling s using (invoice_id)),
  told as materialized (
    select case_id, on_day, seq, kind, payload from journal
    where tenant_id = ${tenantId} and kind in ('dispute-raised', 'noted-by-mistake') and on_day < ${on}),
  disputes as (
    select case_id, on_day from told where kind = 'dispute-raised' and seq not in (${MISTAKEN})),
  contested as (
    select distinct invoice_id from dated d join disputes x using (case_id) where x.on_day between d.issued_on and d.settled_on)
    select d.invoice_id, d.party_id, d.case_id, d.number, d.issued_on, d.due_on, d.known_on, d.cents, d.left_cents,
      case when d.settled_on is not null then greatest(d.settled_on, d.known_on) end as settled_on,
      c.invoice_id is not null as disputed
    from dated d left join contested c using (invoice_id) where d.known_on < ${on}`.execute(tx);
  await sql`set local enable_nestloop = on`.execute(tx);
  await sql`analyze known`.execute(tx);
}

/** The ranks of what was noted by mistake, among entries of the journal called `told`. */
const MISTAKEN = sql`select (jsonb_array_elements_text(payload -> 'entries'))::bigint from told where kind = 'noted-by-mistake'`;

/** Days since 1970, as the models count them: an integer goes through the driver faster than a day. */
const epoch = (column: string): RawBuilder<number> => sql`${sql.ref(column)} - date '1970-01-01'`;

interface InvoiceRow {
  readonly invoice_id: string;
  readonly party_id: string;
  readonly known: number;
  readonly issued: number;
  readonly due: number;
  readonly cents: bigint;
}

const invoiceOf = (row: InvoiceRow): PastInvoice => ({
  ...{ id: row.invoice_id, customer: row.party_id, knownOn: row.known, issuedOn: row.issued, dueOn: row.due },
  cents: row.cents,
});

const INVOICE = sql`k.invoice_id, k.party_id, ${epoch('k.known_on')} as known, ${epoch('k.issued_on')} as issued,
  ${epoch('k.due_on')} as due, k.cents::bigint as cents`;

/** Invoices learnt from at most, and how far back. */
const LEARNT = 30_000;
const LEARNT_DAYS = 3 * 365;

/**
 * The invoices of the last three years and what had become of them on the morning of `on`: what models learn from. Of a large book, those
 * of some customers only, drawn by their identifiers: whole customers, so that the past of each is whole.
 */
async function pastInvoices(tx: Tx, on: Day): Promise<PastInvoice[]> {
  const { rows } = await sql<InvoiceRow & { settled: number | null; disputed: boolean }>`
    with recent as (select k.*, count(*) over () as n from known k where k.known_on >= ${addDays(on, -LEARNT_DAYS)})
    select ${INVOICE}, ${epoch('k.settled_on')} as settled, k.disputed from recent k
    where (hashtext(k.party_id::text) & 2147483647) % ((k.n + ${LEARNT} - 1) / ${LEARNT}) = 0
    order by k.known_on, k.invoice_id`.execute(tx);
  return rows.map((row) => ({
    ...invoiceOf(row),
    disputed: row.disputed,
    ...(row.settled === null ? {} : { settledOn: row.settled }),
  }));
}

/** What keeps an open invoice out of the forecast: the debtor contests it, is in insolvency proceedings, or the case was given up. */
export type Apart = 'disputed' | 'insolvent' | 'closed';

/** An open invoice on the morning of a day, with its customer's past as it was known then. */
export interface OpenInvoiceRow extends OpenStart {
  readonly caseId: string | null;
  readonly number: string;
  readonly apart: Apart | undefined;
  /** a date was promised, or a plan agreed, at some time before */
  readonly agreed: boolean;
}

interface OpenRow extends InvoiceRow {
  readonly case_id: string | null;
  readonly number: string;
  readonly left_cents: bigint;
  readonly apart: Apart | null;
  readonly agreed: boolean;
  readonly settled: number;
  readonly late: number;
  readonly contested: number;
  readonly days: number;
  readonly delay: number;
  readonly past_cents: number;
  readonly last: readonly number[] | null;
  readonly open: number;
  readonly overdue: number;
  readonly all_settled: number;
  readonly all_late: number;
  readonly all_contested: number;
  readonly all_days: number;
  readonly all_delay: number;
}

/**
 * Every invoice open on the morning of `on`, with the figures its forecast is made of (the same as `askHistory` counts in memory), in one
 * query: how many its customer had paid, how many late, the sums of days and delays, the last three delays, what else was open.
 */
async function openInvoices(tx: Tx, tenantId: string, on: Day): Promise<OpenInvoiceRow[]> {
  const { rows } = await sql<OpenRow>`
    with past as (
      select party_id, count(*)::int as settled, count(*) filter (where settled_on > due_on)::int as late,
        count(*) filter (where disputed)::int as contested, sum(settled_on - known_on)::int as days,
        sum(settled_on - due_on)::int as delay, sum(cents)::float8 as cents,
        (array_agg(settled_on - due_on order by settled_on desc, due_on desc, invoice_id desc))[1:3] as last
      from known where settled_on is not null group by party_id),
    everyone as materialized (
      select coalesce(sum(settled), 0)::int as settled, coalesce(sum(late), 0)::int as late,
        coalesce(sum(contested), 0)::int as contested, coalesce(sum(days), 0)::int as days, coalesce(sum(delay), 0)::int as delay
      from past),
    standing as (
      select party_id, count(*)::int as open, count(*) filter (where due_on < ${on})::int as overdue
      from known where settled_on is null group by party_id),
    told as materialized (
      select case_id, on_day, seq, kind, payload from journal
      where tenant_id = ${tenantId} and case_id is not null and on_day < ${on} and kind in ('case-closed', 'case-reopened',
        'dispute-raised', 'dispute-settled', 'insolvency-published', 'promise-made', 'plan-agreed', 'noted-by-mistake')),
    cases_told as (
      select case_id,
        (array_agg(kind order by on_day desc, seq desc) filter (where kind in ('case-closed', 'case-reopened')))[1] = 'case-closed' as closed,
        (array_agg(kind order by on_day desc, seq desc) filter (where kind in ('dispute-raised', 'dispute-settled')))[1] = 'dispute-raised' as disputed,
        bool_or(kind = 'insolvency-published') as insolvent, bool_or(kind in ('promise-made', 'plan-agreed')) as agreed
      from told where seq not in (${MISTAKEN}) group by case_id)
    select ${INVOICE}, k.case_id, k.number, k.left_cents::bigint as left_cents,
      case when t.closed then 'closed' when t.insolvent then 'insolvent' when t.disputed then 'disputed' end as apart,
      coalesce(t.agreed, false) as agreed,
      coalesce(p.settled, 0) as settled, coalesce(p.late, 0) as late, coalesce(p.contested, 0) as contested,
      coalesce(p.days, 0) as days, coalesce(p.delay, 0) as delay, coalesce(p.cents, 0) as past_cents, p.last,
      s.open - 1 as open, s.overdue - (k.due_on < ${on})::int as overdue,
      e.settled as all_settled, e.late as all_late, e.contested as all_contested, e.days as all_days, e.delay as all_delay
    from known k join standing s using (party_id) left join past p using (party_id) left join cases_told t using (case_id)
    cross join everyone e
    where k.settled_on is null order by k.due_on, k.invoice_id`.execute(tx);
  const [first] = rows;
  const all: AsOf['all'] = {
    ...{ settled: first?.all_settled ?? 0, late: first?.all_late ?? 0, disputed: first?.all_contested ?? 0 },
    ...{ days: first?.all_days ?? 0, delay: first?.all_delay ?? 0 },
  };
  return rows.map((row) => ({
    ...{ invoice: invoiceOf(row), caseId: row.case_id, number: row.number, leftCents: row.left_cents },
    ...{ apart: row.apart ?? undefined, agreed: row.agreed },
    asOf: {
      ...{ settled: row.settled, late: row.late, disputed: row.contested, days: row.days, delay: row.delay },
      ...{ cents: row.past_cents, last: row.last ?? [], open: row.open, overdue: row.overdue, all },
    },
  }));
}
