import type { Day } from '../kernel/day.ts';
import { toEpochDay } from '../kernel/epoch-day.ts';
import { frenchAmount, frenchDay } from '../kernel/french.ts';
import { formatAmount, money } from '../kernel/money.ts';
import { notApplicable, notEncoded, type Outcome, type TraceStep } from '../kernel/outcome.ts';
import { currentLaw, type LawBook } from '../law/book.ts';
import type { Claim, ClaimInvoice } from './claim.ts';
import { accountOfInvoice } from './invoice-account.ts';
import type { InvoiceStatement, StatementOfAccount } from './statement.ts';

/**
 * What a claim is worth on a day: principal, interest and the 40 €, invoice by invoice, with every line of the arithmetic
 * (C. com. L441-10; CCP R2192-31; C. civ. 1231-6, 1343-1). Payments and credit notes after `asOf` are left out.
 * Answers `not-encoded` when a rate is not known on a day that bears interest, `not-applicable` for an amount that is not owed.
 */
export function statementOfAccount(claim: Claim, asOf: Day, law: LawBook = currentLaw): Outcome<StatementOfAccount> {
  if (claim.contractRate && claim.contractRate.n < 0n) return notApplicable('Un taux de retard ne peut pas être négatif.');
  const invoices: InvoiceStatement[] = [];
  let [principal, interest, indemnity] = [0n, 0n, 0n];
  const on = toEpochDay(asOf);
  for (const invoice of claim.invoices) {
    if (invoice.amount.cents <= 0n) {
      return notApplicable(
        `La facture ${invoice.number} est de ${frenchAmount(invoice.amount)}\u202f: seul un montant positif peut être réclamé. Un avoir se rattache à sa facture.`,
      );
    }
    const negative = invoice.credits.find((credit) => credit.amount.cents < 0n);
    if (negative) {
      return notApplicable(
        `Facture ${invoice.number}\u202f: ${frenchAmount(negative.amount)} du ${frenchDay(negative.on)} n’est ni un paiement ni un avoir\u202f; un montant négatif ne s’impute pas.`,
      );
    }
    const currency = foreignCurrency(invoice);
    if (currency) return notEncoded(`Le calcul n’est fait qu’en euros\u202f: la facture ${invoice.number} est en ${currency}.`);
    const answer = accountOfInvoice(claim, invoice, on, law);
    if ('status' in answer) return answer;
    invoices.push(answer);
    principal += answer.principal.cents;
    interest += answer.interest.cents;
    indemnity += answer.indemnity.cents;
  }
  const value: StatementOfAccount = {
    asOf,
    debtor: claim.debtor,
    invoices,
    principal: money(principal),
    interest: money(interest),
    indemnity: money(indemnity),
    total: money(principal + interest + indemnity),
    get trace() {
      return [summary(value), ...invoices.flatMap((invoice) => invoice.trace)];
    },
  };
  return {
    status: 'computed',
    value,
    get trace() {
      return value.trace;
    },
  };
}

function foreignCurrency(invoice: ClaimInvoice): string | undefined {
  if (invoice.amount.currency !== 'EUR') return invoice.amount.currency;
  return invoice.credits.find((credit) => credit.amount.currency !== 'EUR')?.amount.currency;
}

const summary = (of: StatementOfAccount): TraceStep => ({
  rule: 'late-interest',
  cites: [],
  certainty: 'reading',
  says: `Au ${frenchDay(of.asOf)}, le débiteur doit ${frenchAmount(of.principal)} en principal, ${frenchAmount(of.interest)} d’intérêts et ${frenchAmount(of.indemnity)} d’indemnités forfaitaires, soit ${frenchAmount(of.total)}. Chaque ligne est comptée en jours réels sur 365, échéance exclue et jour du paiement inclus, arrondie au centime\u202f; les totaux sont la somme des lignes.`,
  values: { total: formatAmount(of.total), asOf: of.asOf.toString() },
});
