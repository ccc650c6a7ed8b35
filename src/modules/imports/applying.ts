import { sql } from 'kysely';
import type { Day } from '#core/kernel/day.ts';
import { frenchDay } from '#core/kernel/french.ts';
import { recordFacts } from '#modules/cases/index.ts';
import { attachWaiting } from '#modules/einvoicing/index.ts';
import { rewriteBalances } from '#modules/invoices/index.ts';
import { sqlLooksPublic } from '#modules/parties/index.ts';
import { sqlNewId, withoutRowChecks } from '#platform/db/bulk.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import { NEW_LINES } from './comparing.ts';
import { addCases } from './opening.ts';
import { type Told, toldFacts } from './told.ts';

/** How an import is applied. */
export interface Applying {
  readonly importId: string;
  readonly listedOn: Day;
  readonly fileName: string;
  readonly debtorKind: 'business' | 'consumer' | 'public';
  /** new debtors whose name begins like a public body's are public buyers */
  readonly publicByName: boolean;
}

type Step = 'debtors' | 'invoices' | 'payments' | 'cases';

/** Puts on the books what `compare` found: debtors, cases, invoices, what the list shows as paid; then tells each case. */
export async function applyStaged(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  tenantId: string,
  of: Applying,
  progress: (step: Step) => void,
): Promise<{ readonly closedCases: number }> {
  const at = deps.clock.now();
  progress('debtors');
  await addDebtors(tx, tenantId, of, at);
  await addCases(tx, deps, tenantId, of.importId);
  progress('invoices');
  await addInvoices(tx, tenantId, at);
  await amend(tx, tenantId);
  progress('payments');
  await settle(tx, tenantId, of, at);
  progress('cases');
  const closedCases = await tell(tx, deps, tenantId, of);
  await attachWaiting(tx, deps, tenantId);
  return { closedCases };
}

/** New debtors, and what the list adds to those known: nothing known is erased. */
async function addDebtors(tx: Tx, tenantId: string, of: Applying, at: Temporal.Instant): Promise<void> {
  await sql`
    update staged_buyers b set party_id = ${sqlNewId}, is_new = true
    where b.party_id is null and b.problem is null and b.leader = b.buyer and b.buyer in (
      select m.leader from arriving a join staged_buyers m on m.buyer = a.buyer where a.owed)`.execute(tx);
  await sql`
    update staged_buyers b set party_id = l.party_id from staged_buyers l
    where l.buyer = b.leader and b.buyer <> b.leader and b.party_id is null and b.problem is null`.execute(tx);
  const { debtorKind, publicByName } = of;
  const kind = publicByName
    ? sql`case when ${sqlLooksPublic(sql.ref('name'))} then 'public' else ${debtorKind} end`
    : sql`${debtorKind}`;
  await sql`
    insert into parties (tenant_id, party_id, kind, name, siren, vat_number, street, postcode, city, country, email, external_key,
      created_at, updated_at)
    select ${tenantId}::uuid, party_id, ${kind}, name, siren, vat_number, street, postcode, city, coalesce(country, 'FR'), email, buyer_key,
      ${at}::timestamptz, ${at}::timestamptz
    from staged_buyers where is_new`.execute(tx);
  await sql`
    update parties p set siren = n.siren, vat_number = n.vat_number, street = n.street, postcode = n.postcode, city = n.city,
      email = n.email, external_key = n.external_key, updated_at = ${at}::timestamptz
    from (
      select distinct on (o.party_id) o.party_id, coalesce(o.siren, b.siren) as siren, coalesce(o.vat_number, b.vat_number) as vat_number,
        coalesce(o.street, b.street) as street, coalesce(o.postcode, b.postcode) as postcode, coalesce(o.city, b.city) as city,
        coalesce(o.email, b.email) as email,
        coalesce(o.external_key, case when not exists (
          select from parties k where k.tenant_id = ${tenantId} and k.external_key = b.buyer_key) then b.buyer_key end) as external_key
      from staged_buyers b join parties o on o.tenant_id = ${tenantId} and o.party_id = b.party_id
      where not b.is_new order by o.party_id, b.buyer_key nulls last, b.buyer) n
    where p.tenant_id = ${tenantId} and p.party_id = n.party_id
      and (p.siren, p.vat_number, p.street, p.postcode, p.city, p.email, p.external_key)
        is distinct from (n.siren, n.vat_number, n.street, n.postcode, n.city, n.email, n.external_key)`.execute(tx);
}

