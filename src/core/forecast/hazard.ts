import { type Curve, paidBy } from './curve.ts';
import { customerMeans, fitEncoder, HISTORY_COLUMNS, type Start, termsOf } from './features.ts';
import { matrixOf } from './linear.ts';
import type { Forecast, Model, Sample } from './models.ts';
import { fitLogistic, sigmoid } from './regression.ts';

/** The penalty on every coefficient but the constant. */
export const RIDGE = 3;

/**
 * Periods around the due date, by their last day (0 is the due date itself): five days wide where most payments fall, wider far from
 * it. An invoice of any terms has its due date at the end of a period, so that "late" is never cut through the middle of one.
 */
export const PERIOD_ENDS: readonly number[] = [
  -60, -50, -40, -35, -30, -25, -20, -15, -10, -5, 0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 60, 75, 90, 120, 180, 365,
];

/** Days since the start, in classes: an invoice entered late is not paid the same day because its due date is past. */
const SINCE: readonly number[] = [2, 7, 14, 30, 60];

/** One period of one invoice: days `from` (excluded) to `to` (included) since its start. */
export interface Period {
  readonly index: number;
  readonly from: number;
  readonly to: number;
}

/** The periods of an invoice from its start on; the first begins on the eve, so that payment on the first day counts. */
export function periodsOf(terms: number): Period[] {
  const periods: Period[] = [];
  PERIOD_ENDS.forEach((end, index) => {
    const to = terms + end;
    if (to < 0) return;
    periods.push({ index, from: periods.at(-1)?.to ?? -1, to });
  });
  // Entered more than a year after its due date: one long period.
  return periods.length > 0 ? periods : [{ index: PERIOD_ENDS.length - 1, from: -1, to: 365 }];
}

/** The numbers of one person-period: constant, period, days since the start, the invoice, its history after the due date. */
function periodRow(features: Float64Array, means: { readonly days: number }, period: Period): Float64Array {
  const row = new Float64Array(columnsFor(features.length));
  row[0] = 1;
  row[1 + period.index] = 1;
  let at = 1 + PERIOD_ENDS.length;
  const since = SINCE.findIndex((end) => period.to <= end);
  row[at + (since < 0 ? SINCE.length : since)] = 1;
  at += SINCE.length + 1;
  row.set(shapeOf(period.from, period.to, means.days), at);
  at += 3;
  row.set(features, at);
  at += features.length;
  if ((PERIOD_ENDS[period.index] as number) > 0)
    HISTORY_COLUMNS.forEach((column, k) => {
      row[at + k] = features[column] as number;
    });
  return row;
}

/** How long a period is, and how far past the customer's own mean it ends, within two months: as such, and only when it is past. */
function shapeOf(from: number, to: number, meanDays: number): readonly [number, number, number] {
  const beyond = (to - meanDays) / 20;
  return [Math.log((to - from) / 5), Math.max(-3, Math.min(3, beyond)), Math.min(3, Math.max(0, beyond))];
}

const columnsFor = (features: number): number =>
  1 + PERIOD_ENDS.length + SINCE.length + 1 + 3 + features + HISTORY_COLUMNS.length;

/** What turns an invoice into the row of each of its periods. */
export type RowsOf = (start: Start) => (period: Period) => Float64Array;

/**
 * The person-period rows of the samples, and whether each ended in a payment. A period counts only if it was watched to its end: one
 * that is cut short would show its payments and hide those who had not paid yet.
 */
export function personPeriods(samples: readonly Sample[], rowsOf: RowsOf): { rows: Float64Array[]; paid: number[] } {
  const rows: Float64Array[] = [];
  const paid: number[] = [];
  for (const { start, seen } of samples) {
    const rowOf = rowsOf(start);
    for (const period of periodsOf(termsOf(start.invoice))) {
      if (seen.watched < period.to) break;
      const ends = seen.paid && seen.days <= period.to;
      rows.push(rowOf(period));
      paid.push(ends ? 1 : 0);
      if (ends) break;
    }
  }
  return { rows, paid };
}

/** The curve that hazards by period make. */
export function curveOfHazards(periods: readonly Period[], hazards: readonly number[]): Curve {
  const days = new Float64Array(periods.length + 1);
  const paid = new Float64Array(periods.length + 1);
  days[0] = -1;
  let left = 1;
  periods.forEach((period, k) => {
    left *= 1 - (hazards[k] as number);
    days[k + 1] = period.to;
    paid[k + 1] = 1 - left;
  });
  return { days, paid };
}

/** P(paid after the due date), read off a curve. */
export const lateFrom = (curve: Curve, terms: number): number => 1 - (terms < 0 ? 0 : paidBy(curve, terms));

/** The forecast that a hazard by period makes of an invoice. */
export function forecastOf(start: Start, hazard: (period: Period) => number): Forecast {
  const periods = periodsOf(termsOf(start.invoice));
  const curve = curveOfHazards(periods, periods.map(hazard));
  return { pLate: lateFrom(curve, termsOf(start.invoice)), curve };
}

/** Discrete-time hazard: a pooled logistic regression over person-periods, ridge 3. Open invoices count as far as they were seen. */
export function fitHazard(samples: readonly Sample[]): Model {
  const encoder = fitEncoder(samples.map((s) => s.start));
  const rowsOf: RowsOf = (start) => {
    const features = encoder.encode(start);
    const means = customerMeans(start);
    return (period) => periodRow(features, means, period);
  };
  const { rows, paid } = personPeriods(samples, rowsOf);
  const coefficients = fitLogistic(matrixOf(rows, columnsFor(encoder.names.length)), paid, RIDGE);
  return {
    forecast: (start) => {
      const score = scoreOf(coefficients, encoder.encode(start), customerMeans(start).days);
      return forecastOf(start, (period) => sigmoid(score(period)));
    },
  };
}

/**
 * The dot product of the coefficients with the row of each period, without making the rows: most of it is the same from one period to
 * the next, and a large book asks for millions of them.
 */
function scoreOf(coefficients: Float64Array, features: Float64Array, meanDays: number): (period: Period) => number {
  const since0 = 1 + PERIOD_ENDS.length;
  const shape = since0 + SINCE.length + 1;
  const features0 = shape + 3;
  const history0 = features0 + features.length;
  const at = (j: number): number => coefficients[j] as number;
  let always = at(0);
  for (let j = 0; j < features.length; j += 1) always += at(features0 + j) * (features[j] as number);
  let afterDue = 0;
  HISTORY_COLUMNS.forEach((column, k) => {
    afterDue += at(history0 + k) * (features[column] as number);
  });
  return ({ index, from, to }) => {
    const since = SINCE.findIndex((end) => to <= end);
    const [length, beyond, past] = shapeOf(from, to, meanDays);
    return (
      always +
      at(1 + index) +
      at(since0 + (since < 0 ? SINCE.length : since)) +
      at(shape) * length +
      at(shape + 1) * beyond +
      at(shape + 2) * past +
      ((PERIOD_ENDS[index] as number) > 0 ? afterDue : 0)
    );
  };
}
