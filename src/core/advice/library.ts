import { ACTIONS, type Action, rankOf, TYPES } from './actions.ts';
import type { Graph } from './graph.ts';
import { discountOf, survival } from './numbers.ts';
import { after, principalLeft } from './outcomes.ts';
import { type Instance, newSolution, optionMoves, type Solution, solve } from './solve.ts';
import { unpack } from './state.ts';

/** Coefficients of a plan: its value is affine in (belief, belief × principal, belief × principal × age). */
export const PLAN_ROW = 3 * TYPES;
/** Columns of a claim in a batch: the belief, the principal in euros, the age in days. */
export const CLAIM_COLUMNS = TYPES + 2;

/** A few plans good for many claims of one context: each scored claim takes the best of them. A lower bound, always lawful. */
export interface PlanLibrary {
  readonly plans: number;
  /** PLAN_ROW coefficients a plan */
  readonly rows: Float64Array;
  /** by plan and type: the hours it takes from its first step on, on average */
  readonly hours: Float64Array;
  /** rank of the first step of each plan */
  readonly steps: Uint8Array;
}

/** Visits the moves of the plan that starts with a move and goes on as the solution chose: each with the state it leaves. */
function follow(graph: Graph, solved: Solution, first: number, visit: (state: number, move: number) => void): void {
  const start = graph.from[first] as number;
  const seen = new Set<number>([start]);
  const queue = [start];
  for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
    const move = state === start ? first : (solved.choice[state] as number);
    if (move < 0) continue;
    visit(state, move);
    for (let e = graph.firstEdge[move] as number; e < (graph.firstEdge[move + 1] as number); e += 1) {
      const next = graph.edge[e] as number;
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push(next);
    }
  }
}

/** The affine worth of the plan a solution follows: the sum of what its reachable moves are worth at once. */
export function planRow(graph: Graph, solved: Solution, first: number = solved.choice[0] as number): Float64Array {
  const row = new Float64Array(PLAN_ROW);
  follow(graph, solved, first, (state, move) => {
    const cell = graph.cell[move] as number;
    const from = (graph.cellTemplate[cell] as number) * 3 * TYPES;
    const days = graph.numbers.stepDays * (graph.cellSteps[cell] as number);
    for (let t = 0; t < TYPES; t += 1) {
      const mass = graph.reach[state * TYPES + t] as number;
      const aged = graph.worths[from + 2 * TYPES + t] as number;
      row[t] = (row[t] as number) + mass * (graph.worths[from + t] as number);
      const principal = (graph.worths[from + TYPES + t] as number) + days * aged;
      row[TYPES + t] = (row[TYPES + t] as number) + mass * principal;
      row[2 * TYPES + t] = (row[2 * TYPES + t] as number) + mass * aged;
    }
  });
  return row;
}

const spentHours = new WeakMap<Graph, Float64Array>();

/** By template and type: the hours a move takes, at once and where its branches end. */
function hoursOf(graph: Graph): Float64Array {
  const known = spentHours.get(graph);
  if (known) return known;
  const n = graph.numbers;
  const alive = survival(n);
  const hours = new Float64Array(graph.templates.length * TYPES);
  graph.templates.forEach(({ action, from }, id) => {
    const s = unpack(from);
    const step = graph.book.step(action, s);
    for (let t = 0; t < TYPES; t += 1) {
      let sum = step.hours;
      for (const branch of step.branches) {
        const chance = branch.chance[t] as number;
        if (branch.end) {
          sum += chance * branch.end.hours;
          continue;
        }
        const { declaresWhole, declaresRest } = graph.context;
        const declares = principalLeft(n, after(action, s, branch)) === 1 ? declaresWhole : declaresRest;
        sum += chance * (1 - (alive(branch.steps)[t] as number)) * (declares ? n.declH : n.woH);
      }
      hours[id * TYPES + t] = sum;
    }
  });
  spentHours.set(graph, hours);
  return hours;
}

