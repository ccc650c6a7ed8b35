import { after, before, test } from 'node:test';
import { type RunningServer, serve } from '#surfaces/web/server.ts';
import { assertQuiet, expectNoAxeViolations, expectNoSideScroll, screenshot, WIDTHS } from '../support/browser.ts';
import { openPage } from '../support/visits.ts';
import { DEMO, OWN, testApp } from '../support/web.ts';
import { GALLERY, galleryModule } from './gallery.tsx';

let server: RunningServer;

before(async () => {
  server = await serve(testApp({ modules: [galleryModule], companies: () => Promise.resolve([DEMO, OWN].reverse()) }), {
    host: '127.0.0.1',
    port: 0,
  });
});
after(async () => {
  await server.close();
});

for (const [device, width] of Object.entries(WIDTHS)) {
  for (const dark of [false, true]) {
    const look = `${device}-${dark ? 'dark' : 'light'}`;
    test(`every component is accessible: ${look}`, async () => {
      const page = await openPage({ width, dark });
      for (const path of GALLERY) {
        await page.goto(server.url + path);
        // What is folded is checked too.
        await page.evaluate("document.querySelectorAll('main details').forEach((d) => { d.open = true; })");
        await expectNoAxeViolations(page);
        await expectNoSideScroll(page);
        await screenshot(page, `${look}-${path.split('/').at(-1) || 'accueil'}`);
      }
      assertQuiet(page);
      await page.context().close();
    });
  }
}
