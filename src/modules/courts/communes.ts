import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import { fold } from '#formats/text/values.ts';

/** A commune of France. Source: assets/territory (INSEE, La Poste; tools/communes.ts makes it). */
export interface Commune {
  /** INSEE code: "44109" */
  readonly insee: string;
  readonly name: string;
  /** "44", "2A", "974" */
  readonly department: string;
  readonly postcodes: readonly string[];
}

interface Communes {
  readonly byInsee: ReadonlyMap<string, Commune>;
  readonly byPostcode: ReadonlyMap<string, readonly Commune[]>;
}

let loaded: Communes | undefined;

/** The table, read when first asked for: some 35 000 communes. */
function communes(): Communes {
  loaded ??= load();
  return loaded;
}

function load(): Communes {
  const path = fileURLToPath(new URL('../../../assets/territory/communes.tsv.br', import.meta.url));
  const lines = brotliDecompressSync(readFileSync(path)).toString('utf8').split('\n');
  const byInsee = new Map<string, Commune>();
  const byPostcode = new Map<string, Commune[]>();
  for (const line of lines) {
    const [insee = '', name = '', codes = ''] = line.split('\t');
    if (codes === '') continue;
    const commune = { insee, name, department: departmentOf(insee), postcodes: codes.split(' ') };
    byInsee.set(insee, commune);
    for (const code of commune.postcodes) {
      const same = byPostcode.get(code);
      if (same) same.push(commune);
      else byPostcode.set(code, [commune]);
    }
  }
  return { byInsee, byPostcode };
}

/** Overseas, the department's code has three signs. */
const departmentOf = (insee: string): string => insee.slice(0, /^9[78]/.test(insee) ? 3 : 2);

export const communeOf = (insee: string): Commune | undefined => communes().byInsee.get(insee.trim().toUpperCase());

/** The communes a postcode serves: often several, in the order of their codes; none for a postcode of firms (CEDEX). */
export const communesOf = (postcode: string): readonly Commune[] => communes().byPostcode.get(postcode.replace(/\s/gu, '')) ?? [];

/**
 * The communes an address may lie in: those of its postcode; of them, the one of that name when there is one. A postcode of firms
 * (« 44935 Nantes CEDEX 9 ») is looked for by its name in the same department.
 */
export function communesAt(postcode: string, city: string): readonly Commune[] {
  const name = bare(city);
  const here = communesOf(postcode);
  const named = here.filter((one) => bare(one.name) === name);
  if (named.length > 0) return named;
  if (here.length > 0 || name === '') return here;
  const department = departmentOfPostcode(postcode.replace(/\s/gu, ''));
  if (department.length === 0) return [];
  return [...communes().byInsee.values()].filter((one) => department.includes(one.department) && bare(one.name) === name);
}

/** Corsica shares its postcodes' first digits. */
function departmentOfPostcode(postcode: string): readonly string[] {
  if (/^20\d{3}$/.test(postcode)) return ['2A', '2B'];
  if (/^9[78]\d{3}$/.test(postcode)) return [postcode.slice(0, 3)];
  return /^\d{5}$/.test(postcode) ? [postcode.slice(0, 2)] : [];
}

/** A name as it is compared: « SAINT NAZAIRE CEDEX 2 », « St-Nazaire » and « Saint-Nazaire » are one. */
const bare = (name: string): string =>
  fold(name)
    .replace(/\bcedex\b.*$/, '')
    .replace(/\b\d{1,2}(er|e|eme)?\b.*$/, '')
    .replace(/œ/g, 'oe')
    .replace(/[^a-z]+/g, ' ')
    .replace(/\bst\b/g, 'saint')
    .replace(/\bste\b/g, 'sainte')
    .trim();
