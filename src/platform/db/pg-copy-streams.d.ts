/** The one function of the package that is used; the package ships no types. */
declare module 'pg-copy-streams' {
  import type { Writable } from 'node:stream';
  import type { Submittable } from 'pg';

  /** A stream into `COPY … FROM STDIN`; `rowCount` is known once it has finished. */
  export function from(statement: string): Writable & Submittable & { readonly rowCount: number };
}
