import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import type { Page } from 'playwright-core';
import { startQuitus } from '../support/app.ts';
import { assertQuiet, expectNoSideScroll, expectReadableDayAndNight, type Look, screenshot, WIDTHS } from '../support/browser.ts';
import { aCase, aCompany } from '../support/cases.ts';
import { openPage } from '../support/visits.ts';

/** What leaves for the accountant, in a real browser. */

const INVOICE = { number: 'F-2026-081', issuedOn: '2026-03-01', dueOn: '2026-03-31', amount: '4800.00' };

async function story(t: TestContext, look: Look = {}) {
  const { url, deps } = await startQuitus(t);
  const page = await openPage(look);
  t.after(() => page.context().close());
  const tenant = await aCompany(deps);
  return { url, deps, tenant, page, caseId: await aCase(deps, tenant, { invoices: [INVOICE] }) };
}

const press = (page: Page, name: string | RegExp) => page.getByRole('main').getByRole('button', { name, exact: false }).click();

async function downloaded(page: Page): Promise<{ name: string; text: string }> {
  const [download] = await Promise.all([page.waitForEvent('download'), press(page, 'Télécharger')]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
}

test('without JavaScript: a claim made doubtful then lost leaves as entries; what is missing is told; accounts are changed', async (t) => {
  const { page, url, caseId } = await story(t, { javaScript: false });
  await page.goto(`${url}/dossiers/${caseId}`);
  await page.getByRole('link', { name: 'La créance devient douteuse' }).click();
  await page.getByLabel('Dépréciation, en pour cent').fill('120');
  await press(page, 'Classer en créance douteuse');
  await page.getByText('Écrivez un pourcentage de 0 à 100').first().waitFor();
  await page.getByLabel('Dépréciation, en pour cent').fill('');
  await press(page, 'Classer en créance douteuse');
  await page.getByText('Créance classée douteuse. Les écritures le diront.').waitFor();
  await page.getByRole('link', { name: 'La fin du dossier' }).click();
  await page.getByLabel('Passé en perte').check();
  await page.getByLabel('Si vous la passez en perte, ce qui le prouve').selectOption('disappearance');
  await press(page, 'Fermer le dossier');

  await page.goto(`${url}/encaissements`);
  await page.getByRole('link', { name: 'Exports' }).click();
  await press(page, 'Voir ce qui reste à passer à la main');
  await page.getByText('la facture ne dit pas sa TVA').waitFor();
  await page.getByRole('link', { name: 'Donner sa TVA' }).click();
  await page.getByLabel('TVA écrite sur la facture').fill('9999');
  await press(page, 'Enregistrer');
  await page.getByText('La TVA est plus petite que le total').first().waitFor();
  await page.getByLabel('TVA écrite sur la facture').fill('800');
  await press(page, 'Enregistrer');
  await page.getByText('TVA de la facture F-2026-081 enregistrée.').waitFor();
  await press(page, 'Voir ce qui reste à passer à la main');
  await page.getByText('dites votre régime de TVA').waitFor();
  const csv = await downloaded(page);
  assert.equal(csv.name, 'quitus-ecritures-2026-11-21.csv');
  assert.match(csv.text, /^\ufeffJournal;Écriture;.*\r\nOD;1;2026-11-21;416;/);
  await page.getByLabel('Un logiciel comptable').check();
  const fec = await downloaded(page);
  assert.equal(fec.name, '900000001FEC20261121.txt');
  assert.equal(fec.text.split('\r\n')[0]?.split('\t').length, 18);
  await page.getByLabel('Les paiements').check();
  await press(page, 'Télécharger');
  await page.getByText('Seules les écritures s’exportent au format FEC').waitFor();
  await page.getByLabel('Du', { exact: false }).first().fill('2026-12-01');
  await page.getByLabel('Un tableur').check();
  await press(page, 'Télécharger');
  await page.getByText('La période finit avant de commencer').waitFor();

  await page.getByRole('link', { name: 'Numéros de comptes' }).click();
  const doubtful = page.getByLabel('Les créances devenues douteuses');
  await doubtful.fill('4');
  await press(page, 'Enregistrer');
  await page.getByText('de 3 à 12 chiffres').first().waitFor();
  await doubtful.fill('416100');
  await press(page, 'Enregistrer');
  await page.getByText('Comptes enregistrés.').waitFor();
  assert.match((await downloaded(page)).text, /;416100;/);
});

test('the pages read well, narrow, wide, light and dark', async (t) => {
  for (const [look, name] of [
    [{ width: WIDTHS.phone }, 'telephone'],
    [{ width: WIDTHS.desktop }, 'bureau'],
  ] as const) {
    const { page, url, deps, tenant, caseId } = await story(t, look);
    const { invoice_id: invoiceId } = await deps.db.tenant(tenant, (tx) =>
      tx.selectFrom('invoices').select('invoice_id').executeTakeFirstOrThrow(),
    );
    await page.goto(`${url}/dossiers/${caseId}/noter/creance-douteuse`);
    await expectReadableDayAndNight(page);
    await screenshot(page, `exports-douteuse-${name}`);
    await press(page, 'Classer en créance douteuse');
    await page.goto(`${url}/dossiers/${caseId}/noter/cloture`);
    await page.getByText('Passé en perte').click();
    await screenshot(page, `exports-cloture-${name}`);
    await press(page, 'Fermer le dossier');
    for (const [path, picture] of [
      ['/exports', 'page'],
      ['/exports/telecharger?quoi=ecritures&format=csv&du=&au=2026-11-21&voir=manques', 'manques'],
      ['/exports/telecharger?quoi=&format=fec&du=x&au=&numero=0', 'erreurs'],
      ['/exports/comptes', 'comptes'],
      [`/exports/tva/${invoiceId}`, 'tva'],
    ] as const) {
      await page.goto(`${url}${path}`);
      await expectNoSideScroll(page);
      await expectReadableDayAndNight(page);
      await screenshot(page, `exports-${picture}-${name}`);
    }
    assertQuiet(page, [/status of 422/]);
  }
});
