import { sql } from 'kysely';
import { statementOfAccount } from '#core/claim/account.ts';
import { type Debt, imputeAmongDebts } from '#core/claim/several-debts.ts';
import type { InvoiceStatement } from '#core/claim/statement.ts';
import type { Day } from '#core/kernel/day.ts';
import { frenchAmount, frenchDay } from '#core/kernel/french.ts';
import { money } from '#core/kernel/money.ts';
import type { TraceStep } from '#core/kernel/outcome.ts';
import { type Ratio, ratio } from '#core/kernel/ratio.ts';
import { ok, type Result, refuse } from '#core/kernel/result.ts';
import type { PaymentPart } from '#modules/invoices/index.ts';
import { lawOf } from '#modules/law/index.ts';
import type { Tx } from '#platform/db/database.ts';
import { claimsOf } from './claim.ts';
import { factsByCase } from './projection.ts';

/** An open invoice, locked until the end of the transaction. */
export interface Payable {
  readonly invoiceId: string;
  readonly caseId: string | null;
  readonly partyId: string;
  readonly number: string;
  readonly issuedOn: Day;
  readonly dueOn: Day;
  readonly currency: string;
  readonly balanceCents: bigint;
}

/** Invoices by identifier, locked in one order whoever asks, so that two payments never wait for each other. */
export async function lockInvoices(tx: Tx, tenantId: string, invoiceIds: readonly string[]): Promise<Map<string, Payable>> {
  const rows = await tx
    .selectFrom('invoices')
    .select(['invoice_id', 'case_id', 'party_id', 'number', 'issued_on', 'due_on', 'currency', 'balance_cents'])
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`invoice_id = any(${[...new Set(invoiceIds)]}::uuid[])`)
    .where('document_kind', '=', 'invoice')
    .orderBy('invoice_id')
    .forUpdate()
    .execute();
  return new Map(
    rows.map((row) => [
      row.invoice_id,
      {
        invoiceId: row.invoice_id,
        caseId: row.case_id,
        partyId: row.party_id,
        number: row.number,
        issuedOn: row.issued_on,
        dueOn: row.due_on,
        currency: row.currency,
        balanceCents: row.balance_cents,
      },
    ]),
  );
}

/** What an invoice bears beside its balance in the books on a day, in cents, and the rate it bears that day. */
export interface Accessories {
  readonly interest: bigint;
  readonly indemnity: bigint;
  readonly rate: Ratio;
}

/**
 * What invoices of these cases owe by law on a day beyond their balance in the books, the payments recorded so far taken into account. An
 * earlier payment that the law imputed to interest left as much principal unpaid: that too counts as interest here, so that balance and
 * accessories always add up to what is owed. An invoice whose account cannot be told (another currency, a rate not encoded) is left out.
 */
export async function accessoriesOn(
  tx: Tx,
  tenantId: string,
  caseIds: readonly string[],
  on: Day,
): Promise<Map<string, Accessories>> {
  const facts = await factsByCase(tx, tenantId, caseIds);
  const claims = await claimsOf(
    tx,
    tenantId,
    caseIds.map((caseId) => ({ caseId, facts: facts.get(caseId) ?? [] })),
  );
  const balances = await tx
    .selectFrom('invoices')
    .select(['invoice_id', 'balance_cents'])
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`case_id = any(${caseIds}::uuid[])`)
    .execute();
  const balanceOf = new Map(balances.map((row) => [row.invoice_id, row.balance_cents]));
  const law = await lawOf(tx, tenantId);
  const found = new Map<string, Accessories>();
  for (const claim of claims.values()) {
    const account = statementOfAccount(claim, on, law);
    if (account.status !== 'computed') continue;
    for (const of of account.value.invoices) {
      found.set(of.invoiceId, besideOf(of, balanceOf.get(of.invoiceId) ?? 0n));
    }
  }
  return found;
}

/** What the account of an invoice owes beyond its balance in the books. */
export function besideOf({ total, indemnity, lines }: InvoiceStatement, balanceCents: bigint): Accessories {
  const beside = total.cents - (balanceCents > 0n ? balanceCents : 0n);
  const fixed = beside < indemnity.cents ? beside : indemnity.cents;
  return {
    interest: beside > fixed ? beside - fixed : 0n,
    indemnity: fixed > 0n ? fixed : 0n,
    rate: lines.at(-1)?.rate ?? ratio(0n),
  };
}

/** Where the cents of a payment go, and what says so. */
export interface Imputation {
  readonly parts: readonly PaymentPart[];
  /** due by no invoice of the list */
  readonly excessCents: bigint;
  readonly trace: readonly TraceStep[];
}

