import { join } from 'node:path';
import { Kysely, PostgresDialect, type PostgresPool, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { type Config, withoutSecrets } from '../config.ts';
import { errorCode, PlatformFailure } from '../failure.ts';
import { isId } from '../ids.ts';
import { type Load, loader } from './bulk.ts';
import { type EmbeddedServer, joinEmbedded } from './embedded.ts';
import { migrate } from './migrate.ts';
import { type Isolation, isolationOf, TENANT_ROLE } from './role.ts';
import type { Schema } from './schema.ts';
import { toParameter, typeParsers } from './types.ts';

/** An open transaction. */
export type Tx = Transaction<Schema>;

/** The store. Everything happens in transactions, and a transaction sees one company. */
export interface Database {
  /** Runs `work` in one transaction that sees the rows of one company only; rolls back when it throws. */
  tenant<T>(tenantId: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Like `tenant`, for sets too large to go through the program: `load` feeds a temporary table as a file comes. */
  bulk<T>(tenantId: string, work: (tx: Tx, load: Load) => Promise<T>): Promise<T>;
  /** Runs `work` in one transaction on the tables without company (tenants, users, sessions); rolls back when it throws. */
  system<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  readonly about: DatabaseFacts;
  /** Waits for the queries under way, then leaves; the last Quitus process stops the embedded server. */
  close(): Promise<void>;
}

/** What `doctor` shows. */
export interface DatabaseFacts {
  /** "18.4" */
  readonly serverVersion: string;
  /** where it is, without secrets */
  readonly place: string;
  readonly embedded: boolean;
  readonly isolation: Isolation;
  /** the migrations that ran when the database was opened */
  readonly migrated: readonly string[];
}

/** The database's name on the embedded server. */
const NAME = 'quitus';
const OLDEST_VERSION = 150_000;
const CONNECTIONS = 10;

/**
 * Opens the store: the PostgreSQL of DATABASE_URL when given, else the one Quitus runs itself under `dataDir`, started when needed.
 * Migrates it. Throws a PlatformFailure, with what to do, when there is no way to it.
 */
export async function openDatabase(config: Pick<Config, 'dataDir' | 'databaseUrl'>): Promise<Database> {
  if (config.databaseUrl !== undefined) {
    const place = withoutSecrets(config.databaseUrl);
    return openAt({ connectionString: config.databaseUrl }, place);
  }
  const directory = join(config.dataDir, 'postgres');
  const server = await joinEmbedded(directory);
  try {
    await makeDatabase(server);
    return await openAt({ ...server.address, database: NAME }, directory, server);
  } catch (error) {
    await server.leave();
    throw error;
  }
}

async function makeDatabase(server: EmbeddedServer): Promise<void> {
  const client = new pg.Client({ ...server.address, database: 'postgres', application_name: 'quitus' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [NAME]);
    if (rowCount === 0) await client.query(`create database ${NAME}`);
  } catch (error) {
    // duplicate_database, or the same seen a moment earlier: another process made it.
    if (!['42P04', '23505'].includes(errorCode(error) ?? '')) throw error;
  } finally {
    await client.end();
  }
}

async function openAt(where: pg.ClientConfig, place: string, server?: EmbeddedServer): Promise<Database> {
  const pool = new pg.Pool({
    ...where,
    application_name: 'quitus',
    max: CONNECTIONS,
    types: typeParsers,
    connectionTimeoutMillis: 30_000,
  });
  // A connection that breaks while idle is dropped from the pool; the next query opens another.
  pool.on('error', () => undefined);
  // One that breaks in use fails the query under way; the event besides would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  let facts: DatabaseFacts;
  try {
    facts = await prepare(pool, place, server !== undefined);
  } catch (error) {
    await pool.end();
    throw error;
  }
  const kysely = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: writingOurTypes(pool) }) });
  const asTenant = facts.isolation === 'role';
  const within = <T>(on: Kysely<Schema>, tenantId: string, work: (tx: Tx) => Promise<T>): Promise<T> => {
    if (!isId(tenantId)) throw new TypeError('not a tenant');
    return on.transaction().execute(async (tx) => {
      const role = asTenant ? sql`set_config('role', ${TENANT_ROLE}, true), ` : sql``;
      await sql`select ${role}set_config('quitus.tenant', ${tenantId}, true)`.execute(tx);
      return work(tx);
    });
  };
  return {
    about: facts,
    tenant: async (tenantId, work) => within(kysely, tenantId, work),
    async bulk(tenantId, work) {
      const client = await pool.connect();
      try {
        const alone = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: onlyThis(client, pool) }) });
        return await within(alone, tenantId, async (tx) => {
          // What has just come is not in the statistics: a join of sets taken for small ones would never end.
          await sql`select set_config('work_mem', '64MB', true), set_config('enable_nestloop', 'off', true)`.execute(tx);
          return work(tx, loader(client));
        });
      } finally {
        client.release();
      }
    },
    system: (work) => kysely.transaction().execute(work),
    async close() {
      await kysely.destroy();
      // Kysely leaves alone a pool that it never used.
      if (!pool.ending) await pool.end();
      await server?.leave();
    },
  };
}

async function prepare(pool: pg.Pool, place: string, embedded: boolean): Promise<DatabaseFacts> {
  const client = await pool.connect().catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    const what = `La base de données ${place} ne répond pas. Vérifiez DATABASE_URL, et que le serveur tourne et accepte cette machine.`;
    throw new PlatformFailure('db.unreachable', `${what}\n${why}`, { cause: error });
  });
  try {
    const { rows } = await client.query(
      `select current_setting('server_version_num')::int as number, current_setting('server_version') as version`,
    );
    const serverVersion: string = rows[0].version;
    if (rows[0].number < OLDEST_VERSION)
      throw new PlatformFailure(
        'db.too-old',
        `La base ${place} est un PostgreSQL ${serverVersion}\u202f; Quitus demande la version 15 ou une plus récente.`,
      );
    const migrated = await migrate(client);
    return { serverVersion, place, embedded, isolation: await isolationOf(client), migrated };
  } finally {
    client.release();
  }
}

type KyselyClient = Awaited<ReturnType<PostgresPool['connect']>>;

/** A client as Kysely uses it, with our types turned into parameters on the way. */
function writingOurTypesTo(client: pg.PoolClient, release: (destroy?: boolean) => void): KyselyClient {
  const query = (text: string, parameters: readonly unknown[]) => client.query(text, parameters.map(toParameter));
  return { query, release } as unknown as KyselyClient;
}

/** The pool as Kysely uses it. */
function writingOurTypes(pool: pg.Pool): PostgresPool {
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect();
      return writingOurTypesTo(client, (destroy) => client.release(destroy));
    },
  };
}

/** One client that its caller holds and gives back. */
function onlyThis(client: pg.PoolClient, pool: pg.Pool): PostgresPool {
  return {
    options: pool.options,
    end: async () => undefined,
    connect: async () => writingOurTypesTo(client, () => undefined),
  };
}
