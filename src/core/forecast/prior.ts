import type { Start } from './features.ts';
import { KAPPA_RATE, termsOf } from './features.ts';
import { forecastOf, PERIOD_ENDS, type Period, periodsOf } from './hazard.ts';
import type { Model, Sample } from './models.ts';

/**
 * P(paid by) at the end of each period around the due date, for a firm that invoices at thirty days and knows nothing of its customers.
 * Published (Altares 2024): 48,7 % on the due date, 7,6 % beyond thirty days, thirteen days late on average. What lies between those
 * points is expert: a shape that respects them.
 */
const PUBLISHED: readonly number[] = [
  ...[0, 0.003, 0.006, 0.01, 0.02, 0.04, 0.07, 0.11, 0.17, 0.27, 0.487],
  ...[0.62, 0.72, 0.8, 0.855, 0.895, 0.924, 0.934, 0.943, 0.951, 0.965, 0.972, 0.977, 0.981, 0.987, 0.993],
];

/** The share of each period's payments among those still unpaid when it begins. */
export const PUBLISHED_HAZARDS: readonly number[] = PUBLISHED.map((by, k) => {
  const before = k > 0 ? (PUBLISHED[k - 1] as number) : 0;
  return (by - before) / (1 - before);
});

/** How many invoices the published curve is worth against those seen. */
export const KAPPA_CURVE = 20;
/** A customer's late rate is never believed beyond this, either way. */
const SURE = 0.02;
const DUE = PERIOD_ENDS.indexOf(0);

/**
 * The published curve, corrected by what was seen: each period's hazard is drawn from the published one towards the observed share
 * (worth twenty invoices), then the whole curve is bent so that its chance of being late is the customer's own, drawn towards all
 * (worth three). Says something from the first invoice on; with none at all it is the published curve.
 */
export function fitPrior(samples: readonly Sample[]): Model {
  const events = new Float64Array(PERIOD_ENDS.length);
  const atRisk = new Float64Array(PERIOD_ENDS.length);
  for (const { start, seen } of samples) {
    for (const { index, to } of periodsOf(termsOf(start.invoice))) {
      if (seen.watched < to) break;
      atRisk[index] = (atRisk[index] as number) + 1;
      if (!seen.paid || seen.days > to) continue;
      events[index] = (events[index] as number) + 1;
      break;
    }
  }
  const hazards = PUBLISHED_HAZARDS.map(
    (h, k) => (KAPPA_CURVE * h + (events[k] as number)) / (KAPPA_CURVE + (atRisk[k] as number)),
  );
  const late = hazards.slice(0, DUE + 1).reduce((left, h) => left * (1 - h), 1);
  return {
    forecast: (start) => {
      const bend = bendOf(start, late);
      return forecastOf(start, ({ index }: Period) => 1 - (1 - (hazards[index] as number)) ** bend);
    },
  };
}

/** The power to which survival is raised so that the customer is late as often as its own past, drawn towards all, says. */
function bendOf({ asOf }: Start, late: number): number {
  if (asOf.settled === 0) return 1;
  const own = (KAPPA_RATE * late + asOf.late) / (KAPPA_RATE + asOf.settled);
  return Math.log(Math.min(1 - SURE, Math.max(SURE, own))) / Math.log(late);
}
