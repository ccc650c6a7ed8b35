/** Exact decimal numbers as strings: no float, no rounding. */

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?$/;
/** Digits kept after the point, and allowed before it: more than any currency or any bank needs. */
const SCALE = 10;
const WHOLE_DIGITS = 18;

/** A decimal in units of its tenth decimal; undefined when the text is none, or has more digits than money ever has. */
export function toUnits(text: string): bigint | undefined {
  const m = DECIMAL.exec(text);
  if (!m) return undefined;
  const [, sign, whole = '', fraction = ''] = m;
  if ((whole === '' && fraction === '') || fraction.length > SCALE || whole.replace(/^0+/, '').length > WHOLE_DIGITS)
    return undefined;
  const units = BigInt((whole || '0') + fraction.padEnd(SCALE, '0'));
  return sign === '-' ? -units : units;
}

/** Units of the tenth decimal as a decimal string with at least two decimals: "-80.00", "1.234". */
export function fromUnits(units: bigint): string {
  const digits = (units < 0n ? -units : units).toString().padStart(SCALE + 1, '0');
  const fraction = digits.slice(-SCALE).replace(/0+$/, '').padEnd(2, '0');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -SCALE)}.${fraction}`;
}

/** The amount a text writes ("200000", "5442.09000", "-.5"), with at least two decimals; undefined when it is no amount. */
export function amountOf(text: string): string | undefined {
  const units = toUnits(text);
  return units === undefined ? undefined : fromUnits(units);
}

/** The amount with its sign turned; zero has none. */
export const negated = (amount: string): string =>
  amount.startsWith('-') ? amount.slice(1) : /[1-9]/.test(amount) ? `-${amount}` : amount;
