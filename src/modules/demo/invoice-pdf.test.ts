import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { PDFDocument, PDFName, PDFRawStream } from '@cantoo/pdf-lib';
import { extractText } from 'unpdf';
import { day } from '#core/kernel/day.ts';
import { frenchAmount, frenchDay } from '#core/kernel/french.ts';
import { formatCents, money } from '#core/kernel/money.ts';
import { groupedIban } from '#core/letters/typography.ts';
import { type InvoiceReading, readInvoiceFile } from '#formats/invoice/index.ts';
import { PdfRenderer } from '#platform/pdf/pdf.ts';
import { DEMO_COMPANY } from './company.ts';
import { type DemoDocument, demoDocuments } from './documents.ts';
import { declareFacturX } from './factur-x-metadata.ts';
import { renderInvoice } from './invoice-pdf.ts';

const renderer = new PdfRenderer();
after(() => renderer.close());
const print = (of: DemoDocument): Promise<Uint8Array> => renderInvoice(of, (request) => renderer.render(request));
const documents = demoDocuments(day('2026-11-21'));
const printed = Promise.all(documents.map(async (document) => ({ document, pdf: await print(document) })));

const plain = (text: string): string => text.replace(/[\s\u00a0\u202f]+/g, ' ');
const textOf = async (pdf: Uint8Array): Promise<string> => plain((await extractText(pdf.slice(), { mergePages: true })).text);

async function read(pdf: Uint8Array, name: string): Promise<InvoiceReading> {
  const result = await readInvoiceFile(pdf.slice(), name);
  assert.ok(result.ok, JSON.stringify(result));
  assert.equal(result.value.length, 1);
  return result.value[0] as InvoiceReading;
}

/** What our own reader must find in a document, field by field. */
function expected(of: DemoDocument) {
  const { story, debtor } = of;
  const invoice = story.kind === 'invoice';
  return {
    format: 'cii',
    container: 'pdf',
    guideline: 'urn:cen.eu:en16931:2017',
    number: of.number,
    type_code: invoice ? '380' : '381',
    issue_date: of.issuedOn.toString(),
    due_date: invoice ? of.dueOn.toString() : null,
    currency: 'EUR',
    buyer_reference: story.buyerReference ?? null,
    order_reference: story.order ?? null,
    preceding_invoices: of.credited ? [of.credited.number] : [],
    total_lines: formatCents(of.netCents),
    total_net: formatCents(of.netCents),
    total_tax: formatCents(of.taxCents),
    total_gross: formatCents(of.grossCents),
    payable: formatCents(of.grossCents),
    iban: invoice ? [DEMO_COMPANY.iban] : [],
    bic: invoice ? [DEMO_COMPANY.bic] : [],
    remittance: invoice ? of.number : null,
    line_count: of.lines.length,
    arithmetic_ok: true,
    seller: {
      name: DEMO_COMPANY.name,
      siren: DEMO_COMPANY.siren,
      vat: DEMO_COMPANY.vatNumber,
      street: DEMO_COMPANY.street,
      postcode: DEMO_COMPANY.postcode,
      city: DEMO_COMPANY.city,
      country: DEMO_COMPANY.country,
      email: DEMO_COMPANY.email,
    },
    buyer: {
      name: debtor.name,
      siren: debtor.siren ?? null,
      vat: debtor.vat ?? null,
      street: debtor.street,
      postcode: debtor.postcode,
      city: debtor.city,
      country: debtor.country,
      email: debtor.email,
    },
  };
}

test('every document is read back with every field right', async () => {
  for (const { document, pdf } of await printed) {
    const reading = await read(pdf, document.fileName);
    assert.partialDeepStrictEqual(reading, expected(document), document.number);
  }
});

test('what an invoice has to say is printed, by kind of debtor', async () => {
  const indemnity = '40 €';
  const seen = new Set<string>();
  for (const { document, pdf } of await printed) {
    const text = await textOf(pdf);
    const { debtor, story } = document;
    const says = (words: string) => assert.ok(text.includes(plain(words)), `${document.number} does not say « ${words} »`);
    const isSilentOn = (words: string) => assert.ok(!text.includes(plain(words)), `${document.number} says « ${words} »`);
    for (const words of [
      document.number,
      frenchDay(document.issuedOn),
      debtor.name,
      debtor.street,
      `${debtor.postcode} ${debtor.city}`,
      frenchAmount(money(document.netCents)),
      frenchAmount(money(document.taxCents)),
      frenchAmount(money(document.grossCents)),
      'SARL au capital de 8 000 €',
      'RCS Nantes 999 991 375',
      DEMO_COMPANY.vatNumber,
      'sont inventés',
    ])
      says(words);
    for (const line of document.lines) {
      says(line.story.label);
      says(frenchAmount(money(line.netCents)));
    }
    if (story.order) says(story.order);
    seen.add(story.kind === 'invoice' ? debtor.kind : story.kind);
    if (story.kind === 'credit-note') {
      says(document.credited?.number ?? '?');
      isSilentOn('IBAN');
    } else {
      says(frenchDay(document.dueOn));
      says(groupedIban(DEMO_COMPANY.iban));
    }
    const late = story.kind === 'invoice' && debtor.kind !== 'consumer';
    (late ? says : isSilentOn)(indemnity);
    if (late && debtor.kind === 'business') {
      says(story.contractRate ? '14,00 % par an' : 'majoré de dix points');
      says('Pas d’escompte');
    }
    if (debtor.kind === 'public') says('majoré de huit points');
    if (debtor.country === 'BE') says('Autoliquidation');
  }
  assert.deepEqual(seen, new Set(['business', 'consumer', 'public', 'credit-note']));
});

test('the file says that it is a Factur-X, archivable, tagged, with its XML as the alternative of the page', async () => {
  for (const { document, pdf } of await printed) {
    const loaded = await PDFDocument.load(pdf, { updateMetadata: false });
    const metadata = loaded.catalog.lookup(PDFName.of('Metadata'));
    assert.ok(metadata instanceof PDFRawStream);
    const xmp = Buffer.from(metadata.contents).toString('utf8');
    for (const words of [
      '<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>',
      '<fx:DocumentFileName>factur-x.xml</fx:DocumentFileName>',
      '<pdfaSchema:prefix>fx</pdfaSchema:prefix>',
      '<pdfaid:part>3</pdfaid:part>',
      '<pdfaid:conformance>A</pdfaid:conformance>',
    ])
      assert.ok(xmp.includes(words), `${document.number}: ${words}`);
    const raw = Buffer.from(pdf).toString('latin1');
    assert.match(raw, /^%PDF-1\.7\s+%[\x80-\xff]{4}/);
    assert.match(raw, /\/ID \[/);
    assert.match(raw, /\/AFRelationship \/Alternative/);
    assert.match(raw, /\(factur-x\.xml\)/);
    assert.equal(loaded.getPageCount(), 1);
  }
});

test('the same document gives the same bytes', async () => {
  const [first] = await printed;
  assert.ok(first);
  assert.deepEqual(Buffer.from(await print(first.document)), Buffer.from(first.pdf));
});

test('a PDF without described metadata is not taken for one of ours', async () => {
  const bare = await PDFDocument.create();
  bare.addPage();
  await assert.rejects(declareFacturX(await bare.save()), /no metadata/);
});
