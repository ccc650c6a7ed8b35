import { type EpochDay, toEpochDay } from '../kernel/epoch-day.ts';
import type { Habits } from './habits.ts';
import type { Book, Item, Ledger } from './ledger.ts';
import type { ElsewhereInvoice, Evidence, Match, MatchedBy, MatchKind, Part, StatementLine } from './model.ts';
import { type Citation, type Citations, NOTHING, NumberIndex } from './numbers.ts';
import { type Handle, handleOf, type Payer, type Payers } from './payer.ts';

/** A line while its batch is matched. */
export interface Line {
  readonly source: StatementLine;
  readonly cents: bigint;
  readonly day: EpochDay;
  /** what its words quote: numbers of invoices, other references, numbers of another company */
  readonly numbers: Citations<Item>;
  readonly references: readonly Citation<Item>[];
  readonly elsewhere: readonly Citation<ElsewhereInvoice>[];
  /** how its payer shows */
  readonly handle: Handle | undefined;
  payer: Payer;
  /** once true the line is never read again */
  done: boolean;
  /** what the parties that it speaks of, or that may have paid it, owe; found once, until the payer is known better */
  books: readonly Book[] | undefined;
  /** the state of the books it was last read against, by pass */
  readonly read: number[];
}

/** A possible reading of a line; its sentences are written only if it is kept. */
export interface Reading extends Omit<Match, 'lineId' | 'evidence'> {
  readonly kind: MatchKind;
  readonly by: MatchedBy;
  readonly evidence: () => readonly Evidence[];
}

/** Everything a pass asks. */
export interface World {
  readonly ledger: Ledger;
  readonly payers: Payers;
  readonly habits: Habits;
}

export interface Indexes {
  readonly numbers: NumberIndex<Item>;
  readonly references: NumberIndex<Item>;
  readonly elsewhere: NumberIndex<ElsewhereInvoice>;
}

export function indexesOf(ledger: Ledger, elsewhere: readonly ElsewhereInvoice[]): Indexes {
  const all = {
    numbers: new NumberIndex<Item>(),
    references: new NumberIndex<Item>(),
    elsewhere: new NumberIndex<ElsewhereInvoice>(),
  };
  for (const item of ledger.items) {
    all.numbers.add(item.invoice.number, item);
    for (const reference of item.invoice.references ?? []) all.references.add(reference, item);
  }
  for (const one of elsewhere) all.elsewhere.add(one.number, one);
  return all;
}

export function openLine(source: StatementLine, indexes: Indexes, payers: Payers): Line {
  // The text comes last: only its end can have been cut by the bank.
  const words =
    source.reference && !source.text.includes(source.reference) ? `${source.reference} / ${source.text}` : source.text;
  return {
    source,
    cents: source.amountCents,
    day: toEpochDay(source.bookedOn),
    numbers: indexes.numbers.quotedIn(words),
    references: indexes.references.quotedIn(words).found,
    elsewhere: indexes.elsewhere.quotedIn(words).found,
    handle: handleOf(source),
    payer: payers.of(source),
    done: false,
    books: undefined,
    read: [],
  };
}

/** A debit that no credit explains: nothing of it is worth reading. */
export function plainDebit(source: StatementLine): Line {
  const payer = { trust: 'none', partyIds: [], evidence: [] } as const;
  const day = toEpochDay(source.bookedOn);
  return {
    source,
    cents: source.amountCents,
    day,
    numbers: NOTHING,
    references: [],
    elsewhere: [],
    handle: undefined,
    payer,
    done: false,
    books: undefined,
    read: [],
  };
}

/** Oldest booking first; lines that look the same are told apart by their identifier. */
export function inOrder(lines: readonly StatementLine[]): StatementLine[] {
  const keyed = lines.map((line) => ({ line, booked: toEpochDay(line.bookedOn), valued: toEpochDay(line.valueOn) }));
  keyed.sort((a, b) => a.booked - b.booked || a.valued - b.valued || (a.line.id < b.line.id ? -1 : 1));
  keyed.forEach((one, i) => {
    if (one.line.id === keyed[i - 1]?.line.id) throw new RangeError(`line ${one.line.id} is given twice`);
  });
  return keyed.map((one) => one.line);
}

/** What items are worth together, in cents. */
export const totalOf = (items: readonly Item[]): bigint => items.reduce((sum, item) => sum + item.left, 0n);

/** Parts that settle every item in full. */
export const fullParts = (items: readonly Item[]): Part[] =>
  items.map((item) => ({ invoiceId: item.invoice.id, cents: item.left, accessoriesCents: 0n }));

/** Parts that fill items one after the other until the cents are used up; credit notes are deducted first. */
export function fillParts(items: readonly Item[], cents: bigint): Part[] {
  let left = cents;
  const ordered = [...items.filter((item) => item.left < 0n), ...items.filter((item) => item.left > 0n)];
  return ordered.flatMap((item) => {
    const part = item.left < left ? item.left : left;
    if (part === 0n) return [];
    left -= part;
    return [{ invoiceId: item.invoice.id, cents: part, accessoriesCents: 0n }];
  });
}

/** How the probable payer of a line stands to the invoices it would pay. */
export function agreement(line: Line, items: readonly Item[]): 'agrees' | 'likely' | 'unknown' | 'contradicts' {
  if (line.payer.trust === 'none') return 'unknown';
  const among = items.some((item) => line.payer.partyIds.includes(item.invoice.partyId));
  if (line.payer.trust === 'likely') return among ? 'likely' : 'unknown';
  return among ? 'agrees' : 'contradicts';
}
