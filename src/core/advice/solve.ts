import { ACTIONS, type Action, type Belief, TYPES } from './actions.ts';
import { type LawGate, TRIED_SETS } from './gate.ts';
import type { Graph } from './graph.ts';
import { permissionAt } from './skeleton.ts';

/** What a pass needs besides the graph. */
export interface Instance {
  readonly belief: Belief;
  /** euros */
  readonly principal: number;
  readonly ageDays: number;
  readonly permissions: Uint8Array;
  /** the most to advance, euros */
  readonly outlayCap: number;
}

/** The solved graph: the worth of each state per unit of initial belief, discounted to now, and the move chosen there. */
export interface Solution {
  readonly worth: Float64Array;
  /** index of the chosen move, −1 where every one is closed */
  readonly choice: Int32Array;
  /** by cell and type: what its moves are worth at once to this claim */
  readonly cells: Float64Array;
}

export const newSolution = (graph: Graph): Solution => ({
  worth: new Float64Array(graph.states),
  choice: new Int32Array(graph.states),
  cells: new Float64Array(graph.cellTemplate.length * TYPES),
});

/**
 * Asks the gate about every step, at every time, for what may have been tried by then: the solver never sees an unlawful one. `now` is
 * the number of steps at which the claim stands in the graph.
 */
export function permissionsOf(graph: Graph, gate: LawGate, now = 0): Uint8Array {
  const { longest, numbers } = graph;
  const table = new Uint8Array(ACTIONS.length * 4 * (longest + 1));
  ACTIONS.forEach((action, rank) => {
    TRIED_SETS.forEach((tried, bits) => {
      for (let steps = now; steps <= longest; steps += 1) {
        const answer = gate.permits(action, { daysAhead: (steps - now) * numbers.stepDays, tried });
        if (answer.ok) table[permissionAt(rank, bits, steps, longest)] = 1;
      }
    });
  });
  return table;
}

/** What each cell is worth to a claim: constant + principal × (share + daily interest × age on that day). */
function priceCells(graph: Graph, principal: number, ageDays: number, cells: Float64Array): void {
  const { worths, cellTemplate, cellSteps, numbers } = graph;
  for (let c = 0; c < cellTemplate.length; c += 1) {
    const from = (cellTemplate[c] as number) * 3 * TYPES;
    const age = ageDays + numbers.stepDays * (cellSteps[c] as number);
    for (let t = 0; t < TYPES; t += 1)
      cells[c * TYPES + t] =
        (worths[from + t] as number) +
        principal * ((worths[from + TYPES + t] as number) + (worths[from + 2 * TYPES + t] as number) * age);
  }
}

/**
 * Bellman's equation, from the last states to the first: exact, one linear pass. The first state of the graph is the claim's;
 * its worth is the value of the claim when the belief sums to 1. With `within`, only these states are solved, given in order of time:
 * they hold all that may follow each other.
 */
export function solve(
  graph: Graph,
  instance: Instance,
  into: Solution = newSolution(graph),
  within: Int32Array | undefined = undefined,
): Solution {
  const { first, permission, outlay, cell, firstEdge, edge, reach, states } = graph;
  const { worth, choice, cells } = into;
  const { belief, permissions, outlayCap } = instance;
  priceCells(graph, instance.principal, instance.ageDays, cells);
  // Named locals keep the inner product in registers: this loop is the whole cost of an answer.
  const [b0 = 0, b1 = 0, b2 = 0, b3 = 0, b4 = 0, b5 = 0, b6 = 0] = belief;
  for (let i = (within ? within.length : states) - 1; i >= 0; i -= 1) {
    const s = within ? (within[i] as number) : i;
    const at = s * TYPES;
    const w0 = b0 * (reach[at] as number);
    const w1 = b1 * (reach[at + 1] as number);
    const w2 = b2 * (reach[at + 2] as number);
    const w3 = b3 * (reach[at + 3] as number);
    const w4 = b4 * (reach[at + 4] as number);
    const w5 = b5 * (reach[at + 5] as number);
    const w6 = b6 * (reach[at + 6] as number);
    let best = Number.NEGATIVE_INFINITY;
    let chosen = -1;
    const end = first[s + 1] as number;
    for (let a = first[s] as number; a < end; a += 1) {
      if (permissions[permission[a] as number] === 0 || (outlay[a] as number) > outlayCap) continue;
      const c = (cell[a] as number) * TYPES;
      let u =
        w0 * (cells[c] as number) +
        w1 * (cells[c + 1] as number) +
        w2 * (cells[c + 2] as number) +
        w3 * (cells[c + 3] as number) +
        w4 * (cells[c + 4] as number) +
        w5 * (cells[c + 5] as number) +
        w6 * (cells[c + 6] as number);
      const last = firstEdge[a + 1] as number;
      for (let e = firstEdge[a] as number; e < last; e += 1) u += worth[edge[e] as number] as number;
      if (u > best) {
        best = u;
        chosen = a;
      }
    }
    worth[s] = best;
    choice[s] = chosen;
  }
  return into;
}

