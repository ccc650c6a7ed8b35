import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { createCompany } from '#modules/companies/index.ts';
import { freshDeps } from '../../../test/support/app.ts';
import { done } from '../../../test/support/cases.ts';
import { takeFiles } from './folder.ts';
import { countPending } from './readings.ts';

const fixture = (name: string) => readFileSync(new URL(`../../../test/fixtures/invoices/${name}`, import.meta.url));
/** The invoice with totals that add up: nothing to look at. */
const INVOICE = fixture('ubl-invoice.xml').toString().replace('119.00', '120.00');

async function setUp(t: TestContext) {
  const deps = await freshDeps(t);
  const tenantId = done(await createCompany(deps, { name: 'Menuiserie Corbeau' })).id;
  const folder = mkdtempSync(join(tmpdir(), 'quitus factures '));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const take = async (...paths: string[]) => {
    const taken: string[] = [];
    for await (const { path, documents, refusal } of takeFiles(deps, tenantId, paths.length > 0 ? paths : [folder], 'business'))
      taken.push(...(refusal ? [`${basename(path)} ${refusal.code}`] : documents.map((d) => `${basename(path)} ${d.outcome}`)));
    return taken;
  };
  return { deps, tenantId, folder, take };
}

test('a folder: invoices first, then their credit notes; what is no invoice is left alone; again, nothing changes', async (t) => {
  const { deps, tenantId, folder, take } = await setUp(t);
  mkdirSync(join(folder, 'archives'));
  writeFileSync(join(folder, 'a-avoir.xml'), fixture('ubl-credit-note.xml'));
  writeFileSync(join(folder, 'archives', 'facture.xml'), INVOICE);
  writeFileSync(join(folder, 'photo.jpg'), 'x');
  writeFileSync(join(folder, 'abimé.pdf'), 'pas un PDF');
  const first = await take();
  const second = await take();
  assert.deepEqual(first, ['abimé.pdf refused', 'facture.xml added', 'a-avoir.xml added']);
  assert.deepEqual(second, ['a-avoir.xml known', 'abimé.pdf refused', 'facture.xml known']);
  assert.equal(await deps.db.tenant(tenantId, (tx) => countPending(tx, tenantId)), 0);
});

test('an orphan credit note, and what a person must look at, wait in the web app', async (t) => {
  const { deps, tenantId, folder, take } = await setUp(t);
  writeFileSync(join(folder, 'avoir.xml'), fixture('ubl-credit-note.xml'));
  writeFileSync(join(folder, 'autre.xml'), fixture('factur-x.xml').toString().replaceAll('Menuiserie Corbeau', 'Autre Vendeur'));
  const taken = await take();
  assert.ok(taken.includes('avoir.xml waiting'), taken.join());
  const waiting = await deps.db.tenant(tenantId, (tx) => countPending(tx, tenantId));
  assert.equal(waiting, taken.filter((one) => one.endsWith('waiting')).length);
  // Its invoice comes later: the same command then enters both.
  writeFileSync(join(folder, 'facture.xml'), INVOICE);
  assert.ok((await take()).includes('avoir.xml added'));
});

test('a path that does not exist says so; a file given by name is taken whatever it is called', async (t) => {
  const { folder, take } = await setUp(t);
  writeFileSync(join(folder, 'facture.dat'), INVOICE);
  assert.deepEqual(await take(join(folder, 'facture.dat'), join(folder, 'absent.pdf')), [
    'facture.dat added',
    'absent.pdf file-not-readable',
  ]);
});
