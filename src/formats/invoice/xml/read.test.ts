import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import iconv from 'iconv-lite';
import { diag, XmlDocument } from 'libxml2-wasm';
import { isCreditNote } from '../credit-note.ts';
import type { InvoiceReading } from '../invoice.ts';
import type { ReadOptions } from '../options.ts';
import { readInvoiceFile } from '../read.ts';

const fixture = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../../test/fixtures/invoices/${name}`, import.meta.url)), 'utf8');
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

async function read(content: Uint8Array | string, options: ReadOptions = {}): Promise<InvoiceReading> {
  const result = await readInvoiceFile(typeof content === 'string' ? bytes(content) : content, 'facture.xml', options);
  assert.ok(result.ok, result.ok ? '' : result.refusal.message);
  const [reading] = result.value;
  assert.ok(reading);
  return reading;
}

async function refusal(content: Uint8Array | string, options: ReadOptions = {}): Promise<{ code: string; message: string }> {
  const result = await readInvoiceFile(typeof content === 'string' ? bytes(content) : content, 'facture.xml', options);
  assert.ok(!result.ok, 'expected a refusal');
  return result.refusal;
}

test('a Factur-X invoice, every field', async () => {
  const { seller, buyer, ...rest } = await read(fixture('factur-x.xml'));
  assert.deepEqual(seller, {
    name: 'Atelier des Trois Ponts',
    trading_name: 'Les Trois Ponts',
    vat: 'FR 25 900 000 019',
    tax_number: 'FC-1',
    legal_id: '90000001900019',
    legal_scheme: '0002',
    siren: '900000019',
    siren_source: 'legal-id-0002-holding-a-siret',
    street: '3 quai des Saules',
    postcode: '44000',
    city: 'Nantes',
    country: 'FR',
    email: null,
  });
  assert.equal(buyer?.name, 'Brasserie du Vieux Moulin & Fils');
  assert.deepEqual([buyer?.siren, buyer?.siren_source], ['900000126', 'vat']);
  assert.deepEqual(rest, {
    format: 'cii',
    container: 'xml',
    guideline: 'urn:cen.eu:en16931:2017',
    process: 'S1',
    number: 'F-2026-0042',
    type_code: '380',
    issue_date: '2026-03-01',
    due_date: '2026-03-31',
    all_due_dates: ['2026-03-31', '2026-04-30'],
    currency: 'EUR',
    payee: 'Affacturage Imaginaire',
    buyer_reference: 'SERVICE-7',
    order_reference: 'BC-99',
    preceding_invoices: ['F-2026-0007'],
    total_lines: '4000.00',
    total_net: '4000.00',
    total_tax: '800.00',
    total_gross: '4800.00',
    prepaid: '1000',
    rounding: '0.01',
    payable: '3800.01',
    iban: ['FR7630006000011234567890189'],
    bic: ['AGRIFRPP'],
    payment_means_code: ['58'],
    remittance: 'F-2026-0042',
    payment_terms: ['Moitié à trente jours, moitié à soixante'],
    notes: [{ code: 'AAI', text: 'Merci de votre confiance' }],
    line_count: 1,
    embedded_attachments: 0,
    arithmetic_ok: true,
  });
});

test('a UBL invoice', async () => {
  const reading = await read(fixture('ubl-invoice.xml'));
  assert.equal(reading.format, 'ubl');
  assert.equal(reading.number, 'UBL-17');
  assert.deepEqual(
    [reading.seller?.name, reading.seller?.trading_name, reading.seller?.vat, reading.seller?.tax_number, reading.seller?.siren],
    ['Menuiserie Corbeau SARL', 'Menuiserie Corbeau', 'FR25900000019', 'LOCAL-3', '900000019'],
  );
  assert.deepEqual([reading.buyer?.siren, reading.buyer?.siren_source], ['900000126', 'legal-id-0009']);
  assert.equal(reading.buyer?.email, 'compta@hotel.example');
  assert.deepEqual(
    [reading.total_net, reading.total_tax, reading.total_gross, reading.payable, reading.arithmetic_ok],
    ['100.00', '20.00', '120.00', '119.00', false],
    '120 was asked, 119 is to be paid, and nothing says why',
  );
  assert.deepEqual(reading.notes, [{ code: null, text: '#AAB#Pas d’escompte' }]);
  assert.equal(reading.line_count, 2);
});

test('a UBL credit note is one even when its code says invoice', async () => {
  const reading = await read(fixture('ubl-credit-note.xml'));
  assert.equal(reading.format, 'ubl-creditnote');
  assert.equal(reading.type_code, '380');
  assert.deepEqual(reading.preceding_invoices, ['UBL-17']);
  assert.equal(reading.buyer, null);
  assert.ok(isCreditNote(reading.type_code, reading.format));
  assert.ok(!isCreditNote('380') && isCreditNote('381') && isCreditNote('261') && !isCreditNote(null));
});

test('ZUGFeRD 1.0 names things otherwise', async () => {
  const v1 = fixture('factur-x.xml')
    .replaceAll('rsm:CrossIndustryInvoice', 'rsm:CrossIndustryDocument')
    .replace('urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100', 'urn:ferd:CrossIndustryDocument:invoice:1p0')
    .replaceAll('rsm:ExchangedDocumentContext', 'rsm:SpecifiedExchangedDocumentContext')
    .replaceAll('rsm:ExchangedDocument>', 'rsm:HeaderExchangedDocument>')
    .replaceAll('rsm:SupplyChainTradeTransaction', 'rsm:SpecifiedSupplyChainTradeTransaction')
    .replaceAll('ApplicableHeaderTrade', 'ApplicableSupplyChainTrade')
    .replaceAll('SettlementHeaderMonetarySummation', 'SettlementMonetarySummation');
  const reading = await read(v1);
  assert.equal(reading.format, 'zugferd1');
  assert.deepEqual([reading.number, reading.payable, reading.seller?.city], ['F-2026-0042', '3800.01', 'Nantes']);
});

test('the encoding is what the bytes are, whatever the declaration says', async () => {
  const xml = fixture('ubl-invoice.xml');
  const named = (encoding: string): string => xml.replace('encoding="UTF-8"', `encoding="${encoding}"`);
  const variants: Record<string, Uint8Array> = {
    'UTF-8 with its mark': bytes(`\ufeff${xml}`),
    'UTF-8 said to be UTF-16, with its mark': bytes(`\ufeff${named('UTF-16')}`),
    'UTF-8 said to be ISO-8859-1': bytes(named('ISO-8859-1')),
    'UTF-8 said to be unheard of': bytes(named('x-unheard-of')),
    'UTF-16LE with its mark, said to be UTF-8': iconv.encode(xml, 'utf-16le', { addBOM: true }),
    'UTF-16BE without its mark': iconv.encode(xml, 'utf-16be', { addBOM: false }),
    'windows-1252 said to be ISO-8859-1': iconv.encode(named('ISO-8859-1'), 'windows-1252'),
    'windows-1252 said to be UTF-8': iconv.encode(xml, 'windows-1252'),
    'blank lines before the declaration': bytes(`\r\n\r\n${xml}`),
    'no declaration': bytes(xml.replace(/^<\?xml.*\?>/, '')),
  };
  for (const [what, content] of Object.entries(variants)) {
    const reading = await read(content);
    assert.equal(reading.buyer?.name, 'Hôtel de la Plage', what);
    assert.equal(reading.notes[0]?.text, '#AAB#Pas d’escompte', what);
  }
});

test('a DOCTYPE is refused before any parser sees it', async () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><Invoice>&b;</Invoice>`;
  assert.equal((await refusal(bomb)).code, 'xml-doctype');
  const outside = `<!-- hello --><!DOCTYPE x SYSTEM "http://127.0.0.1:1/evil.dtd"><x/>`;
  assert.equal((await refusal(outside)).code, 'xml-doctype');
  assert.equal(
    (await refusal(iconv.encode(bomb, 'utf-16le', { addBOM: true }))).code,
    'xml-doctype',
    'in another encoding as well',
  );
});

