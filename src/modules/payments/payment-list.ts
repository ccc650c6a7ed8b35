import { type RawBuilder, sql } from 'kysely';
import type { Day } from '#core/kernel/day.ts';
import type { Purpose } from '#modules/invoices/index.ts';
import type { Tx } from '#platform/db/database.ts';

/** A payment as a list shows it. */
export interface PaymentRow {
  readonly paymentId: string;
  readonly partyId: string;
  readonly partyName: string;
  readonly receivedOn: Day;
  readonly currency: string;
  readonly amountCents: bigint;
  /** neither placed on an invoice nor given back; nothing once it was taken back */
  readonly freeCents: bigint;
  readonly kind: 'received' | 'set-off' | 'listed';
  readonly held: 'wrong-entity' | 'unknown-invoice' | null;
  readonly reference: string | null;
  readonly note: string | null;
  /** the day it was taken back */
  readonly reversedOn: Day | null;
}

/** Money received and not placed: what exceeds what was due, and what is held. */
export type FreeMoney = PaymentRow;

export interface PaymentQuery {
  /** only those of which something is left to place or to give back */
  readonly free?: boolean;
  readonly partyId?: string | undefined;
  /** part of a debtor's name, of the words of the payment or of an invoice it settles */
  readonly text?: string | undefined;
}

interface Page {
  readonly limit: number;
  readonly offset: number;
}

interface Stored {
  payment_id: string;
  party_id: string;
  name: string;
  received_on: Day;
  currency: string;
  amount_cents: bigint;
  free: bigint;
  kind: PaymentRow['kind'];
  held: PaymentRow['held'];
  reference: string | null;
  note: string | null;
  reversed_on: Day | null;
}

/** The payments of a query, with what became of each. What is left of one is what neither settled an invoice nor was given back. */
function selected(tenantId: string, { free, partyId, text }: PaymentQuery, paymentId?: string): RawBuilder<Stored> {
  const asked = text?.trim();
  const like = `%${asked?.replace(/[\\%_]/g, '\\$&')}%`;
  return sql<Stored>`
    select * from (
      select p.payment_id, p.party_id, q.name, p.received_on, p.currency, p.amount_cents, p.kind, p.held, p.reference, p.note,
        u.received_on as reversed_on,
        case when u.payment_id is not null then 0 else (p.amount_cents - coalesce((
          select sum(a.amount_cents) from allocations a
          where a.tenant_id = p.tenant_id and a.payment_id = p.payment_id and a.purpose not in ('bank-fee', 'discount')), 0)
        - coalesce((
          select sum(case when r.reverses_payment_id is null then r.amount_cents else -r.amount_cents end) from payments r
          where r.tenant_id = p.tenant_id and r.refunds_payment_id = p.payment_id), 0))::bigint end as free
      from payments p
      join parties q on q.tenant_id = p.tenant_id and q.party_id = p.party_id
      left join payments u on u.tenant_id = p.tenant_id and u.reverses_payment_id = p.payment_id
      where p.tenant_id = ${tenantId} and p.kind <> 'refund' and p.reverses_payment_id is null
        and ${partyId ? sql`p.party_id = ${partyId}::uuid` : sql`true`}
        and ${paymentId ? sql`p.payment_id = ${paymentId}::uuid` : sql`true`}
        and ${
          asked
            ? sql`(q.name ilike ${like} or p.reference ilike ${like} or exists (
          select from allocations a join invoices i on i.tenant_id = a.tenant_id and i.invoice_id = a.invoice_id
          where a.tenant_id = p.tenant_id and a.payment_id = p.payment_id and i.number ilike ${like}))`
            : sql`true`
        }) f
    where ${free ? sql`f.free > 0` : sql`true`}`;
}

const asRow = (row: Stored): PaymentRow => ({
  paymentId: row.payment_id,
  partyId: row.party_id,
  partyName: row.name,
  receivedOn: row.received_on,
  currency: row.currency,
  amountCents: row.amount_cents,
  freeCents: row.free,
  kind: row.kind,
  held: row.held,
  reference: row.reference,
  note: row.note,
  reversedOn: row.reversed_on,
});

