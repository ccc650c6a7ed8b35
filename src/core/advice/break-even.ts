import { type Action, rankOf } from './actions.ts';
import { type AdviceClaim, centsOf, eurosOf } from './claim.ts';
import type { DecisionParams } from './params.ts';
import { type GraphCache, type LegalFacts, solveClaim } from './problem.ts';
import { optionsNow } from './solve.ts';

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
 * The smallest amount from which a step, and the best that follows it, beats stopping, all else equal: scanned by tenths of the
 * scale, then halved to the cent. A step the law closes at an amount does not pay there.
 */
export function breakEven(
  action: Action,
  claim: AdviceClaim,
  legal: LegalFacts,
  params: DecisionParams,
  cache: GraphCache,
): BreakEven {
  const behind = AMICABLE.filter((other) => COURT.has(action) || rankOf(other) < rankOf(action));
  const forbid = [...(claim.forbid ?? []), ...behind];
  const gain = (amount: number): number => {
    const { graph, instance, solved } = solveClaim({ ...claim, forbid, principal: centsOf(amount) }, legal, params, cache);
    const options = optionsNow(graph, instance, solved);
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
