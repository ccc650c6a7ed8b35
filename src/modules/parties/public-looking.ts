import { type Expression, type RawBuilder, sql } from 'kysely';

const OF = "(de|du|des|d'[a-z]*)";

/**
 * How names of public bodies begin, written for names folded to plain small letters, in the part of the syntax that JavaScript and PostgreSQL
 * share. Only the first words count: « Brasserie de la Mairie » and « Hôtel de Ville » are no public bodies.
 */
const OPENINGS = [
  'mairie',
  `(commune|ville|metropole) ${OF}`,
  'departement',
  'region',
  'conseil (departemental|general|municipal|regional)',
  'chr?u',
  'centre hospitalier(?! prive)',
  '(hospices civils|hopitaux universitaires|assistance publique)',
  'universite(?! (catholique|populaire))',
  '(college public|lycee(?! prive))',
  '(sous-)?prefecture',
  '(ministere|rectorat)',
  'syndicat (intercommunal|mixte)',
  "communaute (de communes|d'agglomeration|urbaine)",
  '(ccas|cias|sdis|sivom|sivu)',
  'service departemental',
  'office public',
  'ecole (communale|nationale|publique)',
  '(agence regionale de sante|etablissement public|tresor public)',
];
const PATTERN = `^ *(${OPENINGS.join('|')})([^a-z0-9]|$)`;
const KNOWN = new RegExp(PATTERN);

/** Whether a client's name begins like a public body's. A hint for the user, who decides: names prove nothing. */
export const looksPublic = (name: string): boolean =>
  KNOWN.test(name.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('’', "'").replace(/\s/g, ' ').toLowerCase());

/** The same asked of the database, of a text in SQL. */
export const sqlLooksPublic = (name: Expression<string> | RawBuilder<string>): RawBuilder<boolean> =>
  sql<boolean>`lower(translate(regexp_replace(normalize(${name}, NFD), '[\u0300-\u036f]', '', 'g'), ${'’\u00a0\u202f'}, ${"'  "})) ~ ${PATTERN}`;
