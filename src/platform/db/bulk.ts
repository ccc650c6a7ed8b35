import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { from } from 'pg-copy-streams';

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