test('the word DOCTYPE in a comment or a note is only a word', async () => {
  const reading = await read(
    fixture('ubl-invoice.xml').replace('<cbc:Note>', '<!-- <!DOCTYPE a> --><cbc:Note><![CDATA[<!DOCTYPE b> ]]>'),
  );
  assert.match(reading.notes[0]?.text ?? '', /<!DOCTYPE b>/);
});

test('entities that XML itself knows are read, unknown ones refused', async () => {
  assert.equal((await read(fixture('ubl-invoice.xml').replace('UBL-17', 'A&amp;B&#45;1'))).number, 'A&B-1');
  assert.equal((await refusal(fixture('ubl-invoice.xml').replace('UBL-17', '&nbsp;'))).code, 'xml-not-well-formed');
});

test('nesting and number of elements are bounded', async () => {
  const deep = `${'<a>'.repeat(5000)}${'</a>'.repeat(5000)}`;
  assert.equal((await refusal(deep)).code, 'xml-too-deep');
  assert.equal((await refusal(`<r>${'<a/>'.repeat(2000)}</r>`, { maxXmlElements: 1000 })).code, 'xml-too-many-elements');
  const quoted = `<r x="${'>'.repeat(100)}">${'<a b=">/"/>'.repeat(200)}</r>`;
  assert.equal((await refusal(quoted)).code, 'not-an-invoice', 'angle brackets in attributes open nothing');
});

