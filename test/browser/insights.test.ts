import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { act, drawnTiming, viewCase } from '#modules/cases/index.ts';
import { listCompanies } from '#modules/companies/index.ts';
import { startTrial } from '#modules/insights/timing.ts';
import type { Deps } from '#platform/deps.ts';
import { startQuitus } from '../support/app.ts';
import {
  assertQuiet,
  eachSaid,
  expectNoAxeViolations,
  expectNoSideScroll,
  screenshot,
  text,
  WIDTHS,
} from '../support/browser.ts';
import { aCase, aCompany, done, story } from '../support/cases.ts';
import { openPage, visitDemo } from '../support/visits.ts';

/** Closed cases and the simulation in a real Chromium: a table taken in, its rates, one of them used by the advice; without script too. */

/** Invented cases: each a mail, then a notice that settles three of them in five; one line that cannot be read. */
const TABLE = [
  'Dossier;Secteur;Étape;Date;Montant dû;Rentré;Frais;Temps',
  ...Array.from({ length: 20 }, (_, i) => [
    `D-${i};${i % 2 ? 'BTP' : 'Conseil'};Relance;01/03/2025;1200,00;;;0:06`,
    `D-${i};${i % 2 ? 'BTP' : 'Conseil'};Mise en demeure;10/03/2025;1200,00;${i % 5 < 3 ? '1200,00' : '0'};8,50;0:30`,
  ]).flat(),
  'D-99;BTP;Danse de la pluie;01/03/2025;100,00;0;;',
].join('\n');
const FILE = { name: 'dossiers-2025.csv', mimeType: 'text/csv', buffer: Buffer.from(TABLE) };

