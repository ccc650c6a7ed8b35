import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { listCompanies } from '#modules/companies/index.ts';
import { startQuitus } from '../support/app.ts';
import {
  assertQuiet,
  eachSaid,
  expectNoAxeViolations,
  expectNoSideScroll,
  said,
  screenshot,
  text,
  WIDTHS,
} from '../support/browser.ts';
import { visitDemo } from '../support/visits.ts';

/** The advice in a real Chromium, on the demonstration: which step, why, and what a changed number changes. */

async function demoCases(deps: Awaited<ReturnType<typeof startQuitus>>['deps']) {
  const [demo] = await listCompanies(deps);
  assert.ok(demo);
  const rows = await deps.db.tenant(demo.id, (tx) =>
    tx
      .selectFrom('cases')
      .innerJoin('parties', 'parties.party_id', 'cases.party_id')
      .select(['case_id', 'parties.name'])
      .execute(),
  );
  return {
    demo,
    of(debtor: string): string {
      const found = rows.find((row) => row.name.includes(debtor));
      assert.ok(found, debtor);
      return `/dossiers/${found.case_id}`;
    },
  };
}

const step = (page: Page): Promise<string> => said(page.locator('.q-advice-step'));

test('mediation before pressure, the order on the silent 8 000 €, and stopping when the debtor cannot pay: without script', async (t) => {
  const { url, deps } = await startQuitus(t, { demo: true });
  const page = await visitDemo(url, { javaScript: false });
  const { of } = await demoCases(deps);

  // The disputed case: its card, on the case itself.
  await page.goto(url + of('Vauquelune'));
  assert.equal(await step(page), 'Médiation ou conciliation');
  assert.match(await text(page), /C’est une estimation, pas une promesse : vous décidez/);
  await page.getByRole('link', { name: 'Comparer, changer un chiffre' }).click();
  await page.getByText('Pourquoi pas : relancer par courriel ?').click();
  assert.match(await text(page), /Le débiteur conteste : répondez-lui et cherchez un accord avant toute pression/);

  // The solvent debtor who keeps silent.
  await page.goto(url + of('Galerne'));
  assert.equal(await step(page), 'Injonction de payer');
  assert.match(await text(page), /Il vous en reste en moyenne \d[\d ]* €, frais et temps déduits, contre \d[\d ]* € avec/);

  // A small claim against a silent debtor: worth a letter, until the debtor is known not to be able to pay.
  await page.goto(`${url}${of('Pirouettin')}/conseil`);
  assert.equal(await step(page), 'Mettre en demeure');
  await page.getByLabel('Mauvaise').check();
  await page.getByRole('button', { name: 'Recalculer' }).click();
  assert.equal(await step(page), 'Arrêter');
  assert.match(
    await text(page),
    /Mauvaise solvabilité, dossier moyen, silence : continuer coûterait plus, en frais et en temps, que ce qui reviendrait\. Sous \d[\d ]* €, une mise en demeure coûte plus qu’elle ne rapporte/,
  );
  assert.match(await text(page), /Ceci est un essai : rien n’est enregistré/);

  // Nothing was kept by asking; one press keeps it.
  await page.goto(`${url}${of('Pirouettin')}`);
  assert.equal(await step(page), 'Mettre en demeure');
  await page.goBack();
  await page.getByRole('button', { name: 'Garder ces réponses' }).click();
  assert.match(await text(page), /Réponses gardées/);
  assert.equal(await step(page), 'Arrêter');
  assertQuiet(page);
});

