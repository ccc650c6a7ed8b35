import type { z } from 'zod';
import { isAfter } from '#core/kernel/day.ts';
import type { TraceStep } from '#core/kernel/outcome.ts';
import { ok, type Result, refuse } from '#core/kernel/result.ts';
import { enterPayments, type Imputation, impute, lockInvoices, type Payable, placeFree } from '#modules/cases/index.ts';
import { standingPayment } from '#modules/invoices/index.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import { parseForm, type Typed } from '#platform/form.ts';
import { findDebtor } from './debtor-account.ts';
import { alreadyEntered, inTheFuture, isEntered, PaymentForm } from './payment-form.ts';

type World = Pick<Deps, 'db' | 'clock'>;

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

const noInvoice = () => refuse('payment.no-invoice', 'Choisissez au moins une facture, ou mettez ce paiement en attente.');

/** The invoices that a payment is for. */
export interface PaidInvoices {
  readonly invoiceIds: readonly string[];
  /** those that the debtor said it pays, in its order (C. civ. 1342-10); without it the law decides among `invoiceIds` */
  readonly chosen?: readonly string[];
}

/** Where a payment would go, before it is recorded. */
export interface Shared extends Imputation {
  readonly amountCents: bigint;
  readonly currency: string;
  /** those it is for, by identifier */
  readonly invoices: ReadonlyMap<string, Payable>;
}

type PaymentInput = z.output<typeof PaymentForm>;

async function share(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  tenantId: string,
  typed: Typed,
  { invoiceIds, chosen = [] }: PaidInvoices,
): Promise<Result<{ readonly input: PaymentInput; readonly first: Payable; readonly shared: Shared }>> {
  const parsed = parseForm(PaymentForm, typed);
  if (!parsed.ok) return parsed;
  const input = parsed.value;
  if (isAfter(input.on, deps.clock.today())) return inTheFuture();
  const [firstId] = chosen.length > 0 ? chosen : invoiceIds;
  if (!firstId) return noInvoice();
  const invoices = await lockInvoices(tx, tenantId, [...chosen, ...invoiceIds]);
  const first = invoices.get(firstId);
  if (!first) return refuse('payment.unknown-invoice', 'Cette facture n’existe pas dans cette entreprise.');
  const { currency } = first;
  const imputed = await impute(tx, tenantId, { amountCents: input.amount, currency, on: input.on }, invoiceIds, chosen);
  if (!imputed.ok) return imputed;
  return ok({ input, first, shared: { ...imputed.value, amountCents: input.amount, currency, invoices } });
}

/** Where a payment would go by law, or by the debtor's choice; nothing is recorded. Refusals of `recordPayment`. */
export async function previewPayment(deps: World, tenantId: string, typed: Typed, on: PaidInvoices): Promise<Result<Shared>> {
  const found = await deps.db.tenant(tenantId, (tx) => share(tx, deps, tenantId, typed, on));
  return found.ok ? ok(found.value.shared) : found;
}

/**
 * Records a payment, or a set-off, on one or several invoices, of one or several debtors: whoever owes the first one paid it. `paymentId`
 * is chosen when the form is shown: sent twice, it is one payment. Refusals `form.invalid`, `payment.no-invoice`, `payment.entered`, those
 * of `impute`.
 */
export async function recordPayment(
  deps: World,
  tenantId: string,
  typed: Typed,
  on: PaidInvoices & { readonly paymentId?: string },
): Promise<Result<HandPayment>> {
  return deps.db.tenant(tenantId, async (tx) => {
    if (await isEntered(tx, tenantId, on.paymentId)) return alreadyEntered();
    const found = await share(tx, deps, tenantId, typed, on);
    if (!found.ok) return found;
    const { input, first, shared } = found.value;
    const { parts, excessCents, trace } = shared;
    const { paymentIds, closedCases } = await enterPayments(tx, deps, tenantId, [
      {
        ...(on.paymentId ? { id: on.paymentId } : {}),
        partyId: first.partyId,
        receivedOn: input.on,
        currency: first.currency,
        amountCents: input.amount,
        reference: input.reference || null,
        kind: input.kind,
        note: input.note || null,
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
 * (`refund`) or placed (`placeMoney`) later. Refusals `form.invalid`, `payment.entered`, `payment.unknown-debtor`.
 */
export async function holdPayment(
  deps: World,
  tenantId: string,
  typed: Typed,
  of: {
    readonly partyId: string;
    readonly currency?: string;
    readonly held: 'wrong-entity' | 'unknown-invoice';
    readonly paymentId?: string;
  },
): Promise<Result<{ readonly paymentId: string }>> {
  const parsed = parseForm(PaymentForm, typed);
  if (!parsed.ok) return parsed;
  const { amount, reference, note, on } = parsed.value;
  if (isAfter(on, deps.clock.today())) return inTheFuture();
  return deps.db.tenant(tenantId, async (tx) => {
    if (await isEntered(tx, tenantId, of.paymentId)) return alreadyEntered();
    if (!(await findDebtor(tx, tenantId, of.partyId)))
      return refuse('payment.unknown-debtor', 'Choisissez de quel client vient cet argent.');
    const { paymentIds } = await enterPayments(tx, deps, tenantId, [
      {
        ...(of.paymentId ? { id: of.paymentId } : {}),
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
 * `payment.nothing-left`, `payment.no-invoice`, those of `impute`.
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
    if (on.invoiceIds.length + (on.chosen?.length ?? 0) === 0) return noInvoice();
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
