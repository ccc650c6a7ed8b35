import { EncryptedPDFError, ParseSpeeds, PDFDocument } from '@cantoo/pdf-lib';
import type { ReadInvoiceResult } from '../invoice.ts';
import { limitsOf, type ReadLimits, type ReadOptions } from '../options.ts';
import { refuseInvoice } from '../refusals.ts';
import { proposeFromWords } from '../text/propose.ts';
import { readXmlInvoice, type XmlOutcome } from '../xml/read.ts';
import { type Attachment, attachmentsOf } from './attachments.ts';
import { findUnfoldingBomb } from './streams.ts';
import { readWords } from './words.ts';

/** The names the standards give to the invoice inside a PDF, in the order they are tried. */
const INVOICE_NAMES = ['factur-x.xml', 'xrechnung.xml', 'zugferd-invoice.xml'];

type Opened = { readonly attachments: readonly Attachment[] } | 'broken';

/**
 * Opens a PDF for its attachments. Protected files whose password is empty (they only restrict printing or copying) open like others. A
 * password that is asked for shows here as "broken" and is told apart when the words are read.
 */
async function open(bytes: Uint8Array): Promise<Opened> {
  const options = { updateMetadata: false, parseSpeed: ParseSpeeds.Fastest, throwOnInvalidObject: false };
  try {
    return { attachments: attachmentsOf(await PDFDocument.load(bytes, options)) };
  } catch (error) {
    if (!(error instanceof EncryptedPDFError)) return 'broken';
  }
  try {
    return { attachments: attachmentsOf(await PDFDocument.load(bytes, { ...options, password: '' })) };
  } catch {
    return 'broken';
  }
}

/** Invoices by name first; then whatever is XML. */
function candidates(attachments: readonly Attachment[]): { attachment: Attachment; named: boolean }[] {
  const rank = (a: Attachment): number => INVOICE_NAMES.indexOf(a.name.toLowerCase().split(/[/\\]/).at(-1) ?? '');
  const named = attachments.filter((a) => rank(a) >= 0).sort((a, b) => rank(a) - rank(b));
  const others = attachments.filter((a) => rank(a) < 0 && (/\.xml$/i.test(a.name) || !/\.\w{2,5}$/.test(a.name)));
  return [
    ...named.map((attachment) => ({ attachment, named: true })),
    ...others.map((attachment) => ({ attachment, named: false })),
  ];
}

function readAttachment(attachment: Attachment, file: string, limits: ReadLimits): XmlOutcome {
  const content = attachment.content(limits.maxXmlBytes);
  if (content === 'over') return refuseInvoice('too-large', file, { what: 'son XML', limit: limits.maxXmlBytes });
  if (content === undefined) return refuseInvoice('corrupt-pdf', file, { attachment: attachment.name });
  return readXmlInvoice(content, file, 'pdf', limits);
}

/** The invoice a PDF carries as XML; a refusal when a file named like an invoice, or a known other document, is all there is. */
function readEmbedded(attachments: readonly Attachment[], file: string, limits: ReadLimits): XmlOutcome | undefined {
  let refusal: XmlOutcome | undefined;
  for (const { attachment, named } of candidates(attachments)) {
    const outcome = readAttachment(attachment, file, limits);
    if (outcome.ok) return outcome;
    if (named || outcome.known) refusal ??= outcome;
  }
  return refusal;
}

/** Reads an invoice in PDF: by the XML it carries, else by the words of its pages. */
export async function readPdfInvoice(bytes: Uint8Array, file: string, options: ReadOptions): Promise<ReadInvoiceResult> {
  const limits = limitsOf(options);
  const bomb = findUnfoldingBomb(bytes, limits);
  if (bomb !== undefined) return refuseInvoice('too-large', file, { what: 'une fois décompressé, son contenu', limit: bomb });
  const opened = await open(bytes);
  if (opened !== 'broken' && options.embeddedXml !== 'ignore') {
    const outcome = readEmbedded(opened.attachments, file, limits);
    if (outcome) return outcome.ok ? { ok: true, value: [outcome.value] } : { ok: false, refusal: outcome.refusal };
  }
  const pages = await readWords(bytes, limits.maxPages);
  if (pages === 'locked') return refuseInvoice('encrypted-pdf', file);
  if (pages === 'broken') return refuseInvoice('corrupt-pdf', file);
  const reading = proposeFromWords(pages);
  // A file that one of the two libraries cannot open and that shows no words is damaged; one that both open is a scan.
  return opened === 'broken' && reading.no_text ? refuseInvoice('corrupt-pdf', file) : { ok: true, value: [reading] };
}
