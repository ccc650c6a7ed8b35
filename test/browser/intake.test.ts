import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { day } from '#core/kernel/day.ts';
import { createCompany, listCompanies, readCreditor } from '#modules/companies/index.ts';
import { DEMO_COMPANY } from '#modules/demo/company.ts';
import { demoDocuments } from '#modules/demo/documents.ts';
import { renderInvoice } from '#modules/demo/invoice-pdf.ts';
import type { Deps } from '#platform/deps.ts';
import { startQuitus } from '../support/app.ts';
import {
  assertQuiet,
  expectFocus,
  expectNoAxeViolations,
  expectNoSideScroll,
  expectReadableDayAndNight,
  type Look,
  said,
  screenshot,
  WIDTHS,
} from '../support/browser.ts';
import { openPage } from '../support/visits.ts';

/** From the first visit to an invoice on the books, in a real browser. */

const root = fileURLToPath(new URL('../../', import.meta.url));
const shared = process.env.QUITUS_SHARED ?? join(root, '../shared');
const fixture = (name: string): string => join(root, 'test/fixtures/invoices', name);

/** What a browser writes to its console when a form is refused: expected where a test refuses one. */
const REFUSED = /status of (409|422)/;

interface Story {
  readonly url: string;
  readonly deps: Deps;
  readonly page: Page;
}

async function story(t: TestContext, look: Look = {}): Promise<Story> {
  const { url, deps } = await startQuitus(t);
  const page = await openPage(look);
  t.after(() => page.context().close());
  return { url, deps, page };
}

/** Presses the button that the eye would: by its words, in the page's main part. */
const press = (page: Page, name: string | RegExp) => page.getByRole('main').getByRole('button', { name, exact: false }).click();

async function startCompany({ page, url }: Story, name: string): Promise<void> {
  await page.goto(`${url}/bienvenue`);
  await page.getByRole('link', { name: 'Créer mon entreprise' }).click();
  await page.getByLabel('Nom de l’entreprise').fill(name);
  await press(page, 'Continuer');
  await page.getByRole('link', { name: 'Arrêter là et déposer une facture' }).click();
}

const creditorOf = async (deps: Deps) => {
  const [company] = await listCompanies(deps);
  assert.ok(company);
  return deps.db.tenant(company.id, (tx) => readCreditor(tx, company.id));
};

const invoicesOf = async (deps: Deps) => {
  const [company] = await listCompanies(deps);
  assert.ok(company);
  return deps.db.tenant(company.id, (tx) =>
    tx.selectFrom('invoices').select(['number', 'payable_cents', 'due_on', 'case_id']).orderBy('number').execute(),
  );
};

