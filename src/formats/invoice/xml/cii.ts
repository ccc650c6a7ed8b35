import { all, first, value, values, words, type XmlNode } from '../../xml/tree.ts';
import type { InvoiceReading, ReadParty } from '../invoice.ts';
import { arithmeticOk, inCurrency, sirenOf } from './common.ts';

/** Where ZUGFeRD 1.0 and CII D16B/D22B (Factur-X, ZUGFeRD 2, XRechnung) keep the same things. */
interface Vocabulary {
  readonly format: 'cii' | 'zugferd1';
  readonly context: string;
  readonly document: string;
  readonly transaction: string;
  readonly agreement: string;
  readonly settlement: string;
  readonly totals: string;
}

const CII: Vocabulary = {
  format: 'cii',
  context: 'ExchangedDocumentContext',
  document: 'ExchangedDocument',
  transaction: 'SupplyChainTradeTransaction',
  agreement: 'ApplicableHeaderTradeAgreement',
  settlement: 'ApplicableHeaderTradeSettlement',
  totals: 'SpecifiedTradeSettlementHeaderMonetarySummation',
};

const ZUGFERD1: Vocabulary = {
  format: 'zugferd1',
  context: 'SpecifiedExchangedDocumentContext',
  document: 'HeaderExchangedDocument',
  transaction: 'SpecifiedSupplyChainTradeTransaction',
  agreement: 'ApplicableSupplyChainTradeAgreement',
  settlement: 'ApplicableSupplyChainTradeSettlement',
  totals: 'SpecifiedTradeSettlementMonetarySummation',
};

const isoDay = (node: XmlNode): string | null => {
  const text = words(node);
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(text ?? '');
  if (compact) return `${compact[1]}-${compact[2]}-${compact[3]}`;
  return /^\d{4}-\d{2}-\d{2}/.exec(text ?? '')?.[0] ?? text;
};

/** The days under a date element, whichever of the two spellings of the type it uses. */
const days = (parent: XmlNode | undefined, path: string): string[] =>
  all(parent, path).flatMap((n) => [...all(n, 'DateTimeString'), ...all(n, 'DateString')].flatMap((d) => isoDay(d) ?? []));

function party(node: XmlNode | undefined): ReadParty | null {
  if (!node) return null;
  const registration = (scheme: string): string | null =>
    words(all(node, 'SpecifiedTaxRegistration/ID').find((id) => id.attributes.schemeID === scheme));
  const legal = first(node, 'SpecifiedLegalOrganization/ID');
  const legalId = words(legal);
  const scheme = legal?.attributes.schemeID?.trim() || null;
  const vat = registration('VA');
  const address = first(node, 'PostalTradeAddress');
  const street = ['LineOne', 'LineTwo', 'LineThree'].flatMap((line) => value(address, line) ?? []).join(', ');
  return {
    name: value(node, 'Name'),
    trading_name: value(node, 'SpecifiedLegalOrganization/TradingBusinessName'),
    vat,
    tax_number: registration('FC'),
    legal_id: legalId,
    legal_scheme: scheme,
    ...sirenOf(legalId, scheme, vat),
    street: street || null,
    postcode: value(address, 'PostcodeCode'),
    city: value(address, 'CityName'),
    country: value(address, 'CountryID'),
    email: value(node, 'DefinedTradeContact/EmailURIUniversalCommunication/URIID'),
  };
}

/** Reads a Cross Industry Invoice: Factur-X, ZUGFeRD 2, XRechnung in CII, or ZUGFeRD 1.0. */
export function readCii(root: XmlNode, container: 'xml' | 'pdf'): InvoiceReading {
  const v = root.name === 'CrossIndustryDocument' ? ZUGFERD1 : CII;
  const context = first(root, v.context);
  const document = first(root, v.document);
  const transaction = first(root, v.transaction);
  const agreement = first(transaction, v.agreement);
  const settlement = first(transaction, v.settlement);
  const totals = first(settlement, v.totals);
  const currency = value(settlement, 'InvoiceCurrencyCode');
  const total = (name: string): string | null => inCurrency(all(totals, name), currency);
  const dueDates = days(settlement, 'SpecifiedTradePaymentTerms/DueDateDateTime');
  const [gross, prepaid, rounding, payable] = [
    total('GrandTotalAmount'),
    total('TotalPrepaidAmount'),
    total('RoundingAmount'),
    total('DuePayableAmount'),
  ];
  const means = 'SpecifiedTradeSettlementPaymentMeans';
  return {
    format: v.format,
    container,
    guideline: value(context, 'GuidelineSpecifiedDocumentContextParameter/ID'),
    process: value(context, 'BusinessProcessSpecifiedDocumentContextParameter/ID'),
    number: value(document, 'ID'),
    type_code: value(document, 'TypeCode'),
    issue_date: days(document, 'IssueDateTime')[0] ?? null,
    due_date: dueDates[0] ?? null,
    all_due_dates: dueDates,
    currency,
    seller: party(first(agreement, 'SellerTradeParty')),
    buyer: party(first(agreement, 'BuyerTradeParty')),
    payee: value(settlement, 'PayeeTradeParty/Name'),
    buyer_reference: value(agreement, 'BuyerReference'),
    order_reference: value(agreement, 'BuyerOrderReferencedDocument/IssuerAssignedID'),
    preceding_invoices: values(settlement, 'InvoiceReferencedDocument/IssuerAssignedID'),
    total_lines: total('LineTotalAmount'),
    total_net: total('TaxBasisTotalAmount'),
    total_tax: total('TaxTotalAmount'),
    total_gross: gross,
    prepaid,
    rounding,
    payable,
    iban: values(settlement, `${means}/PayeePartyCreditorFinancialAccount/IBANID`).map((iban) => iban.replaceAll(' ', '')),
    bic: values(settlement, `${means}/PayeeSpecifiedCreditorFinancialInstitution/BICID`),
    payment_means_code: values(settlement, `${means}/TypeCode`),
    remittance: value(settlement, 'PaymentReference'),
    payment_terms: values(settlement, 'SpecifiedTradePaymentTerms/Description'),
    notes: all(document, 'IncludedNote').flatMap((note) => {
      const text = value(note, 'Content');
      return text === null ? [] : [{ code: value(note, 'SubjectCode'), text }];
    }),
    line_count: all(transaction, 'IncludedSupplyChainTradeLineItem').length,
    // Some files put them under the document instead of the agreement.
    embedded_attachments: [agreement, document].flatMap((n) => all(n, 'AdditionalReferencedDocument/AttachmentBinaryObject'))
      .length,
    arithmetic_ok: arithmeticOk(gross, prepaid, rounding, payable),
  };
}
