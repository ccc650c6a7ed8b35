import type { Day } from '#core/kernel/day.ts';
import { ok, type Result, refuse } from '#core/kernel/result.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import { newId } from '#platform/ids.ts';
import { allocate } from './ledger.ts';

/** Money that came in from a debtor. */
export interface NewPayment {
  readonly partyId: string;
  readonly receivedOn: Day;
  readonly currency: string;
  readonly amountCents: bigint;
  readonly reference: string | null;
  /** the invoices it settles, in order; each is filled before the next, what is left over stays on the last */
  readonly invoiceIds: readonly string[];
}

/** Records a payment and takes it off the given invoices. Answers its identifier. */
export async function recordPayment(tx: Tx, deps: Pick<Deps, 'clock'>, tenantId: string, input: NewPayment): Promise<string> {
  const id = newId();
  await tx
    .insertInto('payments')
    .values({
      tenant_id: tenantId,
      payment_id: id,
      party_id: input.partyId,
      received_on: input.receivedOn,
      currency: input.currency,
      amount_cents: input.amountCents,
      reference: input.reference,
      reverses_payment_id: null,
      created_at: deps.clock.now(),
    })
    .execute();
  const open = await tx
    .selectFrom('invoices')
    .select(['invoice_id', 'balance_cents'])
    .where('tenant_id', '=', tenantId)
    .where('invoice_id', 'in', input.invoiceIds)
    .execute();
  let left = input.amountCents;
  const parts = input.invoiceIds.map((invoiceId) => {
    const balance = open.find((row) => row.invoice_id === invoiceId)?.balance_cents ?? 0n;
    const part = balance <= 0n ? 0n : left < balance ? left : balance;
    left -= part;
    return { invoiceId, part };
  });
  const lastPart = parts.at(-1);
  if (lastPart) lastPart.part += left;
  await allocate(
    tx,
    tenantId,
    parts
      .filter((p) => p.part > 0n)
      .map((p) => ({ invoiceId: p.invoiceId, amountCents: p.part, on: input.receivedOn, paymentId: id })),
  );
  return id;
}

/** Takes a payment back (bounced, entered by mistake) by a new fact; refusal `payment.already-reversed` the second time. */
export async function reversePayment(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  tenantId: string,
  paymentId: string,
  on: Day,
): Promise<Result<{ amountCents: bigint; invoiceIds: readonly string[] }>> {
  const payment = await tx
    .selectFrom('payments')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('payment_id', '=', paymentId)
    .executeTakeFirst();
  if (!payment || payment.reverses_payment_id) return refuse('payment.unknown', 'Ce paiement n’existe pas.');
  const id = newId();
  const inserted = await tx
    .insertInto('payments')
    .values({ ...payment, payment_id: id, received_on: on, reverses_payment_id: paymentId, created_at: deps.clock.now() })
    .onConflict((c) => c.columns(['tenant_id', 'reverses_payment_id']).doNothing())
    .returning('payment_id')
    .executeTakeFirst();
  if (!inserted) return refuse('payment.already-reversed', 'Ce paiement est déjà annulé.');
  const parts = await tx
    .selectFrom('allocations')
    .select(['invoice_id', 'amount_cents'])
    .where('tenant_id', '=', tenantId)
    .where('payment_id', '=', paymentId)
    .execute();
  await allocate(
    tx,
    tenantId,
    parts.map((p) => ({ invoiceId: p.invoice_id, amountCents: -p.amount_cents, on, paymentId: id })),
  );
  return ok({ amountCents: payment.amount_cents, invoiceIds: parts.map((p) => p.invoice_id) });
}