for (const javaScript of [false, true])
  test(`a table of closed cases, from the file to the advice, ${javaScript ? 'with' : 'without'} script`, async (t) => {
    const { url } = await startQuitus(t, { demo: true });
    const page = await visitDemo(url, { javaScript });
    await page.goto(`${url}/conseil`);
    await page.getByRole('link', { name: /dossiers clos/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Vos dossiers clos' }).waitFor();
    await page.setInputFiles('input[type=file]', FILE);
    if (!javaScript) await page.getByRole('button', { name: 'Relire le tableau' }).click();
    else await followDrop(page);
    await page.getByRole('heading', { level: 1, name: 'Relire le tableau' }).waitFor();
    assert.match(await text(page), /Il manque à .*l’encaissé/);
    await page.getByLabel('Encaissé').selectOption('Rentré');
    await page.getByRole('button', { name: 'Relire avec ces colonnes' }).click();
    await page.getByRole('heading', { name: 'Ce qui a été lu' }).waitFor();
    assert.match(await text(page), /20 dossiers lus : 20 nouveaux.*étape inconnue « Danse de la pluie »/s);
    await page.getByRole('button', { name: 'Ajouter 20 dossiers' }).click();
    await page.getByRole('heading', { level: 1, name: 'Vos dossiers clos' }).waitFor();
    const told = await text(page);
    // The demonstration has a case of its own that a notice settled.
    assert.match(told, /13\/21 chez vous → \d+ % \(vos cas pèsent 51 %\)/);
    assert.match(told, /Ils ne disent pas que l’étape fait payer/);
    await page.getByRole('button', { name: /Reprendre ce taux.*Mettre en demeure/ }).click();
    await page.getByText('Repris par le conseil', { exact: true }).waitFor();
    await page.getByRole('link', { name: 'Voir ou rétablir le chiffre' }).click();
    assert.match(await text(page), /13\/21 chez vous/);
    assertQuiet(page, [/422/]);
  });

/** With script the file goes by itself, and its line leads on. */
const followDrop = (page: Page): Promise<void> => page.locator('[data-drop-list] a').first().click();

test('its pages are accessible, on a phone and a laptop, light and dark', async (t) => {
  const { url } = await startQuitus(t, { demo: true });
  for (const width of [WIDTHS.phone, WIDTHS.desktop])
    for (const dark of [false, true]) {
      const page = await visitDemo(url, { width, dark, pageScripts: false });
      const name = `${width}-${dark ? 'dark' : 'light'}`;
      const look = async (what: string): Promise<void> => {
        await expectNoAxeViolations(page);
        await expectNoSideScroll(page);
        await screenshot(page, `insights-${what}-${name}`);
      };
      await page.goto(`${url}/conseil/historique`);
      await page.setInputFiles('input[type=file]', { ...FILE, buffer: Buffer.from(TABLE.replace('Rentré', 'Encaissé')) });
      await page.getByRole('button', { name: 'Relire le tableau' }).click();
      await page.getByRole('heading', { level: 1, name: 'Relire le tableau' }).waitFor();
      await look('preview');
      const add = page.getByRole('button', { name: /^Ajouter/ });
      if (await add.isVisible()) await add.click();
      else await page.goto(`${url}/conseil/historique`);
      await page.getByRole('heading', { level: 1, name: 'Vos dossiers clos' }).waitFor();
      await look('history');
      assertQuiet(page);
    }
});

test('the small simulation: from the portfolio, a figure changed, a wrong one told, the table taken away; without script', async (t) => {
  const { url } = await startQuitus(t, { demo: true });
  const page = await visitDemo(url, { javaScript: false });
  await page.goto(`${url}/conseil`);
  await page.getByRole('link', { name: 'comparer des façons de relancer' }).click();
  await page.getByRole('heading', { level: 1, name: 'La petite simulation' }).waitFor();
  assert.match(
    await text(page),
    /Avec 1 dossier, la comparaison ne vaut que pour ceux-là.*Sur vos dossiers clos.*1 dossier rejoué/s,
  );
  await page.getByLabel('Dossiers', { exact: true }).selectOption('made');
  await page.getByLabel('Combien').fill('8');
  await page.getByRole('button', { name: 'Rejouer' }).click();
  await page.getByRole('heading', { name: 'Sur des dossiers inventés' }).waitFor();
  const [best] = await eachSaid(page.locator('tbody th'));
  assert.equal(best?.trim(), 'Quitus');
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Tableur' }).click();
  assert.equal((await download).suggestedFilename(), 'simulation.csv');
  await page.getByLabel('Combien').fill('9000');
  await page.getByRole('button', { name: 'Rejouer' }).click();
  assert.match(await text(page), /Écrivez un nombre de 5 à 60/);
  assert.equal(await page.getByLabel('Combien').inputValue(), '9000');
  assertQuiet(page, [/422/]);
});

test('the small simulation is accessible, on a phone and a laptop, light and dark', async (t) => {
  const { url } = await startQuitus(t, { demo: true });
  for (const width of [WIDTHS.phone, WIDTHS.desktop])
    for (const dark of [false, true]) {
      const page = await visitDemo(url, { width, dark, pageScripts: false });
      await page.goto(`${url}/conseil/simulation?portfolio=made&claims=6`);
      await page.getByRole('heading', { level: 1, name: 'La petite simulation' }).waitFor();
      await expectNoAxeViolations(page);
      await expectNoSideScroll(page);
      await screenshot(page, `insights-simulation-${width}-${dark ? 'dark' : 'light'}`);
      assertQuiet(page);
    }
});

test('two moments compared: chosen, explained, shown on the case, stopped; without script', async (t) => {
  const { url, deps } = await startQuitus(t, { demo: true });
  const page = await visitDemo(url, { javaScript: false });
  await page.goto(`${url}/conseil/historique`);
  await page.getByRole('link', { name: 'Comparer deux délais de rappel' }).click();
  await page.getByRole('heading', { level: 1, name: 'Comparer deux délais' }).waitFor();
  assert.match(await text(page), /Jamais une mise en demeure, un délai de la loi, une procédure ni le ton d’un message\./);
  await page.getByLabel('Premier rappel par courriel : J+3 ou J+8').check();
  await page.getByRole('button', { name: 'Commencer' }).click();
  assert.match(await text(page), /Comparaison commencée : \d+ dossiers? tirés? au sort.*Pas encore assez de dossiers/s);
  const drawn = await deps.db.tenant(await demoOf(deps), (tx) =>
    tx.selectFrom('journal').select('case_id').where('kind', '=', 'timing-drawn').execute(),
  );
  await page.goto(`${url}/dossiers/${drawn[0]?.case_id}`);
  assert.match(await text(page), /Premier rappel tiré au sort J\+[38], le \d+ .* plutôt que J\+[38] : ce dossier participe/);
  await page.getByRole('button', { name: 'Retirer ce dossier' }).click();
  assert.match(await text(page), /Dossier retiré.*Retiré de la comparaison de deux délais/s);
  await page.goto(`${url}/conseil/historique/delais`);
  await page.getByText('Arrêter la comparaison').click();
  await page.getByRole('button', { name: 'Arrêter', exact: true }).click();
  assert.match(await text(page), /Comparaison arrêtée/);
  assertQuiet(page);
});

test('two moments compared, with a result and without, on a phone and a laptop, light and dark', async (t) => {
  const { url, deps } = await startQuitus(t, {});
  await aTrialThatEnded(deps);
  for (const width of [WIDTHS.phone, WIDTHS.desktop]) {
    const page = await openPage({ width });
    await page.goto(`${url}/conseil/historique/delais`);
    assert.match(await text(page), /Un écart se voit.*J\+3 fait mieux chez vous.*dix-neuf fois sur vingt/s);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expectNoAxeViolations(page);
      await expectNoSideScroll(page);
      await screenshot(page, `insights-timing-${width}-${colorScheme}`);
    }
    assertQuiet(page);
  }
});

async function demoOf(deps: Deps): Promise<string> {
  const [demo] = await listCompanies(deps);
  assert.ok(demo);
  return demo.id;
}

/** Forty invented cases and more, drawn between two days; those of the first are mostly paid. */
async function aTrialThatEnded(today: Deps): Promise<void> {
  const { deps, on } = story(today, '2026-04-01');
  const tenantId = await aCompany(deps);
  done(await startTrial(deps, tenantId, '1'));
  const arms: [string[], string[]] = [[], []];
  while (arms.some((arm) => arm.length < 20)) {
    const name = `Débiteur ${arms[0].length + arms[1].length}`;
    const invoices = [{ number: name, issuedOn: '2026-03-10', dueOn: '2026-04-10', amount: '1000.00' }];
    const caseId = await aCase(deps, tenantId, { name, invoices });
    const { facts } = (await deps.db.tenant(tenantId, (tx) => viewCase(tx, tenantId, caseId, deps.clock.today()))) ?? {
      facts: [],
    };
    arms[drawnTiming(facts)?.arm ?? 0].push(caseId);
  }
  on('2026-04-30');
  for (const caseId of [...arms[0].slice(0, 16), ...arms[1].slice(0, 4)])
    done(await act(deps, tenantId, caseId, 'payment', { on: '2026-04-30', amount: '1000' }));
}
