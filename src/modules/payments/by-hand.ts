import { z } from 'zod';
import { type Day, isAfter, parseTypedDay } from '#core/kernel/day.ts';
import { frenchAmount } from '#core/kernel/french.ts';
import { money, parseTypedAmount } from '#core/kernel/money.ts';
import type { TraceStep } from '#core/kernel/outcome.ts';
import { ok, type Result, refuse } from '#core/kernel/result.ts';
import { enterPayments, impute, lockInvoices, placeFree, recordFact, takeBack, viewCase } from '#modules/cases/index.ts';
import { refundPayment, standingPayment } from '#modules/invoices/index.ts';
import { appendJournal } from '#modules/journal/index.ts';
import type { Deps } from '#platform/deps.ts';
import { invalidForm, parseForm, type Typed } from '#platform/form.ts';

type World = Pick<Deps, 'db' | 'clock'>;

const aDay = z.string().transform((text, context): Day => {
  const value = parseTypedDay(text);
  if (value) return value;
  context.addIssue({ code: 'custom', message: 'Indiquez un jour, par exemple 31/03/2026.' });
  return z.NEVER;
});
const anAmount = z.string().transform((text, context): bigint => {
  const value = parseTypedAmount(text);
  if (value && value.cents > 0n) return value.cents;
  context.addIssue({ code: 'custom', message: 'Indiquez un montant, par exemple 1 250,00.' });
  return z.NEVER;
});
const aNote = z.string().trim().max(1000, 'Ce texte est trop long (1 000 caractères au plus).').default('');

/** What the user types of a payment. */
export const PaymentForm = z.object({
  on: aDay,
  amount: anAmount,
  reference: z.string().trim().max(140).default(''),
  kind: z.enum(['received', 'set-off']).default('received'),
  note: aNote,
});

const inTheFuture = () => invalidForm({ on: 'Ce jour n’est pas encore venu\u202f: indiquez quand cela s’est passé.' });

/** What a payment entered by hand did, with the rules that say why. */
export interface HandPayment {
  readonly paymentId: string;
  /** where its cents went: principal, interest, 40 € */
  readonly parts: readonly { readonly invoiceId: string; readonly amountCents: bigint; readonly purpose: string }[];
  /** due by no invoice: to be placed elsewhere, or given back */
  readonly excessCents: bigint;
  readonly trace: readonly TraceStep[];
  readonly closedCases: readonly string[];
}

/**
 * Records a payment, or a set-off, on one or several invoices. `chosen` are the invoices that the debtor said it pays, in its order
 * (C. civ. 1342-10); without it the law decides among `invoiceIds`. Refusals `form.invalid`, `payment.no-invoice`, those of `impute`.
 */
export async function recordPayment(
  deps: World,
  tenantId: string,
  typed: Typed,
  on: { readonly invoiceIds: readonly string[]; readonly chosen?: readonly string[] },
): Promise<Result<HandPayment>> {
  const parsed = parseForm(PaymentForm, typed);
  if (!parsed.ok) return parsed;
  const { amount, reference, kind, note, on: day } = parsed.value;
  if (isAfter(day, deps.clock.today())) return inTheFuture();
  const [firstId] = on.chosen?.length ? on.chosen : on.invoiceIds;
  if (!firstId) return refuse('payment.no-invoice', 'Choisissez au moins une facture, ou mettez ce paiement en attente.');
  return deps.db.tenant(tenantId, async (tx) => {
    const first = (await lockInvoices(tx, tenantId, [firstId])).get(firstId);
    if (!first) return refuse('payment.unknown-invoice', 'Cette facture n’existe pas dans cette entreprise.');
    const payment = { amountCents: amount, currency: first.currency, on: day };
    const imputed = await impute(tx, tenantId, payment, on.invoiceIds, on.chosen ?? []);
    if (!imputed.ok) return imputed;
    const { parts, excessCents, trace } = imputed.value;
    const { paymentIds, closedCases } = await enterPayments(tx, deps, tenantId, [
      {
        partyId: first.partyId,
        receivedOn: day,
        currency: first.currency,
        amountCents: amount,
        reference: reference || null,
        kind,
        note: note || null,
        parts,
        says: trace.map((step) => step.says),
        ...(first.caseId ? { caseId: first.caseId } : {}),
      },
    ]);
    return ok({ paymentId: paymentIds[0] ?? '', parts, excessCents, trace, closedCases });
  });
}

/**
 * Records money of a debtor that settles nothing yet: it was meant for another company, or nobody knows for which invoice. It is given back
 * (`refund`) or placed (`placeMoney`) later. Refusal `form.invalid`.
 */
