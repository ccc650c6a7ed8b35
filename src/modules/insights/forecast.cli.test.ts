import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { fromEpochDay } from '#core/kernel/epoch-day.ts';
import { madeUpBook } from '../../../test/support/made-up-payments.ts';
import { readPastPayments } from './past-payments.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
let folder = '';

const bench = (...args: string[]): Promise<{ code: number; out: string; err: string }> =>
  new Promise((resolve) => {
    const node = ['--import', join(root, 'tools/tsx-hook.mjs'), join(root, 'src/main.ts'), 'bench', 'forecast', ...args];
    execFile(process.execPath, node, { cwd: folder, maxBuffer: 1e7 }, (error, out, err) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });

const french = (day: number): string => fromEpochDay(day).toString().split('-').reverse().join('/');
const rows = madeUpBook(30, 20, 8).map((i) =>
  [
    i.id,
    i.customer,
    french(i.issuedOn),
    french(i.dueOn),
    (Number(i.cents) / 100).toFixed(2).replace('.', ','),
    i.settledOn === undefined ? '' : french(i.settledOn),
  ].join(';'),
);
const HEADERS = 'N° facture;Client;Date de facture;Échéance;Montant TTC;Date de règlement';
const bytes = (lines: readonly string[]): Uint8Array => new TextEncoder().encode(lines.join('\n'));

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quitus bench '));
  await writeFile(join(folder, 'passé.csv'), [HEADERS, ...rows].join('\n'));
  await writeFile(join(folder, 'ouvertes.csv'), [HEADERS, ...rows.map((r) => r.replace(/;[^;]*$/, ';'))].join('\n'));
});
after(() => rm(folder, { recursive: true }));

test('a French export: a table with every baseline, intervals, the model kept, in French', async () => {
  const { code, out, err } = await bench('passé.csv', '--draws', '20', '--fast');
  assert.equal(code, 0, err);
  for (const label of [
    'constante',
    'échéance seule',
    'moyenne du client',
    'Kaplan-Meier',
    'logistique et ridge',
    'Cox ridge',
    'arbres boostés',
    'risque à temps discret',
  ])
    assert.ok(out.includes(label), label);
  assert.match(out, /600 factures, 30 clients/);
  assert.match(out, /risque à temps discret +0,\d{3} \[0,\d{3} ; 0,\d{3}\] +0,\d{4} \[/);
  assert.match(out, /Modèle retenu pour ces données\u202f: /);
  assert.match(out, /Origine glissante, 6 dates/);
  assert.match(out, /coupure au hasard/);
});

test('the same as JSON, with the cut asked for', async () => {
  const { code, out } = await bench('passé.csv', '--json', '--draws', '5', '--fast', '--cut', '2023-01-15');
  assert.equal(code, 0);
  const report = JSON.parse(out) as {
    cut: string;
    models: { id: string; scores: { logLoss: { value: number } } }[];
    rolling: { chosen: string };
  };
  assert.equal(report.cut, '2023-01-15');
  const loss = (id: string): number => report.models.find((m) => m.id === id)?.scores.logLoss.value ?? Number.NaN;
  assert.ok(loss('hazard') < loss('customer-mean') && loss('customer-mean') < loss('constant'));
});

test('files nothing can be learnt from are refused, with what to do', async () => {
  const open = await bench('ouvertes.csv');
  assert.equal(open.code, 1);
  assert.match(open.err, /que des factures ouvertes/);
  const absent = await bench('rien.csv', '--json');
  assert.equal(absent.code, 1);
  assert.equal((JSON.parse(absent.out) as { error: { code: string } }).error.code, 'file-not-readable');
  const early = await bench('passé.csv', '--cut', '2000-01-01');
  assert.equal(early.code, 1);
  assert.match(early.err, /--cut/);
  const wrong = await bench('passé.csv', '--cut', 'demain');
  assert.equal(wrong.code, 2);
});

test('bad rows are left out and counted, repeated rows counted once', () => {
  const read = readPastPayments(
    bytes([
      HEADERS,
      ...rows,
      rows[0] ?? '',
      'X;c1;le 3;01/02/2023;10,00;',
      'Y;c1;01/02/2023;01/03/2023;dix;',
      'Z;c1;01/02/2023;01/03/2023;10,00;01/01/2023',
    ]),
    'f.csv',
  );
  assert.ok(read.ok);
  assert.equal(read.value.invoices.length, 600);
  assert.deepEqual(read.value.leftOut, {
    'ligne répétée à l’identique': 1,
    'date de facture illisible': 1,
    'montant illisible': 1,
    'payée avant d’exister': 1,
  });
});

test('amounts and days as other sets write them: many decimals, 20200210.0, a time after the day', () => {
  const lines = ['cust_number,posting_date,due_in_date,clear_date,total_open_amount,invoice_id,isOpen'];
  for (let i = 0; i < 220; i += 1)
    lines.push(`C${i % 7},2020-01-02,20200210.0,2020-02-${String(1 + (i % 28)).padStart(2, '0')} 00:00:00,100.005,${i}.0,0`);
  const read = readPastPayments(bytes(lines), 'highradius.csv');
  assert.ok(read.ok);
  const [first] = read.value.invoices;
  assert.deepEqual(
    [first?.id, first?.cents, (first?.dueOn ?? 0) - (first?.knownOn ?? 0), (first?.settledOn ?? 0) - (first?.knownOn ?? 0)],
    ['0', 10_001n, 39, 30],
  );
});

test('missing columns are named, a mapping replaces them, an unknown column is refused', () => {
  const odd = [HEADERS.replace('Échéance', 'Limite'), ...rows];
  const refused = readPastPayments(bytes(odd), 'f.csv');
  assert.ok(!refused.ok && refused.refusal.code === 'payments-missing-columns');
  assert.match(refused.ok ? '' : refused.refusal.message, /l’échéance \(due\)/);
  assert.ok(readPastPayments(bytes(odd), 'f.csv', { due: 'Limite' }).ok);
  const unknown = readPastPayments(bytes(odd), 'f.csv', { due: 'Terme' });
  assert.ok(!unknown.ok && unknown.refusal.code === 'payments-unknown-column');
  const few = readPastPayments(bytes([HEADERS, ...rows.slice(0, 50)]), 'f.csv');
  assert.ok(!few.ok && few.refusal.code === 'payments-too-few');
});
