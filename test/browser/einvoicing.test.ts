import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Page } from 'playwright-core';
import { factsByCase } from '#modules/cases/index.ts';
import type { Deps } from '#platform/deps.ts';
import { startQuitus } from '../support/app.ts';
import { assertQuiet, expectNoSideScroll, expectReadableDayAndNight, type Look, screenshot, WIDTHS } from '../support/browser.ts';
import { aCase, aCompany } from '../support/cases.ts';
import { statusMessage } from '../support/status-message.ts';
import { openPage } from '../support/visits.ts';

/** What the platforms of e-invoicing say, from the drop to the case and the first screen, in a real browser. */

const INVOICE = { number: 'F-2026-081', issuedOn: '2026-08-01', dueOn: '2026-08-31', amount: '4800.00' };

interface Story {
  readonly url: string;
  readonly deps: Deps;
  readonly tenant: string;
  readonly page: Page;
}

async function story(t: TestContext, look: Look = {}): Promise<Story> {
  const { url, deps } = await startQuitus(t);
  const page = await openPage(look);
  t.after(() => page.context().close());
  return { url, deps, tenant: await aCompany(deps), page };
}

const message = (of: Partial<Parameters<typeof statusMessage>[0]>) => ({
  name: `statut-${of.code}.xml`,
  mimeType: 'application/xml',
  buffer: Buffer.from(
    statusMessage({
      id: `m-${of.code}`,
      number: INVOICE.number,
      issuedOn: INVOICE.issuedOn,
      code: '210',
      at: '2026-11-19T09:30:00',
      ...of,
    }),
  ),
});

const press = (page: Page, name: string | RegExp) => page.getByRole('main').getByRole('button', { name, exact: false }).click();

test('a refused status dropped leads to the case; it is told, answered, settled', async (t) => {
  const { page, url, deps, tenant } = await story(t);
  const caseId = await aCase(deps, tenant, { invoices: [INVOICE] });
  await page.goto(`${url}/deposer`);
  const refused = message({
    code: '210',
    reason: 'Quantité facturée différente de la quantité livrée',
    action: 'Émettre un avoir',
  });
  await page.getByLabel('Déposez vos factures ici').setInputFiles(refused);
  await page.waitForURL(`**/dossiers/${caseId}`);
  await page.getByText('C’est noté dans son dossier.').waitFor();
  await page.getByText('Votre client conteste').waitFor();
  assert.equal(await page.getByText('Facture F-2026-081 refusée par votre client').count(), 2, 'in the warning and in the story');
  assert.equal(await page.getByText('Quantité facturée différente de la quantité livrée').count(), 2);
  await screenshot(page, 'statut-refuse-dossier');
  await expectReadableDayAndNight(page);
  await page.goto(url);
  await page.getByRole('link', { name: /Répondre à la contestation/ }).waitFor();
  await page.getByText('Contesté').waitFor();
  await screenshot(page, 'statut-refuse-aujourdhui');
  await page.getByRole('link', { name: /Répondre à la contestation/ }).click();
  await page.getByLabel('Ce qui s’est dit').fill('Bon de livraison signé envoyé.');
  await press(page, 'Noter cet échange');
  await page.getByRole('main').getByRole('link', { name: 'La contestation est réglée' }).click();
  await page.getByLabel('Ce qui a été décidé').fill('Le client retire sa contestation.');
  await press(page, 'Noter la fin de la contestation');
  await page.getByText('En retard', { exact: true }).first().waitFor();
  // The same message again changes nothing.
  await page.goto(`${url}/deposer`);
  await page.getByLabel('Déposez vos factures ici').setInputFiles(refused);
  await page.waitForURL(`**/dossiers/${caseId}`);
  await page.getByText('Ce statut était déjà noté.').waitFor();
  const facts = await deps.db.tenant(tenant, (tx) => factsByCase(tx, tenant, [caseId]));
  assert.equal(facts.get(caseId)?.filter(({ kind }) => kind === 'einvoice-status').length, 1);
  assertQuiet(page);
});

