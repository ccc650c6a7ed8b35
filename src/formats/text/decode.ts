import iconv from 'iconv-lite';

const BOMS: readonly (readonly [encoding: string, ...bytes: number[]])[] = [
  ['utf-8', 0xef, 0xbb, 0xbf],
  ['utf-16le', 0xff, 0xfe],
  ['utf-16be', 0xfe, 0xff],
];

/** UTF-16 without its mark shows by the zero beside the first "<". */
function unmarkedUtf16(bytes: Uint8Array): string | undefined {
  if (bytes[0] === 0x3c && bytes[1] === 0) return 'utf-16le';
  if (bytes[0] === 0 && bytes[1] === 0x3c) return 'utf-16be';
  return undefined;
}

function asUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * The text of an XML or CSV file. A byte order mark decides; then valid UTF-8 is UTF-8, whatever the declaration says, for text of
 * another encoding is practically never valid UTF-8 (real files declare ISO-8859-1 and hold UTF-8); then the declared encoding; then
 * windows-1252.
 */
export function decodeText(bytes: Uint8Array): string {
  const marked = BOMS.find(([, ...mark]) => mark.every((byte, i) => bytes[i] === byte));
  if (marked) return decodeAs(bytes.subarray(marked.length - 1), marked[0]);
  const wide = unmarkedUtf16(bytes);
  if (wide) return decodeAs(bytes, wide);
  const utf8 = asUtf8(bytes);
  if (utf8 !== undefined) return utf8;
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const declared = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(head)?.[1];
  // ISO-8859-1 is read as windows-1252, as browsers do: the control characters it would hold instead never occur in an invoice.
  const usable = declared && iconv.encodingExists(declared) && !/^(utf|ucs|iso-?8859-?1$|us-ascii)/i.test(declared);
  return decodeAs(bytes, usable ? declared : 'windows-1252');
}

const decodeAs = (bytes: Uint8Array, encoding: string): string => iconv.decode(Buffer.from(bytes), encoding, { stripBOM: true });

/** Takes the encoding out of the declaration: the text has been decoded already. A malformed declaration stays, to be refused by the parser. */
export function withoutDeclaredEncoding(xml: string): string {
  return xml
    .trimStart()
    .replace(/^(<\?xml\s+version\s*=\s*(?:"[^"<>]*"|'[^'<>]*'))\s+encoding\s*=\s*(?:"[A-Za-z0-9._-]*"|'[A-Za-z0-9._-]*')/, '$1');
}
