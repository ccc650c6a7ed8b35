import { openXml } from '../../xml/open.ts';
import type { XmlNode } from '../../xml/tree.ts';
import type { InvoiceReading } from '../invoice.ts';
import type { ReadLimits } from '../options.ts';
import { refuseInvoice } from '../refusals.ts';
import { readCii } from './cii.ts';
import { readUbl } from './ubl.ts';

const UBL = 'urn:oasis:names:specification:ubl:schema:xsd:';

/** Documents that people mistake for invoices, by their root's local name, with what to call them in French. */
const OTHER_DOCUMENTS: Readonly<Record<string, string>> = {
  SCRDMCCBDACIOMessageStructure: 'une commande Order-X',
  CrossDomainAcknowledgementAndResponse: 'un message de cycle de vie (CDAR)',
  FatturaElettronica: 'une facture italienne FatturaPA',
  Order: 'une commande UBL',
  OrderResponse: 'une réponse à une commande UBL',
  DespatchAdvice: 'un avis d’expédition UBL',
  ReceiptAdvice: 'un avis de réception UBL',
  ApplicationResponse: 'une réponse UBL à un document',
  Catalogue: 'un catalogue UBL',
  Reminder: 'une relance UBL',
  Statement: 'un relevé de compte UBL',
  Document: 'un message bancaire ISO 20022',
  xmpmeta: 'des métadonnées XMP',
  svg: 'une image SVG',
};

export type XmlOutcome =
  | { readonly ok: true; readonly value: InvoiceReading }
  | (ReturnType<typeof refuseInvoice> & {
      /** true when the XML is a known document of another kind, so that nothing better is to be hoped for from the same file */
      readonly known?: boolean;
    });

function readRoot(root: XmlNode, container: 'xml' | 'pdf', file: string): XmlOutcome {
  const { name, namespace } = root;
  if (name === 'CrossIndustryInvoice' && namespace.startsWith('urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:')) {
    return { ok: true, value: readCii(root, container) };
  }
  if (name === 'CrossIndustryDocument' && namespace.startsWith('urn:ferd:CrossIndustryDocument:invoice:')) {
    return { ok: true, value: readCii(root, container) };
  }
  if ((name === 'Invoice' || name === 'CreditNote') && namespace === `${UBL}${name}-2`) {
    return { ok: true, value: readUbl(root, container) };
  }
  const known = Object.hasOwn(OTHER_DOCUMENTS, name) ? OTHER_DOCUMENTS[name] : undefined;
  const found = known ?? `un XML d’une autre sorte (racine « ${name} »${namespace ? `, ${namespace}` : ''})`;
  return { ...refuseInvoice('not-an-invoice', file, { found, root: name, namespace }), known: known !== undefined };
}

/** Reads one XML invoice, alone or taken out of a PDF, or says why it is none. Never reads anything but these bytes. */
export function readXmlInvoice(bytes: Uint8Array, file: string, container: 'xml' | 'pdf', limits: ReadLimits): XmlOutcome {
  if (bytes.length > limits.maxXmlBytes) {
    return refuseInvoice('too-large', file, { what: 'son XML', size: bytes.length, limit: limits.maxXmlBytes });
  }
  const opened = openXml(bytes, limits);
  if ('root' in opened) return readRoot(opened.root, container, file);
  switch (opened.problem) {
    case 'doctype':
      return refuseInvoice('xml-doctype', file);
    case 'too-deep':
      return refuseInvoice('xml-too-deep', file, { limit: limits.maxXmlDepth });
    case 'too-many-elements':
      return refuseInvoice('xml-too-many-elements', file, { limit: limits.maxXmlElements });
    case 'not-well-formed':
      return refuseInvoice('xml-not-well-formed', file, opened.line ? { line: opened.line } : {});
  }
}
