import type { EpochDay } from '../kernel/epoch-day.ts';
import type { Item } from './ledger.ts';

/** How many days after the due date each party pays, as its sure payments show. */

/** sure payments that make a habit, and how far apart they may lie, in days */
const ENOUGH = 3;
const SPREAD = 15;
/** an invoice nearer than this to the habit is a rival */
const NEARLY_ALL = 0.8;
const MARGIN = 6;
const ALWAYS = 6;

export interface Habit {
  /** days from due date to booking, of the promptest and the latest sure payment */
  readonly from: number;
  readonly to: number;
  readonly payments: number;
  /** enough payments, and none of several invoices at once */
  readonly oneByOne: boolean;
}

/** Whose payments, and whether we collect them: a direct debit comes when we say, a transfer when the customer does. */
const keyOf = (partyId: string, text: string): string => `${isDirectDebit(text) ? 'debit' : 'transfer'} ${partyId}`;
export const isDirectDebit = (text: string): boolean => /\b(PRLV|PRELEVEMENTS?|SDD)\b/i.test(text);

export class Habits {
  readonly #lags = new Map<string, number[]>();
  readonly #grouping = new Set<string>();

  /** A payment with this text, which leaves no doubt, settled the invoice that day. */
  add(item: Item, on: EpochDay, text: string): void {
    const key = keyOf(item.invoice.partyId, text);
    const lags = this.#lags.get(key);
    if (lags) lags.push(on - item.due);
    else this.#lags.set(key, [on - item.due]);
  }

  /** A payment settled several invoices of the party at once. */
  addGrouped(partyId: string): void {
    this.#grouping.add(partyId);
  }

  /** The habit of a party that has one, for payments that come as this text says: nearly all within a fortnight of each other. */
  of(partyId: string, text: string): Habit | undefined {
    const lags = (this.#lags.get(keyOf(partyId, text)) ?? []).toSorted((a, b) => a - b);
    let [from, to, most] = [0, 0, 0];
    let end = 0;
    lags.forEach((first, start) => {
      while (end + 1 < lags.length && (lags[end + 1] ?? 0) - first <= SPREAD) end += 1;
      if (end - start + 1 > most) [from, to, most] = [first, lags[end] ?? first, end - start + 1];
    });
    if (most < ENOUGH || most < NEARLY_ALL * lags.length) return undefined;
    return { from, to, payments: most, oneByOne: most >= ALWAYS && !this.#grouping.has(partyId) };
  }
}

/**
 * Of invoices of one party and one amount, open or not, the only one that a payment on this day settles as this party does; undefined
 * when another is as near to the habit.
 */
export function asUsual(same: readonly Item[], on: EpochDay, habit: Habit): Item | undefined {
  const near = same.filter((item) => item.issued <= on && !unusual(item, on, habit));
  const only = near[0];
  const lag = only ? on - only.due : 0;
  return near.length === 1 && lag >= habit.to - SPREAD && lag <= habit.from + SPREAD ? only : undefined;
}

/** Whether a payment of this invoice on this day would be far from the habit. */
export const unusual = (item: Item, on: EpochDay, habit: Habit): boolean =>
  on - item.due < habit.to - SPREAD - MARGIN || on - item.due > habit.from + SPREAD + MARGIN;
