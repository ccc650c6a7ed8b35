import type { BankMapping } from './table/columns.ts';

const MEGA = 1_000_000;

/** What a file may cost at most. Sizes in bytes. */
export interface StatementLimits {
  /** the file itself; a stream may be given a higher one, it is never held whole */
  readonly maxBytes: number;
  readonly maxXmlDepth: number;
  /** elements of one entry of an XML, its payments of a batch each counted apart */
  readonly maxEntryElements: number;
  /** what a spreadsheet or an archive may unfold to */
  readonly maxUnfoldedBytes: number;
  /** characters of one line of a text format */
  readonly maxLineLength: number;
  /** rows of a CSV or of a sheet */
  readonly maxRows: number;
}

export const DEFAULT_STATEMENT_LIMITS: StatementLimits = {
  maxBytes: 64 * MEGA,
  maxXmlDepth: 40,
  maxEntryElements: 5_000,
  maxUnfoldedBytes: 128 * MEGA,
  maxLineLength: 100_000,
  maxRows: 300_000,
};

/** How to read. Everything is optional: a limit left out is the one of DEFAULT_STATEMENT_LIMITS. */
export interface StatementOptions extends Partial<StatementLimits> {
  /** which column of a CSV or of a sheet holds which field; columns not named are recognised by their header */
  readonly mapping?: BankMapping;
  /** a card statement that writes what is spent without a sign: turns every amount of a CSV or of a sheet */
  readonly invertSign?: boolean;
  /** how a CSV, a sheet or a QIF writes 03/04/2026, when its own dates do not tell: day first unless said */
  readonly dayOrder?: 'dmy' | 'mdy';
}

export const statementLimitsOf = (options: StatementOptions): StatementLimits => ({
  ...DEFAULT_STATEMENT_LIMITS,
  ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
});
