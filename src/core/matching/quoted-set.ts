import { evidence } from './evidence.ts';
import { byDue, type Item } from './ledger.ts';
import { agreement, type Line, type Reading, type World } from './line.ts';
import type { Evidence } from './model.ts';
import type { Citation } from './numbers.ts';

/** What the words of a line quote, as sets of open invoices to be compared with its amount. */

export interface Cited {
  readonly items: readonly Item[];
  /** each item was quoted by its whole number, letters included, or by an exact reference */
  readonly whole: boolean;
  /** quoted by so many digits that chance is no explanation */
  readonly long: boolean;
  /** quoted by enough digits to place a part payment, the payer being known */
  readonly firm: boolean;
  /** a number that two invoices bear, and nothing tells which; or one that the bank may have cut */
  readonly ambiguous: boolean;
  readonly by: 'reference' | 'number';
  readonly says: () => readonly Evidence[];
}

export const NEAR = 48;
const LONG = 7;
/** fewer digits of a number's end tell too little; and less than this to apply a part payment */
const SHORT = 3;
const FIRM = 4;
/** The chance below which a total is not taken for a coincidence. */
export const SMALL_CHANCE = 0.0005;

/** Sets of open invoices that the words may mean, the richest reading first. */
export function citedSets(line: Line, world: World): Cited[] {
  const found = line.numbers.found.length > 0 ? line.numbers.found : endsOfNumbers(line, world);
  const plain = setOf(line, found, 'number');
  const sets: Cited[] = line.numbers.series.map((series) => setOf(line, [...found, ...series], 'number'));
  sets.push(plain);
  if (!plain.whole) {
    const whole = found.filter((c) => c.whole);
    if (whole.length > 0) sets.push(setOf(line, whole, 'number'));
  }
  if (line.references.length > 0) sets.push(setOf(line, line.references, 'reference'));
  return sets.filter((set) => set.items.length > 0);
}

/** « 123 » or « 123/124 » from a known payer: the ends of numbers of invoices that this payer owes, and of no two of them. */
function endsOfNumbers(line: Line, world: World): Citation<Item>[] {
  const { trust, among, partyIds } = line.payer;
  if (trust === 'none' || (trust === 'likely' && !among)) return [];
  const serials = new Set(line.numbers.serials.filter((serial) => serial.length >= SHORT && !/^20\d\d$/.test(serial)));
  if (serials.size === 0) return [];
  const open = partyIds.flatMap((partyId) => world.ledger.bookOf(partyId).open(NEAR, line.day, line.source.currency));
  return [...serials].flatMap((read) => {
    const targets = open.filter((item) => item.written.serial === read);
    return targets.length === 1 ? [{ targets, whole: false, read }] : [];
  });
}

function setOf(line: Line, citations: readonly Citation<Item>[], by: Cited['by']): Cited {
  const read = new Map<Item, string>();
  let ambiguous = false;
  for (const citation of citations) {
    const open = citation.targets.filter((item) => item.left !== 0n && item.invoice.currency === line.source.currency);
    const meant = by === 'reference' ? open : told(line, open);
    if (by === 'number' && (meant.length > 1 || citation.cut)) ambiguous = true;
    for (const item of meant) read.set(item, citation.read);
  }
  const items = [...read.keys()].sort(byDue);
  const says = (): Evidence[] =>
    by === 'reference'
      ? [...new Set(read.values())].map((words) => evidence.reference(words))
      : items.slice(0, 12).map((item) => {
          const words = read.get(item) ?? '';
          return item.written.serial === words
            ? evidence.serial(item.invoice.number, words)
            : evidence.number(item.invoice.number, words);
        });
  const whole = by === 'reference' || citations.every((c) => c.whole);
  const shortest = Math.min(...citations.map((c) => c.read.replace(/\D/g, '').length));
  return { items, whole, long: shortest >= LONG, firm: whole || shortest >= FIRM, ambiguous, by, says };
}

/** Which of the invoices that bear the same number is meant: the payer's, else the one of this amount. */
function told(line: Line, items: readonly Item[]): readonly Item[] {
  if (items.length < 2) return items;
  const own = items.filter((item) => line.payer.partyIds.includes(item.invoice.partyId));
  const left = own.length > 0 ? own : items;
  if (left.length === 1) return left;
  const worth = left.filter((item) => item.left === line.cents);
  return worth.length === 1 ? worth : left;
}

export const notYetIssued = (line: Line, items: readonly Item[]): Item | undefined =>
  items.find((item) => item.issued > line.day);

/** What speaks against reading these items, in sentences. */
export function doubts(line: Line, set: Cited, world: World): Evidence[] {
  const early = notYetIssued(line, set.items);
  const all: Evidence[] = [];
  if (early) all.push(evidence.notIssued(early.invoice.number, early.invoice.issuedOn));
  if (set.ambiguous) all.push(evidence.ambiguousNumber());
  if (agreement(line, set.items) === 'contradicts')
    all.push(evidence.otherPayer(world.payers.nameOf(line.payer.partyIds[0] ?? '')));
  return all;
}

export const agreeing = (line: Line, items: readonly Item[]): readonly Evidence[] =>
  agreement(line, items) === 'agrees' || agreement(line, items) === 'likely' ? line.payer.evidence : [];

type Filled = Pick<Reading, 'kind' | 'parts' | 'confidence' | 'certain' | 'evidence'> &
  Partial<Pick<Reading, 'surplusCents' | 'shortCents'>>;

export function reading(set: Cited, filled: Filled): Reading {
  const partyId = set.items[0]?.invoice.partyId;
  return { by: set.by, ...(partyId !== undefined && { partyId }), surplusCents: 0n, shortCents: 0n, ...filled };
}
