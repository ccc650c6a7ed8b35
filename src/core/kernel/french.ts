import type { Day } from './day.ts';
import { formatCents, type Money } from './money.ts';
import { formatPercent, type Ratio } from './ratio.ts';

/** French typography of figures, for the sentences of a trace and for whoever shows them. */

/** no-break space: before € and % */
const NBSP = '\u00a0';
/** narrow no-break space: between groups of three digits */
const NNBSP = '\u202f';

const MONTHS = [
  'janvier',
  'février',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'août',
  'septembre',
  'octobre',
  'novembre',
  'décembre',
];

/** "4800.00" is written « 4 800,00 ». */
function frenchDecimal(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, NNBSP);
  return fraction === undefined ? grouped : `${grouped},${fraction}`;
}

/** « 4 800,00 € »; another currency keeps its code. */
export const frenchAmount = (amount: Money): string =>
  `${frenchDecimal(formatCents(amount.cents))}${NBSP}${amount.currency === 'EUR' ? '€' : amount.currency}`;

/** « 12,40 % » */
export const frenchPercent = (rate: Ratio): string => `${frenchDecimal(formatPercent(rate))}${NBSP}%`;

/** « 31 mars 2026 », « 1er juillet 2026 » */
export const frenchDay = (of: Day): string => `${of.day === 1 ? '1er' : of.day}${NBSP}${MONTHS[of.month - 1]}${NBSP}${of.year}`;

/** « 1 jour », « 62 jours » */
export const frenchDays = (count: number): string =>
  `${frenchDecimal(String(count))}${NBSP}jour${Math.abs(count) > 1 ? 's' : ''}`;

/** « 1er semestre 2026 » */
export const frenchSemester = (of: Day): string => `${of.month <= 6 ? '1er' : '2e'}${NBSP}semestre${NBSP}${of.year}`;
