import { evidence } from './evidence.ts';
import { byDue } from './ledger.ts';
import { agreement, fullParts, type Line, type Reading, totalOf, type World } from './line.ts';
import { agreeing, type Cited, doubts, NEAR, notYetIssued, reading, SMALL_CHANCE } from './quoted-set.ts';
import { chanceOfSum, smallSums, wholeCents } from './subset.ts';

/** More than the quoted invoices: interest and indemnity, others that the text had no room for, or too much. */
export function above(line: Line, set: Cited, world: World): Reading[] {
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
    // All that this party owes is no coincidence.
    const chance = way.length < others.length && chanceOfSum(values, way.length, wholeCents(rest)) > SMALL_CHANCE;
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
