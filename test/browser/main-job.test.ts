import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { extractText, getDocumentProxy } from 'unpdf';
import { startQuitus } from '../support/app.ts';
import { assertQuiet, expectNoAxeViolations, plain, screenshot, text } from '../support/browser.ts';
import { openPage } from '../support/visits.ts';

const SHARED = process.env.QUITUS_SHARED ?? fileURLToPath(new URL('../../../shared', import.meta.url));
/** An invoice that nobody here made: FA-2025-00256, 38 400,00 € due on 15 January 2026, to Manufacture Lyonnaise SAS. */
const INVOICE = `${SHARED}/data/einvoices/lunatech-pa/fixtures/facturx/facture_facturx_001.pdf`;
const absent = existsSync(INVOICE) ? false : `SKIPPED: ${INVOICE} is not on this machine`;

/**
 * On 21 November 2026, by hand: 38 400 × 12.15 % × 166 / 365 = 2 121.89 (16 January to 30 June), 38 400 × 12.40 % × 144 / 365 = 1 878.55;
 * interest 4 000.44, and 40 €.
 */
const OWED = { principal: '38 400,00 €', interest: '4 000,44 €', indemnity: '40,00 €', total: '42 440,44 €' };

test('the main job: from a dropped Factur-X PDF to the mise en demeure', { skip: absent }, async (t) => {
  const { url } = await startQuitus(t);
  const page = await openPage();
  const look = async (name: string): Promise<void> => {
    await screenshot(page, `main-job-${name}`);
    await expectNoAxeViolations(page);
  };

  await page.goto(url);
  await look('1-welcome');
  await page.getByRole('link', { name: 'Créer mon entreprise' }).click();
  await page.getByLabel(/nom/i).first().fill('Atelier Réaumur');
  await look('2-name');
  await page.getByRole('button', { name: 'Continuer' }).click();
  await page.getByRole('link', { name: /Arrêter là et déposer/ }).click();
  await look('3-drop');

  // The invoice is dropped, and confirmed as it was read.
  await page.setInputFiles('input[type=file]', INVOICE);
  await page.getByRole('heading', { name: 'Facture FA-2025-00256' }).waitFor();
  await look('4-confirm');
  await page.getByRole('button', { name: 'Confirmer' }).click();
  await page.getByRole('heading', { name: 'Manufacture Lyonnaise SAS', level: 1 }).waitFor();
  for (const amount of Object.values(OWED)) assert.ok((await text(page)).includes(amount), `the case does not show ${amount}`);
  await look('5-case');

  // What the letter still lacks of its sender, each a link to the question that gives it.
  await page.getByRole('link', { name: 'Préparer la mise en demeure' }).first().click();
  await look('6-missing');
  const notice = page.url();
  const answers: Readonly<Record<string, readonly [label: string, answer: string]>> = {
    'creditor.legalForm': ['Forme juridique', 'SASU'],
    'creditor.siren': ['Numéro SIREN', '900000019'],
    'creditor.address': ['Numéro et rue', '1 rue de l’Essai'],
    'creditor.signatory': ['Prénom et nom', 'Camille Essai'],
    'creditor.iban': ['IBAN', 'FR76 3000 4000 0312 3456 7890 143'],
  };
  for (let asked = 0; asked < 6; asked += 1) {
    await page.goto(notice);
    const lacking = page.locator('main').getByRole('link', { name: /^Compléter/ });
    if ((await lacking.count()) === 0) break;
    await lacking.first().click();
    for (const [label, answer] of Object.values(answers)) {
      const field = page.getByLabel(label).first();
      if ((await field.count()) === 0) continue;
      if ((await field.evaluate((node) => (node as { tagName: string }).tagName)) === 'SELECT') await field.selectOption(answer);
      else if ((await field.inputValue()) === '') await field.fill(answer);
    }
    if ((await page.getByLabel('Code postal').count()) > 0 && (await page.getByLabel('Code postal').inputValue()) === '') {
      await page.getByLabel('Code postal').fill('44000');
      await page.getByLabel('Ville').fill('Nantes');
    }
    await page.getByRole('button', { name: 'Enregistrer' }).click();
  }

  await page.goto(notice);
  await look('7-choose');
  await page.getByRole('button', { name: 'Relire la lettre' }).click();
  await look('8-preview');
  await page.getByRole('button', { name: /Préparer la lettre/ }).click();
  await page.waitForURL(/\/lettres\//);
  await look('9-letter');

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page
      .getByRole('link', { name: /Télécharger/ })
      .first()
      .click(),
  ]);
  const bytes = readFileSync(await download.path());
  const { text: printed } = await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true });
  const words = plain(printed);
  const expected = [
    'FA-2025-00256',
    ...Object.values(OWED),
    'FR76 3000 4000 0312 3456 7890 143',
    'mise en demeure',
    'Manufacture Lyonnaise SAS',
  ];
  for (const part of expected) assert.ok(words.includes(part), `the letter does not hold « ${part} »:\n${words}`);
  assertQuiet(page);
});
