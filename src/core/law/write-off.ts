import { frenchAmount, frenchPercent } from '../kernel/french.ts';
import { formatAmount, type Money, money, scaleCents } from '../kernel/money.ts';
import { computed, missing, type Outcome, type TraceStep } from '../kernel/outcome.ts';
import { type Ratio, ratio } from '../kernel/ratio.ts';
import { steps } from './step.ts';

const say = steps('vat-recovery');

/** Why the VAT of an unpaid invoice may be taken back (CGI 272, 1; BOI-TVA-DED-40-10-20). */
export type IrrecoverableReason = 'liquidation-judgment' | 'fruitless-enforcement' | 'disappearance' | 'liquidator-certificate';

export interface WriteOffFacts {
  /** what remains unpaid, VAT included */
  readonly unpaid: Money;
  /** the VAT rate of the invoice; zero under the small-business exemption (CGI 293 B) */
  readonly vatRate: Ratio;
  /** services taxed on receipt (no option for debits): the VAT was never due */
  readonly onReceipt?: boolean;
  readonly reason?: IrrecoverableReason;
}

export interface WriteOff {
  /** the loss before VAT */
  readonly loss: Money;
  readonly vatToRecover: Money;
  /** whether the VAT can be taken back now, with the reason given */
  readonly recoverableNow: boolean;
  readonly entries: readonly AccountingEntry[];
}

/** An accounting entry of the French chart of accounts. */
export interface AccountingEntry {
  readonly account: string;
  readonly label: string;
  readonly side: 'debit' | 'credit';
  readonly amount: Money;
}

/** The VAT to take back on what stays unpaid, the loss before VAT, and the entries of the write-off (654, 4457, 416). */
export function writeOff(facts: WriteOffFacts): Outcome<WriteOff> {
  if (facts.unpaid.cents <= 0n) return missing(['unpaid'], 'Il manque le montant resté impayé.');
  const { n, d } = facts.vatRate;
  const vat = scaleCents(facts.unpaid.cents, ratio(n, n + d), 'half-up');
  const vatToRecover = money(facts.onReceipt ? 0n : vat);
  const loss = money(facts.unpaid.cents - vat);
  const recoverableNow = vatToRecover.cents > 0n && facts.reason !== undefined;
  const entries: AccountingEntry[] = [
    { account: '654', label: 'Pertes sur créances irrécouvrables', side: 'debit', amount: loss },
    ...(vat > 0n ? ([{ account: '4457', label: 'TVA collectée', side: 'debit', amount: money(vat) }] as const) : []),
    { account: '416', label: 'Clients douteux', side: 'credit', amount: facts.unpaid },
  ];
  return computed({ loss, vatToRecover, recoverableNow, entries }, [...vatSteps(facts, loss, vatToRecover)]);
}

function vatSteps(facts: WriteOffFacts, loss: Money, vat: Money): TraceStep[] {
  const values = { loss: formatAmount(loss), vat: formatAmount(vat) };
  if (facts.vatRate.n === 0n)
    return [
      say(
        ['cgi-293-B'],
        'official',
        `Aucune TVA facturée\u202f: la perte est de ${frenchAmount(loss)}, rien à récupérer.`,
        values,
      ),
    ];
  if (facts.onReceipt) {
    return [
      say(
        ['cgi-269'],
        'memory',
        'Prestation taxée à l’encaissement\u202f: la TVA n’a jamais été due, il n’y a rien à récupérer.',
        values,
      ),
    ];
  }
  const proof = facts.reason
    ? REASONS[facts.reason]
    : 'il faut que la créance soit définitivement irrécouvrable (jugement de liquidation, exécution vaine, disparition, certificat du liquidateur)';
  return [
    say(
      ['cgi-272', 'bofip-TVA-DED-40-10-20'],
      'official',
      `Sur ${frenchAmount(facts.unpaid)} impayés à ${rateWords(facts.vatRate)}, la TVA à récupérer est ${frenchAmount(vat)} et la perte ${frenchAmount(loss)}\u202f: ${proof}. Envoyez au client un duplicata de la facture qui dit que le prix reste impayé et que sa déduction doit être reversée.`,
      values,
    ),
  ];
}

/** The rate as written; that of an invoice with several rates, told from its totals, as the mean it is. */
function rateWords(rate: Ratio): string {
  let { d } = rate;
  for (const factor of [2n, 5n]) while (d % factor === 0n) d /= factor;
  if (d === 1n && 1_000_000n % rate.d === 0n) return frenchPercent(rate);
  return `${frenchPercent(ratio(scaleCents(10_000n, rate, 'half-up'), 10_000n))} en moyenne`;
}

const REASONS: Readonly<Record<IrrecoverableReason, string>> = {
  'liquidation-judgment': 'récupérable dès le jugement de liquidation',
  'fruitless-enforcement': 'récupérable avec la preuve d’une exécution vaine',
  disappearance: 'récupérable avec la preuve de la disparition du débiteur',
  'liquidator-certificate': 'récupérable avec le certificat du liquidateur',
};

/** VAT on late interest and on the 40 €: none, they compensate the delay. */
export function vatOnCompensation(compensation: Money): Outcome<Money> {
  return computed(money(0n), [
    steps('vat-on-compensation')(
      ['sp-F23211'],
      'official',
      `Les intérêts de retard et l’indemnité forfaitaire (${frenchAmount(compensation)}) réparent le retard\u202f: ils sont hors du champ de la TVA.`,
    ),
  ]);
}
