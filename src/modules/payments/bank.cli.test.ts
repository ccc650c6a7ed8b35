import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { camt, type MadeStatement } from '../../../test/support/bank-files.ts';
import { createStatementReader } from './statement-reader.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
let folder = '';

const quitus = (...args: string[]): Promise<{ code: number; out: string; err: string }> =>
  new Promise((done) => {
    const node = ['--import', join(root, 'tools/tsx-hook.mjs'), join(root, 'src/main.ts'), ...args];
    execFile(process.execPath, node, { cwd: folder }, (error, out, err) =>
      done({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });

const STATEMENT: MadeStatement = {
  bank: '30002',
  branch: '00447',
  number: '12345678901',
  iban: 'FR7630006000011234567890189',
  openingCents: 100_00n,
  from: '2026-03-01',
  to: '2026-03-02',
  entries: [
    { cents: -1200_00n, bookedOn: '2026-03-02', valueOn: '2026-03-03', name: 'BRASSERIE', text: 'VIR F-1', reference: 'E2E-1' },
  ],
};

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quitus bank '));
  await writeFile(join(folder, 'releve.xml'), camt([STATEMENT], 8));
  await writeFile(join(folder, 'carte.csv'), '15/01/2026;12,00;BRASSERIE\n');
});
after(() => rm(folder, { recursive: true }));

test('one JSON object a file, with the fields of the contract, and the error of the file that is refused', async () => {
  const { code, out } = await quitus('bank', 'read', '--json', 'releve.xml', 'rien.xml', 'carte.csv');
  assert.equal(code, 1);
  const [read, absent, refused] = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  assert.deepEqual([read?.file, read?.format], ['releve.xml', 'camt.053']);
  const [statement] = read?.statements as Record<string, unknown>[];
  assert.deepEqual(
    [statement?.account, statement?.currency, statement?.opening, statement?.closing],
    ['FR7630006000011234567890189', 'EUR', '100.00', '-1100.00'],
  );
  const [entry] = statement?.entries as Record<string, unknown>[];
  const { bookedOn, valueOn, amount, currency, name, iban, text, reference } = entry ?? {};
  assert.deepEqual([bookedOn, valueOn, amount, currency], ['2026-03-02', '2026-03-03', '-1200.00', 'EUR']);
  assert.deepEqual([name, iban, text, reference], ['BRASSERIE', null, 'VIR F-1', 'E2E-1']);
  assert.deepEqual(
    [absent, refused].map((r) => [r?.file, (r?.error as { code: string }).code]),
    [
      ['rien.xml', 'file-not-readable'],
      ['carte.csv', 'table-no-header'],
    ],
  );
});

test('people read a line in French; columns can be pointed at', async () => {
  const { code, out } = await quitus('bank', 'read', 'releve.xml');
  assert.equal(code, 0);
  assert.match(
    out,
    /compte FR76\S+ · solde initial 100,00\u00a0€ au 01\/03\/2026 · 1 mouvement · solde final -1\u202f100,00\u00a0€/,
  );
  const mapped = await quitus(
    'bank',
    'read',
    '--json',
    '--invert-sign',
    '--mapping',
    'booked=1',
    '--mapping',
    'amount=2',
    'carte.csv',
  );
  assert.equal(mapped.code, 0);
  assert.match(mapped.out, /"amount":"-12\.00"/);
  for (const wrong of [
    ['--mapping', 'colour=red'],
    ['--day-order', 'ymd'],
    ['--max-size', 'lots'],
  ]) {
    const refused = await quitus('bank', 'read', ...wrong, 'carte.csv');
    assert.ok(refused.code > 0 && refused.err !== '' && refused.out === '', wrong.join(' '));
  }
});

test('life-cycle statuses are read by the command', async () => {
  const { code, out } = await quitus('invoice', 'status', '--json', 'releve.xml');
  assert.equal(code, 1);
  assert.equal((JSON.parse(out) as { error: { code: string } }).error.code, 'not-a-status');
});

test('a file that takes too long is refused, and the next one is read', async () => {
  const reader = createStatementReader({ timeoutMs: 400 });
  const entries = Array.from({ length: 60_000 }, () => STATEMENT.entries).flat();
  const endless = new TextEncoder().encode(camt([{ ...STATEMENT, entries }], 8));
  try {
    const [stopped, next] = await Promise.all([
      reader.read(endless, 'sans-fin.xml'),
      reader.read(new TextEncoder().encode('Date;Montant\n31/01/2026;1,00\n'), 'a.csv'),
    ]);
    assert.ok(!stopped.ok && stopped.refusal.code === 'reading-timeout');
    assert.ok(next.ok);
  } finally {
    await reader.close();
  }
});
