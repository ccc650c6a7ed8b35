import type { AdviceClaim } from '../advice/claim.ts';
import { eurosOf } from '../advice/claim.ts';
import { legalFactsOf } from '../advice/legal.ts';
import { type DecisionParams, PARAM_IDS, withUserValues } from '../advice/params.ts';
import { GraphCache, type LegalFacts, type Problem, solveClaim } from '../advice/problem.ts';
import { perfectInformation } from '../advice/value-of-information.ts';
import { bootstrapBy, type Interval } from '../forecast/bootstrap.ts';
import { randomFrom } from '../forecast/random.ts';
import { worthOfPolicy } from './follow.ts';
import { ADVICE_POLICY, POLICIES, type Policy } from './policy.ts';

/** A claim of a portfolio, real or made up, with what the law needs to know of it. */
export interface Replayed {
  readonly claim: AdviceClaim;
  readonly legal: LegalFacts;
}

/** What a policy is worth over a portfolio. Euros a claim, shares of the face value. */
export interface PolicyResult {
  readonly id: string;
  readonly label: string;
  readonly netPerClaim: Interval;
  readonly shareOfFace: Interval;
  /** what ours adds to it, euros a claim, on the same draws of claims */
  readonly shortOfAdvice: Interval;
}

export interface Simulation {
  readonly claims: number;
  readonly face: number;
  readonly policies: readonly PolicyResult[];
  /** what knowing each debtor's type for sure would reach: out of reach, the yardstick of what is left to gain */
  readonly informed: number;
}

export interface SimulateOptions {
  readonly policies?: readonly Policy[];
  /** the figures policies believe in, when they differ from the true ones */
  readonly believed?: DecisionParams;
  readonly draws?: number;
  readonly seed?: number;
}

/** Claims given by themselves alone, with the legal facts of their kind. */
export const replayOf = (claims: readonly AdviceClaim[]): Replayed[] =>
  claims.map((claim) => ({ claim, legal: legalFactsOf(claim) }));

/**
 * Replays a portfolio under each policy, exactly: the only chance is which claims the portfolio holds, and the intervals (90 %) say
 * how much that matters. Everything is inside the model: a comparison of policies, not evidence about debtors. Claims whose
 * insolvency is published are left out: there is nothing to choose but to declare.
 */
export function simulate(replayed: readonly Replayed[], truth: DecisionParams, options: SimulateOptions = {}): Simulation {
  const steps = simulating(replayed, truth, options);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/**
 * The same, stopping after each claim so that who runs it may do other things meanwhile. Answered `stop`, it goes no further: the
 * result is then that of the claims replayed so far, the first ones.
 */
export function* simulating(
  replayed: readonly Replayed[],
  truth: DecisionParams,
  options: SimulateOptions = {},
): Generator<number, Simulation, 'stop' | undefined> {
  const { policies = POLICIES, believed = truth, draws = 300, seed = 11 } = options;
  const cache = new GraphCache();
  const wanted = replayed.filter(({ claim }) => claim.solvency !== 'published');
  const found = policies.map((): number[] => []);
  const best: number[] = [];
  let informed = 0;
  for (const { claim, legal } of wanted) {
    const real = solveClaim(claim, legal, truth, cache);
    const thought: Problem = believed === truth ? real : solveClaim(claim, legal, believed, cache);
    informed += (real.solved.worth[0] as number) + perfectInformation(real);
    const net = (policy: Policy): number => worthOfPolicy(real, policy.for(thought));
    policies.forEach((policy, p) => {
      found[p]?.push(net(policy));
    });
    best.push(net(ADVICE_POLICY));
    if ((yield best.length) === 'stop') break;
  }
  const used = wanted.slice(0, best.length);
  const faces = Float64Array.from(used, ({ claim }) => eurosOf(claim.principal));
  const nets = found.map((values) => Float64Array.from(values));
  const advice = Float64Array.from(best);
  const sum = (values: Float64Array, weights: Float64Array): number =>
    values.reduce((total, v, i) => total + v * (weights[i] as number), 0);
  const ids = used.map((_, i) => String(i));
  return {
    claims: used.length,
    face: faces.reduce((a, b) => a + b, 0),
    informed: used.length > 0 ? informed / used.length : Number.NaN,
    policies: policies.map(({ id, label }, p) => {
      const own = nets[p] as Float64Array;
      const [netPerClaim, shareOfFace, shortOfAdvice] = bootstrapBy(
        ids,
        (w) => {
          const count = w.reduce((a, b) => a + b, 0);
          return [sum(own, w) / count, sum(own, w) / sum(faces, w), (sum(advice, w) - sum(own, w)) / count];
        },
        { draws, seed, level: 0.9 },
      ) as [Interval, Interval, Interval];
      return { id, label, netPerClaim, shareOfFace, shortOfAdvice };
    }),
  };
}

/**
 * The same figures, each off by chance: chances move on the logit scale, the rest on the logarithmic one, `noise` being the spread.
 * Durations, distributions and counts stay. To ask what the advice is worth when its figures are wrong.
 */
export function perturbed(params: DecisionParams, noise: number, seed: number): DecisionParams {
  const random = randomFrom(seed);
  const move = (x: number): number => {
    if (x <= 0 || x >= 1) return x >= 1 ? x * Math.exp(noise * random.normal()) : x;
    return 1 / (1 + Math.exp(-(Math.log(x / (1 - x)) + noise * random.normal())));
  };
  const own: Record<string, unknown> = {};
  for (const id of PARAM_IDS) {
    const { value } = params.values[id];
    if (!MOVED.has(id)) continue;
    own[id] = Array.isArray(value) ? value.map(move) : move(value as number);
  }
  // A bailiff recovers all, half or nothing: all and half cannot exceed 1 together.
  const half = params.values.enfHalf.value;
  own.enfFull = (own.enfFull as number[]).map((full, t) => Math.min(full, 1 - (half[t] ?? 0)));
  const moved = withUserValues(params, own);
  if (!moved.ok) throw new Error(moved.refusal.message);
  return moved.value;
}

/** The chances and costs of steps: what nobody knows well. */
const MOVED: ReadonlySet<string> = new Set([
  ...['pE', 'pC', 'pM', 'pW', 'planAcc', 'planDone', 'credAcc', 'mdnAcc', 'agyAcc', 'psrAcc', 'ipAcc', 'ipPay', 'ipOpp'],
  ...['refWin', 'refPay', 'suitWin', 'suitWinD', 'suitWinB', 'suitPay', 'enfFull', 'prior0', 'gMonth', 'lamMonth'],
  ...['refCash', 'suitCash', 'enfCash', 'ipServe', 'ipFile', 'agyFee'],
]);
