import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { extractText } from 'unpdf';
import { listCompanies } from '#modules/companies/index.ts';
import { demoStatement } from '#modules/demo/index.ts';
import { holdPayment } from '#modules/payments/index.ts';
import type { Deps } from '#platform/deps.ts';
import { startQuitus } from '../support/app.ts';
import {
  assertQuiet,
  eachSaid,
  expectFocus,
  expectNoAxeViolations,
  expectNoSideScroll,
  plain,
  said,
  screenshot,
  text,
  WIDTHS,
} from '../support/browser.ts';
import { visitDemo } from '../support/visits.ts';

/** Money in, in a real Chromium: a statement dropped, a word on what is uncertain, and what it does to the cases. */

const line = (page: Page, who: string) => page.locator('.q-bank-line', { hasText: who });

/** The statement of the demonstration's bank, as a file to drop. */
async function statementOf(deps: Deps) {
  const [demo] = await listCompanies(deps);
  assert.ok(demo);
  const made = await demoStatement(deps, demo.id);
  assert.ok(made, 'the demonstration has three late cases of one invoice');
  return { ...made, file: { name: 'releve.xml', mimeType: 'application/xml', buffer: Buffer.from(made.xml) } };
}

test('a statement dropped pays one case, asks about another; one press confirms it and closes it; undoing brings it back', async (t) => {
  const { url, deps } = await startQuitus(t, { demo: true });
  const page = await visitDemo(url);
  const { file, paid, partly, asked } = await statementOf(deps);
  const toDo = () => said(page.locator('.q-todo'));
  await page.goto(url);
  assert.match(await toDo(), new RegExp(asked.debtor));

  await page.getByRole('link', { name: 'Encaissements' }).click();
  assert.match(await text(page), /complet jusqu’au 17 novembre 2026/);
  await page.locator('input[type=file]').setInputFiles(file);
  await page.waitForURL(/suite=oui/);
  assert.match(await text(page), /complet jusqu’au 21 novembre 2026/);

  // What is certain is done, and says why.
  await page.getByRole('link', { name: /Rapprochés \(2\)/ }).click();
  assert.match(await said(line(page, paid.debtor)), /Le libellé cite la facture/);
  await line(page, partly.debtor)
    .getByRole('link', { name: /dossier/ })
    .click();
  await page.getByRole('heading', { level: 1, name: new RegExp(partly.debtor) }).waitFor();

  // What is not waits for one word, and holds its case meanwhile.
  await page.goto(url);
  assert.match(await text(page), /2 encaissements à regarder/);
  await page.getByRole('link', { name: /encaissements à regarder/ }).click();
  const proposed = line(page, asked.debtor);
  assert.match(await said(proposed), new RegExp(`Relances suspendues, dossier ${asked.reference}`));
  await expectFocus(page, /^Confirmer, Librairie Quatre-Vents$/, 'the keyboard is on the oldest one');
  await page.keyboard.press('Enter');
  await page.getByText('Encaissement rapproché.').waitFor();
  await expectFocus(page, new RegExp(`^Confirmer, ${asked.debtor}$`), 'then on the next one');
  await page.keyboard.press('Enter');
  await page.getByText(/le dossier se ferme/).waitFor();
  await page.goto(url);
  assert.doesNotMatch(await toDo(), new RegExp(asked.debtor));
  assert.doesNotMatch(await text(page), /à regarder/);
  await page.goto(`${url}/dossiers?vue=fermes`);
  for (const { debtor } of [paid, asked]) assert.match(await text(page), new RegExp(debtor));

  // The same file again counts for nothing.
  await page.goto(`${url}/encaissements`);
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByText(/Déjà déposé le .* sous le nom releve\.xml/).waitFor();
  await page.waitForURL(/releve=/);
  await page.getByRole('link', { name: /Ce relevé \(4\)/ }).waitFor();
  await page.getByRole('link', { name: /Rapprochés \(4\)/ }).click();

  // Undone: a new fact, the case is there again, the money waits.
  await line(page, asked.debtor).getByText('Annuler ce rapprochement').click();
  await line(page, asked.debtor).getByRole('button', { name: 'Annuler le rapprochement' }).click();
  await page.getByText('Rapprochement annulé').waitFor();
  await page.goto(url);
  assert.match(await toDo(), new RegExp(`${asked.debtor} Virement à rattacher`));
  await page.goto(`${url}/dossiers/${asked.id}`);
  assert.match(await text(page), /annulé/);
  assertQuiet(page);
});

