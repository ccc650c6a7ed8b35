import { isValidBIC, isValidIBAN } from 'ibantools';
import { isFrenchVat, isSiren, isSiret } from '../../siren.ts';
import { fold } from '../../text/values.ts';
import type { PagePlace } from '../invoice.ts';
import { type Layout, placeOf, type Segment } from './layout.ts';

/** An identifier whose own key is right, and where it stands. */
export interface Identifier {
  readonly kind: 'siren' | 'siret' | 'vat' | 'iban' | 'bic';
  readonly value: string;
  readonly place: PagePlace;
  readonly segment: Segment;
  /** the words before it say it is the reader's own number: "votre TVA", "N° TVA client" */
  readonly ofBuyer: boolean;
}

const BUYERS_OWN = /(?:client|acheteur|votre|vos|customer|your|buyer|ihre|kunden)[^:]*:?\s*$/;

/** European VAT numbers without a public key here: the shape alone. */
const FOREIGN_VAT =
  /(?<![A-Z0-9])(?:DE ?\d{3} ?\d{3} ?\d{3}|BE ?[01]\d{3}[. ]?\d{3}[. ]?\d{3}|LU ?\d{8}|IT ?\d{11}|NL ?\d{9} ?B\d{2}|ATU ?\d{8}|ES ?[A-Z0-9]\d{7}[A-Z0-9]|PT ?\d{9}|CHE-?\d{3}\.?\d{3}\.?\d{3})(?![A-Z0-9])/g;

const compact = (text: string): string => text.replace(/[\s.\u00a0\u202f-]/g, '');

interface Hit {
  readonly kind: Identifier['kind'];
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** An IBAN is followed by other words as often as not: the longest run of characters that passes mod 97 is taken. */
function ibans(text: string): Hit[] {
  return [...text.matchAll(/(?<![A-Z0-9])[A-Z]{2}\d{2}(?:[ \u00a0]?[A-Z0-9]){11,30}/g)].flatMap((m) => {
    for (let length = m[0].length; length >= 15; length--) {
      const value = compact(m[0].slice(0, length));
      if (/[A-Z0-9]$/.test(m[0].slice(0, length)) && isValidIBAN(value)) {
        return [{ kind: 'iban' as const, value, start: m.index, end: m.index + length }];
      }
    }
    return [];
  });
}

function matches(text: string, pattern: RegExp, kind: Identifier['kind'], valid: (value: string) => boolean): Hit[] {
  return [...text.matchAll(pattern)].flatMap((m) => {
    const value = compact(m[0]).replace(/^TVA/, '');
    return valid(value) ? [{ kind, value, start: m.index, end: m.index + m[0].length }] : [];
  });
}

function hits(text: string): Hit[] {
  const found = [
    ...ibans(text),
    ...matches(
      text,
      /(?<![A-Z0-9])FR[ \u00a0]?[0-9A-Z]{2}[ \u00a0]?\d{3}[ \u00a0.]?\d{3}[ \u00a0.]?\d{3}(?![ \u00a0]?\d)/g,
      'vat',
      isFrenchVat,
    ),
    ...matches(text, FOREIGN_VAT, 'vat', () => true),
    ...matches(
      text,
      /(?<!\d[ \u00a0.]?)\d{3}[ \u00a0.]?\d{3}[ \u00a0.]?\d{3}[ \u00a0.]?\d{2,3}[ \u00a0.]?\d{2,3}(?![ \u00a0]?\d)/g,
      'siret',
      isSiret,
    ),
    ...matches(
      text,
      /(?<!(?:\d|FR[ \u00a0]?[0-9A-Z]{2})[ \u00a0.]?)\d{3}[ \u00a0.]?\d{3}[ \u00a0.]?\d{3}(?![ \u00a0.]?\d)/g,
      'siren',
      isSiren,
    ),
  ];
  return found.filter(
    (a) => !found.some((b) => b !== a && b.start <= a.start && a.end <= b.end && b.end - b.start > a.end - a.start),
  );
}

/** Nine digits alone may be a phone or an order number: a SIREN must be called one. */
const namesSiren = (folded: string): boolean => /siren|siret|r\.? ?c\.? ?s|immatricul|n° ?tva|registre/.test(folded);

const bics = (text: string): Hit[] =>
  /\b(?:BIC|SWIFT)\b/i.test(text)
    ? matches(text, /(?<![A-Z0-9])[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?(?![A-Z0-9])/g, 'bic', (v) => isValidBIC(v))
    : [];

/** Every SIREN, SIRET, VAT number, IBAN and BIC of the pages whose key is right, in reading order. */
export function findIdentifiers(layout: Layout): Identifier[] {
  const found: Identifier[] = [];
  for (const line of layout.lines) {
    const before = found.length;
    const whole = line.map((s) => s.text).join(' ');
    const called = namesSiren(fold(whole));
    for (const segment of line) {
      const text = segment.text;
      const bicLine = /\b(?:BIC|SWIFT)\b/i.test(whole) && !/\b(?:BIC|SWIFT)\b/i.test(text) ? bics(`BIC ${text}`) : bics(text);
      for (const hit of [...hits(text), ...bicLine.filter((h) => text.includes(h.value))]) {
        if (hit.kind === 'siren' && !called) continue;
        const start = hit.kind === 'bic' ? text.indexOf(hit.value) : hit.start;
        const place = placeOf(segment, start, start + (hit.end - hit.start));
        found.push({ kind: hit.kind, value: hit.value, place, segment, ofBuyer: BUYERS_OWN.test(fold(text.slice(0, start))) });
      }
    }
    if (found.length === before && line.length > 1) found.push(...acrossCells(line));
  }
  return found;
}

/** An IBAN printed in cells, group by group, as on a French RIB. */
function acrossCells(line: readonly Segment[]): Identifier[] {
  const text = line.map((s) => s.text.trim()).join(' ');
  const [segment] = line;
  return segment
    ? ibans(text).map((hit) => ({
        kind: 'iban',
        value: hit.value,
        place: placeOf(segment, 0, segment.text.length, text),
        segment,
        ofBuyer: false,
      }))
    : [];
}
