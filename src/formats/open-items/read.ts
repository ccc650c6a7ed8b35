import type { Refusal } from '#core/kernel/result.ts';
import { separatorOf } from '../table/table.ts';
import { LineStream, TextStream } from '../text/text-stream.ts';
import { OPEN_ITEM_COLUMNS, type OpenItemMapping } from './columns.ts';
import { fromFec } from './from-fec.ts';
import type { OpenItemEvent } from './item.ts';
import { type ListSample, ListTable } from './list-table.ts';
import { type CsvRecord, cellsOf, RecordStream } from './records.ts';
import { type OpenItemsRefusalCode, refuseOpenItems } from './refusals.ts';
import type { RowOptions } from './row.ts';
import { type SheetReader, sheetOf } from './sheet.ts';

export interface OpenItemsOptions extends RowOptions {
  /** which column holds which field; columns not named are recognised by their header */
  readonly mapping?: OpenItemMapping;
  /** reads a workbook from outside where it can be stopped; in this very thread when left out */
  readonly readSheet?: SheetReader;
}

export type Source = AsyncIterable<Uint8Array>;

/** Rows that show how the list is written, before the first is read. */
const SAMPLE = 2000;
const LONGEST_LINE = 1_000_000;
const HEAD = 4096;

const refused = (code: OpenItemsRefusalCode, name: string, facts: { readonly [key: string]: unknown } = {}) => ({
  kind: 'refused' as const,
  refusal: refuseOpenItems(code, name, facts).refusal as Refusal,
});

/**
 * Reads a list of invoices as it comes, never held whole (a spreadsheet is): CSV of any tool whose columns are recognised or mapped, XLSX,
 * or the open customers' lines of a FEC. Nothing is thrown for a bad file: the last event is its refusal.
 */
export async function* readOpenItems(
  source: Source,
  name: string,
  options: OpenItemsOptions = {},
): AsyncGenerator<OpenItemEvent> {
  const { head, all } = await peek(source);
  if (head.length === 0) return yield refused('empty-file', name);
  if (head[0] === 0x50 && head[1] === 0x4b) return yield* fromSheet(all, name, options);
  const foreign = whatElse(head);
  if (foreign) return yield refused('unsupported-type', name, foreign);
  if (isFec(head)) {
    if (options.termDays === undefined) return yield refused('import-terms', name);
    return yield* fromFec(all, name, options.termDays);
  }
  return yield* fromCsv(all, name, options);
}

/** Whether a file that starts so is a FEC. */
function isFec(head: Uint8Array): boolean {
  const [first = ''] = new TextStream().push(head).split('\n', 1);
  return /^\ufeff?"?JournalCode"?[\t|;]/i.test(first);
}

/** The columns of a list, to choose from; undefined for a FEC, whose columns are known, and for what is no list at all. */
export async function sampleOpenItems(
  source: Source,
  name: string,
  options: OpenItemsOptions = {},
): Promise<ListSample | undefined> {
  const { head, all } = await peek(source);
  if (head.length === 0 || isFec(head)) return undefined;
  if (head[0] === 0x50 && head[1] === 0x4b) {
    const sheet = await sheetOf(all, name, options.readSheet);
    return 'refusal' in sheet ? undefined : new ListTable(name, options, sheet.cells).sample(sheet.records.slice(0, SAMPLE));
  }
  if (whatElse(head)) return undefined;
  const sample: CsvRecord[] = [];
  try {
    for await (const records of recordsOf(all, { bytes: 0 })) {
      sample.push(...records);
      if (sample.length >= SAMPLE) break;
    }
  } catch (error) {
    if (!(error instanceof TooLong)) throw error;
    return undefined;
  }
  const { separator, records } = written(sample, options);
  return new ListTable(name, options, (record) => cellsOf(record.text, separator)).sample(records);
}

