import { randomFrom } from './random.ts';

/** A figure and the interval that holds it nine times in ten when the customers are drawn again. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface BootstrapOptions {
  readonly draws: number;
  readonly seed: number;
  /** the share of the draws inside the interval */
  readonly level: number;
}

export const BOOTSTRAP: BootstrapOptions = { draws: 300, seed: 20261121, level: 0.9 };

/**
 * Intervals of several figures by drawing whole customers with replacement: invoices of one customer resemble each other, and an
 * interval that forgets it is too narrow. `figures` gets a weight per row; figures computed together share their draws.
 */
export function bootstrapBy(
  clusters: readonly string[],
  figures: (weights: Float64Array) => readonly number[],
  { draws, seed, level }: BootstrapOptions = BOOTSTRAP,
): Interval[] {
  const ids = [...new Set(clusters)];
  const place = new Map(ids.map((id, k) => [id, k]));
  const clusterOf = Int32Array.from(clusters, (id) => place.get(id) as number);
  const random = randomFrom(seed);
  const values = figures(new Float64Array(clusters.length).fill(1));
  const seen = values.map(() => [] as number[]);
  for (let d = 0; d < draws; d += 1) {
    const times = new Float64Array(ids.length);
    for (let k = 0; k < ids.length; k += 1) {
      const drawn = random.whole(ids.length);
      times[drawn] = (times[drawn] as number) + 1;
    }
    const weights = Float64Array.from(clusterOf, (c) => times[c] as number);
    figures(weights).forEach((value, j) => {
      if (Number.isFinite(value)) seen[j]?.push(value);
    });
  }
  return values.map((value, j) => {
    const sorted = (seen[j] ?? []).sort((a, b) => a - b);
    return { value, low: quantileOf(sorted, (1 - level) / 2), high: quantileOf(sorted, (1 + level) / 2) };
  });
}

/** The quantile of sorted values, straight between ranks; NaN of none. */
export function quantileOf(sorted: ArrayLike<number>, p: number): number {
  if (sorted.length === 0) return Number.NaN;
  const at = p * (sorted.length - 1);
  const [lo, hi] = [sorted[Math.floor(at)] as number, sorted[Math.ceil(at)] as number];
  return lo + (at - Math.floor(at)) * (hi - lo);
}

/** The mean of clustered values and its standard error (linearised, clusters drawn whole). */
export function clusteredMean(values: ArrayLike<number>, clusters: readonly string[]): { mean: number; error: number } {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; i += 1) sum += values[i] as number;
  const mean = sum / n;
  const gaps = new Map<string, number>();
  for (let i = 0; i < n; i += 1) {
    const id = clusters[i] as string;
    gaps.set(id, (gaps.get(id) ?? 0) + (values[i] as number) - mean);
  }
  const k = gaps.size;
  const squares = [...gaps.values()].reduce((total, gap) => total + gap * gap, 0);
  return { mean, error: k > 1 ? Math.sqrt((squares * k) / (k - 1)) / n : Number.POSITIVE_INFINITY };
}
