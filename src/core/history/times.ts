/** How many noted times weigh as much as the starting figure: a handful of one's own says more than anybody's default. */
export const TIMES_KAPPA = 5;

/** What a step takes, from the times noted. Minutes. */
export interface LearntTime {
  readonly times: number;
  readonly average: number;
  readonly start: number;
  /** start and average, each with its weight */
  readonly mean: number;
  /** the share of one's own in it */
  readonly weight: number;
}

/** The time of a step: drawn from its starting figure towards the average of those noted, as far as their number carries it. */
export function learntTime(minutes: readonly number[], start: number): LearntTime | undefined {
  const times = minutes.length;
  if (times === 0) return undefined;
  const average = minutes.reduce((sum, m) => sum + m, 0) / times;
  const weight = times / (TIMES_KAPPA + times);
  return { times, average, start, mean: start + weight * (average - start), weight };
}

/** A page left open longer than this measures something else than the step. Minutes. */
const LONGEST_MEASURED = 60;

/** Minutes to propose for a step, and whether they were measured: between opening and noting where that is credible, else the figure. */
export function proposedMinutes(
  measured: number | undefined,
  figure: number,
): { readonly minutes: number; readonly measured: boolean } {
  const whole = measured === undefined ? 0 : Math.floor(measured);
  if (whole >= 1 && whole <= LONGEST_MEASURED) return { minutes: whole, measured: true };
  return { minutes: Math.max(1, Math.round(figure)), measured: false };
}
