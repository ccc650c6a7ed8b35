import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { createCompany } from '#modules/companies/index.ts';
import { freshDeps } from '../../../test/support/app.ts';
import { client, testApp } from '../../../test/support/web.ts';
import { intakeWeb } from './intake.pages.tsx';
import { readingsOf } from './readings.ts';

/** What the pages answer to programs, to clumsy hands and to hostile ones. */

const INVOICE = readFileSync(new URL('../../../test/fixtures/invoices/ubl-invoice.xml', import.meta.url));

async function visit(t: TestContext, limits = {}) {
  const deps = await freshDeps(t, { limits });
  const made = await createCompany(deps, { name: 'Menuiserie Corbeau' });
  assert.ok(made.ok);
  const company = made.value;
  const browser = client(testApp({ modules: [intakeWeb], deps, companies: () => Promise.resolve([company]) }));
  const drop = (files: readonly [name: string, content: string | Uint8Array<ArrayBuffer>][], accept = 'text/html') => {
    const form = new FormData();
    for (const [name, content] of files) form.append('files', new File([content], name));
    return browser.post('/deposer', form, { accept });
  };
  const readings = (which: Parameters<typeof readingsOf>[2]) =>
    deps.db.tenant(company.id, (tx) => readingsOf(tx, company.id, which));
  await browser.get('/deposer');
  return { deps, company, browser, drop, readings };
}

const bytes = new Uint8Array(INVOICE);

