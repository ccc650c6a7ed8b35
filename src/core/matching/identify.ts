import type { Item } from './ledger.ts';
import type { Line, World } from './line.ts';
import type { Handle } from './payer.ts';
import { SMALL_CHANCE } from './quoted-set.ts';
import { roundness, wholeCents } from './subset.ts';

/**
 * Who pays, told by the amounts alone: an IBAN or a name that no one declared sends several amounts, and one party only owed them all
 * to the cent. Judged as a coincidence would be: how many parties would fit as well by chance.
 */

/** an amount that so many invoices are worth tells nobody */
const COMMON = 240;
/** of two explanations by chance, the second must be this likely: then it is one */
const PLAIN = 0.05;
/** lines of one payer that are compared: a year of two payments a week */
const MOST = 104;
const SHORT = 3;
/** chance that a payment of tens, or of whole units, of money is what a party owes, by its divisor in cents */
const ROUND: Readonly<Record<number, number>> = { 1000: 0.05, 100: 0.01 };
const DAYS = 366;

interface Fit {
  /** chance that a party taken at random fits the line, by amount */
  readonly byAmount: Map<bigint, number>;
}

/** Lines not yet read whose payer is nobody sure, by what they have in common. */
export function identifyPayers(lines: readonly Line[], world: World): boolean {
  const groups = new Map<string, { handle: Handle; lines: Line[] }>();
  for (const line of lines) {
    if (line.done || line.payer.trust === 'iban' || line.payer.trust === 'name') continue;
    const { handle } = line;
    // A name that several customers bear stays theirs.
    if (!handle || world.payers.observed(handle) || (line.payer.among && line.source.iban === undefined)) continue;
    const group = groups.get(handle.key);
    if (group) group.lines.push(line);
    else groups.set(handle.key, { handle, lines: [line] });
  }
  let moved = false;
  for (const { handle, lines: own } of groups.values()) {
    const found = whoPays(own.slice(0, MOST), world);
    if (!found) continue;
    world.payers.recognise(handle, found.partyId, found.amounts);
    moved = true;
  }
  return moved;
}

/** The only party that the amounts of these lines point to, and by how many different ones; undefined when chance would explain it. */
function whoPays(lines: readonly Line[], world: World): { partyId: string; amounts: number } | undefined {
  const fits = new Map<string, Fit>();
  const amounts = new Set(lines.map((line) => line.cents));
  for (const line of lines) {
    const items = world.ledger.worth(line.cents, COMMON, line.day, line.source.currency);
    if (items.length >= COMMON) continue;
    const parties = Map.groupBy(items, (item) => item.invoice.partyId);
    for (const [partyId, owed] of parties) {
      const share = Math.max(parties.size / world.payers.count, chanceOfRound(line.cents)) * chanceOfWords(line, owed);
      const fit = fits.get(partyId) ?? { byAmount: new Map() };
      fits.set(partyId, fit);
      fit.byAmount.set(line.cents, Math.min(share, fit.byAmount.get(line.cents) ?? 1));
    }
  }
  const ranked = [...fits]
    .map(([partyId, { byAmount }]) => ({ partyId, amounts: byAmount.size, chance: chanceOf(byAmount, amounts.size, world) }))
    .sort((a, b) => a.chance - b.chance || (a.partyId < b.partyId ? -1 : 1));
  const [best, second] = ranked;
  if (!best || best.chance > SMALL_CHANCE || (second && second.chance < PLAIN)) return undefined;
  const asMany = ranked.some((other) => other !== best && other.amounts >= best.amounts);
  return best.amounts > 1 && asMany ? undefined : best;
}

/** How many parties would fit so many of the amounts by chance. */
function chanceOf(byAmount: ReadonlyMap<bigint, number>, amounts: number, world: World): number {
  let chance = world.payers.count;
  let place = 0;
  for (const share of byAmount.values()) {
    chance *= (share * (amounts - place)) / (place + 1);
    place += 1;
  }
  return chance;
}

/** Prices of a list meet more often than what is owed today shows: tens of money above all. */
const chanceOfRound = (cents: bigint): number => ROUND[roundness(wholeCents(cents))] ?? 0;

/** 1, or less when the words hold the end of the number of one of these invoices. */
function chanceOfWords(line: Line, owed: readonly Item[]): number {
  const told = owed
    .map((item) => item.written.serial)
    .filter((serial) => serial.length >= SHORT && !/^20\d\d$/.test(serial) && line.numbers.serials.includes(serial))
    .sort((a, b) => b.length - a.length)[0];
  if (told === undefined) return 1;
  const room = isDayOfYear(told) ? DAYS : 10 ** told.length;
  return Math.min(1, (line.numbers.serials.length * owed.length) / room);
}

/** « 1012 », « 312 »: the tenth of December, the third of December. */
const isDayOfYear = (digits: string): boolean => /^(0?[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])$/.test(digits);
