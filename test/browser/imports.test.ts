import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { startQuitus } from '../support/app.ts';
import {
  assertQuiet,
  expectNoSideScroll,
  expectReadableDayAndNight,
  type Look,
  screenshot,
  text,
  WIDTHS,
} from '../support/browser.ts';
import { aCompany } from '../support/cases.ts';
import { openPage } from '../support/visits.ts';

/** The list of another tool taken in, in a real Chromium: dropped, explained, looked at, confirmed; with and without script. */

const HEADER = 'N° facture;Date;Échéance;Code client;Client;Montant TTC;Reste à payer';
const row = (n: number, open = '1 200,00'): string =>
  `FA-${n};01/09/2026;01/10/2026;C${n % 3};Atelier ${'ABC'[n % 3]};1 200,00;${open}`;
const csv = (name: string, ...lines: string[]) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n')) });
const FIRST = csv('liste-octobre.csv', HEADER, ...[1, 2, 3, 4, 5].map((n) => row(n)), 'FA-6;32/13/2026;;C1;Atelier B;10;=1+1');
const SHORTER = csv('liste-novembre.csv', HEADER, row(1), row(2, '200,00'), row(7));
const STRANGE = csv(
  'export.csv',
  'Zig;Zag;Zug;Zog;Rien',
  'FA-20;01/09/2026;Atelier D;300,00;x',
  'FA-21;02/09/2026;Atelier D;50,00;x',
);

async function drop(page: Page, url: string, file: typeof FIRST, full: boolean, script: boolean): Promise<void> {
  await page.goto(`${url}/deposer`);
  await page.getByRole('link', { name: 'Importer mes factures ouvertes' }).click();
  await page.getByRole('heading', { level: 1, name: 'Importer mes factures ouvertes' }).waitFor();
  if (full) await page.getByLabel('La liste complète de mes factures ouvertes').check();
  await page.setInputFiles('input[type=file]', file);
  if (!script) await page.getByRole('button', { name: 'Lire cette liste' }).click();
}

async function open(url: string, look: Look): Promise<Page> {
  const page = await openPage(look);
  await page.goto(`${url}/deposer`);
  return page;
}

for (const javaScript of [false, true])
  test(`from the list of another tool to the cases, ${javaScript ? 'with' : 'without'} script`, async (t) => {
    const { url, deps } = await startQuitus(t);
    await aCompany(deps);
    const page = await open(url, { javaScript });

    await drop(page, url, FIRST, false, javaScript);
    await page.getByRole('heading', { level: 1, name: 'Vérifier avant d’importer' }).waitFor();
    const seen = await text(page);
    assert.match(seen, /Nouvelles factures dont 3 nouveaux clients 5 documents 6 000,00 €/);
    assert.match(seen, /1 ligne ne sera pas prise.*Ligne 7 Date 32\/13\/2026 Ce n’est pas une date/s);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: /lignes à corriger/ }).click(),
    ]);
    assert.match(readFileSync((await download.path()) ?? '', 'utf8'), /7;"Reste à payer";"'=1\+1";"Ce n’est pas un montant\."/);
    await page.getByRole('button', { name: 'Importer (5 changements)' }).click();
    await page.getByRole('heading', { level: 1, name: 'Liste importée' }).waitFor();
    await page.goto(`${url}/dossiers`);
    assert.match(await text(page), /Atelier A/);

    // A shorter full list: what is missing from it is shown, and asked about.
    await drop(page, url, SHORTER, true, javaScript);
    await page.getByRole('heading', { level: 1, name: 'Vérifier avant d’importer' }).waitFor();
    assert.match(
      await text(page),
      /solderait 60 % de vos factures ouvertes.*Absentes de la liste, donc soldées.*FA-3 Atelier A 1 200,00 €/s,
    );
    await page.getByRole('button', { name: /^Importer/ }).click();
    assert.match(await text(page), /Cochez d’abord que la liste est bien complète/);
    await page.getByLabel(/La liste est bien complète/).check();
    await page.getByRole('button', { name: /^Importer/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Liste importée' }).waitFor();
    assert.match(await text(page), /Payées en partie.*1 document 1 000,00 €.*Soldées par absence.*3 documents 3 600,00 €/s);

    // Columns nobody knows are asked once.
    await drop(page, url, STRANGE, false, javaScript);
    await page.getByRole('heading', { level: 1, name: 'Comment lire cette liste' }).waitFor();
    await page.getByLabel('Numéro de facture').selectOption({ label: 'Zig (FA-20)' });
    await page.getByLabel('Date de facture').selectOption({ label: 'Zag (01/09/2026)' });
    await page.getByLabel('Nom du client').selectOption({ label: 'Zug (Atelier D)' });
    await page.getByLabel('Reste à payer').selectOption({ label: 'Zog (300,00)' });
    await page.getByLabel('Délai de paiement habituel').fill('30');
    await page.getByRole('button', { name: 'Lire la liste ainsi' }).click();
    await page.getByRole('heading', { level: 1, name: 'Vérifier avant d’importer' }).waitFor();
    assert.match(await text(page), /Nouvelles factures dont 1 nouveau client 2 documents 350,00 €/);
    await page.getByText('Abandonner cette liste').click();
    await page.getByRole('button', { name: 'Abandonner', exact: true }).click();
    await page.getByText('Liste abandonnée').waitFor();
    assertQuiet(page, [/422/]);
  });

test('its pages are accessible, on a phone and a laptop, light and dark', async (t) => {
  const { url, deps } = await startQuitus(t);
  await aCompany(deps);
  let first = true;
  for (const width of [WIDTHS.phone, WIDTHS.desktop]) {
    const page = await open(url, { width, pageScripts: false });
    const look = async (what: string): Promise<void> => {
      await expectReadableDayAndNight(page);
      await expectNoSideScroll(page);
      await screenshot(page, `imports-${what}-${width}`);
    };
    await drop(page, url, STRANGE, false, false);
    await page.getByRole('heading', { level: 1, name: 'Comment lire cette liste' }).waitFor();
    await look('columns');
    if (first) {
      await drop(page, url, FIRST, false, false);
      await page.getByRole('button', { name: /^Importer/ }).click();
      await page.getByRole('heading', { level: 1, name: 'Liste importée' }).waitFor();
      first = false;
    }
    await drop(page, url, SHORTER, true, false);
    await page.getByRole('heading', { level: 1, name: 'Vérifier avant d’importer' }).waitFor();
    await look('preview');
    await page.goto(`${url}/deposer/liste`);
    await look('list');
    await page.getByRole('link', { name: 'liste-octobre.csv' }).click();
    await page.getByRole('heading', { level: 1, name: 'Liste importée' }).waitFor();
    await look('result');
    assertQuiet(page, [/422/]);
  }
});
