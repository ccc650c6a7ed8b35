import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { type InvoiceStatus, readStatusFile, STATUS_REFUSAL_CODES } from '#formats/cdar/index.ts';

const root = resolve(import.meta.dirname, '..');
const samples = join(process.env.QUITUS_SHARED ?? join(root, '..', 'shared'), 'data/einvoice-status');
const absent = existsSync(join(samples, 'expected.jsonl'))
  ? false
  : `NOT CHECKED: ${samples} is absent (set QUITUS_SHARED to the reference material)`;

interface Expected {
  readonly file: string;
  readonly process: string[];
  readonly invoice_ref: string[];
  readonly status_code: string[];
  readonly process_condition_code: string[];
  readonly process_condition: string[];
  readonly reason_code: string[];
  readonly reason: string[];
  readonly amounts: string[];
}

/** What was read, in the collector's terms. */
const asCollected = (statuses: readonly InvoiceStatus[]): Omit<Expected, 'file'> => ({
  process: [...new Set(statuses.flatMap((s) => s.profile ?? []))],
  invoice_ref: statuses.map((s) => s.invoice.number),
  status_code: statuses.flatMap((s) => s.documentStatusCode ?? []),
  process_condition_code: statuses.map((s) => s.status),
  process_condition: statuses.flatMap((s) => s.writtenLabel ?? []),
  reason_code: statuses.flatMap((s) => s.reasons.flatMap((r) => r.code ?? [])),
  reason: statuses.flatMap((s) => s.reasons.flatMap((r) => r.text ?? [])),
  amounts: statuses.flatMap((s) => s.amounts.map((a) => a.amount)),
});

test('every life-cycle message is read as expected', { skip: absent }, async (t) => {
  const lines = readFileSync(join(samples, 'expected.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
  assert.equal(lines.length, 44);
  for (const text of lines) {
    const { file, ...line } = JSON.parse(text) as Expected;
    await t.test(file, async () => {
      const result = await readStatusFile(readFileSync(join(samples, file)), file);
      assert.ok(result.ok, result.ok ? '' : result.refusal.message);
      const read = asCollected(result.value);
      for (const key of Object.keys(read) as (keyof typeof read)[]) assert.deepEqual(read[key], line[key], key);
      for (const status of result.value) {
        // The label is ours: it says the file's words without its underscores.
        assert.equal(
          status.label.toLowerCase(),
          (status.writtenLabel ?? '').replaceAll('_', ' ').toLowerCase().replace('erreur routage', 'erreur de routage'),
        );
        assert.match(status.issuedAt ?? '', /^2025-\d\d-\d\dT\d\d:\d\d:\d\d$/);
        assert.match(status.invoice.issuedOn ?? '', /^2025-\d\d-\d\d$/);
        assert.ok(status.messageId && status.statusAt && status.phase && status.recipients.length > 0);
      }
    });
  }
});

test('the documentation lists every refusal of a life-cycle message, and no other', () => {
  const page = readFileSync(join(root, 'docs/reference/errors.md'), 'utf8');
  const section = page.split(/^## /m).find((part) => part.startsWith('Life-cycle statuses')) ?? '';
  const documented = [...section.matchAll(/^\| `([a-z-]+)`/gm)].map((m) => m[1]);
  assert.deepEqual(documented.sort(), [...STATUS_REFUSAL_CODES].sort());
});
