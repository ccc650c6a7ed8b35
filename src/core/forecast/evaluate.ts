import { BOOTSTRAP, type BootstrapOptions, bootstrapBy, clusteredMean, type Interval } from './bootstrap.ts';
import { CATALOGUE, DEFAULT_MODEL, type ModelId } from './catalogue.ts';
import { quantile, restrictedMean } from './curve.ts';
import { termsOf } from './features.ts';
import {
  areaUnderCurve,
  brier,
  calibrationError,
  concordance,
  coverage,
  logLoss,
  logLossOf,
  meanAbsoluteError,
  pinball,
  type Reliability,
  reliability,
} from './metrics.ts';
import type { Forecast } from './models.ts';
import type { Split, Tested } from './protocol.ts';

/** The scores of a model, in the order of the tables. */
export const SCORES = [
  'auc',
  'logLoss',
  'brier',
  'ece',
  'c',
  'mae',
  'maeLate',
  'pinball10',
  'pinball50',
  'pinball90',
  'coverage',
] as const;
export type Score = (typeof SCORES)[number];
export type Scores = Readonly<Record<Score, Interval>>;

/** What a model said of each tested invoice, as columns. */
export interface Said {
  readonly pLate: Float64Array;
  readonly median: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly mean: Float64Array;
}

const CENTURY = 36_500;

/** The whole day by which a share `p` is paid: the last day of the curve for what never is. */
export function dayOf({ curve }: Forecast, p: number): number {
  const day = quantile(curve, p);
  return Math.max(0, Math.ceil((day < CENTURY ? day : (curve.days.at(-1) as number)) - 1e-9));
}

export function sayOf(id: ModelId, { training, test }: Pick<Split, 'training' | 'test'>): Said {
  const model = CATALOGUE[id].fit(training);
  const all = test.map((t) => model.forecast(t.start));
  const column = (of: (f: Forecast) => number): Float64Array => Float64Array.from(all, of);
  return {
    pLate: column((f) => f.pLate),
    median: column((f) => dayOf(f, 0.5)),
    low: column((f) => dayOf(f, 0.1)),
    high: column((f) => dayOf(f, 0.9)),
    mean: column((f) => restrictedMean(f.curve)),
  };
}

/** All scores of one model, in the order of SCORES, ready to be asked under any weights. Days are scored on paid invoices only. */
export function scorer(said: Said, test: readonly Tested[]): (weights: Float64Array) => number[] {
  const late = Float64Array.from(test, (t) => (t.late ? 1 : 0));
  const days = Float64Array.from(test, (t) => t.days);
  const paid = Float64Array.from(test, (t) => (t.paid ? 1 : 0));
  const past = (d: ArrayLike<number>): Float64Array =>
    Float64Array.from(test, (t, i) => Math.max(0, (d[i] as number) - termsOf(t.start.invoice)));
  const [auc, c] = [areaUnderCurve(said.pLate, late), concordance(said.mean, days, paid)];
  const [saidPast, past0] = [past(said.median), past(days)];
  return (weights) => {
    const onPaid = weights.map((w, i) => w * (paid[i] as number));
    return [
      auc(weights),
      logLoss(said.pLate, late, weights),
      brier(said.pLate, late, weights),
      calibrationError(said.pLate, late, weights),
      c(weights),
      meanAbsoluteError(said.median, days, onPaid),
      meanAbsoluteError(saidPast, past0, onPaid),
      pinball(said.low, days, 0.1, onPaid),
      pinball(said.median, days, 0.5, onPaid),
      pinball(said.high, days, 0.9, onPaid),
      coverage(said.low, said.high, days, onPaid),
    ];
  };
}

/** How much better (positive) a model is than another, on the same draws of customers. */
export interface Gap {
  readonly than: ModelId;
  readonly logLoss: Interval;
  readonly brier: Interval;
  readonly mae: Interval;
}

export interface Evaluation {
  readonly id: ModelId;
  readonly scores: Scores;
  readonly reliability: readonly Reliability[];
  /** against the customer mean */
  readonly gap?: Gap;
}

