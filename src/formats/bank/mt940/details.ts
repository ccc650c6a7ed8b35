import type { Counterparty } from '../statement.ts';
import { clean, findIban, ibanOf, joined } from '../words.ts';

/** What field :86: tells of a payment. */
export type Details = Counterparty & { readonly returnReason: string | null };

/** Lines that the format cut at 65 characters go on with no blank; shorter ones ended there. */
const LINE = 65;

/** The same within the sub-fields of a structured field, cut at 27 characters. */
const SUB_FIELD = 27;

const glued = (parts: readonly string[], full: number): string =>
  parts.reduce((text, part, i) => text + (i > 0 && (parts[i - 1] as string).length < full ? ' ' : '') + part, '');

/** SEPA keywords that German and Austrian banks write inside the purpose. */
const KEYWORD = /(?:^|(?<=\s|[^A-Z]))(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP|COAM|OAMT)\+/g;

function keywords(purpose: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const marks = [...purpose.matchAll(KEYWORD)];
  marks.forEach((mark, i) => {
    const from = mark.index + mark[0].length;
    found.set(mark[1] as string, purpose.slice(from, marks[i + 1]?.index ?? purpose.length).trim());
  });
  return found;
}

const reference = (text: string | undefined): string | null => {
  const words = clean(text);
  return words === null || /^(NOT ?PROVIDED|NONREF)$/i.test(words) ? null : words;
};

/** "166?00GUTSCHRIFT?20SVWZ+…?31IBAN?32NAME": a three-digit code, then sub-fields after a separator of the bank's choice. */
function subFields(text: string, separator: string, own: string | null): Details {
  const fields = new Map<string, string>();
  const mark = separator === '?' ? /\?(\d\d)/ : />(\d\d)/;
  const parts = text.slice(3).split(mark);
  for (let i = 1; i + 1 < parts.length; i += 2) fields.set(parts[i] as string, parts[i + 1] as string);
  const list = (from: number, to: number): string[] =>
    [...fields].filter(([code]) => Number(code) >= from && Number(code) <= to).map(([, words]) => words);
  const purpose = glued([...list(20, 29), ...list(60, 63)], SUB_FIELD);
  const sepa = keywords(purpose);
  const words = sepa.get('SVWZ') ?? (sepa.size > 0 ? purpose.replace(KEYWORD, ' ') : purpose);
  return {
    name: clean(list(32, 33).join('')),
    iban: ibanOf(fields.get('31')) ?? ibanOf(sepa.get('IBAN')) ?? findIban(purpose, own),
    text: joined([fields.get('00'), words]),
    reference: reference(sepa.get('EREF')) ?? reference(sepa.get('KREF')),
    returnReason: null,
  };
}

const SLASHED =
  /\/(TRTP|TRCD|IBAN|BIC|NAME|REMI|EREF|PREF|ORDP|BENM|CNTP|CSID|MARF|ADDR|ISDT|SVCL|PURP|ULTC|ULTD|ULTB|RTRN|OCMT|CHGS|IREF|USTD|STRD)\//g;

/** "/TRTP/SEPA…/IBAN/NL…/NAME/…/REMI/…": words of SWIFT between slashes. */
function slashed(text: string, own: string | null): Details {
  const marks = [...text.matchAll(SLASHED)];
  const fields = new Map<string, string>();
  marks.forEach((mark, i) => {
    const from = mark.index + mark[0].length;
    const words = text.slice(from, marks[i + 1]?.index ?? text.length).replace(/^\/+|\/+$/g, '');
    if (!fields.has(mark[1] as string)) fields.set(mark[1] as string, words);
  });
  const [iban, , name] = fields.get('CNTP')?.split('/') ?? [];
  return {
    name: clean(fields.get('NAME')) ?? clean(name),
    iban: ibanOf(fields.get('IBAN')) ?? ibanOf(iban) ?? findIban(text, own),
    text: joined([fields.get('REMI')?.replace(/^(USTD|STRD)\/+/, ''), fields.get('USTD'), fields.get('STRD')]) ?? clean(text),
    reference: reference(fields.get('EREF')) ?? reference(fields.get('PREF')),
    returnReason: clean(fields.get('RTRN')),
  };
}

/** Reads the lines of :86:, structured or free. `own` is the account of the statement, never taken for the other side's. */
export function readDetails(lines: readonly string[], own: string | null): Details {
  const tight = lines.join('');
  const structured = /^\d{3}([?>])\d\d/.exec(tight) ?? /^\d{3}(>)\d+>\d\d/.exec(tight);
  if (structured) return subFields(tight, structured[1] as string, own);
  if (/^\/[A-Z]{4}\//.test(tight)) return slashed(tight, own);
  const text = glued(
    lines.map((line) => line.replace(/\s+$/, (blanks) => (line.length >= LINE ? blanks : ''))),
    LINE,
  );
  return { name: null, iban: findIban(text, own), text: clean(text), reference: null, returnReason: null };
}

/** Reads the lines of :NS:, which some banks write instead of :86: two digits, then words. */
export function readNonSwift(lines: readonly string[], own: string | null): Details {
  const fields = lines.map((line) => ({ code: Number(line.slice(0, 2)), words: line.slice(2) }));
  const list = (from: number, to: number): string[] => fields.filter((f) => f.code >= from && f.code <= to).map((f) => f.words);
  const text = joined([...list(17, 17), ...list(1, 14)]);
  return { name: clean(list(15, 16).join('')), iban: findIban(text, own), text, reference: null, returnReason: null };
}