test('a Factur-X of our own: dropped, confirmed without a correction, the company filled from it', async (t) => {
  const document = demoDocuments(day('2026-11-21')).find(({ credited }) => credited === undefined);
  assert.ok(document);
  const own = await story(t);
  const { page, url, deps } = own;
  await startCompany(own, DEMO_COMPANY.name);
  const buffer = Buffer.from(await renderInvoice(document));
  await page.getByLabel('Déposez vos factures ici').setInputFiles({ name: 'facture.pdf', mimeType: 'application/pdf', buffer });
  await page.waitForURL(/\/deposer\/[0-9a-f-]{36}$/);
  await page.getByRole('heading', { level: 1, name: `Facture ${document.number}` }).waitFor();
  await page.getByText('Lu dans les données de la facture.').waitFor();
  const frame = page.frames().find((one) => one.url().includes('/document'));
  assert.ok(frame, 'the document is shown beside the form');
  await screenshot(page, 'deposer-facture');
  await press(page, 'Confirmer');
  await page.waitForURL(/\/dossiers\/[0-9a-f-]{36}$/);
  await page.getByText(`Facture ${document.number} enregistrée, et la fiche de votre entreprise est remplie.`).waitFor();
  const [invoice] = await invoicesOf(deps);
  assert.deepEqual([invoice?.number, invoice?.payable_cents], [document.number, document.grossCents]);
  const creditor = await creditorOf(deps);
  assert.deepEqual([creditor.siren, creditor.iban], [DEMO_COMPANY.siren, DEMO_COMPANY.iban]);
  // Opened again, the page of a confirmed document leads to its case.
  await page.goBack();
  await page.waitForURL(/\/dossiers\//);
  await page.goto(`${url}/deposer`);
  assert.equal(await page.getByText('À confirmer').count(), 0);
  assertQuiet(page);
});

const FACTUR_X =
  'data/einvoices/lunatech-pa/examples/facturx-1.08/BASIC/Facture_F20260024-LE_FOURNISSEUR-POUR-LE_CLIENT_BASIC.pdf';

test('a Factur-X that others made: read, confirmed, a slip of its maker told', async (t) => {
  const path = join(shared, FACTUR_X);
  if (!existsSync(path)) {
    t.skip(`NOT TESTED: ${path} is absent (QUITUS_SHARED names the folder of shared data)`);
    return;
  }
  const own = await story(t);
  const { page, deps } = own;
  await startCompany(own, 'Le Fournisseur');
  await page.getByLabel('Déposez vos factures ici').setInputFiles(path);
  await page.getByRole('heading', { level: 1, name: 'Facture F20260024' }).waitFor();
  await page.getByText('« 987654321 », qui n’est pas valable').waitFor();
  await press(page, 'Confirmer');
  await page.waitForURL(/\/dossiers\//);
  const [invoice] = await invoicesOf(deps);
  assert.deepEqual([invoice?.number, invoice?.payable_cents, invoice?.due_on.toString()], ['F20260024', 10800n, '2026-03-02']);
  assertQuiet(page);
});

test('what is refused keeps what was typed, now and after leaving', async (t) => {
  const own = await story(t);
  const { page, url, deps } = own;
  await startCompany(own, 'Menuiserie Corbeau');
  await page.getByLabel('Déposez vos factures ici').setInputFiles(fixture('ubl-invoice.xml'));
  await page.getByRole('heading', { level: 1, name: 'Facture UBL-17' }).waitFor();
  await page.getByLabel('Reste à payer').fill('cent euros');
  await page.getByLabel('Nom', { exact: true }).fill('Hôtel de la Plage & Fils');
  await page.getByText('Un particulier').click();
  await press(page, 'Confirmer');
  const summary = page.getByRole('alert');
  await summary.waitFor();
  assert.match(await said(summary), /1 réponse à corriger/);
  await expectFocus(page, /^\s*1 réponse à corriger/, 'the summary has the focus');
  await expectNoAxeViolations(page);
  const kept = async () => [
    await page.getByLabel('Reste à payer').inputValue(),
    await page.getByLabel('Nom', { exact: true }).inputValue(),
    await page.getByRole('radio', { name: 'Un particulier' }).isChecked(),
  ];
  assert.deepEqual(await kept(), ['cent euros', 'Hôtel de la Plage & Fils', true]);
  const here = page.url();
  await page.goto(`${url}/reglages`);
  await page.goBack();
  assert.deepEqual(await kept(), ['cent euros', 'Hôtel de la Plage & Fils', true]);
  await page.goto(here);
  assert.deepEqual(await kept(), ['cent euros', 'Hôtel de la Plage & Fils', true]);
  await page.getByLabel('Reste à payer').fill('119,00');
  await press(page, 'Confirmer');
  await page.waitForURL(/\/dossiers\//);
  assert.equal((await invoicesOf(deps))[0]?.payable_cents, 11900n);
  assertQuiet(page, [REFUSED]);
});

test('several files: what is refused says why, a duplicate leads to its case, the rest is confirmed', async (t) => {
  const own = await story(t);
  const { page, url, deps } = own;
  await startCompany(own, 'Menuiserie Corbeau');
  const files = page.getByLabel('Déposez vos factures ici');
  await files.setInputFiles(fixture('ubl-invoice.xml'));
  await page.getByRole('heading', { level: 1, name: 'Facture UBL-17' }).waitFor();
  await press(page, 'Confirmer');
  await page.waitForURL(/\/dossiers\//);
  const casePage = page.url();

  await page.goto(`${url}/deposer`);
  const csv =
    'Numéro;Date;Échéance;Client;SIREN;Montant TTC\nA-1;01/02/2026;03/03/2026;Alpha;552081317;1 200,00\nA-2;01/02/2026;03/03/2026;Bois Clair;900000126;850,50\n';
  await files.setInputFiles([
    { name: 'photo.png', mimeType: 'image/png', buffer: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) },
    { name: 'encore.xml', mimeType: 'text/xml', buffer: Buffer.from(`${readFileSync(fixture('ubl-invoice.xml'), 'utf8')}\n`) },
    { name: 'avoir.xml', mimeType: 'text/xml', buffer: readFileSync(fixture('ubl-credit-note.xml')) },
    { name: 'liste.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) },
  ]);
  const onward = page.getByRole('link', { name: 'Continuer avec les fichiers reçus' });
  await onward.waitFor();
  await page.getByText('est une image').waitFor();
  assert.equal(
    await page
      .getByRole('link', { name: 'Voir' })
      .evaluateAll((links) => links.filter((l) => /dossiers/.test((l as HTMLAnchorElement).href)).length),
    1,
  );
  await onward.click();
  await page.getByRole('heading', { name: /À confirmer \(3/ }).waitFor();
  await expectNoAxeViolations(page);
  await page.getByRole('link', { name: 'Voir son dossier' }).click();
  assert.equal(page.url(), casePage);

  await page.goto(`${url}/deposer/suite`);
  await page.getByRole('link', { name: /Avoir AV-3/ }).click();
  await page.getByLabel('Facture que cet avoir réduit').waitFor();
  // A credit note has no due date, an invoice has one.
  await page.getByLabel('Échéance', { exact: true }).waitFor({ state: 'hidden' });
  await page.getByText('Une facture', { exact: true }).click();
  await page.getByLabel('Échéance', { exact: true }).waitFor();

  await page.goto(`${url}/deposer/lot`);
  await page.locator('tfoot data[value="1990.50"]').waitFor();
  await expectNoAxeViolations(page);
  await screenshot(page, 'deposer-lot');
  await press(page, /Confirmer les 2\s+factures et 1\s+avoir/);
  await page.getByText(/^3\s+documents enregistrés\.$/).waitFor();
  assert.deepEqual(
    (await invoicesOf(deps)).map(({ number }) => number),
    ['A-1', 'A-2', 'AV-3', 'UBL-17'],
  );
  assertQuiet(page, [REFUSED]);
});

test('without script: the company question by question, several files in one go, confirmed in turn', async (t) => {
  const own = await story(t, { javaScript: false });
  const { page, url, deps } = own;
  await page.goto(url);
  assert.equal(new URL(page.url()).pathname, '/bienvenue', 'the first visit is a choice');
  await page.getByRole('link', { name: 'Créer mon entreprise' }).click();
  await press(page, 'Continuer');
  await page.getByRole('link', { name: /^Indiquez le nom/ }).waitFor();
  await page.getByLabel('Nom de l’entreprise').fill('Menuiserie Corbeau');
  await press(page, 'Continuer');
  await page.getByLabel('Numéro SIREN').fill('900 000 018');
  await press(page, 'Continuer');
  assert.equal(await page.getByLabel('Numéro SIREN').inputValue(), '900\u00a0000\u00a0018');
  await page.getByLabel('Numéro SIREN').fill('900 000 019');
  await press(page, 'Continuer');
  await page.getByLabel('Ville').fill('Brest');
  await press(page, 'Continuer');
  // Back to an answer, and forward again: it is there.
  await page.getByRole('link', { name: 'Question précédente' }).click();
  assert.equal(await page.getByLabel('Ville').inputValue(), 'Brest');
  await press(page, 'Continuer');
  await page.getByRole('link', { name: 'Passer cette question' }).click();
  await page.getByRole('link', { name: 'Passer cette question' }).click();
  assert.match(await said(page.locator('.q-steps')), /Forme\s\(passé\)/);
  await page.locator('.q-steps').getByRole('link', { name: 'Forme' }).waitFor();
  await page.getByLabel('IBAN').fill('FR76 3000 6000 0112 3456 7890 189');
  await press(page, 'Continuer');
  await page.getByText('FR76\u00a03000').waitFor();
  await page.getByRole('link', { name: 'Déposer ma première facture' }).click();
  const creditor = await creditorOf(deps);
  assert.deepEqual([creditor.siren, creditor.city, creditor.iban], ['900000019', 'Brest', 'FR7630006000011234567890189']);

  await press(page, 'Lire ces factures');
  await page.getByText('Choisissez d’abord une ou plusieurs factures.').waitFor();
  await page.getByLabel('Déposez vos factures ici').setInputFiles([fixture('ubl-invoice.xml'), fixture('ubl-credit-note.xml')]);
  await press(page, 'Lire ces factures');
  await page.getByText('2 documents à confirmer.').waitFor();
  await page.getByRole('link', { name: /Facture UBL-17/ }).click();
  await press(page, 'Confirmer');
  await page.getByText('Il reste un document à confirmer\u202f: le voici.').waitFor();
  await press(page, 'Mettre de côté');
  await page.getByText('Document mis de côté.').waitFor();
  assert.deepEqual(
    (await invoicesOf(deps)).map(({ number }) => number),
    ['UBL-17'],
  );
  assertQuiet(page, [REFUSED]);
});

test('the demonstration is looked at, then removed for good', async (t) => {
  const { page, url, deps } = await story(t);
  assert.ok((await createCompany(deps, { name: 'Studio Lanterne' }, 'demo')).ok);
  await page.goto(url);
  await page.getByRole('button', { name: 'Regarder la démonstration' }).click();
  await page.getByText('données inventées').waitFor();
  await page.locator('summary', { hasText: 'Supprimer la démonstration' }).click();
  await page.getByRole('complementary').getByRole('button', { name: 'Supprimer la démonstration' }).click();
  await page.getByText('La démonstration est supprimée.').waitFor();
  assert.deepEqual(await listCompanies(deps), []);
  assert.equal(await page.getByRole('button', { name: 'Regarder la démonstration' }).count(), 0);
  assertQuiet(page);
});

test('a logo is added, seen and removed', async (t) => {
  const own = await story(t);
  const { page, url } = own;
  await startCompany(own, 'Atelier Brume');
  await page.goto(`${url}/reglages/images`);
  const card = page.locator('section', { has: page.getByRole('heading', { name: 'Logo', exact: true }) });
  const input = card.locator('input[type=file]');
  await input.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: Buffer.from('not a picture') });
  await card.getByRole('button', { name: 'Enregistrer l’image' }).click();
  await page.getByRole('link', { name: /n’est pas un PNG ou un JPEG entier/ }).waitFor();
  await input.setInputFiles(join(root, 'src/modules/demo/pictures/logo.png'));
  await card.getByRole('button', { name: 'Enregistrer l’image' }).click();
  const picture = page.getByRole('img', { name: 'Logo de Atelier Brume' });
  await picture.waitFor();
  assert.ok((await picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)) > 0, 'the browser drew it');
  await card.locator('summary').click();
  await card.getByRole('button', { name: 'Retirer le logo' }).last().click();
  await page.getByText('l’image est retirée').waitFor();
  assert.equal(await picture.count(), 0);
  assertQuiet(page, [REFUSED]);
});

for (const [name, width] of Object.entries(WIDTHS)) {
  test(`no page is hard to read or to reach, by day and by night: ${name}`, async (t) => {
    const own = await story(t, { width });
    const { page, url } = own;
    const look = async (path: string, shot: string) => {
      await page.goto(`${url}${path}`);
      await expectReadableDayAndNight(page);
      await expectNoSideScroll(page);
      await screenshot(page, `${shot}-${name}`);
    };
    await look('/bienvenue', 'bienvenue');
    await look('/entreprises/nouvelle', 'entreprise-nom');
    await startCompany(own, 'Menuiserie Corbeau');
    await look('/deposer', 'deposer-vide');
    for (const step of ['siren', 'adresse', 'forme', 'signataire', 'paiement', 'verification']) {
      await look(`/entreprises/nouvelle/${step}`, `entreprise-${step}`);
    }
    for (const subject of ['', '/identite', '/forme', '/adresse', '/signataire', '/paiement', '/images']) {
      await look(`/reglages${subject}`, `reglages${subject.replace('/', '-')}`);
    }
    await page.goto(`${url}/deposer`);
    await page
      .getByLabel('Déposez vos factures ici')
      .setInputFiles([fixture('ubl-invoice.xml'), fixture('ubl-credit-note.xml'), fixture('factur-x.xml')]);
    await page.getByRole('heading', { name: /À confirmer \(3/ }).waitFor();
    await look('/deposer', 'deposer-liste');
    await look('/deposer/lot', 'deposer-lot');
    await page.goto(`${url}/deposer`);
    for (const title of ['Facture UBL-17', 'Avoir AV-3', 'Facture F-2026-0042']) {
      const href = await page.getByRole('link', { name: title }).getAttribute('href');
      assert.ok(href, title);
      await look(href, `confirmer-${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`);
      await page.goto(`${url}/deposer`);
    }
    assertQuiet(page);
  });
}

test('a folder: what may be an invoice is sent, the rest stays where it is', async (t) => {
  const own = await story(t);
  const { page, deps } = own;
  await startCompany(own, 'Menuiserie Corbeau');
  const folder = mkdtempSync(join(tmpdir(), 'quitus dossier '));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'mars'));
  writeFileSync(join(folder, 'mars', 'facture.xml'), readFileSync(fixture('ubl-invoice.xml')));
  writeFileSync(join(folder, 'photo.jpg'), 'x');
  await page.locator('summary', { hasText: 'Déposer un dossier entier' }).click();
  await page.getByLabel(/Dossier de factures/).setInputFiles(folder);
  await page.getByRole('heading', { level: 1, name: 'Facture UBL-17' }).waitFor();
  const [company] = await listCompanies(deps);
  const kept = await deps.db.tenant(company?.id ?? '', (tx) => tx.selectFrom('readings').select('file_name').execute());
  assert.deepEqual(
    kept.map((row) => row.file_name),
    ['facture.xml'],
  );
  await expectNoAxeViolations(page);
});