const GAPS = ['logLoss', 'brier', 'mae'] as const;

/** Every model on one split, with intervals by drawing customers again. */
export function evaluate(split: Split, ids: readonly ModelId[], options: BootstrapOptions = BOOTSTRAP): Evaluation[] {
  const { test } = split;
  const customers = test.map((t) => t.start.invoice.customer);
  const late = Float64Array.from(test, (t) => (t.late ? 1 : 0));
  const said = new Map(ids.map((id) => [id, sayOf(id, split)]));
  const reference = said.get('customer-mean');
  return ids.map((id) => {
    const own = said.get(id) as Said;
    const scoreOwn = scorer(own, test);
    const scoreReference = id !== 'customer-mean' && CATALOGUE[id].chances && reference ? scorer(reference, test) : undefined;
    const intervals = bootstrapBy(
      customers,
      (weights) => {
        const mine = scoreOwn(weights);
        const theirs = scoreReference?.(weights);
        if (!theirs) return mine;
        return [
          ...mine,
          ...GAPS.map((score) => (theirs[SCORES.indexOf(score)] as number) - (mine[SCORES.indexOf(score)] as number)),
        ];
      },
      options,
    );
    const scores = Object.fromEntries(SCORES.map((score, k) => [score, intervals[k] as Interval])) as unknown as Scores;
    const [gLogLoss, gBrier, gMae] = intervals.slice(SCORES.length);
    return {
      id,
      scores,
      reliability: reliability(own.pLate, late, new Float64Array(test.length).fill(1)),
      ...(gLogLoss && gBrier && gMae ? { gap: { than: 'customer-mean', logLoss: gLogLoss, brier: gBrier, mae: gMae } } : {}),
    };
  });
}

/** A model against the incumbent on the user's own past, origin after origin. */
export interface Contest {
  readonly id: ModelId;
  readonly n: number;
  readonly logLoss: number;
  /** mean log loss of the incumbent less this one's, and its standard error by customer */
  readonly gain: number;
  readonly error: number;
}

export interface Choice {
  readonly chosen: ModelId;
  readonly contests: readonly Contest[];
}

/** What each model said of the tests of each origin. */
type SaidBy = ReadonlyMap<ModelId, readonly Said[]>;

/**
 * The incumbent stays unless a model beats its rolling-origin log loss by more than one standard error, customers drawn whole; among
 * those that do, the one that most surely gains.
 */
export const chooseModel = (origins: readonly Split[], ids: readonly ModelId[], incumbent: ModelId = DEFAULT_MODEL): Choice =>
  contestOf(origins, ids, incumbent).choice;

/** `chooseModel`, with what every model had said. */
export function contestOf(
  origins: readonly Split[],
  ids: readonly ModelId[],
  incumbent: ModelId,
): { readonly choice: Choice; readonly said: SaidBy } {
  const customers = origins.flatMap((s) => s.test.map((t) => t.start.invoice.customer));
  const contestants = ids.filter((id) => CATALOGUE[id].chances);
  const said = new Map([incumbent, ...contestants].map((id) => [id, origins.map((split) => sayOf(id, split))]));
  const losses = (id: ModelId): number[] =>
    origins.flatMap(({ test }, k) => test.map((t, i) => logLossOf(said.get(id)?.[k]?.pLate[i] as number, t.late ? 1 : 0)));
  const byIncumbent = losses(incumbent);
  const contests = contestants.map((id): Contest => {
    const own = losses(id);
    const { mean, error } = clusteredMean(
      own.map((loss, i) => (byIncumbent[i] as number) - loss),
      customers,
    );
    return { id, n: own.length, logLoss: own.reduce((a, b) => a + b, 0) / Math.max(1, own.length), gain: mean, error };
  });
  const better = contests
    .filter((c) => c.id !== incumbent && c.gain > c.error && c.gain > 0)
    .sort((a, b) => b.gain - b.error - (a.gain - a.error));
  return { choice: { chosen: better[0]?.id ?? incumbent, contests }, said };
}