export async function holdPayment(
  deps: World,
  tenantId: string,
  typed: Typed,
  of: { readonly partyId: string; readonly currency?: string; readonly held: 'wrong-entity' | 'unknown-invoice' },
): Promise<Result<{ readonly paymentId: string }>> {
  const parsed = parseForm(PaymentForm, typed);
  if (!parsed.ok) return parsed;
  const { amount, reference, note, on } = parsed.value;
  if (isAfter(on, deps.clock.today())) return inTheFuture();
  return deps.db.tenant(tenantId, async (tx) => {
    const { paymentIds } = await enterPayments(tx, deps, tenantId, [
      {
        partyId: of.partyId,
        receivedOn: on,
        currency: of.currency ?? 'EUR',
        amountCents: amount,
        reference: reference || null,
        held: of.held,
        note: note || null,
        parts: [],
      },
    ]);
    return ok({ paymentId: paymentIds[0] ?? '' });
  });
}

/**
 * Places what a payment left over, or held, on invoices. Answers what is still free. Refusals `payment.unknown`, `payment.already-reversed`,
 * `payment.nothing-left`, those of `impute`.
 */
export function placeMoney(
  deps: World,
  tenantId: string,
  paymentId: string,
  on: { readonly invoiceIds: readonly string[]; readonly chosen?: readonly string[] },
): Promise<Result<{ readonly freeCents: bigint; readonly closedCases: readonly string[] }>> {
  return deps.db.tenant(tenantId, async (tx) => {
    const found = await standingPayment(tx, tenantId, paymentId);
    if (!found.ok) return found;
    const { freeCents, currency, receivedOn } = found.value;
    if (freeCents <= 0n) return refuse('payment.nothing-left', 'Il ne reste rien à placer de ce paiement.');
    const today = deps.clock.today();
    const day = found.value.held ? today : receivedOn;
    const imputed = await impute(tx, tenantId, { amountCents: freeCents, currency, on: day }, on.invoiceIds, on.chosen ?? []);
    if (!imputed.ok) return imputed;
    const { parts, excessCents, trace } = imputed.value;
    const closedCases = await placeFree(tx, deps, tenantId, found.value, {
      on: today,
      parts,
      says: trace.map((step) => step.says),
    });
    return ok({ freeCents: excessCents, closedCases });
  });
}

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

/**
 * The creditor agrees that payments go to the principal before interest, or comes back to the law (C. civ. 1343-1). The whole account of
 * the case follows. Refusals `form.invalid`, `case.unknown`.
 */
export function agreeImputation(
  deps: World,
  tenantId: string,
  caseId: string,
  order: 'interest-first' | 'principal-first',
  typedReason: string,
): Promise<Result<void>> {
  const reason = typedReason.trim();
  if (reason === '') return Promise.resolve(invalidForm({ reason: 'Dites ce qui a été convenu, et quand.' }));
  return deps.db.tenant(tenantId, async (tx) => {
    const updated = await tx
      .updateTable('cases')
      .set({ imputation: order })
      .where('tenant_id', '=', tenantId)
      .where('case_id', '=', caseId)
      .executeTakeFirst();
    if (updated.numUpdatedRows === 0n) return refuse('case.unknown', 'Ce dossier n’existe pas dans cette entreprise.');
    await recordFact(tx, deps, tenantId, caseId, {
      kind: 'imputation-agreed',
      on: deps.clock.today(),
      payload: { order, reason },
    });
    return ok(undefined);
  });
}

/**
 * Gives up the interest and the 40 € of a case whose principal is paid: the case closes by itself. Refusals `form.invalid` (a reason is asked,
 * for it is a gift), `case.unknown`, `case.not-settled`.
 */
export function waiveAccessories(
  deps: World,
  tenantId: string,
  caseId: string,
  typedReason: string,
): Promise<Result<{ readonly waivedCents: bigint }>> {
  const reason = typedReason.trim();
  if (reason === '') return Promise.resolve(invalidForm({ reason: 'Dites pourquoi vous y renoncez.' }));
  return deps.db.tenant(tenantId, async (tx) => {
    const today = deps.clock.today();
    const view = await viewCase(tx, tenantId, caseId, today);
    if (!view) return refuse('case.unknown', 'Ce dossier n’existe pas dans cette entreprise.');
    if (view.state.stage !== 'settled') {
      const left = view.invoices.reduce(
        (sum, i) => (i.documentKind === 'invoice' && i.balanceCents > 0n ? sum + i.balanceCents : sum),
        0n,
      );
      return refuse(
        'case.not-settled',
        left > 0n
          ? `Il reste ${frenchAmount(money(left))} de factures à payer\u202f: on ne renonce aux intérêts qu’une fois le principal payé.`
          : 'Ce dossier est déjà fermé.',
      );
    }
    const waivedCents = view.statement.status === 'computed' ? view.statement.value.total.cents : 0n;
    const payload = { amount: `${waivedCents}`, reason };
    const closed = await recordFact(tx, deps, tenantId, caseId, { kind: 'accessories-waived', on: today, payload });
    if (closed.length === 0)
      await recordFact(tx, deps, tenantId, caseId, { kind: 'case-closed', on: today, payload: { reason: 'paid', text: reason } });
    return ok({ waivedCents });
  });
}
