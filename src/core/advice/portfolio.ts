import { ACTIONS, rankOf, TYPES } from './actions.ts';
import { beliefOf } from './belief.ts';
import { type AdviceClaim, centsOf, eurosOf } from './claim.ts';
import { tieBand } from './decision.ts';
import { gateSignature, type LawGate, lawGate } from './gate.ts';
import type { Context, Graph } from './graph.ts';
import { buildLibrary, PLAN_ROW, type PlanLibrary, planHours, planRow, type Sample, stepOf, worthOfPlan } from './library.ts';
import type { Numbers } from './numbers.ts';
import { type DecisionParams, numbersOf } from './params.ts';
import { checkClaim, contextOf, type GraphCache, gateFactsOf, type LegalFacts } from './problem.ts';
import type { Skeleton } from './skeleton.ts';
import { newSolution, permissionsOf, reachable, type Solution } from './solve.ts';
import { pack, stateOf, unpack } from './state.ts';
import { type Weighable, type Weight, weigh } from './weigh.ts';

/** A weight, and how it was found: solved exactly, or the best plan of a library, which is a little under. */
export interface Scored extends Weight {
  readonly exact: boolean;
}

/** Up to this many claims, every one is solved exactly; over it, this many of those that deserve time most. */
export const EXACT_AT_MOST = 300;
/** Claims of a group that teach its library: few of a small one, more of a large one. */
const samplesOf = (members: number): number => Math.min(members, Math.ceil(1 + Math.sqrt(members)));
/** Plans kept for each first step. */
const PLANS = 12;
/** Rates of money that differ by less share their graphs in a library; an exact answer uses the claim's own. */
const RATE_GRAIN = 0.005;
/** Every step, lawful or not: bit `rankOf(action)`. */
const EVERY_STEP = (1 << ACTIONS.length) - 1;
/** Claims looked at between two chances to do something else. */
const AT_ONCE = 250;

/** Claims that stand at one point of a graph, with the same rights. */
interface Group {
  readonly context: Context;
  /** where they stand, its place in the graph */
  readonly start: number;
  readonly gate: LawGate;
  /** euros, `Infinity` without limit */
  readonly outlayCap: number;
  readonly members: { readonly at: number; readonly sample: Sample; readonly band: number }[];
}

/**
 * Weighs a portfolio. Claims that stand at the same point, with the same rights and the same rates, share a small library of plans
 * solved on some of them; the library answers for all. Those that then look worth an hour most are solved exactly. No answer is ever
 * unlawful. Give claims with `add`, then run `finish`.
 */
export class PortfolioScorer {
  readonly #params: DecisionParams;
  readonly #numbers: Numbers;
  readonly #cache: GraphCache;
  readonly #claims: Weighable[] = [];
  readonly #groups = new Map<string, Group>();
  readonly #alone: number[] = [];
  readonly #exactAtMost: number;

  constructor(params: DecisionParams, cache: GraphCache, exactAtMost = EXACT_AT_MOST) {
    this.#params = params;
    this.#numbers = numbersOf(params);
    this.#cache = cache;
    this.#exactAtMost = exactAtMost;
  }

  add(claims: readonly Weighable[]): void {
    for (const claim of claims) this.#place(claim, this.#claims.push(claim) - 1);
  }

