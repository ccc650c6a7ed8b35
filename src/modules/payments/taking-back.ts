import { z } from 'zod';
import { isAfter } from '#core/kernel/day.ts';
import { ok, type Result, refuse } from '#core/kernel/result.ts';
import { enterPayments, impute, takeBack } from '#modules/cases/index.ts';
import { refundPayment, reverseRefund, standingPayment } from '#modules/invoices/index.ts';
import { appendJournal } from '#modules/journal/index.ts';
import type { Deps } from '#platform/deps.ts';
import { parseForm, type Typed } from '#platform/form.ts';
import { aDay, alreadyEntered, aNote, anAmount, inTheFuture, isEntered } from './payment-form.ts';

type World = Pick<Deps, 'db' | 'clock'>;

const RefundForm = z.object({ on: aDay, amount: anAmount, reference: z.string().trim().max(140).default(''), note: aNote });

/** Records that money left over, or held, was given back. Refusals `form.invalid`, `payment.unknown`, `payment.already-reversed`, `payment.not-free`. */
export async function refund(
  deps: World,
  tenantId: string,
  paymentId: string,
  typed: Typed,
): Promise<Result<{ readonly refundId: string }>> {
  const parsed = parseForm(RefundForm, typed);
  if (!parsed.ok) return parsed;
  const { on, amount, reference, note } = parsed.value;
  if (isAfter(on, deps.clock.today())) return inTheFuture();
  return deps.db.tenant(tenantId, async (tx) => {
    const given = { paymentId, on, amountCents: amount, reference: reference || null, note: note || null };
    const done = await refundPayment(tx, deps, tenantId, given);
    if (!done.ok) return done;
    await appendJournal(tx, tenantId, {
      kind: 'payment-refunded',
      on,
      at: deps.clock.now(),
      actor: 'user',
      payload: { paymentId, refundId: done.value, amount: `${amount}` },
    });
    return ok({ refundId: done.value });
  });
}

/** Takes a refund back: it never left, or was a mistake. Its money is free again. Refusals `payment.unknown`, `payment.already-reversed`. */
export function undoRefund(deps: World, tenantId: string, refundId: string): Promise<Result<{ readonly paymentId: string }>> {
  return deps.db.tenant(tenantId, async (tx) => {
    const on = deps.clock.today();
    const done = await reverseRefund(tx, deps, tenantId, refundId, on);
    if (!done.ok) return done;
    const payload = { paymentId: done.value, refundId };
    await appendJournal(tx, tenantId, { kind: 'payment-refund-undone', on, at: deps.clock.now(), actor: 'user', payload });
    return ok({ paymentId: done.value });
  });
}

/**
 * Enters again a payment that was taken back by mistake, as a payment of its own on the same invoices: what they owe by now is settled, the
 * rest is left over. Refusals `payment.unknown`, `payment.standing` (it was not taken back), `payment.entered`.
 */
export function recordAgain(
  deps: World,
  tenantId: string,
  paymentId: string,
  newPaymentId: string,
): Promise<Result<{ readonly paymentId: string }>> {
  return deps.db.tenant(tenantId, async (tx) => {
    if (await isEntered(tx, tenantId, newPaymentId)) return alreadyEntered();
    const payment = await tx
      .selectFrom('payments')
      .selectAll()
      .where('tenant_id', '=', tenantId)
      .where('payment_id', '=', paymentId)
      .where('reverses_payment_id', 'is', null)
      .where('kind', '<>', 'refund')
      .executeTakeFirst();
    if (!payment) return refuse('payment.unknown', 'Ce paiement n’existe pas.');
    if ((await standingPayment(tx, tenantId, paymentId)).ok)
      return refuse('payment.standing', 'Ce paiement n’est pas annulé\u202f: il n’y a rien à reprendre.');
    const rows = await tx
      .selectFrom('allocations')
      .select('invoice_id')
      .where('tenant_id', '=', tenantId)
      .where('payment_id', '=', paymentId)
      .execute();
    const { amount_cents: amountCents, currency, received_on: on } = payment;
    const invoiceIds = rows.map((row) => row.invoice_id);
    const imputed = await impute(tx, tenantId, { amountCents, currency, on }, invoiceIds);
    if (!imputed.ok) return imputed;
    const says = ['Ce paiement avait été annulé par erreur.', ...imputed.value.trace.map((step) => step.says)];
    const { parts } = imputed.value;
    const kind = payment.kind === 'set-off' ? 'set-off' : 'received';
    const { held, note, reference, party_id: partyId } = payment;
    await enterPayments(tx, deps, tenantId, [
      {
        ...{ id: newPaymentId, partyId, receivedOn: on, currency, amountCents },
        ...{ reference, kind, held, note, parts, says },
      },
    ]);
    return ok({ paymentId: newPaymentId });
  });
}

/**
 * Takes a payment back on the day the bank refused it, or the user saw the mistake: a new fact for each case it had settled. Refusals
 * `form.invalid`, `payment.unknown`, `payment.already-reversed`, `payment.refunded`.
 */
export async function bounce(
  deps: World,
  tenantId: string,
  paymentId: string,
  typed: Typed,
): Promise<Result<{ readonly reopenedCases: readonly string[] }>> {
  const parsed = parseForm(
    z.object({ on: aDay, reason: z.string().trim().min(1, 'Dites pourquoi ce paiement est annulé.') }),
    typed,
  );
  if (!parsed.ok) return parsed;
  const { on, reason } = parsed.value;
  if (isAfter(on, deps.clock.today())) return inTheFuture();
  return deps.db.tenant(tenantId, async (tx) => {
    const taken = await takeBack(tx, deps, tenantId, paymentId, on, reason);
    return taken.ok ? ok({ reopenedCases: taken.value.reopenedCases }) : taken;
  });
}
