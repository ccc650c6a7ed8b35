import { frenchAmount } from '#core/kernel/french.ts';
import { money, parseTypedAmount } from '#core/kernel/money.ts';
import { type InvoiceReading, isCreditNote, type PagePlace } from '#formats/invoice/index.ts';
import type { Typed } from '#platform/form.ts';
import { integer, NBSP, NNBSP } from '#ui/format.ts';
import { type Draft, draftOf } from './draft.ts';

/** How much what was read can be relied on, and where it was read. */
export interface Source {
  /** `data`: written by the software that made the invoice; `guess`: told from the words of the page; `none`: a page without words */
  readonly kind: 'data' | 'guess' | 'none';
  readonly text: string;
}

export function sourceOf(reading: InvoiceReading): Source {
  if (reading.no_text) return { kind: 'none', text: 'image sans texte, à saisir' };
  if (reading.format === 'pdf-text') return { kind: 'guess', text: 'deviné d’après le texte, à vérifier' };
  if (reading.format === 'csv') return { kind: 'data', text: `lu à la ligne ${integer(reading.row ?? 1)} du tableau` };
  return { kind: 'data', text: 'lu dans les données de la facture' };
}

/** « Facture F-2026-12 », « Avoir A-3 », « Facture sans numéro ». */
export function titleOf(reading: InvoiceReading): string {
  const kind = isCreditNote(reading.type_code, reading.format) ? 'Avoir' : 'Facture';
  return reading.number ? `${kind} ${reading.number}` : `${kind} sans numéro`;
}

const AMOUNTS = ['net', 'tax', 'gross', 'payable'];

/** The form as it opens: what the user typed so far, else what was read, its amounts written as in France. */
export function openingOf(reading: InvoiceReading, draft: Typed | null): Draft {
  const { typed, guessed, unusable } = draftOf(reading);
  if (draft) return { typed: draft, guessed: guessed.filter((field) => draft[field] === typed[field]), unusable };
  const french = AMOUNTS.map((field) => [field, frenchDigits(typed[field] ?? '')] as const);
  return { typed: { ...typed, ...Object.fromEntries(french) }, guessed, unusable };
}

/** "4800.00" as it is typed in France: « 4 800,00 »; what is no amount stays as it is. */
function frenchDigits(text: string): string {
  const amount = parseTypedAmount(text);
  return amount ? frenchAmount(money(amount.cents)).replace(/[\s\u00a0]*€$/u, '') : text;
}

/** The place of the page that a field of the form was read from, for a PDF read by its words. */
const PLACES: Readonly<Record<string, string>> = {
  documentKind: 'type_code',
  number: 'number',
  issuedOn: 'issue_date',
  dueOn: 'due_date',
  net: 'total_net',
  tax: 'total_tax',
  gross: 'total_gross',
  payable: 'payable',
  orderReference: 'order_reference',
  'debtor.name': 'buyer.name',
  'debtor.siren': 'buyer.siren',
  'debtor.vatNumber': 'buyer.vat',
  'debtor.street': 'buyer.street',
  'debtor.postcode': 'buyer.postcode',
};

/** The words of a page, whose numbers stay on one line, with their unit. */
const unbroken = (text: string): string =>
  text.replace(/(?<=\d) (?=\d{3}(?!\d))/g, NNBSP).replace(/(?<=\d) (?=(?:€|%|EUR\b))/g, NBSP);

const inWords = ({ text, page }: PagePlace): string =>
  `D’après la page ${page}${NNBSP}: «${NBSP}${unbroken(text.length > 90 ? `${text.slice(0, 89)}…` : text)}${NBSP}»`;

/** The words of the page that a field relies on, or that nothing was found; undefined when the file's own data gave it. */
export function reliesOn(reading: InvoiceReading, field: string): string | undefined {
  if (reading.format !== 'pdf-text' || reading.no_text) return undefined;
  const place = reading.places?.[PLACES[field] ?? ''];
  return place && inWords(place);
}
