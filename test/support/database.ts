import { randomBytes } from 'node:crypto';
import { after, type TestContext } from 'node:test';
import pg from 'pg';
import { type Database, openDatabase } from '#platform/db/database.ts';
import { newId } from '#platform/ids.ts';
import { startTestPostgres } from './postgres.ts';

/**
 * A migrated database of the test's own, copied from a template (some 30 ms), dropped when the test ends. It lies on the server that
 * QUITUS_TEST_PG names (the whole run shares one); a test file run by itself starts its own. `from` names another template.
 */
export async function freshDatabase(t: TestContext, from?: string): Promise<Database & { readonly url: string }> {
  const { url, drop } = from === undefined ? await freshCopy() : await create(from);
  const db = await openDatabase({ dataDir: '', databaseUrl: url });
  t.after(async () => {
    await db.close();
    await drop();
  });
  return { ...db, url };
}

/** An empty database of the test's own, for tests of the migrations themselves. */
export async function emptyDatabase(t: TestContext): Promise<string> {
  const { url, drop } = await create('template0');
  t.after(drop);
  return url;
}

/** A new company in the database; returns its id. */
export async function aTenant(db: Database, name = 'Atelier Essai', kind: 'own' | 'demo' = 'own'): Promise<string> {
  const tenant_id = newId();
  await db.system((tx) =>
    tx.insertInto('tenants').values({ tenant_id, kind, name, created_at: Temporal.Now.instant() }).execute(),
  );
  return tenant_id;
}

/** Runs statements by a plain connection, outside what `Database` allows. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

let server: Promise<string> | undefined;
let template: Promise<string> | undefined;

/** What this file started, undone in reverse when all its tests are over. */
const undo: (() => Promise<void>)[] = [];
after(async () => {
  for (const step of undo.reverse()) await step();
});

function serverUrl(): Promise<string> {
  server ??= (async () => {
    if (process.env.QUITUS_TEST_PG) return process.env.QUITUS_TEST_PG;
    const own = await startTestPostgres();
    undo.push(own.stop);
    return own.url;
  })();
  return server;
}

async function freshCopy() {
  template ??= makeTemplate();
  return create(await template);
}

/** A template of the process's own: a migrated database, and what `fill` puts in it. Answers its name. */
export async function templateWith(fill: (db: Database) => Promise<void>): Promise<string> {
  const { url, name, drop } = await freshCopy();
  const db = await openDatabase({ dataDir: '', databaseUrl: url });
  await fill(db);
  await db.close();
  undo.push(drop);
  return name;
}

/** One template a process: test files run side by side, and a database cannot be copied while somebody is in it. */
async function makeTemplate(): Promise<string> {
  const { url, name, drop } = await create('template0');
  const db = await openDatabase({ dataDir: '', databaseUrl: url });
  await db.close();
  undo.push(drop);
  return name;
}

async function create(from: string) {
  const base = await serverUrl();
  const name = `t_${randomBytes(8).toString('hex')}`;
  await withClient(base, (c) => c.query(`create database ${name} template ${from} strategy wal_log`));
  const url = new URL(base);
  url.pathname = `/${name}`;
  const drop = async () => {
    await withClient(base, (c) => c.query(`drop database ${name} with (force)`));
  };
  return { url: url.toString(), name, drop };
}
