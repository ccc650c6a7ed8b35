// Makes assets/territory/communes.tsv.br, the communes and their postcodes, from the npm package @etalab/decoupage-administratif:
//   npm pack @etalab/decoupage-administratif@6.0.0 && tar xzf etalab-*.tgz
//   node --import ./tools/tsx-hook.mjs tools/communes.ts package
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

interface Entry {
  readonly code: string;
  readonly nom: string;
  readonly type: string;
  readonly codesPostaux?: readonly string[];
}

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('usage: communes.ts <the unpacked package>');
  process.exit(2);
}
const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
const all = JSON.parse(readFileSync(join(folder, 'data', 'communes.json'), 'utf8')) as Entry[];
// The districts of Paris, Lyon and Marseille are no communes: their postcodes are those of the city.
const communes = all.filter((one) => one.type === 'commune-actuelle' && (one.codesPostaux?.length ?? 0) > 0);
const lines = communes
  .sort((a, b) => (a.code < b.code ? -1 : 1))
  .map((one) => [one.code, one.nom, [...(one.codesPostaux ?? [])].sort().join(' ')].join('\t'));
const head = `# INSEE, code officiel géographique\u202f; La Poste, codes postaux\u202f; Licence Ouverte. @etalab/decoupage-administratif ${version}`;
const bytes = brotliCompressSync(`${[head, ...lines].join('\n')}\n`, {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
  },
});
const path = fileURLToPath(new URL('../assets/territory/communes.tsv.br', import.meta.url));
writeFileSync(path, bytes);
console.log(`${communes.length} communes, ${bytes.length} bytes`);