test('without script: another invoice chosen, a line set aside and taken back, a payer forgotten', async (t) => {
  const { url, deps } = await startQuitus(t, { demo: true });
  const page = await visitDemo(url, { javaScript: false });
  const { file, asked } = await statementOf(deps);
  await page.goto(`${url}/encaissements`);
  await page.getByRole('button', { name: 'Lire ces relevés' }).click();
  assert.match(await text(page), /Choisissez d’abord un relevé/);
  await page.locator('input[type=file]').setInputFiles(file);
  await page.getByRole('button', { name: 'Lire ces relevés' }).click();
  assert.match(await text(page), /4 mouvements nouveaux, 2 encaissements rapprochés, 2 à regarder/);

  await line(page, asked.debtor)
    .getByRole('button', { name: /Pas un paiement client/ })
    .click();
  assert.match(await text(page), /Mis de côté\..*À regarder \(1\)/);
  await page.getByRole('link', { name: /Mis de côté \(4\)/ }).click();
  await line(page, asked.debtor)
    .getByRole('button', { name: /Reprendre/ })
    .click();
  await page.getByRole('link', { name: /À regarder \(2\)/ }).click();

  await line(page, asked.debtor).getByRole('link', { name: /autre/ }).click();
  await page.getByRole('button', { name: 'Rattacher ce virement' }).click();
  assert.match(await text(page), /Choisissez au moins une facture/);
  await page.getByRole('checkbox').first().check();
  await page.getByRole('button', { name: 'Rattacher ce virement' }).click();
  assert.match(await text(page), /Encaissement rapproché/);

  await page.getByRole('link', { name: 'Payeurs reconnus' }).click();
  assert.match(await text(page), new RegExp(`${asked.debtor} .*1 confirmation`));
  await page.locator('summary', { hasText: 'Oublier' }).click();
  await page.getByRole('button', { name: 'Oublier ce payeur' }).click();
  assert.match(await text(page), /Aucun payeur appris/);
  assertQuiet(page, [/422/]);
});

test('a file that is no statement says so; the settings ask how old the bank may be, and today tells when it is too old', async (t) => {
  const { url } = await startQuitus(t, { demo: true });
  const page = await visitDemo(url);
  await page.goto(`${url}/encaissements`);
  await page
    .locator('input[type=file]')
    .setInputFiles({ name: 'photo.xml', mimeType: 'application/xml', buffer: Buffer.from('<a/>') });
  await page.getByText(/n’est pas un relevé bancaire/).waitFor();

  await page.goto(`${url}/encaissements/reglages`);
  await page.getByLabel(/Jours sans relevé/).fill('mille');
  await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await page.getByText('Indiquez un nombre de jours').first().waitFor();
  await page.getByLabel(/Jours sans relevé/).fill('3');
  await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
  await page.getByText('Réglages enregistrés').waitFor();

  await page.goto(`${url}/encaissements`);
  await page.getByText('Relances en attente du relevé').waitFor();
  await page.goto(url);
  assert.match(await text(page), /n’est complet que jusqu’au 17 novembre 2026/);
  assertQuiet(page, [/422/]);
});

const STRANGE = 'Quand;Qui;Quoi;Combien\n16/11/2026;CLIENT INCONNU;VIR 1234;1200,00\n17/11/2026;EDF;PRLV;-80,10\n';

