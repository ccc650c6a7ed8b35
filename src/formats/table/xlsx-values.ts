/** Numbers that Excel shows as dates: its own formats, and those whose code has day, month or year outside quotes and brackets. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
  const bare = code.replace(/"[^"]*"|\\.|\[[^\]]*\]|_./g, '');
  return /[dy]/i.test(bare) && !/^general$/i.test(bare);
}

/** The day of a serial number as ISO; undefined outside the years a list can have. Before March 1900 Excel counts a day that never was. */
export function dateOfSerial(text: string, from1904: boolean): string | undefined {
  const days = Number(/^\d{1,7}/.exec(text)?.[0] ?? Number.NaN);
  if (Number.isNaN(days) || days > 2_958_465) return undefined;
  const start = from1904 ? '1904-01-01' : days < 60 ? '1899-12-31' : '1899-12-30';
  return Temporal.PlainDate.from(start).add({ days }).toString();
}

/** Excel computes with fifteen significant digits; what a file holds beyond them is the noise of binary fractions. */
const SIGNIFICANT = 15;

/**
 * A number as a workbook stores it ("1234.5600000000001", "1.5E-2") as a plain decimal, rounded to fifteen significant digits, in decimal and
 * not through a float. A text that is no number is returned as it is.
 */
export function plainNumber(text: string): string {
  const m = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text.trim());
  if (!m) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = m;
  const digits = (whole + fraction).replace(/^0+/, '');
  if (digits === '') return '0';
  // The value is digits × 10^scale.
  let scale = Number(exponent) - fraction.length;
  let kept = digits;
  if (digits.length > SIGNIFICANT) {
    const cut = digits.length - SIGNIFICANT;
    const rounded = BigInt(digits.slice(0, SIGNIFICANT)) + (Number(digits[SIGNIFICANT]) >= 5 ? 1n : 0n);
    kept = rounded.toString();
    scale += cut;
  }
  if (scale >= 0) return `${sign}${kept}${'0'.repeat(Math.min(scale, 30))}`;
  const padded = kept.padStart(-scale + 1, '0');
  const tail = padded.slice(scale).replace(/0+$/, '');
  return `${sign}${padded.slice(0, scale)}${tail ? `.${tail}` : ''}`;
}