test('a file sent by a program is answered at once: taken, repeated, refused', async (t) => {
  const { drop, browser, readings } = await visit(t);
  const taken = await drop([['facture.xml', bytes]], 'application/json');
  assert.equal(taken.status, 200);
  const { message, href } = (await taken.json()) as { message: string; href: string };
  assert.equal(message, 'Facture UBL-17\u202f: lu dans les données de la facture');
  const [item] = await readings('pending');
  assert.equal(href, `/deposer/${item?.id}`);

  const twice = await drop([['la même.xml', bytes]], 'application/json');
  const told = (await twice.json()) as { message: string; href: string };
  assert.match(told.message, /^Déjà déposé le .* sous le nom facture\.xml\u202f: à confirmer\.$/);
  assert.equal(told.href, href, 'it leads to the first');

  const page = await (await browser.get(href)).text();
  const typed = Object.fromEntries(
    [...page.matchAll(/<(?:input|textarea)[^>]*name="([\w.-]+)"[^>]*?(?:value="([^"]*)"[^>]*>|>([^<]*)<\/textarea>)/g)]
      .filter(([tag]) => !/type="(?:radio|checkbox)"/.test(tag) || tag.includes('checked'))
      .map(([, name = '', value, text]) => [name, value ?? text ?? '']),
  );
  const confirmed = await browser.post(href, { ...typed, documentKind: 'invoice', 'debtor.kind': 'business' });
  assert.equal(confirmed.status, 303);
  const caseHref = confirmed.headers.get('location') ?? '';
  assert.match(caseHref, /^\/dossiers\//);

  const again = await drop([['encore.xml', bytes]], 'application/json');
  assert.equal(again.status, 409);
  const { detail, ...refusal } = (await again.json()) as { detail: string };
  assert.match(detail, /^Déjà déposé le .* sous le nom facture\.xml\u202f: Facture UBL-17 est dans Quitus\.$/);
  assert.deepEqual(refusal, {
    type: 'urn:quitus:invoice.duplicate',
    status: 409,
    code: 'invoice.duplicate',
    href: caseHref,
  });
  const refused = await drop([['rien.pdf', '']], 'application/json');
  assert.equal(refused.status, 422);
  assert.equal(((await refused.json()) as { code: string }).code, 'empty-file');
});

test('a document from outside is shown to our pages only, and cannot act', async (t) => {
  const { drop, browser, readings, deps, company } = await visit(t);
  await drop([['../../etc/facture d’été.xml', bytes]]);
  const [item] = await readings('pending');
  assert.equal(item?.fileName, 'facture d’été.xml');
  const shown = await browser.get(`/deposer/${item?.id}/document`);
  assert.equal(shown.headers.get('content-type'), 'text/plain; charset=utf-8', 'an XML could carry a style sheet, or be a page');
  const policy = shown.headers.get('content-security-policy') ?? '';
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /sandbox/);
  assert.match(policy, /frame-ancestors 'self'/);
  assert.equal(shown.headers.get('x-content-type-options'), 'nosniff');
  assert.equal(shown.headers.get('content-disposition'), "inline; filename*=UTF-8''facture%20d%E2%80%99%C3%A9t%C3%A9.xml");
  const page = await browser.get(`/deposer/${item?.id}`);
  assert.match(page.headers.get('content-security-policy') ?? '', /frame-src 'self'.*frame-ancestors 'none'/);
  assert.equal(page.headers.get('x-frame-options'), 'DENY');

  for (const path of [
    '/deposer/x/document',
    '/deposer/01990000-0000-7000-8000-0000000000ff/document',
    '/deposer/%2e%2e/document',
  ])
    assert.equal((await browser.get(path)).status, 404, path);

  await deps.files.remove(company.id, item?.sha256 ?? '');
  const lost = await browser.get(`/deposer/${item?.id}/document`);
  assert.equal(lost.status, 503);
  assert.match(await lost.text(), /Remettez-le depuis une sauvegarde/);
});

test('too large, too many, none: said in the page, the others taken', async (t) => {
  const { drop, readings } = await visit(t, { fileBytes: 5000, filesPerUpload: 3 });
  const mixed = await drop([
    ['énorme.pdf', 'x'.repeat(5001)],
    ['facture.xml', bytes],
  ]);
  assert.equal(mixed.status, 422);
  const text = await mixed.text();
  assert.match(text, /1\s+document à confirmer et 1\s+document refusé/);
  assert.match(text, /énorme\.pdf.*trop gros/);
  assert.equal((await readings('pending')).length, 1);
  assert.equal((await readings('left-out')).length, 0, 'what is too large is not kept');

  const many = await drop(['a', 'b', 'c', 'd'].map((name) => [name, 'x'] as [string, string]));
  assert.equal(many.status, 422);
  assert.match(await many.text(), /3 au plus/);
  const none = await drop([]);
  assert.equal(none.status, 422);
});

test('what is over is not done twice', async (t) => {
  const { drop, browser, readings } = await visit(t);
  await drop([['facture.xml', bytes]]);
  const [item] = await readings('pending');
  const path = `/deposer/${item?.id}`;
  assert.equal((await browser.post(path, { geste: 'ecarter' })).headers.get('location'), '/deposer');
  for (const answer of [await browser.get(path), await browser.post(path, { number: 'X' })]) {
    assert.deepEqual([answer.status, answer.headers.get('location')], [303, '/deposer']);
  }
  const lot = await browser.post('/deposer/lot', { id: "'; drop table readings; --" });
  assert.equal(lot.status, 303);
  assert.equal((await browser.get('/deposer?page=-1')).status, 200);
  assert.equal((await browser.get('/deposer?page=999999')).status, 200);
});

test('a kind of client that nothing tells is asked for before a lot is confirmed', async (t) => {
  const { drop, browser, readings } = await visit(t);
  await drop([['liste.csv', 'Numéro;Date;Échéance;Client;Montant TTC\nA-1;01/02/2026;03/03/2026;Jeanne Morel;850,50\n']]);
  const [item] = await readings('pending');
  const asked = await browser.post('/deposer/lot', { id: item?.id ?? '' });
  assert.equal(asked.status, 422);
  assert.match(await asked.text(), /Qui est Jeanne Morel, sans SIREN/);
  await browser.post('/deposer/lot', { id: item?.id ?? '', kind: 'later' });
  assert.equal((await readings('pending')).length, 1);
  await browser.post('/deposer/lot', { id: item?.id ?? '', kind: 'consumer' });
  assert.equal((await readings('pending')).length, 0);
});
