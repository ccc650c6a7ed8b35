import { inflateSync } from 'node:zlib';

export interface StreamBounds {
  readonly maxStreamBytes: number;
  readonly maxUnfoldedBytes: number;
}

const LOOK_BACK = 2048;

/** The two bytes a zlib stream starts with: deflate, window of 32 KB at most, header divisible by 31. */
const isZlib = (a: number | undefined, b: number | undefined): boolean =>
  a !== undefined && b !== undefined && (a & 0x0f) === 8 && a >> 4 <= 7 && (a * 256 + b) % 31 === 0;

/** Pictures are large for good reasons and never decoded when text is read. */
function isPicture(pdf: Buffer, at: number): boolean {
  const head = pdf.subarray(Math.max(0, at - LOOK_BACK), at).toString('latin1');
  return /\/Subtype\s*\/Image\b/.test(head.slice(head.lastIndexOf(' obj') + 1));
}

/**
 * Unfolds the deflated streams of a PDF with a ceiling, before any PDF library does so without one: a few kilobytes can hold gigabytes.
 * Returns the limit in bytes that a stream, or all of them together, goes over; undefined when the file is fit to be opened.
 */
export function findUnfoldingBomb(bytes: Uint8Array, bounds: StreamBounds): number | undefined {
  const pdf = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let total = 0;
  for (let at = pdf.indexOf('stream'); at >= 0; at = pdf.indexOf('stream', at + 6)) {
    let start = at + 6;
    if (pdf[start] === 0x0d) start += 1;
    if (pdf[start] === 0x0a) start += 1;
    if (!isZlib(pdf[start], pdf[start + 1]) || isPicture(pdf, at)) continue;
    const unfolded = unfold(pdf.subarray(start), bounds.maxStreamBytes);
    if (unfolded === 'over') return bounds.maxStreamBytes;
    total += unfolded?.length ?? 0;
    if (total > bounds.maxUnfoldedBytes) return bounds.maxUnfoldedBytes;
  }
  return undefined;
}

/** Inflates a zlib stream, forgiving a missing end; "over" past the limit, undefined when it is none. */
export function unfold(deflated: Uint8Array, limit: number): Uint8Array | 'over' | undefined {
  try {
    return inflateSync(deflated, {
      maxOutputLength: limit,
      finishFlush: 2 /* Z_SYNC_FLUSH: a truncated stream gives what it has */,
    });
  } catch (error) {
    return error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE' ? 'over' : undefined;
  }
}
