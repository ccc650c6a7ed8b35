import { locationModel, settledOf, wasLate } from './baselines.ts';
import { customerMeans, fitEncoder } from './features.ts';
import { forecastOf, PERIOD_ENDS, personPeriods, type RowsOf } from './hazard.ts';
import type { Model, Sample } from './models.ts';
import { type BoostOptions, fitBoosted } from './trees.ts';

const SMALL: Omit<BoostOptions, 'loss'> = { trees: 120, rate: 0.08, depth: 3, leafAtLeast: 15 };

/** Boosted trees for the days, and for being late. */
export function fitBoosting(samples: readonly Sample[]): Model {
  const settled = settledOf(samples);
  const encoder = fitEncoder(settled.map((s) => s.start));
  const rows = settled.map((s) => encoder.encode(s.start));
  const late = fitBoosted(
    rows,
    settled.map((s) => (wasLate(s) ? 1 : 0)),
    { ...SMALL, loss: 'logistic' },
  );
  const days = fitBoosted(
    rows,
    settled.map((s) => s.seen.days),
    { ...SMALL, loss: 'squares' },
  );
  return locationModel(
    settled,
    (start) => days(encoder.encode(start)),
    (start) => late(encoder.encode(start)),
  );
}

/** A hazard by period made of trees instead of a regression. Used only inside the average: alone it drifts on small books. */
export function fitBoostedHazard(samples: readonly Sample[]): Model {
  const encoder = fitEncoder(samples.map((s) => s.start));
  const rowsOf: RowsOf = (start) => {
    const features = encoder.encode(start);
    const { days } = customerMeans(start);
    return ({ index, from, to }) => Float64Array.of(PERIOD_ENDS[index] as number, to, to - from, to - days, ...features);
  };
  const { rows, paid } = personPeriods(samples, rowsOf);
  const hazard = fitBoosted(rows, paid, { ...SMALL, loss: 'logistic' });
  return {
    forecast: (start) => {
      const rowOf = rowsOf(start);
      return forecastOf(start, (period) => hazard(rowOf(period)));
    },
  };
}