test('a file over the limit is refused by its size alone', async () => {
  const { code, message } = await refusal(fixture('ubl-invoice.xml'), { maxBytes: 1000 });
  assert.equal(code, 'too-large');
  assert.match(message, /facture\.xml.*1\u00a0ko/);
  assert.equal((await refusal(fixture('ubl-invoice.xml'), { maxXmlBytes: 1000 })).code, 'too-large');
});

test('other documents are refused by their French name', async () => {
  const cases: [string, string, RegExp][] = [
    [
      '<SCRDMCCBDACIOMessageStructure xmlns="urn:un:unece:uncefact:data:SCRDMCCBDACIOMessageStructure:100"/>',
      'not-an-invoice',
      /commande Order-X/,
    ],
    [
      '<p:FatturaElettronica xmlns:p="http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/v1.2"/>',
      'not-an-invoice',
      /FatturaPA/,
    ],
    ['<CrossDomainAcknowledgementAndResponse xmlns="urn:x"/>', 'not-an-invoice', /cycle de vie \(CDAR\)/],
    ['<Invoice xmlns="urn:un:unece:uncefact:data:standard:CBFBUY:5"/>', 'not-an-invoice', /Invoice.*CBFBUY:5/],
    ['<dummy/>', 'not-an-invoice', /racine « dummy »/],
    ['<constructor/>', 'not-an-invoice', /constructor/],
    ['<a><b></a>', 'xml-not-well-formed', /mal formé, ligne 1/],
    ['<?xml version="1.0" encoding="UTF-8?><a/>', 'xml-not-well-formed', /mal formé/],
    ['   \n\t ', 'empty-file', /vide/],
    ['', 'empty-file', /vide/],
    ['<!DOCTYPE html><html><body>facture</body></html>', 'unsupported-type', /page web/],
  ];
  for (const [xml, code, words] of cases) {
    const refused = await refusal(xml);
    assert.equal(refused.code, code, xml);
    assert.match(refused.message, words);
  }
});

test('other files are refused by what they are', async () => {
  const cases: [number[] | string, string, RegExp][] = [
    [[0x50, 0x4b, 3, 4, 20, 0], 'factures.zip', /archive ZIP/],
    [[0x50, 0x4b, 3, 4, 20, 0], 'facture.docx', /traitement de texte/],
    [[0xff, 0xd8, 0xff, 0xe0, 0, 1], 'facture.jpg', /image/],
    [[0x89, 0x50, 0x4e, 0x47, 13, 10], 'facture.pdf', /image/],
    ['Bonjour', 'facture.txt', /type inconnu/],
  ];
  for (const [content, name, words] of cases) {
    const result = await readInvoiceFile(typeof content === 'string' ? bytes(content) : new Uint8Array(content), name);
    assert.ok(!result.ok);
    assert.equal(result.refusal.code, 'unsupported-type', name);
    assert.match(result.refusal.message, words);
  }
});

test('no parsed document is left behind, whether the file is good or bad', async () => {
  diag.configure({ enabled: true });
  try {
    const kept = XmlDocument.fromString('<kept/>');
    assert.notDeepEqual(diag.report(), {}, 'the check sees a document that nobody disposed of');
    kept.dispose();
    for (let i = 0; i < 20; i++) {
      for (const xml of [fixture('factur-x.xml'), fixture('ubl-invoice.xml'), '<a><b></a>', '<dummy/>']) {
        await readInvoiceFile(bytes(xml), 'facture.xml');
      }
    }
    assert.deepEqual(diag.report(), {});
  } finally {
    diag.configure({ enabled: false });
  }
});