/** By type, the hours the plan of a solution takes on average, those of its first step included. */
export function planHours(graph: Graph, solved: Solution, first: number = solved.choice[0] as number): Float64Array {
  const spent = hoursOf(graph);
  const d = discountOf(graph.numbers);
  const sum = new Float64Array(TYPES);
  const now = graph.steps[graph.from[first] as number] as number;
  follow(graph, solved, first, (state, move) => {
    // An hour is an hour whenever it is spent: the discount inside `reach` comes off.
    const undo = d ** (now - (graph.steps[state] as number));
    const from = (graph.cellTemplate[graph.cell[move] as number] as number) * TYPES;
    for (let t = 0; t < TYPES; t += 1)
      sum[t] = (sum[t] as number) + (graph.reach[state * TYPES + t] as number) * undo * (spent[from + t] as number);
  });
  return sum;
}

/** A claim to learn plans from. */
export type Sample = Pick<Instance, 'belief' | 'principal' | 'ageDays'>;

export interface LibraryOptions {
  /** the most to advance, euros */
  readonly outlayCap?: number;
  /** euros: what a plan that starts with another step may be worth less to a sample, and still be a candidate */
  readonly near?: (sample: Sample) => number;
  /** the states that may follow the one where the claims stand, itself first; all of the graph when left out */
  readonly within?: Int32Array;
  readonly scratch?: Solution;
}

interface Plan {
  readonly row: Float64Array;
  readonly hours: Float64Array;
  readonly step: number;
}

/**
 * Chooses at most `most` plans among the best ones of sample claims: each time the one that adds most to the mean value, as a
 * share of the principal. All samples share the context and the permissions of the graph. With `near`, plans that start with another
 * step and are worth almost as much are candidates too, and each first step has its own `most`.
 */
export function buildLibrary(
  graph: Graph,
  permissions: Uint8Array,
  samples: readonly Sample[],
  most: number,
  options: LibraryOptions = {},
): PlanLibrary {
  const { outlayCap = Number.POSITIVE_INFINITY, near, within, scratch = newSolution(graph) } = options;
  const start = within?.[0] ?? 0;
  const found = new Map<string, Plan>();
  const keep = (move: number): void => {
    const row = planRow(graph, scratch, move);
    const key = row.join();
    if (found.has(key)) return;
    found.set(key, { row, hours: planHours(graph, scratch, move), step: graph.action[move] ?? rankOf('WRITEOFF') });
  };
  for (const sample of samples) {
    const instance: Instance = { ...sample, permissions, outlayCap };
    solve(graph, instance, scratch, within);
    if (!near) {
      keep(scratch.choice[start] as number);
      continue;
    }
    const least = (scratch.worth[start] as number) - near(sample);
    for (const [move, worth] of optionMoves(graph, instance, scratch, start)) if (worth >= least) keep(move);
  }
  const all = [...found.values()];
  const groups = near ? [...Map.groupBy(all, (plan) => plan.step).values()] : [all];
  const chosen = groups.flatMap((plans) => mostUseful(plans, samples, most));
  const rows = new Float64Array(chosen.length * PLAN_ROW);
  const hours = new Float64Array(chosen.length * TYPES);
  chosen.forEach((plan, k) => {
    rows.set(plan.row, k * PLAN_ROW);
    hours.set(plan.hours, k * TYPES);
  });
  return { plans: chosen.length, rows, hours, steps: Uint8Array.from(chosen, (plan) => plan.step) };
}

