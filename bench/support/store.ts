import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { day } from '#core/kernel/day.ts';
import { createCompany } from '#modules/companies/index.ts';
import { clockOn } from '#platform/clock.ts';
import { loadConfig } from '#platform/config.ts';
import { openDatabase } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import { openFileStore } from '#platform/files.ts';
import { startTestPostgres } from '../../test/support/postgres.ts';

/** The day of every bench. */
export const TODAY = '2026-11-21';

/** A store of the bench's own, with one company. */
export interface BenchStore {
  readonly deps: Deps;
  readonly tenantId: string;
  readonly dataDir: string;
  /** Runs statements as the owner of the database: what a bench starts from is not written one fact after the other. */
  seed(statements: readonly string[]): Promise<void>;
}

/**
 * Runs a bench on a store that goes away after it: on a server without fsync, or with `durable` on the embedded one as users run it (it then
 * cannot be seeded).
 */
export async function onStore(work: (store: BenchStore) => Promise<void>, { durable = false } = {}): Promise<void> {
  const server = durable ? undefined : await startTestPostgres();
  const dataDir = mkdtempSync(join(tmpdir(), 'quitus-bench-'));
  try {
    const config = loadConfig({ QUITUS_DATA: dataDir });
    if (!config.ok) throw new Error(config.refusal.message);
    const db = await openDatabase(server ? { dataDir, databaseUrl: server.url } : { dataDir });
    const deps: Deps = { db, files: openFileStore(dataDir), clock: clockOn(day(TODAY)), config: config.value };
    const created = await createCompany(deps, { name: 'Grand livre SAS', legalForm: 'SAS' });
    if (!created.ok) throw new Error(created.refusal.message);
    const seed = async (statements: readonly string[]): Promise<void> => {
      if (!server) throw new Error('a durable store is filled as users fill it');
      const client = new pg.Client({ connectionString: server.url });
      await client.connect();
      for (const statement of statements) await client.query(statement);
      await client.end();
    };
    await work({ deps, tenantId: created.value.id, dataDir, seed });
    await db.close();
  } finally {
    await server?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
