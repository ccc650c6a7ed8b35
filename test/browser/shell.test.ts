import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page, Route } from 'playwright-core';
import { type RunningServer, serve } from '#surfaces/web/server.ts';
import { assertQuiet, expectNoAxeViolations, expectNoSideScroll, screenshot, WIDTHS } from '../support/browser.ts';
import { openPage } from '../support/visits.ts';
import { testApp } from '../support/web.ts';
import { GALLERY, galleryModule } from './gallery.tsx';

/** What the shell promises, seen in a real browser: with and without scripts, by keyboard, on paper. */

let server: RunningServer;

before(async () => {
  server = await serve(testApp({ modules: [galleryModule] }), { host: '127.0.0.1', port: 0 });
});
after(async () => {
  await server.close();
});

const file = (name: string, bytes = 20_000) => ({ name, mimeType: 'application/pdf', buffer: Buffer.alloc(bytes, 7) });
const row = (page: Page, name: string) => page.locator('.q-drop-file', { hasText: name });

test('without any script: the look, the company, the files, the errors', async () => {
  const page = await openPage({ javaScript: false });
  await page.goto(server.url);
  await page.locator('summary', { has: page.getByLabel(/Apparence/) }).click();
  await page.getByRole('button', { name: 'Sombre' }).click();
  assert.equal(await page.locator('html').getAttribute('data-bs-theme'), 'dark');

  await page.locator('summary', { hasText: 'Cabinet Verdier' }).click();
  await page.getByRole('button', { name: /Studio Lanterne/ }).click();
  const banner = page.getByRole('complementary', { name: 'Entreprise de démonstration' });
  await banner.waitFor();
  assert.match((await banner.textContent()) ?? '', /données inventées/);
  await banner.getByText('Supprimer la démonstration').first().click();
  assert.ok(await banner.getByRole('button', { name: 'Supprimer la démonstration' }).isVisible());
  await screenshot(page, 'demonstration');

  await page.goto(`${server.url}/galerie/depot`);
  await page.getByLabel('Glissez vos factures ici').setInputFiles([file('a.pdf'), file('b.pdf')]);
  await page.getByRole('button', { name: 'Lire ces factures' }).click();
  assert.match((await page.getByRole('status').textContent()) ?? '', /Reçu\u202f: a\.pdf, b\.pdf/);

  await page.goto(`${server.url}/galerie/formulaire`);
  await page.locator('.q-error-summary:focus').waitFor();
  await page.getByRole('link', { name: /Saisissez un montant/ }).click();
  await page.getByLabel('Nom de l’entreprise').fill('Société « Étoile »');
  await page.getByRole('button', { name: 'Continuer' }).click();
  await page.getByRole('heading', { name: 'Une erreur s’est produite' }).waitFor();
  assert.equal(await page.locator('input[name=name]').inputValue(), 'Société « Étoile »');
  await page.getByRole('button', { name: 'Envoyer de nouveau' }).waitFor();
  await page.context().close();
});

test('every page says the same without script', async () => {
  const page = await openPage({ pageScripts: false });
  for (const path of GALLERY) {
    await page.goto(server.url + path);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await expectNoAxeViolations(page);
  }
  assertQuiet(page);
  await page.context().close();
});

test('dropped files go one by one, with what became of each', async () => {
  const page = await openPage();
  await page.goto(`${server.url}/galerie/depot`);
  await page.getByRole('button', { name: 'Lire ces factures' }).waitFor({ state: 'hidden' });
  const dropped = await page.evaluateHandle(
    "(() => { const data = new DataTransfer(); data.items.add(new File(['%PDF'], 'lâchée.pdf')); return data; })()",
  );
  await page.dispatchEvent('[data-drop]', 'drop', { dataTransfer: dropped });
  await page.getByText('Reçu\u202f: lâchée.pdf').waitFor();

  await page.locator('input[type=file]').setInputFiles([file('a.pdf'), file('b.pdf'), file('énorme.pdf', 3_000_000)]);
  await row(page, 'a.pdf').getByText('Reçu').waitFor();
  await row(page, 'b.pdf').getByText('Reçu').waitFor();
  assert.match((await row(page, 'énorme.pdf').textContent()) ?? '', /Fichier trop gros\u202f: 2\u00a0Mo au plus\./);
  assert.equal(await row(page, 'a.pdf').getByRole('link', { name: 'Voir' }).getAttribute('href'), '/');
  await expectNoAxeViolations(page);
  await screenshot(page, 'depot-fini');
  assertQuiet(page);
  await page.context().close();
});

