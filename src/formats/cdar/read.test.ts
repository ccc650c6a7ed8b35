import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readStatusFile } from './read.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const NS = 'urn:un:unece:uncefact:data:standard';

/** A message about the invoices given, as a platform would write it, with its prefixes. */
const message = (documents: string, issued = '20260312104500'): string => `<?xml version="1.0" encoding="UTF-8"?>
<r:CrossDomainAcknowledgementAndResponse xmlns:r="${NS}:CrossDomainAcknowledgementAndResponse:100"
  xmlns:a="${NS}:ReusableAggregateBusinessInformationEntity:100" xmlns:u="${NS}:UnqualifiedDataType:100">
 <r:ExchangedDocumentContext><a:GuidelineSpecifiedDocumentContextParameter><a:ID>urn.cpro.gouv.fr:1p0:CDV:invoice</a:ID></a:GuidelineSpecifiedDocumentContextParameter></r:ExchangedDocumentContext>
 <r:ExchangedDocument>
  <a:ID>M-1</a:ID>
  <a:IssueDateTime><u:DateTimeString format="204">${issued}</u:DateTimeString></a:IssueDateTime>
  <a:IssuerTradeParty><a:GlobalID schemeID="0002">900000126</a:GlobalID><a:Name>Brasserie</a:Name><a:RoleCode>BY</a:RoleCode></a:IssuerTradeParty>
  <a:RecipientTradeParty><a:GlobalID schemeID="0002">900000019</a:GlobalID><a:RoleCode>SE</a:RoleCode></a:RecipientTradeParty>
 </r:ExchangedDocument>
 <r:AcknowledgementDocument><a:TypeCode>23</a:TypeCode>
  <a:IssueDateTime><u:DateTimeString format="204">20260312104000</u:DateTimeString></a:IssueDateTime>
  ${documents}
 </r:AcknowledgementDocument>
</r:CrossDomainAcknowledgementAndResponse>`;

const about = (number: string, code: string, more = ''): string =>
  `<a:ReferenceReferencedDocument><a:IssuerAssignedID>${number}</a:IssuerAssignedID><a:TypeCode>380</a:TypeCode>
   <a:FormattedIssueDateTime><u:DateTimeString format="102">20260301</u:DateTimeString></a:FormattedIssueDateTime>
   <a:ProcessConditionCode>${code}</a:ProcessConditionCode><a:ProcessCondition>Nouveau_statut</a:ProcessCondition>${more}</a:ReferenceReferencedDocument>`;

const DISPUTE = `<a:SpecifiedDocumentStatus><a:ReasonCode>QTE_ERR</a:ReasonCode><a:Reason>Quantité</a:Reason>
  <a:RequestedActionCode>NIN</a:RequestedActionCode><a:RequestedAction>Rectifier</a:RequestedAction>
  <a:SpecifiedDocumentCharacteristic><a:ID>BT-129</a:ID></a:SpecifiedDocumentCharacteristic></a:SpecifiedDocumentStatus>`;
const CASHED = `<a:SpecifiedDocumentStatus><a:SpecifiedDocumentCharacteristic><a:TypeCode>MEN</a:TypeCode>
  <a:ValueAmount currencyID="EUR">1200.00</a:ValueAmount><a:ValuePercent>20.00</a:ValuePercent></a:SpecifiedDocumentCharacteristic></a:SpecifiedDocumentStatus>`;

async function refusal(content: Uint8Array, name = 'statut.xml'): Promise<{ code: string; message: string }> {
  const result = await readStatusFile(content, name);
  assert.ok(!result.ok, 'expected a refusal');
  return result.refusal;
}

test('a message about two invoices, whatever its prefixes', async () => {
  const result = await readStatusFile(bytes(message(about('F-1', '207', DISPUTE) + about('F-2', '212', CASHED))), 'statut.xml');
  assert.ok(result.ok);
  const [disputed, cashed] = result.value;
  assert.deepEqual(
    [
      disputed?.messageId,
      disputed?.issuedAt,
      disputed?.statusAt,
      disputed?.phase,
      disputed?.status,
      disputed?.label,
      disputed?.meaning,
    ],
    ['M-1', '2026-03-12T10:45:00', '2026-03-12T10:40:00', 'treatment', '207', 'En litige', 'disputed'],
  );
  assert.deepEqual(disputed?.invoice, { number: 'F-1', typeCode: '380', issuedOn: '2026-03-01', receivedAt: null, issuer: null });
  assert.deepEqual(disputed?.reasons, [
    { code: 'QTE_ERR', text: 'Quantité', actionCode: 'NIN', action: 'Rectifier', fields: ['BT-129'] },
  ]);
  assert.equal(disputed?.issuer?.id, '900000126');
  assert.deepEqual(cashed?.amounts, [{ type: 'MEN', amount: '1200.00', currency: 'EUR', vatPercent: '20.00' }]);
});

test('a status that is not known keeps the words of the file', async () => {
  const result = await readStatusFile(bytes(message(about('F-1', '299'))), 'statut.xml');
  assert.ok(result.ok);
  assert.deepEqual([result.value[0]?.label, result.value[0]?.meaning], ['Nouveau statut', 'other']);
});

test('what is no message, or not a whole one, is refused', async () => {
  const whole = message(about('F-1', '207'));
  const cases: [Uint8Array, string][] = [
    [new Uint8Array(), 'empty-file'],
    [bytes('Numéro;Statut\nF-1;207\n'), 'unsupported-type'],
    [bytes(whole.slice(0, -40)), 'xml-not-well-formed'],
    [bytes(whole.replace('<r:Cross', '<!DOCTYPE x [<!ENTITY a "b">]><r:Cross')), 'xml-doctype'],
    [bytes(whole.replace('<a:ID>M-1</a:ID>', '<a:ID>'.repeat(60) + '</a:ID>'.repeat(60))), 'xml-too-deep'],
    [bytes(whole.replace('<a:ID>M-1</a:ID>', '<a:ID/>'.repeat(100_001))), 'xml-too-many-elements'],
    [bytes(whole.replaceAll('CrossDomainAcknowledgementAndResponse', 'Other')), 'not-a-status'],
    [bytes('<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>'), 'not-a-status'],
    [bytes(message('')), 'status-incomplete'],
    [bytes(whole.replace(/<a:ProcessConditionCode>.*<\/a:ProcessConditionCode>/, '')), 'status-incomplete'],
    [bytes(message(about('F-1', '207'), '20260231104500')), 'status-bad-value'],
    [bytes(message(about('F-1', '212', CASHED.replace('1200.00', '12oo')))), 'status-bad-value'],
    [new Uint8Array(5_000_001).fill(0x20), 'too-large'],
  ];
  for (const [content, code] of cases) assert.equal((await refusal(content)).code, code);
  assert.match(
    (await refusal(bytes('<Invoice xmlns="x"/>'), 'dossier/f.xml')).message,
    /«\u00a0f\.xml\u00a0».*une facture.*parmi les factures/,
  );
});
