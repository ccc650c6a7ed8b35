import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import { PDFDocument } from '@cantoo/pdf-lib';
import { embed, hangTree, PDFDict, PDFName, PDFNumber, PDFString, rawPdf } from '../../../../test/support/raw-pdf.ts';
import type { InvoiceReading, ReadInvoiceResult } from '../invoice.ts';
import type { ReadOptions } from '../options.ts';
import { readInvoiceFile } from '../read.ts';

const XML = readFileSync(fileURLToPath(new URL('../../../../test/fixtures/invoices/factur-x.xml', import.meta.url)));
const OTHER_XML = new TextEncoder().encode('<sheet><cell>1</cell></sheet>');
const ORDER_X = new TextEncoder().encode(
  '<SCRDMCCBDACIOMessageStructure xmlns="urn:un:unece:uncefact:data:SCRDMCCBDACIOMessageStructure:100"/>',
);

const blank = async (): Promise<PDFDocument> => {
  const pdf = await PDFDocument.create();
  pdf.addPage([595, 842]);
  return pdf;
};

const read = (content: Uint8Array, options: ReadOptions = {}): Promise<ReadInvoiceResult> =>
  readInvoiceFile(content, 'facture.pdf', options);

async function reading(content: Uint8Array, options: ReadOptions = {}): Promise<InvoiceReading> {
  const result = await read(content, options);
  assert.ok(result.ok, result.ok ? '' : result.refusal.message);
  const [first] = result.value;
  assert.ok(first);
  return first;
}

async function code(content: Uint8Array, options: ReadOptions = {}): Promise<string> {
  const result = await read(content, options);
  assert.ok(!result.ok, 'expected a refusal');
  return result.refusal.code;
}

const isTheInvoice = ({ format, container, number, payable }: InvoiceReading): void =>
  assert.deepEqual([format, container, number, payable], ['cii', 'pdf', 'F-2026-0042', '3800.01']);

test('a Factur-X as libraries write it', async () => {
  const pdf = await blank();
  await pdf.attach(XML, 'factur-x.xml', { mimeType: 'text/xml' });
  isTheInvoice(await reading(await pdf.save()));
  isTheInvoice(await reading(await pdf.save({ useObjectStreams: false })));
});

test('every name of the standards, in any case', async () => {
  for (const name of ['factur-x.xml', 'Factur-X.XML', 'zugferd-invoice.xml', 'ZUGFeRD-invoice.xml', 'xrechnung.xml']) {
    const pdf = await blank();
    hangTree(pdf, pdf.context.obj({ Names: [PDFString.of(name), embed(pdf, name, XML)] }));
    isTheInvoice(await reading(await pdf.save()));
  }
});

test('an invoice under a name of its own is found by its root', async () => {
  const pdf = await blank();
  hangTree(
    pdf,
    pdf.context.obj({
      Names: [PDFString.of('a.xml'), embed(pdf, 'a.xml', OTHER_XML), PDFString.of('b.xml'), embed(pdf, 'b.xml', XML)],
    }),
  );
  isTheInvoice(await reading(await pdf.save()));
});