test('without JavaScript: suspended, the document sent; then cashed, nothing arrived', async (t) => {
  const { page, url, deps, tenant } = await story(t, { javaScript: false });
  const caseId = await aCase(deps, tenant, { invoices: [INVOICE] });
  const drop = async (of: Parameters<typeof message>[0]) => {
    await page.goto(`${url}/deposer`);
    await page.getByLabel('Déposez vos factures ici').setInputFiles(message(of));
    await press(page, 'Lire ces factures');
    await page.waitForURL(`**/dossiers/${caseId}`);
  };
  await drop({ code: '208', at: '2026-11-18T10:00:00', reason: 'Bon de livraison manquant' });
  await page.getByText('Votre client attend une pièce').waitFor();
  await page.getByRole('link', { name: 'Envoyer la pièce demandée' }).click();
  await page.getByLabel('Ce que vous avez fait').fill('Bon de livraison envoyé par la plateforme.');
  await press(page, 'Noter et reprendre');
  await page.getByText('C’est noté. Le dossier reprend son cours.').waitFor();
  await page.getByText('En retard', { exact: true }).first().waitFor();
  await drop({ code: '212', at: '2026-11-20T10:00:00', amount: '4800.00' });
  await page.getByText('Un paiement est annoncé').waitFor();
  await page.getByRole('link', { name: 'Il n’est pas arrivé' }).click();
  await page.getByLabel('Ce que vous avez fait').fill('Compte vérifié, rien.');
  await press(page, 'Noter et reprendre');
  await page.getByText('En retard', { exact: true }).first().waitFor();
  assert.equal(await page.getByText('4 800,00 € dits encaissés').count(), 1);
});

test('a status before its invoice waits on the page; every stage reads well, narrow, wide, light and dark', async (t) => {
  for (const [look, name] of [
    [{ width: WIDTHS.phone }, 'telephone'],
    [{ width: WIDTHS.desktop }, 'bureau'],
  ] as const) {
    const { page, url, deps, tenant } = await story(t, look);
    const statuses = [
      { code: '208', client: 'Ateliers du Port', reason: 'Bon de livraison manquant' },
      { code: '213', client: 'Brasserie du Port', reason: 'Le total de la TVA ne correspond pas à ses lignes' },
      { code: '212', client: 'Cave du Port', amount: '4800.00' },
      { code: '220', client: 'Drogueries du Port' },
    ];
    const cases: string[] = [];
    const { receiveStatus } = await import('#modules/einvoicing/index.ts');
    for (const [i, { client, ...of }] of statuses.entries()) {
      const number = `F-${i}`;
      cases.push(await aCase(deps, tenant, { name: client, invoices: [{ ...INVOICE, number }] }));
      const { buffer } = message({ ...of, number, id: `m-${i}` });
      await receiveStatus(deps, tenant, { name: 'statut.xml', bytes: buffer });
    }
    await receiveStatus(deps, tenant, { name: 'statut.xml', bytes: message({ number: 'F-2026-099', id: 'm-99' }).buffer });
    const lookAt = async (path: string, picture: string) => {
      await page.goto(`${url}${path}`);
      await expectNoSideScroll(page);
      await expectReadableDayAndNight(page);
      await screenshot(page, `statuts-${picture}-${name}`);
    };
    await lookAt('/deposer', 'en-attente');
    await page.getByText('Statuts en attente de leur facture').waitFor();
    await lookAt('/', 'aujourdhui');
    for (const [i, caseId] of cases.entries()) await lookAt(`/dossiers/${caseId}`, `dossier-${statuses[i]?.code}`);
    await page.goto(`${url}/deposer`);
    await press(page, 'Vider cette liste');
    await page.getByText('Si une de ces factures arrive, son statut lui sera rattaché.').waitFor();
    assert.equal(await page.getByText('F-2026-099').count(), 0);
    assertQuiet(page);
  }
});
