import { citesOthers } from './cited.ts';
import { evidence } from './evidence.ts';
import { asUsual, isDirectDebit, unusual } from './habits.ts';
import { type Book, byDue, type Item } from './ledger.ts';
import { fillParts, fullParts, type Line, type Reading, totalOf, type World } from './line.ts';
import type { Evidence } from './model.ts';
import { endsField, partOfNumber, quotesInPart } from './numbers.ts';
import { givenBack, otherPurpose } from './purpose.ts';
import { SMALL_CHANCE } from './quoted-set.ts';
import { chanceOfSum, LARGE_LIMIT, largeSums, neighbouringSum, smallSums, wholeCents } from './subset.ts';
import { foldText } from './text.ts';

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

export const byTrust = (line: Line): Reading['by'] => (line.payer.trust === 'iban' ? 'payer-iban' : 'payer-name');

/** Whether who pays is sure enough for the amount to decide. */
export const knownPayer = (line: Line): boolean => line.payer.trust === 'iban' || line.payer.trust === 'name';

const booksOf = (line: Line, world: World): Book[] => line.payer.partyIds.map((id) => world.ledger.bookOf(id));

/** What the probable payers owe on the day of the line, oldest due first, and whether that is all of it. */
export function owedBy(line: Line, world: World): { items: Item[]; whole: boolean } {
  const items = booksOf(line, world).flatMap((book) => book.open(NEAR, line.day, line.source.currency));
  return { items: items.sort(byDue).slice(0, NEAR), whole: items.length < NEAR };
}

function inPart(line: Line, item: Item): InPart | undefined {
  const part = quotesInPart(line.numbers, item.written) ?? strangersNumber(line, item);
  return part && { item, ...part };
}

/** The number of an invoice of somebody else may be the payer's own, with a slip, or cut where the words end. */
function strangersNumber(line: Line, item: Item): Omit<InPart, 'item'> | undefined {
  for (const { whole, read, targets } of line.numbers.found) {
    if (!whole || targets.some((t) => line.payer.partyIds.includes(t.invoice.partyId))) continue;
    const kind = partOfNumber(read, item.written, endsField(line.source.text, read));
    if (kind) return { kind, read };
  }
  return undefined;
}

const partSays = (part: InPart): Evidence => evidence[part.kind](part.item.invoice.number, part.read);

/** One invoice of the payer is worth exactly the amount. */
export const readExactAmount = (line: Line, world: World): Reading[] => exactAmounts(line, world).slice(0, MOST);

function exactAmounts(line: Line, world: World): Reading[] {
  const { currency } = line.source;
  const items = booksOf(line, world)
    .flatMap((book) => book.worth(line.cents, NEAR, line.day, currency))
    .sort(byDue);
  const [first] = items;
  if (!first) return [];
  const parts = items.flatMap((item) => inPart(line, item) ?? []);
  const told = parts.length === 1 ? parts[0] : undefined;
  const alone = items.length === 1;
  const tellsIt = told !== undefined && tells(line, world, told, alone);
  const rival = !tellsIt && alone && otherSums(line, world, first);
  const purpose = tellsIt ? undefined : otherPurpose(line, first, world);
  const free = told?.kind !== 'slip' && !purpose && !citesOthers(line, [first]) && !endsLikeAnother(line, world, first);
  const third = paysForAnother(line, world);
  const one = (knownPayer(line) || onlyDebtor(line, world)) && !third && !collectedOffDay(line, world, first);
  return items.map((item, rank) => {
    const part = parts.find((p) => p.item === item);
    const certain = one && (tellsIt ? told?.item === item : alone && !rival && free);
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
        ...(one && !knownPayer(line)
          ? [evidence.onlyDebtor(world.payers.nameOf(item.invoice.partyId), item.invoice.number)]
          : []),
        ...((items.length > 1 || rival) && told?.item !== item ? [evidence.severalWays()] : []),
        ...(purpose !== undefined ? [evidence.otherPurpose(purpose)] : []),
        ...(third ? [evidence.onceForAnother(world.payers.nameOf(item.invoice.partyId))] : []),
        ...(!part ? line.numbers.unknown.slice(0, 1).map((word) => evidence.unknownNumber(word)) : []),
      ],
    };
  });
}

/** Whether the payer is surely one of several parties, and one of them only owes, or ever owed, the amount. */
function onlyDebtor(line: Line, world: World): boolean {
  if (!line.payer.among) return false;
  return booksOf(line, world).filter((book) => book.everWorth(line.cents).length > 0).length === 1;
}

