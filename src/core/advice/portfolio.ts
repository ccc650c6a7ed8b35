import { rankOf, TYPES } from './actions.ts';
import { beliefOf } from './belief.ts';
import { type AdviceClaim, centsOf, eurosOf } from './claim.ts';
import { tieBand } from './decision.ts';
import { gateSignature, lawGate } from './gate.ts';
import type { Graph } from './graph.ts';
import { buildLibrary, PLAN_ROW, type PlanLibrary, planHours, planRow, type Sample, stepOf, worthOfPlan } from './library.ts';
import type { Numbers } from './numbers.ts';
import { type DecisionParams, numbersOf } from './params.ts';
import { checkClaim, contextOf, type GraphCache, gateFactsOf } from './problem.ts';
import { newSolution, permissionsOf } from './solve.ts';
import { unpack } from './state.ts';
import { type Weighable, type Weight, weigh } from './weigh.ts';

/** A weight, and how it was found: solved exactly, or the best plan of a library, which is a little under. */
export interface Scored extends Weight {
  readonly exact: boolean;
}

/** Up to this many claims, every one is solved exactly; over it, this many of those that deserve time most. */
export const EXACT_AT_MOST = 300;
/** Claims of a group that teach its library, and plans kept for each first step. */
const SAMPLES = 40;
const PLANS = 12;
/** Rates of money that differ by less share their graphs in a library; an exact answer uses the claim's own. */
const RATE_GRAIN = 0.005;
/** Claims looked at between two chances to do something else. */
const AT_ONCE = 250;

interface Group {
  readonly graph: Graph;
  readonly permissions: Uint8Array;
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
  readonly #longest = new Map<string, number>();
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
    const facts = gateFactsOf(claim, legal, n);
    const gate = lawGate(facts);
    const context = contextOf(claim, n, gate);
    const cap = claim.caps?.outlay;
    const started = `${JSON.stringify(context)}|${cap}`;
    // The horizon is the graph's own: it is asked for once a context.
    const longest = this.#longest.get(started) ?? this.#cache.get(context, n).longest;
    this.#longest.set(started, longest);
    const key = `${started}|${gateSignature(gate, facts, n.stepDays, longest)}`;
    let group = this.#groups.get(key);
    if (!group) {
      const graph = this.#cache.get(context, n);
      const outlayCap = cap === undefined ? Number.POSITIVE_INFINITY : eurosOf(cap);
      group = { graph, permissions: permissionsOf(graph, gate), outlayCap, members: [] };
      this.#groups.set(key, group);
    }
    const principal = eurosOf(claim.principal);
    const sample = { belief: beliefOf(claim, n).belief, principal, ageDays: claim.ageDays };
    group.members.push({ at, sample, band: Number(tieBand(claim.principal)) / 100 });
  }

  /** Weighs all that was added, in the order of `add`; yields how many are weighed so far. */
  *finish(): Generator<number, readonly (Scored | undefined)[]> {
    const found: (Scored | undefined)[] = new Array(this.#claims.length);
    let done = 0;
    for (const group of this.#groups.values()) {
      const shelf = shelfOf(group);
      for (let from = 0; from < group.members.length; from += AT_ONCE) {
        const some = group.members.slice(from, from + AT_ONCE);
        for (const { at, sample, band } of some) found[at] = scoreOne(shelf, sample, band);
        done += some.length;
        yield done;
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
const coarse = (claim: AdviceClaim): AdviceClaim => ({ ...claim, vat: { ...claim.vat, rate: grain(claim.vat.rate) } });

interface Shelf {
  readonly library: PlanLibrary;
  /** the plan that stops now */
  readonly stop: number;
  /** by plan, the hours of its first step */
  readonly now: readonly number[];
}

/** The library of a group, stopping now included: it is always open, whatever the samples showed. */
function shelfOf({ graph, permissions, outlayCap, members }: Group): Shelf {
  const count = Math.min(SAMPLES, members.length);
  const bySize = members.map((m) => m.sample).sort((a, b) => a.principal - b.principal);
  const samples = Array.from({ length: count }, (_, i) => bySize[Math.floor((i * bySize.length) / count)] as Sample);
  const near = ({ principal }: Sample): number => (2 * Number(tieBand(centsOf(principal)))) / 100;
  const learnt = buildLibrary(graph, permissions, samples, PLANS, { outlayCap, near });
  const empty = newSolution(graph);
  const moves = graph.action.subarray(graph.first[0], graph.first[1]);
  const halt = (graph.first[0] as number) + moves.indexOf(rankOf('WRITEOFF'));
  const library: PlanLibrary = {
    plans: learnt.plans + 1,
    rows: Float64Array.of(...learnt.rows, ...planRow(graph, empty, halt)),
    hours: Float64Array.of(...learnt.hours, ...planHours(graph, empty, halt)),
    steps: Uint8Array.of(...learnt.steps, rankOf('WRITEOFF')),
  };
  const start = unpack(graph.codes[0] as number);
  return { library, stop: learnt.plans, now: [...library.steps].map((rank) => graph.book.step(stepOf(rank), start).hours) };
}

/** The best plan of the library for a claim, then the gentlest first step of those within the band of it. */
function scoreOne({ library, stop, now }: Shelf, sample: Sample, band: number): Scored {
  const { rows, hours, steps, plans } = library;
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
