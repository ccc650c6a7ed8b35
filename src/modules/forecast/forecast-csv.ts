import type { Day } from '#core/kernel/day.ts';
import { formatCents } from '#core/kernel/money.ts';
import type { ForecastWeek, ListedInvoice } from './runs.ts';

/** Tables for a French spreadsheet: semicolons, decimal commas, days as 31/12/2026, a mark that says UTF-8. */

const amount = (cents: bigint): string => formatCents(cents).replace('.', ',');
const day = (of: Day | null): string =>
  of ? `${String(of.day).padStart(2, '0')}/${String(of.month).padStart(2, '0')}/${of.year}` : '';
const percent = (thousandths: number): string => (thousandths / 10).toFixed(1).replace('.', ',');

/** Quoted; what a spreadsheet would take for a formula is led by an apostrophe. */
function text(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return `"${safe.replaceAll('"', '""')}"`;
}

const table = (rows: readonly (readonly string[])[]): string => rows.map((row) => `${row.join(';')}\r\n`).join('');

const INVOICE_HEADERS = [
  ...['Facture', 'Client', 'Échéance', 'Reste attendu (€)', 'Date probable', 'Au plus tôt (1 chance sur 10 avant)'],
  ...['Au plus tard (1 chance sur 10 après)', 'Payée dans 7 jours (%)', '30 jours (%)', '60 jours (%)', '90 jours (%)'],
];

export const invoicesHead = (): string => `\ufeff${table([INVOICE_HEADERS.map(text)])}`;

export const invoicesRows = (rows: readonly ListedInvoice[]): string =>
  table(
    rows.map((r) => [
      ...[text(r.number), text(r.debtor), day(r.due_on), amount(r.left_cents), day(r.expected_on), day(r.low_on), day(r.high_on)],
      ...[r.by_7, r.by_30, r.by_60, r.by_90].map(percent),
    ]),
  );

const WEEK_HEADERS = ['Du', 'Au', 'Estimation (€)', 'Bas (8 chances sur 10) (€)', 'Haut (8 chances sur 10) (€)', 'Promis (€)'];

export const weeksCsv = (weeks: readonly ForecastWeek[]): string =>
  `\ufeff${table([
    WEEK_HEADERS.map(text),
    ...weeks.map((w) => [day(w.from), day(w.to), amount(w.mean), amount(w.p10), amount(w.p90), amount(w.announced)]),
  ])}`;
