import { unzipSync } from 'fflate';
import { decodeText, withoutDeclaredEncoding } from '../text/decode.ts';
import { XmlStream } from '../xml/xml-stream.ts';
import type { Row } from './table.ts';
import { dateOfSerial, isDateFormat, plainNumber } from './xlsx-values.ts';

/** Raised for a spreadsheet that cannot be unzipped or unfolds to too much; its reader makes a refusal of it. */
export class XlsxStopped extends Error {
  readonly problem: 'corrupt' | 'too-large';

  constructor(problem: 'corrupt' | 'too-large') {
    super(problem);
    this.problem = problem;
  }
}

export interface XlsxLimits {
  readonly maxUnfoldedBytes: number;
  readonly maxRows: number;
  readonly maxXmlDepth: number;
}

export interface Sheet {
  readonly name: string;
  readonly rows: readonly Row[];
}

/** Columns beyond this one hold nothing of a list. */
const MAX_COLUMNS = 256;
const MAX_SHEETS = 20;
const PARTS = /^xl\/(?:workbook\.xml|_rels\/workbook\.xml\.rels|sharedStrings\.xml|styles\.xml|worksheets\/[^/]+\.xml)$/;

type Parts = Readonly<Record<string, Uint8Array>>;

/** The parts of the workbook that are read; pictures, macros and the rest are never unfolded. Sizes are those the directory declares, and hold. */
function unzip(bytes: Uint8Array, limit: number): Parts {
  let total = 0;
  try {
    return unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (!PARTS.test(name)) return false;
        total += originalSize;
        if (total > limit) throw new XlsxStopped('too-large');
        return true;
      },
    });
  } catch (error) {
    throw error instanceof XlsxStopped ? error : new XlsxStopped('corrupt');
  }
}

interface Handlers {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(words: string): void;
  close?(name: string): void;
}

function walk(part: Uint8Array | undefined, limits: XlsxLimits, handlers: Handlers): void {
  if (!part) return;
  const xml = new XmlStream(
    {
      open: (name, attributes) => handlers.open?.(name, attributes),
      text: (words) => handlers.text?.(words),
      close: (name) => handlers.close?.(name),
    },
    limits.maxXmlDepth,
  );
  xml.push(withoutDeclaredEncoding(decodeText(part)));
  xml.end();
}

/** The texts that cells name by number. Phonetic readings are left out. */
function sharedStrings(parts: Parts, limits: XlsxLimits): string[] {
  const strings: string[] = [];
  let current = '';
  let inText = false;
  let phonetic = 0;
  walk(parts['xl/sharedStrings.xml'], limits, {
    open: (name) => {
      if (name === 'si') current = '';
      else if (name === 't') inText = true;
      else if (name === 'rPh') phonetic += 1;
    },
    text: (words) => {
      if (inText && phonetic === 0) current += words;
    },
    close: (name) => {
      if (name === 'si') strings.push(current);
      else if (name === 't') inText = false;
      else if (name === 'rPh') phonetic -= 1;
    },
  });
  return strings;
}

/** For each cell style, whether it shows a number as a date. */
function dateStyles(parts: Parts, limits: XlsxLimits): boolean[] {
  const custom = new Map<string, string>();
  const styles: boolean[] = [];
  let inCells = false;
  walk(parts['xl/styles.xml'], limits, {
    open: (name, attributes) => {
      if (name === 'numFmt') custom.set(attributes.numFmtId ?? '', attributes.formatCode ?? '');
      else if (name === 'cellXfs') inCells = true;
      else if (name === 'xf' && inCells)
        styles.push(isDateFormat(Number(attributes.numFmtId ?? 0), custom.get(attributes.numFmtId ?? '')));
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return styles;
}

/** The visible sheets, in the order of their tabs, and whether days are counted from 1904. */
function workbook(parts: Parts, limits: XlsxLimits): { sheets: { name: string; part: string }[]; from1904: boolean } {
  const targets = new Map<string, string>();
  walk(parts['xl/_rels/workbook.xml.rels'], limits, {
    open: (name, { Id = '', Target = '' }) => {
      if (name === 'Relationship') targets.set(Id, Target.replace(/^\/?xl\//, ''));
    },
  });
  const sheets: { name: string; part: string }[] = [];
  let from1904 = false;
  walk(parts['xl/workbook.xml'], limits, {
    open: (tag, attributes) => {
      if (tag === 'workbookPr') from1904 = /^(1|true)$/.test(attributes.date1904 ?? '');
      if (tag !== 'sheet' || (attributes.state ?? 'visible') !== 'visible' || sheets.length >= MAX_SHEETS) return;
      const target = targets.get(attributes['r:id'] ?? '');
      if (target) sheets.push({ name: attributes.name ?? '', part: `xl/${target}` });
    },
  });
  return { sheets, from1904 };
}

/** The column of "AB12", from 0. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference.match(/^[A-Z]{1,3}/)?.[0] ?? '') column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

interface Book {
  readonly strings: readonly string[];
  readonly dates: readonly boolean[];
  readonly from1904: boolean;
}

/** What a cell shows: a text, a day in ISO, or a number as a plain decimal. Formulas are never computed: their kept result is read. */
function shown(type: string, style: number, raw: string, book: Book): string {
  if (type === 's') return book.strings[Number(raw)] ?? '';
  if (type === 'n' && raw !== '') return (book.dates[style] ? dateOfSerial(raw, book.from1904) : undefined) ?? plainNumber(raw);
  return type === 'e' ? '' : raw;
}

function rowsOf(part: Uint8Array | undefined, book: Book, limits: XlsxLimits): Row[] {
  const rows: Row[] = [];
  let cells: string[] = [];
  let line = 0;
  let column = -1;
  let type = 'n';
  let style = 0;
  let raw = '';
  let inValue = false;
  walk(part, limits, {
    open: (name, attributes) => {
      if (name === 'row') {
        line = Number(attributes.r ?? line + 1);
        cells = [];
        column = -1;
      } else if (name === 'c') {
        column = attributes.r ? columnOf(attributes.r) : column + 1;
        type = attributes.t ?? 'n';
        style = Number(attributes.s ?? 0);
        raw = '';
      } else if (name === 'v' || name === 't') inValue = true;
    },
    text: (words) => {
      if (inValue) raw += words;
    },
    close: (name) => {
      if (name === 'v' || name === 't') inValue = false;
      else if (name === 'c' && column >= 0 && column < MAX_COLUMNS) {
        while (cells.length < column) cells.push('');
        cells[column] = shown(type, style, raw, book).trim();
      } else if (name === 'row' && cells.some((cell) => cell !== '') && rows.length <= limits.maxRows + 100)
        rows.push({ line, cells });
    },
  });
  return rows;
}

/** The visible sheets of an XLSX workbook as rows of text. Throws `XlsxStopped` or `XmlStopped` for a file it refuses. */
export function sheetsOf(bytes: Uint8Array, limits: XlsxLimits): Sheet[] {
  const parts = unzip(bytes, limits.maxUnfoldedBytes);
  if (!parts['xl/workbook.xml']) throw new XlsxStopped('corrupt');
  const { sheets, from1904 } = workbook(parts, limits);
  const book = { strings: sharedStrings(parts, limits), dates: dateStyles(parts, limits), from1904 };
  return sheets.map(({ name, part }) => ({ name, rows: rowsOf(parts[part], book, limits) }));
}
