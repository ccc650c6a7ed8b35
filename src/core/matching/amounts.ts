import { citesSomething } from './cited.ts';
import { evidence } from './evidence.ts';
import { type Book, byDue, type Item } from './ledger.ts';
import { fillParts, fullParts, type Line, type Reading, totalOf, type World } from './line.ts';
import type { Evidence } from './model.ts';
import { quotesInPart } from './numbers.ts';
import { SMALL_CHANCE } from './quoted-set.ts';
import { explainShortfall } from './shortfall.ts';
import { chanceOfSum, LARGE_LIMIT, largeSums, neighbouringSum, smallSums, wholeCents } from './subset.ts';

/** Passes 3 to 5: nothing is quoted; the amount, and who pays. */

const NEAR = 48;
const MOST = 4;
/** how many invoices of one amount are compared with the words of a line: two years of a weekly bill */
const SAME = 104;

interface InPart {
  readonly item: Item;
  readonly kind: 'serial' | 'cut' | 'slip';
  readonly read: string;
}

const byTrust = (line: Line): Reading['by'] => (line.payer.trust === 'iban' ? 'payer-iban' : 'payer-name');

/** Whether who pays is sure enough for the amount to decide. */
export const knownPayer = (line: Line): boolean => line.payer.trust === 'iban' || line.payer.trust === 'name';

const booksOf = (line: Line, world: World): Book[] => line.payer.partyIds.map((id) => world.ledger.bookOf(id));

/** What the probable payers owe on the day of the line, oldest due first, and whether that is all of it. */
function owedBy(line: Line, world: World): { items: Item[]; whole: boolean } {
  const items = booksOf(line, world).flatMap((book) => book.open(NEAR, line.day, line.source.currency));
  return { items: items.sort(byDue).slice(0, NEAR), whole: items.length < NEAR };
}

function inPart(line: Line, item: Item): InPart | undefined {
  const part = quotesInPart(line.numbers, item.written);
  return part && { item, ...part };
}

const partSays = (part: InPart): Evidence => evidence[part.kind](part.item.invoice.number, part.read);

/** One invoice of the payer is worth exactly the amount. */
export function readExactAmount(line: Line, world: World): Reading[] {
  const { currency } = line.source;
  const items = booksOf(line, world)
    .flatMap((book) => book.worth(line.cents, NEAR, line.day, currency))
    .sort(byDue);
  if (items.length === 0) return [];
  const parts = items.flatMap((item) => inPart(line, item) ?? []);
  const told = parts.length === 1 ? parts[0] : undefined;
  const rival = told === undefined && items.length === 1 && otherSums(line, world, items[0]);
  const blocked = citesSomething(line) || (told === undefined && endsLikeAnother(line, world, items[0]));
  return items.slice(0, MOST).map((item, rank) => {
    const part = parts.find((p) => p.item === item);
    const certain =
      knownPayer(line) &&
      (told?.item === item ? tells(line, world, told, items.length === 1) : items.length === 1 && !rival && !blocked);
    return {
      kind: 'exact',
      by: part && part.kind !== 'slip' ? 'number' : byTrust(line),
      partyId: item.invoice.partyId,
      parts: fullParts([item]),
      surplusCents: 0n,
      shortCents: 0n,
      confidence: certain ? (line.payer.trust === 'iban' ? 95 : 91) : (knownPayer(line) ? 76 : 58) + (part ? 8 : 0) - rank * 3,
      certain,
      evidence: () => [
        ...(part ? [partSays(part)] : []),
        evidence.exact(line.cents, currency),
        ...line.payer.evidence,
        ...((items.length > 1 || rival) && told?.item !== item ? [evidence.severalWays()] : []),
        ...(!part ? line.numbers.unknown.slice(0, 1).map((word) => evidence.unknownNumber(word)) : []),
      ],
    };
  });
}

/**
 * Whether a number quoted in part decides. Its end, of three digits or more, tells one invoice from others of the same amount. A slip
 * or a cut does so only where no other invoice of the payer ever had this amount: the word may be the number of one already paid.
 */
function tells(line: Line, world: World, part: InPart, alone: boolean): boolean {
  const others = line.elsewhere.length > 0 || line.references.length > 0 || line.numbers.found.some((c) => c.whole);
  if (others) return false;
  if (part.kind === 'serial') return part.read.length >= 3 && line.numbers.unknown.length === 0;
  return alone && world.ledger.bookOf(part.item.invoice.partyId).everWorth(part.item.invoice.balanceCents).length === 1;
}

