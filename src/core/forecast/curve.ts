/**
 * When an invoice gets paid, as one curve: P(paid within t days of the start), rising, straight between its knots. Every figure
 * of a forecast (late or not, median, band) is read off the same curve, so that they never contradict each other.
 */
export interface Curve {
  /** days since the start, increasing; the curve is 0 at the first */
  readonly days: Float64Array;
  /** P(paid by then), from 0, never decreasing; the last may stay under 1: some are never paid */
  readonly paid: Float64Array;
}

/** P(paid within `t` days). */
export function paidBy({ days, paid }: Curve, t: number): number {
  const last = days.length - 1;
  if (t <= (days[0] as number)) return paid[0] as number;
  if (t >= (days[last] as number)) return paid[last] as number;
  let [lo, hi] = [0, last];
  while (hi - lo > 1) {
    const middle = (lo + hi) >> 1;
    if ((days[middle] as number) <= t) lo = middle;
    else hi = middle;
  }
  const [a, b] = [days[lo] as number, days[hi] as number];
  const share = b > a ? (t - a) / (b - a) : 1;
  return (paid[lo] as number) + share * ((paid[hi] as number) - (paid[lo] as number));
}

/** The day by which a share `p` of such invoices is paid; +∞ when that many never are. */
export function quantile({ days, paid }: Curve, p: number): number {
  const last = days.length - 1;
  if (p > (paid[last] as number)) return Number.POSITIVE_INFINITY;
  let [lo, hi] = [-1, last];
  while (hi - lo > 1) {
    const middle = (lo + hi) >> 1;
    if ((paid[middle] as number) >= p) hi = middle;
    else lo = middle;
  }
  if (hi === 0) return days[0] as number;
  const [from, to] = [paid[hi - 1] as number, paid[hi] as number];
  const share = to > from ? (p - from) / (to - from) : 1;
  return (days[hi - 1] as number) + share * ((days[hi] as number) - (days[hi - 1] as number));
}

/** The mean number of days, counting no more than the last knot for what is not paid by then. */
export function restrictedMean({ days, paid }: Curve): number {
  let sum = Math.max(0, days[0] as number);
  for (let k = 1; k < days.length; k += 1) {
    const width = Math.max(0, days[k] as number) - Math.max(0, days[k - 1] as number);
    sum += width * (1 - ((paid[k] as number) + (paid[k - 1] as number)) / 2);
  }
  return sum;
}

/** The same curve knowing that nothing was paid during the first `age` days; days still count from the start. */
export function givenUnpaid(curve: Curve, age: number): Curve {
  const before = paidBy(curve, age);
  const left = 1 - before;
  const first = curve.days.findIndex((day) => day > age);
  // A curve by which all should have paid expects the payment at once; one that has ended short of all expects nothing more.
  if (left < 1e-9) return { days: Float64Array.of(age, age + 1), paid: Float64Array.of(0, 1) };
  if (first < 0) return { days: Float64Array.of(age, age + 1), paid: new Float64Array(2) };
  const days = new Float64Array(curve.days.length - first + 1);
  const paid = new Float64Array(days.length);
  days[0] = age;
  for (let k = first; k < curve.days.length; k += 1) {
    days[k - first + 1] = curve.days[k] as number;
    paid[k - first + 1] = ((curve.paid[k] as number) - before) / left;
  }
  return { days, paid };
}

const STEPS = 100;

/**
 * The curve of a number of days equal to `location` plus one of `residuals` (sorted), never before the start. A whole day stands for
 * the half day on either side of it, so that reading a day off the curve rounds to the nearest.
 */
export function aroundLocation(location: number, residuals: Float64Array): Curve {
  const days = new Float64Array(STEPS + 1);
  const paid = new Float64Array(STEPS + 1);
  for (let k = 0; k <= STEPS; k += 1) {
    const at = (k / STEPS) * (residuals.length - 1);
    const [lo, hi] = [residuals[Math.floor(at)] as number, residuals[Math.ceil(at)] as number];
    days[k] = Math.max(0, location + lo + (at - Math.floor(at)) * (hi - lo)) - 0.5;
    paid[k] = k / STEPS;
  }
  return { days, paid };
}
