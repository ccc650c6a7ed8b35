import { CsvError, parse } from 'csv-parse/sync';
import { applyMapping, type Columns, type Mapping, recognise, type Vocabulary } from './columns.ts';

/** A row of a CSV, with the line of the file it ends on. */
export interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

export interface Table<F extends string> {
  /** the rows before the headers: titles, the name of an account… */
  readonly preamble: readonly Row[];
  readonly headers: readonly string[];
  readonly columns: Columns<F>;
  readonly rows: readonly Row[];
}

export type TableOutcome<F extends string> =
  | Table<F>
  | { readonly problem: 'malformed'; readonly line: number | null }
  | { readonly problem: 'no-header' | 'too-many-rows' }
  | { readonly problem: 'unknown-column'; readonly column: string; readonly headers: readonly string[] };

const SEPARATORS = [';', ',', '\t', '|'];
/** A file may start with a title and blank lines; the headers stand within the first rows. */
const HEADER_WITHIN = 15;

function rowsOf(text: string, delimiter: string, to?: number): Row[] {
  const records = parse(text, {
    delimiter,
    bom: true,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    trim: true,
    max_record_size: 1_000_000,
    ...(to === undefined ? {} : { to }),
  }) as unknown as { record: string[]; info: { lines: number } }[];
  return records.map(({ record, info }) => ({ line: info.lines, cells: record }));
}

function tryRows(text: string, separator: string): Row[] {
  try {
    return rowsOf(text, separator);
  } catch {
    return [];
  }
}

/** Where the headers are: the row that names the most fields, the first at equality; -1 when none names two. */
function headerRow<F extends string>(rows: readonly Row[], vocabulary: Vocabulary<F>): { at: number; named: number } {
  let best = { at: -1, named: 1 };
  rows.slice(0, HEADER_WITHIN).forEach((row, at) => {
    const named = recognise(vocabulary, row.cells).size;
    if (named > best.named) best = { at, named };
  });
  return best;
}

/** Where the headers the user named are; -1 when nowhere. */
function mappedRow<F extends string>(rows: readonly Row[], mapping: Mapping<F>): number {
  return rows.slice(0, HEADER_WITHIN).findIndex((row) => typeof applyMapping(row.cells, new Map(), mapping) !== 'string');
}

/** A few whole lines from the start, enough to tell the separator. */
const sample = (text: string): string => text.split('\n', HEADER_WITHIN * 2).join('\n');

/** How many columns most rows have; the larger number at equality. */
function usualWidth(rows: readonly Row[]): number {
  const widths = Map.groupBy(rows, ({ cells }) => cells.length);
  return [...widths].sort(([a, some], [b, others]) => others.length - some.length || b - a)[0]?.[0] ?? 0;
}

/** The separator under which the first lines make the most sense: most fields named, then most columns. */
export function separatorOf<F extends string>(text: string, vocabulary: Vocabulary<F>, mapping: Mapping<F>): string {
  const scored = SEPARATORS.map((separator) => {
    const rows = tryRows(sample(text), separator);
    const mapped = mappedRow(rows, mapping) >= 0 ? Object.keys(mapping).length : 0;
    return { separator, score: (headerRow(rows, vocabulary).named + mapped) * 1000 + Math.min(usualWidth(rows), 999) };
  });
  return scored.sort((a, b) => b.score - a.score)[0]?.separator ?? ';';
}

/** Finds the headers among rows and names the columns; `mapping` overrides what is recognised. A mapping by ranks alone needs no headers. */
export function tableOf<F extends string>(
  rows: readonly Row[],
  vocabulary: Vocabulary<F>,
  mapping: Mapping<F>,
  maxRows: number,
): TableOutcome<F> {
  const isMapped = Object.keys(mapping).length > 0;
  const byName = Object.values(mapping).some((column) => typeof column === 'string');
  const at = byName ? mappedRow(rows, mapping) : headerRow(rows, vocabulary).at;
  const headers = rows[Math.max(at, 0)]?.cells ?? [];
  if (at < 0 && !isMapped) return { problem: 'no-header' };
  const columns = applyMapping(headers, at < 0 ? new Map() : recognise(vocabulary, headers), mapping);
  if (typeof columns === 'string') return { problem: 'unknown-column', column: columns, headers };
  const data = rows.slice(at + 1).filter((row) => row.cells.some((cell) => cell !== ''));
  if (data.length > maxRows) return { problem: 'too-many-rows' };
  return { preamble: rows.slice(0, Math.max(at, 0)), headers, columns, rows: data };
}

/** What a CSV may declare of itself before anything else. */
function separated(source: string): { readonly text: string; readonly separator: string | undefined } {
  const marked = /^\ufeff?sep=(.)\r?\n/i.exec(source);
  return { text: marked ? source.slice(marked[0].length) : source, separator: marked?.[1] };
}

/** The first rows of a CSV as they stand, whether their columns are recognised or not; none when quotes never close. */
export function firstRows<F extends string>(source: string, vocabulary: Vocabulary<F>, limit: number): Row[] {
  const { text, separator } = separated(source);
  try {
    return rowsOf(text, separator ?? separatorOf(text, vocabulary, {}), limit);
  } catch (error) {
    if (error instanceof CsvError) return [];
    throw error;
  }
}

/** Splits a CSV into rows under its headers. The separator and the header row are found out; `mapping` overrides what is recognised. */
export function readTable<F extends string>(
  source: string,
  vocabulary: Vocabulary<F>,
  mapping: Mapping<F>,
  maxRows: number,
): TableOutcome<F> {
  const { text, separator = separatorOf(text, vocabulary, mapping) } = separated(source);
  let rows: Row[];
  try {
    rows = rowsOf(text, separator, maxRows + HEADER_WITHIN + 1);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { problem: 'malformed', line: typeof error.lines === 'number' ? error.lines : null };
  }
  return tableOf(rows, vocabulary, mapping, maxRows);
}
