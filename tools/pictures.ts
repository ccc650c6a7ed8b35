// Makes the pictures of the documentation anew, from the demo company on a store of its own: `node --import ./tools/tsx-hook.mjs tools/pictures.ts`
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startQuitus } from '../test/support/app.ts';
import { launchBrowser, newPage } from '../test/support/browser.ts';

const IMAGES = fileURLToPath(new URL('../docs/images/', import.meta.url));

test('pictures', async (t) => {
  const { url } = await startQuitus(t, { demo: true });
  const browser = await launchBrowser();
  t.after(() => browser.close());
  const page = await newPage(browser);
  await page.goto(url);
  await page.getByRole('button', { name: 'Regarder la démonstration' }).click();
  await page.screenshot({ path: `${IMAGES}today.png` });
  await page
    .getByRole('link', { name: /Galerne-Ouestrel/ })
    .first()
    .click();
  await page.getByRole('heading', { name: 'Transports Galerne-Ouestrel' }).waitFor();
  await page.screenshot({ path: `${IMAGES}case.png` });
});
