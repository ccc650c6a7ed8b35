/**
 * Exact rational numbers. A rate of 12.40 % is the ratio 1240/10000, never a float.
 * Invariants: `d` > 0, `n` and `d` share no divisor.
 */
export interface Ratio {
  readonly n: bigint;
  readonly d: bigint;
}

function gcd(a: bigint, b: bigint): bigint {
  let x = a < 0n ? -a : a;
  let y = b;
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

/** Builds n/d in lowest terms. Throws a RangeError when d is zero. */
export function ratio(n: bigint, d = 1n): Ratio {
  if (d === 0n) throw new RangeError('a ratio cannot have a zero denominator');
  const sign = d < 0n ? -1n : 1n;
  const g = gcd(n, d * sign) || 1n;
  return { n: (n * sign) / g, d: (d * sign) / g };
}

const DECIMAL = /^([+-]?)(\d+)(?:\.(\d+))?$/;

/** Reads a plain decimal ("12.40", "-3", "0.875"). Returns undefined for anything else: exponents, commas, blanks. */
export function parseDecimal(text: string): Ratio | undefined {
  const m = DECIMAL.exec(text);
  if (!m) return undefined;
  const fraction = m[3] ?? '';
  const n = BigInt(`${m[2]}${fraction}`);
  return ratio(m[1] === '-' ? -n : n, 10n ** BigInt(fraction.length));
}

/** Reads a percentage: "12.40" is 12.40 %, the ratio 0.124. */
export function parsePercent(text: string): Ratio | undefined {
  const value = parseDecimal(text);
  return value && ratio(value.n, value.d * 100n);
}

/** A percentage literal of the program itself; throws on a malformed one. */
export function percent(text: string): Ratio {
  const value = parsePercent(text);
  if (!value) throw new RangeError(`not a percentage: ${text}`);
  return value;
}

/** Writes a ratio as a decimal with at least `least` digits after the point, exactly; throws when it has no finite decimal form. */
export function formatDecimal(value: Ratio, least = 0): string {
  let digits = 0;
  let scaled = value;
  while (scaled.d !== 1n) {
    digits += 1;
    if (digits > 18) throw new RangeError(`${value.n}/${value.d} has no short decimal form`);
    scaled = ratio(value.n * 10n ** BigInt(digits), value.d);
  }
  const places = Math.max(digits, least);
  const all = (value.n < 0n ? -value.n : value.n) * 10n ** BigInt(places);
  const text = (all / value.d).toString().padStart(places + 1, '0');
  const whole = text.slice(0, text.length - places);
  return `${value.n < 0n ? '-' : ''}${whole}${places > 0 ? `.${text.slice(-places)}` : ''}`;
}

/** Writes a rate as a percentage with two decimals at least: the ratio 0.124 is "12.40". */
export function formatPercent(rate: Ratio): string {
  return formatDecimal(ratio(rate.n * 100n, rate.d), 2);
}

export const addRatio = (a: Ratio, b: Ratio): Ratio => ratio(a.n * b.d + b.n * a.d, a.d * b.d);
export const multiplyRatio = (a: Ratio, b: Ratio): Ratio => ratio(a.n * b.n, a.d * b.d);

/** Negative when a < b, zero when equal, positive when a > b. */
export function compareRatio(a: Ratio, b: Ratio): number {
  const difference = a.n * b.d - b.n * a.d;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