test('a number changed, an hour that costs more, a figure of one’s own and back', async (t) => {
  const { url, deps } = await startQuitus(t, { demo: true });
  const page = await visitDemo(url);
  const { of } = await demoCases(deps);
  const advice = `${url}${of('Galerne')}/conseil`;
  await page.goto(advice);
  assert.match(await text(page), /le seuil de 2 000 € revient à compter 10 h à 50 €\/h/);
  const net = () => said(page.locator('.q-advice-reason'));
  const before = await net();
  await page.getByLabel('Montant en jeu').fill('des clous');
  await page.getByRole('button', { name: 'Recalculer' }).click();
  assert.equal(await page.getByLabel('Montant en jeu').inputValue(), 'des clous');
  assert.equal(await page.getByLabel('Montant en jeu').getAttribute('aria-invalid'), 'true');
  await page.getByLabel('Montant en jeu').fill('900');
  await page.getByLabel('Un autre chiffre').selectOption('ipServe');
  await page.getByLabel('Sa valeur pour cet essai').fill('400');
  await page.getByRole('button', { name: 'Recalculer' }).click();
  assert.notEqual(await net(), before);
  assert.match(await text(page), /Ceci est un essai/);

  await page.goto(`${url}/reglages/conseil/hourlyRate`);
  await page.getByLabel('Valeur', { exact: true }).fill('200');
  await page.getByRole('button', { name: 'Utiliser ce chiffre' }).click();
  assert.match(await text(page), /1 réponse à corriger|Dites d’où vient ce chiffre/);
  await page.getByLabel('D’où vient votre chiffre ?').fill('Mon tarif de conseil');
  await page.getByRole('button', { name: 'Utiliser ce chiffre' }).click();
  assert.match(await text(page), /Valeur d’une heure de votre temps, en euros Mon tarif de conseil 200 le vôtre/);
  await page.goto(advice);
  assert.notEqual(await net(), before);
  assert.match(await text(page), /À 200 € l’heure, il devient 4 308 €/);
  await page.goto(`${url}/reglages/conseil/hourlyRate`);
  await page.getByText('Rétablir le chiffre de départ').click();
  await page.getByRole('button', { name: 'Rétablir', exact: true }).click();
  await page.goto(advice);
  assert.equal(await net(), before);

  // What would change the advice, searched on demand.
  await page.getByRole('link', { name: /trois chiffres qui le feraient changer/ }).click();
  assert.match(await text(page), /Au-dess(us|ous) de [\d ,]+, ce serait plutôt : |ne ferait proposer autre chose/);
  assertQuiet(page, [/422/]);
});

test('where to put one’s time: the hours of a week, the parts, a search, a page a case; without script', async (t) => {
  const { url } = await startQuitus(t, { demo: true });
  const page = await visitDemo(url, { javaScript: false });
  await page.goto(`${url}/conseil`);
  // The first time it may still be counting: the page says so, and comes back by itself.
  await page.getByRole('navigation', { name: 'Quels dossiers' }).waitFor();
  assert.match(await text(page), /Les \d+ premiers dossiers de la liste : .* L’heure suivante en vaudrait environ \d+ €/s);
  assert.match(await text(page), /Chaque dossier est résolu exactement/);
  const first = await said(page.locator('tbody th').first());
  // A declaration has a deadline: before any hour’s worth.
  assert.match(first, /Tréfontaise/);
  await page.getByLabel('Heures que vous avez').fill('1000');
  await page.getByRole('button', { name: 'Compter' }).click();
  assert.match(await text(page), /Les \d+ dossiers à faire : .* Une heure de plus n’aurait plus d’emploi ici/s);
  await page.getByLabel('Client ou référence').fill('galerne');
  await page.getByRole('button', { name: 'Chercher' }).click();
  assert.deepEqual(await eachSaid(page.locator('tbody th')), ['Transports Galerne-Ouestrel']);
  assert.equal(await page.getByLabel('Heures que vous avez').inputValue(), '1000');
  await page.getByRole('link', { name: 'Tout montrer' }).click();
  await page.getByLabel('Étape').selectOption('MED');
  await page.getByRole('button', { name: 'Chercher' }).click();
  assert.deepEqual(await eachSaid(page.locator('tbody th')), ['Cirque Pirouettin']);
  await page.getByRole('link', { name: /Rien pour l’instant/ }).click();
  assert.match(await text(page), /Sept Quinquets.*jusqu’au/s);
  await page.getByRole('link', { name: 'Hôtel des Sept Quinquets' }).click();
  await page.getByRole('heading', { level: 1, name: 'Quelle étape vaut la peine ?' }).waitFor();
  assert.match(await text(page), /Rien à dire avant le/);
  assertQuiet(page);
});