/**
 * The debtors and the cases that the new invoices name are checked and locked once, not once an invoice. What this transaction made itself
 * is there, and nobody else can take it away.
 */
async function addInvoices(tx: Tx, tenantId: string, at: Temporal.Instant): Promise<void> {
  const { rows } = await sql<{ missing: boolean }>`
    with known as (
      select party_id, null::uuid as case_id from staged_buyers where party_id is not null and not is_new
      union
      select null, case_id from arrivals where not is_new),
    owing as (
      select p.party_id from parties p where p.tenant_id = ${tenantId} and p.party_id in (select party_id from known) for key share),
    open as (
      select c.case_id from cases c where c.tenant_id = ${tenantId} and c.case_id in (select case_id from known) for key share)
    select exists (select from arrivals where case_id is null)
      or exists (
        select from known k left join owing o on o.party_id = k.party_id left join open c on c.case_id = k.case_id
        where o.party_id is null and c.case_id is null) as missing`.execute(tx);
  if (rows[0]?.missing !== false) throw new Error('an invoice would name a debtor or a case that is not there');
  await withoutRowChecks(tx, () =>
    sql`
      insert into invoices (tenant_id, invoice_id, document_kind, party_id, case_id, number, issued_on, due_on, currency, net_cents,
        tax_cents, gross_cents, payable_cents, balance_cents, order_reference, external_key, created_at)
      select ${tenantId}::uuid, s.invoice_id, s.kind, b.party_id, case when s.kind = 'invoice' then a.case_id end, s.number, s.issued_on,
        s.due_on, s.currency, s.net_cents, s.tax_cents, s.gross_cents, s.open_cents, s.open_cents, s.order_reference, s.external_key,
        ${at}::timestamptz
      from staged s join staged_buyers b on b.buyer = s.buyer left join arrivals a on a.party_id = b.party_id
      where ${NEW_LINES}`.execute(tx),
  );
}

/** A due date agreed anew, or the other tool's identifier. */
async function amend(tx: Tx, tenantId: string): Promise<void> {
  await sql`
    update invoices i set due_on = case when s.due_told then s.due_on else i.due_on end,
      external_key = coalesce(i.external_key, s.external_key)
    from matched m join staged s on s.line = m.line
    where i.tenant_id = ${tenantId} and i.invoice_id = m.invoice_id and m.fate in ('amended', 'reduced')`.execute(tx);
}

/**
 * What the list shows as settled. What a debtor's credit notes lost went to its invoices, the oldest first; the rest was paid: one payment a
 * debtor and currency, which counts from the day of the list, since a list does not say how and when it was paid.
 */