test('attachment trees of every shape', async () => {
  const shapes: Record<string, (pdf: PDFDocument) => void> = {
    'names out of order': (pdf) =>
      hangTree(
        pdf,
        pdf.context.obj({
          Names: [PDFString.of('z.xml'), embed(pdf, 'z.xml', OTHER_XML), PDFString.of('a'), embed(pdf, 'factur-x.xml', XML)],
        }),
      ),
    'values before keys': (pdf) =>
      hangTree(pdf, pdf.context.obj({ Names: [embed(pdf, 'factur-x.xml', XML), PDFString.of('factur-x.xml')] })),
    'kids under kids, limits that lie': (pdf) => {
      const leaf = pdf.context.register(
        pdf.context.obj({
          Limits: [PDFString.of('x'), PDFString.of('y')],
          Names: [PDFString.of('factur-x.xml'), embed(pdf, 'factur-x.xml', XML)],
        }),
      );
      const middle = pdf.context.register(pdf.context.obj({ Kids: [leaf] }));
      hangTree(pdf, pdf.context.obj({ Kids: [middle], Names: [PDFString.of('z.bin'), embed(pdf, 'z.bin', OTHER_XML)] }));
    },
    'a kid that is no reference, and one that leads nowhere': (pdf) =>
      hangTree(
        pdf,
        pdf.context.obj({
          Kids: [PDFNumber.of(4), pdf.context.nextRef(), { Names: [PDFString.of('f'), embed(pdf, 'factur-x.xml', XML)] }],
        }),
      ),
    'a tree that bites its own tail': (pdf) => {
      const node = pdf.context.obj({ Names: [PDFString.of('f'), embed(pdf, 'factur-x.xml', XML)] });
      const ref = pdf.context.register(node);
      node.set(PDFName.of('Kids'), pdf.context.obj([ref, ref]));
      hangTree(pdf, ref);
    },
    'only the /AF of the catalogue': (pdf) =>
      pdf.catalog.set(PDFName.of('AF'), pdf.context.obj([embed(pdf, 'factur-x.xml', XML)])),
    'only the /AF of the page': (pdf) =>
      pdf.getPage(0).node.set(PDFName.of('AF'), pdf.context.obj([embed(pdf, 'factur-x.xml', XML)])),
    'only an annotation': (pdf) => {
      const annotation = pdf.context.obj({
        Type: 'Annot',
        Subtype: 'FileAttachment',
        Rect: [0, 0, 9, 9],
        FS: embed(pdf, 'factur-x.xml', XML),
      });
      pdf.getPage(0).node.set(PDFName.of('Annots'), pdf.context.obj([annotation]));
    },
    'a tree that is no dictionary, then /AF': (pdf) => {
      pdf.catalog.set(PDFName.of('Names'), PDFNumber.of(7));
      pdf.catalog.set(PDFName.of('AF'), pdf.context.obj([embed(pdf, 'factur-x.xml', XML)]));
    },
  };
  for (const [shape, hang] of Object.entries(shapes)) {
    const pdf = await blank();
    hang(pdf);
    const result = await read(await pdf.save({ useObjectStreams: false }));
    assert.ok(result.ok, `${shape}: ${result.ok ? '' : result.refusal.message}`);
    assert.equal(result.value[0]?.number, 'F-2026-0042', shape);
  }
});

test('a loop of kids without any file ends', async () => {
  const pdf = await blank();
  const node = PDFDict.withContext(pdf.context);
  const ref = pdf.context.register(node);
  node.set(PDFName.of('Kids'), pdf.context.obj([ref]));
  hangTree(pdf, ref);
  assert.equal((await reading(await pdf.save())).no_text, true);
});

test('a broken invoice inside is said, and can be passed over', async () => {
  const pdf = await blank();
  pdf.getPage(0).drawText('Facture n° F-77', { x: 50, y: 700 });
  await pdf.attach(new TextEncoder().encode('<a><b></a>'), 'factur-x.xml', {});
  const content = await pdf.save();
  assert.equal(await code(content), 'xml-not-well-formed');
  const page = await reading(content, { embeddedXml: 'ignore' });
  assert.deepEqual([page.format, page.number], ['pdf-text', 'F-77']);
});

test('a PDF that carries an order is no invoice; one that carries a spreadsheet is read by its words', async () => {
  const order = await blank();
  await order.attach(ORDER_X, 'order-x.xml', {});
  assert.equal(await code(await order.save()), 'not-an-invoice');
  const other = await blank();
  other.getPage(0).drawText('Facture n° F-78', { x: 50, y: 700 });
  await other.attach(OTHER_XML, 'cells.xml', {});
  assert.equal((await reading(await other.save())).number, 'F-78');
});