/** The first bytes, and the whole all the same. */
async function peek(source: Source): Promise<{ head: Uint8Array; all: Source }> {
  const iterator = source[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  for (let length = 0; length < HEAD; ) {
    const { done, value } = await iterator.next();
    if (done) break;
    seen.push(value);
    length += value.length;
  }
  const all = async function* (): AsyncGenerator<Uint8Array> {
    try {
      yield* seen;
      for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  };
  return { head: Buffer.concat(seen), all: all() };
}

function whatElse(head: Uint8Array): { found: string; advice: string } | undefined {
  const start = Buffer.from(head.subarray(0, 8)).toString('latin1');
  const advice = 'Exportez la liste en CSV ou en XLSX depuis votre logiciel.';
  if (start.startsWith('%PDF')) return { found: 'un PDF', advice: 'Déposez les factures PDF sur la page des factures.' };
  if (start.startsWith('\xd0\xcf\x11\xe0')) return { found: 'un classeur Excel ancien (.xls)', advice };
  if (/^(?:\xef\xbb\xbf)?\s*</.test(start)) return { found: 'un fichier XML ou une page web', advice };
  const isUtf16 = head[0] === 0xff || head[0] === 0xfe;
  return head.includes(0) && !isUtf16 ? { found: 'un fichier binaire', advice } : undefined;
}

class TooLong extends Error {
  readonly size: number;

  constructor(size: number) {
    super('a line is too long');
    this.size = size;
  }
}

/** The records of a text, in groups as they come. */
async function* recordsOf(source: Source, progress: { bytes: number }): AsyncGenerator<CsvRecord[]> {
  const decoder = new TextStream();
  const lines = new LineStream();
  const records = new RecordStream();
  for await (const piece of source) {
    progress.bytes += piece.length;
    yield [...records.push(lines.push(decoder.push(piece)))];
    if (lines.waiting > LONGEST_LINE) throw new TooLong(lines.waiting);
  }
  yield [...records.push(lines.push(decoder.end())), ...records.end(lines.end())];
}

async function* fromCsv(source: Source, name: string, options: OpenItemsOptions): AsyncGenerator<OpenItemEvent> {
  const progress = { bytes: 0 };
  let sample: CsvRecord[] | undefined = [];
  let table: ListTable | undefined;
  const begin = function* (of: readonly CsvRecord[]): Generator<OpenItemEvent> {
    const { separator, records } = written(of, options);
    table = new ListTable(name, options, (record) => cellsOf(record.text, separator));
    yield* table.begin(records, progress.bytes);
  };
  try {
    for await (const records of recordsOf(source, progress)) {
      if (sample) {
        sample.push(...records);
        if (sample.length < SAMPLE) continue;
        yield* begin(sample);
        sample = undefined;
      } else if (table) yield* table.read(records, progress.bytes);
      if (table?.refused) return;
    }
    if (sample) yield* begin(sample);
    if (table) yield* table.end(progress.bytes);
  } catch (error) {
    if (!(error instanceof TooLong)) throw error;
    yield refused('too-large', name, { what: 'une de ses lignes', size: error.size, limit: LONGEST_LINE });
  }
}

/** The separator of a CSV, and its records without the marks that some programs put first. */
function written(sample: readonly CsvRecord[], options: OpenItemsOptions): { separator: string; records: readonly CsvRecord[] } {
  const bare = sample.map((record, i) => (i === 0 ? { ...record, text: record.text.replace(/^\ufeff/, '') } : record));
  const marked = /^sep=(.)$/i.exec(bare[0]?.text ?? '')?.[1];
  if (marked) return { separator: marked, records: bare.slice(1) };
  const text = bare
    .slice(0, 30)
    .map((record) => record.text)
    .join('\n');
  return { separator: separatorOf(text, OPEN_ITEM_COLUMNS, options.mapping ?? {}), records: bare };
}

async function* fromSheet(source: Source, name: string, options: OpenItemsOptions): AsyncGenerator<OpenItemEvent> {
  const sheet = await sheetOf(source, name, options.readSheet);
  if ('refusal' in sheet) return yield { kind: 'refused', refusal: sheet.refusal };
  const { cells, records, size } = sheet;
  const table = new ListTable(name, options, cells);
  yield* table.begin(records.slice(0, SAMPLE), size);
  yield* table.read(records.slice(SAMPLE), size);
  yield* table.end(size);
}
