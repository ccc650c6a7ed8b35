import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type pg from 'pg';
import { PlatformFailure } from '../failure.ts';
import { prepareTenantRole } from './role.ts';

/** The folder of the SQL files. */
export const MIGRATIONS = fileURLToPath(new URL('../../../migrations/', import.meta.url));

/** One SQL file, "0001-foundation.sql". */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  /** of the file's bytes */
  readonly sha256: string;
}

const FILE = /^(\d{4})-[a-z0-9]+(-[a-z0-9]+)*\.sql$/;

/** The migrations of a folder, in order. Throws an Error on a misnamed file, a gap or a repeated number: a mistake of ours, not the user's. */
export function readMigrations(folder: string = MIGRATIONS): Migration[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  return names.map((name, index) => {
    const number = Number(FILE.exec(name)?.[1]);
    if (number !== index + 1) throw new Error(`migration ${name}: expected ${String(index + 1).padStart(4, '0')}-kebab-case.sql`);
    const bytes = readFileSync(join(folder, name));
    return {
      number,
      name: name.slice(0, -'.sql'.length),
      sql: bytes.toString('utf8'),
      sha256: createHash('sha256').update(bytes).digest('hex'),
    };
  });
}

/** One Quitus migrates at a time; the others wait, then find nothing to do. */
const MIGRATION_LOCK = 4_747_002;

/**
 * Brings the database to the version of this program: each missing file in a transaction of its own, forward only. Returns the names of
 * those that ran. Throws `db.newer` when a more recent Quitus already migrated it, `db.migration-changed` when an applied file was edited.
 */
export async function migrate(client: pg.ClientBase, migrations: readonly Migration[] = readMigrations()): Promise<string[]> {
  await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
  try {
    await client.query(`create table if not exists migrations (
      number integer primary key, name text not null, sha256 text not null, applied_at timestamptz not null default now())`);
    const { rows } = await client.query<{ number: number; name: string; sha256: string }>(
      'select number, name, sha256 from migrations',
    );
    for (const applied of rows) compare(applied, migrations[applied.number - 1]);
    const missing = migrations.slice(rows.length);
    if (missing.length > 0) await prepareTenantRole(client);
    for (const migration of missing) await apply(client, migration);
    return missing.map((m) => m.name);
  } finally {
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
  }
}

function compare(applied: { name: string; sha256: string }, file: Migration | undefined): void {
  if (!file)
    throw new PlatformFailure(
      'db.newer',
      `Cette base a été mise à jour par une version plus récente de Quitus (étape ${applied.name}). Installez cette version, ou restaurez une sauvegarde antérieure.`,
    );
  if (file.sha256 !== applied.sha256)
    throw new PlatformFailure(
      'db.migration-changed',
      `L’étape ${applied.name} a déjà été appliquée à cette base, mais son fichier a changé depuis. Remettez migrations/${file.name}.sql dans son état d’origine\u202f; une correction va dans un nouveau fichier.`,
    );
}

async function apply(client: pg.ClientBase, { number, name, sql, sha256 }: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(sql);
    await client.query('insert into migrations (number, name, sha256) values ($1, $2, $3)', [number, name, sha256]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw new Error(`migration ${name}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}
