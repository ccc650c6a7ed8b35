import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { freshDeps } from '../../../test/support/app.ts';
import { aCompany } from '../../../test/support/cases.ts';
import { client, testApp } from '../../../test/support/web.ts';
import { importsWeb } from './imports.pages.tsx';
import { startJob } from './jobs.ts';
import { listImports } from './store.ts';

/** What the pages answer when a list takes long, was interrupted, or is no list. */

const LIST = 'N° facture;Date;Échéance;Client;Reste à payer\nF-1;01/09/2026;01/10/2026;Alpha;12,00\n';

async function visit(t: TestContext) {
  const deps = await freshDeps(t);
  const id = await aCompany(deps);
  const company = { id, name: 'Atelier', demo: false };
  const browser = client(testApp({ modules: [importsWeb], deps, companies: () => Promise.resolve([company]) }));
  const drop = async (content: string, mode = 'delta'): Promise<string> => {
    const form = new FormData();
    form.append('files', new File([content], 'liste.csv'));
    form.append('mode', mode);
    const answer = await browser.post('/deposer/liste', form);
    return answer.headers.get('location') ?? '';
  };
  await browser.get('/deposer/liste');
  const imports = () => deps.db.tenant(id, (tx) => listImports(tx, id, 10));
  const page = async (path: string) => (await browser.get(path)).text();
  return { deps, id, browser, drop, imports, page };
}

test('a file sent by a program is answered at once, with where to go', async (t) => {
  const { browser, imports } = await visit(t);
  const form = new FormData();
  form.append('files', new File([LIST], 'liste.csv'));
  const answer = await browser.post('/deposer/liste', form, { accept: 'application/json' });
  const { href, go } = (await answer.json()) as { href: string; go: boolean };
  const [only] = await imports();
  assert.deepEqual([href, go, only?.summary?.new.count], [`/deposer/liste/${only?.id}`, true, 1]);
});

test('the same file dropped again is the same import, taken the new way', async (t) => {
  const { drop, imports } = await visit(t);
  const first = await drop(LIST);
  assert.equal(await drop(LIST, 'full'), first);
  assert.deepEqual(
    (await imports()).map(({ mode, status }) => [mode, status]),
    [['full', 'to-confirm']],
  );
});

test('an import that was confirmed and interrupted is told, and taken up', async (t) => {
  const { deps, id, drop, imports, page, browser } = await visit(t);
  const path = await drop(LIST);
  await deps.db.tenant(id, (tx) => tx.updateTable('imports').set({ status: 'confirmed' }).where('tenant_id', '=', id).execute());
  assert.match(await page(path), /Import interrompu.*Reprendre l’import/s);
  await browser.post(path);
  assert.match(await page(path), /Liste importée/);
  assert.deepEqual(
    (await imports()).map(({ status }) => status),
    ['applied'],
  );
  await browser.post(path);
  const { n } = await deps.db.tenant(id, (tx) =>
    tx
      .selectFrom('invoices')
      .select((e) => e.fn.countAll<bigint>().as('n'))
      .executeTakeFirstOrThrow(),
  );
  assert.equal(n, 1n, 'pressed twice, it is applied once');
});

test('while an import is under way its page says how far it is, and asks again by itself', async (t) => {
  const { drop, imports, browser, page } = await visit(t);
  const path = await drop(LIST);
  const [only] = await imports();
  const { promise, resolve } = Promise.withResolvers<void>();
  const job = startJob(only?.id ?? '', async (report) => {
    report({ step: 'reading', done: 40, total: 100 });
    await promise;
    return { ok: true, value: undefined };
  });
  const answer = await browser.get(path);
  assert.equal(answer.headers.get('refresh'), '2');
  assert.match(await answer.text(), /Lecture de la liste \(40\u00a0%\)/);
  assert.equal(
    startJob(only?.id ?? '', () => assert.fail('twice at once')),
    job,
  );
  resolve();
  await job.finished;
  await wait(0);
  assert.match(await page(path), /Vérifier avant d’importer/);
});

test('what is no list is said so; another company’s import, or none, is not found', async (t) => {
  const { drop, page, browser } = await visit(t);
  assert.match(await page(await drop('%PDF-1.7 rien')), /Cette liste ne peut pas être lue/);
  assert.equal((await browser.get('/deposer/liste/01990000-0000-7000-8000-000000000001')).status, 404);
  assert.equal((await browser.get('/deposer/liste/rien')).status, 404);
  assert.equal((await browser.post('/deposer/liste', {})).status, 422);
});

test('two fields on one column are refused, beside the field', async (t) => {
  const { drop, browser } = await visit(t);
  const path = await drop('Zig;Zag;Zug;Zog\nF-1;01/09/2026;Alpha;12,00\n');
  const answer = await browser.post(`${path}/colonnes`, { mode: 'delta', number: '1', payable: '1', termDays: 'trente' });
  assert.equal(answer.status, 422);
  assert.match(await answer.text(), /Indiquez un nombre de jours/);
  const asked = await (await browser.get(`${path}/colonnes`)).text();
  assert.match(asked, /Reste à payer<span class="q-optional"> \(au moins un montant\)/);
  const columns = await browser.post(`${path}/colonnes`, { mode: 'delta', number: '1', payable: '1', termDays: '30' });
  assert.match(await columns.text(), /Cette colonne sert déjà/);
});

test('new clients that look like public buyers are named before the import, and are so once ticked', async (t) => {
  const { deps, id, drop, page, browser } = await visit(t);
  const path = await drop(`${LIST}F-2;01/09/2026;01/10/2026;CCAS d’Azur;30,00\n`);
  const seen = await page(path);
  assert.match(seen, /C’est un acheteur public.*1\snouveau client, d’après son nom\s: CCAS d’Azur/s);
  assert.doesNotMatch(seen, /name="publicByName"[^>]*checked/);
  await browser.post(path, { publicByName: 'oui' });
  assert.match(await page(path), /Notés acheteurs publics\s: 1\snouveau client, d’après son nom\s: CCAS d’Azur/);
  const rows = await deps.db.tenant(id, (tx) => tx.selectFrom('parties').select(['name', 'kind']).orderBy('name').execute());
  assert.deepEqual(
    rows.map(({ name, kind }) => `${name} ${kind}`),
    ['Alpha business', 'CCAS d’Azur public'],
  );
});
