import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { freshDeps } from '../../../test/support/app.ts';
import { looksPublic, sqlLooksPublic } from './public-looking.ts';

const PUBLIC = [
  'Mairie de Bourg-la-Reine',
  'MAIRIE',
  'Commune d’Azur',
  "Ville d'Évian",
  'Département du Nord',
  'DÉPARTEMENT DE L’AIN',
  'Région Bretagne',
  'CHU de Rennes',
  'Centre hospitalier de Cahors',
  'Université Lyon 2',
  'Lyce\u0301e Jean-Moulin',
  'Préfecture du Gard',
  'Sous-préfecture de Dax',
  'Ministère\u00a0de la Culture',
  'Syndicat intercommunal des eaux',
  'Communauté de communes du Val',
  'Communauté d’agglomération du Lac',
  'CCAS de Sète',
  'SDIS 33',
  'Office public de l’habitat',
  'École nationale de la forêt',
];
const NOT = [
  'Brasserie de la Mairie',
  'Hôtel de Ville',
  'Hôtel de la Préfecture',
  'Villette SARL',
  'Ville et Jardins',
  'Mairieux Conseil',
  'Régionale de Travaux',
  'Départementale SA',
  'Chuteau SAS',
  'Centre hospitalier privé du Parc',
  'Lycée privé Saint-Jean',
  'Commune Image',
  'Université catholique du Sud',
  'École de conduite Martin',
  '',
];

test('a public body is known by how its name begins, never by a word further on; the database agrees', async (t) => {
  const { db } = await freshDeps(t);
  for (const name of PUBLIC) assert.ok(looksPublic(name), name);
  for (const name of NOT) assert.ok(!looksPublic(name), name);
  const names = [...PUBLIC, ...NOT];
  const { rows } = await db.system((tx) =>
    sql<{ name: string; known: boolean }>`
      select name, ${sqlLooksPublic(sql.ref('name'))} as known from unnest(${names}::text[]) as name`.execute(tx),
  );
  assert.deepEqual(
    rows.map(({ name, known }) => [name, known]),
    names.map((name) => [name, looksPublic(name)]),
  );
});
