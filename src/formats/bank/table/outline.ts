import { bare, type Columns, recognise } from '../../table/columns.ts';
import { firstRows, type Row } from '../../table/table.ts';
import { sheetsOf, XlsxStopped } from '../../table/xlsx.ts';
import { decodeText } from '../../text/decode.ts';
import { readAmount, readDate } from '../../text/values.ts';
import { XmlStopped } from '../../xml/xml-stream.ts';
import { type StatementOptions, statementLimitsOf } from '../options.ts';
import { sniffStatement, zipNames } from '../sniff.ts';
import { ibanOf } from '../words.ts';
import { BANK_COLUMNS, type BankField, type BankMapping } from './columns.ts';
import { MAX_VALUE } from './row.ts';

/** The rank, from 1, of the column that holds each field. */
export type BankRanks = Partial<Readonly<Record<BankField, number>>>;

/** A table of a bank as it stands, before anyone knows what its columns hold. */
export interface BankTableOutline {
  /** the first rows, titles and headers included */
  readonly rows: readonly Row[];
  /** which of them names the columns, from 0; -1 when none seems to */
  readonly header: number;
  /** what the columns seem to hold, by their headers first, then by what is in them */
  readonly guess: BankRanks;
}

/** Rows looked at: enough to see both debits and credits. */
const LOOKED_AT = 60;
/** Bytes of a CSV that hold them. */
const HEAD_BYTES = 200_000;
/** The headers stand within the first rows, as where tables are read. */
const HEADER_WITHIN = 15;

/** The first rows of a CSV or of a spreadsheet; undefined for anything else, or when it cannot be opened. */
function rowsOf(bytes: Uint8Array, name: string, options: StatementOptions): readonly Row[] | undefined {
  const { kind } = sniffStatement(bytes, name);
  if (kind === 'csv') return firstRows(decodeText(headOf(bytes)), BANK_COLUMNS, LOOKED_AT);
  if (kind !== 'zip' || !zipNames(bytes)?.includes('xl/workbook.xml')) return undefined;
  try {
    const sheets = sheetsOf(bytes, statementLimitsOf(options)).map(({ rows }) => rows.slice(0, LOOKED_AT));
    return sheets.find((rows) => namedRow(rows) >= 0) ?? sheets.find((rows) => rows.some(isFilled));
  } catch (error) {
    if (error instanceof XlsxStopped || error instanceof XmlStopped) return undefined;
    throw error;
  }
}

/** The first lines, whole. */
const headOf = (bytes: Uint8Array): Uint8Array =>
  bytes.length <= HEAD_BYTES ? bytes : bytes.subarray(0, bytes.lastIndexOf(0x0a, HEAD_BYTES) + 1 || HEAD_BYTES);

const isFilled = (row: Row): boolean => row.cells.some((cell) => cell !== '');

/** The row whose names are known, as reading finds it; -1 when none names two. */
function namedRow(rows: readonly Row[]): number {
  const named = rows.slice(0, HEADER_WITHIN).map((row) => recognise(BANK_COLUMNS, row.cells).size);
  const most = Math.max(...named, 0);
  return most > 1 ? named.indexOf(most) : -1;
}

const short = (cell: string): boolean => cell !== '' && cell.length <= MAX_VALUE;
const isDate = (cell: string): boolean => short(cell) && readDate(cell) !== undefined;
const isAmount = (cell: string): boolean => short(cell) && !isDate(cell) && readAmount(cell) !== undefined;

/** The row of headers: one that is known, else words alone just above the first movement. */
function headerOf(rows: readonly Row[]): number {
  const named = namedRow(rows);
  if (named >= 0) return named;
  const first = rows.slice(0, HEADER_WITHIN + 1).findIndex(({ cells }) => cells.some(isDate) && cells.some(isAmount));
  const above = rows[first - 1];
  if (!above) return -1;
  const names = above.cells.filter((cell) => cell !== '');
  return names.length > 1 && !names.some((cell) => isDate(cell) || isAmount(cell)) ? first - 1 : -1;
}

/** What is in a column, from 0: the cells that are filled. */
interface Contents {
  readonly at: number;
  readonly cells: readonly string[];
  /** rows where it is filled */
  readonly filled: ReadonlySet<number>;
}

