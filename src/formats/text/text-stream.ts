import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { declaredEncoding, markedEncoding } from './decode.ts';

interface Decoder {
  write(bytes: Buffer): string;
  end(): string | undefined;
}

/** How many bytes at the end belong to a UTF-8 character whose rest is still to come. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0;
  }
  return 0;
}

/**
 * Decodes a file as it comes, by the rules of `decodeText`: a byte order mark decides; then it is UTF-8 until bytes come that cannot be; from
 * there on it is the declared encoding, or windows-1252. (What came before was plain ASCII, unless the file mixes encodings.)
 */
export class TextStream {
  #decoder: Decoder | undefined;
  #pending: Buffer = Buffer.alloc(0);
  #head: string | undefined;

  push(bytes: Uint8Array): string {
    if (this.#decoder) return this.#decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    const all = Buffer.concat([this.#pending, bytes]);
    if (this.#head === undefined) {
      if (all.length < 4) {
        this.#pending = all;
        return '';
      }
      return this.#start(all);
    }
    return this.#utf8(all);
  }

  end(): string {
    if (this.#decoder) return this.#decoder.end() ?? '';
    const rest = this.#pending;
    this.#pending = Buffer.alloc(0);
    return this.#head === undefined ? this.#start(rest) + this.end() : rest.length > 0 ? this.#legacy(rest) : '';
  }

  #start(all: Buffer): string {
    this.#head = all.subarray(0, 200).toString('latin1');
    const marked = markedEncoding(all);
    const body = all.subarray(marked?.length ?? 0);
    if (!marked || marked.encoding === 'utf-8') return this.#utf8(body);
    this.#decoder = iconv.getDecoder(marked.encoding);
    return this.#decoder.write(body);
  }

  #utf8(all: Buffer): string {
    const whole = all.length - unfinished(all);
    const ready = all.subarray(0, whole);
    if (!isUtf8(ready)) return this.#legacy(all);
    this.#pending = all.subarray(whole);
    return ready.toString('utf8');
  }

  #legacy(bytes: Buffer): string {
    this.#pending = Buffer.alloc(0);
    this.#decoder = iconv.getDecoder(declaredEncoding(this.#head ?? ''));
    return this.#decoder.write(bytes);
  }
}

/** Cuts a text that comes in pieces into lines, without their ends. */
export class LineStream {
  #rest = '';

  /** The lines that the piece completes. */
  *push(piece: string): Generator<string> {
    const text = this.#rest + piece;
    let at = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', at)) {
      yield text.slice(at, text[end - 1] === '\r' ? end - 1 : end);
      at = end + 1;
    }
    this.#rest = text.slice(at);
  }

  /** How long the line that is not yet complete is. */
  get waiting(): number {
    return this.#rest.length;
  }

  /** What is left when the text ends. */
  end(): string {
    const rest = this.#rest;
    this.#rest = '';
    return rest.replace(/\r$/, '');
  }
}
