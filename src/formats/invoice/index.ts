/** Reading invoices: PDF (Factur-X, ZUGFeRD, plain), XML (CII, UBL, XRechnung), CSV. */

export { isCreditNote } from './credit-note.ts';
export type { CsvField, CsvMapping } from './csv/columns.ts';
export { CSV_FIELDS } from './csv/columns.ts';
export type { InvoiceReading, PagePlace, ReadInvoiceResult, ReadParty } from './invoice.ts';
export { DEFAULT_LIMITS, type ReadOptions } from './options.ts';
export { isForeignToInvoices, readInvoiceFile } from './read.ts';
export { INVOICE_REFUSAL_CODES, refuseInvoice } from './refusals.ts';
