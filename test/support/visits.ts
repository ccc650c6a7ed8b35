import { after } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { closePdf } from '#platform/pdf/pdf.ts';
import { type Look, launchBrowser, newPage } from './browser.ts';

/** The browser of the tests of one file: started by the first that asks, closed after the last, with what writes the letters it looked at. */
let browser: Promise<Browser> | undefined;
after(async () => {
  await (await browser)?.close();
  closePdf();
});

/** A page of its own browsing session. */
export async function openPage(look?: Look): Promise<Page> {
  browser ??= launchBrowser();
  return newPage(await browser, look);
}

/** A visitor who chose to look at the demonstration, on its first screen. */
export async function visitDemo(url: string, look?: Look): Promise<Page> {
  const page = await openPage(look);
  await page.goto(url);
  await page
    .getByRole('button', { name: /démonstration/ })
    .first()
    .click();
  await page.getByRole('heading', { level: 1, name: 'Aujourd’hui' }).waitFor();
  return page;
}

/** Follows the case of a debtor from the list. */
export async function openCase(page: Page, url: string, debtor: string): Promise<void> {
  await page.goto(`${url}/dossiers`);
  await page.getByLabel('Client, facture ou référence').fill(debtor);
  await page.getByRole('button', { name: 'Chercher' }).click();
  await page.getByRole('link', { name: new RegExp(debtor) }).click();
  await page.getByRole('heading', { level: 1, name: new RegExp(debtor) }).waitFor();
}
