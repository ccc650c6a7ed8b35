import type { Json } from '#core/kernel/canonical.ts';

/**
 * The text a JSON column takes. PostgreSQL refuses what text from files may hold (U+0000, halves of surrogate pairs): each becomes U+FFFD,
 * so that no file can make a record impossible.
 */
export function jsonText(value: Json | object): string {
  return JSON.stringify(value, (_, held: unknown) =>
    typeof held === 'string' ? held.toWellFormed().replaceAll('\0', '\ufffd') : held,
  );
}

/** The value as it will be read back from a JSON column. */
export const asStored = (value: Json): Json => JSON.parse(jsonText(value));
