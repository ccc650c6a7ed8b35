import type { Day } from '#core/kernel/day.ts';
import { formatCents } from '#core/kernel/money.ts';

/** A value of a table: a text, integer cents, a whole number, a day, or nothing. */
export type Cell = string | { readonly cents: bigint } | number | Day | null;

/** Starts a file that French spreadsheets open as UTF-8 by themselves. */
export const CSV_START = '\ufeff';
const SEPARATOR = ';';
const END = '\r\n';

/** What a spreadsheet takes for a formula: it would run what a debtor, or a bank's label, wrote. */
const FORMULA = /^[\s\u00a0\u202f]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u;

/** Text of a cell, on one line, never a formula (a leading apostrophe shows it as it is), quoted where it must be. */
function text(value: string): string {
  const line = value.replace(/[\r\n]+/g, ' ');
  const safe = FORMULA.test(value) ? `'${line}` : line;
  return /[";\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function written(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'string') return text(cell);
  if (typeof cell === 'number') return String(cell);
  return 'cents' in cell ? formatCents(cell.cents).replace('.', ',') : cell.toString();
}

/** One row as French spreadsheets read it: semicolons, decimal commas without grouping, ISO days, no formula. */
export const csvRow = (cells: readonly Cell[]): string => cells.map(written).join(SEPARATOR) + END;
