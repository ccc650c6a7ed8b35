import type { Item } from './ledger.ts';
import type { Line, World } from './line.ts';
import { nameWords } from './names.ts';
import { foldText } from './text.ts';

/** What the words of a line say its money is for, where that speaks against an invoice that they do not quote. */

/** A client may also sell to us, or give something back. */
const GIVEN_BACK = /\b(REMB\w*|RBT|RMBT|AVOIRS?|TROP ?PERCU|RESTITUTION|CAUTION|DEPOT DE GARANTIE|SINISTRE)\b/;
/** Paid before it is invoiced, or for what is not invoiced yet. */
const ADVANCE = /\b(ACOMPTES?|ARRHES|AVANCE|DEVIS|PROFORMA|COMMANDE|CDE)\b/;

export const givenBack = (line: Line): string | undefined => GIVEN_BACK.exec(foldText(line.source.text))?.[0];
export const advance = (line: Line): string | undefined => ADVANCE.exec(foldText(line.source.text))?.[0];

/** The words that say that a line of this amount pays something else than this invoice; undefined when none does. */
export function otherPurpose(line: Line, item: Item, world: World): string | undefined {
  const book = world.ledger.bookOf(item.invoice.partyId);
  const same = book.everWorth(line.cents);
  const rivals = [...same, ...book.settledBefore()].filter((other) => other !== item);
  const ahead = same.length > 1 ? advance(line) : undefined;
  return givenBack(line) ?? ahead ?? otherPeriod(line, item, rivals, world.payers.nameOf(item.invoice.partyId));
}

interface Period {
  readonly read: string;
  readonly months?: readonly number[];
  readonly year?: number;
}

const MONTHS = ['JANV', 'FEV', 'MARS', 'AVR', 'MAI', 'JUIN', 'JUIL', 'AOUT', 'SEPT', 'OCT', 'NOV', 'DEC'];
/** « AVRIL », « AVR 2026 », « 04/2026 »; a day before it makes it a date, which says when and not what for */
const MONTH_WORD =
  /(?<!\b(?:\d{1,2}|1ER) ?)\b(JANV(?:IER)?|FEV(?:R|RIER)?|MARS|AVR(?:IL)?|MAI|JUIN|JUIL(?:LET)?|AOUT|SEPT(?:EMBRE)?|OCT(?:OBRE)?|NOV(?:EMBRE)?|DEC(?:EMBRE)?)\b(?: (20\d\d)\b)?/g;
const MONTH_FIGURES = /(?<![\w/.-])(0[1-9]|1[0-2])[/.-](20\d\d)(?![\w/.-])/g;
/** « T2 2026 », « 1ER TRIMESTRE » */
const QUARTER = /\b(?:T([1-4])|([1-4])(?:ER|E|EME)? ?TRIM(?:ESTRE)?)\b(?: (20\d\d)\b)?/g;
const YEAR = /(?<![\w/.-])(?<!\b(?:[A-Z]{1,3}) )20\d\d(?![\w/.-]| \d)/g;

/** The months and quarters that a text names, else the years. */
function periodsIn(text: string): Period[] {
  const folded = foldText(text);
  const months = [
    ...[...folded.matchAll(MONTH_WORD)].map(([read, word = '', year]) => ({
      read,
      months: [MONTHS.findIndex((start) => word.startsWith(start)) + 1],
      ...(year !== undefined && { year: Number(year) }),
    })),
    ...[...folded.matchAll(MONTH_FIGURES)].map(([read, month, year]) => ({ read, months: [Number(month)], year: Number(year) })),
    ...[...folded.matchAll(QUARTER)].map(([read, short, long, year]) => {
      const last = 3 * Number(short ?? long);
      return { read, months: [last - 2, last - 1, last], ...(year !== undefined && { year: Number(year) }) };
    }),
  ];
  return months.length > 0 ? months : [...folded.matchAll(YEAR)].map(([read]) => ({ read, year: Number(read) }));
}

/**
 * The month or the year that the words name, when it is not this invoice's: another one of the payer, of this amount or settled before,
 * is of that period, or none is and the line was not even booked in it.
 */
function otherPeriod(line: Line, item: Item, rivals: readonly Item[], name: string): string | undefined {
  const own = new Set(nameWords(name));
  const named = periodsIn(line.source.text).filter((period) => !own.has(period.read));
  const [first] = named;
  if (!first || named.some((period) => isOf(item, period))) return undefined;
  const another = rivals.some((other) => named.some((period) => isOf(other, period)));
  const plausible = named.some((period) => period.months === undefined || inArrears(item, period) || booked(line, period));
  return another || !plausible ? first.read : undefined;
}

const matches = (day: { readonly month: number; readonly year: number }, { months, year }: Period): boolean =>
  (months === undefined || months.includes(day.month)) && (year === undefined || day.year === year);

/** Issued or due in the period. */
const isOf = ({ invoice }: Item, period: Period): boolean => matches(invoice.issuedOn, period) || matches(invoice.dueOn, period);
/** Issued in the month after, for the month that ended. */
const inArrears = ({ invoice }: Item, period: Period): boolean => matches(invoice.issuedOn.subtract({ months: 1 }), period);
/** People also write the month in which they pay. */
const booked = (line: Line, period: Period): boolean => matches(line.source.bookedOn, period);
