import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sql } from 'kysely';
import type pg from 'pg';
import { from } from 'pg-copy-streams';
import type { Tx } from './database.ts';

/** Feeds `COPY … FROM STDIN` with text as it comes (text format: tab between columns, `\N` for null). Answers how many rows came in. */
export type Load = (statement: string, rows: AsyncIterable<string>) => Promise<number>;

/** Loads through a client that is inside a transaction. */
export const loader =
  (client: pg.ClientBase): Load =>
  async (statement, rows) => {
    const stream = client.query(from(statement));
    await pipeline(Readable.from(rows, { objectMode: true, highWaterMark: 4 }), stream);
    return stream.rowCount;
  };

/** A value of a row of COPY's text format. What PostgreSQL refuses in a text (U+0000, halves of surrogate pairs) is dropped or replaced. */
export function copyText(value: string | null): string {
  if (value === null) return '\\N';
  if (!/[\\\t\n\r\0\ud800-\udfff]/.test(value)) return value;
  return value
    .toWellFormed()
    .replaceAll('\0', '')
    .replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
}

/**
 * A new identifier for each row of a statement: UUIDv7 as `newId` makes it, for sets too large to pass through the program. The first 48 bits of
 * a random UUID become the time in milliseconds (a float there loses nothing), and its version 4 becomes 7.
 */
export const sqlNewId = sql<string>`encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
  placing substring(int8send((date_part('epoch', clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid`;

/**
 * Runs a statement whose foreign keys its caller has checked and locked as a set: PostgreSQL checks them once a row, which for a million
 * rows takes longer than everything else. Where the connected account may not set that aside (a managed database), each row is checked.
 */
export async function withoutRowChecks(tx: Tx, work: () => Promise<unknown>): Promise<void> {
  const { rows } = await sql<{ role: string; may: boolean }>`
    select current_user as role, r.rolsuper as may from pg_roles r where r.rolname = session_user`.execute(tx);
  const [who] = rows;
  const checks = (mode: 'replica' | 'origin') => sql`
    select set_config('role', 'none', true), set_config('session_replication_role', ${mode}, true), set_config('role', ${who?.role}, true)`;
  if (who?.may) await checks('replica').execute(tx);
  await work();
  if (who?.may) await checks('origin').execute(tx);
}
