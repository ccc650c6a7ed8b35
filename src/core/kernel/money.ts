import type { Ratio } from './ratio.ts';
import { type Rounding, roundQuotient } from './rounding.ts';

/** An ISO 4217 code. Quitus computes law in euros; other currencies are carried, never mixed. */
export type Currency = string;

/** An amount in the hundredth of its currency. */
export interface Money {
  readonly cents: bigint;
  readonly currency: Currency;
}

export const money = (cents: bigint, currency: Currency = 'EUR'): Money => ({ cents, currency });

const AMOUNT = /^(-?)(\d{1,15})(?:\.(\d{1,2}))?$/;

/** Reads "4800", "4800.5" or "-12.34". Returns undefined for more than two decimals, a comma, a blank or an exponent. */
export function parseAmount(text: string, currency: Currency = 'EUR'): Money | undefined {
  const m = AMOUNT.exec(text);
  if (!m) return undefined;
  const cents = BigInt(m[2] as string) * 100n + BigInt((m[3] ?? '').padEnd(2, '0'));
  return money(m[1] === '-' ? -cents : cents, currency);
}

/** Reads an amount as people type it in France: "4 800,00 €", "4.800,50", "4800,5", "4800.50". */
export function parseTypedAmount(text: string, currency: Currency = 'EUR'): Money | undefined {
  const bare = text.replace(/\s|€|EUR/giu, '');
  if (/^-?\d{1,3}(\.\d{3})+(,\d{1,2})?$/.test(bare)) return parseAmount(bare.replaceAll('.', '').replace(',', '.'), currency);
  return parseAmount(bare.replace(',', '.'), currency);
}

/** Writes the cents as a decimal string with two places: 480000n is "4800.00". */
export function formatCents(cents: bigint): string {
  const text = (cents < 0n ? -cents : cents).toString().padStart(3, '0');
  return `${cents < 0n ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`;
}

export const formatAmount = (amount: Money): string => formatCents(amount.cents);

function sameCurrency(a: Money, b: Money): Currency {
  if (a.currency !== b.currency) throw new TypeError(`${a.currency} and ${b.currency} cannot be added`);
  return a.currency;
}

/** Adds two amounts; throws a TypeError when the currencies differ. */
export const addMoney = (a: Money, b: Money): Money => money(a.cents + b.cents, sameCurrency(a, b));
/** Subtracts b from a; throws a TypeError when the currencies differ. */
export const subtractMoney = (a: Money, b: Money): Money => money(a.cents - b.cents, sameCurrency(a, b));

/** Multiplies an amount of cents by an exact ratio, with a named rounding. */
export function scaleCents(cents: bigint, by: Ratio, rounding: Rounding): bigint {
  return roundQuotient(cents * by.n, by.d, rounding);
}

/** Splits cents into parts proportional to `weights`; the sum of the parts is the whole (largest remainders first, then order). */
export function allocateCents(cents: bigint, weights: readonly bigint[]): bigint[] {
  const total = weights.reduce((sum, w) => sum + w, 0n);
  if (total <= 0n || weights.some((w) => w < 0n)) throw new RangeError('weights must be positive');
  const shares = weights.map((w, index) => ({ index, part: (cents * w) / total, rest: (cents * w) % total }));
  let left = cents - shares.reduce((sum, s) => sum + s.part, 0n);
  const step = left < 0n ? -1n : 1n;
  const order = [...shares].sort((a, b) => Number((b.rest - a.rest) * step) || a.index - b.index);
  for (let i = 0; left !== 0n; i += 1, left -= step) {
    const share = order[i];
    if (share) share.part += step;
  }
  return shares.map((s) => s.part);
}
