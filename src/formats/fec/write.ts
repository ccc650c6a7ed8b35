import { formatCents } from '#core/kernel/money.ts';
import { FEC_COLUMNS } from './layout.ts';

/** One line of an entry to write: cents on one side, the other left out. */
export interface EntryLine {
  readonly account: string;
  readonly accountLabel: string;
  readonly auxiliary?: string;
  readonly auxiliaryLabel?: string;
  readonly side: 'debit' | 'credit';
  readonly cents: bigint;
  /** the document this line is about, when it is not that of the whole entry; days are ISO */
  readonly pieceRef?: string;
  readonly pieceDate?: string;
  readonly lettering?: string;
  readonly letteredOn?: string;
}

/** An accounting entry to write. Days are ISO. */
export interface AccountingEntry {
  readonly journalCode: string;
  readonly journalLabel: string;
  readonly number: string;
  readonly date: string;
  readonly pieceRef: string;
  readonly pieceDate: string;
  readonly label: string;
  /** left out while the entry is a proposal that the accountant has not validated */
  readonly validatedOn?: string;
  readonly lines: readonly EntryLine[];
}

const SEPARATOR = '\t';
const END = '\r\n';

/** A text that cannot break the layout: no separator, no line end. */
const plain = (text: string | undefined): string => (text ?? '').replace(/[\s|]+/g, ' ').trim();
const compact = (day: string | undefined): string => day?.replaceAll('-', '') ?? '';
const french = (cents: bigint): string => formatCents(cents).replace('.', ',');

/** The first line of the file: the names of the columns. */
const fecHeader = (): string => FEC_COLUMNS.join(SEPARATOR) + END;

/** The lines of one entry. Throws a RangeError for an entry that does not balance: whoever made it is wrong. */
function fecLines(entry: AccountingEntry): string {
  const balance = entry.lines.reduce((sum, l) => sum + (l.side === 'debit' ? l.cents : -l.cents), 0n);
  if (balance !== 0n || entry.lines.length < 2)
    throw new RangeError(`entry ${entry.number} does not balance: ${formatCents(balance)}`);
  return entry.lines
    .map((line) =>
      [
        plain(entry.journalCode),
        plain(entry.journalLabel),
        plain(entry.number),
        compact(entry.date),
        plain(line.account),
        plain(line.accountLabel),
        plain(line.auxiliary),
        plain(line.auxiliaryLabel),
        plain(line.pieceRef ?? entry.pieceRef),
        compact(line.pieceDate ?? entry.pieceDate),
        plain(entry.label),
        french(line.side === 'debit' ? line.cents : 0n),
        french(line.side === 'credit' ? line.cents : 0n),
        plain(line.lettering),
        compact(line.letteredOn),
        compact(entry.validatedOn),
        '',
        '',
      ].join(SEPARATOR),
    )
    .map((line) => line + END)
    .join('');
}

/** A whole file, piece by piece: the header, then each entry, as they come. */
export async function* writeFec(entries: Iterable<AccountingEntry> | AsyncIterable<AccountingEntry>): AsyncGenerator<string> {
  yield fecHeader();
  for await (const entry of entries) yield fecLines(entry);
}
