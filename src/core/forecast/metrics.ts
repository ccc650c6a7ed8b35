/** Scores of forecasts. Every function takes weights, so that a bootstrap by customer only changes the weights. */

type Numbers = ArrayLike<number>;

const mean = (values: (i: number) => number, weights: Numbers): number => {
  let [sum, total] = [0, 0];
  for (let i = 0; i < weights.length; i += 1) {
    const w = weights[i] as number;
    if (w === 0) continue;
    sum += w * values(i);
    total += w;
  }
  return total > 0 ? sum / total : Number.NaN;
};

/** No forecast may be so sure that one miss costs everything. */
const SURE = 1e-6;

/** The log loss of one forecast of being late. */
export function logLossOf(p: number, late: number): number {
  const chance = Math.min(1 - SURE, Math.max(SURE, late === 1 ? p : 1 - p));
  return -Math.log(chance);
}

export const logLoss = (p: Numbers, late: Numbers, weights: Numbers): number =>
  mean((i) => logLossOf(p[i] as number, late[i] as number), weights);

export const brier = (p: Numbers, late: Numbers, weights: Numbers): number =>
  mean((i) => ((p[i] as number) - (late[i] as number)) ** 2, weights);

export const meanAbsoluteError = (predicted: Numbers, actual: Numbers, weights: Numbers): number =>
  mean((i) => Math.abs((predicted[i] as number) - (actual[i] as number)), weights);

/** The loss of a quantile at level `q`: what it costs to say it too low or too high. */
export const pinball = (predicted: Numbers, actual: Numbers, q: number, weights: Numbers): number =>
  mean((i) => {
    const miss = (actual[i] as number) - (predicted[i] as number);
    return Math.max(q * miss, (q - 1) * miss);
  }, weights);

/** The share of the actual days inside the band, ends included. */
export const coverage = (low: Numbers, high: Numbers, actual: Numbers, weights: Numbers): number =>
  mean((i) => ((actual[i] as number) >= (low[i] as number) && (actual[i] as number) <= (high[i] as number) ? 1 : 0), weights);

/** One class of announced chances: how many, the mean announced, the share that came true. */
export interface Reliability {
  readonly from: number;
  readonly to: number;
  readonly n: number;
  readonly announced: number;
  readonly observed: number;
}

/** Announced chances in ten classes of equal width, against what happened. Empty classes are left out. */
export function reliability(p: Numbers, late: Numbers, weights: Numbers, classes = 10): Reliability[] {
  const table = Array.from({ length: classes }, () => ({ n: 0, announced: 0, observed: 0 }));
  for (let i = 0; i < p.length; i += 1) {
    const cell = table[Math.min(classes - 1, Math.floor((p[i] as number) * classes))];
    const w = weights[i] as number;
    if (!cell || w === 0) continue;
    cell.n += w;
    cell.announced += w * (p[i] as number);
    cell.observed += w * (late[i] as number);
  }
  return table.flatMap(({ n, announced, observed }, k) =>
    n > 0 ? [{ from: k / classes, to: (k + 1) / classes, n, announced: announced / n, observed: observed / n }] : [],
  );
}

/** Expected calibration error: the mean gap of the table above, by number of cases. */
export function calibrationError(p: Numbers, late: Numbers, weights: Numbers): number {
  const table = reliability(p, late, weights);
  const total = table.reduce((sum, c) => sum + c.n, 0);
  return table.reduce((sum, c) => sum + (c.n / total) * Math.abs(c.announced - c.observed), 0);
}

/** Sums over ranks, in logarithmic time (Fenwick). */
class RankSums {
  readonly #sums: Float64Array;
  constructor(size: number) {
    this.#sums = new Float64Array(size + 1);
  }
  add(rank: number, weight: number): void {
    for (let i = rank + 1; i < this.#sums.length; i += i & -i) this.#sums[i] = (this.#sums[i] as number) + weight;
  }
  /** the weight at ranks below `rank` */
  below(rank: number): number {
    let sum = 0;
    for (let i = rank; i > 0; i -= i & -i) sum += this.#sums[i] as number;
    return sum;
  }
}

/** Dense ranks: equal values share one. */
function ranks(values: Numbers): { rank: Int32Array; size: number } {
  const sorted = [...new Set(Array.from(values))].sort((a, b) => a - b);
  const place = new Map(sorted.map((value, k) => [value, k]));
  return { rank: Int32Array.from(values, (v) => place.get(v) as number), size: sorted.length };
}

/** A score whose sorting was done once: a bootstrap asks it hundreds of times under other weights. */
export type Weighted = (weights: Numbers) => number;

/**
 * Harrell's C: among pairs whose order of payment is known, the share that `score` (larger = later) puts in order; ties count half.
 * `paid` is 0 for an invoice still open after `days`. n·log n. NaN when no pair can be compared.
 */
export function concordance(score: Numbers, days: Numbers, paid: Numbers): Weighted {
  const { rank, size } = ranks(score);
  const order = [...Array(days.length).keys()].sort((a, b) => (days[b] as number) - (days[a] as number));
  // Ends of the runs of equal days; within a run open ones come first, for they outlast those paid that day.
  const runs: { readonly open: readonly number[]; readonly paid: readonly number[] }[] = [];
  for (let next = 0; next < order.length; ) {
    let end = next;
    while (end < order.length && days[order[end] as number] === days[order[next] as number]) end += 1;
    const same = order.slice(next, end);
    runs.push({ open: same.filter((i) => paid[i] !== 1), paid: same.filter((i) => paid[i] === 1) });
    next = end;
  }
  return (weights) => {
    const sums = new RankSums(size);
    let [good, pairs, total] = [0, 0, 0];
    const enter = (i: number): void => {
      sums.add(rank[i] as number, weights[i] as number);
      total += weights[i] as number;
    };
    for (const run of runs) {
      run.open.forEach(enter);
      for (const i of run.paid) {
        const lower = sums.below(rank[i] as number);
        const notHigher = sums.below((rank[i] as number) + 1);
        good += (weights[i] as number) * (total - notHigher + (notHigher - lower) / 2);
        pairs += (weights[i] as number) * total;
      }
      run.paid.forEach(enter);
    }
    return pairs > 0 ? good / pairs : Number.NaN;
  };
}

/** Area under the ROC curve: the chance that a late invoice was announced likelier to be late than one on time; ties count half. */
export function areaUnderCurve(p: Numbers, late: Numbers): Weighted {
  // Being late is lasting longer: the pairs are those of a concordance over two durations.
  return concordance(p, late, new Float64Array(p.length).fill(1));
}
