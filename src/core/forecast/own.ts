import type { EpochDay } from '../kernel/epoch-day.ts';
import { askHistory } from './as-of.ts';
import { quantileOf } from './bootstrap.ts';
import { CATALOGUE, DEFAULT_MODEL, type ModelId } from './catalogue.ts';
import { type Contest, contestOf } from './evaluate.ts';
import type { Start } from './features.ts';
import type { PastInvoice } from './invoices.ts';
import { type Reliability, reliability } from './metrics.ts';
import type { Model, Sample } from './models.ts';
import { rollingOver, type Tested, trainingAt } from './protocol.ts';

/** Paid invoices under which nothing can be both learnt and checked: the published curve then stands, corrected by what there is. */
export const NEEDED_TO_CHOOSE = 60;
/** Paid invoices from which the hazard is the one that others must beat, in place of the published curve. */
export const NEEDED_FOR_HAZARD = 200;

/** Paid invoices that an origin must have to learn from. */
const LEARNT_AT_LEAST = 20;
/** What is learnt from and tested at most, spread over time: a hazard of sixty coefficients gains little from more. */
const SPREAD = 2000;
/** Past forecasts that the track record tells of at most, the latest. */
const TRACKED = 200;

/** The models compared on the user's own past. Those made of trees take minutes on a large book: `quitus bench forecast` has them. */
const CANDIDATES: readonly ModelId[] = ['prior', 'constant', 'customer-mean', 'kaplan-meier', 'regressions', 'cox', 'hazard'];

/** What forecasts made in the past, each with what was known by then, were worth. */
export interface TrackRecord {
  /** invoices forecast on the day they were known, whose lateness is known since */
  readonly n: number;
  /** the mean chance of being late that was announced, and the share that were */
  readonly announced: number;
  readonly observed: number;
  /** of those paid since: how many, the share inside the 80 % band, and the middle error in days */
  readonly paid: number;
  readonly covered: number;
  readonly medianMiss: number;
  readonly reliability: readonly Reliability[];
}

/** Which model a user's own past calls for, and how it was told. */
export interface OwnChoice {
  /** paid invoices it was drawn from */
  readonly settled: number;
  readonly incumbent: ModelId;
  readonly chosen: ModelId;
  /** none while there are too few paid invoices */
  readonly contests: readonly Contest[];
  readonly record?: TrackRecord;
}

/** What models learn from: invoices of the user's own, with what was known of their customers when each started. */
export interface OwnPast {
  /** paid invoices, all counted */
  readonly settled: number;
  /** at most 2 000, spread over time */
  readonly starts: readonly Start[];
}

export function ownPast(past: readonly PastInvoice[], on: EpochDay): OwnPast {
  const learnt = spread(past);
  const answers = askHistory(
    past,
    learnt.map(({ customer, knownOn, id }) => ({ customer, on: knownOn, except: id })),
  );
  return {
    settled: past.filter((i) => i.settledOn !== undefined && i.settledOn < on).length,
    starts: learnt.map((invoice, i) => ({ invoice, asOf: answers[i] as Start['asOf'] })),
  };
}

/**
 * Compares the models on a user's own past, six times, each time on what was known by then (none sees what it is asked about). With
 * fewer than 60 paid invoices there is nothing to compare; from 200 on the hazard is the one to beat.
 */
export function chooseOwn({ settled, starts }: OwnPast, on: EpochDay): OwnChoice {
  const incumbent = settled < NEEDED_FOR_HAZARD ? 'prior' : DEFAULT_MODEL;
  const none: OwnChoice = { settled, incumbent, chosen: incumbent, contests: [] };
  if (settled < NEEDED_TO_CHOOSE) return none;
  const origins = rollingOver(starts, on).filter(
    ({ training, test }) => test.length > 0 && training.filter((s) => s.seen.paid).length >= LEARNT_AT_LEAST,
  );
  if (origins.length === 0) return none;
  const { choice, said } = contestOf(origins, CANDIDATES, incumbent);
  const tracked = origins
    .flatMap(({ test }, k): Tracked[] => {
      const of = said.get(choice.chosen)?.[k];
      return of ? test.map((t, i) => ({ ...t, pLate: of.pLate[i] as number, ...daysSaid(of, i) })) : [];
    })
    .sort((a, b) => b.start.invoice.knownOn - a.start.invoice.knownOn)
    .slice(0, TRACKED);
  return { settled, incumbent, chosen: choice.chosen, contests: choice.contests, record: recordOf(tracked) };
}

type Days = { readonly low: number; readonly median: number; readonly high: number };
type Tracked = Tested & Days & { readonly pLate: number };

const daysSaid = (said: { readonly [K in keyof Days]: Float64Array }, i: number): Days => ({
  low: said.low[i] as number,
  median: said.median[i] as number,
  high: said.high[i] as number,
});

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

function recordOf(tracked: readonly Tracked[]): TrackRecord {
  const late = tracked.map((t) => (t.late ? 1 : 0));
  const announced = tracked.map((t) => t.pLate);
  const paid = tracked.filter((t) => t.paid);
  const inside = paid.filter((t) => t.days >= t.low && t.days <= t.high).length;
  const misses = paid.map((t) => Math.abs(t.days - t.median)).sort((a, b) => a - b);
  return {
    n: tracked.length,
    announced: mean(announced),
    observed: mean(late),
    paid: paid.length,
    covered: paid.length > 0 ? inside / paid.length : 0,
    medianMiss: paid.length > 0 ? quantileOf(misses, 0.5) : 0,
    reliability: reliability(announced, late, new Float64Array(late.length).fill(1), 5),
  };
}

/** One invoice in so many, in order of time, so that early and late ones, paid and open, keep their shares. */
function spread(past: readonly PastInvoice[]): readonly PastInvoice[] {
  if (past.length <= SPREAD) return past;
  const sorted = [...past].sort((a, b) => a.knownOn - b.knownOn || (a.id < b.id ? -1 : 1));
  return Array.from({ length: SPREAD }, (_, i) => sorted[Math.floor(((i + 0.5) * sorted.length) / SPREAD)] as PastInvoice);
}

/** A model and what it learnt from, ready to forecast. */
export interface Fitted {
  readonly model: Model;
  readonly training: readonly Sample[];
}

/** Fits a model on what was known on the morning of `on`. */
export function fitOwn({ starts }: OwnPast, id: ModelId, on: EpochDay): Fitted {
  const training = trainingAt(starts, on);
  return { model: CATALOGUE[id].fit(training), training };
}
