/** One line of a stream of lines: its text, or why it cannot be read. */
export type Line =
  | { readonly number: number; readonly text: string }
  | { readonly number: number; readonly fault: 'encoding' | 'length' };

const LF = 0x0a;
/** Bytes: far above any question, far below what a process can hold. */
const LONGEST = 8 * 1024 * 1024;

/**
 * The lines of a stream, numbered from 1, cut at line feeds only: the other separators that `node:readline` cuts at (a lone return,
 * U+2028, U+2029) may stand inside a JSON string. A line that is not UTF-8 or is longer than `longest` bytes is told as such and the
 * next ones are read; what follows the last line feed is a line only if there is something.
 */
export async function* linesOf(input: AsyncIterable<Uint8Array>, longest = LONGEST): AsyncGenerator<Line> {
  let number = 0;
  let parts: Uint8Array[] = [];
  let length = 0;
  const keep = (part: Uint8Array): void => {
    length += part.length;
    if (length <= longest) parts.push(part);
    else parts = [];
  };
  const close = (): Line => {
    number += 1;
    const line = length > longest ? { number, fault: 'length' as const } : lineOf(number, Buffer.concat(parts));
    parts = [];
    length = 0;
    return line;
  };
  for await (const chunk of input) {
    let from = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, from)) {
      keep(chunk.subarray(from, end));
      from = end + 1;
      yield close();
    }
    keep(chunk.subarray(from));
  }
  if (length > 0) yield close();
}

function lineOf(number: number, bytes: Uint8Array): Line {
  try {
    return { number, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim() };
  } catch {
    return { number, fault: 'encoding' };
  }
}
