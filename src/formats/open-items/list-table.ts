import { createHash } from 'node:crypto';
import { type Row, tableOf } from '../table/table.ts';
import { fold } from '../text/values.ts';
import { OPEN_ITEM_COLUMNS, type OpenItemField } from './columns.ts';
import type { OpenItem, OpenItemEvent } from './item.ts';
import type { OpenItemsOptions } from './read.ts';
import type { CsvRecord } from './records.ts';
import { type OpenItemsRefusalCode, refuseOpenItems } from './refusals.ts';
import { RowReader } from './row.ts';

const AT_ONCE = 2000;
/** No tool exports as many columns: a wider file is something else. */
const MOST_COLUMNS = 500;
/** Rows shown beside the columns to choose from, and the longest text of one of their cells. */
const SAMPLE_ROWS = 4;
const SAMPLE_TEXT = 60;

/** The columns of a list as people choose among them. */
export interface ListSample {
  readonly headers: readonly string[];
  /** the first rows under them */
  readonly rows: readonly (readonly string[])[];
  /** which column is read as what: field → its rank from 1 */
  readonly recognised: Readonly<Partial<Record<OpenItemField, number>>>;
  /** the same for every file with these headers */
  readonly signature: string;
}

/** A table read as it comes: its headers are found in the first records, then each record is a row. */
export class ListTable {
  readonly #name: string;
  readonly #options: OpenItemsOptions;
  readonly #cells: (record: CsvRecord) => readonly string[];
  #reader: RowReader | undefined;
  #items: OpenItem[] = [];
  #rows = 0;
  #refused = false;

  constructor(name: string, options: OpenItemsOptions, cells: (record: CsvRecord) => readonly string[]) {
    this.#name = name;
    this.#options = options;
    this.#cells = cells;
  }

  /** Nothing more is read of it. */
  get refused(): boolean {
    return this.#refused;
  }

  #found(sample: readonly CsvRecord[]) {
    const rows: Row[] = sample.map((record) => ({ line: record.line, cells: this.#cells(record).map((cell) => cell.trim()) }));
    if (rows.some(({ cells }) => cells.length > MOST_COLUMNS)) return { rows: [], table: { problem: 'too-wide' } as const };
    return { rows, table: tableOf(rows, OPEN_ITEM_COLUMNS, this.#options.mapping ?? {}, Number.POSITIVE_INFINITY) };
  }

  /** Its columns, with what stands in them; undefined when there are none to choose from. */
  sample(records: readonly CsvRecord[]): ListSample | undefined {
    const { rows, table } = this.#found(records);
    const widest = Math.max(0, ...rows.map(({ cells }) => cells.length));
    const from = 'problem' in table ? rows.findIndex(({ cells }) => cells.length === widest) : -1;
    const headers = 'problem' in table ? (rows[from]?.cells ?? []) : table.headers;
    if (headers.length < 2) return undefined;
    const below = 'problem' in table ? rows.slice(from + 1) : table.rows;
    const columns = 'problem' in table ? [] : [...table.columns];
    return {
      headers,
      rows: below.slice(0, SAMPLE_ROWS).map(({ cells }) => cells.map((cell) => cell.slice(0, SAMPLE_TEXT))),
      recognised: Object.fromEntries(columns.map(([field, at]) => [field, at + 1])),
      signature: signatureOf(headers),
    };
  }

  *begin(sample: readonly CsvRecord[], bytes: number): Generator<OpenItemEvent> {
    const { table } = this.#found(sample);
    if ('problem' in table) {
      if (table.problem === 'too-wide') return yield this.#refuse('csv-too-wide', { limit: MOST_COLUMNS });
      if (table.problem !== 'unknown-column') return yield this.#refuse('csv-no-header');
      return yield this.#refuse('csv-unknown-column', { column: table.column, columns: table.headers.join(', ') });
    }
    const missing = lacks((field) => table.columns.has(field));
    if (missing) return yield this.#refuse('csv-missing-columns', { missing, columns: table.headers.join(', ').slice(0, 1000) });
    if (!table.columns.has('due_date') && this.#options.termDays === undefined) return yield this.#refuse('import-terms');
    const recognised = Object.fromEntries([...table.columns].map(([field, at]) => [field, table.headers[at] ?? `${at + 1}`]));
    yield { kind: 'table', recognised, signature: signatureOf(table.headers) };
    const cells = table.rows.map((row) => row.cells);
    this.#reader = new RowReader(table.columns, table.headers, cells, this.#options);
    const from = table.rows[0]?.line ?? Number.POSITIVE_INFINITY;
    yield* this.read(
      sample.filter((record) => record.line >= from),
      bytes,
    );
  }

  *read(records: readonly CsvRecord[], bytes: number): Generator<OpenItemEvent> {
    if (!this.#reader) return;
    for (const record of records) {
      const cells = this.#cells(record);
      if (cells.every((cell) => cell.trim() === '')) continue;
      this.#rows += 1;
      const read = this.#reader.read(record.line, cells);
      if ('problems' in read) yield { kind: 'rejected', rejected: read };
      else this.#items.push(read);
      if (this.#items.length >= AT_ONCE) yield this.#flush(bytes);
    }
  }

  *end(bytes: number): Generator<OpenItemEvent> {
    if (this.#refused) return;
    yield this.#rows === 0 ? this.#refuse('empty-file') : this.#flush(bytes);
  }

  #flush(bytes: number): OpenItemEvent {
    const items = this.#items;
    this.#items = [];
    return { kind: 'items', items, bytes };
  }

  #refuse(code: OpenItemsRefusalCode, facts: { readonly [key: string]: unknown } = {}): OpenItemEvent {
    this.#refused = true;
    return { kind: 'refused', refusal: refuseOpenItems(code, this.#name, facts).refusal };
  }
}

/** What a list must have, in French; undefined when it has it. */
function lacks(has: (field: OpenItemField) => boolean): string | undefined {
  const missing = [
    ...(has('number') ? [] : ['la colonne du numéro de facture']),
    ...(has('issue_date') || has('due_date') ? [] : ['une colonne de date (facture ou échéance)']),
    ...(has('payable') || has('total_gross') || has('total_net') ? [] : ['une colonne de montant (reste à payer, TTC ou HT)']),
    ...(has('buyer.name') || has('buyer.key') || has('buyer.siren') ? [] : ['la colonne du client']),
  ];
  return missing.length > 0 ? missing.join(' et ') : undefined;
}

/** The headers, whatever their case and blanks: files with the same ones hold the same columns. */
const signatureOf = (headers: readonly string[]): string =>
  createHash('sha256')
    .update(JSON.stringify(headers.map((header) => fold(header).trim())))
    .digest('hex');