  #place({ claim: own, legal, relation }: Weighable, at: number): void {
    if (!checkClaim(own).ok) return;
    if (own.solvency === 'published' || relation) {
      this.#alone.push(at);
      return;
    }
    const n = this.#numbers;
    const claim = coarse(own);
    const facts = gateFactsOf(claim, nearer(legal), n);
    const gate = lawGate(facts);
    const { context, skeleton, start } = this.#standing(claim, gate);
    const outlayCap = claim.caps?.outlay === undefined ? Number.POSITIVE_INFINITY : eurosOf(claim.caps.outlay);
    const key = `${JSON.stringify(context)}|${start}|${outlayCap}|${gateSignature(gate, facts, n.stepDays, skeleton.longest)}`;
    let group = this.#groups.get(key);
    if (!group) {
      group = { context, start, gate, outlayCap, members: [] };
      this.#groups.set(key, group);
    }
    const { belief } = beliefOf(claim, n);
    const sample = { belief, principal: eurosOf(claim.principal), ageDays: claim.ageDays };
    group.members.push({ at, sample, band: Number(tieBand(claim.principal)) / 100 });
  }

  /**
   * The graph a claim is weighed on, and where it stands in it: the one that starts before any step wherever it leads there, so that
   * claims share it whatever was done. Every step is in it; what the gate closes is closed when it is solved.
   */
  #standing(claim: AdviceClaim, gate: LawGate): { context: Context; skeleton: Skeleton; start: number } {
    const n = this.#numbers;
    const own = contextOf(claim, n, gate);
    const whole = { ...own, start: stateOf({}), open: EVERY_STEP };
    const skeleton = this.#cache.skeleton(whole, n);
    const start = skeleton.index.get(pack(own.start));
    if (start !== undefined) return { context: whole, skeleton, start };
    const apart = { ...own, open: EVERY_STEP };
    return { context: apart, skeleton: this.#cache.skeleton(apart, n), start: 0 };
  }

  /** Weighs all that was added, in the order of `add`; yields how many are weighed so far. */
  *finish(): Generator<number, readonly (Scored | undefined)[]> {
    const found: (Scored | undefined)[] = new Array(this.#claims.length);
    let done = 0;
    for (const groups of Map.groupBy(this.#groups.values(), (group) => JSON.stringify(group.context)).values()) {
      const [first] = groups;
      if (!first) continue;
      const graph = this.#cache.get(first.context, this.#numbers);
      const scratch = newSolution(graph);
      for (const group of groups) {
        const shelf = shelfOf(graph, group, scratch);
        for (let from = 0; from < group.members.length; from += AT_ONCE) {
          const some = group.members.slice(from, from + AT_ONCE);
          for (const { at, sample, band } of some) found[at] = scoreOne(shelf, sample, band);
          done += some.length;
          yield done;
        }
      }
    }
    const gain = (at: number): number => perHour(found[at]);
    const dearest = [...found.keys()].filter((at) => gain(at) > 0).sort((a, b) => gain(b) - gain(a));
    const few = this.#claims.length <= this.#exactAtMost;
    const again = few ? [...this.#claims.keys()] : [...this.#alone, ...dearest.slice(0, this.#exactAtMost)];
    for (const at of again) {
      const claim = this.#claims[at];
      const weight = claim && weigh(claim, this.#params, this.#cache);
      if (weight) found[at] = { ...weight, exact: true };
      yield done;
    }
    return found;
  }
}

/** Hours below which a step's value is not divided further: nobody opens a file for less than five minutes. */
const LEAST_HOURS = 1 / 12;

/** Cents that each hour brings over stopping now, the hour itself already paid. */
export const perHour = (of: Weight | undefined): number =>
  of ? Number(of.value - of.stop) / Math.max(LEAST_HOURS, of.hours) : Number.NEGATIVE_INFINITY;

const grain = (rate: number): number => Math.round(rate / RATE_GRAIN) * RATE_GRAIN;
const coarse = (claim: AdviceClaim): AdviceClaim => ({
  ...claim,
  vat: { ...claim.vat, rate: grain(claim.vat.rate) },
  ...(claim.lateRate !== undefined && { lateRate: grain(claim.lateRate) }),
});

/** A bar that is not near is read a little nearer: plans stay lawful, and claims barred about the same time share them. */
const FAR_DAYS = 360;
const BAR_GRAIN_DAYS = 90;
const nearer = (legal: LegalFacts): LegalFacts =>
  legal.daysToBar === undefined || legal.daysToBar < FAR_DAYS
    ? legal
    : { ...legal, daysToBar: Math.floor(legal.daysToBar / BAR_GRAIN_DAYS) * BAR_GRAIN_DAYS };

interface Shelf {
  readonly graph: Graph;
  readonly start: number;
  readonly library: PlanLibrary;
  /** the plan that stops now */
  readonly stop: number;
  /** by plan, the hours of its first step */
  readonly now: readonly number[];
}

/** The library of a group, stopping now included: it is always open, whatever the samples showed. */
function shelfOf(graph: Graph, { start, gate, outlayCap, members }: Group, scratch: Solution): Shelf {
  const permissions = permissionsOf(graph, gate, graph.steps[start]);
  const within = reachable(graph, permissions, start);
  const count = samplesOf(members.length);
  const bySize = members.map((m) => m.sample).sort((a, b) => a.principal - b.principal);
  const samples = Array.from({ length: count }, (_, i) =>
    seenFrom(graph, start, bySize[Math.floor((i * bySize.length) / count)] as Sample),
  );
  const near = ({ principal }: Sample): number => (2 * Number(tieBand(centsOf(principal)))) / 100;
  const spent = graph.spent[start] as number;
  const learnt = buildLibrary(graph, permissions, samples, PLANS, { outlayCap: outlayCap + spent, near, within, scratch });
  const from = graph.first[start] as number;
  const halt = from + graph.action.subarray(from, graph.first[start + 1]).indexOf(rankOf('WRITEOFF'));
  const library: PlanLibrary = {
    plans: learnt.plans + 1,
    rows: Float64Array.of(...learnt.rows, ...planRow(graph, scratch, halt)),
    hours: Float64Array.of(...learnt.hours, ...planHours(graph, scratch, halt)),
    steps: Uint8Array.of(...learnt.steps, rankOf('WRITEOFF')),
  };
  const state = unpack(graph.codes[start] as number);
  const now = [...library.steps].map((rank) => graph.book.step(stepOf(rank), state).hours);
  return { graph, start, library, stop: learnt.plans, now };
}

/** A claim in the terms of a graph that starts before it: as it would have been then, to stand now as it does. */
function seenFrom(graph: Graph, start: number, { belief, principal, ageDays }: Sample): Sample {
  return {
    belief: belief.map((b, t) => (b > 0 ? b / (graph.reach[start * TYPES + t] as number) : 0)),
    principal,
    ageDays: ageDays - graph.numbers.stepDays * (graph.steps[start] as number),
  };
}

/** The best plan of the library for a claim, then the gentlest first step of those within the band of it. */
function scoreOne({ graph, start, library, stop, now }: Shelf, own: Sample, band: number): Scored {
  const { rows, hours, steps, plans } = library;
  const sample = seenFrom(graph, start, own);
  const worths = Float64Array.from({ length: plans }, (_, k) => worthOfPlan(rows, k * PLAN_ROW, sample));
  const best = worths.reduce((a, b) => Math.max(a, b));
  let which = -1;
  for (let k = 0; k < plans; k += 1) {
    if (best - (worths[k] as number) >= band) continue;
    const gentler = (steps[k] as number) - (which < 0 ? Number.POSITIVE_INFINITY : (steps[which] as number));
    if (gentler < 0 || (gentler === 0 && (worths[k] as number) > (worths[which] as number))) which = k;
  }
  return {
    proposed: stepOf(steps[which] as number),
    value: centsOf(best),
    stop: centsOf(worths[stop] as number),
    hoursNow: now[which] as number,
    hours: sample.belief.reduce((sum, b, t) => sum + b * (hours[which * TYPES + t] as number), 0),
    exact: false,
  };
}
