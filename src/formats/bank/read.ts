import { ok, type Result } from '#core/kernel/result.ts';
import { XlsxStopped } from '../table/xlsx.ts';
import { decodeText } from '../text/decode.ts';
import { TextStream } from '../text/text-stream.ts';
import { XmlStopped } from '../xml/xml-stream.ts';
import { type StatementLimits, type StatementOptions, statementLimitsOf } from './options.ts';
import { refuseStatement, StatementStopped } from './refusals.ts';
import { type BankFileKind, SNIFFED, sniffStatement, zipNames } from './sniff.ts';
import type {
  Emit,
  Statement,
  StatementEntry,
  StatementEvent,
  StatementFile,
  StatementFormat,
  StatementParser,
} from './statement.ts';
import { statementsInZip } from './zip.ts';

/** Pieces in which a file held in memory is fed to the readers. */
const PIECE = 1 << 18;

type Refused = ReturnType<typeof refuseStatement>;

/** The reader of a format that is read as it comes; undefined for those that must be held whole. */
async function parserOf(kind: BankFileKind['kind'], emit: Emit, limits: StatementLimits): Promise<StatementParser | undefined> {
  switch (kind) {
    case 'camt':
      return new (await import('./camt/read.ts')).CamtParser(emit, limits);
    case 'cfonb':
      return new (await import('./cfonb/read.ts')).CfonbParser(emit, limits.maxLineLength);
    case 'mt940':
    case 'mt942':
      return new (await import('./mt940/read.ts')).Mt940Parser(emit, limits.maxLineLength, kind);
    default:
      return undefined;
  }
}

/** Reads a format whose conventions only show once it is whole. */
async function readWhole(kind: BankFileKind['kind'], bytes: Uint8Array, emit: Emit, options: StatementOptions): Promise<void> {
  switch (kind) {
    case 'ofx':
      return (await import('./ofx/read.ts')).readOfx(decodeText(bytes), emit);
    case 'qif':
      return (await import('./qif/read.ts')).readQif(decodeText(bytes), emit, options);
    case 'csv':
      return (await import('./table/read.ts')).readBankCsv(bytes, emit, options);
    case 'zip': {
      const names = zipNames(bytes);
      if (!names) throw new StatementStopped('corrupt-archive');
      if (names.includes('xl/workbook.xml')) return (await import('./table/read.ts')).readBankXlsx(bytes, emit, options);
      return statementsInZip(bytes, emit, options, readStatementFile);
    }
    default:
      throw new Error(`no reader for ${kind}`);
  }
}

/** What stopped a reader, as a refusal; anything that is not a refusal is a defect, and is thrown on. */
function refusalOf(error: unknown, name: string, limits: StatementLimits): Refused {
  if (error instanceof StatementStopped) return refuseStatement(error.code, name, error.data);
  if (error instanceof XmlStopped) {
    const { problem, line } = error;
    return refuseStatement(`xml-${problem}`, name, problem === 'too-deep' ? { limit: limits.maxXmlDepth } : { line });
  }
  if (error instanceof XlsxStopped) {
    if (error.problem === 'corrupt') return refuseStatement('corrupt-archive', name);
    return refuseStatement('too-large', name, { what: 'son contenu décompressé', limit: limits.maxUnfoldedBytes });
  }
  throw error;
}

async function* events(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  name: string,
  options: StatementOptions,
): AsyncGenerator<StatementEvent> {
  const limits = statementLimitsOf(options);
  let queue: StatementEvent[] = [];
  const emit: Emit = (event) => void queue.push(event);
  const drain = (): StatementEvent[] => {
    const ready = queue;
    queue = [];
    return ready;
  };
  const decoder = new TextStream();
  let parser: StatementParser | undefined;
  let kind: BankFileKind | undefined;
  let held: Uint8Array[] = [];
  let total = 0;

  const start = async (): Promise<void> => {
    const head = Buffer.concat(held);
    kind = sniffStatement(head, name);
    if (kind.kind === 'empty') throw new StatementStopped('empty-file');
    if (kind.kind === 'other') throw new StatementStopped('unsupported-type', { found: kind.found, advice: kind.advice });
    parser = await parserOf(kind.kind, emit, limits);
    if (parser) {
      held = [];
      parser.push(decoder.push(head));
    }
  };

  for await (const piece of source) {
    total += piece.length;
    if (total > limits.maxBytes) throw new StatementStopped('too-large', { what: 'il', size: total, limit: limits.maxBytes });
    if (parser) parser.push(decoder.push(piece));
    else {
      held.push(piece);
      if (!kind && total >= SNIFFED) await start();
    }
    yield* drain();
  }
  if (!kind) await start();
  if (parser) {
    parser.push(decoder.end());
    parser.end();
  } else if (kind) await readWhole(kind.kind, Buffer.concat(held), emit, options);
  yield* drain();
}

/** What reading a stream yields: events in order, then, for a file that cannot be read to its end, its refusal. */
export type StatementStreamEvent = StatementEvent | { readonly kind: 'refused'; readonly refusal: Refused['refusal'] };

/**
 * Reads a bank file as it comes, without ever holding it whole (camt, CFONB, MT940; OFX, QIF, CSV and XLSX are held, within `maxBytes`). The
 * last event is `refused` when the file cannot be read to its end: what came before must then be given up, for a movement may be missing.
 */
export async function* streamStatements(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  name: string,
  options: StatementOptions = {},
): AsyncGenerator<StatementStreamEvent> {
  try {
    yield* events(source, name, options);
  } catch (error) {
    yield { kind: 'refused', refusal: refusalOf(error, name, statementLimitsOf(options)).refusal };
  }
}

function* pieces(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE);
}

/**
 * Reads a bank file of any kind: what it is is told from its bytes. Nothing is fetched and nothing thrown for a bad file: it is refused whole,
 * with one of the codes of docs/reference/errors.md. A hostile file can still take long: files from outside go through `createStatementReader`
 * of the payments module.
 */
export async function readStatementFile(
  bytes: Uint8Array,
  name: string,
  options: StatementOptions = {},
): Promise<Result<StatementFile>> {
  const { maxBytes } = statementLimitsOf(options);
  if (bytes.length > maxBytes) return refuseStatement('too-large', name, { what: 'il', size: bytes.length, limit: maxBytes });
  const statements: Statement[] = [];
  let format: StatementFormat | undefined;
  let entries: StatementEntry[] = [];
  for await (const event of streamStatements(pieces(bytes), name, options)) {
    switch (event.kind) {
      case 'refused':
        return { ok: false, refusal: event.refusal };
      case 'file':
        format ??= event.format;
        break;
      case 'open':
        entries = [];
        break;
      case 'entry':
        entries.push(event.entry);
        break;
      case 'close':
        statements.push({ ...event.head, entries, warnings: event.warnings });
    }
  }
  if (!format) throw new Error(`${name} was read without a format`);
  return ok({ file: name, format, statements });
}
