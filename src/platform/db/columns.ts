import type { ColumnType } from 'kysely';
import type { Json } from '#core/kernel/canonical.ts';

/**
 * How columns are written and read. Writing: `bigint`, `Temporal.PlainDate` and `Temporal.Instant` as they are; JSON columns take JSON
 * text (JSON.stringify, canonicalJson), because the driver would write a list as a PostgreSQL array.
 */
export type Instant = Temporal.Instant;
/** Read as a value, written as text. */
export type JsonOf<T extends Json | null = Json> = ColumnType<T, string, string>;
export type JsonOrNull = ColumnType<Json | null, string | null | undefined, string | null>;
/** Absent means null. */
export type Maybe<T> = ColumnType<T | null, T | null | undefined, T | null>;
/** Has a default. */
export type Default<T> = ColumnType<T, T | undefined, T>;
/** Made by the database from other columns. */
export type Made<T> = ColumnType<T, never, never>;
