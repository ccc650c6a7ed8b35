import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rules } from '#core/claim/rules.ts';
import { startQuitus } from '../support/app.ts';
import {
  assertQuiet,
  expectNoAxeViolations,
  expectNoSideScroll,
  expectReadableDayAndNight,
  screenshot,
  WIDTHS,
} from '../support/browser.ts';
import { openPage } from '../support/visits.ts';

/** The law as people read it: each rule's page on a phone and a laptop, light and dark, with and without script. */

const PAGES = ['/droit', '/comprendre', ...rules.map((rule) => `/comprendre/${rule.name}`)];

test('every rule has a page that axe finds nothing to say of: on a phone and a laptop, light and dark', async (t) => {
  const { url } = await startQuitus(t);
  const page = await openPage();
  for (const [i, path] of PAGES.entries()) {
    const answer = await page.goto(url + path);
    assert.equal(answer?.status(), 200, path);
    for (const [at, [device, width]] of Object.entries(WIDTHS).entries()) {
      await page.setViewportSize({ width, height: 800 });
      await expectNoSideScroll(page);
      // The two pages that hold everything in both widths and both schemes; the rules share one layout, and take the looks by turns.
      const schemes = ['light', 'dark'] as const;
      for (const colorScheme of i < 2 || i % 6 === at ? schemes : i % 2 === at ? (['light'] as const) : []) {
        await page.emulateMedia({ colorScheme });
        await expectNoAxeViolations(page);
        if (/droit|comprendre$|late-interest|forum|limitation$/.test(path))
          await screenshot(page, `law${path.replace(/\W+/g, '-')}-${device}-${colorScheme}`);
      }
    }
  }
  assertQuiet(page);
  await page.context().close();
});

test('every address an explanation leads to exists, and no rule is out of reach of the index', async (t) => {
  const { url } = await startQuitus(t);
  const page = await openPage({ javaScript: false });
  await page.goto(`${url}/comprendre`);
  const hrefs = () => page.locator('main a[href^="/comprendre/"]').all();
  const found = new Set<string>();
  for (const link of await hrefs()) found.add((await link.getAttribute('href')) ?? '');
  assert.deepEqual([...found].sort(), rules.map((rule) => `/comprendre/${rule.name}`).sort());
  assert.equal((await page.goto(`${url}/comprendre/no-such-rule`))?.status(), 404);
  await page.context().close();
});

test('« essayer avec vos chiffres » works without script, keeps what was typed and says each error at its question', async (t) => {
  const { url } = await startQuitus(t);
  const page = await openPage({ javaScript: false });
  await page.goto(`${url}/comprendre/late-interest`);
  await page.getByLabel('Montant TTC de la facture').fill('4 800,00');
  await page.getByLabel(/^Échéance/).fill('2026-03-31');
  await page.getByLabel('Jour du décompte').fill('2026-11-21');
  await page.getByLabel('Montant payé').first().fill('');
  await page.getByLabel('Jour du paiement').first().fill('');
  await page.getByRole('button', { name: 'Calculer' }).click();
  const answer = page.getByRole('region', { name: 'Réponse' });
  // 4 800 €: 91 days at 12.15 %, then 144 at 12.40 % (145.40 + 234.82), and the 40 €.
  assert.match((await answer.textContent()) ?? '', /5\u202f220,22\u00a0€/u);
  assert.equal(await page.getByLabel('Montant TTC de la facture').inputValue(), '4 800,00');

  await page.getByLabel('Montant TTC de la facture').fill('beaucoup');
  await page.getByRole('button', { name: 'Calculer' }).click();
  await page.getByRole('heading', { name: /à corriger/ }).waitFor();
  const wrong = page.getByLabel('Montant TTC de la facture');
  assert.equal(await wrong.getAttribute('aria-invalid'), 'true');
  assert.equal(await wrong.inputValue(), 'beaucoup');
  assert.equal(await page.getByRole('region', { name: 'Réponse' }).count(), 0);
  await page.context().close();
});

test('one’s own figures: set, seen in the law, withdrawn; each page on a phone, light and dark', async (t) => {
  const { url } = await startQuitus(t, { demo: true });
  const page = await openPage({ width: WIDTHS.phone });
  const look = async (name: string) => {
    await screenshot(page, `own-values-${name}`);
    await expectReadableDayAndNight(page);
    await expectNoSideScroll(page);
  };
  await page.goto(`${url}/droit/mes-valeurs`);
  await look('none');
  await page.getByRole('link', { name: 'Taux de la BCE au premier jour du semestre' }).click();
  await page.getByRole('button', { name: 'Utiliser cette valeur' }).click();
  await page.getByRole('heading', { name: /à corriger/ }).waitFor();
  await look('errors');
  await page.getByLabel('Taux annuel, en pour cent').fill('3');
  await page.getByLabel('Semestre').selectOption('2026-2');
  await page.getByLabel(/D’où vient ce chiffre/).fill('essai du test');
  await page.getByRole('button', { name: 'Utiliser cette valeur' }).click();
  await page.getByText('Utilisée dans les calculs').waitFor();
  await look('set');
  await page.goto(`${url}/comprendre/default-rate`);
  assert.match((await page.locator('main').textContent()) ?? '', /13,00\u00a0%.*essai du test/su);
  await look('in-rule');
  await page.goto(`${url}/droit`);
  assert.match((await page.locator('main').textContent()) ?? '', /1\u00a0valeur saisie/u);
  await page.goto(`${url}/droit/mes-valeurs`);
  await page.getByRole('link', { name: /^Retirer/ }).click();
  await look('withdraw');
  await page.getByLabel(/Pourquoi/).fill('fin de l’essai');
  await page.getByRole('button', { name: 'Retirer la valeur' }).click();
  await page.getByText('Retirée le 21/11/2026').waitFor();
  await look('withdrawn');
  assertQuiet(page, [/422/]);
  await page.context().close();
});
