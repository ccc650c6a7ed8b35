import { sql } from 'kysely';
import type { Day } from '#core/kernel/day.ts';
import { ok, type Result, refuse } from '#core/kernel/result.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import { newId } from '#platform/ids.ts';
import { type Allocation, allocate, type Purpose } from './ledger.ts';

/** What one payment settles of one invoice. */
export interface PaymentPart {
  readonly invoiceId: string;
  readonly amountCents: bigint;
  readonly purpose: Purpose;
}

/** Money that came in from a debtor, or what stands for it (a set-off, a list that no longer shows the invoice). */
export interface NewPayment {
  /** given when whoever enters it may do so twice, a new one otherwise */
  readonly id?: string;
  readonly partyId: string;
  readonly receivedOn: Day;
  readonly currency: string;
  readonly amountCents: bigint;
  readonly reference: string | null;
  readonly kind?: 'received' | 'set-off' | 'listed';
  /** why it settles nothing yet */
  readonly held?: 'wrong-entity' | 'unknown-invoice' | null;
  readonly note?: string | null;
  /** Where it goes. Fees and discounts are what the creditor gives up beside it; what the rest leaves over stays to be placed. */
  readonly parts: readonly PaymentPart[];
}

/** What is given up beside a payment is no part of its money. */
export const isGivenUp = (purpose: Purpose): boolean => purpose === 'bank-fee' || purpose === 'discount';

/** Records payments with what they settle, in three statements. Answers their identifiers, in order. Throws when parts exceed a payment. */
export async function recordPayments(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  tenantId: string,
  payments: readonly NewPayment[],
): Promise<string[]> {
  if (payments.length === 0) return [];
  const at = deps.clock.now();
  const numbered = payments.map((payment) => ({ id: payment.id ?? newId(), payment }));
  for (const { payment } of numbered) {
    const placed = payment.parts.reduce((sum, p) => (isGivenUp(p.purpose) ? sum : sum + p.amountCents), 0n);
    if (placed > payment.amountCents) throw new RangeError(`${placed} cents placed out of ${payment.amountCents}`);
  }
  await tx
    .insertInto('payments')
    .values(
      numbered.map(({ id, payment }) => ({
        tenant_id: tenantId,
        payment_id: id,
        party_id: payment.partyId,
        received_on: payment.receivedOn,
        currency: payment.currency,
        amount_cents: payment.amountCents,
        reference: payment.reference,
        kind: payment.kind ?? 'received',
        held: payment.held ?? null,
        note: payment.note ?? null,
        created_at: at,
      })),
    )
    .execute();
  const allocations = numbered.flatMap(({ id, payment }) =>
    payment.parts.map((part): Allocation => ({ ...part, on: payment.receivedOn, paymentId: id })),
  );
  await allocate(tx, tenantId, allocations);
  return numbered.map(({ id }) => id);
}

/** A payment that stands: neither taken back, nor one that takes another back. */
export interface StandingPayment {
  readonly id: string;
  readonly partyId: string;
  readonly receivedOn: Day;
  readonly currency: string;
  readonly amountCents: bigint;
  /** received, and neither placed on an invoice nor given back */
  readonly freeCents: bigint;
  readonly held: 'wrong-entity' | 'unknown-invoice' | null;
}

/** A payment as it stands, locked until the end of the transaction. Refusals `payment.unknown`, `payment.already-reversed`. */
export async function standingPayment(tx: Tx, tenantId: string, paymentId: string): Promise<Result<StandingPayment>> {
  const payment = await tx
    .selectFrom('payments')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('payment_id', '=', paymentId)
    .executeTakeFirst();
  if (!payment || payment.reverses_payment_id || payment.kind === 'refund')
    return refuse('payment.unknown', 'Ce paiement n’existe pas.');
  // Payments cannot be locked (they are never written again): what is done with one waits for its debtor's row.
  await tx
    .selectFrom('parties')
    .select('party_id')
    .where('tenant_id', '=', tenantId)
    .where('party_id', '=', payment.party_id)
    .forUpdate()
    .execute();
  const { rows } = await sql<{ free: bigint; reversed: boolean }>`
    select (p.amount_cents - coalesce((
        select sum(a.amount_cents) from allocations a
        where a.tenant_id = p.tenant_id and a.payment_id = p.payment_id and a.purpose not in ('bank-fee', 'discount')), 0)
      - coalesce((
        select sum(case when r.reverses_payment_id is null then r.amount_cents else -r.amount_cents end) from payments r
        where r.tenant_id = p.tenant_id and r.refunds_payment_id = p.payment_id), 0))::bigint as free,
      exists (select from payments r where r.tenant_id = p.tenant_id and r.reverses_payment_id = p.payment_id) as reversed
    from payments p where p.tenant_id = ${tenantId} and p.payment_id = ${paymentId}`.execute(tx);
  const [now] = rows;
  if (!now || now.reversed) return refuse('payment.already-reversed', 'Ce paiement est déjà annulé.');
  return ok({
    id: paymentId,
    partyId: payment.party_id,
    receivedOn: payment.received_on,
    currency: payment.currency,
    amountCents: payment.amount_cents,
    freeCents: now.free,
    held: payment.held,
  });
}

