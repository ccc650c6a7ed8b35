import type { AdviceClaim } from './claim.ts';
import { eurosOf } from './claim.ts';
import type { Numbers } from './numbers.ts';
import type { Settlement } from './outcomes.ts';

/** What turns a settlement into euros for one claim. Floats: this is the inside of the solver. */
export interface MoneyFacts {
  /** the whole principal, euros, VAT included */
  readonly principal: number;
  readonly ageDays: number;
  /** annual late rate, and flat indemnity in euros */
  readonly rate: number;
  readonly flat: number;
  /** what of a euro received is income: VAT due on receipts comes off */
  readonly kept: number;
  /** what of a euro proven lost comes back as VAT */
  readonly vatBack: number;
}

export function moneyFactsOf(claim: AdviceClaim, n: Numbers): MoneyFacts {
  const { regime, rate } = claim.vat;
  return {
    principal: eurosOf(claim.principal),
    ageDays: claim.ageDays,
    rate: lateRateOf(claim, n),
    flat: claim.business ? n.flat40 : 0,
    kept: regime === 'encaissements' ? 1 / (1 + rate) : 1,
    vatBack: regime === 'debits' ? rate / (1 + rate) : 0,
  };
}

/** The late rate of a claim: its contract's, or the legal one. */
export const lateRateOf = ({ lateRate, business }: AdviceClaim, n: Numbers): number =>
  lateRate ?? (business ? n.lateRate : n.lateRateB2C);

/** A quantity that is affine in the claim: constant + principal × A + aged × A × age. */
export interface Affine {
  readonly constant: number;
  readonly principal: number;
  readonly aged: number;
}

/** The worth of a settlement `step` steps from now, on the part `left` of the principal. */
export function settle(end: Settlement, left: number, step: number, n: Numbers, m: MoneyFacts): Affine {
  const perDay = (end.extras * left * m.rate) / 365;
  return {
    constant: end.extras * m.flat + end.fixed - end.hours * n.hourlyRate,
    principal: left * (end.principal * m.kept - end.fee + end.lost * m.vatBack) + perDay * n.stepDays * step,
    aged: perDay,
  };
}

export const worthOf = (a: Affine, m: MoneyFacts): number =>
  a.constant + a.principal * m.principal + a.aged * m.principal * m.ageDays;

/** A published insolvency, seen from its day: declare the claim, or do nothing; VAT comes back on what is lost. */
export function insolvencyChoices(left: number, n: Numbers, m: MoneyFacts): { readonly declare: Affine; readonly drop: Affine } {
  const later = (1 + n.discountAnnual) ** -n.dividendYears;
  return {
    declare: {
      constant: -n.declH * n.hourlyRate,
      principal: left * (n.dividend * m.kept * later + m.vatBack * (1 - n.dividend)),
      aged: 0,
    },
    drop: { constant: -n.woH * n.hourlyRate, principal: left * m.vatBack, aged: 0 },
  };
}

/** The better of the two for this claim. */
export function insolvencyWorth(left: number, n: Numbers, m: MoneyFacts): { readonly declares: boolean; readonly worth: Affine } {
  const { declare, drop } = insolvencyChoices(left, n, m);
  const declares = worthOf(declare, m) > worthOf(drop, m);
  return { declares, worth: declares ? declare : drop };
}
