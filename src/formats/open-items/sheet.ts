import type { Refusal, Result } from '#core/kernel/result.ts';
import type { Row } from '../table/table.ts';
import { sheetsOf, XlsxStopped } from '../table/xlsx.ts';
import { XmlStopped } from '../xml/xml-stream.ts';
import type { CsvRecord } from './records.ts';
import { refuseOpenItems } from './refusals.ts';

/** A workbook is read whole: beyond this the list is exported as CSV. */
const MAX_BYTES = 25_000_000;
const MAX_UNFOLDED = 200_000_000;
const MAX_ROWS = 200_000;

/** Reads the rows of the sheet that holds the list. */
export type SheetReader = (bytes: Uint8Array, name: string) => Promise<Result<readonly Row[]>>;

/** The rows of the sheet of a workbook that holds the list: of several, the one with the most rows. */
export const readListSheet: SheetReader = async (bytes, name) => {
  try {
    const sheets = sheetsOf(Buffer.from(bytes), { maxUnfoldedBytes: MAX_UNFOLDED, maxRows: MAX_ROWS, maxXmlDepth: 40 });
    return { ok: true, value: sheets.map((sheet) => sheet.rows).sort((a, b) => b.length - a.length)[0] ?? [] };
  } catch (error) {
    if (error instanceof XlsxStopped && error.problem === 'too-large')
      return refuseOpenItems('too-large', name, { what: 'son contenu décompressé', limit: MAX_UNFOLDED });
    if (error instanceof XlsxStopped || error instanceof XmlStopped) return refuseOpenItems('corrupt-archive', name);
    throw error;
  }
};

interface ListSheet {
  readonly records: readonly CsvRecord[];
  readonly cells: (record: CsvRecord) => readonly string[];
  readonly size: number;
}

/** A workbook as records, in the order of its rows. */
export async function sheetOf(
  source: AsyncIterable<Uint8Array>,
  name: string,
  read: SheetReader = readListSheet,
): Promise<ListSheet | { readonly refusal: Refusal }> {
  const held: Uint8Array[] = [];
  let size = 0;
  for await (const piece of source) {
    held.push(piece);
    size += piece.length;
    if (size > MAX_BYTES) return refuseOpenItems('too-large', name, { what: 'il', size, limit: MAX_BYTES });
  }
  const rows = await read(Buffer.concat(held), name);
  if (!rows.ok) return rows;
  const cells = new Map(rows.value.map((row) => [row.line, row.cells]));
  const records = rows.value.map(({ line }) => ({ line, text: '' }));
  return { records, cells: (record) => cells.get(record.line) ?? [], size };
}
