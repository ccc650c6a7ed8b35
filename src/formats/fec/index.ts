/** The French "fichier des écritures comptables": reading it, its open customers' lines, and writing entries in its layout. */

export {
  allowanceEntry,
  type ChartOfAccounts,
  doubtfulEntry,
  type EntryOccasion,
  GENERAL_CHART,
  receiptEntry,
  writeOffEntry,
} from './entries.ts';
export { FEC_COLUMNS, type FecLine } from './layout.ts';
export { type OpenItem, type OpenItemEvent, openItems } from './open-items.ts';
export { type FecEvent, type FecOptions, streamFec } from './read.ts';
export { FEC_REFUSAL_CODES, type FecRefusalCode } from './refusals.ts';
export { type AccountingEntry, type EntryLine, writeFec } from './write.ts';
