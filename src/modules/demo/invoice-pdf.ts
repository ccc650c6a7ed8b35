import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Json } from '#core/kernel/canonical.ts';
import { type PdfRenderer, renderPdf } from '#platform/pdf/pdf.ts';
import { qrSvg } from '#platform/pdf/qr.ts';
import type { DemoDocument } from './documents.ts';
import { facturX } from './factur-x.ts';
import { declareFacturX } from './factur-x-metadata.ts';
import { invoiceModel, invoiceTransfer } from './invoice-model.ts';

const TEMPLATE = join(fileURLToPath(new URL('../../../templates', import.meta.url)), 'invoices/v1/invoice.typ');

/** Prints a document of the demonstration as a Factur-X: PDF/A-3, tagged, with its XML. The same document gives the same bytes. */
export async function renderInvoice(document: DemoDocument, render: PdfRenderer['render'] = renderPdf): Promise<Uint8Array> {
  const transfer = invoiceTransfer(document);
  const pdf = await render({
    template: TEMPLATE,
    data: invoiceModel(document) as unknown as Json,
    files: {
      'factur-x.xml': new TextEncoder().encode(facturX(document)),
      ...(transfer === undefined ? {} : { 'qr.svg': qrSvg(transfer) }),
    },
    date: document.issuedOn,
    standard: 'a-3a',
  });
  return declareFacturX(pdf);
}
