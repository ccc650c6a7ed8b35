import { ACTIONS, type Action, type Belief, rankOf, TYPES } from './actions.ts';
import type { Graph } from './graph.ts';
import { type Instance, newSolution, type Solution, solve } from './solve.ts';

/** Coefficients of a plan: its value is affine in (belief, belief × principal, belief × principal × age). */
export const PLAN_ROW = 3 * TYPES;
/** Columns of a claim in a batch: the belief, the principal in euros, the age in days. */
export const CLAIM_COLUMNS = TYPES + 2;

/** A few plans good for many claims of one context: each scored claim takes the best of them. A lower bound, always lawful. */
export interface PlanLibrary {
  readonly plans: number;
  /** PLAN_ROW coefficients a plan */
  readonly rows: Float64Array;
  /** rank of the first step of each plan */
  readonly steps: Uint8Array;
}

/** The affine worth of the plan a solution follows: the sum of what its reachable moves are worth at once. */
export function planRow(graph: Graph, solved: Solution): Float64Array {
  const row = new Float64Array(PLAN_ROW);
  const seen = new Set<number>([0]);
  const queue = [0];
  for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
    const move = solved.choice[state] as number;
    if (move < 0) continue;
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
    for (let e = graph.firstEdge[move] as number; e < (graph.firstEdge[move + 1] as number); e += 1) {
      const next = graph.edge[e] as number;
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push(next);
    }
  }
  return row;
}

/** A claim to learn plans from. */
export type Sample = Pick<Instance, 'belief' | 'principal' | 'ageDays'>;

/**
 * Chooses at most `most` plans among the best ones of sample claims: each time the one that adds most to the mean value, as a
 * share of the principal. All samples share the context and the permissions of the graph.
 */
export function buildLibrary(graph: Graph, permissions: Uint8Array, samples: readonly Sample[], most: number): PlanLibrary {
  const plans = new Map<string, { readonly row: Float64Array; readonly step: number }>();
  const scratch = newSolution(graph);
  for (const sample of samples) {
    solve(graph, { ...sample, permissions, outlayCap: Number.POSITIVE_INFINITY }, scratch);
    const row = planRow(graph, scratch);
    plans.set(row.join(), { row, step: graph.action[scratch.choice[0] as number] ?? rankOf('WRITEOFF') });
  }
  const all = [...plans.values()];
  // worth[p][i]: the value of plan p on sample i, as a share of the principal.
  const worth = all.map(({ row }) =>
    Float64Array.from(samples, ({ belief, principal, ageDays }) => worthOfPlan(row, belief, principal, ageDays) / principal),
  );
  const reached = new Float64Array(samples.length).fill(Number.NEGATIVE_INFINITY);
  const chosen: number[] = [];
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
    if (best < 0) break;
    chosen.push(best);
    left.delete(best);
    (worth[best] as Float64Array).forEach((value, i) => {
      if (value > (reached[i] as number)) reached[i] = value;
    });
  }
  const rows = new Float64Array(chosen.length * PLAN_ROW);
  chosen.forEach((p, k) => {
    rows.set(all[p]?.row ?? [], k * PLAN_ROW);
  });
  return { plans: chosen.length, rows, steps: Uint8Array.from(chosen, (p) => all[p]?.step ?? 0) };
}

function worthOfPlan(row: Float64Array, belief: Belief, principal: number, ageDays: number): number {
  let sum = 0;
  for (let t = 0; t < TYPES; t += 1)
    sum +=
      (belief[t] ?? 0) *
      ((row[t] as number) + principal * ((row[TYPES + t] as number) + ageDays * (row[2 * TYPES + t] as number)));
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
