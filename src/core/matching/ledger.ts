import type { EpochDay } from '../kernel/epoch-day.ts';
import { toEpochDay } from '../kernel/epoch-day.ts';
import type { OpenInvoice, Part } from './model.ts';
import { type NumberParts, partsOfNumber } from './numbers.ts';

/** An invoice while a batch is matched: what is left of it goes down and up. */
export class Item {
  readonly invoice: OpenInvoice;
  readonly issued: EpochDay;
  readonly due: EpochDay;
  left: bigint;
  #written: NumberParts | undefined;

  constructor(invoice: OpenInvoice) {
    this.invoice = invoice;
    this.issued = toEpochDay(invoice.issuedOn);
    this.due = toEpochDay(invoice.dueOn);
    this.left = invoice.balanceCents;
  }

  /** Its number, as a text may quote it in part. */
  get written(): NumberParts {
    this.#written ??= partsOfNumber(this.invoice.number);
    return this.#written;
  }
}

/**
 * Items of one kind in the order of issue. What no longer belongs is dropped while reading, so that a long list costs what is open in
 * it, not what it once held.
 */
class OpenList {
  #items: Item[] = [];
  readonly #belongs: (item: Item) => boolean;

  constructor(belongs: (item: Item) => boolean) {
    this.#belongs = belongs;
  }

  /** Items are first added in the order of issue. */
  push(item: Item): void {
    this.#items.push(item);
  }

  /** Puts an item back in its place, if it is not there. */
  restore(item: Item): void {
    let low = 0;
    let high = this.#items.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const there = this.#items[middle];
      if (there && byIssue(there, item) < 0) low = middle + 1;
      else high = middle;
    }
    if (this.#items[low] !== item) this.#items.splice(low, 0, item);
  }

  /** The first `limit` items in this currency issued on or before the day. */
  read(limit: number, until: EpochDay, currency: string): Item[] {
    const found: Item[] = [];
    let dead = 0;
    let deadAtHead = 0;
    for (const item of this.#items) {
      if (item.issued > until || found.length >= limit) break;
      if (this.#belongs(item)) {
        if (item.invoice.currency === currency) found.push(item);
      } else {
        if (dead === deadAtHead && found.length === 0) deadAtHead += 1;
        dead += 1;
      }
    }
    if (deadAtHead > 16) this.#items.splice(0, deadAtHead);
    else if (dead > 16 + this.#items.length / 8) this.#items = this.#items.filter(this.#belongs);
    return found;
  }
}

/** What one party owes. `version` grows with each change, so that a line is looked at again only when something moved. */
export class Book {
  readonly partyId: string;
  version = 0;
  readonly #open = new OpenList((item) => item.left !== 0n);
  readonly #amounts = new Map<bigint, OpenList>();
  readonly #opening = new Map<bigint, Item[]>();

  constructor(partyId: string) {
    this.partyId = partyId;
  }

  add(item: Item): void {
    this.#open.push(item);
    listAt(this.#amounts, item.left).push(item);
    const same = this.#opening.get(item.left);
    if (same) same.push(item);
    else this.#opening.set(item.left, [item]);
  }

  /** The invoices that had this balance when the batch began, settled since or not. */
  everWorth(cents: bigint): readonly Item[] {
    return this.#opening.get(cents) ?? [];
  }

  /** The invoices that were settled before the batch began. */
  settledBefore(): readonly Item[] {
    return this.everWorth(0n);
  }

  moved(item: Item): void {
    this.version += 1;
    if (item.left === 0n) return;
    this.#open.restore(item);
    listAt(this.#amounts, item.left).restore(item);
  }

  /** The oldest open items, by issue. */
  open(limit: number, until: EpochDay, currency: string): Item[] {
    return this.#open.read(limit, until, currency);
  }

  /** Open items of which exactly this is left. */
  worth(cents: bigint, limit: number, until: EpochDay, currency: string): Item[] {
    return this.#amounts.get(cents)?.read(limit, until, currency) ?? [];
  }
}

function listAt(lists: Map<bigint, OpenList>, cents: bigint): OpenList {
  const known = lists.get(cents);
  if (known) return known;
  const list = new OpenList((item) => item.left === cents && cents !== 0n);
  lists.set(cents, list);
  return list;
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The canonical order of invoices: issue, due date, number, identifier. */
const byIssue = (a: Item, b: Item): number =>
  a.issued - b.issued || a.due - b.due || byText(a.invoice.number, b.invoice.number) || byText(a.invoice.id, b.invoice.id);

/** Oldest due first, as the law imputes (C. civ. 1342-10). */
export const byDue = (a: Item, b: Item): number => a.due - b.due || byIssue(a, b);

/** All open invoices, found by identifier, by party, by party and amount, and by amount. */
export class Ledger {
  readonly items: readonly Item[];
  readonly #byId = new Map<string, Item>();
  readonly #books = new Map<string, Book>();
  readonly #amounts = new Map<bigint, OpenList>();

  constructor(invoices: readonly OpenInvoice[]) {
    this.items = invoices.map((invoice) => new Item(invoice)).sort(byIssue);
    for (const item of this.items) {
      if (this.#byId.has(item.invoice.id)) throw new RangeError(`invoice ${item.invoice.id} is given twice`);
      this.#byId.set(item.invoice.id, item);
      this.bookOf(item.invoice.partyId).add(item);
      listAt(this.#amounts, item.left).push(item);
    }
  }

  item(id: string): Item | undefined {
    return this.#byId.get(id);
  }

  bookOf(partyId: string): Book {
    const known = this.#books.get(partyId);
    if (known) return known;
    const book = new Book(partyId);
    this.#books.set(partyId, book);
    return book;
  }

  /** Open items of any party of which exactly this is left. */
  worth(cents: bigint, limit: number, until: EpochDay, currency: string): Item[] {
    return this.#amounts.get(cents)?.read(limit, until, currency) ?? [];
  }

  /** Takes parts off the balances; throws when a part exceeds what is left: a match must never do that. */
  take(parts: readonly Part[]): void {
    for (const part of parts) {
      const item = this.#known(part);
      if (item.left < 0n ? part.cents < item.left || part.cents > 0n : part.cents > item.left || part.cents < 0n)
        throw new RangeError(`invoice ${item.invoice.number}: ${part.cents} cents taken, ${item.left} left`);
      this.#move(item, item.left - part.cents);
    }
  }

  /** Puts back what parts had taken. An invoice that this batch does not hold (settled long ago) is no concern of its. */
  giveBack(parts: readonly Part[]): void {
    for (const part of parts) {
      const item = this.#byId.get(part.invoiceId);
      if (item) this.#move(item, item.left + part.cents);
    }
  }

  #known(part: Part): Item {
    const item = this.#byId.get(part.invoiceId);
    if (!item) throw new RangeError(`invoice ${part.invoiceId} is unknown`);
    return item;
  }

  #move(item: Item, left: bigint): void {
    item.left = left;
    this.bookOf(item.invoice.partyId).moved(item);
    if (left !== 0n) listAt(this.#amounts, left).restore(item);
  }
}