const refuseInvoice = (invoiceId: string) =>
  refuse('payment.unknown-invoice', 'Une des factures à régler n’existe pas, ou plus, dans cette entreprise.', { invoiceId });

/**
 * Shares a payment among invoices (C. civ. 1342-10): the debtor's choice first, in its order; then the invoices due, the dearest and the
 * oldest first. Each invoice's balance in the books is filled before anything goes to interest and the 40 €: the statement of account
 * imputes the same cents as the law does (C. civ. 1343-1), and the books show an invoice paid as paid (docs/adr/0003).
 * Refusals: `payment.unknown-invoice`, `payment.currency`.
 */
export async function impute(
  tx: Tx,
  tenantId: string,
  payment: { readonly amountCents: bigint; readonly currency: string; readonly on: Day },
  invoiceIds: readonly string[],
  chosen: readonly string[] = [],
): Promise<Result<Imputation>> {
  const all = [...new Set([...chosen, ...invoiceIds])];
  const known = await lockInvoices(tx, tenantId, all);
  const invoices: Payable[] = [];
  for (const id of all) {
    const invoice = known.get(id);
    if (!invoice) return refuseInvoice(id);
    if (invoice.currency !== payment.currency)
      return refuse(
        'payment.currency',
        `La facture ${invoice.number} est en ${invoice.currency}, le paiement en ${payment.currency}\u202f: l’un ne règle pas l’autre.`,
        { invoiceId: id },
      );
    invoices.push(invoice);
  }
  const { amountCents, on } = payment;
  const caseIds = [...new Set(invoices.flatMap((of) => of.caseId ?? []))];
  const beside = await accessoriesOn(tx, tenantId, caseIds, on);
  const labels = labelsOf(invoices);
  const parts: PaymentPart[] = [];
  const trace: TraceStep[] = [];
  let left = amountCents;
  /** Gives out what is left among what is owed under one heading. */
  const share = (purpose: 'principal' | 'interest' | 'indemnity', owed: (of: Payable) => bigint): void => {
    const debts = invoices
      .filter((of) => owed(of) > 0n)
      .map((of): Debt => {
        const rate = beside.get(of.invoiceId)?.rate ?? ratio(0n);
        return { id: labels.get(of.invoiceId) ?? of.number, owed: money(owed(of), of.currency), dueOn: of.dueOn, rate };
      });
    if (left === 0n || debts.length === 0) return;
    const open = new Set(debts.map((debt) => debt.id));
    const choice = chosen.map((id) => labels.get(id) ?? id).filter((label) => open.has(label));
    const shared = imputeAmongDebts(money(left, payment.currency), on, debts, choice);
    if (shared.status !== 'computed') throw new Error('the choice of the debtor was checked before');
    const given = shared.value.settled;
    for (const { id, amount } of given) {
      const of = invoices.find((one) => labels.get(one.invoiceId) === id);
      if (of) parts.push({ invoiceId: of.invoiceId, amountCents: amount.cents, purpose });
    }
    if (purpose === 'principal') trace.push(...shared.trace);
    else trace.push(besideStep(purpose, left - shared.value.excess.cents, payment.currency));
    left = shared.value.excess.cents;
  };
  share('principal', (of) => of.balanceCents);
  share('interest', (of) => beside.get(of.invoiceId)?.interest ?? 0n);
  share('indemnity', (of) => beside.get(of.invoiceId)?.indemnity ?? 0n);
  return ok({ parts, excessCents: left, trace });
}

/** What each invoice is called in the trace: its number, with its day when two of them share it. */
function labelsOf(invoices: readonly Payable[]): Map<string, string> {
  const seen = Map.groupBy(invoices, (of) => of.number);
  return new Map(
    invoices.map((of) => {
      const shared = (seen.get(of.number)?.length ?? 0) > 1;
      return [of.invoiceId, shared ? `${of.number} du ${frenchDay(of.issuedOn)}` : of.number];
    }),
  );
}

const besideStep = (purpose: 'interest' | 'indemnity', cents: bigint, currency: string): TraceStep => ({
  rule: 'payment-imputation',
  cites: purpose === 'interest' ? ['cciv-1343-1'] : [],
  certainty: purpose === 'interest' ? 'official' : 'reading',
  says:
    purpose === 'interest'
      ? `Le solde des factures est payé\u202f: ${frenchAmount(money(cents, currency))} vont aux intérêts de retard.`
      : `Les intérêts sont payés\u202f: ${frenchAmount(money(cents, currency))} vont à l’indemnité forfaitaire de recouvrement (son rang n’est fixé par aucun texte\u202f: notre lecture).`,
});
