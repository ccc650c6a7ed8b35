import { parseDay } from '#core/kernel/day.ts';
import { amountOf, toUnits } from '../text/decimal.ts';
import { FEC_COLUMNS, type FecColumn, type FecLine } from './layout.ts';
import { FecStopped } from './refusals.ts';

/** Columns that Montant and Sens may stand in for. */
const BY_SIDE = new Set<FecColumn>(['Debit', 'Credit']);
/** Columns that a file of cash accounting may leave out. */
const OPTIONAL = new Set<FecColumn>(['CompAuxNum', 'CompAuxLib', 'EcritureLet', 'DateLet', 'Montantdevise', 'Idevise']);

type Position = FecColumn | 'Montant' | 'Sens';

/** Reads lines under the header of a FEC: its separator and the place of each column. */
export class FecParser {
  readonly #separator: string;
  readonly #columns: ReadonlyMap<Position, number>;
  readonly #width: number;

  /** `header` is the first line of the file. */
  constructor(header: string) {
    this.#separator = ['\t', '|', ';'].find((s) => header.split(s).length >= 10) ?? '\t';
    const names = header.split(this.#separator).map((name) => unquoted(name).toLowerCase());
    const places: readonly Position[] = [...FEC_COLUMNS, 'Montant', 'Sens'];
    this.#columns = new Map(
      places.flatMap((column) => {
        const at = names.indexOf(column.toLowerCase());
        return at < 0 ? [] : [[column, at] as const];
      }),
    );
    const bySide = this.#columns.has('Montant') && this.#columns.has('Sens');
    const missing = FEC_COLUMNS.filter((c) => !this.#columns.has(c) && !OPTIONAL.has(c) && !(bySide && BY_SIDE.has(c)));
    if (missing.length > 0) throw new FecStopped('fec-missing-columns', { missing: missing.join(', ') });
    this.#width = Math.max(...this.#columns.values()) + 1;
  }

  /** One line; stops the reading when it cannot be read whole. */
  read(text: string, line: number): FecLine {
    const cells = text.split(this.#separator);
    // The last cells may be left out when they are empty; the amounts may not.
    const needed =
      Math.max(this.#at('CompteNum'), this.#at('Debit'), this.#at('Credit'), this.#at('Montant'), this.#at('Sens')) + 1;
    if (cells.length < needed || cells.length > this.#width + 20) {
      throw new FecStopped('fec-bad-line', { line, problem: `elle compte ${cells.length} colonnes au lieu de ${this.#width}` });
    }
    const cell = (column: Position): string | null => {
      const at = this.#columns.get(column);
      return (at === undefined ? '' : unquoted(cells[at] ?? '')) || null;
    };
    const account = cell('CompteNum');
    if (account === null) throw new FecStopped('fec-bad-line', { line, problem: 'elle n’a pas de numéro de compte (CompteNum)' });
    return {
      line,
      journalCode: cell('JournalCode'),
      journalLabel: cell('JournalLib'),
      entryNumber: cell('EcritureNum'),
      entryDate: day(cell('EcritureDate'), 'EcritureDate', line) ?? missing('EcritureDate', line),
      account,
      accountLabel: cell('CompteLib'),
      auxiliary: cell('CompAuxNum'),
      auxiliaryLabel: cell('CompAuxLib'),
      pieceRef: cell('PieceRef'),
      pieceDate: day(cell('PieceDate'), 'PieceDate', line),
      label: cell('EcritureLib'),
      ...this.#sides(cell, line),
      lettering: cell('EcritureLet'),
      letteredOn: day(cell('DateLet'), 'DateLet', line),
      validatedOn: day(cell('ValidDate'), 'ValidDate', line),
      foreignAmount: cell('Montantdevise') === null ? null : amount(cell('Montantdevise'), 'Montantdevise', line),
      foreignCurrency: cell('Idevise'),
    };
  }

  #at(column: Position): number {
    return this.#columns.get(column) ?? -1;
  }

  #sides(cell: (column: Position) => string | null, line: number): Pick<FecLine, 'debit' | 'credit'> {
    if (this.#columns.has('Debit') && this.#columns.has('Credit')) {
      return { debit: amount(cell('Debit'), 'Debit', line), credit: amount(cell('Credit'), 'Credit', line) };
    }
    const value = amount(cell('Montant'), 'Montant', line);
    const side = cell('Sens')?.toUpperCase() ?? '';
    if (side === 'D' || side === '+1') return { debit: value, credit: '0.00' };
    if (side === 'C' || side === '-1') return { debit: '0.00', credit: value };
    throw new FecStopped('fec-bad-line', { line, problem: `Sens « ${side} » n’est ni D (débit) ni C (crédit)` });
  }
}

const unquoted = (text: string): string =>
  text
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim();

const missing = (column: string, line: number): never => {
  throw new FecStopped('fec-bad-line', { line, problem: `${column} est vide` });
};

/** AAAAMMJJ, as the law says, or an ISO day. */
function day(text: string | null, column: string, line: number): string | null {
  if (text === null) return null;
  const read = parseDay(/^\d{8}$/.test(text) ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` : text);
  if (!read) throw new FecStopped('fec-bad-line', { line, problem: `${column} « ${text} » n’est pas une date AAAAMMJJ` });
  return read.toString();
}

/** "1234,56" or "1234.56"; nothing is nothing. */
function amount(text: string | null, column: string, line: number): string {
  if (text === null) return '0.00';
  const plain = text.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.');
  const read = plain.length <= 40 ? amountOf(plain) : undefined;
  if (read === undefined) throw new FecStopped('fec-bad-line', { line, problem: `${column} « ${text} » n’est pas un montant` });
  return read;
}

/** Debit less credit, positive when the customer owes, in units of `toUnits`. */
export const unitsOf = ({ debit, credit }: Pick<FecLine, 'debit' | 'credit'>): bigint =>
  (toUnits(debit) ?? 0n) - (toUnits(credit) ?? 0n);
