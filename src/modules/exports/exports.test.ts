import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Command } from 'commander';
import { parse } from 'csv-parse/sync';
import { sql } from 'kysely';
import { day } from '#core/kernel/day.ts';
import { act, viewCase } from '#modules/cases/index.ts';
import { recordPayment, refund } from '#modules/payments/index.ts';
import type { Deps } from '#platform/deps.ts';
import { freshDeps } from '../../../test/support/app.ts';
import { aCase, aCompany, aCreditNote, done } from '../../../test/support/cases.ts';
import { type ExportKind, type ExportRequest, exportTo } from './exporting.ts';
import { registerExport } from './exports.cli.ts';

async function text(deps: Deps, tenant: string, what: ExportKind, more: Partial<ExportRequest> = {}): Promise<string> {
  const pieces: string[] = [];
  const request: ExportRequest = { what, format: 'csv', to: deps.clock.today(), ...more };
  done(await exportTo(deps, tenant, request, async (piece) => void pieces.push(piece)));
  return pieces.join('');
}

const rows = (csv: string) => parse(csv, { delimiter: ';', bom: true, columns: true }) as Readonly<Record<string, string>>[];

const INVOICES = [
  { number: 'F-1', issuedOn: '2026-03-01', dueOn: '2026-03-31', amount: '1200.00' },
  { number: '=CMD()', issuedOn: '2026-03-15', dueOn: '2026-04-15', amount: '600.00' },
];

async function someBooks(deps: Deps) {
  const tenant = await aCompany(deps);
  const caseId = await aCase(deps, tenant, { name: '@Brasserie ; du Port', invoices: INVOICES });
  const view = await deps.db.tenant(tenant, (tx) => viewCase(tx, tenant, caseId, deps.clock.today()));
  const ids = view?.invoices.map(({ id }) => id) ?? [];
  const paid = done(
    await recordPayment(deps, tenant, { on: '10/05/2026', amount: '2500,50', reference: '+33 VIR' }, { invoiceIds: ids }),
  );
  return { tenant, caseId, ids, paid };
}

test('what is open on a day, with the account it is on; the day before a payment, it was open', async (t) => {
  const deps = await freshDeps(t);
  const { tenant } = await someBooks(deps);
  const other = await aCase(deps, tenant, { name: 'Autre', invoices: [{ ...INVOICES[0], number: 'G-1' }] as never });
  await aCreditNote(deps, tenant, other, 'G-1', 'A-1', '2026-04-01', '200.00');
  const lost = await aCase(deps, tenant, { name: 'Perdu', invoices: [{ ...INVOICES[0], number: 'H-1' }] as never });
  done(await act(deps, tenant, other, 'doubtful', { on: '30/06/2026' }));
  done(await act(deps, tenant, lost, 'close', { reason: 'written-off', proof: 'none' }));
  const now = rows(await text(deps, tenant, 'open-items'));
  assert.deepEqual(
    now.map((r) => [r.Client, r.Numéro, r.Montant, r['Reste dû'], r['Jours de retard'], r.État, r.Compte]),
    [
      ['Autre', 'G-1', '1200,00', '1000,00', '235', 'douteuse', '416'],
      ['Perdu', 'H-1', '1200,00', '1200,00', '235', 'passée en perte', '654'],
    ],
  );
  const before = rows(await text(deps, tenant, 'open-items', { to: day('2026-05-09') }));
  assert.deepEqual(
    before.map((r) => `${r.Client} ${r.Numéro} ${r['Reste dû']} ${r.Compte}`),
    [
      "'@Brasserie ; du Port F-1 1200,00 411",
      "'@Brasserie ; du Port '=CMD() 600,00 411",
      'Autre G-1 1000,00 411',
      'Perdu H-1 1200,00 411',
    ],
  );
});

test('payments: each row an invoice, the rest apart; the parts of a payment make its amount', async (t) => {
  const deps = await freshDeps(t);
  const { tenant, paid } = await someBooks(deps);
  done(await refund(deps, tenant, paid.paymentId, { on: '12/05/2026', amount: '100', reference: 'Rendu' }));
  const csv = await text(deps, tenant, 'payments');
  assert.ok(csv.startsWith('\ufeffDate;Client;'));
  const read = rows(csv);
  assert.deepEqual(
    read.map((r) => [r.Nature, r['Montant du paiement'], r.Facture, r.Principal]),
    [
      ['encaissement', '2500,50', "'=CMD()", '600,00'],
      ['encaissement', '', 'F-1', '1200,00'],
      ['encaissement', '', '', '0,00'],
      ['remboursement', '-100,00', '', '0,00'],
    ],
  );
  assert.equal(read[0]?.Référence, "'+33 VIR");
  const cents = (r: Readonly<Record<string, string>>) =>
    ['Principal', 'Intérêts', 'Indemnité', 'Non affecté'].reduce(
      (sum, c) => sum + Math.round(Number(r[c]?.replace(',', '.')) * 100),
      0,
    );
  assert.equal(
    read.reduce((sum, r) => sum + cents(r), 0),
    250050 - 10000,
  );
  assert.equal(rows(await text(deps, tenant, 'payments', { from: day('2026-05-11') })).length, 1);
});

