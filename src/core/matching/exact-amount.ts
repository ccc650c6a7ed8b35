import { booksOf, byTrust, knownPayer, MOST, NEAR } from './amounts.ts';
import { citesOthers } from './cited.ts';
import { evidence } from './evidence.ts';
import { asUsual, isDirectDebit, unusual } from './habits.ts';
import { byDue, type Item } from './ledger.ts';
import { fullParts, type Line, type Reading, type World } from './line.ts';
import type { Evidence } from './model.ts';
import { otherPurpose } from './purpose.ts';
import { endsLikeAnother, type InPart, inPart, partSays } from './quoted-part.ts';
import { otherSums } from './sums.ts';

/** Passes 3, 4 and 6: nothing is quoted in full; one invoice of the payer is worth exactly the amount. */

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
  const purpose = alone && !tellsIt ? otherPurpose(line, first, world) : undefined;
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
function collectedOffDay(line: Line, world: World, item: Item): boolean {
  if (!isDirectDebit(line.source.text)) return false;
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
  if (otherPurpose(line, usual.item, world) !== undefined || paysForAnother(line, world)) return [];
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
