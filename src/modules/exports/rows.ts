import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';

/** Rows fetched at a time: what is held in memory, however long the list. */
export const AT_ONCE = 1000;

let cursors = 0;

/** The rows of a query in groups, through a cursor: one moment of the store, and memory that does not grow with it. */
export async function* groupsOf<T>(tx: Tx, query: RawBuilder<T>): AsyncGenerator<readonly T[]> {
  cursors += 1;
  const name = sql.ref(`export_${cursors}`);
  await sql`declare ${name} no scroll cursor for ${query}`.execute(tx);
  for (;;) {
    const { rows } = await sql<T>`fetch ${sql.lit(AT_ONCE)} from ${name}`.execute(tx);
    if (rows.length > 0) yield rows;
    if (rows.length < AT_ONCE) break;
  }
  await sql`close ${name}`.execute(tx);
}
