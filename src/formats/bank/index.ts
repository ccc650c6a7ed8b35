/** Reading bank statements: camt.052/053/054, CFONB 120, MT940, MT942, OFX, QIF, CSV, XLSX, and archives of these. */

export { DEFAULT_STATEMENT_LIMITS, type StatementOptions } from './options.ts';
export { readStatementFile, type StatementStreamEvent, streamStatements } from './read.ts';
export { refuseStatement, STATEMENT_REFUSAL_CODES } from './refusals.ts';
export { isForeignToBanks } from './sniff.ts';
export type {
  BatchPayment,
  Counterparty,
  Statement,
  StatementEntry,
  StatementFile,
  StatementHead,
  StatementWarning,
} from './statement.ts';
export { BANK_FIELDS, type BankField, type BankMapping } from './table/columns.ts';
export { type BankRanks, type BankTableOutline, mappingOf, outlineBankTable } from './table/outline.ts';
