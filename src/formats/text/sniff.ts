/** What a file is, told from its first bytes: names lie, people rename files. */
export type FileKind = 'pdf' | 'xml' | 'csv' | 'empty' | 'zip' | 'picture' | 'office' | 'mail' | 'html' | 'unknown';

const startsWith = (bytes: Uint8Array, ...head: number[]): boolean => head.every((byte, i) => bytes[i] === byte);

/** ASCII rendering of the first bytes, one character a byte, zeros dropped so that UTF-16 reads as its letters. */
function headText(bytes: Uint8Array, length: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(length, bytes.length)).toString('latin1').replaceAll('\0', '');
}

const hasBinary = (text: string): boolean =>
  [...text].some((c) => c.charCodeAt(0) < 32 && c !== '\t' && c !== '\n' && c !== '\r' && c !== '\f');

/** Tells the kind of a file. The name only decides between plain texts: a text is a CSV when its name says so or its lines have separators. */
export function sniff(bytes: Uint8Array, name: string): FileKind {
  const head = headText(bytes, 2048);
  if (head.trim() === '' && bytes.length <= 2048) return 'empty';
  if (head.slice(0, 1100).includes('%PDF-')) return 'pdf';
  if (startsWith(bytes, 0x50, 0x4b, 3, 4)) return /\.(docx|xlsx|odt|ods|pptx)$/i.test(name) ? 'office' : 'zip';
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return 'office';
  if (startsWith(bytes, 0xff, 0xd8, 0xff) || startsWith(bytes, 0x89, 0x50, 0x4e, 0x47)) return 'picture';
  if (startsWith(bytes, 0x47, 0x49, 0x46, 0x38) || /^RIFF....WEBP|^....ftyphei|^(II\*|MM\*)/.test(head)) return 'picture';
  const text = head.replace(/^(ï»¿|ÿþ|þÿ)/, '').trimStart();
  if (/^<(!doctype html|html)[\s>]/i.test(text)) return 'html';
  if (text.startsWith('<')) return 'xml';
  if (hasBinary(head)) return 'unknown';
  if (/^(Return-Path|Received|From|MIME-Version|Delivered-To|Message-ID):/im.test(text) && /\.eml$/i.test(name)) return 'mail';
  if (/\.(csv|tsv|tab)$/i.test(name)) return 'csv';
  return /\.(txt)$/i.test(name) && /^[^\n]*[;\t][^\n]*\n/.test(text) ? 'csv' : 'unknown';
}
