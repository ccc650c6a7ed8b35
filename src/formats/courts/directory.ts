import { CsvError, parse } from 'csv-parse/sync';
import { ok, type Result, refuse } from '#core/kernel/result.ts';
import { decodeText } from '../text/decode.ts';

/** The courts that cover a commune, as the Ministry of Justice names them. */
export interface CourtArea {
  /** INSEE code */
  readonly insee: string;
  readonly name: string;
  readonly appealCourt: string | null;
  readonly judicialCourt: string | null;
  /** only where a proximity chamber covers the commune */
  readonly proximityCourt: string | null;
  readonly labourCourt: string | null;
}

/** A row that could not be read: its line in the file, and why, in French. */
export interface RefusedRow {
  readonly line: number;
  readonly why: string;
}

export interface CourtDirectory {
  readonly areas: readonly CourtArea[];
  readonly refused: readonly RefusedRow[];
}

/** The columns of the official file: for each court its origin, number and name. Found by the name's header, else by rank. */
const COLUMNS = 14;
const COURTS = { CA: 4, TJ: 7, TPRX: 10, CPH: 13 } as const;
const INSEE = /^(\d{2}|2[AB])\d{3}$/;

/**
 * Reads « Liste des juridictions compétentes pour les communes de France » (CSV with « ; », 14 columns, UTF-8 or windows-1252). A row that
 * cannot be read is told with its line; the others are read. Refusals: `courts.not-the-list`, `courts.malformed`.
 */
export function readCourtDirectory(bytes: Uint8Array): Result<CourtDirectory> {
  let rows: { record: string[]; info: { lines: number } }[];
  try {
    rows = parse(decodeText(bytes), {
      delimiter: ';',
      bom: true,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: 100_000,
    }) as unknown as typeof rows;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return refuse('courts.malformed', `Ce fichier est abîmé${lineOf(error)}\u202f: téléchargez-le de nouveau.`);
  }
  const [head, ...body] = rows;
  const columns = head && columnsOf(head.record);
  if (!columns) {
    return refuse(
      'courts.not-the-list',
      'Ce fichier n’est pas la liste des juridictions compétentes par commune\u202f: il lui faut quatorze colonnes séparées par «\u202f;\u202f», la première nommée «\u202fCommune\u202f».',
    );
  }
  const areas: CourtArea[] = [];
  const refused: RefusedRow[] = [];
  for (const { record, info } of body) {
    const read = readRow(record, columns);
    if (typeof read === 'string') refused.push({ line: info.lines, why: read });
    else areas.push(read);
  }
  return ok({ areas, refused });
}

const lineOf = (error: CsvError): string => (typeof error.lines === 'number' ? ` à la ligne ${error.lines}` : '');

type Columns = Readonly<Record<keyof typeof COURTS, number>>;

function columnsOf(head: readonly string[]): Columns | undefined {
  const names = head.map((name) => name.toUpperCase());
  if (head.length !== COLUMNS || !names[0]?.startsWith('COMMUNE')) return undefined;
  const at = (court: keyof typeof COURTS) => (names.includes(court) ? names.indexOf(court) : COURTS[court]);
  return { CA: at('CA'), TJ: at('TJ'), TPRX: at('TPRX'), CPH: at('CPH') };
}

function readRow(cells: readonly string[], at: Columns): CourtArea | string {
  const [insee = '', name = ''] = cells;
  // A spreadsheet that saved the file again drops the zero of the first nine departments.
  const code = /^\d{4}$/.test(insee) ? `0${insee}` : insee.toUpperCase();
  if (cells.length !== COLUMNS) return `${cells.length} colonnes au lieu de ${COLUMNS}`;
  if (!INSEE.test(code)) return `«\u202f${insee.slice(0, 20)}\u202f» n’est pas un code INSEE`;
  if (name === '') return 'la commune n’a pas de nom';
  const court = (index: number): string | null => cells[index] || null;
  const judicialCourt = court(at.TJ);
  if (!judicialCourt) return 'le tribunal judiciaire manque';
  return {
    insee: code,
    name,
    judicialCourt,
    appealCourt: court(at.CA),
    proximityCourt: court(at.TPRX),
    labourCourt: court(at.CPH),
  };
}
