import { type Action, TYPES } from '../advice/actions.ts';
import type { Problem } from '../advice/problem.ts';
import { type Choose, rankToAction } from './policy.ts';

/**
 * What a policy is worth on a claim, euros: exact, no draw. Only the states it comes to are visited; each is worth what its step brings
 * at once plus the states after it. Steps the law closes are never offered to it.
 */
export function worthOfPolicy({ graph, instance, solved }: Problem, choose: Choose): number {
  const known = new Map<number, number>();
  const worth = (state: number): number => {
    const seen = known.get(state);
    if (seen !== undefined) return seen;
    const moves = new Map<Action, number>();
    for (let a = graph.first[state] as number; a < (graph.first[state + 1] as number); a += 1) {
      const lawful = instance.permissions[graph.permission[a] as number] === 1;
      if (lawful && (graph.outlay[a] as number) <= instance.outlayCap) moves.set(rankToAction(graph.action[a] as number), a);
    }
    const action = choose(graph.codes[state] as number, [...moves.keys()]);
    const move = moves.get(action);
    if (move === undefined) throw new Error(`the policy took ${action}, which is closed`);
    let sum = 0;
    const cell = (graph.cell[move] as number) * TYPES;
    for (let t = 0; t < TYPES; t += 1)
      sum += (instance.belief[t] ?? 0) * (graph.reach[state * TYPES + t] as number) * (solved.cells[cell + t] as number);
    for (let e = graph.firstEdge[move] as number; e < (graph.firstEdge[move + 1] as number); e += 1)
      sum += worth(graph.edge[e] as number);
    known.set(state, sum);
    return sum;
  };
  return worth(0);
}
