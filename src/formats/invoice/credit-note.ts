import type { InvoiceReading } from './invoice.ts';

/** UNTDID 1001 codes of documents that reduce what is owed: credit notes of every kind, EN 16931 and its French extension. */
const CREDIT_NOTES: ReadonlySet<string> = new Set([
  '81',
  '83',
  '261',
  '262',
  '296',
  '308',
  '381',
  '396',
  '420',
  '458',
  '502',
  '503',
  '532',
]);

/** True when a document reduces what the buyer owes: by its type code, or by being a UBL CreditNote (some of which carry 380). */
export const isCreditNote = (typeCode: string | null, format?: InvoiceReading['format']): boolean =>
  format === 'ubl-creditnote' || (typeCode !== null && CREDIT_NOTES.has(typeCode));