/** Whether somebody else's account, seen to pay for this party once, may now pay for another that owes the amount: a factor, a holding. */
function paysForAnother(line: Line, world: World): boolean {
  if (!line.payer.seenOnce) return false;
  const items = world.ledger.worth(line.cents, NEAR, line.day, line.source.currency);
  return items.some((item) => !line.payer.partyIds.includes(item.invoice.partyId));
}

/** A direct debit comes on the day we ask for it: far from that day, it is of another invoice, of the same amount and paid since. */
function collectedOffDay(line: Line, world: World, item: Item | undefined): boolean {
  if (!item || !isDirectDebit(line.source.text)) return false;
  const habit = world.habits.of(item.invoice.partyId, line.source.text);
  return habit !== undefined && unusual(item, line.day, habit);
}

/** Several invoices of the payer are worth the amount; one of them only is paid on this day as this payer pays, or as anybody does. */
export function readAsUsual(line: Line, world: World): Reading[] {
  if (!(knownPayer(line) || onlyDebtor(line, world))) return [];
  const readings = exactAmounts(line, world);
  const owner = readings[0]?.partyId;
  const usual = owner === undefined ? undefined : usualOf(line, world, owner);
  const reading = readings.find((r) => r.parts[0]?.invoiceId === usual?.item.invoice.id);
  if (!usual || !reading || citesOthers(line, [usual.item]) || endsLikeAnother(line, world, usual.item)) return [];
  if (otherPurpose(line, usual.item, world) !== undefined) return [];
  return [
    {
      ...reading,
      certain: true,
      confidence: 90,
      evidence: () => [evidence.exact(line.cents, line.source.currency), ...line.payer.evidence, usual.says],
    },
  ];
}

function usualOf(line: Line, world: World, partyId: string): { item: Item; says: Evidence } | undefined {
  const book = world.ledger.bookOf(partyId);
  const habit = world.habits.of(partyId, line.source.text);
  if (!habit?.oneByOne && otherSums(line, world, undefined)) return undefined;
  if (habit) {
    const item = asUsual(book.everWorth(line.cents), line.day, habit);
    return item && { item, says: evidence.habit(habit, item.invoice.number) };
  }
  const earliest = isDirectDebit(line.source.text) ? undefined : world.habits.earliest();
  if (!earliest) return undefined;
  const items = book.worth(line.cents, NEAR, line.day, line.source.currency).filter((i) => line.day - i.due >= earliest.lag);
  const [item] = items;
  return item && items.length === 1
    ? { item, says: evidence.tooEarly(earliest.lag, earliest.payments, item.invoice.number) }
    : undefined;
}

/**
 * Whether a number quoted in part decides. Its end, of three digits or more, tells one invoice from others of the same amount. A slip
 * or a cut does so only where no other invoice of the payer ever had this amount: the word may be the number of one already paid.
 */
function tells(line: Line, world: World, part: InPart, alone: boolean): boolean {
  if (citesOthers(line, [part.item])) return false;
  if (part.kind === 'serial') return part.read.length >= 3 && line.numbers.unknown.length === 0;
  return alone && world.ledger.bookOf(part.item.invoice.partyId).everWorth(part.item.invoice.balanceCents).length === 1;
}

/** Whether the words hold the end of the number of another invoice that had the same amount, or was settled before. */
function endsLikeAnother(line: Line, world: World, item: Item | undefined): boolean {
  if (!item) return false;
  const called = calledSerials(line.source.text);
  if (line.numbers.serials.length === 0 && called.length === 0) return false;
  const book = world.ledger.bookOf(item.invoice.partyId);
  const others = [...book.everWorth(line.cents).slice(0, SAME), ...book.settledBefore().slice(-SAME)];
  return others.some((other) => {
    const { serial } = other.written;
    if (other === item || serial === item.written.serial) return false;
    return called.includes(serial) || (serial.length > 2 && line.numbers.serials.includes(serial));
  });
}

/** « 1 » of « FACTURE 1 », « FAC 001 », « Fact. n° 1 »: one or two digits say nothing unless they are called a number. */
const calledSerials = (text: string): string[] =>
  [...foldText(text).matchAll(/\bF(?:ACTURES?|ACT|AC|CT)\b[\s.:#]*(?:N[O°]?\b[\s.:°]*)?0*([1-9]\d?)(?![\w/.-])/g)].map(
    ([, digits = '']) => digits,
  );

/** Whether two or three other invoices of the payer add up to the amount as well, a credit note deducted or not. */
function otherSums(line: Line, world: World, but: Item | undefined): boolean {
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
    const natural = chosen.length === pool.length || chosen.every((item, i) => item === items[i]);
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