/** Gives back money that a payment left over. Refusals `payment.unknown`, `payment.already-reversed`, `payment.not-free`. */
export async function refundPayment(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  tenantId: string,
  refund: {
    readonly paymentId: string;
    readonly on: Day;
    readonly amountCents: bigint;
    readonly reference: string | null;
    readonly note: string | null;
  },
): Promise<Result<string>> {
  const found = await standingPayment(tx, tenantId, refund.paymentId);
  if (!found.ok) return found;
  const { freeCents, partyId, currency } = found.value;
  if (refund.amountCents <= 0n || refund.amountCents > freeCents)
    return refuse('payment.not-free', 'Ce paiement n’a pas autant d’argent à rendre\u202f: le reste a déjà réglé des factures.', {
      freeCents,
    });
  const id = newId();
  await tx
    .insertInto('payments')
    .values({
      tenant_id: tenantId,
      payment_id: id,
      party_id: partyId,
      received_on: refund.on,
      currency,
      amount_cents: refund.amountCents,
      reference: refund.reference,
      kind: 'refund',
      refunds_payment_id: refund.paymentId,
      note: refund.note,
      created_at: deps.clock.now(),
    })
    .execute();
  return ok(id);
}

/** What taking a payment back put back on invoices. */
export interface Reversal {
  readonly reversalId: string;
  readonly partyId: string;
  readonly amountCents: bigint;
  /** cents that count again on each invoice, what had been given up beside the payment included */
  readonly parts: readonly PaymentPart[];
}

/**
 * Takes a payment back (bounced, entered by mistake) by a new fact. Refusals `payment.unknown`, `payment.already-reversed`,
 * `payment.refunded` (part of it was given back: nothing is left to take).
 */
export async function reversePayment(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  tenantId: string,
  paymentId: string,
  on: Day,
): Promise<Result<Reversal>> {
  const payment = await tx
    .selectFrom('payments')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('payment_id', '=', paymentId)
    .executeTakeFirst();
  const found = await standingPayment(tx, tenantId, paymentId);
  if (!found.ok || !payment) return found.ok ? refuse('payment.unknown', 'Ce paiement n’existe pas.') : found;
  const refunded = await tx
    .selectFrom('payments as r')
    .select('r.payment_id')
    .where('r.tenant_id', '=', tenantId)
    .where('r.refunds_payment_id', '=', paymentId)
    .where('r.reverses_payment_id', 'is', null)
    .where(
      sql<boolean>`not exists (select from payments u where u.tenant_id = r.tenant_id and u.reverses_payment_id = r.payment_id)`,
    )
    .executeTakeFirst();
  if (refunded)
    return refuse(
      'payment.refunded',
      'Une partie de ce paiement a déjà été rendue\u202f: il ne peut plus être annulé en entier. Notez ce qui s’est passé dans le dossier.',
    );
  const id = newId();
  const inserted = await tx
    .insertInto('payments')
    .values({ ...payment, payment_id: id, received_on: on, reverses_payment_id: paymentId, created_at: deps.clock.now() })
    .onConflict((c) => c.columns(['tenant_id', 'reverses_payment_id']).doNothing())
    .returning('payment_id')
    .executeTakeFirst();
  if (!inserted) return refuse('payment.already-reversed', 'Ce paiement est déjà annulé.');
  const rows = await tx
    .selectFrom('allocations')
    .select(['invoice_id', 'amount_cents', 'purpose'])
    .where('tenant_id', '=', tenantId)
    .where('payment_id', '=', paymentId)
    .execute();
  const parts = rows.map((row) => ({ invoiceId: row.invoice_id, amountCents: row.amount_cents, purpose: row.purpose }));
  await allocate(
    tx,
    tenantId,
    parts.map((p) => ({ ...p, amountCents: -p.amountCents, on, paymentId: id })),
  );
  return ok({ reversalId: id, partyId: payment.party_id, amountCents: payment.amount_cents, parts });
}

/**
 * Takes a refund back: the money was not given back after all, and is free again. Answers the payment it was of. Refusals `payment.unknown`,
 * `payment.already-reversed`.
 */
export async function reverseRefund(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  tenantId: string,
  refundId: string,
  on: Day,
): Promise<Result<string>> {
  const refund = await tx
    .selectFrom('payments')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('payment_id', '=', refundId)
    .where('kind', '=', 'refund')
    .where('reverses_payment_id', 'is', null)
    .executeTakeFirst();
  if (!refund?.refunds_payment_id) return refuse('payment.unknown', 'Ce remboursement n’existe pas.');
  const inserted = await tx
    .insertInto('payments')
    .values({ ...refund, payment_id: newId(), received_on: on, reverses_payment_id: refundId, created_at: deps.clock.now() })
    .onConflict((c) => c.columns(['tenant_id', 'reverses_payment_id']).doNothing())
    .returning('payment_id')
    .executeTakeFirst();
  if (!inserted) return refuse('payment.already-reversed', 'Ce remboursement est déjà annulé.');
  return ok(refund.refunds_payment_id);
}
