/** Rates learnt from closed cases. These are rates under the steps actually taken: never read as what a step causes. */

export interface Learnt {
  readonly mean: number;
  /** the share of the mean that comes from the cases themselves, 0 to 1 */
  readonly weight: number;
}

/**
 * A rate shrunk towards a starting one: (κ·start + successes) / (κ + cases). κ is how many cases the start is worth.
 * Throws a RangeError on counts that make no sense.
 */
export function betaBinomial(start: number, kappa: number, successes: number, cases: number): Learnt {
  if (!(cases >= 0 && successes >= 0 && successes <= cases)) throw new RangeError(`${successes} successes of ${cases} cases`);
  if (cases === 0) return { mean: start, weight: 0 };
  return { mean: (kappa * start + successes) / (kappa + cases), weight: cases / (kappa + cases) };
}

export interface Counts {
  readonly successes: number;
  readonly cases: number;
}

/** Default → user → segment → customer: each level starts from the one above, with the κ of its own. */
export function shrinkLevels(start: number, levels: readonly (Counts & { readonly kappa: number })[]): readonly Learnt[] {
  let from = start;
  return levels.map(({ kappa, successes, cases }) => {
    const learnt = betaBinomial(from, kappa, successes, cases);
    from = learnt.mean;
    return learnt;
  });
}

/** The fewest groups from which κ is estimated rather than taken by default. */
const GROUPS_FOR_KAPPA = 30;

/**
 * How alike groups are, as the κ that makes their counts likeliest (Beta-Binomial marginal, golden section on log κ between
 * 0.05 and 2 000). `undefined` below 30 groups with cases: use the default then.
 */
export function kappaOf(groups: readonly Counts[]): number | undefined {
  const used = groups.filter((g) => g.cases > 0);
  if (used.length < GROUPS_FOR_KAPPA) return undefined;
  const cases = used.reduce((sum, g) => sum + g.cases, 0);
  const mean = used.reduce((sum, g) => sum + g.successes, 0) / cases;
  if (mean <= 0 || mean >= 1) return undefined;
  const score = (logKappa: number): number => {
    const kappa = Math.exp(logKappa);
    return used.reduce(
      (sum, g) =>
        sum +
        logRising(kappa * mean, g.successes) +
        logRising(kappa * (1 - mean), g.cases - g.successes) -
        logRising(kappa, g.cases),
      0,
    );
  };
  const golden = (Math.sqrt(5) - 1) / 2;
  let [lo, hi] = [Math.log(0.05), Math.log(2000)];
  let [a, b] = [hi - golden * (hi - lo), lo + golden * (hi - lo)];
  let [fa, fb] = [score(a), score(b)];
  for (let i = 0; i < 60; i += 1) {
    if (fa < fb) {
      [lo, a, fa] = [a, b, fb];
      b = lo + golden * (hi - lo);
      fb = score(b);
    } else {
      [hi, b, fb] = [b, a, fa];
      a = hi - golden * (hi - lo);
      fa = score(a);
    }
  }
  return Math.exp((lo + hi) / 2);
}

/** log of x·(x+1)·…·(x+n−1) */
function logRising(x: number, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i += 1) sum += Math.log(x + i);
  return sum;
}

/** The same chance moved by `shift` on the logit scale; 0 and 1 stay. */
export function shiftLogit(chance: number, shift: number): number {
  if (chance <= 0 || chance >= 1) return chance;
  return 1 / (1 + Math.exp(-(Math.log(chance / (1 - chance)) + shift)));
}

/**
 * The one shift that brings a rate to its target: `rate` must grow with the shift. Sixty halvings between −12 and 12; the nearer
 * end when the target is out of reach. How type-level tables learn without pretending to know each type.
 */
export function calibrateShift(rate: (shift: number) => number, target: number): number {
  let [lo, hi] = [-12, 12];
  for (let i = 0; i < 60; i += 1) {
    const middle = (lo + hi) / 2;
    if (rate(middle) < target) lo = middle;
    else hi = middle;
  }
  return (lo + hi) / 2;
}
