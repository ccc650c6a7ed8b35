import { isValidIBAN } from 'ibantools';
import { parseDay } from '#core/kernel/day.ts';

/** Runs of blanks as one; null when nothing is left. */
export function clean(text: string | null | undefined): string | null {
  const words = text?.replace(/\s+/g, ' ').trim();
  return words ? words : null;
}

/** Texts joined with a blank, those already said left out; null when nothing is left. */
export function joined(parts: readonly (string | null | undefined)[]): string | null {
  const kept: string[] = [];
  for (const part of parts) {
    const words = clean(part);
    if (words && !kept.some((k) => k.includes(words))) kept.push(words);
  }
  return kept.length > 0 ? kept.join(' ') : null;
}

/** The IBAN a field holds, without blanks; null when its key is wrong or it is none. */
export function ibanOf(text: string | null | undefined): string | null {
  const bare = text?.replace(/[\s.-]/g, '').toUpperCase() ?? '';
  return bare.length >= 15 && bare.length <= 34 && isValidIBAN(bare) ? bare : null;
}

/** What stands in a field that can only be an IBAN, without blanks; its key is not checked: the bank says what it says. */
export const writtenIban = (text: string | null): string | null => text?.replace(/\s/g, '').toUpperCase() || null;

/** The first valid IBAN written in a text, other than `own`. */
export function findIban(text: string | null, own: string | null = null): string | null {
  for (const m of (text ?? '').matchAll(/(?<![A-Z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?![A-Z0-9])/g)) {
    // The text may go on after the number, with words of capitals: shorter and shorter pieces are tried.
    const words = m[0].split(' ');
    for (let count = words.length; count > 0; count--) {
      const iban = ibanOf(words.slice(0, count).join(''));
      if (iban && iban !== own) return iban;
    }
  }
  return null;
}

/** Days already checked: a statement says the same few again and again. */
const CHECKED = new Map<string, string | undefined>();
const MAX_CHECKED = 4096;

/** The day of "2026-03-31", with or without a time after it; undefined when there is no such day. */
export function dayOf(text: string): string | undefined {
  const day = text.slice(0, 10);
  if (CHECKED.has(day)) return CHECKED.get(day);
  if (CHECKED.size >= MAX_CHECKED) CHECKED.clear();
  const checked = parseDay(day)?.toString();
  CHECKED.set(day, checked);
  return checked;
}

/** The day of two-digit year, month and day: "26", "03", "31". Years from 80 are of the last century. Undefined when there is no such day. */
export function shortDay(year: string, month: string, day: string): string | undefined {
  return dayOf(`${Number(year) >= 80 ? '19' : '20'}${year}-${month}-${day}`);
}
