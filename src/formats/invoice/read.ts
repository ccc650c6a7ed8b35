import { type FileKind, sniff } from '../text/sniff.ts';
import type { ReadInvoiceResult } from './invoice.ts';
import { limitsOf, type ReadOptions } from './options.ts';
import { refuseInvoice } from './refusals.ts';

/** What people drop instead of an invoice, and what they can do about it. */
const UNSUPPORTED: Partial<Record<FileKind, { found: string; advice: string }>> = {
  zip: { found: 'une archive ZIP', advice: 'Décompressez-la, puis déposez les factures qu’elle contient.' },
  picture: { found: 'une image', advice: 'Enregistrez-la en PDF, ou demandez la facture d’origine.' },
  office: {
    found: 'un document de traitement de texte ou de tableur',
    advice: 'Exportez-le en PDF, ou en CSV pour une liste de factures.',
  },
  mail: { found: 'un courriel', advice: 'Enregistrez sa pièce jointe, puis déposez-la.' },
  html: { found: 'une page web', advice: 'Imprimez-la en PDF, puis déposez ce PDF.' },
  unknown: { found: 'd’un type inconnu', advice: 'Exportez la facture en PDF, puis déposez ce PDF.' },
};

/** Whether a file is nothing that can hold an invoice, told from its first bytes. */
export const isForeignToInvoices = (head: Uint8Array, name: string): boolean => UNSUPPORTED[sniff(head, name)] !== undefined;

/**
 * Reads an invoice file of any kind: what it is is told from its bytes. A CSV gives one reading a row, other files one reading. Nothing is
 * fetched and nothing thrown for a bad file: it is refused, with one of the codes of docs/reference/errors.md.
 * A hostile file can still take long: readers of files from outside go through `createInvoiceReader` of the invoices module.
 */
export async function readInvoiceFile(bytes: Uint8Array, name: string, options: ReadOptions = {}): Promise<ReadInvoiceResult> {
  const limits = limitsOf(options);
  if (bytes.length > limits.maxBytes) {
    return refuseInvoice('too-large', name, { what: 'il', size: bytes.length, limit: limits.maxBytes });
  }
  const kind = sniff(bytes, name);
  switch (kind) {
    case 'empty':
      return refuseInvoice('empty-file', name);
    case 'pdf':
      return (await import('./pdf/read.ts')).readPdfInvoice(bytes, name, options);
    case 'xml': {
      const outcome = (await import('./xml/read.ts')).readXmlInvoice(bytes, name, 'xml', limits);
      return outcome.ok ? { ok: true, value: [outcome.value] } : { ok: false, refusal: outcome.refusal };
    }
    case 'csv':
      return (await import('./csv/read.ts')).readCsvInvoices(bytes, name, options.mapping ?? {}, limits);
    default:
      return refuseInvoice('unsupported-type', name, UNSUPPORTED[kind] ?? {});
  }
}
