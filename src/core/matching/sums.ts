import { byTrust, knownPayer, MOST, owedBy } from './amounts.ts';
import { citesOthers } from './cited.ts';
import { evidence } from './evidence.ts';
import type { Item } from './ledger.ts';
import { fullParts, type Line, type Reading, totalOf, type World } from './line.ts';
import { givenBack } from './purpose.ts';
import { SMALL_CHANCE } from './quoted-set.ts';
import { chanceOfSum, LARGE_LIMIT, largeSums, neighbouringSum, smallSums, wholeCents } from './subset.ts';

/** Pass 5: nothing is quoted; several invoices of the payer add up to the amount. */

/** Several invoices of the payer add up to the amount. Certain when there is one way only, and chance is no explanation. */
export function readSums(line: Line, world: World): Reading[] {
  const { items, whole } = owedBy(line, world);
  if (items.length < 2) return [];
  const positive = items.every((item) => item.left > 0n);
  if (positive && totalOf(items) < line.cents) return [];
  const pool = positive ? items.filter((item) => item.left < line.cents) : items;
  const single = items.some((item) => item.left === line.cents);
  const values = pool.map((item) => wholeCents(item.left));
  const ways = sumsOf(values, wholeCents(line.cents), positive);
  const partyIds = new Set(pool.map((item) => item.invoice.partyId));
  const sure = knownPayer(line) || line.payer.among === true;
  return ways.slice(0, MOST).map((way, rank) => {
    const chosen = pool.filter((_, i) => way.includes(i));
    // All that is owed, or the oldest of it: what people pay. Few such totals exist, so chance does not explain them.
    const natural = chosen.every((item, i) => item === items[i]);
    const chance = !natural && chanceOfSum(values, way.length, wholeCents(line.cents)) > SMALL_CHANCE;
    const back = chosen.every((item) => item.left > 0n) ? givenBack(line) : undefined;
    const free = back === undefined && !citesOthers(line, chosen);
    const certain = ways.length === 1 && !single && whole && !chance && free && sure && partyIds.size === 1;
    const partyId = chosen[0]?.invoice.partyId;
    return {
      kind: 'sum',
      by: byTrust(line),
      ...(partyId !== undefined && { partyId }),
      parts: fullParts(chosen),
      surplusCents: 0n,
      shortCents: 0n,
      confidence: certain ? 92 : (knownPayer(line) ? 70 : 52) + (natural ? 6 : 0) - rank * 4 - (chance ? 10 : 0),
      certain,
      evidence: () => [
        evidence.sum(
          line.cents,
          line.source.currency,
          chosen.map((item) => item.invoice.number),
        ),
        ways.length === 1 && !single ? evidence.onlySum() : evidence.severalWays(),
        ...(chance ? [evidence.chance()] : []),
        ...(back !== undefined ? [evidence.otherPurpose(back)] : []),
        ...line.payer.evidence,
      ],
    };
  });
}

/** Ways to make the amount: pairs and triples first; more addends where the list is short; runs of neighbours where it is long. */
function sumsOf(values: readonly number[], target: number, positive: boolean): number[][] {
  const found = new Map<string, readonly number[]>();
  const run = positive ? neighbouringSum(values, target) : undefined;
  const small = smallSums(values, target, MOST);
  const large = values.length <= LARGE_LIMIT && small.length < 2 ? largeSums(values, target, MOST) : [];
  for (const way of [...(run ? [run] : []), ...small, ...large]) found.set(way.join(), way);
  return [...found.values()].slice(0, MOST).map((way) => [...way]);
}

/** Whether two or three other invoices of the payer add up to the amount as well, a credit note deducted or not. */
export function otherSums(line: Line, world: World, but: Item | undefined): boolean {
  const { items } = owedBy(line, world);
  const deducted = items.some((item) => item.left < 0n);
  const others = items.filter((item) => item !== but && (deducted || item.left < line.cents));
  if (others.length < 2) return false;
  return (
    smallSums(
      others.map((i) => wholeCents(i.left)),
      wholeCents(line.cents),
      1,
    ).length > 0
  );
}
