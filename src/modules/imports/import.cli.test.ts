import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mock, type TestContext, test } from 'node:test';
import { Command } from 'commander';
import { openDatabase } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import { freshDeps } from '../../../test/support/app.ts';
import { aCompany } from '../../../test/support/cases.ts';
import { registerImport } from './import.cli.ts';

/** `quitus import` as it is typed: what it prints, its exit code, the file of lines to correct. */

async function setUp(t: TestContext) {
  const deps = await freshDeps(t);
  await aCompany(deps);
  const { url } = deps.db as Deps['db'] & { readonly url: string };
  const open = async () => ({ ...deps, db: await openDatabase({ dataDir: '', databaseUrl: url }) });
  const folder = mkdtempSync(join(tmpdir(), 'quitus import '));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const run = async (...args: string[]): Promise<{ out: string; err: string; code: number }> => {
    const out: string[] = [];
    const err: string[] = [];
    const log = mock.method(console, 'log', (line: string) => out.push(line));
    const error = mock.method(console, 'error', (line: string) => err.push(line));
    const write = mock.method(process.stderr, 'write', (text: string) => err.push(text) > 0);
    const before = process.exitCode;
    process.exitCode = 0;
    try {
      const program = new Command();
      registerImport(program, open);
      await program.parseAsync(['node', 'quitus', 'import', ...args]);
      return { out: out.join('\n').replace(/[\u00a0\u202f]/g, ' '), err: err.join(''), code: Number(process.exitCode) };
    } finally {
      for (const one of [log, error, write]) one.mock.restore();
      process.exitCode = before;
    }
  };
  const file = (name: string, ...lines: string[]): string => {
    writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
    return join(folder, name);
  };
  return { run, file };
}

const HEADER = 'N° facture;Date;Échéance;Client;Reste à payer';
const row = (n: number): string => `F-${n};01/09/2026;01/10/2026;Client ${n};100,00`;

test('shown first, then imported, then a full list that settles only what was agreed to', async (t) => {
  const { run, file } = await setUp(t);
  const list = file('liste.csv', HEADER, row(1), row(2), 'F-3;hier;01/10/2026;Client 3;x');
  const shown = await run(list, '--mode', 'delta', '--dry-run');
  assert.match(shown.out, /rien n’est encore importé.*Nouvelles factures : 2 documents, 200,00 € \(dont 2 nouveaux clients\)/s);
  assert.match(shown.err, /Lecture de la liste…\nComparaison/);
  const told = readFileSync(`${list}.a-corriger.csv`, 'utf8');
  assert.match(told, /4;"Date";"hier".*4;"Reste à payer";"x"/s);

  assert.match((await run(list, '--mode', 'delta', '--strict')).err, /REFUSÉ \(import\.rejected\)/);
  const done = await run(list, '--mode', 'delta', '--json', '--rejected', file('ailleurs.csv'));
  const { applied, rejected, rejectedFile, new: added } = JSON.parse(done.out);
  assert.deepEqual([applied, rejected, added.count, existsSync(rejectedFile)], [true, 1, 2, true]);

  const shorter = file('courte.csv', HEADER, row(1));
  const refused = await run(shorter, '--mode', 'full');
  assert.equal(refused.code, 1);
  assert.match(refused.err, /1 des 2 factures ouvertes.*--settle 1/);
  assert.match((await run(shorter, '--mode', 'full', '--settle', '1')).out, /Soldées par absence : 1 document, 100,00 €/);
});

test('columns named on the command line are remembered', async (t) => {
  const { run, file } = await setUp(t);
  const strange = (n: number): string => file(`x${n}.csv`, 'Zig;Zag;Zug;Zog', `F-${n};01/09/2026;Alpha;12,00`);
  const map = ['Zig=number', 'Zag=issue_date', 'Zug=buyer.name', 'Zog=payable'].flatMap((one) => ['--map', one]);
  assert.match((await run(strange(1), '--mode', 'delta')).err, /csv-no-header/);
  assert.equal((await run(strange(1), '--mode', 'delta', '--terms', '30', ...map)).code, 0);
  assert.match((await run(strange(2), '--mode', 'delta', '--terms', '30')).out, /Nouvelles factures : 1 document/);
  await assert.rejects(run(join(tmpdir(), 'absent.csv'), '--mode', 'delta'), /n’existe pas/);
});
