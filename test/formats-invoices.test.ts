import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { INVOICE_REFUSAL_CODES } from '#formats/invoice/index.ts';
import { type Comparison, compareFolder } from '../tools/invoice-corpus.ts';

const root = resolve(import.meta.dirname, '..');
const data = join(process.env.QUITUS_SHARED ?? join(root, '..', 'shared'), 'data');
const corpus = join(data, 'einvoices');
const printed = join(data, 'pdf-without-xml');
const absent = (folder: string): string | false =>
  existsSync(join(folder, 'expected.jsonl'))
    ? false
    : `NOT CHECKED: ${folder} is absent (set QUITUS_SHARED to the reference material)`;

const shareRight = ({ fields }: Comparison): number => {
  const counts = [...fields.values()];
  return counts.reduce((sum, f) => sum + f.right, 0) / counts.reduce((sum, f) => sum + f.compared, 0);
};

test('432 real files: ≥ 99 % of the readable ones right in every field, all others refused, none crashes', {
  skip: absent(corpus),
}, async () => {
  const result = await compareFolder(corpus);
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

test('the documentation lists every refusal of an invoice file, and no other', () => {
  const page = readFileSync(join(root, 'docs/reference/errors.md'), 'utf8');
  const section = page.split(/^## /m).find((part) => part.startsWith('Invoice files')) ?? '';
  const documented = [...section.matchAll(/^\| `([a-z-]+)`/gm)].map((m) => m[1]);
  assert.deepEqual(documented.sort(), [...INVOICE_REFUSAL_CODES].sort());
});