test('the reading of the debtor is private and erasable; time is noted in one press', async (t) => {
  const { url, deps } = await startQuitus(t, { demo: true });
  const page = await visitDemo(url);
  const { of, demo } = await demoCases(deps);
  await page.goto(url + of('Galerne'));
  assert.doesNotMatch(await text(page), /refus de payer|mauvais payeur/);
  await page.getByRole('button', { name: 'Noter 15 min' }).click();
  assert.match(await text(page), /Temps noté : 15 minutes/);
  await page.goto(`${url}${of('Galerne')}/conseil`);
  assert.match(await text(page), /15 min, soit 13 € déjà dépensés/);
  await page.getByText('Ouvrir les hypothèses').click();
  assert.match(await text(page), /Méfiez-vous de vous-même/);
  assert.match(await text(page), /Un refus de payer \d+ %/);
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.getByText('Un refus de payer').isVisible(), false, 'a printed page may go to others');
  await page.emulateMedia({ media: 'screen' });
  await page.locator('summary', { hasText: 'Effacer cette lecture' }).click();
  await page.getByRole('button', { name: 'Effacer', exact: true }).click();
  assert.match(await text(page), /Vous avez effacé cette lecture/);
  assert.doesNotMatch(await text(page), /Un refus de payer/);
  await page.getByText('Ce que vous avez remarqué').click();
  await page.getByLabel('Paiement rejeté par la banque').check();
  await page.getByRole('button', { name: 'Garder ces remarques' }).click();
  await page.getByText('Remarques gardées').waitFor();
  // What was noticed of somebody never stands in an address.
  await page.getByRole('button', { name: 'Recalculer' }).click();
  assert.doesNotMatch(page.url(), /clue|unread/);
  await page.getByRole('button', { name: 'Garder ces réponses' }).click();
  await page.getByText('Ouvrir les hypothèses').click();
  assert.match(await text(page), /paiement rejeté par la banque/);
  const told = await deps.db.tenant(demo.id, (tx) => tx.selectFrom('journal').select('payload').execute());
  assert.doesNotMatch(JSON.stringify(told), /refus de payer|bouncedPayment|mauvaise foi/);
  assertQuiet(page);
});

