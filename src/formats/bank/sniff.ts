import { unzipSync } from 'fflate';
import { sniff } from '../text/sniff.ts';

/** What a bank file is, told from its first bytes; "other" comes with what it is in French and what to do. */
export type BankFileKind =
  | { readonly kind: 'camt' | 'cfonb' | 'mt940' | 'mt942' | 'ofx' | 'qif' | 'csv' | 'zip' | 'empty' }
  | { readonly kind: 'other'; readonly found: string; readonly advice: string };

/** How many bytes are looked at. */
export const SNIFFED = 8192;

const STATEMENT_ADVICE = 'Téléchargez le relevé au format camt.053, CFONB 120, MT940, OFX, QIF, CSV ou XLSX.';
const other = (found: string, advice = STATEMENT_ADVICE): BankFileKind => ({ kind: 'other', found, advice });

/** What people drop instead of a statement. */
const OTHERS: Readonly<Record<string, BankFileKind>> = {
  pdf: other('un PDF', 'Un relevé en PDF ne se lit pas sans risque d’erreur. Téléchargez le même en camt.053, OFX, CSV ou XLSX.'),
  picture: other('une image'),
  office: other('un document bureautique ancien', 'Enregistrez-le au format XLSX ou CSV.'),
  mail: other('un courriel', 'Enregistrez sa pièce jointe, puis déposez-la.'),
  html: other('une page web'),
};

/** Control characters that no text has: blanks, the marks of SWIFT (1 to 3) and the old end of file (26) apart. */
function isBinary(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 32 && code > 3 && code !== 26 && (code < 9 || code > 13)) return true;
  }
  return false;
}

const MT_FIELD = /(?:^|[\r\n])\s*:(?:20|25P?|28C?|34F|60[FM]|61|62[FM]|64|86|NS):/;

/** The kind of a text without markup; the name decides only for lists without a header that tells. */
function textKind(text: string, name: string): BankFileKind {
  if (/(?:^|[\r\n])OFXHEADER\s*:|<OFX>/i.test(text)) return { kind: 'ofx' };
  if (/^\s*!(?:Type|Account|Option|Clear)\b/im.test(text)) return { kind: 'qif' };
  const first = text.split(/\r?\n/).find((line) => line.trim() !== '') ?? '';
  // Bank, branch, account and the day stand at fixed places.
  if (/^0[1457]\d{5}.{4}\d{5}.{5}.{11}.{2}\d{6}/.test(first)) return { kind: 'cfonb' };
  if (/^3[149]\d{4}/.test(first) && (first.length === 240 || first.length === 241)) return other('un fichier CFONB 240');
  if (MT_FIELD.test(text) || /^\{1:F/.test(first)) {
    return { kind: /\{2:[IO]942|^942/m.test(text) || /[\r\n]:34F:|[\r\n]:90[CD]:/.test(text) ? 'mt942' : 'mt940' };
  }
  if (/\.(?:csv|tsv|tab)$/i.test(name) || /[;\t,|][^\n]*[;\t,|]/.test(first) || /[;\t]/.test(text)) return { kind: 'csv' };
  return other('un texte d’un type inconnu');
}

/** Tells the kind of a bank file from its first bytes. Names lie: they only decide where the content does not. */
export function sniffStatement(head: Uint8Array, name: string): BankFileKind {
  const kind = sniff(head, name);
  if (kind === 'empty') return { kind };
  if (head[0] === 0x50 && head[1] === 0x4b) return { kind: 'zip' };
  const known = OTHERS[kind];
  if (known) return known;
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, SNIFFED))
    .toString('latin1')
    .replaceAll('\0', '')
    .replace(/^(ï»¿|ÿþ|þÿ)/, '');
  if (kind === 'xml') return /<\?OFX|<OFX[\s>]/i.test(text) ? { kind: 'ofx' } : { kind: 'camt' };
  // A control character at the start is how SWIFT frames a message; anything else binary is not a text.
  if (isBinary(text)) return other('d’un type inconnu');
  return textKind(text, name);
}

/** Whether a file is nothing that can hold a statement, told from its first `SNIFFED` bytes. */
export const isForeignToBanks = (head: Uint8Array, name: string): boolean => sniffStatement(head, name).kind === 'other';

/** The names in a zip, without unfolding anything; undefined when it cannot be opened. */
export function zipNames(bytes: Uint8Array): string[] | undefined {
  const names: string[] = [];
  try {
    unzipSync(bytes, {
      filter: ({ name }) => {
        names.push(name);
        return false;
      },
    });
    return names;
  } catch {
    return undefined;
  }
}
