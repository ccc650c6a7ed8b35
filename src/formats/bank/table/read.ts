import { readTable, type Table, type TableOutcome, tableOf } from '../../table/table.ts';
import { type Sheet, sheetsOf } from '../../table/xlsx.ts';
import { fromUnits, toUnits } from '../../text/decimal.ts';
import { decodeText } from '../../text/decode.ts';
import { N } from '../../text/refusals.ts';
import { dayOrderOf, decimalSignOf } from '../../text/values.ts';
import { StatementSum } from '../checked.ts';
import { type StatementOptions, statementLimitsOf } from '../options.ts';
import { StatementStopped } from '../refusals.ts';
import type { Emit, StatementHead } from '../statement.ts';
import { findIban } from '../words.ts';
import { BANK_COLUMNS, type BankField } from './columns.ts';
import { type Conventions, cellsOf, MAX_VALUE, type ReadRow, readRow } from './row.ts';

type BankTable = Table<BankField>;

/** How the whole table writes its numbers and days, and what its preamble says of the account. */
function conventionsOf(table: BankTable, options: StatementOptions): Conventions & { readonly isDayGuessed: boolean } {
  const texts = (fields: readonly BankField[]): string[] =>
    table.rows
      .flatMap((row) => fields.flatMap((field) => cellsOf(table, row)(field) ?? []))
      .filter((text) => text.length <= MAX_VALUE);
  const dates = texts(['booked', 'value']);
  const decimal = decimalSignOf(texts(['amount', 'debit', 'credit', 'balance']));
  const found = dayOrderOf(dates);
  const isSure =
    found === 'mdy' ||
    dates.some((d) => /^(1[3-9]|2\d|3[01])\D/.test(d)) ||
    !dates.some((d) => /^\d{1,2}[/.-]\d{1,2}[/.-]\d/.test(d));
  const preamble = table.preamble.map((row) => row.cells.join(' ')).join('\n');
  return {
    decimal,
    order: isSure ? found : (options.dayOrder ?? 'dmy'),
    invertSign: options.invertSign ?? false,
    account: findIban(preamble) ?? /compte\D{0,12}?([0-9A-Z]{7,23})\b/i.exec(preamble)?.[1] ?? null,
    currency: currencyIn(`${table.headers.join(' ')}\n${preamble}`),
    // A file that writes its decimals with a comma is not American: its days come first.
    isDayGuessed: !isSure && options.dayOrder === undefined && decimal !== ',',
  };
}

const currencyIn = (text: string): string | null => (/€|\beur(?:os?)?\b/i.test(text) ? 'EUR' : null);

/** Balances that run with the rows, downwards or upwards, give the opening and the closing one. */
function balancesOf(rows: readonly ReadRow[]): Partial<StatementHead> {
  const units = rows.map(({ entry, balance }) => ({
    amount: toUnits(entry.amount) ?? 0n,
    balance: balance === null ? null : toUnits(balance),
  }));
  const [first] = units;
  const last = units.at(-1);
  if (!first || !last || typeof first.balance !== 'bigint' || typeof last.balance !== 'bigint') return {};
  const fits = (older: number, newer: number): boolean => {
    const [a, b] = [units[older]?.balance, units[newer]];
    return typeof a === 'bigint' && b !== undefined && b.balance === a + b.amount;
  };
  const steps = units.slice(1).map((_, i) => ({ down: fits(i, i + 1), up: fits(i + 1, i) }));
  const [firstDay, lastDay] = [rows[0]?.entry.bookedOn ?? null, rows.at(-1)?.entry.bookedOn ?? null];
  const isUp =
    !steps.every((s) => s.down) && (steps.every((s) => s.up) || (firstDay !== null && lastDay !== null && firstDay > lastDay));
  const oldest = isUp ? last : first;
  const newest = isUp ? first : last;
  return {
    opening: fromUnits((oldest.balance as bigint) - oldest.amount),
    openingOn: isUp ? lastDay : firstDay,
    closing: fromUnits(newest.balance as bigint),
    closingOn: isUp ? firstDay : lastDay,
  };
}

const SAYING: readonly BankField[] = ['name', 'reference', 'text', 'text2', 'text3'];

/**
 * True when words stand in columns that were not recognised and none in one that was: read so, every transfer would come without its
 * payer and its invoice number, for good. Who named the columns decided it.
 */
function leavesItsWords(table: BankTable, options: StatementOptions): boolean {
  if (options.mapping !== undefined || SAYING.some((field) => table.columns.has(field))) return false;
  const known = new Set(table.columns.values());
  return table.rows.some(({ cells }) => cells.some((cell, at) => !known.has(at) && /\p{L}{3}/u.test(cell)));
}

