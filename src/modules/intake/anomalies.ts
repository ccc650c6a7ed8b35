import type { InvoiceReading } from '#formats/invoice/index.ts';
import type { Creditor } from '#modules/companies/index.ts';
import { fieldErrors, parseForm, type Typed } from '#platform/form.ts';
import { NNBSP } from '#ui/format.ts';
import { draftOf, fieldsOf, foreignSeller, InvoiceForm, type InvoiceInput, maybePublic } from './draft.ts';
import { sourceOf } from './reading-words.ts';
import type { Reading } from './readings.ts';

/** A reading looked at before it is confirmed without being opened. */
export interface Checked {
  readonly item: Reading;
  readonly reading: InvoiceReading;
  /** what the form would hold */
  readonly typed: Typed;
  /** present when nothing is to be corrected */
  readonly input?: InvoiceInput;
  /** why it must be looked at by itself; empty when it needs nothing */
  readonly anomalies: readonly string[];
  /** nothing in the file tells a business from a consumer: the user says it for all of them */
  readonly kindUnknown: boolean;
}

const FIELD_NAMES: Readonly<Record<string, string>> = {
  number: 'numéro',
  issuedOn: 'date',
  dueOn: 'échéance',
  gross: 'total',
  payable: 'montant à payer',
  net: 'montant hors taxes',
  tax: 'TVA',
  currency: 'monnaie',
  'debtor.name': 'nom du client',
  'debtor.siren': 'SIREN du client',
  'debtor.email': 'adresse électronique du client',
  'debtor.country': 'pays du client',
};

/** Looks at a pending reading; undefined for one without a reading. */
export function check(item: Reading, creditor: Creditor): Checked | undefined {
  const { reading, draft } = item;
  if (!reading) return undefined;
  const { typed, guessed } = draftOf(reading);
  const parsed = parseForm(InvoiceForm, fieldsOf(typed));
  const anomalies: string[] = [];
  if (draft) anomalies.push('correction commencée');
  if (sourceOf(reading).kind !== 'data') anomalies.push(sourceOf(reading).text);
  if (!parsed.ok) {
    const names = Object.keys(fieldErrors(parsed.refusal)).map((field) => FIELD_NAMES[field] ?? field);
    anomalies.push(`à corriger${NNBSP}: ${names.join(', ')}`);
  }
  if (guessed.includes('dueOn')) anomalies.push('sans échéance');
  if (maybePublic(typed)) anomalies.push('peut-être un acheteur public');
  if (reading.arithmetic_ok === false) anomalies.push('totaux qui ne tombent pas juste');
  if (reading.all_due_dates.length > 1) anomalies.push('plusieurs échéances');
  if (reading.payee) anomalies.push(`à payer à ${reading.payee}`);
  const seller = foreignSeller(creditor, reading);
  if (seller !== undefined) anomalies.push(`émise par ${seller}`);
  if (parsed.ok && parsed.value.currency !== 'EUR') anomalies.push(`en ${parsed.value.currency}, pas en euros`);
  if (parsed.ok && parsed.value.documentKind === 'credit-note' && parsed.value.creditedInvoice === '') {
    anomalies.push('facture réduite non indiquée');
  }
  const { buyer } = reading;
  return {
    item,
    reading,
    typed,
    anomalies,
    kindUnknown: typed.documentKind === 'invoice' && !buyer?.siren && !buyer?.vat && !buyer?.legal_id,
    ...(parsed.ok ? { input: parsed.value } : {}),
  };
}
