import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, mock, type TestContext, test } from 'node:test';
import { Command } from 'commander';
import { readStatementFile } from '#formats/bank/index.ts';
import { readInvoiceFile } from '#formats/invoice/index.ts';
import { listCompanies } from '#modules/companies/index.ts';
import { openDatabase } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import { PlatformFailure } from '#platform/failure.ts';
import { closePdf } from '#platform/pdf/pdf.ts';
import { freshDeps } from '../../../test/support/app.ts';
import { registerDemo } from './demo.cli.ts';
import { demoDocuments } from './documents.ts';

after(closePdf);

/** Runs a command line as the CLI does; answers what it printed and how often it closed the store it opened. */
async function run(t: TestContext, args: readonly string[], open: () => Promise<Deps>): Promise<{ out: string; closed: number }> {
  let closed = 0;
  const lines: string[] = [];
  const log = mock.method(console, 'log', (line: string) => lines.push(line));
  t.after(() => log.mock.restore());
  const program = new Command();
  registerDemo(program, async () => {
    const deps = await open();
    const close = async () => {
      closed += 1;
      await deps.db.close();
    };
    return { ...deps, db: { ...deps.db, close } };
  });
  await program.parseAsync(['node', 'quitus', ...args]);
  log.mock.restore();
  return { out: lines.join('\n'), closed };
}
const never = (): Promise<Deps> => Promise.reject(new Error('this verb has no need of the store'));

function folder(t: TestContext): string {
  const made = mkdtempSync(join(tmpdir(), 'quitus-demo-'));
  t.after(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

test('demo load, twice, then demo remove, twice', async (t) => {
  const deps = await freshDeps(t);
  const { url } = deps.db as Deps['db'] & { readonly url: string };
  const open = async () => ({ ...deps, db: await openDatabase({ dataDir: '', databaseUrl: url }) });
  for (let i = 0; i < 2; i += 1) {
    const { out, closed } = await run(t, ['demo', 'load'], open);
    assert.match(out, /« Studio Brindille & Sextant » est prête/);
    assert.equal(closed, 1);
    assert.equal((await listCompanies(deps)).length, 1);
  }
  assert.match((await run(t, ['demo', 'remove'], open)).out, /est retirée/);
  assert.deepEqual(await listCompanies(deps), []);
  const again = await run(t, ['demo', 'remove'], open);
  assert.match(again.out, /rien à retirer/);
  assert.equal(again.closed, 1);
});

test('demo invoices writes every document into a folder, made if need be', async (t) => {
  const out = join(folder(t), 'essai de factures');
  const printed = await run(t, ['demo', 'invoices', '--out', out], never);
  const names = readdirSync(out).sort();
  const count = demoDocuments(Temporal.Now.plainDateISO('Europe/Paris')).length;
  assert.equal(names.length, count);
  assert.match(printed.out, new RegExp(`^${count} documents`));
  for (const name of names) {
    assert.match(name, /^(facture-F|avoir-A)\d{4}-\d\d\.pdf$/);
    assert.ok((await readInvoiceFile(readFileSync(join(out, name)), name)).ok, name);
  }
});

test('demo statement writes a bank file that is read back whole', async (t) => {
  const out = join(folder(t), 'releve.xml');
  const deps = await freshDeps(t);
  const printed = await run(t, ['demo', 'statement', '--out', out], () => Promise.resolve(deps));
  assert.match(printed.out, /releve\.xml$/);
  const read = await readStatementFile(readFileSync(out), 'releve.xml');
  assert.ok(read.ok);
  const [statement] = read.value.statements;
  assert.equal(statement?.entries.length, 4);
  assert.deepEqual(statement?.warnings, []);
});

test('demo invoices says so when it cannot write there', async (t) => {
  const file = join(folder(t), 'occupé');
  writeFileSync(file, '');
  await assert.rejects(run(t, ['demo', 'invoices', '--out', file], never), (error: unknown) => {
    assert.ok(error instanceof PlatformFailure);
    assert.equal(error.code, 'demo.out');
    assert.match(error.message, /Choisissez un dossier/);
    return true;
  });
});