test('files chosen while the script was still on its way are sent too', async () => {
  const page = await openPage();
  let arrive = (): void => undefined;
  const chosen = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await page.route('**/drop*.js*', async (route) => {
    await chosen;
    await route.continue();
  });
  await page.goto(`${server.url}/galerie/depot`, { waitUntil: 'commit' });
  await page.locator('input[type=file]').setInputFiles([file('tôt.pdf')]);
  arrive();
  await row(page, 'tôt.pdf').getByText('Reçu').waitFor();
  await page.unrouteAll({ behavior: 'wait' });
  assertQuiet(page);
  await page.context().close();
});

test('sending can be cancelled and tried again; two files at most travel at once', async () => {
  const page = await openPage();
  await page.goto(`${server.url}/galerie/depot`);
  const held: Route[] = [];
  await page.route('**/galerie/fichiers', (route) => {
    held.push(route);
  });
  await page.locator('input[type=file]').setInputFiles(['a.pdf', 'b.pdf', 'c.pdf'].map((name) => file(name)));
  await row(page, 'b.pdf').getByText('Envoi').waitFor();
  await row(page, 'c.pdf').getByText('En attente').waitFor();
  await screenshot(page, 'depot-en-cours');
  await row(page, 'a.pdf')
    .getByRole('button', { name: /^Annuler/ })
    .click();
  await row(page, 'a.pdf').getByText('Annulé').waitFor();
  await row(page, 'c.pdf').getByText('Envoi').waitFor();
  assert.equal(held.length, 3);
  await row(page, 'b.pdf')
    .getByRole('button', { name: /^Annuler/ })
    .click();
  await row(page, 'c.pdf')
    .getByRole('button', { name: /^Annuler/ })
    .click();
  await row(page, 'c.pdf').getByRole('button', { name: 'Retirer' }).click();
  assert.equal(await row(page, 'c.pdf').count(), 0);

  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await row(page, 'a.pdf').getByRole('button', { name: 'Réessayer' }).click();
  await row(page, 'a.pdf').getByText('Reçu').waitFor();
  await page.context().close();
});

test('when Quitus does not answer, the file waits for another try', async () => {
  const page = await openPage();
  await page.goto(`${server.url}/galerie/depot`);
  await page.route('**/galerie/fichiers', (route) => route.abort());
  await page.locator('input[type=file]').setInputFiles([file('a.pdf')]);
  await row(page, 'a.pdf').getByText('Quitus ne répond pas').waitFor();
  await page.unroute('**/galerie/fichiers');
  await row(page, 'a.pdf').getByRole('button', { name: 'Réessayer' }).click();
  await row(page, 'a.pdf').getByText('Reçu').waitFor();
  await page.context().close();
});

test('by keyboard: the first stop skips to the content; Escape closes a menu and gives the focus back', async () => {
  const page = await openPage();
  await page.goto(server.url);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate('document.activeElement.textContent'), 'Aller au contenu');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate('document.activeElement.id'), 'contenu');
  await page.locator('summary', { hasText: 'Cabinet Verdier' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Ajouter une entreprise' }).waitFor();
  await screenshot(page, 'menu-entreprise');
  await expectNoAxeViolations(page);
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Ajouter une entreprise' }).waitFor({ state: 'hidden' });
  assert.match((await page.evaluate('document.activeElement.textContent')) as string, /Cabinet Verdier/);
  await page.context().close();
});

test('one navigation at a time: in the head on a desk, under the thumb on a phone', async () => {
  for (const [device, width] of Object.entries(WIDTHS)) {
    const page = await openPage({ width });
    await page.goto(server.url);
    assert.equal(await page.getByRole('navigation', { name: 'Navigation principale' }).count(), 1, device);
    await page.getByRole('link', { name: 'Aujourd’hui', exact: true }).click();
    await page.context().close();
  }
});

test('at 320 pixels, as when one zooms four times, nothing is cut', async () => {
  const page = await openPage({ width: 320 });
  for (const path of GALLERY) {
    await page.goto(server.url + path);
    await expectNoSideScroll(page);
  }
  await page.context().close();
});

test('on paper: black on white, the décompte as a table, no navigation', async () => {
  const page = await openPage({ dark: true, width: 794 });
  await page.goto(`${server.url}/galerie/decompte`);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.locator('.q-top').isVisible(), false);
  assert.equal(await page.getByRole('navigation').count(), 0);
  assert.equal(await page.evaluate('getComputedStyle(document.body).backgroundColor'), 'rgb(255, 255, 255)');
  assert.equal(await page.evaluate("getComputedStyle(document.querySelector('.q-table td')).display"), 'table-cell');
  await screenshot(page, 'papier');
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true });
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
  await page.context().close();
});
