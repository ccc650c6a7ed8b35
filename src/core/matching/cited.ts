import { above } from './beyond.ts';
import { evidence } from './evidence.ts';
import type { Item } from './ledger.ts';
import { agreement, fillParts, fullParts, type Line, type Reading, totalOf, type World } from './line.ts';
import { endsField, partOfNumber } from './numbers.ts';
import { agreeing, type Cited, citedSets, doubts, NEAR, notYetIssued, reading } from './quoted-set.ts';
import { explainShortfall } from './shortfall.ts';
import { smallSums, wholeCents } from './subset.ts';

/** Passes 1 and 2: what the words of a line quote. */

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

/**
 * Whether the words of a line speak of other invoices than these. A number that is none of theirs may still stand for one of them: with
 * a slip, or cut by the bank.
 */
export function citesOthers(line: Line, items: readonly Item[] = []): boolean {
  const { text } = line.source;
  const stands = (read: string): boolean =>
    items.some((item) => partOfNumber(read, item.written, endsField(text, read)) !== undefined);
  const theirs = (targets: readonly Item[]): boolean => targets.some((item) => items.includes(item));
  const meant = line.numbers.found.filter((c) => theirs(c.targets) || stands(c.read));
  const within = (read: string): boolean => meant.some((c) => c.read.includes(read));
  return (
    line.elsewhere.some((c) => !within(c.read)) ||
    line.references.some((c) => !theirs(c.targets)) ||
    line.numbers.unknown.some((word) => !stands(word)) ||
    line.numbers.found.some((c) => {
      if (theirs(c.targets)) return false;
      if (c.whole && c.targets.some((item) => mayBePaidBy(line, item))) return true;
      const own = agreement(line, c.targets) === 'agrees';
      return meant.includes(c) ? own && !c.cut : own || c.whole;
    })
  );
}

/** Whether the quoted invoice, of whomever, explains the line as well: worth exactly the amount, or settled before and worth nobody knows what. */
const mayBePaidBy = (line: Line, { invoice }: Item): boolean =>
  invoice.balanceCents === line.cents || invoice.balanceCents === 0n;

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