async function settle(tx: Tx, tenantId: string, of: Applying, at: Temporal.Instant): Promise<void> {
  await sql`
    create temporary table lowered on commit drop as
    select d.*, sum(cents) over (partition by kind, party_id, currency order by due_on, invoice_id) - cents as before from (
      select invoice_id, party_id, case_id, kind, number, due_on, currency, cents from absent
      union all
      select i.invoice_id, i.party_id, i.case_id, i.document_kind, i.number, i.due_on, i.currency, m.known_cents - s.open_cents
      from matched m join staged s on s.line = m.line join invoices i on i.tenant_id = ${tenantId} and i.invoice_id = m.invoice_id
      where m.fate = 'reduced') d`.execute(tx);
  await sql`
    create temporary table imputed on commit drop as
    select c.invoice_id as credit_note_id, c.number, i.invoice_id, i.case_id,
      (least(i.before + i.cents, c.before + c.cents) - greatest(i.before, c.before))::bigint as cents
    from lowered c join lowered i on i.party_id = c.party_id and i.currency = c.currency
      and i.before < c.before + c.cents and c.before < i.before + i.cents
    where c.kind = 'credit-note' and i.kind = 'invoice'`.execute(tx);
  await sql`
    create temporary table paid on commit drop as
    select l.invoice_id, l.party_id, l.case_id, l.currency, l.cents - coalesce(c.cents, 0)::bigint as cents
    from lowered l left join (select invoice_id, sum(cents) as cents from imputed group by 1) c on c.invoice_id = l.invoice_id
    where l.kind = 'invoice' and l.cents > coalesce(c.cents, 0)`.execute(tx);
  await sql`
    create temporary table listed_payments on commit drop as
    select party_id, currency, sum(cents)::bigint as cents, ${sqlNewId} as payment_id from paid group by party_id, currency`.execute(
    tx,
  );
  const reference = `Liste du ${frenchDay(of.listedOn)}`;
  await sql`
    insert into payments (tenant_id, payment_id, party_id, received_on, currency, amount_cents, reference, kind, note, created_at)
    select ${tenantId}::uuid, payment_id, party_id, ${of.listedOn}::date, currency, cents, ${reference}, 'listed', ${of.fileName},
      ${at}::timestamptz from listed_payments`.execute(tx);
  await sql`
    insert into allocations (tenant_id, allocation_id, invoice_id, payment_id, credit_note_id, on_day, amount_cents, purpose)
    select ${tenantId}::uuid, ${sqlNewId}, l.invoice_id, p.payment_id, null::uuid, ${of.listedOn}::date, l.cents, 'principal'
    from paid l join listed_payments p on p.party_id = l.party_id and p.currency = l.currency
    union all
    select ${tenantId}::uuid, ${sqlNewId}, invoice_id, null, credit_note_id, ${of.listedOn}::date, cents, 'principal' from imputed`.execute(
    tx,
  );
  const touched = await sql<{ id: string }>`
    select invoice_id as id from paid union select invoice_id from imputed union select credit_note_id from imputed`.execute(tx);
  const ids = touched.rows.map(({ id }) => id);
  for (let start = 0; start < ids.length; start += AT_ONCE)
    await rewriteBalances(tx, tenantId, ids.slice(start, start + AT_ONCE));
}

const AT_ONCE = 10_000;
/** Cases told in one go: their facts are held. */
const CASES_AT_ONCE = 2000;

/** What each case that was there already learns of the list, and its projection. Answers how many closed. */
async function tell(tx: Tx, deps: Pick<Deps, 'clock'>, tenantId: string, of: Applying): Promise<number> {
  await sql`
    create temporary table told on commit drop as
    select case_id, row_number() over (order by case_id) as n, sum(invoices)::int as invoices, sum(cents)::bigint as cents,
      coalesce(jsonb_agg(paid order by paid ->> 'paymentId') filter (where paid is not null), '[]') as paid,
      coalesce(jsonb_agg(credit order by credit ->> 'number') filter (where credit is not null), '[]') as credited
    from (
      select case_id, invoices, cents, null::jsonb as paid, null::jsonb as credit from arrivals where not is_new
      union all
      select l.case_id, 0, 0, jsonb_build_object('paymentId', p.payment_id, 'amount', sum(l.cents)::text), null
      from paid l join listed_payments p on p.party_id = l.party_id and p.currency = l.currency
      where l.case_id is not null group by l.case_id, p.payment_id
      union all
      select case_id, 0, 0, null,
        jsonb_build_object('creditNoteId', credit_note_id, 'number', number, 'invoiceId', invoice_id, 'amount', cents::text)
      from imputed where case_id is not null
      union all
      select distinct i.case_id, 0, 0, null::jsonb, null::jsonb from matched m
      join invoices i on i.tenant_id = ${tenantId} and i.invoice_id = m.invoice_id
      where m.fate = 'amended' and i.case_id is not null
    ) x group by case_id`.execute(tx);
  await sql`create index on told (n)`.execute(tx);
  let closed = 0;
  for (let done = 0; ; done += CASES_AT_ONCE) {
    const { rows } = await sql<Told>`
      select case_id, invoices, cents, paid, credited from told
      where n > ${done} and n <= ${done + CASES_AT_ONCE} order by n`.execute(tx);
    if (rows.length === 0) return closed;
    const facts = rows.flatMap((row) => toldFacts(row, of, deps.clock.today()));
    closed += (await recordFacts(tx, deps, tenantId, facts)).length;
  }
}