test('a table of an unknown bank: its columns are asked for, shown as read, taken, and known the next time', async (t) => {
  const { url } = await startQuitus(t, { demo: true });
  const csv = (text: string) => ({ name: 'export.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  const page = await visitDemo(url);
  await page.goto(`${url}/encaissements`);
  await page.locator('input[type=file]').setInputFiles(csv(STRANGE));
  await page.getByRole('heading', { level: 1, name: /Quelle colonne contient quoi/ }).waitFor();
  assert.match(await text(page), /Quand .*Qui .*Quoi .*Combien/);
  await page.getByLabel(/^Montant/).selectOption('');
  await page.getByLabel('Compte de ces mouvements').selectOption({ label: 'Un autre compte' });
  await page.getByLabel(/L’autre compte/).fill('Compte du magasin');
  await page.getByRole('button', { name: 'Relire avec ces réponses' }).click();
  await page.getByText(/Il manque dans .* une colonne de montant/).waitFor();
  await page.getByLabel(/^Montant/).selectOption({ label: 'D – Combien' });
  await page.getByRole('button', { name: 'Relire avec ces réponses' }).click();
  assert.match(await text(page), /2 mouvements, du 16 novembre 2026 au 17 novembre 2026\. Entrées 1 200,00 €, sorties −80,10 €/);
  await page.getByRole('button', { name: 'Reprendre 2 mouvements' }).click();
  await page.getByText(/2.mouvements nouveaux/).waitFor();
  assert.match(await text(page), /Compte du magasin/);
  // The next one of that bank only lacks its account; without script too, one is led there.
  await page.locator('input[type=file]').setInputFiles(csv(STRANGE.replaceAll('/11/', '/10/')));
  await page.getByText('Un tableau semblable a déjà été expliqué').waitFor();
  assertQuiet(page, [/422/]);

  const plainPage = await visitDemo(url, { javaScript: false });
  await plainPage.goto(`${url}/encaissements`);
  await plainPage.locator('input[type=file]').setInputFiles(csv(STRANGE.replace('Quand', 'Quel jour')));
  await plainPage.getByRole('button', { name: 'Lire ces relevés' }).click();
  assert.match(await text(plainPage), /Dites ce que contiennent ces colonnes/);
  await plainPage.getByLabel('Compte de ces mouvements').selectOption({ index: 1 });
  await plainPage.getByRole('button', { name: 'Relire avec ces réponses' }).click();
  await plainPage.getByRole('button', { name: 'Reprendre 2 mouvements' }).click();
  assert.match(await text(plainPage), /mouvements? nouveaux?|déjà connu/);
  assertQuiet(plainPage);
});

test('payments by hand: several invoices, shown before they count; the surplus given back; a rejected one; money that waits', async (t) => {
  const { url } = await startQuitus(t, { demo: true });
  const page = await visitDemo(url, { javaScript: false });
  await page.goto(`${url}/encaissements`);
  await page.getByRole('link', { name: 'Saisir un encaissement' }).click();
  await page.getByRole('button', { name: 'Continuer' }).click();
  assert.match(await text(page), /Indiquez un montant/);
  await page.getByLabel('Montant').fill('20000');
  await page.getByRole('button', { name: 'Continuer' }).click();
  const boxes = page.getByRole('checkbox');
  await page.getByRole('button', { name: 'Voir la répartition' }).click();
  assert.match(await text(page), /Choisissez au moins une facture/);
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await page.getByLabel(/Non, il n’a rien dit/).check();
  await page.getByRole('button', { name: 'Voir la répartition' }).click();
  assert.match(await text(page), /Ce que ce paiement règle .*1342-10/);
  assert.match(await text(page), /Il reste .* à placer sur d’autres factures ou à rendre/);
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  assert.match(await text(page), /Enregistré\..*à placer/);
  await page.getByText('Noter un remboursement').click();
  await page.getByRole('button', { name: 'Noter ce remboursement' }).click();
  assert.match(await text(page), /Remboursement noté\. .*placé/);
  await page.getByText('Ce remboursement n’a pas eu lieu').click();
  await page.getByRole('button', { name: 'Annuler ce remboursement' }).click();
  assert.match(await text(page), /Remboursement annulé .* à placer ou à rendre/);
  await page.getByText('Reprendre ce paiement').first().click();
  await page.getByRole('button', { name: 'Reprendre ce paiement' }).click();
  assert.match(await text(page), /Dites pourquoi ce paiement est annulé/);
  await page.getByLabel(/La banque l’a rejeté/).check();
  await page.getByRole('button', { name: 'Reprendre ce paiement' }).click();
  assert.match(await text(page), /ce qu’il réglait est dû de nouveau/);
  await page.getByRole('button', { name: /l’argent est bien arrivé/ }).click();
  assert.match(await text(page), /Paiement enregistré de nouveau/);

  // Money nobody can place yet waits, then is placed.
  await page.goto(`${url}/encaissements/saisir`);
  await page.getByLabel(/dont on ne sait pas ce qu’il paie/).check();
  await page.getByLabel('Montant').fill('50');
  await page.getByRole('button', { name: 'Continuer' }).click();
  await page.getByRole('button', { name: 'Continuer' }).click();
  assert.match(await text(page), /Choisissez de quel client/);
  await page.getByLabel('Nom du client').fill('vents');
  await page.getByRole('button', { name: 'Chercher' }).click();
  await page.getByLabel(/Quatre-Vents/).check();
  await page.getByRole('button', { name: 'Continuer' }).click();
  await page.getByRole('button', { name: 'Enregistrer' }).click();
  await page.goto(`${url}/encaissements`);
  await page.getByRole('link', { name: /2.encaissements à placer ou à rendre/ }).click();
  await page.getByRole('link', { name: /Quatre-Vents/ }).click();
  await page.getByRole('checkbox').first().check();
  await page.getByRole('button', { name: 'Placer sur ces factures' }).click();
  assert.match(await text(page), /Placé\./);
  await page.goto(`${url}/encaissements/paiements?vue=tous&q=vents`);
  assert.match(await text(page), /Quatre-Vents .*50,00 €/);
  assertQuiet(page, [/422/]);
});

test('the aging balance adds up, leads to its lists, and to each account, on screen and on paper', async (t) => {
  const { url, deps } = await startQuitus(t, { demo: true });
  const page = await visitDemo(url, { javaScript: false });
  const cents = (amount: string) => BigInt(plain(amount).replace(/\D/g, ''));
  const sum = (all: readonly string[]) => all.reduce((total, one) => total + cents(one), 0n);
  await page.goto(`${url}/balance`);
  const buckets = await eachSaid(page.locator('.q-buckets .q-amount'));
  const totals = await eachSaid(page.locator('tbody tr td:last-child .q-amount'));
  assert.ok(totals.length > 5);
  assert.equal(sum(totals), sum(buckets), 'the debtors add up to the buckets');
  for (const row of await page.locator('tbody tr').all()) {
    const figures = await eachSaid(row.locator('.q-amount'));
    assert.equal(sum(figures.slice(0, -1)), cents(figures.at(-1) ?? ''));
  }
  await page.getByRole('link', { name: '31 à 60' }).click();
  assert.match(page.url(), /dossiers\?retard=31-60$/);

  // The account of every debtor comes to what its open invoices owe, and its PDF says the same.
  const [demo] = await listCompanies(deps);
  assert.ok(demo);
  const debtors = await deps.db.tenant(demo.id, (tx) =>
    tx
      .selectFrom('invoices')
      .select(({ fn }) => ['party_id', fn.sum<string>('balance_cents').as('owed')])
      .where('document_kind', '=', 'invoice')
      .where('balance_cents', '>', 0n)
      .groupBy('party_id')
      .execute(),
  );
  for (const { party_id, owed } of debtors) {
    await page.goto(`${url}/clients/${party_id}/releve`);
    assert.equal(cents(await said(page.locator('.q-buckets .q-amount').first())), BigInt(owed), page.url());
  }
  const paid = await deps.db.tenant(demo.id, (tx) =>
    tx.selectFrom('payments').select('party_id').where('kind', '=', 'received').executeTakeFirstOrThrow(),
  );
  await page.goto(`${url}/clients/${paid.party_id}/releve`);
  const balance = await said(page.locator('.q-buckets .q-amount').first());
  const name = await said(page.getByRole('heading', { level: 1 }));
  const href = await page.getByRole('link', { name: 'Ouvrir le PDF' }).getAttribute('href');
  const answer = await page.context().request.get(`${url}${href}`);
  assert.equal(answer.headers()['content-type'], 'application/pdf');
  const words = plain((await extractText(new Uint8Array(await answer.body()), { mergePages: true })).text);
  for (const word of [`Relevé de compte de ${name}`, 'Paiement', 'Total au 21 novembre 2026', balance])
    assert.ok(words.includes(word), word);
  assert.equal((await page.context().request.get(`${url}/clients/${demo.id}/releve`)).status(), 404);
  assertQuiet(page);
});

describe('every page, on a phone and on a desk, light and dark', () => {
  test('has no accessibility violation and does not scroll sideways', async (t) => {
    const { url, deps } = await startQuitus(t, { demo: true });
    const { file } = await statementOf(deps);
    const first = await visitDemo(url, { javaScript: false });
    await first.goto(`${url}/encaissements`);
    await first.locator('input[type=file]').setInputFiles(file);
    await first.getByRole('button', { name: 'Lire ces relevés' }).click();
    const choose = await first.getByRole('link', { name: /autre/ }).first().getAttribute('href');
    assert.ok(choose);
    const unknown = { name: 'export.csv', mimeType: 'text/csv', buffer: Buffer.from(STRANGE) };
    await first.goto(`${url}/encaissements`);
    await first.locator('input[type=file]').setInputFiles(unknown);
    await first.getByRole('button', { name: 'Lire ces relevés' }).click();
    const table = new URL(first.url()).pathname;
    const [demo] = await listCompanies(deps);
    assert.ok(demo);
    const debtor = await deps.db.tenant(demo.id, (tx) =>
      tx.selectFrom('payments').select('party_id').where('kind', '=', 'received').executeTakeFirstOrThrow(),
    );
    const some = await deps.db.tenant(demo.id, (tx) =>
      tx.selectFrom('invoices').select('invoice_id').where('balance_cents', '>', 0n).executeTakeFirstOrThrow(),
    );
    const free = { partyId: debtor.party_id, held: 'wrong-entity' as const };
    const held = await holdPayment(deps, demo.id, { on: '2026-11-20', amount: '700', reference: 'VIR 12' }, free);
    assert.ok(held.ok);
    const pages: Readonly<Record<string, string>> = {
      today: '/',
      waiting: '/encaissements',
      matched: '/encaissements?vue=rapproches',
      aside: '/encaissements?vue=ecartes',
      line: choose,
      table,
      typing: '/encaissements/saisir',
      choosing: '/encaissements/saisir/factures?what=received&on=2026-11-20&amount=1200',
      checking: `/encaissements/saisir/verifier?what=received&on=2026-11-20&amount=20000&choix=loi&invoice=${some.invoice_id}`,
      free: '/encaissements/paiements',
      payments: '/encaissements/paiements?vue=tous',
      payment: `/encaissements/paiements/${held.value.paymentId}`,
      payers: '/encaissements/payeurs',
      settings: '/encaissements/reglages',
      balance: '/balance',
      account: `/clients/${debtor.party_id}/releve`,
    };
    for (const width of [WIDTHS.phone, WIDTHS.desktop]) {
      const page = await visitDemo(url, { width });
      for (const [i, [name, path]] of Object.entries(pages).entries()) {
        assert.equal((await page.goto(`${url}${path}`))?.status(), 200, path);
        // By day at both widths; the colours of the night at one or the other, by turns.
        for (const colorScheme of i % 2 === Number(width === WIDTHS.phone)
          ? (['light', 'dark'] as const)
          : (['light'] as const)) {
          await page.emulateMedia({ colorScheme });
          await expectNoAxeViolations(page);
          await expectNoSideScroll(page);
          await screenshot(page, `money-${name}-${width}-${colorScheme}`);
        }
      }
      assertQuiet(page);
      await page.context().close();
    }
  });
});
