import { fold } from '../text/values.ts';

/** Which column holds which field: by its header, or by its rank from 1; rank 0 says that none does, whatever the headers. */
export type Mapping<F extends string> = Partial<Readonly<Record<F, string | number>>>;

/** Column index (from 0) of each field that has one. */
export type Columns<F extends string> = ReadonlyMap<F, number>;

/** The fields a kind of table can hold, those that claim a column first coming first, and the names their headers go by, as `bare` writes them. */
export interface Vocabulary<F extends string> {
  readonly fields: readonly F[];
  readonly headers: Readonly<Record<F, readonly RegExp[]>>;
}

/** A header as names are compared: without accents, punctuation or case. */
export const bare = (header: string): string =>
  fold(header)
    .replace(/[().:/_€"*]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** The fields a row of headers names. A column serves one field. */
export function recognise<F extends string>({ fields, headers: known }: Vocabulary<F>, headers: readonly string[]): Columns<F> {
  const names = headers.map(bare);
  const columns = new Map<F, number>();
  const taken = new Set<number>();
  for (const field of fields) {
    for (const pattern of known[field]) {
      const index = names.findIndex((name, i) => name !== '' && !taken.has(i) && pattern.test(name));
      if (index < 0) continue;
      columns.set(field, index);
      taken.add(index);
      break;
    }
  }
  return columns;
}

/** The columns the user pointed at, added to the recognised ones; the name of a column that does not exist is returned instead. */
export function applyMapping<F extends string>(
  headers: readonly string[],
  recognised: Columns<F>,
  mapping: Mapping<F>,
): Columns<F> | string {
  const columns = new Map(recognised);
  const names = headers.map(bare);
  for (const [field, column] of Object.entries(mapping) as [F, string | number][]) {
    if (column === 0) {
      columns.delete(field);
      continue;
    }
    const index = typeof column === 'number' ? column - 1 : names.indexOf(bare(column));
    if (index < 0 || index >= headers.length) return String(column);
    for (const [other, at] of columns) if (at === index) columns.delete(other);
    columns.set(field, index);
  }
  return columns;
}
