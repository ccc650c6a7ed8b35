import { ACTIONS, type Action, type Belief } from './actions.ts';
import type { Graph } from './graph.ts';
import { insolvencyWorth, type MoneyFacts, settle, worthOf } from './money.ts';
import { discountOf, survival, type Vector } from './numbers.ts';
import { after, type Branch, principalLeft } from './outcomes.ts';
import type { Solution } from './solve.ts';
import { pack, type State, unpack } from './state.ts';

/** One way a plan may go to its end. */
export interface Path {
  /** euros, discounted to now */
  readonly net: number;
  readonly chance: number;
  /** euros advanced, hours spent, days until money came (undefined when none did) */
  readonly outlay: number;
  readonly hours: number;
  readonly days?: number;
}

interface Walk {
  readonly graph: Graph;
  readonly solved: Solution;
  readonly money: MoneyFacts;
  readonly alive: (steps: number) => Vector;
  readonly paths: Path[];
}

/** Every path of a plan: the step given first, then the moves the solution chose. Their chances sum to 1. */
export function pathsOf(graph: Graph, solved: Solution, belief: Belief, money: MoneyFacts, firstAction: Action): readonly Path[] {
  const walk: Walk = { graph, solved, money, alive: survival(graph.numbers), paths: [] };
  const start = unpack(graph.codes[0] as number);
  follow(walk, start, firstAction, { mass: Float64Array.from(belief), net: 0, steps: 0, outlay: 0, hours: 0, cashed: undefined });
  return walk.paths;
}

interface Leg {
  readonly mass: Float64Array;
  readonly net: number;
  readonly steps: number;
  readonly outlay: number;
  readonly hours: number;
  /** steps until the first money, when some came on the way */
  readonly cashed: number | undefined;
}

/** The move the solution chose in a state. */
export function chosenIn(graph: Graph, solved: Solution, code: number): Action | undefined {
  const state = graph.index.get(code);
  const move = state === undefined ? -1 : (solved.choice[state] as number);
  return move < 0 ? undefined : ACTIONS[graph.action[move] as number];
}

function follow(walk: Walk, s: State, action: Action, leg: Leg): void {
  const { graph, money } = walk;
  const n = graph.numbers;
  const step = graph.book.step(action, s);
  const d = discountOf(n);
  const spent: Leg = {
    ...leg,
    net: leg.net - (step.cash + step.hours * n.hourlyRate) * d ** leg.steps,
    outlay: leg.outlay + step.cash,
    hours: leg.hours + step.hours,
  };
  for (const branch of step.branches) {
    const mass = leg.mass.map((w, t) => w * (branch.chance[t] ?? 0));
    const chance = sum(mass);
    if (chance <= 0) continue;
    const steps = leg.steps + branch.steps;
    const then = d ** steps;
    if (branch.end) {
      const { end } = branch;
      const received = end.principal > 0;
      const when = spent.cashed ?? (received ? steps : undefined);
      walk.paths.push({
        net: spent.net + then * worthOf(settle(end, principalLeft(n, s), steps, n, money), money),
        chance,
        outlay: spent.outlay + end.advanced,
        hours: spent.hours + end.hours,
        ...(when !== undefined && { days: when * n.stepDays }),
      });
      continue;
    }
    goOn(walk, s, action, branch, { ...spent, mass, steps });
  }
}

function goOn(walk: Walk, s: State, action: Action, branch: Branch, leg: Leg): void {
  const { graph, money, alive } = walk;
  const n = graph.numbers;
  const then = discountOf(n) ** leg.steps;
  const next = after(action, s, branch);
  const cash = branch.cash ? branch.cash.fixed + branch.cash.principal * money.kept * money.principal : 0;
  const cashed = leg.cashed ?? (cash > 0 ? leg.steps : undefined);
  const on: Leg = {
    ...leg,
    net: leg.net + then * cash,
    outlay: leg.outlay + (branch.cash?.advanced ?? 0),
    cashed,
  };
  const lives = alive(branch.steps);
  const left = on.mass.map((w, t) => w * (lives[t] as number));
  const failed = sum(on.mass) - sum(left);
  if (failed > 0) {
    const { worth, declares } = insolvencyWorth(principalLeft(n, next), n, money);
    walk.paths.push({
      net: on.net + then * worthOf(worth, money),
      chance: failed,
      outlay: on.outlay,
      hours: on.hours + (declares ? n.declH : n.woH),
      ...(cashed !== undefined && { days: cashed * n.stepDays }),
    });
  }
  const move = chosenIn(graph, walk.solved, pack(next));
  if (move) follow(walk, next, move, { ...on, mass: left });
}

const sum = (v: Float64Array): number => v.reduce((a, b) => a + b, 0);

export interface Distribution {
  readonly mean: number;
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
  /** chance of ending above zero, and below */
  readonly positive: number;
  readonly loss: number;
  readonly outlay: number;
  readonly hours: number;
  /** mean days until money, over the paths that bring some */
  readonly days: number | undefined;
  readonly total: number;
}

/** What the paths say together. A quantile is the smallest result whose cumulated chance reaches it. */
export function distributionOf(paths: readonly Path[]): Distribution {
  const sorted = [...paths].sort((a, b) => a.net - b.net);
  const mean = (of: (p: Path) => number): number => paths.reduce((all, p) => all + p.chance * of(p), 0);
  const quantile = (at: number): number => {
    let reached = 0;
    for (const p of sorted) {
      reached += p.chance;
      if (reached >= at - 1e-12) return p.net;
    }
    return sorted.at(-1)?.net ?? 0;
  };
  const paying = paths.filter((p) => p.days !== undefined);
  const payingChance = paying.reduce((all, p) => all + p.chance, 0);
  return {
    mean: mean((p) => p.net),
    p10: quantile(0.1),
    p50: quantile(0.5),
    p90: quantile(0.9),
    positive: mean((p) => (p.net > 0 ? 1 : 0)),
    loss: mean((p) => (p.net < 0 ? 1 : 0)),
    outlay: mean((p) => p.outlay),
    hours: mean((p) => p.hours),
    days: payingChance > 0 ? paying.reduce((all, p) => all + p.chance * (p.days ?? 0), 0) / payingChance : undefined,
    total: mean(() => 1),
  };
}

/** The moves while nothing is paid, following the likeliest branch each time. */
export function courseOf(graph: Graph, solved: Solution, belief: Belief, firstAction: Action): readonly Action[] {
  const n = graph.numbers;
  const course: Action[] = [];
  let s = unpack(graph.codes[0] as number);
  const alive = survival(n);
  let mass = [...belief];
  let action: Action | undefined = firstAction;
  while (action) {
    course.push(action);
    let best: { readonly branch: Branch; readonly mass: number[]; readonly total: number } | undefined;
    for (const branch of graph.book.step(action, s).branches) {
      if (!branch.next) continue;
      const reached = mass.map((w, t) => w * (branch.chance[t] ?? 0));
      const total = reached.reduce((a, b) => a + b, 0);
      if (!best || total > best.total) best = { branch, mass: reached, total };
    }
    if (!best || best.total <= 0) break;
    const { branch } = best;
    s = after(action, s, branch);
    const lives = alive(branch.steps);
    mass = best.mass.map((w, t) => w * (lives[t] ?? 0));
    action = chosenIn(graph, solved, pack(s));
  }
  return course;
}
