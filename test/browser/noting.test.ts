import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startQuitus } from '../support/app.ts';
import { assertQuiet, expectNoAxeViolations, expectNoSideScroll, screenshot, text, WIDTHS } from '../support/browser.ts';
import { openCase, visitDemo } from '../support/visits.ts';

/** What one notes of a case, and takes back, without a script in the page. */

test('what one notes: errors at the fields, what was typed kept, a payment and a plan taken back', async (t) => {
  const { url } = await startQuitus(t, { demo: true });
  const page = await visitDemo(url, { pageScripts: false });
  await openCase(page, url, 'Paon Distrait');
  await page.getByRole('link', { name: 'Un paiement reçu' }).click();
  await page.getByLabel('Montant reçu').fill('mille');
  await page.getByLabel('Libellé du virement').fill('VIR THEATRE');
  await page.getByRole('button', { name: 'Noter ce paiement' }).click();
  assert.equal(await page.getByLabel('Montant reçu').inputValue(), 'mille');
  assert.equal(await page.getByLabel('Libellé du virement').inputValue(), 'VIR THEATRE');
  assert.equal(await page.getByLabel('Montant reçu').getAttribute('aria-invalid'), 'true');
  await page.getByLabel('Montant reçu').fill('1 000,50');
  await page.getByRole('button', { name: 'Noter ce paiement' }).click();
  assert.match(await text(page), /Paiement noté.*Paiement de 1 000,50 € reçu/);
  await page.getByRole('link', { name: 'Annuler ce paiement' }).first().click();
  await page.getByLabel('Pourquoi').fill('Saisi sur le mauvais client');
  await page.getByRole('button', { name: 'Annuler ce paiement' }).click();
  assert.match(await text(page), /Paiement de 1 000,50 € annulé Saisi sur le mauvais client/);

  // A plan starts no sooner than it was agreed, and is asked about when it is above what is owed.
  await page.getByRole('link', { name: 'Un échéancier convenu', exact: true }).click();
  await page.getByLabel('Montant à répartir').fill('4 000');
  await page.getByLabel('Premier versement le').fill('2020-01-31');
  await page.getByRole('button', { name: 'Noter cet échéancier' }).click();
  assert.match(await text(page), /Le premier versement ne peut pas venir avant le jour de l’accord, le 21 novembre 2026/);
  await page.getByLabel('Premier versement le').fill('2026-12-01');
  await page.getByRole('button', { name: 'Noter cet échéancier' }).click();
  assert.match(
    await text(page),
    /Au 21 novembre 2026, le total dû est de 3 946,90 €\. Corrigez le montant, ou cochez cette case si les 53,10 € de plus sont/,
  );
  await page.setViewportSize({ width: WIDTHS.phone, height: 800 });
  await expectNoAxeViolations(page);
  await expectNoSideScroll(page);
  await screenshot(page, 'plan-beyond');
  await page.getByLabel('Montant à répartir').fill('900');
  await page.getByRole('button', { name: 'Noter cet échéancier' }).click();
  assert.match(await text(page), /Échéancier noté.*Un échéancier court/);

  // It was for another client: struck, and the case is where it was.
  await page.locator('.q-event').getByRole('link', { name: 'Noté par erreur' }).first().click();
  await page.getByRole('button', { name: 'Rayer cet échéancier' }).click();
  assert.match(await text(page), /Dites pourquoi c’était une erreur/);
  await screenshot(page, 'mistake-refused');
  await page.getByLabel('Pourquoi').fill('Accord d’un autre client.');
  await page.getByRole('button', { name: 'Rayer cet échéancier' }).click();
  assert.match(
    await text(page),
    /Échéancier rayé\. Il ne compte plus\..*Noté par erreur : Accord d’un autre client\. Rayé le 21 novembre 2026\./,
  );
  assert.doesNotMatch(await text(page), /Un échéancier court/);
  await expectNoAxeViolations(page);
  await expectNoSideScroll(page);
  await screenshot(page, 'mistake-struck');
  await page.setViewportSize({ width: WIDTHS.desktop, height: 900 });

  // A dispute suspends everything, and the letter warns before it is written.
  await page.getByRole('link', { name: 'Une contestation', exact: true }).click();
  await page.getByLabel('Sa contestation, avec ses mots').fill('Le décor n’est pas celui du devis.');
  await page.getByRole('button', { name: 'Noter cette contestation' }).click();
  assert.match(await text(page), /Votre client conteste : les relances sont suspendues/);
  await page.getByRole('link', { name: 'Écrire une mise en demeure' }).click();
  assert.match(await text(page), /Répondez d’abord à ce qu’il conteste/);
  assertQuiet(page, [/422/]);
});
