/**
 * Every rounding of Quitus has a name and lives here.
 * - `half-up`: to the nearest unit, halves away from zero (the usual commercial rounding, "arrondi au centime le plus proche").
 * - `down`: towards zero. - `up`: away from zero.
 */
export type Rounding = 'half-up' | 'down' | 'up';

/** Rounds the exact quotient n/d to an integer. Throws a RangeError when d is not positive. */
export function roundQuotient(n: bigint, d: bigint, rounding: Rounding): bigint {
  if (d <= 0n) throw new RangeError('the divisor must be positive');
  const negative = n < 0n;
  const size = negative ? -n : n;
  const whole = size / d;
  const rest = size % d;
  const more = rounding === 'half-up' ? rest * 2n >= d : rounding === 'up' ? rest > 0n : false;
  const rounded = more ? whole + 1n : whole;
  return negative ? -rounded : rounded;
}