test('the journal: every fact in order with its seal; JSON an object a line', async (t) => {
  const deps = await freshDeps(t);
  const { tenant } = await someBooks(deps);
  const lines = (await text(deps, tenant, 'journal', { format: 'json' }))
    .trimEnd()
    .split('\n')
    .map((l) => JSON.parse(l));
  assert.deepEqual(
    lines.map((l) => l.seq),
    lines.map((_, i) => `${i + 1}`),
  );
  for (const [i, line] of lines.entries()) if (i > 0) assert.equal(line.previousHash, lines[i - 1].hash);
  assert.ok(lines.some((l) => l.kind === 'payment-recorded' && l.case === 'D-2026-0001'));
});

test('what makes no sense is refused before a byte is written', async (t) => {
  const deps = await freshDeps(t);
  const tenant = await aCompany(deps);
  const asked = async (more: Partial<ExportRequest>) => {
    const request: ExportRequest = { what: 'payments', format: 'csv', to: day('2026-11-21'), ...more };
    const result = await exportTo(deps, tenant, request, () => assert.fail('something was written'));
    return result.ok ? 'ok' : result.refusal.code;
  };
  assert.equal(await asked({ format: 'fec' }), 'export.no-fec');
  assert.equal(await asked({ from: day('2026-11-22') }), 'export.period');
  assert.equal(await asked({ what: 'entries', firstNumber: 0 }), 'export.number');
});

test('a reader that leaves ends the reading of the store', async (t) => {
  const deps = await freshDeps(t);
  const { tenant } = await someBooks(deps);
  const request: ExportRequest = { what: 'journal', format: 'csv', to: deps.clock.today() };
  await assert.rejects(
    exportTo(deps, tenant, request, () => Promise.reject(new Error('gone'))),
    /gone/,
  );
  const { rows: open } = await deps.db.system((tx) =>
    sql`select 1 from pg_stat_activity where state = 'idle in transaction' and datname = current_database()`.execute(tx),
  );
  assert.deepEqual(open, []);
});

test('a hundred thousand invoices leave in memory that does not grow with them', async (t) => {
  const deps = await freshDeps(t);
  const { tenant } = await someBooks(deps);
  await deps.db.tenant(tenant, async (tx) => {
    await sql`
      insert into invoices (tenant_id, invoice_id, document_kind, party_id, case_id, number, issued_on, due_on, currency, gross_cents,
        payable_cents, balance_cents, created_at)
      select i.tenant_id, gen_random_uuid(), 'invoice', i.party_id, i.case_id, 'M-' || n, i.issued_on, i.due_on, 'EUR', 10000, 10000, 10000, now()
      from invoices i, generate_series(1, 100000) n where i.tenant_id = ${tenant} and i.number = 'F-1'`.execute(tx);
  });
  let [bytes, peak] = [0, 0];
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const start = process.cpuUsage();
  const request: ExportRequest = { what: 'open-items', format: 'csv', to: deps.clock.today() };
  const { count } = done(
    await exportTo(deps, tenant, request, async (piece) => {
      bytes += piece.length;
      peak = Math.max(peak, process.memoryUsage().heapUsed - before);
    }),
  );
  t.diagnostic(
    `${count} rows, ${Math.round(bytes / 1e6)} MB, ${Math.round(process.cpuUsage(start).user / 1000)} ms of processor, heap +${Math.round(peak / 1e6)} MB`,
  );
  assert.equal(count, 100_000);
  assert.ok(peak < 150e6, `the heap grew by ${peak} bytes`);
});

test('the command writes the file, tells what is left to be done, refuses what makes no sense', async (t) => {
  const deps = await freshDeps(t);
  const { tenant, caseId } = await someBooks(deps);
  const lost = await aCase(deps, tenant, { name: 'Perdu', invoices: [{ ...INVOICES[0], number: 'H-1' }] as never });
  done(await act(deps, tenant, lost, 'close', { reason: 'written-off' }));
  assert.ok(caseId);
  const told: string[] = [];
  t.mock.method(console, 'error', (line: string) => told.push(line));
  const run = async (...args: string[]) => {
    const program = new Command().exitOverride();
    registerExport(program, async () => ({ ...deps, db: { ...deps.db, close: async () => undefined } }));
    await program.parseAsync(['node', 'quitus', 'export', ...args]);
  };
  const out = join(deps.config.dataDir, 'fec.txt');
  await run('entries', '--format', 'fec', '--from', '2026-01-01', '--to', '2026-12-31', '--first-number', '7', '--out', out);
  const lines = readFileSync(out, 'utf8').trimEnd().split('\r\n');
  assert.equal(lines[0]?.split('\t').length, 18);
  assert.equal(lines[1]?.split('\t')[2], '7');
  assert.match(told.join('\n'), /écritures dans .*À compléter à la main \(1\).*Perdu, H-1/s);
  await assert.rejects(run('payments', '--format', 'fec', '--out', out), { code: 'export.no-fec' });
  await assert.rejects(run('journal', '--out', join(deps.config.dataDir, 'nowhere/x.csv')), { code: 'file.unwritable' });
});
