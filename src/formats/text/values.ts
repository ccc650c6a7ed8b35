/** Dates and amounts as people write them in France, and in English and German documents. Pure text, no float. */

/** Lower case, no accent, plain blanks, quotes and dashes. Same length as the text, so that positions are those of the text. */
export function fold(text: string): string {
  const plain = text
    .replace(/[\u00a0\u2000-\u200a\u202f\t\r\n]/g, ' ')
    .replace(/[’‘`´]/g, "'")
    .replace(/[‐‑‒–—−]/g, '-');
  const bare = plain.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return bare.length === text.length ? bare : plain.toLowerCase();
}

/** A value found in a text, and where. */
export interface Found<T = string> {
  readonly value: T;
  readonly start: number;
  readonly end: number;
}

export type DayOrder = 'dmy' | 'mdy';

const MONTHS = [
  /^jan/,
  /^fe[bv]/,
  /^m(ar|ae?r|rz)/,
  /^a[vp]r/,
  /^ma[iy]/,
  /^jui?n/,
  /^jui?l/,
  /^a(ou|ug)/,
  /^sep/,
  /^o[ck]t/,
  /^nov/,
  /^de[cz]/,
];
const MONTH = '(?:jan|fe[bv]|mar|mae?rz|a[vp]r|ma[iy]|jui?n|jui?l|aou|aug|sep|o[ck]t|nov|de[cz])[a-z]*';

const monthOf = (name: string): number => MONTHS.findIndex((m) => m.test(name)) + 1;

/** The ISO day, or undefined when there is no such day; two-digit years are of this century. */
function iso(year: string, month: number, day: number): string | undefined {
  const full = year.length === 2 ? 2000 + Number(year) : Number(year);
  if (full < 1990 || full > 2099) return undefined;
  try {
    return Temporal.PlainDate.from({ year: full, month, day }, { overflow: 'reject' }).toString();
  } catch {
    return undefined;
  }
}

const SHAPES: readonly { pattern: RegExp; read: (m: RegExpExecArray, order: DayOrder) => string | undefined }[] = [
  {
    pattern: /(?<![\d/.-])(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)/g,
    read: (m) => iso(m[1] as string, Number(m[3]), Number(m[4])),
  },
  {
    pattern: /(?<![\d/.,-])(\d{1,2})( ?[-/.] ?)(\d{1,2})\2(\d{4}|\d{2})(?![\d]|[.,]\d)/g,
    read: (m, order) => {
      const [a, b] = [Number(m[1]), Number(m[3])];
      const dayFirst = a > 12 || (order === 'dmy' && b <= 12);
      return iso(m[4] as string, dayFirst ? b : a, dayFirst ? a : b);
    },
  },
  {
    pattern: new RegExp(`(?<!\\d)(\\d{1,2})(?:er|st|nd|rd|th|\\.)?[ -]*(${MONTH})\\.?,?[ -]*(\\d{4}|\\d{2})(?!\\d)`, 'g'),
    read: (m) => iso(m[3] as string, monthOf(m[2] as string), Number(m[1])),
  },
  {
    pattern: new RegExp(`(?<![a-z])(${MONTH})\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})(?!\\d)`, 'g'),
    read: (m) => iso(m[3] as string, monthOf(m[1] as string), Number(m[2])),
  },
];

/** Every date of a text as ISO days, in order. `order` reads 03/04/2026: as 3 April for "dmy". Days that do not exist are passed over. */
export function findDates(text: string, order: DayOrder = 'dmy'): Found[] {
  const folded = fold(text);
  const found: Found[] = [];
  for (const { pattern, read } of SHAPES) {
    for (const m of folded.matchAll(pattern)) {
      const value = read(m, order);
      const end = m.index + m[0].length;
      if (value && !found.some((f) => f.start < end && m.index < f.end)) found.push({ value, start: m.index, end });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** The date a cell holds, alone; undefined when it is none. A time after it is passed over. */
export function readDate(text: string, order: DayOrder = 'dmy'): string | undefined {
  const bare = text.trim().replace(/[T ]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?Z?$/, '');
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(bare);
  if (compact) return iso(compact[1] as string, Number(compact[2]), Number(compact[3]));
  const [only] = findDates(bare, order);
  return only && only.start === 0 && only.end === bare.length ? only.value : undefined;
}

/** "mdy" when one of the texts can only be read month first (03/20/2023) and none can only be read day first. */
export function dayOrderOf(texts: Iterable<string>): DayOrder {
  let monthFirst = false;
  for (const text of texts) {
    for (const m of text.matchAll(/(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](?:\d{4}|\d{2})(?!\d)/g)) {
      if (Number(m[1]) > 12) return 'dmy';
      if (Number(m[2]) > 12) monthFirst = true;
    }
  }
  return monthFirst ? 'mdy' : 'dmy';
}

export type DecimalSign = ',' | '.';

const CURRENCY_SIGNS = '€|eur(?:os?)?|\\$|usd|£|gbp|chf|fr\\.';

/**
 * A number as written, as a decimal string with a point: "1 234,56", "1.234,56", "1,234.56", "-12,5", "(120,00)". One separator before exactly
 * three digits ("1,234") can be read both ways: `decimal` decides, and without it the answer is "ambiguous". Undefined when it is no number.
 */
export function readAmount(text: string, decimal?: DecimalSign): string | 'ambiguous' | undefined {
  const bare = fold(text).replace(new RegExp(CURRENCY_SIGNS, 'g'), '').trim();
  const m = /^(\()?\s*([-+])?\s*(\d[\d .,']*?)\s*(-)?(\))?$/.exec(bare);
  if (!m || Boolean(m[1]) !== Boolean(m[5])) return undefined;
  const digits = (m[3] as string).trim();
  const negative = m[1] !== undefined || m[2] === '-' || m[4] !== undefined;
  const last = Math.max(digits.lastIndexOf(','), digits.lastIndexOf('.'));
  const sign = last < 0 ? undefined : (digits[last] as DecimalSign);
  const after = last < 0 ? 0 : digits.length - last - 1;
  const alone = sign !== undefined && digits.split(sign).length === 2;
  const otherBefore = sign !== undefined && /[.,' ]/.test(digits.slice(0, last).replaceAll(sign, ''));
  let isDecimal = sign !== undefined && alone;
  if (isDecimal && after === 3 && !otherBefore && /^[1-9]\d{0,2}$/.test(digits.slice(0, last))) {
    if (!decimal) return 'ambiguous';
    isDecimal = sign === decimal;
  }
  const whole = isDecimal ? digits.slice(0, last) : digits;
  if (!/^\d+$|^\d{1,3}([ .,'])\d{3}(\1\d{3})*$/.test(whole)) return undefined;
  const integer = whole.replace(/\D/g, '').replace(/^0+(?=\d)/, '');
  const fraction = isDecimal ? digits.slice(last + 1) : '';
  if (isDecimal && fraction === '') return undefined;
  return `${negative ? '-' : ''}${integer}${fraction ? `.${fraction}` : ''}`;
}

/** The decimal sign that the unambiguous numbers among the texts use; undefined when none tells or they disagree. */
export function decimalSignOf(texts: Iterable<string>): DecimalSign | undefined {
  const signs = new Set<string>();
  for (const text of texts) {
    const sign = /\d([.,])\d{1,2}(?!\d)[^\d]*$/.exec(text.trim())?.[1];
    if (sign && readAmount(text) !== undefined) signs.add(sign);
  }
  const [only] = signs;
  return signs.size === 1 ? (only as DecimalSign) : undefined;
}

const AMOUNT = new RegExp(
  `(?<![\\w.,/°#])((?:${CURRENCY_SIGNS}) ?)?([-+(]? ?)((?:${CURRENCY_SIGNS}) ?)?(\\d{1,3}(?:[ .,']\\d{3})+(?:[.,]\\d{1,2})?|\\d+(?:[.,]\\d{1,2})?)(?![\\d/]|[.,]\\d|[ ]?%|[a-df-z])(?: ?(${CURRENCY_SIGNS})(?![a-z]))?`,
  'g',
);

const CURRENCIES: readonly (readonly [RegExp, string])[] = [
  [/€|eur/, 'EUR'],
  [/\$|usd/, 'USD'],
  [/£|gbp/, 'GBP'],
  [/chf|fr\./, 'CHF'],
];

/** An amount found in a line of text. `sure` when it has two decimals or a currency: a bare integer may be anything. */
export interface FoundAmount extends Found {
  readonly sure: boolean;
  readonly currency: string | null;
}

/** Every amount of a line of text, in order. "1.234" and "1,234" are read as thousands: money has two decimals. */
export function findAmounts(text: string): FoundAmount[] {
  const found: FoundAmount[] = [];
  for (const m of fold(text).matchAll(AMOUNT)) {
    const number = `${(m[2] ?? '').includes('-') ? '-' : ''}${m[4]}`;
    const comma = /,\d{3}$/.test(number) ? '.' : ',';
    const value = readAmount(number, comma);
    if (value === undefined || value === 'ambiguous') continue;
    const sign = m[1] ?? m[3] ?? m[5];
    const currency = CURRENCIES.find(([pattern]) => sign && pattern.test(sign))?.[1] ?? null;
    found.push({ value, start: m.index, end: m.index + m[0].length, sure: /\.\d\d$/.test(value) || currency !== null, currency });
  }
  return found;
}
