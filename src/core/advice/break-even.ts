import { type Action, rankOf } from './actions.ts';
import { type AdviceClaim, centsOf, eurosOf } from './claim.ts';
import { gateSignature, lawGate } from './gate.ts';
import type { DecisionParams } from './params.ts';
import { contextOf, type GraphCache, gateFactsOf, type LegalFacts, type Problem, solveClaim } from './problem.ts';
import { newSolution, optionsNow, permissionsOf, reachable, solve } from './solve.ts';

/** Cents; or a step that never pays, or pays from the first euro. */
export type BreakEven = bigint | 'never' | 'always';

/**
 * A step is weighed once the gentler ones are behind, and a court step once the whole amicable road is: otherwise its threshold
 * would be that of another step that could still be taken instead.
 */
const COURT: ReadonlySet<Action> = new Set<Action>(['IP', 'REFERE', 'SUIT', 'ENFORCE']);
const AMICABLE: readonly Action[] = ['WAIT', 'EMAIL', 'CALL', 'PLAN', 'CREDIT', 'MEDIATION', 'AGENCY', 'PSR'];

const LEAST = 1;
const MOST = 1_000_000;

/**
 * The claim's problem at other amounts and with other refusals. Its own graph serves wherever it holds the steps that are open there:
 * what is closed besides is closed by the permissions, and only the states that are left are solved.
 */
function solvingAt({ graph, numbers, instance }: Problem, legal: LegalFacts, params: DecisionParams, cache: GraphCache) {
  const scratch = newSolution(graph);
  const states = new Map<string, { readonly permissions: Uint8Array; readonly within: Int32Array }>();
  return (claim: AdviceClaim): ReadonlyMap<Action, number> => {
    const facts = gateFactsOf(claim, legal, numbers);
    const gate = lawGate(facts);
    const { open, ...own } = contextOf(claim, numbers, gate);
    const { open: held, ...known } = graph.context;
    if ((open & ~held) !== 0 || JSON.stringify(own) !== JSON.stringify(known)) {
      const other = solveClaim(claim, legal, params, cache);
      return optionsNow(other.graph, other.instance, other.solved);
    }
    const key = gateSignature(gate, facts, numbers.stepDays, graph.longest);
    let left = states.get(key);
    if (!left) {
      const permissions = permissionsOf(graph, gate);
      left = { permissions, within: reachable(graph, permissions) };
      states.set(key, left);
    }
    const asked = { ...instance, permissions: left.permissions, principal: eurosOf(claim.principal) };
    return optionsNow(graph, asked, solve(graph, asked, scratch, left.within));
  };
}

/**
 * The smallest amount from which a step, and the best that follows it, beats stopping, all else equal: scanned by tenths of the
 * scale, then halved to the cent. A step the law closes at an amount does not pay there.
 */
export function breakEven(
  action: Action,
  problem: Problem,
  legal: LegalFacts,
  params: DecisionParams,
  cache: GraphCache,
): BreakEven {
  const { claim } = problem;
  const optionsAt = solvingAt(problem, legal, params, cache);
  const behind = AMICABLE.filter((other) => COURT.has(action) || rankOf(other) < rankOf(action));
  const forbid = [...(claim.forbid ?? []), ...behind];
  const gain = (amount: number): number => {
    const options = optionsAt({ ...claim, forbid, principal: centsOf(amount) });
    return (options.get(action) ?? Number.NEGATIVE_INFINITY) - (options.get('WRITEOFF') ?? 0);
  };
  // Close to the claim's own amount first: most questions are about it.
  let hi = Math.min(MOST, Math.max(LEAST, eurosOf(claim.principal)));
  let lo = hi;
  if (gain(hi) > 0) {
    while (lo > LEAST && gain(lo) > 0) [hi, lo] = [lo, Math.max(LEAST, lo / 3)];
    if (lo === LEAST && gain(lo) > 0) return 'always';
  } else {
    while (hi < MOST && gain(hi) <= 0) [lo, hi] = [hi, Math.min(MOST, hi * 3)];
    if (gain(hi) <= 0) return 'never';
  }
  return centsOf(root(gain, lo, hi));
}

/** Where a rising, nearly affine function crosses zero, to half a cent: false position, halving whenever it drags. */
function root(f: (x: number) => number, from: number, to: number): number {
  let [lo, hi] = [from, to];
  let [flo, fhi] = [f(lo), f(hi)];
  for (let i = 0; i < 80 && hi - lo > 0.004; i += 1) {
    const straight = Number.isFinite(flo) ? lo - (flo * (hi - lo)) / (fhi - flo) : Number.NaN;
    const middle = i % 3 === 2 || !(straight > lo && straight < hi) ? (lo + hi) / 2 : straight;
    const value = f(middle);
    if (value > 0) [hi, fhi] = [middle, value];
    else [lo, flo] = [middle, value];
    if (value > 0 && value < 1e-7) break;
    if (value <= 0 && value > -1e-7) return middle;
  }
  return hi;
}
