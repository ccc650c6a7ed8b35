import type { EpochDay } from '../kernel/epoch-day.ts';
import { askHistory } from './as-of.ts';
import type { Start } from './features.ts';
import { lateAsOf, observedAsOf, type PastInvoice } from './invoices.ts';
import type { Sample } from './models.ts';
import { randomFrom, shuffled } from './random.ts';

/** A training set and the invoices to forecast, with no way from the second to the first. */
export interface Split {
  /** the first day whose events the training does not know */
  readonly cut: EpochDay;
  readonly training: readonly Sample[];
  readonly test: readonly Tested[];
}

/** An invoice to forecast, and what became of it by the end of the file. */
export interface Tested {
  readonly start: Start;
  readonly days: number;
  readonly paid: boolean;
  readonly late: boolean;
}

/** What was known of each invoice's customer on the morning it started. */
export function startsOf(invoices: readonly PastInvoice[]): Start[] {
  const answers = askHistory(
    invoices,
    invoices.map(({ customer, knownOn, id }) => ({ customer, on: knownOn, except: id })),
  );
  return invoices.map((invoice, i) => ({ invoice, asOf: answers[i] as Start['asOf'] }));
}

/** The day after the last event of the file: what is open then is open for good as far as the file knows. */
export function endOf(invoices: readonly PastInvoice[]): EpochDay {
  return invoices.reduce((last, i) => Math.max(last, i.knownOn, i.settledOn ?? i.knownOn), Number.NEGATIVE_INFINITY) + 1;
}

/** What a model may learn on the morning of `cut`: invoices started before, as far as seen by then. */
export function trainingAt(starts: readonly Start[], cut: EpochDay): Sample[] {
  return starts.filter((s) => s.invoice.knownOn < cut).map((start) => ({ start, seen: observedAsOf(start.invoice, cut) }));
}

/** The invoices started in [from, to) whose lateness is known by `end`. */
export function testedBetween(starts: readonly Start[], from: EpochDay, to: EpochDay, end: EpochDay): Tested[] {
  return starts.flatMap((start) => {
    const { invoice } = start;
    if (invoice.knownOn < from || invoice.knownOn >= to) return [];
    const late = lateAsOf(invoice, end);
    const seen = observedAsOf(invoice, end);
    return late === undefined ? [] : [{ start, days: seen.days, paid: seen.paid, late }];
  });
}

/** The day before which a share of the invoices started. */
export function cutAt(invoices: readonly PastInvoice[], share: number): EpochDay {
  const known = invoices.map((i) => i.knownOn).sort((a, b) => a - b);
  return known[Math.min(known.length - 1, Math.floor(known.length * share))] as number;
}

/** Train on what was known before the cut, test on what started from it on. */
export function temporalSplit(invoices: readonly PastInvoice[], cut: EpochDay): Split {
  const starts = startsOf(invoices);
  const end = endOf(invoices);
  return { cut, training: trainingAt(starts, cut), test: testedBetween(starts, cut, Number.POSITIVE_INFINITY, end) };
}

/** Six cuts one after the other over the second half of the file, each tested up to the next: no date is lucky six times. */
export const rollingOrigin = (invoices: readonly PastInvoice[], origins = 6): Split[] =>
  rollingOver(startsOf(invoices), endOf(invoices), origins);

/** The same over starts whose history is known already; `end` is the first day of which nothing is known. */
export function rollingOver(starts: readonly Start[], end: EpochDay, origins = 6): Split[] {
  const invoices = starts.map((s) => s.invoice);
  const cuts = Array.from({ length: origins }, (_, k) => cutAt(invoices, 0.5 + (0.5 * k) / origins));
  return cuts.flatMap((cut, k) => {
    const next = cuts[k + 1] ?? Number.POSITIVE_INFINITY;
    return next > cut ? [{ cut, training: trainingAt(starts, cut), test: testedBetween(starts, cut, next, end) }] : [];
  });
}

/**
 * Three tenths of the invoices drawn at random, whatever their date: the model has then seen the same months, and often the same
 * customers, that it is asked about. Says nothing of the future; shown only to be warned against.
 */
export function randomSplit(invoices: readonly PastInvoice[], seed = 1): Split {
  const end = endOf(invoices);
  const mixed = shuffled(startsOf(invoices), randomFrom(seed));
  const size = Math.round(mixed.length * 0.7);
  return {
    cut: end,
    training: trainingAt(mixed.slice(0, size), end),
    test: testedBetween(mixed.slice(size), Number.NEGATIVE_INFINITY, end, end),
  };
}
