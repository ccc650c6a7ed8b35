import iconv from 'iconv-lite';

const BOMS: readonly (readonly [encoding: string, ...bytes: number[]])[] = [
  ['utf-8', 0xef, 0xbb, 0xbf],
  ['utf-16le', 0xff, 0xfe],
  ['utf-16be', 0xfe, 0xff],
];

/** The encoding that the first bytes of a file mark, and how many bytes the mark takes. UTF-16 without its mark shows by the zero beside the first "<". */
export function markedEncoding(bytes: Uint8Array): { readonly encoding: string; readonly length: number } | undefined {
  const marked = BOMS.find(([, ...mark]) => mark.every((byte, i) => bytes[i] === byte));
  if (marked) return { encoding: marked[0], length: marked.length - 1 };
  if (bytes[0] === 0x3c && bytes[1] === 0) return { encoding: 'utf-16le', length: 0 };
  if (bytes[0] === 0 && bytes[1] === 0x3c) return { encoding: 'utf-16be', length: 0 };
  return undefined;
}

/**
 * The encoding that the head of an XML declares, or windows-1252. ISO-8859-1 is read as windows-1252, as browsers do: the control characters it
 * would hold instead never occur in a document of business.
 */
export function declaredEncoding(head: string): string {
  const declared = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(head)?.[1];
  const usable = declared && iconv.encodingExists(declared) && !/^(utf|ucs|iso-?8859-?1$|us-ascii)/i.test(declared);
  return usable ? declared : 'windows-1252';
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
  const marked = markedEncoding(bytes);
  if (marked) return decodeAs(bytes.subarray(marked.length), marked.encoding);
  return asUtf8(bytes) ?? decodeAs(bytes, declaredEncoding(Buffer.from(bytes.subarray(0, 200)).toString('latin1')));
}

const decodeAs = (bytes: Uint8Array, encoding: string): string => iconv.decode(Buffer.from(bytes), encoding, { stripBOM: true });

/** Takes the encoding out of the declaration: the text has been decoded already. A malformed declaration stays, to be refused by the parser. */
export function withoutDeclaredEncoding(xml: string): string {
  return xml
    .trimStart()
    .replace(/^(<\?xml\s+version\s*=\s*(?:"[^"<>]*"|'[^'<>]*'))\s+encoding\s*=\s*(?:"[A-Za-z0-9._-]*"|'[A-Za-z0-9._-]*')/, '$1');
}
