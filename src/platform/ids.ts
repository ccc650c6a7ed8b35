import { randomUUIDv7 } from 'node:crypto';

/** A new identifier: UUIDv7 (RFC 9562), whose leading bits are the time, so that rows made together lie together in the indexes. */
export const newId = (): string => randomUUIDv7();

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** True for the text of a UUID: what an identifier taken from an address must be before it reaches a query. */
export const isId = (text: string): boolean => UUID.test(text);
