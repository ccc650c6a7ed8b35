/** The French "fichier des écritures comptables": reading it, its open customers' lines, and writing entries in its layout. */

export { type Account, type Customer, entryOf, type Movement } from './entries.ts';
export { FEC_COLUMNS, type FecLine } from './layout.ts';
export { type OpenItem, type OpenItemEvent, openItems } from './open-items.ts';
export { type FecEvent, streamFec } from './read.ts';
export { FEC_REFUSAL_CODES } from './refusals.ts';
export { type AccountingEntry, type EntryLine, writeFec } from './write.ts';
