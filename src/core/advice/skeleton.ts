import { ACTIONS, type Action, rankOf } from './actions.ts';
import type { FileStrength } from './claim.ts';
import type { Numbers, ParamId } from './numbers.ts';
import { orderRule, triedOf } from './order.ts';
import { after, type Step, StepBook } from './outcomes.ts';
import { pack, planBroken, type State, unpack } from './state.ts';

/** What decides which states exist: where the claim stands, and which steps can ever be open to it. */
export interface Shape {
  readonly start: State;
  readonly file: FileStrength;
  readonly disputeFounded: boolean;
  /** bit `rankOf(action)`: the gate opens the step at some moment */
  readonly open: number;
}

/** A step as several states share it: same chances, same money. `from` is the code of one state where it is taken. */
export interface Template {
  readonly action: Action;
  readonly from: number;
  /** two thirds of the principal are left there */
  readonly broken: boolean;
}

/**
 * The states a claim may come to and the moves between them, in columns, in order of time: every move goes to a later state, so
 * one backward pass solves the graph. Holds no chance and no money: it serves any figures with the same durations.
 */
export interface Skeleton {
  readonly states: number;
  readonly codes: Int32Array;
  /** steps from now */
  readonly steps: Uint8Array;
  /** the moves of state s are first[s] … first[s+1]−1 */
  readonly first: Int32Array;
  readonly action: Uint8Array;
  /** index into a table of permissions */
  readonly permission: Int32Array;
  /** index of the cell (template, steps) that holds the worth of a move */
  readonly cell: Int32Array;
  /** the next states of move a are edge[firstEdge[a]] … */
  readonly firstEdge: Int32Array;
  readonly edge: Int32Array;
  /** how each state was first reached: by which move, by which of its branches (−1 for the start) */
  readonly parentMove: Int32Array;
  readonly parentBranch: Int8Array;
  /** the state each move leaves */
  readonly from: Int32Array;
  readonly templates: readonly Template[];
  readonly cellTemplate: Int32Array;
  readonly cellSteps: Uint8Array;
  readonly longest: number;
  readonly index: ReadonlyMap<number, number>;
}

/** The numbers that shape a skeleton: durations. */
export const DURATIONS = [
  ...(['planN', 'planPace', 'planBrokenSteps', 'credSteps', 'mdnSteps', 'agySteps', 'psrSteps', 'ipRejectedSteps'] as const),
  ...(['ipSteps', 'refSteps', 'suitSteps', 'suitStepsOpp', 'enfSteps'] as const),
] as const satisfies readonly ParamId[];

/** Where a permission lies in its table. `longest` is the largest number of steps of the graph. */
export const permissionAt = (rank: number, tried: number, steps: number, longest: number): number =>
  (rank * 4 + tried) * (longest + 1) + steps;

const triedBits = (s: State): number => {
  const tried = triedOf(s);
  return (tried.amicable ? 1 : 0) | (tried.plan ? 2 : 0);
};

interface Known {
  readonly id: number;
  readonly step: Step;
  /** what each branch adds to the code of a state; undefined where it ends */
  readonly adds: readonly (number | undefined)[];
}

/** Finds every state and move of a shape. Equal states meet whatever the path; time is the same by every path. */
export function skeletonOf(shape: Shape, n: Numbers): Skeleton {
  const book = new StepBook(n, shape.file);
  const actions = ACTIONS.filter((action) => (shape.open >> rankOf(action)) & 1);
  const start = pack(shape.start);
  const levels: number[][] = [[start]];
  const parents = new Map<number, readonly [move: number, branch: number]>([[start, [-1, -1]]]);
  const known = new Map<Step, Known[]>();
  const templates: Template[] = [];
  const columns = { codes: [] as number[], steps: [] as number[], first: [] as number[] };
  const moves = { from: [] as number[], action: [] as number[], tried: [] as number[], template: [] as number[] };
  const targets: number[] = [];
  const firstEdge: number[] = [];
  for (let time = 0; time < levels.length; time += 1) {
    for (const code of levels[time] ?? []) {
      const s = unpack(code);
      const [tried, broken] = [triedBits(s), planBroken(s)];
      columns.first.push(moves.from.length);
      for (const action of actions) {
        if (orderRule(action, s, shape.disputeFounded)) continue;
        const found = templateOf(action, s, code, broken, book, known, templates);
        firstEdge.push(targets.length);
        found.adds.forEach((add, branch) => {
          if (add === undefined) return;
          const next = code + add;
          targets.push(next);
          if (parents.has(next)) return;
          parents.set(next, [moves.from.length, branch]);
          const later = time + (found.step.branches[branch]?.steps ?? 1);
          levels[later] ??= [];
          levels[later]?.push(next);
        });
        moves.from.push(columns.codes.length);
        moves.action.push(rankOf(action));
        moves.tried.push(tried);
        moves.template.push(found.id);
      }
      columns.codes.push(code);
      columns.steps.push(time);
    }
  }
  columns.first.push(moves.from.length);
  firstEdge.push(targets.length);
  const longest = levels.length - 1;
  const index = new Map(columns.codes.map((code, i) => [code, i]));
  return {
    states: columns.codes.length,
    codes: Int32Array.from(columns.codes),
    steps: Uint8Array.from(columns.steps),
    first: Int32Array.from(columns.first),
    action: Uint8Array.from(moves.action),
    permission: Int32Array.from(moves.action, (rank, a) =>
      permissionAt(rank, moves.tried[a] ?? 0, columns.steps[moves.from[a] ?? 0] ?? 0, longest),
    ),
    firstEdge: Int32Array.from(firstEdge),
    edge: Int32Array.from(targets, (code) => index.get(code) ?? 0),
    parentMove: Int32Array.from(columns.codes, (code) => parents.get(code)?.[0] ?? -1),
    parentBranch: Int8Array.from(columns.codes, (code) => parents.get(code)?.[1] ?? -1),
    from: Int32Array.from(moves.from),
    templates,
    longest,
    index,
    ...cellsOf(moves.template, moves.from, columns.steps, templates.length),
  };
}

function templateOf(
  action: Action,
  s: State,
  code: number,
  broken: boolean,
  book: StepBook,
  known: Map<Step, Known[]>,
  templates: Template[],
): Known {
  const step = book.step(action, s);
  let both = known.get(step);
  if (!both) {
    both = [];
    known.set(step, both);
  }
  const slot = broken ? 1 : 0;
  let found = both[slot];
  if (!found) {
    const adds = step.branches.map((branch) => (branch.next ? pack(after(action, s, branch)) - code : undefined));
    found = { id: templates.length, step, adds };
    templates.push({ action, from: code, broken });
    both[slot] = found;
  }
  return found;
}

/** One cell for each template and number of steps that meet: the worth of a move, computed once a claim. */
function cellsOf(template: readonly number[], from: readonly number[], steps: readonly number[], templates: number) {
  const cells = new Map<number, number>();
  const cell = Int32Array.from(template, (id, a) => {
    const key = id + templates * (steps[from[a] ?? 0] ?? 0);
    const found = cells.get(key) ?? cells.size;
    cells.set(key, found);
    return found;
  });
  const keys = [...cells.keys()];
  return {
    cell,
    cellTemplate: Int32Array.from(keys, (key) => key % templates),
    cellSteps: Uint8Array.from(keys, (key) => Math.floor(key / templates)),
  };
}
