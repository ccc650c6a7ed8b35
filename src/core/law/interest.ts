import type { Ratio } from '../kernel/ratio.ts';
import { roundQuotient } from '../kernel/rounding.ts';

/** No statute sets the divisor; official worked examples keep 365 in leap years too (docs/adr/0102). */
const DAYS_OF_YEAR = 365n;

/** Simple interest in cents: base × rate × days / 365, to the cent, halves up. The base in cents, the rate annual. */
export function simpleInterest(baseCents: bigint, rate: Ratio, days: number): bigint {
  return roundQuotient(baseCents * rate.n * BigInt(days), rate.d * DAYS_OF_YEAR, 'half-up');
}
