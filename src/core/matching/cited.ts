import { evidence } from './evidence.ts';
import { byDue, type Item } from './ledger.ts';
import { agreement, fillParts, fullParts, type Line, type Reading, totalOf, type World } from './line.ts';
import type { Evidence } from './model.ts';
import type { Citation } from './numbers.ts';
import { explainShortfall } from './shortfall.ts';
import { chanceOfSum, smallSums, wholeCents } from './subset.ts';

/** Passes 1 and 2: what the words of a line quote. */

interface Cited {
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

const NEAR = 48;
const LONG = 7;
/** fewer digits of a number's end tell too little; and less than this to apply a part payment */
const SHORT = 3;
const FIRM = 4;
/** The chance below which a total is not taken for a coincidence. */
export const SMALL_CHANCE = 0.0005;

/** The readings of a line by what it quotes, the best first. Only the first can be certain. */
export function readCited(line: Line, world: World): Reading[] {
  const sets = citedSets(line, world);
  const first = sets[0];
  if (!first) return [];
  for (const set of sets) {
    if (totalOf(set.items) === line.cents) return [exactly(line, set, world)];
  }
  const part = partOf(line, sets, world);
  if (part) return [part];
  const main = sets.find((set) => set.whole) ?? first;
  return line.cents < totalOf(main.items) ? [below(line, main, world)] : above(line, main, world);
}

/** Invoices quoted in a line's currency that are settled already, or due in another currency. */
export function citedInVain(line: Line): { settled: readonly Item[]; foreign: readonly Item[] } {
  const all = [...line.numbers.found.filter((c) => c.whole), ...line.references].flatMap((c) => c.targets);
  const mine = all.filter((item) => item.invoice.currency === line.source.currency);
  return { settled: mine.filter((item) => item.left === 0n), foreign: all.filter((item) => !mine.includes(item)) };
}

/** Whether the words of a line speak of other invoices than those that its payer and its amount point to. */
export function citesSomething(line: Line): boolean {
  return (
    line.elsewhere.length > 0 ||
    line.references.length > 0 ||
    line.numbers.unknown.length > 0 ||
    line.numbers.found.some((c) => c.whole || agreement(line, c.targets) === 'agrees')
  );
}

/** Sets of open invoices that the words may mean, the richest reading first. */
function citedSets(line: Line, world: World): Cited[] {
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
  const [partyId] = line.payer.partyIds;
  if (partyId === undefined || line.payer.partyIds.length > 1 || line.payer.trust === 'likely') return [];
  const serials = new Set(line.numbers.serials.filter((serial) => serial.length >= SHORT && !/^20\d\d$/.test(serial)));
  if (serials.size === 0) return [];
  const open = world.ledger.bookOf(partyId).open(NEAR, line.day, line.source.currency);
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

const notYetIssued = (line: Line, items: readonly Item[]): Item | undefined => items.find((item) => item.issued > line.day);

/** What speaks against reading these items, in sentences. */
function doubts(line: Line, set: Cited, world: World): Evidence[] {
  const early = notYetIssued(line, set.items);
  const all: Evidence[] = [];
  if (early) all.push(evidence.notIssued(early.invoice.number, early.invoice.issuedOn));
  if (set.ambiguous) all.push(evidence.ambiguousNumber());
  if (agreement(line, set.items) === 'contradicts')
    all.push(evidence.otherPayer(world.payers.nameOf(line.payer.partyIds[0] ?? '')));
  return all;
}

const agreeing = (line: Line, items: readonly Item[]): readonly Evidence[] =>
  agreement(line, items) === 'agrees' || agreement(line, items) === 'likely' ? line.payer.evidence : [];

/** The quoted invoices are worth exactly the amount. */
function exactly(line: Line, set: Cited, world: World): Reading {
  const { items } = set;
  const payer = agreement(line, items);
  const sound = !set.ambiguous && !notYetIssued(line, items) && payer !== 'contradicts';
  const certain = sound && (set.whole || payer === 'agrees' || payer === 'likely' || set.long);
  const { currency } = line.source;
  return reading(set, {
    kind: items.length === 1 ? 'exact' : 'sum',
    parts: fullParts(items),
    confidence: certain ? (set.by === 'reference' ? 99 : set.whole ? 98 : 96) : 80,
    certain,
    evidence: () => [
      ...set.says(),
      items.length === 1
        ? evidence.exact(line.cents, currency)
        : evidence.sum(
            line.cents,
            currency,
            items.map((i) => i.invoice.number),
          ),
      ...agreeing(line, items),
      ...doubts(line, set, world),
    ],
  });
}

/** Several invoices are quoted, some of them are worth the amount: noise in the text, or some were paid otherwise. */
function partOf(line: Line, sets: readonly Cited[], world: World): Reading | undefined {
  for (const set of sets) {
    if (set.items.length < 2 || set.items.length > NEAR) continue;
    const alone = set.items.filter((item) => item.left === line.cents).map((item) => [item]);
    const sums = smallSums(
      set.items.map((i) => wholeCents(i.left)),
      wholeCents(line.cents),
      2,
    );
    const ways = [...alone, ...sums.map((sum) => set.items.filter((_, i) => sum.includes(i)))];
    const way = ways[0];
    if (!way) continue;
    const payer = agreement(line, way);
    const certain =
      ways.length === 1 && way.length === 1 && set.by === 'reference' && payer === 'agrees' && !notYetIssued(line, way);
    return {
      ...exactly(line, { ...set, items: way }, world),
      certain,
      confidence: certain ? 94 : ways.length === 1 ? 78 : 66,
    };
  }
  return undefined;
}

/** Less than the quoted invoices: a part, a fee, a discount. The cents go where they were said to go; what is short stays due. */
function below(line: Line, set: Cited, world: World): Reading {
  const { items } = set;
  const total = totalOf(items);
  const short = total - line.cents;
  const payer = agreement(line, items);
  const cause = explainShortfall(total, line.cents);
  const only = items.length === 1 ? items[0] : undefined;
  const rival = world.ledger.bookOf(items[0]?.invoice.partyId ?? '').worth(line.cents, 1, line.day, line.source.currency)[0];
  const knows = payer === 'agrees' || (payer === 'likely' && set.whole && cause?.kind === 'less-fee');
  const placed = only !== undefined && set.by === 'number' && set.firm && !set.ambiguous;
  const certain = placed && !rival && knows && !notYetIssued(line, items);
  const { currency } = line.source;
  return reading(set, {
    kind: cause?.kind ?? 'partial',
    parts: fillParts(items, line.cents),
    shortCents: short,
    confidence: certain ? (cause ? 95 : 93) : payer === 'contradicts' ? 45 : 70,
    certain,
    evidence: () => [
      ...set.says(),
      cause?.kind === 'less-fee'
        ? evidence.fee(short, currency)
        : cause
          ? evidence.discount(short, cause.percent, currency)
          : evidence.partial(line.cents, total, currency),
      ...agreeing(line, items),
      ...doubts(line, set, world),
      ...(rival ? [evidence.severalWays()] : []),
    ],
  });
}

/** More than the quoted invoices: interest and indemnity, others that the text had no room for, or too much. */
function above(line: Line, set: Cited, world: World): Reading[] {
  const claimed = withAccessories(line, set, world);
  const completed = completions(line, set, world);
  const alone = claimed.length + completed.length === 1;
  const readings = [...claimed, ...completed].map((r) => (alone ? r : { ...r, certain: false, confidence: 72 }));
  return readings.length > 0 ? readings : [overpaid(line, set, world)];
}

function withAccessories(line: Line, set: Cited, world: World): Reading[] {
  const { items } = set;
  const beyond = line.cents - totalOf(items);
  const claims = items.map((item) => ({ item, due: item.invoice.accessories?.(line.source.bookedOn) }));
  const claimable = claims.reduce((sum, c) => sum + (c.due ? c.due.interestCents + c.due.indemnityCents : 0n), 0n);
  const flat = claims.reduce((sum, c) => sum + (c.due?.indemnityCents ?? 0n), 0n);
  if (beyond > claimable) return [];
  const payer = agreement(line, items);
  const figures = beyond === claimable || beyond === flat;
  const agreed = figures ? payer !== 'contradicts' && set.whole : payer === 'agrees' && items.length === 1 && set.firm;
  const certain = agreed && !set.ambiguous && !notYetIssued(line, items);
  let left = beyond;
  const parts = claims.map(({ item, due }) => {
    const most = due ? due.interestCents + due.indemnityCents : 0n;
    const accessoriesCents = most < left ? most : left;
    left -= accessoriesCents;
    return { invoiceId: item.invoice.id, cents: item.left, accessoriesCents };
  });
  return [
    reading(set, {
      kind: 'with-accessories',
      parts,
      confidence: certain ? 94 : 60,
      certain,
      evidence: () => [
        ...set.says(),
        evidence.accessories(beyond, line.source.currency, figures),
        ...agreeing(line, items),
        ...doubts(line, set, world),
      ],
    }),
  ];
}

/** The quoted invoices and others of the same party that make the amount: the text had no room for all, or the payer skipped some. */
function completions(line: Line, set: Cited, world: World): Reading[] {
  const { items } = set;
  const partyId = items[0]?.invoice.partyId;
  if (partyId === undefined || items.some((item) => item.invoice.partyId !== partyId)) return [];
  const { currency } = line.source;
  const book = world.ledger.bookOf(partyId);
  const rest = line.cents - totalOf(items);
  const others = book
    .open(NEAR, line.day, currency)
    .filter((item) => !items.includes(item))
    .sort(byDue);
  const values = others.map((i) => wholeCents(i.left));
  const single = others.filter((item) => item.left === rest).map((item) => [item]);
  const sums = smallSums(values, wholeCents(rest), 2).map((sum) => others.filter((_, i) => sum.includes(i)));
  const ways = [...single, ...sums];
  return ways.slice(0, 2).map((way) => {
    const all = [...items, ...way].sort(byDue);
    const payer = agreement(line, items);
    const chance = chanceOfSum(values, way.length) > SMALL_CHANCE;
    const certain =
      ways.length === 1 &&
      !chance &&
      others.length < NEAR &&
      !set.ambiguous &&
      set.firm &&
      payer === 'agrees' &&
      !notYetIssued(line, items);
    return reading(set, {
      kind: 'sum',
      parts: fullParts(all),
      confidence: certain ? 93 : 74,
      certain,
      evidence: () => [
        ...set.says(),
        evidence.sum(
          line.cents,
          currency,
          all.map((i) => i.invoice.number),
        ),
        ...(ways.length === 1 ? [evidence.onlySum()] : [evidence.severalWays()]),
        ...(chance ? [evidence.chance()] : []),
        ...agreeing(line, items),
        ...doubts(line, set, world),
      ],
    });
  });
}

function overpaid(line: Line, set: Cited, world: World): Reading {
  const surplus = line.cents - totalOf(set.items);
  return reading(set, {
    kind: 'overpaid',
    parts: fullParts(set.items),
    surplusCents: surplus,
    confidence: agreement(line, set.items) === 'contradicts' ? 40 : 65,
    certain: false,
    evidence: () => [
      ...set.says(),
      evidence.overpaid(surplus, line.source.currency),
      ...agreeing(line, set.items),
      ...doubts(line, set, world),
    ],
  });
}

type Filled = Pick<Reading, 'kind' | 'parts' | 'confidence' | 'certain' | 'evidence'> &
  Partial<Pick<Reading, 'surplusCents' | 'shortCents'>>;

function reading(set: Cited, filled: Filled): Reading {
  const partyId = set.items[0]?.invoice.partyId;
  return { by: set.by, ...(partyId !== undefined && { partyId }), surplusCents: 0n, shortCents: 0n, ...filled };
}
