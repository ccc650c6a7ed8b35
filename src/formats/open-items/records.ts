/** A record of a CSV, with the line of the file it starts on. */
export interface CsvRecord {
  readonly line: number;
  readonly text: string;
}

/** A record may hold line ends between quotes; one that never closes is cut here. */
const LONGEST = 100_000;

/**
 * Joins lines into records as they come: a line whose quotes are not closed goes on with the next one. A quote that never closes (an inch,
 * a slip) would swallow the rest of the file: after `LONGEST` characters the lines are given as they are, and reading goes on behind them.
 */
export class RecordStream {
  #line = 0;
  #open: string[] = [];
  #length = 0;

  *push(lines: Iterable<string>): Generator<CsvRecord> {
    for (const line of lines) yield* this.#add(line);
  }

  /** What is left when the file ends, with `rest`, its last line. */
  *end(rest: string): Generator<CsvRecord> {
    if (rest !== '') yield* this.#add(rest);
    yield* this.#giveUp();
  }

  *#add(line: string): Generator<CsvRecord> {
    this.#line += 1;
    const turns = oddQuotes(line);
    if (this.#open.length === 0 && !turns) {
      if (line !== '') yield { line: this.#line, text: line };
      return;
    }
    this.#open.push(line);
    this.#length += line.length;
    if (this.#open.length > 1 && turns) {
      yield { line: this.#line - this.#open.length + 1, text: this.#open.join('\n') };
      this.#forget();
    } else if (this.#length > LONGEST) yield* this.#giveUp();
  }

  /** The lines of a record that does not close, each for itself. */
  *#giveUp(): Generator<CsvRecord> {
    const first = this.#line - this.#open.length + 1;
    const lines = this.#open;
    this.#forget();
    for (const [i, text] of lines.entries()) if (text !== '') yield { line: first + i, text };
  }

  #forget(): void {
    this.#open = [];
    this.#length = 0;
  }
}

function oddQuotes(text: string): boolean {
  let odd = false;
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) odd = !odd;
  return odd;
}

/** The cells of a record. Quotes are those of RFC 4180; a quote inside a bare cell is a letter like another. */
export function cellsOf(text: string, separator: string): string[] {
  if (!text.includes('"')) return text.split(separator);
  const cells: string[] = [];
  for (let at = 0; ; ) {
    let start = at;
    while (text[start] === ' ') start += 1;
    const [cell, end] = text[start] === '"' ? quoted(text, start) : ['', at];
    const next = text.indexOf(separator, end);
    cells.push(cell + (next < 0 ? text.slice(end) : text.slice(end, next)));
    if (next < 0) return cells;
    at = next + separator.length;
  }
}

/** The cell between quotes that opens at `start`, and where it ends. */
function quoted(text: string, start: number): [string, number] {
  let cell = '';
  for (let at = start + 1; ; ) {
    const end = text.indexOf('"', at);
    if (end < 0) return [cell + text.slice(at), text.length];
    cell += text.slice(at, end);
    if (text[end + 1] !== '"') return [cell, end + 1];
    cell += '"';
    at = end + 2;
  }
}
