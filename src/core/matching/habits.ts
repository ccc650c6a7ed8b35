import type { EpochDay } from '../kernel/epoch-day.ts';
import type { Item } from './ledger.ts';

/** How many days after the due date each party pays, as its sure payments show. */

/** sure payments that make a habit, which part of all they must be, and how far apart they may lie, in days */
const ENOUGH = 3;
const NEARLY_ALL = 0.8;
const SPREAD = 15;
/** days by which a payer that always pays on the same day may differ: a weekend, a holiday */
const REGULAR = 4;
/** an invoice no further than this from the habit is a rival */
const MARGIN = 6;
/** payments one by one that make a rule of it */
const ALWAYS = 6;
/** sure transfers of all customers that show how early anybody pays: all but one in so many */
const MANY = 200;
const ONE_IN = 200;

export interface Habit {
  /** days from due date to booking, of the promptest and the latest sure payment */
  readonly from: number;
  readonly to: number;
  readonly payments: number;
  /** enough payments, and none of several invoices at once */
  readonly oneByOne: boolean;
  /** direct debits: the day is ours, not the payer's */
  readonly collected: boolean;
}

export const isDirectDebit = (text: string): boolean => /\b(PRLV|PRELEVEMENTS?|SDD)\b/i.test(text);

/** How many payments came so many days after the due date. */
type Lags = Map<number, number>;

/** Direct debits come when we ask for them, transfers when the customer likes: their days are told apart. */
export class Habits {
  readonly #transfers = new Map<string, Lags>();
  readonly #debits = new Map<string, Lags>();
  /** our own habit, whoever pays */
  readonly #collected: Lags = new Map();
  readonly #everybody: Lags = new Map();
  readonly #grouping = new Set<string>();

  /** A payment with this text, which leaves no doubt, settled the invoice that day. */
  add(item: Item, on: EpochDay, text: string): void {
    const { partyId } = item.invoice;
    const debit = isDirectDebit(text);
    const all = debit ? this.#debits : this.#transfers;
    const lags = all.get(partyId) ?? new Map();
    all.set(partyId, lags);
    count(lags, on - item.due);
    count(debit ? this.#collected : this.#everybody, on - item.due);
  }

  /** A payment settled several invoices of the party at once. */
  addGrouped(partyId: string): void {
    this.#grouping.add(partyId);
  }

  /** The habit of a party that has one, for payments that come as this text says; for direct debits, else our own. */
  of(partyId: string, text: string): Habit | undefined {
    const debit = isDirectDebit(text);
    const lags = (debit ? this.#debits : this.#transfers).get(partyId);
    const own = lags && nearlyAll(lags);
    const found = own ?? (debit ? nearlyAll(this.#collected) : undefined);
    return found && { ...found, collected: debit, oneByOne: debit || (found.payments >= ALWAYS && !this.#grouping.has(partyId)) };
  }

  /** Days from due date to booking before which nearly no customer makes a transfer (negative: before the due date). */
  earliest(): { readonly lag: number; readonly payments: number } | undefined {
    const days = [...this.#everybody].sort((a, b) => a[0] - b[0]);
    const payments = days.reduce((sum, [, times]) => sum + times, 0);
    if (payments < MANY) return undefined;
    let before = 0;
    const found = days.find(([, times]) => {
      before += times;
      return before * ONE_IN > payments;
    });
    return found && { lag: found[0], payments };
  }
}

function count(lags: Lags, lag: number): void {
  lags.set(lag, (lags.get(lag) ?? 0) + 1);
}

/** The fortnight that holds the most payments, if it holds nearly all of them. */
function nearlyAll(lags: Lags): Pick<Habit, 'from' | 'to' | 'payments'> | undefined {
  const days = [...lags].sort((a, b) => a[0] - b[0]);
  let best = { from: 0, to: 0, payments: 0 };
  for (const [from] of days) {
    const within = days.filter(([lag]) => lag >= from && lag <= from + SPREAD);
    const payments = within.reduce((sum, [, times]) => sum + times, 0);
    if (payments > best.payments) best = { from, to: within.at(-1)?.[0] ?? from, payments };
  }
  const all = days.reduce((sum, [, times]) => sum + times, 0);
  return best.payments >= ENOUGH && best.payments >= NEARLY_ALL * all ? best : undefined;
}

/**
 * Of invoices of one party and one amount, open or not, the only one that a payment on this day settles as this party does; undefined
 * when another is as near to the habit.
 */
export function asUsual(same: readonly Item[], on: EpochDay, habit: Habit): Item | undefined {
  const near = same.filter((item) => item.issued <= on && !unusual(item, on, habit));
  const [only] = near;
  if (!only || near.length > 1) return undefined;
  // The more regular the payer, the less a day may differ from its own.
  const play = Math.min(SPREAD - (habit.to - habit.from), REGULAR + habit.to - habit.from);
  const lag = on - only.due;
  return lag >= habit.from - play && lag <= habit.to + play ? only : undefined;
}

/** Whether a payment of this invoice on this day would be far from the habit. */
export const unusual = (item: Item, on: EpochDay, habit: Habit): boolean =>
  on - item.due < habit.to - SPREAD - MARGIN || on - item.due > habit.from + SPREAD + MARGIN;