/**
 * The value of a claim for each type, if its debtor were surely of it: seven answers in one pass, on the cells that `solved` priced. The
 * belief plays no part.
 */
export function solveByType(graph: Graph, { permissions, outlayCap }: Instance, { cells }: Solution): Float64Array {
  const { first, permission, outlay, cell, firstEdge, edge, reach, states } = graph;
  const worth = new Float64Array(states * TYPES);
  for (let s = states - 1; s >= 0; s -= 1) {
    const at = s * TYPES;
    worth.fill(Number.NEGATIVE_INFINITY, at, at + TYPES);
    const end = first[s + 1] as number;
    for (let a = first[s] as number; a < end; a += 1) {
      if (permissions[permission[a] as number] === 0 || (outlay[a] as number) > outlayCap) continue;
      const c = (cell[a] as number) * TYPES;
      let u0 = (reach[at] as number) * (cells[c] as number);
      let u1 = (reach[at + 1] as number) * (cells[c + 1] as number);
      let u2 = (reach[at + 2] as number) * (cells[c + 2] as number);
      let u3 = (reach[at + 3] as number) * (cells[c + 3] as number);
      let u4 = (reach[at + 4] as number) * (cells[c + 4] as number);
      let u5 = (reach[at + 5] as number) * (cells[c + 5] as number);
      let u6 = (reach[at + 6] as number) * (cells[c + 6] as number);
      const last = firstEdge[a + 1] as number;
      for (let e = firstEdge[a] as number; e < last; e += 1) {
        const to = (edge[e] as number) * TYPES;
        u0 += worth[to] as number;
        u1 += worth[to + 1] as number;
        u2 += worth[to + 2] as number;
        u3 += worth[to + 3] as number;
        u4 += worth[to + 4] as number;
        u5 += worth[to + 5] as number;
        u6 += worth[to + 6] as number;
      }
      if (u0 > (worth[at] as number)) worth[at] = u0;
      if (u1 > (worth[at + 1] as number)) worth[at + 1] = u1;
      if (u2 > (worth[at + 2] as number)) worth[at + 2] = u2;
      if (u3 > (worth[at + 3] as number)) worth[at + 3] = u3;
      if (u4 > (worth[at + 4] as number)) worth[at + 4] = u4;
      if (u5 > (worth[at + 5] as number)) worth[at + 5] = u5;
      if (u6 > (worth[at + 6] as number)) worth[at + 6] = u6;
    }
  }
  return worth.subarray(0, TYPES);
}

/** The states that lawful steps may lead to from one, itself first, in order of time. */
export function reachable(graph: Graph, permissions: Uint8Array, start = 0): Int32Array {
  const { first, firstEdge, edge, permission, states } = graph;
  const seen = new Uint8Array(states);
  seen[start] = 1;
  const found: number[] = [];
  // A move goes to a later state: one sweep sees each state after all that lead to it.
  for (let s = start; s < states; s += 1) {
    if (seen[s] === 0) continue;
    found.push(s);
    for (let a = first[s] as number; a < (first[s + 1] as number); a += 1) {
      if (permissions[permission[a] as number] === 0) continue;
      for (let e = firstEdge[a] as number; e < (firstEdge[a + 1] as number); e += 1) seen[edge[e] as number] = 1;
    }
  }
  return Int32Array.from(found);
}

/** The moves open now, in the first state or another, and the worth of each, acting at best afterwards. */
export function optionMoves(graph: Graph, instance: Instance, solved: Solution, start = 0): ReadonlyMap<number, number> {
  const found = new Map<number, number>();
  for (let a = graph.first[start] as number; a < (graph.first[start + 1] as number); a += 1) {
    if (instance.permissions[graph.permission[a] as number] === 0) continue;
    if ((graph.outlay[a] as number) > instance.outlayCap) continue;
    let u = 0;
    const c = (graph.cell[a] as number) * TYPES;
    for (let t = 0; t < TYPES; t += 1)
      u += (instance.belief[t] ?? 0) * (graph.reach[start * TYPES + t] as number) * (solved.cells[c + t] as number);
    for (let e = graph.firstEdge[a] as number; e < (graph.firstEdge[a + 1] as number); e += 1)
      u += solved.worth[graph.edge[e] as number] as number;
    found.set(a, u);
  }
  return found;
}

/** The worth of each step open now, acting at best afterwards. */
export function optionsNow(graph: Graph, instance: Instance, solved: Solution): ReadonlyMap<Action, number> {
  return new Map(
    [...optionMoves(graph, instance, solved)].map(([move, worth]) => [
      ACTIONS[graph.action[move] as number] ?? 'WRITEOFF',
      worth,
    ]),
  );
}
