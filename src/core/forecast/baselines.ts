import { quantileOf } from './bootstrap.ts';
import { aroundLocation, type Curve } from './curve.ts';
import { customerMeans, fitEncoder, type Start, termsOf } from './features.ts';
import { RIDGE } from './hazard.ts';
import { matrixOf } from './linear.ts';
import type { Forecast, Model, Sample } from './models.ts';
import { fitLogistic, fitRidge, sigmoid } from './regression.ts';

/** Simple forecasts, always shown beside the model: what it must beat to be worth anything. They learn from settled invoices only. */

export const settledOf = (samples: readonly Sample[]): readonly Sample[] => samples.filter((s) => s.seen.paid);
export const wasLate = ({ start, seen }: Sample): boolean => seen.days > termsOf(start.invoice);

/**
 * A model that says a number of days, with the errors it made in training as its spread, and P(late) apart. The median it announces
 * is what it says corrected by its median error, or `as-said`.
 */
export function locationModel(
  training: readonly Sample[],
  days: (start: Start) => number,
  late: (start: Start) => number,
  median: 'corrected' | 'as-said' = 'corrected',
): Model {
  const errors = Float64Array.from(training, (s) => s.seen.days - days(s.start)).sort();
  const shift = median === 'as-said' ? quantileOf(errors, 0.5) : 0;
  const residuals = errors.length > 0 ? errors.map((e) => e - shift) : new Float64Array(1);
  return { forecast: (start) => ({ curve: aroundLocation(days(start), residuals), pLate: late(start) }) };
}

/** Everyone pays as all did: same days, same chance of being late. */
export function fitConstant(samples: readonly Sample[]): Model {
  const settled = settledOf(samples);
  const rate = (settled.filter(wasLate).length + 1) / (settled.length + 2);
  return locationModel(
    settled,
    () => 0,
    () => rate,
  );
}

/** Everyone pays on the due date: a date without chances. */
export function fitTerms(): Model {
  return {
    forecast: ({ invoice }): Forecast => {
      const at = Math.max(0, termsOf(invoice));
      const curve: Curve = { days: Float64Array.of(at - 1, at), paid: Float64Array.of(0, 1) };
      return { curve, pLate: 0 };
    },
  };
}

/** Each customer pays as it did, drawn towards all of them: the day announced is the plain mean, as a spreadsheet would say it. */
export function fitCustomerMean(samples: readonly Sample[]): Model {
  return locationModel(
    settledOf(samples),
    (start) => customerMeans(start).days,
    (start) => customerMeans(start).lateRate,
    'as-said',
  );
}

/** Ridge regression of the days, logistic regression of being late. */
export function fitRegressions(samples: readonly Sample[]): Model {
  const settled = settledOf(samples);
  const encoder = fitEncoder(settled.map((s) => s.start));
  const row = (start: Start): Float64Array => Float64Array.of(1, ...encoder.encode(start));
  const x = matrixOf(
    settled.map((s) => row(s.start)),
    encoder.names.length + 1,
  );
  const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, v, j) => sum + v * (b[j] as number), 0);
  const late = fitLogistic(
    x,
    settled.map((s) => (wasLate(s) ? 1 : 0)),
    RIDGE,
  );
  const days = fitRidge(
    x,
    settled.map((s) => s.seen.days),
    RIDGE,
  );
  return locationModel(
    settled,
    (start) => dot(row(start), days),
    (start) => sigmoid(dot(row(start), late)),
  );
}
