import type { Action } from '../advice/actions.ts';
import { type Counts, kappaOf, type Learnt, shrinkLevels } from '../advice/learning.ts';
import { betaQuantile } from './beta.ts';
import { type ClosedCase, worked } from './closed-case.ts';

/**
 * What each step yielded in the user's own cases. These are rates of the cases where the step was taken, in the order it was taken:
 * never what the step causes. The harder a case, the more steps it got.
 */
export interface StepRecord {
  readonly action: Action;
  readonly cases: number;
  readonly successes: number;
  /** cents, over all those cases */
  readonly receivedCents: bigint;
  readonly costCents: bigint;
  readonly minutes: number;
  /** share that settled the case, and the interval that holds it nine times in ten, from these cases alone */
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The interval of a rate by a uniform start: what the counts alone say. When every case went the same way it runs to that end, so that
 * the rate seen is always inside.
 */
export function rateInterval({ successes, cases }: Counts, level = 0.9): { readonly low: number; readonly high: number } {
  const [a, b] = [successes + 1, cases - successes + 1];
  if (cases > 0 && successes === 0) return { low: 0, high: betaQuantile(level, a, b) };
  if (cases > 0 && successes === cases) return { low: betaQuantile(1 - level, a, b), high: 1 };
  return { low: betaQuantile((1 - level) / 2, a, b), high: betaQuantile((1 + level) / 2, a, b) };
}

const countsOf = (cases: readonly ClosedCase[], action: Action): Counts => {
  let [n, successes] = [0, 0];
  for (const c of cases) {
    // A step repeated on a case counts each time it was taken.
    c.steps.forEach((step, at) => {
      if (step.action !== action) return;
      n += 1;
      if (worked(c, at)) successes += 1;
    });
  }
  return { cases: n, successes };
};

/** The record of each step taken at least once, most frequent first. */
export function stepRecords(cases: readonly ClosedCase[]): StepRecord[] {
  const actions = new Set(cases.flatMap((c) => c.steps.map((s) => s.action)));
  return [...actions]
    .map((action): StepRecord => {
      const counts = countsOf(cases, action);
      const steps = cases.flatMap((c) => c.steps.filter((s) => s.action === action));
      return {
        action,
        ...counts,
        receivedCents: steps.reduce((sum, s) => sum + s.receivedCents, 0n),
        costCents: steps.reduce((sum, s) => sum + s.costCents, 0n),
        minutes: steps.reduce((sum, s) => sum + s.minutes, 0),
        rate: counts.successes / counts.cases,
        ...rateInterval(counts),
      };
    })
    .sort((a, b) => b.cases - a.cases || (a.action < b.action ? -1 : 1));
}

/** How much each level is drawn to the one above. Levels with thirty groups or more learn theirs instead. */
export interface Kappas {
  readonly action: number;
  readonly customer: number;
}

/** What is believed of a step's rate for one debtor, from the widest level to the narrowest. */
export interface LearntRate {
  readonly action: Action;
  /** the default it starts from */
  readonly start: number;
  readonly user: Learnt & Counts;
  readonly segment?: Learnt & Counts & { readonly name: string };
  readonly customer?: Learnt & Counts;
  /** the narrowest of these, and the interval that holds it nine times in ten */
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Whose rate is asked for. */
export interface Whose {
  readonly segment?: string;
  readonly customer?: string;
}

/**
 * Default → user → segment → customer: each level starts from the one above and moves away only as far as its own cases carry it. The
 * interval is the credible one of the last level.
 */
export function learntRate(
  cases: readonly ClosedCase[],
  action: Action,
  start: number,
  kappas: Kappas,
  whose: Whose = {},
): LearntRate {
  const bySegment = groups(cases, action, (c) => c.segment);
  const byCustomer = groups(cases, action, (c) => c.customer);
  const none: Counts = { cases: 0, successes: 0 };
  const segment = whose.segment === undefined ? none : (bySegment.get(whose.segment) ?? none);
  const customer = whose.customer === undefined ? none : (byCustomer.get(whose.customer) ?? none);
  const levels = [
    { ...countsOf(cases, action), kappa: kappas.action },
    { ...segment, kappa: kappaOf([...bySegment.values()]) ?? kappas.action },
    { ...customer, kappa: kappaOf([...byCustomer.values()]) ?? kappas.customer },
  ] as const;
  const [user, ofSegment, ofCustomer] = shrinkLevels(start, levels) as [Learnt, Learnt, Learnt];
  const last = customer.cases > 0 ? 2 : segment.cases > 0 ? 1 : 0;
  const above = last === 0 ? start : last === 1 ? user.mean : ofSegment.mean;
  const { kappa, successes, cases: n } = levels[last];
  const [a, b] = [kappa * above + successes, kappa * (1 - above) + n - successes];
  return {
    action,
    start,
    user: { ...user, ...countsOf(cases, action) },
    ...(whose.segment === undefined || segment.cases === 0 ? {} : { segment: { ...ofSegment, ...segment, name: whose.segment } }),
    ...(customer.cases === 0 ? {} : { customer: { ...ofCustomer, ...customer } }),
    mean: ofCustomer.mean,
    low: betaQuantile(0.05, a, b),
    high: betaQuantile(0.95, a, b),
  };
}

function groups(cases: readonly ClosedCase[], action: Action, key: (c: ClosedCase) => string | undefined): Map<string, Counts> {
  const found = new Map<string, ClosedCase[]>();
  for (const c of cases) {
    const name = key(c);
    if (name === undefined) continue;
    const own = found.get(name);
    if (own) own.push(c);
    else found.set(name, [c]);
  }
  return new Map([...found].map(([name, own]) => [name, countsOf(own, action)]));
}
