import type { Action } from './actions.ts';
import { rankOf } from './actions.ts';
import { advise } from './advise.ts';
import { type AdviceClaim, centsOf } from './claim.ts';
import { tieBand } from './decision.ts';
import type { DecisionParams } from './params.ts';
import { type Distribution, distributionOf, pathsOf } from './paths.ts';
import { checkClaim, type GraphCache, type LegalFacts, solveClaim } from './problem.ts';
import { optionsNow } from './solve.ts';
import { stateOf } from './state.ts';

/** The steps after which a customer seldom comes back. */
export const HARSH: readonly Action[] = ['AGENCY', 'IP', 'REFERE', 'SUIT'];

/** A claim to weigh against others. */
export interface Weighable {
  readonly claim: AdviceClaim;
  readonly legal: LegalFacts;
  /** what losing the customer would cost, cents: the harsh steps are shut when they add less */
  readonly relation?: bigint;
}

/** What matters of a claim's advice in a portfolio. Cents and hours. */
export interface Weight {
  /** the step to propose: the gentlest of those too near to tell apart */
  readonly proposed: Action;
  /** of the best step, and of stopping now */
  readonly value: bigint;
  readonly stop: bigint;
  /** of the step itself, and on average over what follows it too */
  readonly hoursNow: number;
  readonly hours: number;
}

/** Weighs a claim exactly: the same step as `advise`, without what explains it. Undefined for facts that make no sense. */
export function weigh({ claim, legal, relation }: Weighable, params: DecisionParams, cache: GraphCache): Weight | undefined {
  if (!checkClaim(claim).ok) return undefined;
  if (claim.solvency === 'published') return weighPublished(claim, legal, params, cache);
  const free = weighChased(claim, legal, params, cache);
  if (!relation) return free;
  const gentle = weighChased({ ...claim, forbid: [...new Set([...(claim.forbid ?? []), ...HARSH])] }, legal, params, cache);
  return relation > free.value - gentle.value ? gentle : free;
}

function weighPublished(claim: AdviceClaim, legal: LegalFacts, params: DecisionParams, cache: GraphCache): Weight | undefined {
  const answer = advise(claim, legal, params, cache);
  if (!answer.ok) return undefined;
  const { options, proposed, value } = answer.value;
  const hours = options.find((o) => o.action === proposed)?.hours ?? 0;
  return { proposed, value, stop: options.find((o) => o.action === 'WRITEOFF')?.net ?? 0n, hoursNow: hours, hours };
}

function weighChased(claim: AdviceClaim, legal: LegalFacts, params: DecisionParams, cache: GraphCache): Weight {
  const { graph, instance, solved, belief, money } = solveClaim(claim, legal, params, cache);
  const ranked = [...optionsNow(graph, instance, solved)].sort((a, b) => b[1] - a[1] || rankOf(a[0]) - rankOf(b[0]));
  const known = new Map<Action, Distribution>();
  const distribution = (action: Action): Distribution => {
    const found = known.get(action) ?? distributionOf(pathsOf(graph, solved, belief.belief, money, action));
    known.set(action, found);
    return found;
  };
  const cap = claim.caps?.loss;
  const allowed = (action: Action): boolean =>
    cap === undefined || action === 'WRITEOFF' || centsOf(distribution(action).p10) >= -cap;
  const band = tieBand(claim.principal);
  let top: bigint | undefined;
  let proposed: Action = 'WRITEOFF';
  for (const [action, worth] of ranked) {
    const net = centsOf(worth);
    if (top !== undefined && top - net >= band) break;
    if (!allowed(action)) continue;
    if (top === undefined || rankOf(action) < rankOf(proposed)) proposed = action;
    top ??= net;
  }
  const stop = centsOf(ranked.find(([action]) => action === 'WRITEOFF')?.[1] ?? 0);
  return {
    proposed,
    value: top ?? stop,
    stop,
    hoursNow: graph.book.step(proposed, stateOf(claim.history)).hours,
    hours: distribution(proposed).hours,
  };
}
