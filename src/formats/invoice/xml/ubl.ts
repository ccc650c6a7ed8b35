import { all, first, value, values, words, type XmlNode } from '../../xml/tree.ts';
import type { InvoiceReading, ReadParty } from '../invoice.ts';
import { arithmeticOk, inCurrency, sirenOf } from './common.ts';

function party(node: XmlNode | undefined): ReadParty | null {
  if (!node) return null;
  const taxes = all(node, 'PartyTaxScheme').map((scheme) => ({
    id: value(scheme, 'CompanyID'),
    vat: (value(scheme, 'TaxScheme/ID') ?? '').toUpperCase() === 'VAT',
  }));
  const vat = taxes.find((t) => t.vat)?.id ?? null;
  const legal = first(node, 'PartyLegalEntity/CompanyID');
  const legalId = words(legal);
  const scheme = legal?.attributes.schemeID?.trim() || null;
  const address = first(node, 'PostalAddress');
  const street = [value(address, 'StreetName'), value(address, 'AdditionalStreetName'), value(address, 'AddressLine/Line')];
  const tradingName = value(node, 'PartyName/Name');
  return {
    name: value(node, 'PartyLegalEntity/RegistrationName') ?? tradingName,
    trading_name: tradingName,
    vat,
    tax_number: taxes.find((t) => !t.vat)?.id ?? null,
    legal_id: legalId,
    legal_scheme: scheme,
    ...sirenOf(legalId, scheme, vat),
    street: street.flatMap((line) => line ?? []).join(', ') || null,
    postcode: value(address, 'PostalZone'),
    city: value(address, 'CityName'),
    country: value(address, 'Country/IdentificationCode'),
    email: value(node, 'Contact/ElectronicMail'),
  };
}

/** Reads a UBL 2 Invoice or CreditNote, XRechnung and Peppol BIS included. */
export function readUbl(root: XmlNode, container: 'xml' | 'pdf'): InvoiceReading {
  const creditNote = root.name === 'CreditNote';
  const currency = value(root, 'DocumentCurrencyCode');
  const totals = first(root, 'LegalMonetaryTotal');
  const total = (name: string): string | null => inCurrency(all(totals, name), currency);
  const dueDates = [...values(root, 'DueDate'), ...values(root, 'PaymentMeans/PaymentDueDate')];
  const [gross, prepaid, rounding, payable] = [
    total('TaxInclusiveAmount'),
    total('PrepaidAmount'),
    total('PayableRoundingAmount'),
    total('PayableAmount'),
  ];
  const account = 'PaymentMeans/PayeeFinancialAccount';
  return {
    format: creditNote ? 'ubl-creditnote' : 'ubl',
    container,
    guideline: value(root, 'CustomizationID'),
    process: value(root, 'ProfileID'),
    number: value(root, 'ID'),
    type_code: value(root, creditNote ? 'CreditNoteTypeCode' : 'InvoiceTypeCode'),
    issue_date: value(root, 'IssueDate'),
    due_date: dueDates[0] ?? null,
    all_due_dates: dueDates,
    currency,
    seller: party(first(root, 'AccountingSupplierParty/Party')),
    buyer: party(first(root, 'AccountingCustomerParty/Party')),
    payee: value(root, 'PayeeParty/PartyName/Name'),
    buyer_reference: value(root, 'BuyerReference'),
    order_reference: value(root, 'OrderReference/ID'),
    preceding_invoices: values(root, 'BillingReference/InvoiceDocumentReference/ID'),
    total_lines: total('LineExtensionAmount'),
    total_net: total('TaxExclusiveAmount'),
    total_tax: inCurrency(all(root, 'TaxTotal/TaxAmount'), currency),
    total_gross: gross,
    prepaid,
    rounding,
    payable,
    iban: values(root, `${account}/ID`).map((iban) => iban.replaceAll(' ', '')),
    bic: values(root, `${account}/FinancialInstitutionBranch/ID`),
    payment_means_code: values(root, 'PaymentMeans/PaymentMeansCode'),
    remittance: value(root, 'PaymentMeans/PaymentID'),
    payment_terms: values(root, 'PaymentTerms/Note'),
    notes: values(root, 'Note').map((text) => ({ code: null, text })),
    line_count: all(root, creditNote ? 'CreditNoteLine' : 'InvoiceLine').length,
    embedded_attachments: all(root, 'AdditionalDocumentReference/Attachment/EmbeddedDocumentBinaryObject').length,
    arithmetic_ok: arithmeticOk(gross, prepaid, rounding, payable),
  };
}
