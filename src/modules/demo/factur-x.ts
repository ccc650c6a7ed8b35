import type { Day } from '#core/kernel/day.ts';
import { frenchDay } from '#core/kernel/french.ts';
import { formatCents } from '#core/kernel/money.ts';
import { DEMO_COMPANY } from './company.ts';
import type { DemoDocument, DemoLine, VatLine } from './documents.ts';
import { lateMentions, paymentTerms, REVERSE_CHARGE } from './mentions.ts';
import type { LineUnit, StoryDebtor } from './story-model.ts';
import { leaf, node, open } from './xml.ts';

/** UN/ECE Recommendation 20. */
const UNITS: Readonly<Record<LineUnit, string>> = { flat: 'C62', day: 'DAY', hour: 'HUR', piece: 'H87' };

const NAMESPACES = {
  'xmlns:rsm': 'urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100',
  'xmlns:ram': 'urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100',
  'xmlns:udt': 'urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100',
  'xmlns:qdt': 'urn:un:unece:uncefact:data:standard:QualifiedDataType:100',
};

const day = (of: Day, prefix: 'udt' | 'qdt' = 'udt'): string =>
  leaf(`${prefix}:DateTimeString`, of.toString().replaceAll('-', ''), { format: '102' });

/** The CII invoice (EN 16931 profile) that Factur-X carries inside its PDF, in the order of elements that its schema asks for. */
export function facturX(document: DemoDocument): string {
  const { story, number, issuedOn } = document;
  const root = open('rsm:CrossIndustryInvoice', NAMESPACES);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}${[
    node(
      'rsm:ExchangedDocumentContext',
      node('ram:GuidelineSpecifiedDocumentContextParameter', leaf('ram:ID', 'urn:cen.eu:en16931:2017')),
    ),
    node(
      'rsm:ExchangedDocument',
      leaf('ram:ID', number),
      leaf('ram:TypeCode', story.kind === 'invoice' ? '380' : '381'),
      node('ram:IssueDateTime', day(issuedOn)),
      ...[{ code: 'AAI', text: story.subject }, ...lateMentions(document)].map(({ code, text }) =>
        node('ram:IncludedNote', leaf('ram:Content', text), leaf('ram:SubjectCode', code)),
      ),
    ),
    node(
      'rsm:SupplyChainTradeTransaction',
      ...document.lines.map(line),
      agreement(document),
      node(
        'ram:ApplicableHeaderTradeDelivery',
        node('ram:ActualDeliverySupplyChainEvent', node('ram:OccurrenceDateTime', day(issuedOn))),
      ),
      settlement(document),
    ),
  ].join('')}</rsm:CrossIndustryInvoice>\n`;
}

function line(of: DemoLine, index: number): string {
  return node(
    'ram:IncludedSupplyChainTradeLineItem',
    node('ram:AssociatedDocumentLineDocument', leaf('ram:LineID', String(index + 1))),
    node('ram:SpecifiedTradeProduct', leaf('ram:Name', of.story.label), leaf('ram:Description', of.story.detail)),
    node(
      'ram:SpecifiedLineTradeAgreement',
      node('ram:NetPriceProductTradePrice', leaf('ram:ChargeAmount', formatCents(of.priceCents))),
    ),
    node('ram:SpecifiedLineTradeDelivery', leaf('ram:BilledQuantity', of.story.quantity, { unitCode: UNITS[of.story.unit] })),
    node(
      'ram:SpecifiedLineTradeSettlement',
      node(
        'ram:ApplicableTradeTax',
        leaf('ram:TypeCode', 'VAT'),
        leaf('ram:CategoryCode', of.rate === '0.00' ? 'AE' : 'S'),
        leaf('ram:RateApplicablePercent', of.rate),
      ),
      node('ram:SpecifiedTradeSettlementLineMonetarySummation', leaf('ram:LineTotalAmount', formatCents(of.netCents))),
    ),
  );
}

function agreement({ story, debtor }: DemoDocument): string {
  const { name, siren, vatNumber, email, phone, signatoryName, ...address } = DEMO_COMPANY;
  return node(
    'ram:ApplicableHeaderTradeAgreement',
    leaf('ram:BuyerReference', story.buyerReference),
    node(
      'ram:SellerTradeParty',
      leaf('ram:Name', name),
      node('ram:SpecifiedLegalOrganization', leaf('ram:ID', siren, { schemeID: '0002' })),
      node(
        'ram:DefinedTradeContact',
        leaf('ram:PersonName', signatoryName),
        node('ram:TelephoneUniversalCommunication', leaf('ram:CompleteNumber', phone)),
        node('ram:EmailURIUniversalCommunication', leaf('ram:URIID', email)),
      ),
      postalAddress(address),
      node('ram:URIUniversalCommunication', leaf('ram:URIID', siren, { schemeID: '0225' })),
      node('ram:SpecifiedTaxRegistration', leaf('ram:ID', vatNumber, { schemeID: 'VA' })),
    ),
    node(
      'ram:BuyerTradeParty',
      leaf('ram:Name', debtor.name),
      node('ram:SpecifiedLegalOrganization', leaf('ram:ID', debtor.siren, { schemeID: '0002' })),
      node('ram:DefinedTradeContact', node('ram:EmailURIUniversalCommunication', leaf('ram:URIID', debtor.email))),
      postalAddress(debtor),
      node('ram:URIUniversalCommunication', electronicAddress(debtor)),
      node('ram:SpecifiedTaxRegistration', leaf('ram:ID', debtor.vat, { schemeID: 'VA' })),
    ),
    node('ram:BuyerOrderReferencedDocument', leaf('ram:IssuerAssignedID', story.order)),
  );
}

/** Where the buyer receives its invoices: its SIREN in the French directory, its VAT number in Belgium, else its e-mail. */
function electronicAddress({ siren, vat, email }: StoryDebtor): string {
  if (siren) return leaf('ram:URIID', siren, { schemeID: '0225' });
  return vat ? leaf('ram:URIID', vat, { schemeID: '9925' }) : leaf('ram:URIID', email, { schemeID: 'EM' });
}

const postalAddress = (of: { street: string; postcode: string; city: string; country: string }): string =>
  node(
    'ram:PostalTradeAddress',
    leaf('ram:PostcodeCode', of.postcode),
    leaf('ram:LineOne', of.street),
    leaf('ram:CityName', of.city),
    leaf('ram:CountryID', of.country),
  );

function settlement(document: DemoDocument): string {
  const { story, number, dueOn, credited } = document;
  const invoice = story.kind === 'invoice';
  return node(
    'ram:ApplicableHeaderTradeSettlement',
    leaf('ram:PaymentReference', invoice ? number : undefined),
    leaf('ram:InvoiceCurrencyCode', 'EUR'),
    invoice
      ? node(
          'ram:SpecifiedTradeSettlementPaymentMeans',
          leaf('ram:TypeCode', '30'),
          node(
            'ram:PayeePartyCreditorFinancialAccount',
            leaf('ram:IBANID', DEMO_COMPANY.iban),
            leaf('ram:AccountName', DEMO_COMPANY.name),
          ),
          node('ram:PayeeSpecifiedCreditorFinancialInstitution', leaf('ram:BICID', DEMO_COMPANY.bic)),
        )
      : '',
    ...document.vat.map(tax),
    node(
      'ram:SpecifiedTradePaymentTerms',
      leaf('ram:Description', paymentTerms(document, frenchDay(dueOn))),
      invoice ? node('ram:DueDateDateTime', day(dueOn)) : '',
    ),
    node(
      'ram:SpecifiedTradeSettlementHeaderMonetarySummation',
      leaf('ram:LineTotalAmount', formatCents(document.netCents)),
      leaf('ram:TaxBasisTotalAmount', formatCents(document.netCents)),
      leaf('ram:TaxTotalAmount', formatCents(document.taxCents), { currencyID: 'EUR' }),
      leaf('ram:GrandTotalAmount', formatCents(document.grossCents)),
      leaf('ram:DuePayableAmount', formatCents(document.grossCents)),
    ),
    credited
      ? node(
          'ram:InvoiceReferencedDocument',
          leaf('ram:IssuerAssignedID', credited.number),
          node('ram:FormattedIssueDateTime', day(credited.issuedOn, 'qdt')),
        )
      : '',
  );
}

function tax(of: VatLine): string {
  const exempt = of.category === 'AE';
  return node(
    'ram:ApplicableTradeTax',
    leaf('ram:CalculatedAmount', formatCents(of.taxCents)),
    leaf('ram:TypeCode', 'VAT'),
    leaf('ram:ExemptionReason', exempt ? REVERSE_CHARGE : undefined),
    leaf('ram:BasisAmount', formatCents(of.basisCents)),
    leaf('ram:CategoryCode', of.category),
    leaf('ram:ExemptionReasonCode', exempt ? 'VATEX-EU-AE' : undefined),
    leaf('ram:RateApplicablePercent', of.rate),
  );
}
