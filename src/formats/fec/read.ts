import { fromUnits } from '../text/decimal.ts';
import { sniff } from '../text/sniff.ts';
import { LineStream, TextStream } from '../text/text-stream.ts';
import type { FecLine } from './layout.ts';
import { FecParser, unitsOf } from './parser.ts';
import { FecStopped, refuseFec } from './refusals.ts';

const MAX_LINE = 20_000;
/** Six years of a large firm; a stream is never held whole. */
const MAX_BYTES = 4_000_000_000;

type Source = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
type Refused = ReturnType<typeof refuseFec>['refusal'];

export interface FecOptions {
  readonly maxBytes?: number;
}

/** What reading yields: the lines, then either the end with its totals, or the refusal of a file that cannot be read to its end. */
export type FecEvent =
  | { readonly kind: 'line'; readonly line: FecLine }
  | { readonly kind: 'end'; readonly lines: number; readonly debit: string; readonly credit: string }
  | { readonly kind: 'refused'; readonly refusal: Refused };

async function* textLines(source: Source, options: FecOptions): AsyncGenerator<string> {
  const decoder = new TextStream();
  const lines = new LineStream();
  const limit = options.maxBytes ?? MAX_BYTES;
  let total = 0;
  let first: Uint8Array | undefined;
  for await (const piece of source) {
    total += piece.length;
    if (total > limit) throw new FecStopped('too-large', { what: 'il', size: total, limit });
    if (!first && piece.length > 0) {
      first = piece;
      const kind = sniff(piece, 'fec.csv');
      if (kind !== 'csv' && kind !== 'empty') {
        throw new FecStopped('unsupported-type', {
          found: 'un fichier d’une autre sorte',
          advice: 'Exportez le FEC depuis votre logiciel comptable.',
        });
      }
    }
    yield* lines.push(decoder.push(piece));
    if (lines.waiting > MAX_LINE)
      throw new FecStopped('fec-bad-line', { line: '?', problem: `elle dépasse ${MAX_LINE} caractères` });
  }
  yield* lines.push(decoder.end());
  yield lines.end();
}

async function* events(source: Source, options: FecOptions): AsyncGenerator<FecEvent> {
  let parser: FecParser | undefined;
  let number = 0;
  let lines = 0;
  let debit = 0n;
  let credit = 0n;
  for await (const text of textLines(source, options)) {
    number += 1;
    if (text.trim() === '') continue;
    if (!parser) {
      parser = new FecParser(text);
      continue;
    }
    const line = parser.read(text, number);
    lines += 1;
    debit += unitsOf({ debit: line.debit, credit: '0' });
    credit -= unitsOf({ debit: '0', credit: line.credit });
    yield { kind: 'line', line };
  }
  if (lines === 0) throw new FecStopped('empty-file', {});
  yield { kind: 'end', lines, debit: fromUnits(debit), credit: fromUnits(credit) };
}

/** Reads a FEC as it comes, without ever holding it whole. Nothing is thrown for a bad file: the last event says why it is refused. */
export async function* streamFec(source: Source, name: string, options: FecOptions = {}): AsyncGenerator<FecEvent> {
  try {
    yield* events(source, options);
  } catch (error) {
    if (!(error instanceof FecStopped)) throw error;
    yield { kind: 'refused', refusal: refuseFec(error.code, name, error.data).refusal };
  }
}
