import { type EpochDay, fromEpochDay } from '../kernel/epoch-day.ts';
import type { AsOf } from './as-of.ts';
import type { PastInvoice } from './invoices.ts';

/** How many cases the general rate is worth when a customer has few: for rates, and for means of days. */
export const KAPPA_RATE = 3;
export const KAPPA_DAYS = 5;

/** An invoice on the day its forecast starts, with what was known of its customer that morning. */
export interface Start {
  readonly invoice: PastInvoice;
  readonly asOf: AsOf;
}

/** Days from the start to the due date; negative when it was entered late. */
export const termsOf = (invoice: PastInvoice): number => invoice.dueOn - invoice.knownOn;

/** What a customer's past says, drawn towards what all of them say. */
export interface CustomerMeans {
  readonly lateRate: number;
  /** days from the start to the payment */
  readonly days: number;
  /** days from the due date to the payment */
  readonly delay: number;
  readonly lastDelay: number;
  readonly disputeRate: number;
}

/** Shrunken means: κ = 3 for rates, 5 for days. With nothing known at all: half are late, all pay on the due date. */
export function customerMeans({ asOf, invoice }: Start): CustomerMeans {
  const { all, settled } = asOf;
  const toDraw = (sum: number, start: number, kappa: number): number => (kappa * start + sum) / (kappa + settled);
  const delay = toDraw(asOf.delay, all.settled > 0 ? all.delay / all.settled : 0, KAPPA_DAYS);
  return {
    lateRate: toDraw(asOf.late, (all.late + 1) / (all.settled + 2), KAPPA_RATE),
    days: Math.max(0, toDraw(asOf.days, all.settled > 0 ? all.days / all.settled : Math.max(0, termsOf(invoice)), KAPPA_DAYS)),
    delay,
    lastDelay: (delay + asOf.last.reduce((a, b) => a + b, 0)) / (1 + asOf.last.length),
    disputeRate: toDraw(asOf.disputed, all.settled > 0 ? all.disputed / all.settled : 0, KAPPA_RATE),
  };
}

/** The names of the figures below, in order, as a person would call them. */
const NAMES = [
  'late rate',
  'mean delay',
  'mean days',
  'last three delays',
  'dispute rate',
  'weight of own past',
  'open now',
  'overdue now',
  'amount',
  'amount against own mean',
  'electronic',
  'electronic unknown',
  'terms',
  'age at start',
  'day of month',
  'month end',
  'weekend',
  'season (sine)',
  'season (cosine)',
] as const;

/** Where the three figures that count differently after the due date are. */
export const HISTORY_COLUMNS = [0, 1, 3] as const;

interface Calendar {
  readonly day: number;
  readonly weekday: number;
  /** where it stands in the year, as an angle */
  readonly season: number;
}

/** A book has many invoices a day: the calendar is asked once. */
const calendars = new Map<EpochDay, Calendar>();

function calendarOf(on: EpochDay): Calendar {
  let known = calendars.get(on);
  if (!known) {
    const of = fromEpochDay(on);
    known = { day: of.day, weekday: of.dayOfWeek, season: (2 * Math.PI * (of.dayOfYear - 1)) / of.daysInYear };
    calendars.set(on, known);
  }
  return known;
}

function figures(start: Start): number[] {
  const { invoice, asOf } = start;
  const means = customerMeans(start);
  const euros = Math.max(0.01, Number(invoice.cents) / 100);
  const ownMean = asOf.settled > 0 ? Math.max(0.01, asOf.cents / asOf.settled / 100) : euros;
  const { day, weekday, season } = calendarOf(invoice.knownOn);
  const electronic = invoice.electronic === undefined ? 0 : 1;
  return [
    means.lateRate,
    means.delay,
    means.days,
    means.lastDelay,
    means.disputeRate,
    // Saturating: a plain count grows with the calendar, and would teach the passage of time.
    asOf.settled / (asOf.settled + KAPPA_RATE),
    Math.log1p(asOf.open),
    Math.log1p(asOf.overdue),
    Math.log(euros),
    Math.log(euros / ownMean),
    electronic * (invoice.electronic ? 1 : 0),
    1 - electronic,
    termsOf(invoice),
    invoice.knownOn - invoice.issuedOn,
    day,
    day > 25 ? 1 : 0,
    weekday > 5 ? 1 : 0,
    Math.sin(season),
    Math.cos(season),
  ];
}

/** Segments with fewer invoices than this in training are left together. */
const SEGMENT_AT_LEAST = 20;
const SEGMENTS_AT_MOST = 12;

/** Fewer days of history than this cannot tell a season from a trend: the season then counts for nothing. */
const TWO_YEARS = 730;
const SEASON_COLUMNS: readonly number[] = [17, 18];

/** Turns an invoice into numbers of mean 0 and spread 1 over the training set, plus one indicator a segment. */
export interface Encoder {
  readonly names: readonly string[];
  encode(start: Start): Float64Array;
}

export function fitEncoder(training: readonly Start[]): Encoder {
  const rows = training.map(figures);
  const columns = NAMES.length;
  const mean = new Float64Array(columns);
  const spread = new Float64Array(columns);
  for (let j = 0; j < columns; j += 1) {
    const values = rows.map((row) => row[j] as number);
    mean[j] = values.reduce((a, b) => a + b, 0) / Math.max(1, values.length);
    spread[j] = Math.sqrt(values.reduce((sum, v) => sum + (v - (mean[j] as number)) ** 2, 0) / Math.max(1, values.length));
  }
  const known = training.map((t) => t.invoice.knownOn);
  const span = known.reduce((a, b) => Math.max(a, b), 0) - known.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  if (span < TWO_YEARS) for (const j of SEASON_COLUMNS) spread[j] = 0;
  const counts = new Map<string, number>();
  for (const { invoice } of training)
    if (invoice.segment !== undefined) counts.set(invoice.segment, (counts.get(invoice.segment) ?? 0) + 1);
  const segments = [...counts]
    .filter(([, count]) => count >= SEGMENT_AT_LEAST)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, SEGMENTS_AT_MOST)
    .map(([segment]) => segment);
  return {
    names: [...NAMES, ...segments.map((segment) => `segment ${segment}`)],
    encode: (start) => {
      const row = new Float64Array(columns + segments.length);
      figures(start).forEach((value, j) => {
        const s = spread[j] as number;
        // Beyond four spreads a figure says no more than four: far invoices stay within what was learnt.
        row[j] = s > 1e-9 ? Math.max(-4, Math.min(4, (value - (mean[j] as number)) / s)) : 0;
      });
      const segment = segments.indexOf(start.invoice.segment ?? '');
      if (segment >= 0) row[columns + segment] = 1;
      return row;
    },
  };
}
