/** A life-cycle message of e-invoicing (CDAR), written by hand: invented parties, only what a status needs. */
interface Message {
  readonly id: string;
  readonly number: string;
  /** ISO day */
  readonly issuedOn?: string;
  /** "210" */
  readonly code: string;
  /** "2026-04-10T09:30:00" */
  readonly at: string;
  readonly seller?: string;
  /** 380 an invoice, 381 a credit note */
  readonly type?: string;
  readonly reason?: string;
  readonly action?: string;
  /** euros cashed or paid: "1200.00" */
  readonly amount?: string;
}

const LABELS: Readonly<Record<string, string>> = {
  '200': 'Déposée',
  '205': 'Approuvée',
  '207': 'En litige',
  '208': 'Suspendue',
  '210': 'Refusée',
  '211': 'Paiement transmis',
  '212': 'Encaissée',
  '213': 'Rejetée',
  '220': 'Annulée',
};

const compact = (moment: string): string => moment.replace(/[-T:]/g, '');
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

export function statusMessage(of: Message): Uint8Array<ArrayBuffer> {
  const { id, number, issuedOn, code, at, seller = '900000001', type = '380', reason, action, amount } = of;
  const why =
    reason || action || amount
      ? `<ram:SpecifiedDocumentStatus>${reason ? `<ram:Reason>${escaped(reason)}</ram:Reason>` : ''}${
          action ? `<ram:RequestedAction>${escaped(action)}</ram:RequestedAction>` : ''
        }${
          amount
            ? `<ram:SpecifiedDocumentCharacteristic><ram:TypeCode>MEN</ram:TypeCode><ram:ValueAmount currencyID="EUR">${amount}</ram:ValueAmount></ram:SpecifiedDocumentCharacteristic>`
            : ''
        }</ram:SpecifiedDocumentStatus>`
      : '';
  const text = `<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossDomainAcknowledgementAndResponse
  xmlns:qdt="urn:un:unece:uncefact:data:standard:QualifiedDataType:100"
  xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"
  xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
  xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossDomainAcknowledgementAndResponse:100">
  <rsm:ExchangedDocument><ram:ID>${escaped(id)}</ram:ID></rsm:ExchangedDocument>
  <rsm:AcknowledgementDocument>
    <ram:TypeCode>23</ram:TypeCode>
    <ram:IssueDateTime><udt:DateTimeString format="204">${compact(at)}</udt:DateTimeString></ram:IssueDateTime>
    <ram:ReferenceReferencedDocument>
      <ram:IssuerAssignedID>${escaped(number)}</ram:IssuerAssignedID>
      <ram:TypeCode>${type}</ram:TypeCode>
      ${issuedOn ? `<ram:FormattedIssueDateTime><qdt:DateTimeString format="102">${compact(issuedOn)}</qdt:DateTimeString></ram:FormattedIssueDateTime>` : ''}
      <ram:ProcessConditionCode>${code}</ram:ProcessConditionCode>
      <ram:ProcessCondition>${LABELS[code] ?? `Statut ${code}`}</ram:ProcessCondition>
      <ram:IssuerTradeParty><ram:GlobalID schemeID="0002">${seller}</ram:GlobalID></ram:IssuerTradeParty>
      ${why}
    </ram:ReferenceReferencedDocument>
  </rsm:AcknowledgementDocument>
</rsm:CrossDomainAcknowledgementAndResponse>
`;
  return new Uint8Array(new TextEncoder().encode(text));
}
