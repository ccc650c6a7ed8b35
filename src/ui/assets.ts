import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file that the browser fetches: kept in memory, named after its content, so that it never changes under its name. */
export interface Asset {
  readonly url: string;
  readonly type: string;
  readonly bytes: Buffer;
}

const require = createRequire(import.meta.url);
const packageFile = (name: string, path: string): string => join(dirname(require.resolve(`${name}/package.json`)), path);
const own = (name: string): string => fileURLToPath(new URL(`assets/${name}`, import.meta.url));

const byName = new Map<string, Asset>();
const byUrl = new Map<string, Asset>();

function add(name: string, type: string, content: Buffer | string): void {
  const bytes = Buffer.from(content);
  const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 12);
  const asset = { url: `/assets/${hash}/${name}`, type, bytes };
  byName.set(name, asset);
  byUrl.set(asset.url, asset);
}

const FONTS = {
  'source-sans-3.woff2': ['@fontsource-variable/source-sans-3', 'files/source-sans-3-latin-wght-normal.woff2'],
  'source-sans-3-italic.woff2': ['@fontsource-variable/source-sans-3', 'files/source-sans-3-latin-wght-italic.woff2'],
  'source-serif-4.woff2': ['@fontsource-variable/source-serif-4', 'files/source-serif-4-latin-wght-normal.woff2'],
} as const;
for (const [name, [pack, path]] of Object.entries(FONTS)) add(name, 'font/woff2', readFileSync(packageFile(pack, path)));

add('narrow-space.woff2', 'font/woff2', readFileSync(own('narrow-space.woff2')));

// Tabler goes into a cascade layer: whatever its selectors, a rule of ours wins without being louder.
const tabler = readFileSync(packageFile('@tabler/core', 'dist/css/tabler.min.css'), 'utf8');
add(
  'tabler.css',
  'text/css; charset=utf-8',
  `@layer tabler{${tabler.replace('@charset "UTF-8";', '').replace(/\/\*# source.*\*\//, '')}}`,
);

const STYLES = [
  'tokens.css',
  'base.css',
  'shell.css',
  'components.css',
  'forms.css',
  'welcome.css',
  'intake.css',
  'cases.css',
  'payments.css',
  'law.css',
  'advice.css',
  'insights.css',
  'forecast.css',
  'print.css',
];
const sheet = STYLES.map((name) => readFileSync(own(name), 'utf8')).join('\n');
add(
  'quitus.css',
  'text/css; charset=utf-8',
  sheet.replace(/url\('([^']+)'\)/g, (_, name: string) => `url('${assetUrl(name)}')`),
);

for (const name of ['page.js', 'drop.js']) add(name, 'text/javascript; charset=utf-8', readFileSync(own(name)));
add('icon.svg', 'image/svg+xml', readFileSync(own('icon.svg')));

/** The address of a file of ours; throws on a name that does not exist. */
export function assetUrl(name: string): string {
  const asset = byName.get(name);
  if (!asset) throw new Error(`no such asset: ${name}`);
  return asset.url;
}

/** The file behind an address, if it is one of ours. */
export const assetAt = (url: string): Asset | undefined => byUrl.get(url);
