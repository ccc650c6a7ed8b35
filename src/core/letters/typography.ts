/** French typography of our own sentences. Figures are written by core/kernel/french. */

/** no-break space */
export const NBSP = '\u00a0';
/** narrow no-break space: before ; : ! ? and inside guillemets */
const NNBSP = '\u202f';

/**
 * Tag of a French sentence: fr`Payez ${amount} avant le ${day} !` gets its no-break spaces and curly apostrophes. Only our own
 * words are touched: what is inserted (a name, an amount already written) stays as it is.
 */
export function fr(words: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  return words.map((text, i) => typeset(text) + (i < values.length ? String(values[i]) : '')).join('');
}

/** A text of ours, or of the user's own prose, with the spaces and apostrophes of French typography. */
export function typeset(words: string): string {
  return words
    .replaceAll("'", '’')
    .replace(/ (?=[;:!?»])/g, NNBSP)
    .replace(/(?<=«) /g, NNBSP)
    .replace(/(?<=\d) (?=[€%])/g, NBSP)
    .replace(/(?<=\bn°) /g, NBSP)
    .replace(/(?<=\b(?:[12]?\d|3[01]|1er)) (?=(?:jan|fév|mars|avr|mai|juin|juil|août|sept|oct|nov|déc))/g, NBSP)
    .replace(/(?<=\b[Aa]rticles?) (?=[LRD]?\d|[LRD]\d)/g, NBSP)
    .replace(/(?<=\bet) (?=[LRD]?\d)/g, NBSP);
}

/** « a, b et c » */
export function frenchList(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} et ${items[items.length - 1]}`;
}

/** « 1 facture », « 3 factures » */
export const counted = (count: number, one: string, many: string): string => `${count}${NBSP}${count > 1 ? many : one}`;

/** « 552 081 317 » for nine digits; any other text comes back as it is. */
export const frenchSiren = (siren: string): string => (/^\d{9}$/.test(siren) ? siren.replace(/\B(?=(\d{3})+$)/g, NBSP) : siren);

/** « FR76 3000 6000 0112 3456 7890 189 »: groups of four, separated by ordinary spaces so that a copy can be pasted. */
export const groupedIban = (iban: string): string => iban.replace(/(.{4})(?=.)/g, '$1 ');

/** What stands for a character that no typeface of ours can draw. */
const UNPRINTABLE = '☐';

/** Latin, Greek and Cyrillic letters, and the signs of business letters: what every typeface of assets/fonts holds (a test reads them). */
const UNKNOWN =
  /[^\u0020-\u007e\u00a0-\u00ac\u00ae-\u012b\u012e-\u0131\u0134-\u0165\u0168-\u017f\u0192\u01cd-\u01dc\u0218-\u021b\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0400-\u045f\u0490-\u0493\u1e80-\u1e85\u1e9e\u1ea0-\u1ef9\u2010\u2012-\u2015\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u202f\u2030\u2032\u2033\u2039\u203a\u20ac\u2116\u2122\u2190-\u2193\u2212\u2260\u2264\u2265\u2610]/gu;

/**
 * A text as it can be printed: composed letters (NFC), blanks of every kind made one space, invisible controls (the ones that
 * reverse the reading direction among them) dropped, and what our typefaces cannot draw replaced by ☐ and told in `replaced`.
 */
export function printable(text: string): { readonly text: string; readonly replaced: readonly string[] } {
  const replaced: string[] = [];
  const clean = text
    .normalize('NFC')
    .replace(/(?![\u00a0\u202f])[\s\p{Zs}]+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Variation_Selector}]/gu, '');
  const kept = clean.replace(UNKNOWN, (character) => {
    replaced.push(character);
    return UNPRINTABLE;
  });
  return { text: kept.trim(), replaced };
}
