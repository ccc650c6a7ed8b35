import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';

/** A real Chromium that talks to nobody but the page it is shown. */

const ARGUMENTS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  '--lang=fr-FR',
];

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** The browser of this machine: CHROMIUM_PATH, or where systems put it. Throws with what to do when there is none. */
export function chromiumPath(): string {
  const path = process.env.CHROMIUM_PATH ?? PLACES.find((place) => existsSync(place));
  if (!path) throw new Error('no Chromium on this machine: install it (apt install chromium) or set CHROMIUM_PATH');
  return path;
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath(), args: ARGUMENTS, env: { ...process.env, LANGUAGE: 'fr_FR' } });
}

/** A phone and a laptop: every page is looked at on both. */
export const WIDTHS = { phone: 375, desktop: 1280 } as const;

export interface Look {
  readonly width?: number;
  readonly dark?: boolean;
  /** false: the browser runs no script at all; it then evaluates nothing for the test either, axe included */
  readonly javaScript?: boolean;
  /** false: the scripts of the page are empty, the test can still look at it with axe */
  readonly pageScripts?: boolean;
}

/**
 * A page of its own browsing session (its own cookies), in French. Fails the test at its end, through `assertQuiet`, if the page wrote
 * an error to the console or asked for something outside.
 */
export async function newPage(browser: Browser, look: Look = {}): Promise<Page> {
  const { width = WIDTHS.desktop, dark = false, javaScript = true, pageScripts = true } = look;
  const context = await browser.newContext({
    viewport: { width, height: width < 600 ? 740 : 860 },
    colorScheme: dark ? 'dark' : 'light',
    javaScriptEnabled: javaScript,
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    reducedMotion: 'reduce',
    hasTouch: width < 600,
    acceptDownloads: true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  if (!pageScripts) await page.route('**/*.js', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
  if (!javaScript) scriptless.add(page);
  const troubles: string[] = [];
  heard.set(page, troubles);
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(message.text());
  });
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (/^https?:$/.test(protocol) && hostname !== '127.0.0.1') troubles.push(`asked for ${request.url()}`);
  });
  return page;
}

/** A text with ordinary spaces, one at a time. */
export const plain = (text: string): string => text.replace(/[\s\u00a0\u202f]+/g, ' ');

/**
 * A press that leads elsewhere is over when the new page begins: its style and its scripts may come later on a slow machine. What does
 * not wait by itself (a text, a focus, a place on the screen, axe) is looked at once they are there.
 */
export const settled = (page: Page): Promise<void> => page.waitForLoadState();

/** What the page says, in plain spaces. */
export const text = (page: Page): Promise<string> => said(page.locator('main'));

/** What a part of the page says, in plain spaces; without its style nothing would be laid out, and words would run together. */
export async function said(part: Locator): Promise<string> {
  await settled(part.page());
  return plain(await part.innerText());
}

/** The same of each of several parts. */
export async function eachSaid(parts: Locator): Promise<string[]> {
  await settled(parts.page());
  return (await parts.allInnerTexts()).map(plain);
}

/** Asserts that the keyboard comes to what says this; the browser moves it when it paints the page, a moment after it is there. */
export async function expectFocus(page: Page, saying: RegExp, message: string): Promise<void> {
  await settled(page);
  let at = '';
  for (let look = 0; look < 50; look += 1) {
    at = plain((await page.evaluate('document.activeElement.textContent')) as string);
    if (saying.test(at)) return;
    await page.waitForTimeout(50);
  }
  assert.match(at, saying, message);
}

const scriptless = new WeakSet<Page>();
const heard = new WeakMap<Page, string[]>();

/** Asserts that the page reported no error (script, policy, missing file) and asked for nothing outside. `except` holds what is expected. */
export function assertQuiet(page: Page, except: readonly RegExp[] = []): void {
  const troubles = (heard.get(page) ?? []).filter((text) => !except.some((pattern) => pattern.test(text)));
  assert.deepEqual(troubles, []);
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[];
}

/** Everything by day; in the dark the colours alone, which are all that changes: no page is looked at in the dark only. */
const RULES = {
  day: { values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'], atLeast: 15 },
  dark: { values: ['color-contrast'], atLeast: 1 },
} as const;

/** Asserts that axe-core finds nothing to say of the page as it stands (WCAG 2.2 A and AA, and good practice), and saw enough to say so. */
export async function expectNoAxeViolations(page: Page): Promise<void> {
  assert.ok(
    !scriptless.has(page),
    'axe never answers in a page without any script: leave out those of the page with pageScripts',
  );
  await settled(page);
  if (await page.evaluate("typeof window.axe === 'undefined'")) await page.evaluate(axe);
  const dark = await page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches");
  const { values, atLeast } = dark ? RULES.dark : RULES.day;
  // Of what passes only the count comes back: the details of a long page take longer to carry than to find.
  const { violations, passed } = (await page.evaluate(
    `axe.run(document, {
      runOnly: ${JSON.stringify(values)},
      resultTypes: ['violations'],
    }).then(({ violations, passes }) => ({ violations, passed: passes.length }))`,
  )) as { violations: Violation[]; passed: number };
  assert.ok(passed >= atLeast, `axe ran only ${passed} checks`);
  const said = violations.flatMap((v) =>
    v.nodes.slice(0, 5).map((node) => `${v.id} (${v.help}): ${node.target.join(' ')}\n    ${node.failureSummary ?? ''}`),
  );
  assert.deepEqual(said, [], page.url());
}

/** The same by day, then in the dark; the page is left by day. */
export async function expectReadableDayAndNight(page: Page): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectNoAxeViolations(page);
  }
}

/** Asserts that the page does not scroll sideways. */
export async function expectNoSideScroll(page: Page): Promise<void> {
  await settled(page);
  const [content, window] = (await page.evaluate('[document.documentElement.scrollWidth, window.innerWidth]')) as [
    number,
    number,
  ];
  assert.ok(content <= window, `${page.url()} is ${content} px wide in a window of ${window} px`);
}

/** Keeps a picture of the whole page in QUITUS_SCREENSHOTS, when that folder is named; otherwise does nothing. */
export async function screenshot(page: Page, name: string): Promise<void> {
  const folder = process.env.QUITUS_SCREENSHOTS;
  if (!folder) return;
  await settled(page);
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
