import type { EpochDay } from '../kernel/epoch-day.ts';

/** An invoice and what became of it, as the forecast learns from it. No name, no text: an id, days, an amount. */
export interface PastInvoice {
  readonly id: string;
  readonly customer: string;
  /** the day a forecast starts from: the issue, or the day it was entered in the books */
  readonly knownOn: EpochDay;
  readonly issuedOn: EpochDay;
  readonly dueOn: EpochDay;
  /** what is to be paid, in cents */
  readonly cents: bigint;
  /** the day it was paid in full, not before `knownOn`; undefined while open */
  readonly settledOn?: EpochDay;
  /** whether it ended up disputed; taken as known only once it is settled */
  readonly disputed?: boolean;
  readonly electronic?: boolean;
  /** a group of customers: a country, a trade */
  readonly segment?: string;
}

/** Whether it was paid after its due date, as far as known on `on`: an open invoice past its due date is late already. */
export function lateAsOf(invoice: PastInvoice, on: EpochDay): boolean | undefined {
  if (invoice.settledOn !== undefined && invoice.settledOn < on) return invoice.settledOn > invoice.dueOn;
  return on > invoice.dueOn ? true : undefined;
}

/** What had happened to an invoice before a day: paid after so many days, or open for so many. */
export interface Observed {
  readonly days: number;
  readonly paid: boolean;
  /** days during which a payment would have been seen, paid or not */
  readonly watched: number;
}

/** What was known of an invoice on the morning of `on`. */
export function observedAsOf(invoice: PastInvoice, on: EpochDay): Observed {
  const watched = Math.max(0, on - 1 - invoice.knownOn);
  if (invoice.settledOn !== undefined && invoice.settledOn < on)
    return { days: invoice.settledOn - invoice.knownOn, paid: true, watched };
  return { days: watched, paid: false, watched };
}
