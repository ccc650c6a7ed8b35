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

  *begin(sample: readonly CsvRecord[], bytes: number): Generator<OpenItemEvent> {
    const rows: Row[] = sample.map((record) => ({ line: record.line, cells: this.#cells(record).map((cell) => cell.trim()) }));
    const table = tableOf(rows, OPEN_ITEM_COLUMNS, this.#options.mapping ?? {}, Number.POSITIVE_INFINITY);
    if ('problem' in table) {
      if (table.problem !== 'unknown-column') return yield this.#refuse('csv-no-header');
      return yield this.#refuse('csv-unknown-column', { column: table.column, columns: table.headers.join(', ') });
    }
    const missing = lacks((field) => table.columns.has(field));
    if (missing) return yield this.#refuse('csv-missing-columns', { missing, columns: table.headers.join(', ') });
    if (!table.columns.has('due_date') && this.#options.termDays === undefined) return yield this.#refuse('import-terms');
    const recognised = Object.fromEntries([...table.columns].map(([field, at]) => [field, table.headers[at] ?? `${at + 1}`]));
    yield { kind: 'table', recognised, signature: signatureOf(table.headers) };
    this.#reader = new RowReader(
      table.columns,
      table.rows.map((row) => row.cells),
      this.#options,
    );
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
      const read = this.#reader.read(record.line, cells, () => record.text);
      if ('code' in read) yield { kind: 'rejected', rejected: read };
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