/** Greedily, the plans that together are worth most to the samples. */
function mostUseful(all: readonly Plan[], samples: readonly Sample[], most: number): readonly Plan[] {
  // worth[p][i]: the value of plan p on sample i, as a share of the principal.
  const worth = all.map(({ row }) => Float64Array.from(samples, (sample) => worthOfPlan(row, 0, sample) / sample.principal));
  const reached = new Float64Array(samples.length).fill(Number.NEGATIVE_INFINITY);
  const chosen: Plan[] = [];
  const left = new Set(all.keys());
  while (chosen.length < most && left.size > 0) {
    let [best, gain] = [-1, 0];
    for (const p of left) {
      let sum = 0;
      const own = worth[p] as Float64Array;
      for (let i = 0; i < own.length; i += 1) {
        const now = reached[i] as number;
        const value = own[i] as number;
        if (value > now) sum += now === Number.NEGATIVE_INFINITY ? value + 1e3 : value - now;
      }
      if (sum > gain) [best, gain] = [p, sum];
    }
    const plan = all[best];
    if (!plan) break;
    chosen.push(plan);
    left.delete(best);
    (worth[best] as Float64Array).forEach((value, i) => {
      if (value > (reached[i] as number)) reached[i] = value;
    });
  }
  return chosen;
}

/** What the plan whose coefficients start at `from` is worth to a claim, euros. */
export function worthOfPlan(rows: Float64Array, from: number, { belief, principal, ageDays }: Sample): number {
  let sum = 0;
  for (let t = 0; t < TYPES; t += 1)
    sum +=
      (belief[t] ?? 0) *
      ((rows[from + t] as number) +
        principal * ((rows[from + TYPES + t] as number) + ageDays * (rows[from + 2 * TYPES + t] as number)));
  return sum;
}

/** The answers to a batch, one a claim. */
export interface Scores {
  /** rank of the step, see `stepOf` */
  readonly step: Uint8Array;
  /** euros */
  readonly value: Float32Array;
}

export const stepOf = (rank: number): Action => ACTIONS[rank] ?? 'WRITEOFF';

/** Scores claims laid out in CLAIM_COLUMNS columns each: the best plan of the library for every one. */
export function scoreBatch(library: PlanLibrary, columns: Float32Array): Scores {
  const claims = columns.length / CLAIM_COLUMNS;
  const { rows, steps, plans } = library;
  const step = new Uint8Array(claims);
  const value = new Float32Array(claims);
  for (let i = 0; i < claims; i += 1) {
    const at = i * CLAIM_COLUMNS;
    const principal = columns[at + TYPES] as number;
    const aged = principal * (columns[at + TYPES + 1] as number);
    const b0 = columns[at] as number;
    const b1 = columns[at + 1] as number;
    const b2 = columns[at + 2] as number;
    const b3 = columns[at + 3] as number;
    const b4 = columns[at + 4] as number;
    const b5 = columns[at + 5] as number;
    const b6 = columns[at + 6] as number;
    let best = Number.NEGATIVE_INFINITY;
    let which = 0;
    for (let k = 0; k < plans; k += 1) {
      const r = k * PLAN_ROW;
      const fixed =
        b0 * (rows[r] as number) +
        b1 * (rows[r + 1] as number) +
        b2 * (rows[r + 2] as number) +
        b3 * (rows[r + 3] as number) +
        b4 * (rows[r + 4] as number) +
        b5 * (rows[r + 5] as number) +
        b6 * (rows[r + 6] as number);
      const share =
        b0 * (rows[r + 7] as number) +
        b1 * (rows[r + 8] as number) +
        b2 * (rows[r + 9] as number) +
        b3 * (rows[r + 10] as number) +
        b4 * (rows[r + 11] as number) +
        b5 * (rows[r + 12] as number) +
        b6 * (rows[r + 13] as number);
      const daily =
        b0 * (rows[r + 14] as number) +
        b1 * (rows[r + 15] as number) +
        b2 * (rows[r + 16] as number) +
        b3 * (rows[r + 17] as number) +
        b4 * (rows[r + 18] as number) +
        b5 * (rows[r + 19] as number) +
        b6 * (rows[r + 20] as number);
      const worth = fixed + principal * share + aged * daily;
      if (worth > best) {
        best = worth;
        which = k;
      }
    }
    step[i] = steps[which] as number;
    value[i] = best;
  }
  return { step, value };
}