function missing(table: BankTable, options: StatementOptions): string | undefined {
  const lacks = [
    ...(table.columns.has('booked') || table.columns.has('value') ? [] : ['la colonne de la date']),
    ...(['amount', 'debit', 'credit'].some((f) => table.columns.has(f as BankField))
      ? []
      : ['une colonne de montant (montant, débit ou crédit)']),
    ...(leavesItsWords(table, options) ? ['la colonne du libellé'] : []),
  ];
  return lacks.length > 0 ? lacks.join(' et ') : undefined;
}

/** Rows by account and currency. Where a single currency is named, the rows that name none are in it. */
function grouped(reads: readonly ReadRow[]): Map<string, ReadRow[]> {
  const [only, ...others] = new Set(reads.flatMap(({ entry }) => entry.currency ?? []));
  const groups = new Map<string, ReadRow[]>();
  for (const read of reads) {
    const currency = read.entry.currency ?? (others.length === 0 ? (only ?? null) : null);
    const key = JSON.stringify([read.account, currency]);
    const group = groups.get(key) ?? [];
    group.push(currency === read.entry.currency ? read : { ...read, entry: { ...read.entry, currency } });
    groups.set(key, group);
  }
  return groups;
}

/** One statement for each account and currency that the rows name; the rows stay in their order. */
function emitStatements(table: BankTable, options: StatementOptions, emit: Emit): void {
  const lacking = missing(table, options);
  if (lacking) throw new StatementStopped('table-missing-columns', { missing: lacking, columns: table.headers.join(', ') });
  const conventions = conventionsOf(table, options);
  const reads: ReadRow[] = [];
  let isRowWithoutAmount = false;
  for (const row of table.rows) {
    const read = readRow(table, row, conventions);
    if (read === 'without-amount') isRowWithoutAmount = true;
    if (typeof read === 'string') continue;
    reads.push(read);
  }
  const groups = grouped(reads);
  for (const rows of groups.size > 0 ? groups.values() : [[]]) {
    const sum = new StatementSum(emit);
    const [one] = rows;
    sum.know({
      account: one?.account ?? conventions.account,
      currency: one?.entry.currency ?? conventions.currency,
      ...balancesOf(rows),
    });
    if (conventions.isDayGuessed) {
      sum.warn('day-order-guessed', `Les dates ont été lues jour puis mois${N}: le fichier ne permet pas d’en être sûr.`);
    }
    if (isRowWithoutAmount) sum.warn('row-without-amount', 'Des lignes datées mais sans montant ont été laissées de côté.');
    for (const { entry } of rows) sum.add(entry);
    sum.close();
  }
}

/** The table, or the refusal of what it is instead. */
function tableOrStop(outcome: TableOutcome<BankField>, maxRows: number): BankTable {
  if (!('problem' in outcome)) return outcome;
  switch (outcome.problem) {
    case 'malformed':
      throw new StatementStopped('table-malformed', { line: outcome.line });
    case 'no-header':
      throw new StatementStopped('table-no-header');
    case 'too-many-rows':
      throw new StatementStopped('table-too-many-rows', { limit: maxRows });
    case 'unknown-column':
      throw new StatementStopped('table-unknown-column', { column: outcome.column, columns: outcome.headers.join(', ') });
  }
}

/** Reads the CSV of a bank. One row that cannot be read refuses the file: a statement with a hole is worse than none. */
export function readBankCsv(bytes: Uint8Array, emit: Emit, options: StatementOptions): void {
  emit({ kind: 'file', format: 'csv' });
  const { maxRows } = statementLimitsOf(options);
  emitStatements(tableOrStop(readTable(decodeText(bytes), BANK_COLUMNS, options.mapping ?? {}, maxRows), maxRows), options, emit);
}

/** Reads the spreadsheet of a bank: its first visible sheet that has the columns of a statement. */
export function readBankXlsx(bytes: Uint8Array, emit: Emit, options: StatementOptions): void {
  emit({ kind: 'file', format: 'xlsx' });
  const limits = statementLimitsOf(options);
  const sheets: readonly Sheet[] = sheetsOf(bytes, limits);
  let outcome: TableOutcome<BankField> = { problem: 'no-header' };
  for (const sheet of sheets) {
    outcome = tableOf(sheet.rows, BANK_COLUMNS, options.mapping ?? {}, limits.maxRows);
    if (!('problem' in outcome)) break;
  }
  emitStatements(tableOrStop(outcome, limits.maxRows), options, emit);
}