function contentsOf(rows: readonly Row[]): Contents[] {
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
  return Array.from({ length: width }, (_, at) => {
    const cells = rows.map((row) => row.cells[at] ?? '');
    return {
      at,
      cells: cells.filter((cell) => cell !== ''),
      filled: new Set(cells.flatMap((cell, i) => (cell === '' ? [] : [i]))),
    };
  });
}

const all = ({ cells }: Contents, is: (cell: string) => boolean): boolean => cells.length > 0 && cells.every(is);
const signed = ({ cells }: Contents): boolean => cells.some((cell) => /^[-(−]|-$/.test(cell));
const decimals = ({ cells }: Contents): boolean => cells.some((cell) => /[.,]\d{1,2}\D*$/.test(cell));
const apart = (a: Contents, b: Contents): boolean => [...a.filled].every((row) => !b.filled.has(row));
/** The words of a transfer quote numbers and run long; the names beside them do not. */
const wordy = ({ cells }: Contents): number => cells.reduce((sum, cell) => sum + cell.length + (/\d/.test(cell) ? 100 : 0), 0);

/** Completes what the headers said with what the columns hold. */
function guessOf(rows: readonly Row[], named: Columns<BankField>): BankRanks {
  const found = new Map(named);
  const taken = new Set(found.values());
  const take = (field: BankField, column: Contents | undefined): void => {
    if (!column || found.has(field) || taken.has(column.at)) return;
    found.set(field, column.at);
    taken.add(column.at);
  };
  const movements = rows.filter(({ cells }) => cells.some(isDate));
  const free = contentsOf(movements).filter(({ at, cells }) => !taken.has(at) && cells.length > 0);
  const [day, otherDay] = free.filter((column) => all(column, isDate));
  if (!found.has('value')) {
    take('booked', day);
    take('value', otherDay);
  }
  if (!(['amount', 'debit', 'credit'] as const).some((field) => found.has(field))) {
    const sums = free.filter((column) => all(column, isAmount) && decimals(column));
    const [one, two, three] = sums;
    if (one && two && !signed(one) && apart(one, two)) {
      take('debit', one);
      take('credit', two);
      take('balance', three);
    } else {
      take('amount', sums.find(signed) ?? one);
      take(
        'balance',
        sums.find(({ at }) => !taken.has(at)),
      );
    }
  }
  take(
    'iban',
    free.find((column) => all(column, (cell) => ibanOf(cell) !== null)),
  );
  const words = free.filter((column) => !taken.has(column.at) && !all(column, isDate) && !all(column, isAmount));
  take('text', words.sort((a, b) => wordy(b) - wordy(a))[0]);
  return Object.fromEntries([...found].map(([field, at]) => [field, at + 1]));
}

/**
 * The first rows of a CSV or of an XLSX and what its columns seem to hold, to ask a person about them; undefined for a file of another
 * kind. `header` is the row that is said to name the columns (from 0; -1: none does); without it, it is found out.
 */
export async function outlineBankTable(
  bytes: Uint8Array,
  name: string,
  { header: given, ...options }: StatementOptions & { readonly header?: number } = {},
): Promise<BankTableOutline | undefined> {
  const rows = rowsOf(bytes, name, options);
  if (!rows || rows.length === 0) return undefined;
  const header = given !== undefined && given < rows.length ? given : headerOf(rows);
  const named = recognise(BANK_COLUMNS, rows[header]?.cells ?? []);
  return { rows, header, guess: guessOf(rows.slice(header + 1), named) };
}

/**
 * The mapping that says where each field is: by the header of its column where it has one of its own, so that the same export is read with
 * a column more; by its rank otherwise. Rank 0: nowhere.
 */
export function mappingOf({ rows }: Pick<BankTableOutline, 'rows'>, header: number, ranks: BankRanks): BankMapping {
  const names = (rows[header]?.cells ?? []).map(bare);
  const own = (rank: number): string | undefined => {
    const name = names[rank - 1];
    return name && names.indexOf(name) === names.lastIndexOf(name) ? rows[header]?.cells[rank - 1] : undefined;
  };
  return Object.fromEntries(Object.entries(ranks).map(([field, rank]) => [field, own(rank) ?? rank]));
}