/** A page of payments, the latest first. */
export async function listPayments(tx: Tx, tenantId: string, query: PaymentQuery, page: Page): Promise<PaymentRow[]> {
  const { rows } = await sql<Stored>`
    ${selected(tenantId, query)} order by f.received_on desc, f.payment_id desc limit ${page.limit} offset ${page.offset}`.execute(
    tx,
  );
  return rows.map(asRow);
}

export async function countPayments(tx: Tx, tenantId: string, query: PaymentQuery): Promise<number> {
  const { rows } = await sql<{ n: bigint }>`select count(*) as n from (${selected(tenantId, query)}) c`.execute(tx);
  return Number(rows[0]?.n ?? 0n);
}

/** Payments of which something is left to place or to give back, the latest first; those of one debtor when `partyId` is given. */
export const listFreeMoney = (tx: Tx, tenantId: string, page: Page, partyId?: string): Promise<FreeMoney[]> =>
  listPayments(tx, tenantId, { free: true, partyId }, page);

/** One payment, with what it settled, what was given back of it, and the line of the bank that told it. */
export interface PaymentView extends PaymentRow {
  readonly parts: readonly {
    readonly invoiceId: string;
    readonly number: string;
    readonly caseId: string | null;
    readonly caseReference: string | null;
    readonly purpose: Purpose;
    readonly cents: bigint;
  }[];
  readonly refunds: readonly {
    readonly refundId: string;
    readonly on: Day;
    readonly amountCents: bigint;
    readonly reference: string | null;
    readonly undoneOn: Day | null;
  }[];
  readonly lineId: string | null;
}

/** A payment by identifier; undefined for a refund, a reversal, or when there is none. */
export async function readPayment(tx: Tx, tenantId: string, paymentId: string): Promise<PaymentView | undefined> {
  const [row] = (await selected(tenantId, {}, paymentId).execute(tx)).rows;
  if (!row) return undefined;
  const parts = await sql<{
    invoice_id: string;
    number: string;
    case_id: string | null;
    case_reference: string | null;
    purpose: Purpose;
    cents: bigint;
  }>`
    select i.invoice_id, i.number, i.case_id, c.reference as case_reference, a.purpose, sum(a.amount_cents)::bigint as cents
    from allocations a
    join invoices i on i.tenant_id = a.tenant_id and i.invoice_id = a.invoice_id
    left join cases c on c.tenant_id = i.tenant_id and c.case_id = i.case_id
    where a.tenant_id = ${tenantId} and a.payment_id = ${paymentId}
    group by i.invoice_id, i.number, i.case_id, c.reference, i.due_on, a.purpose
    order by i.due_on, i.number, array_position(array['principal', 'interest', 'indemnity'], a.purpose)`.execute(tx);
  const refunds = await sql<{
    payment_id: string;
    on: Day;
    amount_cents: bigint;
    reference: string | null;
    undone_on: Day | null;
  }>`
    select r.payment_id, r.received_on as on, r.amount_cents, r.reference, u.received_on as undone_on
    from payments r left join payments u on u.tenant_id = r.tenant_id and u.reverses_payment_id = r.payment_id
    where r.tenant_id = ${tenantId} and r.refunds_payment_id = ${paymentId} and r.reverses_payment_id is null
    order by r.received_on, r.payment_id`.execute(tx);
  const line = await tx
    .selectFrom('bank_matches')
    .select('line_id')
    .where('tenant_id', '=', tenantId)
    .where('payment_id', '=', paymentId)
    .where('status', '=', 'applied')
    .executeTakeFirst();
  return {
    ...asRow(row),
    parts: parts.rows.map((part) => ({
      ...{ invoiceId: part.invoice_id, number: part.number, caseId: part.case_id },
      ...{ caseReference: part.case_reference, purpose: part.purpose, cents: part.cents },
    })),
    refunds: refunds.rows.map((one) => ({
      ...{ refundId: one.payment_id, on: one.on, amountCents: one.amount_cents },
      ...{ reference: one.reference, undoneOn: one.undone_on },
    })),
    lineId: line?.line_id ?? null,
  };
}
