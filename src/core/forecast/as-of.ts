import type { EpochDay } from '../kernel/epoch-day.ts';
import type { PastInvoice } from './invoices.ts';

/** What the books told of a customer, and of all of them, on the morning of a day: only what was settled before that day. */
export interface AsOf {
  /** invoices settled before that day */
  readonly settled: number;
  readonly late: number;
  readonly disputed: number;
  /** sums over the settled: days from start to payment, days from due date to payment (negative when early), cents */
  readonly days: number;
  readonly delay: number;
  readonly cents: number;
  /** delays of the last three settled, latest first */
  readonly last: readonly number[];
  /** known before that day and not settled before it */
  readonly open: number;
  readonly overdue: number;
  /** the same sums over every customer */
  readonly all: {
    readonly settled: number;
    readonly late: number;
    readonly days: number;
    readonly delay: number;
    readonly disputed: number;
  };
}

interface Running {
  settled: number;
  late: number;
  disputed: number;
  days: number;
  delay: number;
  cents: number;
  last: number[];
  /** due dates of the open invoices, by id of their place in the list */
  open: Map<number, EpochDay>;
}

const fresh = (): Running => ({ settled: 0, late: 0, disputed: 0, days: 0, delay: 0, cents: 0, last: [], open: new Map() });

/** A question: what was known of a customer on a day. */
export interface Question {
  readonly customer: string;
  readonly on: EpochDay;
  /** an invoice that is not to be counted among the customer's open ones: the one the forecast is about */
  readonly except?: string;
}

/**
 * Answers every question in one pass over time. On the morning of a day only what was settled strictly before counts; what happens
 * later cannot reach an answer, for it has not been read yet when the answer is made.
 */
export function askHistory(invoices: readonly PastInvoice[], questions: readonly Question[]): AsOf[] {
  const opened = [...invoices.keys()].sort((a, b) => (invoices[a] as PastInvoice).knownOn - (invoices[b] as PastInvoice).knownOn);
  const settledOn = (i: number): number => (invoices[i] as PastInvoice).settledOn ?? Number.POSITIVE_INFINITY;
  // Among those settled the same day the due date, then the id, decide which is the last: never their place in the file.
  const closed = [...invoices.keys()]
    .filter((i) => settledOn(i) < Number.POSITIVE_INFINITY)
    .sort((a, b) => settledOn(a) - settledOn(b) || order(invoices[a] as PastInvoice, invoices[b] as PastInvoice));
  const customers = new Map<string, Running>();
  const of = (customer: string): Running => {
    const known = customers.get(customer) ?? fresh();
    customers.set(customer, known);
    return known;
  };
  const all = { settled: 0, late: 0, days: 0, delay: 0, disputed: 0 };
  const answers = new Array<AsOf>(questions.length);
  let [nextOpened, nextClosed] = [0, 0];
  const asked = [...questions.keys()].sort((a, b) => (questions[a] as Question).on - (questions[b] as Question).on);
  for (const q of asked) {
    const { customer, on, except } = questions[q] as Question;
    for (; nextOpened < opened.length; nextOpened += 1) {
      const i = opened[nextOpened] as number;
      const invoice = invoices[i] as PastInvoice;
      if (invoice.knownOn >= on) break;
      of(invoice.customer).open.set(i, invoice.dueOn);
    }
    for (; nextClosed < closed.length; nextClosed += 1) {
      const i = closed[nextClosed] as number;
      if (settledOn(i) >= on) break;
      settle(of((invoices[i] as PastInvoice).customer), all, i, invoices[i] as PastInvoice);
    }
    answers[q] = answer(of(customer), all, on, (i) => (invoices[i] as PastInvoice).id === except);
  }
  return answers;
}

function order(a: PastInvoice, b: PastInvoice): number {
  if (a.dueOn !== b.dueOn) return a.dueOn - b.dueOn;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}

type Totals = { settled: number; late: number; days: number; delay: number; disputed: number };

function settle(customer: Running, all: Totals, i: number, invoice: PastInvoice): void {
  const settledOn = invoice.settledOn as number;
  const delay = settledOn - invoice.dueOn;
  for (const sums of [customer, all]) {
    sums.settled += 1;
    sums.late += delay > 0 ? 1 : 0;
    sums.disputed += invoice.disputed ? 1 : 0;
    sums.days += settledOn - invoice.knownOn;
    sums.delay += delay;
  }
  customer.cents += Number(invoice.cents);
  customer.last = [delay, ...customer.last.slice(0, 2)];
  customer.open.delete(i);
}

function answer({ open, ...sums }: Running, all: Totals, on: EpochDay, isExcept: (i: number) => boolean): AsOf {
  let [count, overdue] = [0, 0];
  for (const [i, dueOn] of open) {
    if (isExcept(i)) continue;
    count += 1;
    if (dueOn < on) overdue += 1;
  }
  return { ...sums, open: count, overdue, all: { ...all } };
}
