import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import { join, resolve } from 'node:path';
import { mock, test } from 'node:test';
import { INVOICE_REFUSAL_CODES, readInvoiceFile } from '#formats/invoice/index.ts';
import { type Comparison, compareFolder } from '../tools/invoice-corpus.ts';
import { rawPdf } from './support/raw-pdf.ts';

const root = resolve(import.meta.dirname, '..');
const data = join(process.env.QUITUS_SHARED ?? join(root, '..', 'shared'), 'data');
const corpus = join(data, 'einvoices');
const printed = join(data, 'pdf-without-xml');
const absent = (folder: string): string | false =>
  existsSync(join(folder, 'expected.jsonl'))
    ? false
    : `NOT CHECKED: ${folder} is absent (set QUITUS_SHARED to the reference material)`;

/** Runs `work` and answers how many connections it tried to open, by sockets or by fetch. */
async function connectionsDuring(work: () => Promise<unknown>): Promise<number> {
  const sockets = mock.method(Socket.prototype, 'connect', () => assert.fail('a connection was tried'));
  const fetches = mock.method(globalThis, 'fetch', () => assert.fail('a fetch was tried'));
  try {
    await work();
    return sockets.mock.callCount() + fetches.mock.callCount();
  } finally {
    mock.restoreAll();
  }
}

const shareRight = ({ fields }: Comparison): number => {
  const counts = [...fields.values()];
  return counts.reduce((sum, f) => sum + f.right, 0) / counts.reduce((sum, f) => sum + f.compared, 0);
};

test('432 real files: ≥ 99 % of the readable ones right in every field, all others refused, none crashes', {
  skip: absent(corpus),
}, async () => {
  let result: Comparison | undefined;
  const connections = await connectionsDuring(async () => {
    result = await compareFolder(corpus);
  });
  assert.ok(result);
  assert.equal(connections, 0, 'reading never reaches for the network');
  const { readable, toRefuse, unjudged } = result;
  assert.equal(readable.length + toRefuse.length + unjudged.length, 432);
  assert.deepEqual(
    readable.filter((f) => f.refusal).map((f) => f.file),
    [],
    'readable files refused',
  );
  const wrong = readable.filter((f) => f.differences.length > 0);
  assert.ok(wrong.length / readable.length <= 0.01, wrong.map((f) => f.file).join('\n'));
  assert.ok(shareRight(result) > 0.999);
  assert.ok(toRefuse.length >= 15);
  assert.deepEqual(
    toRefuse.filter((f) => f.refusal === null).map((f) => f.file),
    [],
    'files that hold no invoice were read',
  );
});

test('printed invoices: number, dates and totals of the French ones are all proposed right', {
  skip: absent(printed),
}, async () => {
  const { readable, unjudged } = await compareFolder(printed);
  assert.ok(readable.length + unjudged.length >= 23);
  const main = [
    'number',
    'issue_date',
    'due_date',
    'currency',
    'total_net',
    'total_tax',
    'total_gross',
    'payable',
    'iban',
    'seller.name',
    'buyer.name',
  ];
  const french = readable.filter((f) => f.file.startsWith('lunatech-pa/'));
  assert.ok(french.length >= 7);
  const wrong = french.flatMap((f) => f.differences.filter((d) => main.includes(d.field)).map((d) => `${f.file}: ${d.field}`));
  assert.deepEqual(wrong, []);
  // What a page prints is proposed right or not at all, but for the kind of document, which a title seldom tells in full.
  const read = readable.flatMap((f) =>
    f.differences.filter((d) => d.actual !== null && d.actual !== undefined && d.field !== 'type_code'),
  );
  const misread = read.filter((d) => !(Array.isArray(d.actual) && d.actual.length === 0));
  assert.deepEqual(
    misread.map((d) => `${d.field}: ${JSON.stringify(d.actual)}`),
    [],
  );
});

test('files that ask for something outside get nothing', async () => {
  const xml = readFileSync(join(root, 'test/fixtures/invoices/ubl-invoice.xml'), 'utf8');
  const outside = 'http://192.0.2.1/';
  const asking = [
    xml.replace('?>', `?><?xml-stylesheet type="text/xsl" href="${outside}a.xsl"?>`),
    xml.replace(
      '<Invoice ',
      `<Invoice xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${outside} ${outside}a.xsd" `,
    ),
    xml.replace('<cbc:ID>', `<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="${outside}b.xml"/><cbc:ID>`),
    xml.replace('<Invoice ', `<!DOCTYPE Invoice SYSTEM "${outside}c.dtd"><Invoice `),
  ].map((text) => new TextEncoder().encode(text));
  const pdf = rawPdf([
    { body: `<< /Type /Catalog /Pages 2 0 R /AF [5 0 R] /OpenAction << /S /URI /URI (${outside}) >> >>` },
    { body: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>' },
    { body: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 6 0 R >> >> >>' },
    { body: '<< >>', stream: new TextEncoder().encode('BT /F1 12 Tf 50 700 Td (Facture 12345) Tj ET') },
    { body: `<< /Type /Filespec /FS /URL /F (${outside}factur-x.xml) /EF << /F 7 0 R >> >>` },
    { body: '<< /Type /Font /Subtype /TrueType /BaseFont /NoSuchFont >>' },
    { body: `<< /Type /EmbeddedFile /F << /FS /URL /F (${outside}) >> /FFilter /FlateDecode >>`, stream: new Uint8Array() },
  ]);
  const outcomes: boolean[] = [];
  const connections = await connectionsDuring(async () => {
    for (const bytes of asking) outcomes.push((await readInvoiceFile(bytes, 'facture.xml')).ok);
    outcomes.push((await readInvoiceFile(pdf, 'facture.pdf', { embeddedXml: 'ignore' })).ok);
  });
  assert.deepEqual(outcomes, [true, true, true, false, true]);
  assert.equal(connections, 0);
});

test('the documentation lists every refusal of an invoice file, and no other', () => {
  const page = readFileSync(join(root, 'docs/reference/errors.md'), 'utf8');
  const section = page.split(/^## /m).find((part) => part.startsWith('Invoice files')) ?? '';
  const documented = [...section.matchAll(/^\| `([a-z-]+)`/gm)].map((m) => m[1]);
  assert.deepEqual(documented.sort(), [...INVOICE_REFUSAL_CODES].sort());
});
