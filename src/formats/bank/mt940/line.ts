import { parseDay } from '#core/kernel/day.ts';
import { amountOf, negated } from '../../text/decimal.ts';
import { StatementStopped } from '../refusals.ts';
import { clean, shortDay } from '../words.ts';

const stop = (line: number, field: string, value: string, expected: string): never => {
  throw new StatementStopped('bad-value', { line, field, value, expected });
};

/** "380115,12", "9," or "500" as an amount. */
export function mtAmount(text: string, line: number): string {
  const amount = /^\d+(,\d*)?$/.test(text) ? amountOf(text.replace(',', '.')) : undefined;
  return amount ?? stop(line, 'le montant', text, 'un nombre avec une virgule pour les décimales était attendu');
}

/** A balance, field :60x:, :62x:: sign, day, currency (which some old files leave out) and amount. */
export function readBalance(text: string, line: number): { amount: string; on: string; currency: string | null } {
  const m = /^([CD])(\d\d)(\d\d)(\d\d)([A-Z]{3})?([\d,]+)$/.exec(text.trim());
  if (!m) return stop(line, 'le solde', text, 'C ou D, une date AAMMJJ, une monnaie et un montant étaient attendus');
  const [, sign, year, month, day, currency, digits] = m as unknown as [
    string,
    string,
    string,
    string,
    string,
    string | undefined,
    string,
  ];
  const on =
    shortDay(year, month, day) ?? stop(line, 'la date du solde', `${year}${month}${day}`, 'une date AAMMJJ était attendue');
  const amount = mtAmount(digits, line);
  return { amount: sign === 'D' ? negated(amount) : amount, on, currency: currency ?? null };
}

export interface MovementLine {
  readonly valueOn: string;
  /** the value date written does not exist (30 February): the last day of its month is given */
  readonly unreal: boolean;
  readonly bookedOn: string;
  readonly amount: string;
  readonly status: 'booked' | 'pending';
  readonly customerReference: string | null;
  readonly bankReference: string | null;
  readonly supplement: string | null;
}

/** Value dates may follow the commercial calendar, whose months all have 30 days. */
function valueDay(year: string, month: string, day: string, line: number): { on: string; unreal: boolean } {
  const real = shortDay(year, month, day);
  if (real) return { on: real, unreal: false };
  const first = Number(day) >= 29 && Number(day) <= 31 ? shortDay(year, month, '01') : undefined;
  const start = first === undefined ? undefined : parseDay(first);
  if (!start) return stop(line, 'la date de valeur', `${year}${month}${day}`, 'une date AAMMJJ était attendue');
  return { on: start.with({ day: start.daysInMonth }).toString(), unreal: true };
}

/** The booking day has no year: the one that brings it nearest to the value day. */
function bookingDay(month: string, day: string, near: Temporal.PlainDate): string | undefined {
  const days = [near.year - 1, near.year, near.year + 1].flatMap((year) => parseDay(`${year}-${month}-${day}`) ?? []);
  const distance = (d: Temporal.PlainDate): number => Math.abs(near.until(d, { largestUnit: 'day' }).days);
  return days.sort((a, b) => distance(a) - distance(b))[0]?.toString();
}

const MOVEMENT = /^(\d\d)(\d\d)(\d\d)(\d{4})?(R[CD]|E[CD]|[CD])([A-Z])?([\d,]+)(?:([A-Z][A-Z0-9 ]{3})([^\n]*))?(?:\n([\s\S]*))?$/;

const reference = (text: string): string | null => {
  const words = clean(text);
  return words === null || words === 'NONREF' ? null : words;
};

/** A movement, field :61:. `text` may run over two lines; the second one is the bank's supplement. */
export function readMovement(text: string, line: number): MovementLine {
  const m = MOVEMENT.exec(text.replace(/^(\S*[CD][A-Z]?)\n(?=\d)/, '$1'));
  if (!m)
    return stop(line, 'le mouvement', text.split('\n', 1)[0] ?? '', 'une date AAMMJJ, C ou D, et un montant étaient attendus');
  const [, year = '', month = '', day = '', booked, mark = '', , digits = '', , references = '', supplement = ''] = m;
  const value = valueDay(year, month, day, line);
  const bookedOn = booked ? bookingDay(booked.slice(0, 2), booked.slice(2), Temporal.PlainDate.from(value.on)) : value.on;
  if (!bookedOn) return stop(line, 'la date de comptabilisation', booked ?? '', 'un mois et un jour MMJJ étaient attendus');
  const amount = mtAmount(digits, line);
  const slashes = references.indexOf('//');
  const customer = slashes >= 0 ? references.slice(0, slashes) : references.slice(0, 16);
  return {
    valueOn: value.on,
    unreal: value.unreal,
    bookedOn,
    // A reversal of a credit is a debit, and the other way round.
    amount: mark === 'D' || mark === 'RC' || mark === 'ED' ? negated(amount) : amount,
    status: mark.startsWith('E') ? 'pending' : 'booked',
    customerReference: reference(customer),
    bankReference: slashes >= 0 ? reference(references.slice(slashes + 2)) : null,
    supplement: clean(`${slashes >= 0 ? '' : references.slice(16)} ${supplement}`),
  };
}
