import type { Day } from '../kernel/day.ts';
import { frenchAmount, frenchDay, frenchDays, frenchPercent } from '../kernel/french.ts';
import { formatAmount } from '../kernel/money.ts';
import type { TraceStep } from '../kernel/outcome.ts';
import { formatPercent } from '../kernel/ratio.ts';
import type { RateRun } from '../law/rates.ts';
import type { ClaimInvoice } from './claim.ts';
import type { ImputationOrder } from './imputation.ts';
import type { ImputationLine, InterestLine, InvoiceStatement } from './statement.ts';

/*
 * The steps of a décompte, in the words of an accountant. The evaluation records what it did, in order; the sentences are
 * written when the trace is read: a portfolio of a hundred thousand claims is computed for its totals, and few of its traces
 * are ever shown.
 */

/** What the evaluation did: a line of interest, an imputation, or a step already in words. */
export type Event =
  | { readonly did: 'accrue'; readonly line: InterestLine; readonly override: RateRun['override'] }
  | { readonly did: 'impute'; readonly line: ImputationLine; readonly order: ImputationOrder }
  | { readonly did: 'decide'; readonly step: () => TraceStep };

/** The step of an event. */
export function stepOf(event: Event): TraceStep {
  if (event.did === 'accrue') return lineStep(event.line, event.override);
  return event.did === 'impute' ? imputationStep(event.line, event.order) : event.step();
}

function lineStep(line: InterestLine, override: RateRun['override']): TraceStep {
  const note = override ? ` Taux saisi le ${frenchDay(override.on)}\u202f: ${override.note}.` : '';
  return {
    rule: 'late-interest',
    cites: line.cites,
    certainty: line.certainty,
    says: `Du ${frenchDay(line.from)} au ${frenchDay(line.to)}\u202f: ${frenchAmount(line.base)} × ${frenchPercent(line.rate)} × ${frenchDays(line.days)} / 365 = ${frenchAmount(line.amount)}.${note}`,
    values: {
      from: line.from.toString(),
      to: line.to.toString(),
      days: String(line.days),
      rate: formatPercent(line.rate),
      base: formatAmount(line.base),
      amount: formatAmount(line.amount),
    },
  };
}

function imputationStep(line: ImputationLine, order: ImputationOrder): TraceStep {
  const note = line.kind === 'credit-note';
  const parts = [
    [line.toInterest, 'sur les intérêts'],
    [line.toPrincipal, 'sur le principal'],
    [line.toIndemnity, 'sur l’indemnité forfaitaire'],
    [line.excess, 'en trop, à rendre ou à imputer ailleurs'],
  ] as const;
  const where = parts.flatMap(([amount, on]) => (amount.cents > 0n ? [`${frenchAmount(amount)} ${on}`] : [])).join(', ');
  const why = note
    ? 'il corrige la dette elle-même, il réduit donc le principal à sa date (notre lecture)'
    : order === 'interest-first'
      ? 'il s’impute d’abord sur les intérêts'
      : 'il s’impute d’abord sur le principal, comme le créancier l’a accepté';
  return {
    rule: note ? 'credit-note' : 'payment-imputation',
    cites: ['cciv-1343-1'],
    certainty: note || line.toIndemnity.cents > 0n ? 'reading' : 'official',
    says: `${note ? 'Avoir' : 'Paiement'} de ${frenchAmount(line.amount)} du ${frenchDay(line.on)}\u202f: ${why}. Soit ${where}. Reste ${frenchAmount(line.principalLeft)} de principal et ${frenchAmount(line.interestLeft)} d’intérêts.`,
    values: {
      on: line.on.toString(),
      amount: formatAmount(line.amount),
      toInterest: formatAmount(line.toInterest),
      toPrincipal: formatAmount(line.toPrincipal),
      toIndemnity: formatAmount(line.toIndemnity),
      excess: formatAmount(line.excess),
    },
  };
}

/** An invoice that its credit notes cancel bears nothing. */
export const cancelledStep = (invoice: ClaimInvoice): TraceStep => ({
  rule: 'credit-note',
  cites: [],
  certainty: 'reading',
  says: `La facture ${invoice.number} est annulée par ses avoirs\u202f: elle n’a produit ni intérêts ni indemnité.`,
});

/** The judgment that opens insolvency proceedings stops interest. */
export const insolvencyStep = (openedOn: Day): TraceStep => ({
  rule: 'insolvency-effects',
  cites: ['ccom-L622-28'],
  certainty: 'secondary',
  says: `Le jugement d’ouverture du ${frenchDay(openedOn)} arrête le cours des intérêts. Que ce jour-là porte lui-même intérêt n’est pas tranché\u202f: il est compté.`,
});

/** The floor of clauses, beside the décompte. */
export function floorStep(floor: NonNullable<InvoiceStatement['clauseFloor']>): TraceStep {
  const least = `Sur ces jours, une clause ne pouvait fixer moins de ${frenchPercent(floor.highest)} (trois fois le taux légal)`;
  const ifFloor = floor.interestAtFloor ? `${frenchAmount(floor.interestAtFloor)} au plancher` : 'le plancher';
  const ifDefault = floor.interestAtDefault
    ? `${frenchAmount(floor.interestAtDefault)} au taux prévu sans clause`
    : 'le taux prévu sans clause';
  return {
    rule: 'clause-floor',
    cites: ['ccom-L441-10', 'cmf-L313-2'],
    certainty: floor.contractBelowFloor ? 'reading' : 'official',
    says: floor.contractBelowFloor
      ? `${least}\u202f: le taux du contrat est en dessous. La loi ne dit pas ce qui le remplace. Pour comparer, les intérêts de ces jours seraient de ${ifFloor}, de ${ifDefault}.`
      : `${least}. Ce plancher limite les clauses, il ne remplace pas le taux appliqué.`,
    values: { highest: formatPercent(floor.highest) },
  };
}
