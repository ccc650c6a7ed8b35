import { fromUnits, toUnits } from '../../text/decimal.ts';
import { StatementStopped } from '../refusals.ts';
import { shortDay } from '../words.ts';

/** Length of a CFONB 120 record. */
export const RECORD = 120;

/**
 * The last character of an amount carries its last digit and its sign: { and A to I are +0 to +9, } and J to R are −0 to −9. Files that went
 * through the French national character set have é for { and è for }.
 */
const LAST: ReadonlyMap<string, { readonly digit: number; readonly negative: boolean }> = new Map(
  ['{ABCDEFGHI', '}JKLMNOPQR', 'é', 'è'].flatMap((signs, i) =>
    [...signs].map((c, digit) => [c, { digit, negative: i % 2 === 1 }]),
  ),
);

const stop = (line: number, field: string, value: string, expected: string): never => {
  throw new StatementStopped('bad-value', { line, field, value: value.trim(), expected });
};

/** The fields that records 01, 04, 05 and 07 share, and those of each. Positions are those of the CFONB description, less one. */
export class CfonbRecord {
  readonly line: number;
  readonly #text: string;

  constructor(text: string, line: number) {
    this.#text = text;
    this.line = line;
  }

  #field(from: number, to: number): string {
    return this.#text.slice(from, to).trim();
  }

  get code(): string {
    return this.#text.slice(0, 2);
  }

  /** bank, branch and account number, 21 characters when all are there */
  get account(): string {
    return `${this.#field(2, 7)}${this.#field(11, 16)}${this.#field(21, 32)}`;
  }

  get accountNumber(): string {
    return this.#field(21, 32);
  }

  get currency(): string | null {
    return this.#field(16, 19) || null;
  }

  get day(): string {
    const text = this.#field(34, 40);
    return this.#day(text) ?? stop(this.line, 'la date', text, 'une date JJMMAA était attendue');
  }

  get valueDay(): string | null {
    const text = this.#field(42, 48);
    if (text === '' || text === '000000') return null;
    return this.#day(text) ?? stop(this.line, 'la date de valeur', text, 'une date JJMMAA était attendue');
  }

  #day(text: string): string | undefined {
    const m = /^(\d\d)(\d\d)(\d\d)$/.exec(text);
    return m ? shortDay(m[3] as string, m[2] as string, m[1] as string) : undefined;
  }

  /** Fourteen characters, the last one overpunched; the number of decimals stands in position 20 and is two when blank. */
  get amount(): string {
    const text = this.#text.slice(90, 104);
    const places = this.#text[19]?.trim() || '2';
    const last = LAST.get(text.at(-1) ?? '');
    const expected = 'quatorze caractères, dont le dernier porte le signe, étaient attendus';
    if (!/^[0-9 ]*\d{0,13}$/.test(text.slice(0, -1)) || text.length !== 14 || !last)
      return stop(this.line, 'le montant', text, expected);
    if (!/^\d$/.test(places)) return stop(this.line, 'le nombre de décimales', places, 'un chiffre était attendu');
    const digits = `${text.slice(0, -1).trim()}${last.digit}`;
    if (!/^\d+$/.test(digits)) return stop(this.line, 'le montant', text, expected);
    const padded = digits.padStart(Number(places) + 1, '0');
    const at = padded.length - Number(places);
    const units = toUnits(`${padded.slice(0, at)}.${padded.slice(at)}`) ?? 0n;
    return fromUnits(last.negative ? -units : units);
  }

  get rejectReason(): string | null {
    const reason = this.#field(40, 42);
    return reason === '' || reason === '00' ? null : reason;
  }

  get label(): string {
    return this.#field(48, 79);
  }

  get entryNumber(): string | null {
    const number = this.#field(81, 88);
    return /^0*$/.test(number) ? null : number;
  }

  get reference(): string | null {
    return this.#field(104, 120) || null;
  }

  /** What a record 05 tells: its qualifier, and up to seventy characters. */
  get detail(): { readonly qualifier: string; readonly text: string } {
    return { qualifier: this.#text.slice(45, 48).trim(), text: this.#text.slice(48, 118).trimEnd() };
  }
}
