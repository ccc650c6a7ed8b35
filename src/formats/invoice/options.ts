import type { CsvMapping } from './csv/columns.ts';

const MEGA = 1_000_000;

/** What a file may cost at most. Sizes in bytes. */
export interface ReadLimits {
  /** the file itself */
  readonly maxBytes: number;
  /** the XML, alone or once taken out of a PDF */
  readonly maxXmlBytes: number;
  readonly maxXmlDepth: number;
  readonly maxXmlElements: number;
  /** what one compressed stream of a PDF may unfold to, pictures apart */
  readonly maxStreamBytes: number;
  /** what all the compressed streams of a PDF may unfold to */
  readonly maxUnfoldedBytes: number;
  /** pages of a PDF whose words are looked at: the first ones, and the last */
  readonly maxPages: number;
  readonly maxCsvRows: number;
}

export const DEFAULT_LIMITS: ReadLimits = {
  maxBytes: 20 * MEGA,
  maxXmlBytes: 20 * MEGA,
  maxXmlDepth: 64,
  maxXmlElements: 400_000,
  maxStreamBytes: 64 * MEGA,
  maxUnfoldedBytes: 256 * MEGA,
  maxPages: 30,
  maxCsvRows: 100_000,
};

/** How to read. Everything is optional: a limit left out is the one of DEFAULT_LIMITS. */
export interface ReadOptions extends Partial<ReadLimits> {
  /** which column of a CSV file holds which field; columns not named are recognised by their header */
  readonly mapping?: CsvMapping;
  /** "ignore" reads the words of the page although the PDF carries an XML: the way out when that XML is broken */
  readonly embeddedXml?: 'read' | 'ignore';
}

export const limitsOf = (options: ReadOptions): ReadLimits => ({
  ...DEFAULT_LIMITS,
  ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
});
