import type { Row, Table } from '../../table/table.ts';
import { amountOf, negated } from '../../text/decimal.ts';
import { type DayOrder, type DecimalSign, fold, readAmount, readDate } from '../../text/values.ts';
import { StatementStopped } from '../refusals.ts';
import type { StatementEntry } from '../statement.ts';
import { clean, findIban, ibanOf, joined } from '../words.ts';
import type { BankField } from './columns.ts';

/** How a table writes its values: one cell is often ambiguous, a column seldom. */
export interface Conventions {
  readonly decimal: DecimalSign | undefined;
  readonly order: DayOrder;
  readonly invertSign: boolean;
  /** what the lines before the headers say of the account */
  readonly account: string | null;
  readonly currency: string | null;
}

export interface ReadRow {
  readonly entry: StatementEntry;
  readonly account: string | null;
  readonly balance: string | null;
}

type Cell = (field: BankField) => string | null;

/** The cells of a row by field; spreadsheets' ="text" and 'text are their text. */
export const cellsOf =
  (table: Table<BankField>, row: Row): Cell =>
  (field) => {
    const index = table.columns.get(field);
    const text = index === undefined ? undefined : row.cells[index]?.trim();
    return (
      text
        ?.replace(/^="(.*)"$/, '$1')
        .replace(/^'(?=\S)/, '')
        .trim() || null
    );
  };

/** Lines of totals and balances that stand among or after the movements. */
const NOT_A_MOVEMENT =
  /^(?:sous-)?total\b|^(?:ancien |nouveau )?solde(?:$| (?:au|initial|final|precedent|crediteur|debiteur|en|de debut|de fin)\b)/;
const NEVER_BOOKED = /refus|declin|annul|revert|cancel|fail|echou|reject/;
const NOT_YET = /attente|pending|en cours|a venir/;

/** Longer than any amount or date; what people paste into such a cell is shown as wrong without being looked through. */
export const MAX_VALUE = 40;

const stop = (line: number, field: string, value: string, expected: string): never => {
  throw new StatementStopped('bad-value', { line, field, value, expected });
};

function amountIn(text: string, field: string, conventions: Conventions, line: number): string {
  const read = text.length > MAX_VALUE ? undefined : readAmount(text, conventions.decimal);
  if (read === 'ambiguous') return stop(line, field, text, 'il peut se lire de deux façons (milliers ou décimales)');
  return (read === undefined ? undefined : amountOf(read)) ?? stop(line, field, text, 'un montant était attendu');
}

const absolute = (amount: string): string => amount.replace(/^-/, '');
const isZero = (amount: string): boolean => !/[1-9]/.test(amount);

/** The signed amount of a row, or undefined when it has none. */
function signedAmount(cell: Cell, conventions: Conventions, line: number): string | undefined {
  const [amount, debit, credit, sign] = [cell('amount'), cell('debit'), cell('credit'), cell('sign')];
  if (amount !== null) {
    const value = amountIn(amount, 'le montant', conventions, line);
    if (sign === null) return value;
    const side = fold(sign);
    if (/^(?:d|debit|dbit|-|sortie)$/.test(side)) return negated(absolute(value));
    if (/^(?:c|credit|crdt|\+|entree)$/.test(side)) return absolute(value);
    return stop(line, 'le sens', sign, 'D (débit) ou C (crédit) était attendu');
  }
  const out = debit === null ? '0.00' : amountIn(debit, 'le débit', conventions, line);
  const came = credit === null ? '0.00' : amountIn(credit, 'le crédit', conventions, line);
  if (!isZero(out) && !isZero(came))
    return stop(line, 'le montant', `${debit} / ${credit}`, 'un débit ou un crédit était attendu, pas les deux');
  if (debit === null && credit === null) return undefined;
  return isZero(out) ? came : out.startsWith('-') ? out : negated(out);
}

function currencyOf(cell: Cell): string | null {
  const code = cell('currency')?.toUpperCase();
  if (code && /^[A-Z]{3}$/.test(code)) return code;
  const written = `${code ?? ''} ${cell('amount') ?? ''} ${cell('debit') ?? ''} ${cell('credit') ?? ''}`;
  if (/€|EUR/i.test(written)) return 'EUR';
  if (/\$|USD/i.test(written)) return 'USD';
  return /£|GBP/i.test(written) ? 'GBP' : /CHF/i.test(written) ? 'CHF' : null;
}

/**
 * A row as an entry; "skipped" for totals, balances, notes and payments that never happened; "without-amount" for a dated line that has none.
 * A row with an amount that cannot be read whole stops the reading.
 */
export function readRow(table: Table<BankField>, row: Row, conventions: Conventions): ReadRow | 'skipped' | 'without-amount' {
  const cell = cellsOf(table, row);
  const { line } = row;
  const [booked, value] = [cell('booked'), cell('value')];
  const words = joined([cell('text'), cell('text2'), cell('text3')]);
  const status = fold(cell('status') ?? '');
  if (NEVER_BOOKED.test(status)) return 'skipped';
  const isTotal = row.cells.some((text) => NOT_A_MOVEMENT.test(fold(text.trim())));
  if (
    booked === null &&
    value === null &&
    (isTotal || ['amount', 'debit', 'credit'].every((f) => cell(f as BankField) === null))
  ) {
    return 'skipped';
  }
  if (isTotal && NOT_A_MOVEMENT.test(fold(words ?? ''))) return 'skipped';
  const amount = signedAmount(cell, conventions, line);
  if (amount === undefined) return 'without-amount';
  const day = (text: string | null, field: string): string | null =>
    text === null
      ? null
      : ((text.length > MAX_VALUE ? undefined : readDate(text, conventions.order)) ??
        stop(line, field, text, 'une date était attendue'));
  const valueOn = day(value, 'la date de valeur');
  const bookedOn = day(booked, 'la date') ?? valueOn ?? stop(line, 'la date', '', 'une date était attendue');
  const balance = cell('balance');
  return {
    account: cell('account') ?? conventions.account,
    balance: balance === null ? null : amountIn(balance, 'le solde', conventions, line),
    entry: {
      bookedOn,
      valueOn,
      amount: conventions.invertSign ? negated(amount) : amount,
      currency: currencyOf(cell) ?? conventions.currency,
      name: clean(cell('name')),
      iban: ibanOf(cell('iban')) ?? findIban(words, conventions.account),
      text: words,
      reference: clean(cell('reference')),
      status: NOT_YET.test(status) ? 'pending' : 'booked',
      bankReference: null,
      returnReason: null,
      payments: [],
    },
  };
}