/** Whether the words hold the end of the number of another invoice that had the same amount: one already paid, perhaps. */
function endsLikeAnother(line: Line, world: World, item: Item | undefined): boolean {
  if (!item || line.numbers.serials.length === 0) return false;
  const same = world.ledger.bookOf(item.invoice.partyId).everWorth(line.cents);
  return same
    .slice(0, SAME)
    .some((other) => other.written.serial.length > 2 && line.numbers.serials.includes(other.written.serial));
}

/** Whether two or three other invoices of the payer add up to the amount as well. */
function otherSums(line: Line, world: World, but: Item | undefined): boolean {
  const others = owedBy(line, world).items.filter((item) => item !== but && item.left < line.cents);
  if (others.length < 2) return false;
  return (
    smallSums(
      others.map((i) => wholeCents(i.left)),
      wholeCents(line.cents),
      1,
    ).length > 0
  );
}

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
  const blocked = citesSomething(line);
  return ways.slice(0, MOST).map((way, rank) => {
    const chosen = pool.filter((_, i) => way.includes(i));
    // All that is owed, or the oldest of it: what people pay. Few such totals exist, so chance does not explain them.
    const natural = way.every((place, i) => place === i);
    const chance = !natural && chanceOfSum(values, way.length) > SMALL_CHANCE;
    const certain = ways.length === 1 && !single && whole && !chance && !blocked && knownPayer(line) && partyIds.size === 1;
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

/** The payer owes a little more, or a little less, than the amount: fee, discount, interest and indemnity. Only ever proposed. */
export function readNearAmounts(line: Line, world: World): Reading[] {
  const { currency } = line.source;
  const readings: Reading[] = [];
  for (const item of owedBy(line, world).items) {
    if (readings.length >= MOST) break;
    if (item.left <= 0n) continue;
    const common = { by: byTrust(line), partyId: item.invoice.partyId, surplusCents: 0n, certain: false } as const;
    const cause = item.left > line.cents ? explainShortfall(item.left, line.cents) : undefined;
    if (cause) {
      const short = item.left - line.cents;
      const why = cause.kind === 'less-fee' ? evidence.fee(short, currency) : evidence.discount(short, cause.percent, currency);
      readings.push({
        ...common,
        kind: cause.kind,
        parts: fillParts([item], line.cents),
        shortCents: short,
        confidence: knownPayer(line) ? 62 : 44,
        evidence: () => [why, ...line.payer.evidence],
      });
    }
    const beyond = line.cents - item.left;
    const claim = beyond > 0n ? item.invoice.accessories?.(line.source.bookedOn) : undefined;
    if (claim && (beyond === claim.indemnityCents || beyond === claim.interestCents + claim.indemnityCents)) {
      readings.push({
        ...common,
        kind: 'with-accessories',
        parts: [{ invoiceId: item.invoice.id, cents: item.left, accessoriesCents: beyond }],
        shortCents: 0n,
        confidence: knownPayer(line) ? 68 : 48,
        evidence: () => [evidence.accessories(beyond, currency, true), ...line.payer.evidence],
      });
    }
  }
  return readings;
}

/** Nobody is recognised, but few invoices are worth exactly this. */
export function readLoneAmounts(line: Line, world: World): Reading[] {
  const items = world.ledger.worth(line.cents, NEAR, line.day, line.source.currency);
  if (items.length > MOST) return [];
  return items.map((item, rank) => {
    const part = inPart(line, item);
    return {
      kind: 'exact',
      by: 'amount',
      partyId: item.invoice.partyId,
      parts: fullParts([item]),
      surplusCents: 0n,
      shortCents: 0n,
      confidence: (items.length === 1 ? 40 : 28) + (part ? 20 : 0) - rank,
      certain: false,
      evidence: () => [...(part ? [partSays(part)] : []), evidence.exact(line.cents, line.source.currency)],
    };
  });
}

/** The payer owes more than the amount and nothing says what is paid: the oldest first. Only ever proposed. */
export function readOnAccount(line: Line, world: World): Reading[] {
  if (new Set(line.payer.partyIds).size !== 1) return [];
  const items = owedBy(line, world).items.filter((item) => item.left > 0n);
  const partyId = items[0]?.invoice.partyId;
  if (partyId === undefined || totalOf(items) < line.cents) return [];
  const total = totalOf(items);
  return [
    {
      kind: 'on-account',
      by: byTrust(line),
      partyId,
      parts: fillParts(items, line.cents),
      surplusCents: 0n,
      shortCents: total - line.cents,
      confidence: knownPayer(line) ? 36 : 22,
      certain: false,
      evidence: () => [evidence.onAccount(), ...line.payer.evidence],
    },
  ];
}