test('a PDF protected against printing opens, one with a password is refused', async () => {
  const restricted = await blank();
  await restricted.attach(XML, 'factur-x.xml', {});
  restricted.encrypt({ userPassword: '', ownerPassword: 'owner', permissions: { printing: false } });
  isTheInvoice(await reading(await restricted.save()));
  const locked = await blank();
  await locked.attach(XML, 'factur-x.xml', {});
  locked.encrypt({ userPassword: 'secret', ownerPassword: 'owner' });
  assert.equal(await code(await locked.save()), 'encrypted-pdf');
});

test('a scan without words is accepted, for its user to type', async () => {
  const scan = await reading(await (await blank()).save());
  assert.equal(scan.no_text, true);
  assert.deepEqual([scan.number, scan.payable, scan.seller], [null, null, null]);
});

test('a truncated PDF never crashes: it is read or refused at every length', async () => {
  const pdf = await blank();
  await pdf.attach(XML, 'factur-x.xml', {});
  const content = await pdf.save({ useObjectStreams: false });
  const seen = new Set<string>();
  for (let part = 1; part <= 24; part++) {
    const result = await read(content.slice(0, Math.floor((content.length * part) / 25)));
    seen.add(result.ok ? 'read' : result.refusal.code);
  }
  assert.ok(seen.has('corrupt-pdf'));
  assert.deepEqual(
    [...seen].filter((s) => !['read', 'corrupt-pdf', 'xml-not-well-formed'].includes(s)),
    [],
  );
});

test('what only starts like a PDF is corrupt', async () => {
  assert.equal(await code(new TextEncoder().encode('%PDF-1.7\nhello')), 'corrupt-pdf');
  assert.equal(await code(new TextEncoder().encode('%PDF-')), 'corrupt-pdf');
  assert.equal(await code(rawPdf([{ body: '<< /Type /Nothing >>' }])), 'corrupt-pdf');
});

/** 500 MB of zeros in half a megabyte. */
const bomb = deflateSync(Buffer.alloc(500_000_000), { level: 1 });
const page = (content: number): { body: string }[] => [
  { body: '<< /Type /Catalog /Pages 2 0 R >>' },
  { body: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>' },
  { body: `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${content} 0 R >>` },
];

test('streams that unfold to half a gigabyte are refused before anything opens them', async () => {
  const bombs: Record<string, Uint8Array> = {
    'page content': rawPdf([...page(4), { body: '<< /Filter /FlateDecode >>', stream: bomb }]),
    'object stream': rawPdf([...page(5), { body: '<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >>', stream: bomb }]),
    attachment: rawPdf([
      { body: '<< /Type /Catalog /Pages 2 0 R /AF [5 0 R] >>' },
      ...page(6).slice(1),
      { body: '<< /Type /EmbeddedFile /Filter /FlateDecode >>', stream: bomb },
      { body: '<< /Type /Filespec /F (factur-x.xml) /EF << /F 4 0 R >> >>' },
    ]),
    'name written with an escape': rawPdf([
      ...page(5),
      { body: '<< /Type /Obj#53tm /N 1 /First 4 /Filter /Fl#61teDecode >>', stream: bomb },
    ]),
  };
  for (const [what, content] of Object.entries(bombs)) {
    const before = process.memoryUsage().rss;
    const result = await read(content);
    assert.ok(!result.ok && result.refusal.code === 'too-large', what);
    assert.match(result.refusal.message, /une fois décompressé, son contenu dépasse la limite de 64\u00a0Mo/);
    assert.ok(process.memoryUsage().rss - before < 250_000_000, `${what}: ${process.memoryUsage().rss - before} bytes`);
  }
});

test('an attachment over the XML limit is refused', async () => {
  const pdf = await blank();
  await pdf.attach(XML, 'factur-x.xml', {});
  assert.equal(await code(await pdf.save(), { maxXmlBytes: 1000 }), 'too-large');
});

test('the reader keeps its hands off the bytes it is given', async () => {
  const pdf = await blank();
  pdf.getPage(0).drawText('Facture n° F-79', { x: 50, y: 700 });
  const content = await pdf.save();
  const copy = content.slice();
  assert.equal((await reading(content)).number, 'F-79');
  assert.deepEqual(content, copy);
});
