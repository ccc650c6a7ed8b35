import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import { rawPdf } from '../../../test/support/raw-pdf.ts';
import { createInvoiceReader, type InvoiceReader } from './reader.ts';

const XML = readFileSync(fileURLToPath(new URL('../../../test/fixtures/invoices/factur-x.xml', import.meta.url)));

const readers: InvoiceReader[] = [];
const reader = (...budget: Parameters<typeof createInvoiceReader>): InvoiceReader => {
  const made = createInvoiceReader(...budget);
  readers.push(made);
  return made;
};
after(() => Promise.all(readers.map((r) => r.close())));

/** A page whose content unfolds twice: the first unfolding is small, so that only the second one shows the bomb. */
const page = (content: Uint8Array, filters: string): Uint8Array =>
  rawPdf([
    { body: '<< /Type /Catalog /Pages 2 0 R >>' },
    { body: '<< /Type /Pages /Kids [3 0 R] /Count 1 >>' },
    { body: '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>' },
    { body: `<< /Filter [${filters}] >>`, stream: content },
  ]);
const nested = page(deflateSync(deflateSync(Buffer.alloc(900_000_000, 0x20), { level: 1 })), '/FlateDecode /FlateDecode');
/** Forty million drawing operators: nothing wrong with them but their number. */
const endless = page(deflateSync(Buffer.from('q Q '.repeat(15_000_000))), '/FlateDecode');

test('files are read in another thread, in the order they come', async () => {
  const { read } = reader();
  const results = await Promise.all([1, 2, 3].map((n) => read(XML.subarray(0), `${n}.xml`)));
  for (const result of results) assert.ok(result.ok && result.value[0]?.number === 'F-2026-0042');
  assert.ok(XML.length > 0, 'the caller keeps its bytes');
});

test('a refusal crosses the thread whole', async () => {
  const result = await reader().read(new TextEncoder().encode('<!DOCTYPE a><a/>'), 'facture.xml');
  assert.ok(!result.ok);
  assert.equal(result.refusal.code, 'xml-doctype');
});

test('a file that takes too long is refused, and the next one is read', async () => {
  const slow = reader({ timeoutMs: 700 });
  const [stopped, next] = await Promise.all([slow.read(endless, 'sans-fin.pdf'), slow.read(XML, 'facture.xml')]);
  assert.ok(!stopped.ok && next.ok);
  assert.equal(stopped.refusal.code, 'reading-timeout');
  assert.match(stopped.refusal.message, /sans-fin\.pdf/);
});

test('a file that takes too much memory is refused before the machine feels it, and the next one is read', async () => {
  const before = process.memoryUsage().rss;
  const small = reader({ maxMemoryBytes: 200_000_000 });
  const [stopped, next] = await Promise.all([small.read(nested, 'bombe.pdf'), small.read(XML, 'facture.xml')]);
  assert.ok(!stopped.ok && next.ok);
  assert.equal(stopped.refusal.code, 'reading-memory');
  assert.ok(process.memoryUsage().rss - before < 700_000_000, 'the bomb weighs 900 MB');
});

test('a reader let go without a file starts again', async () => {
  const brief = reader({ idleMs: 1 });
  assert.ok((await brief.read(XML, 'a.xml')).ok);
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.ok((await brief.read(XML, 'b.xml')).ok);
});
