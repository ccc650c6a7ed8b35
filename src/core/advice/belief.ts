import { type Belief, TYPES } from './actions.ts';
import { type Factor, type FactorName, factorsOf } from './chances.ts';
import type { AdviceClaim, CustomerHistory, Solvency } from './claim.ts';
import { EVENT_RATIOS, type EventName, type PriorFact, weighedEvents } from './events.ts';
import { betaBinomial } from './learning.ts';
import { MONTH_DAYS, type Numbers, type Vector } from './numbers.ts';
import { stateOf } from './state.ts';

/** Published insolvency is a fact, not a belief. */
const PUBLISHED: Belief = [0, 0, 0, 0, 0, 0, 1];

/** One thing that moved the belief: how many times likelier it is for each type (the likeliest at 1), and the belief around it. */
export interface BeliefStep {
  readonly what: FactorName | EventName | PriorFact;
  readonly ratio: Vector;
  readonly before: Belief;
  readonly after: Belief;
}

export interface BeliefTrace {
  readonly prior: Belief;
  readonly belief: Belief;
  readonly trace: readonly BeliefStep[];
}

function normal(weights: readonly number[]): Belief {
  const total = weights.reduce((a, b) => a + b, 0);
  if (!(total > 0)) throw new RangeError('a belief needs a positive weight');
  return weights.map((w) => w / total);
}

function solvencyRatio(n: Numbers, solvency: Solvency): Vector | undefined {
  if (solvency === 'good') return n.solvencyGood;
  if (solvency === 'fragile') return n.solvencyFragile;
  return solvency === 'bad' ? n.solvencyBad : undefined;
}

/** A customer's own past replaces the split between forgetful and chronic late payers, shrunk towards the default split. */
function sharesOf(n: Numbers, customer?: CustomerHistory): Vector {
  const [p = 0, c = 0] = n.prior0;
  if (!customer || customer.invoices === 0 || p + c === 0) return n.prior0;
  const late = betaBinomial(c / (p + c), n.kappaCustomer, customer.late, customer.invoices).mean;
  return [(p + c) * (1 - late), (p + c) * late, ...n.prior0.slice(2)];
}

/**
 * The belief about an invoice still unpaid `ageDays` after its due date: each type's share at the due date, thinned by how fast
 * that type pays or fails, times what is known of its solvency. Computed in logarithms: never 0/0, however old the claim.
 */
export function priorAt(ageDays: number, solvency: Solvency, customer: CustomerHistory | undefined, n: Numbers): Belief {
  if (solvency === 'published') return PUBLISHED;
  const ratio = solvencyRatio(n, solvency);
  const logs = sharesOf(n, customer).map((share, i) => {
    const weight = share * (ratio?.[i] ?? 1);
    const gone = (((n.gMonth[i] ?? 0) + (n.lamMonth[i] ?? 0)) * ageDays) / MONTH_DAYS;
    return weight > 0 ? Math.log(weight) - gone : Number.NEGATIVE_INFINITY;
  });
  const top = Math.max(...logs);
  return normal(logs.map((x) => Math.exp(x - top)));
}

/** The belief after the events and steps, with the trace of what moved it. Everything multiplies: no order matters. */
export function updateBelief(prior: Belief, factors: readonly Factor[], events: readonly EventName[]): BeliefTrace {
  const all: { readonly what: FactorName | EventName; readonly likelihood: Vector }[] = [
    ...factors,
    ...weighedEvents(events).map(({ event, power }) => ({
      what: event,
      likelihood: EVENT_RATIOS[event].map((ratio) => ratio ** power),
    })),
  ];
  let belief = prior;
  const trace: BeliefStep[] = [];
  for (const { what, likelihood } of all) {
    const before = belief;
    const weights = before.map((b, i) => b * (likelihood[i] ?? 0));
    // What the model holds impossible teaches nothing: the belief stays, rather than becoming undefined.
    if (!weights.some((w) => w > 0)) continue;
    belief = normal(weights);
    const most = Math.max(...likelihood);
    trace.push({ what, ratio: likelihood.map((x) => x / most), before, after: belief });
  }
  return { prior, belief, trace };
}

/** The belief about a claim, from its age, its debtor's solvency and past, its history and its events. */
export function beliefOf(claim: AdviceClaim, n: Numbers): BeliefTrace {
  if (claim.solvency === 'published') return { prior: PUBLISHED, belief: PUBLISHED, trace: [] };
  const given = claim.prior?.length === TYPES ? normal(claim.prior) : undefined;
  const factors = factorsOf(n, claim.file, stateOf(claim.history));
  if (given) return updateBelief(given, factors, claim.events ?? []);
  const known = priorFacts(claim, n);
  const updated = updateBelief(
    known.at(-1)?.after ?? priorAt(claim.ageDays, 'unknown', undefined, n),
    factors,
    claim.events ?? [],
  );
  return { ...updated, prior: known[0]?.before ?? updated.prior, trace: [...known, ...updated.trace] };
}

/** How the customer's past, then its solvency, move the belief that its age alone would give. */
function priorFacts({ ageDays, solvency, customer }: AdviceClaim, n: Numbers): readonly BeliefStep[] {
  const steps: BeliefStep[] = [];
  let before = priorAt(ageDays, 'unknown', undefined, n);
  const add = (what: PriorFact, after: Belief): void => {
    const ratio = after.map((b, t) => ((before[t] ?? 0) > 0 ? b / (before[t] ?? 1) : 0));
    const most = Math.max(...ratio);
    steps.push({ what, ratio: ratio.map((x) => x / most), before, after });
    before = after;
  };
  if (customer && customer.invoices > 0) add('customer', priorAt(ageDays, 'unknown', customer, n));
  if (solvency !== 'unknown') add('solvency', priorAt(ageDays, solvency, customer, n));
  return steps;
}