test('a decision is kept with what was proposed, its reason and its figures: without script', async (t) => {
  const { url, deps } = await startQuitus(t, { demo: true });
  const page = await visitDemo(url, { javaScript: false });
  const { of } = await demoCases(deps);
  await page.goto(`${url}${of('Pirouettin')}/conseil`);
  assert.equal(await step(page), 'Mettre en demeure');
  await page.getByLabel('Que décidez-vous ?').selectOption({ label: 'Rien pour l’instant' });
  await page.getByLabel('Pourquoi').fill('Sa comptable revient lundi.');
  await page.getByRole('button', { name: 'Garder cette décision' }).click();
  const told = await text(page);
  assert.match(told, /Conseil écarté, rien d’autre pour l’instant Conseil du jour : mettre en demeure, net attendu \d[\d ]* €/);
  assert.match(told, /Pourquoi : Sa comptable revient lundi\./);
  // Acting says it too, without a question.
  await page.getByRole('link', { name: 'Un échange avec le client' }).click();
  await page.getByLabel('Ce qui s’est dit').fill('Elle regarde.');
  await page.getByRole('button', { name: 'Noter cet échange' }).click();
  assert.match(await text(page), /Elle regarde\. Contre le conseil du jour : mettre en demeure, net attendu/);
  // On paper, which may go to others, what was advised and decided is left out.
  await page.emulateMedia({ media: 'print' });
  assert.equal(await page.getByText('Contre le conseil du jour').isVisible(), false);
  await page.emulateMedia({ media: 'screen' });
  await page.getByRole('link', { name: 'Chiffres de ce jour-là' }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Les chiffres d’une décision' }).waitFor();
  assert.match(await text(page), /Empreinte de ce jeu : [0-9a-f]{16}…/);
  await page.goto(`${url}/reglages/conseil`);
  await page.getByLabel('En vigueur le').fill('2026-03-01');
  await page.getByRole('button', { name: 'Voir', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Les chiffres en vigueur le 1er mars 2026' }).waitFor();
  await page.goto(`${url}/conseil/historique`);
  assert.match(await text(page), /Quand vous suivez le conseil, et quand vous faites autrement/);
  assertQuiet(page);
});

test('the time of an action is proposed, corrected in one field, noted in one press, and learnt from: without script', async (t) => {
  const { url, deps } = await startQuitus(t, { demo: true });
  const page = await visitDemo(url, { pageScripts: false });
  const { of } = await demoCases(deps);
  for (const said of ['Elle regarde.', 'Elle rappelle.']) {
    await page.goto(`${url}${of('Pirouettin')}/noter/contact`);
    await page.getByLabel('Ce qui s’est dit').fill(said);
    await page.getByRole('button', { name: 'Noter cet échange' }).click();
  }
  const card = page.locator('#temps-a-noter');
  // The clock of the tests stands still: nothing was measured, and it is said.
  assert.match(await said(card), /Appel, 21\/11\/2026 Pas mesuré : c’est le temps que compte le conseil\./);
  await card.getByLabel(/Appel/).first().fill('9');
  await page.setViewportSize({ width: WIDTHS.phone, height: 900 });
  await expectNoAxeViolations(page);
  await expectNoSideScroll(page);
  await screenshot(page, 'advice-time-375');
  await card
    .getByRole('button', { name: /^Noter/ })
    .first()
    .click();
  await page.getByText('Temps noté').waitFor();
  await card.getByRole('button', { name: /^Écarter/ }).click();
  await page.getByText('Ce temps n’est pas compté.').waitFor();
  assert.equal(await card.count(), 0);
  await page.goto(`${url}/reglages/conseil`);
  assert.match(await text(page), /21 min au départ, 9 min chez vous \(1 fois\) → 19 min, vos notes pèsent 17 %/);
  await expectNoAxeViolations(page);
  await screenshot(page, 'advice-own-times-375');
  await page.getByRole('button', { name: /Compter 19 min/ }).click();
  await page.getByText('Repris par le conseil', { exact: true }).waitFor();
  assertQuiet(page);
});

describe('every page of the advice, on a phone and on a desk, light and dark', () => {
  test('has no accessibility violation and does not scroll sideways', async (t) => {
    const { url, deps } = await startQuitus(t, { demo: true });
    const { of } = await demoCases(deps);
    const pages: Readonly<Record<string, string>> = {
      case: of('Galerne'),
      silent: `${of('Galerne')}/conseil`,
      disputed: `${of('Vauquelune')}/conseil`,
      trial: `${of('Pirouettin')}/conseil?essai=1&solvency=bad&file=1&debtor=company&tried.plan=oui`,
      insolvent: `${of('Tréfontaise')}/conseil`,
      waiting: `${of('Praline')}/conseil`,
      barred: `${of('Grenouilles')}/conseil`,
      nothing: `${of('Tournebrume')}/conseil`,
      portfolio: '/conseil',
      waiting_portfolio: '/conseil?liste=attente&heures=12,5',
      found_nothing: '/conseil?q=introuvable',
      figures: '/reglages/conseil',
      figure: '/reglages/conseil/pE',
      before: '/reglages/conseil/au?jour=2026-03-01',
      decided: '/conseil/historique',
      settings: '/reglages',
    };
    const lookAt = async (width: number) => {
      const page = await visitDemo(url, { width });
      await page.goto(`${url}/conseil`);
      await page.getByRole('navigation', { name: 'Quels dossiers' }).waitFor();
      for (const [i, [name, path]] of Object.entries(pages).entries()) {
        const answer = await page.goto(`${url}${path}`);
        assert.equal(answer?.status(), 200, path);
        // What is folded is looked at too.
        await page.evaluate("document.querySelectorAll('main details').forEach((d) => { d.open = true })");
        // By day at both widths; the colours of the night at one or the other, by turns.
        for (const colorScheme of i % 2 === Number(width === WIDTHS.phone)
          ? (['light', 'dark'] as const)
          : (['light'] as const)) {
          await page.emulateMedia({ colorScheme });
          await expectNoAxeViolations(page);
          await expectNoSideScroll(page);
          await screenshot(page, `advice-${name}-${width}-${colorScheme}`);
        }
      }
      assertQuiet(page);
      await page.context().close();
    };
    await Promise.all([lookAt(WIDTHS.phone), lookAt(WIDTHS.desktop)]);
  });
});
