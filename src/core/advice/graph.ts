import { TYPES } from './actions.ts';
import { insolvencyChoices, type MoneyFacts, settle } from './money.ts';
import { discountOf, type Numbers, survival, type Vector } from './numbers.ts';
import { after, principalLeft, type Step, StepBook } from './outcomes.ts';
import type { Shape, Skeleton } from './skeleton.ts';
import { unpack } from './state.ts';

/** What of a claim shapes the money of its graph; amount, age, belief and law enter when a claim is decided. */
export interface Context extends Shape {
  readonly rate: number;
  readonly flat: number;
  readonly kept: number;
  readonly vatBack: number;
  /** a published insolvency would be worth a declaration: on the whole principal, on what a broken plan leaves */
  readonly declaresWhole: boolean;
  readonly declaresRest: boolean;
}

/** A skeleton with its figures. */
export interface Graph extends Skeleton {
  readonly context: Context;
  readonly numbers: Numbers;
  readonly book: StepBook;
  /** by state and type: likelihood of coming there over the initial one, survival and discount included */
  readonly reach: Float64Array;
  /**
   * by template and type, three numbers each: what a move is worth at once per unit of the mass that takes it, as a constant,
   * per euro of principal, per euro of principal and day of age on the day of the move
   */
  readonly worths: Float64Array;
  /** by move: the most the claim will have cost in advance once the step is taken, euros; by state, what it has cost on coming there */
  readonly outlay: Float64Array;
  readonly spent: Float64Array;
}

/** Puts the figures of a context on its skeleton. */
export function compile(skeleton: Skeleton, context: Context, n: Numbers): Graph {
  const book = new StepBook(n, context.file);
  const steps = skeleton.templates.map(({ action, from }) => book.step(action, unpack(from)));
  return {
    ...skeleton,
    context,
    numbers: n,
    book,
    worths: worthsOf(skeleton, steps, context, n),
    ...reachOf(skeleton, steps, n),
  };
}

/** How likely each state is and what it will have cost, following the way it was first found. */
function reachOf(g: Skeleton, steps: readonly Step[], n: Numbers): Pick<Graph, 'reach' | 'outlay' | 'spent'> {
  const alive = survival(n);
  const d = discountOf(n);
  const reach = new Float64Array(g.states * TYPES).fill(1, 0, TYPES);
  const spent = new Float64Array(g.states);
  const stepOf = (move: number): Step => steps[g.cellTemplate[g.cell[move] as number] as number] as Step;
  for (let s = 1; s < g.states; s += 1) {
    const move = g.parentMove[s] as number;
    const before = g.from[move] as number;
    const step = stepOf(move);
    const branch = step.branches[g.parentBranch[s] as number];
    if (!branch) continue;
    const lives = alive(branch.steps);
    const discount = d ** branch.steps;
    for (let t = 0; t < TYPES; t += 1)
      reach[s * TYPES + t] =
        (reach[before * TYPES + t] as number) * (branch.chance[t] as number) * (lives[t] as number) * discount;
    spent[s] = (spent[before] as number) + step.cash + (branch.cash?.advanced ?? 0);
  }
  const outlay = Float64Array.from(g.from, (from, move) => {
    const step = stepOf(move);
    return (spent[from] as number) + step.cash + step.later;
  });
  return { reach, outlay, spent };
}

/** What each template is worth at once: its price, its settled branches, the money of those that go on, published insolvencies. */
function worthsOf(g: Skeleton, steps: readonly Step[], context: Context, n: Numbers): Float64Array {
  const d = discountOf(n);
  const alive = survival(n);
  const m: MoneyFacts = { ...context, principal: 0, ageDays: 0 };
  const worths = new Float64Array(g.templates.length * 3 * TYPES);
  const add = (at: number, chance: Vector, by: number, constant: number, principal: number, aged: number): void => {
    for (let t = 0; t < TYPES; t += 1) {
      const mass = (chance[t] as number) * by;
      worths[at + t] = (worths[at + t] as number) + mass * constant;
      worths[at + TYPES + t] = (worths[at + TYPES + t] as number) + mass * principal;
      worths[at + 2 * TYPES + t] = (worths[at + 2 * TYPES + t] as number) + mass * aged;
    }
  };
  const sure: Vector = new Array(TYPES).fill(1);
  g.templates.forEach(({ action, from }, id) => {
    const s = unpack(from);
    const step = steps[id] as Step;
    const at = id * 3 * TYPES;
    add(at, sure, -1, step.cash + step.hours * n.hourlyRate, 0, 0);
    for (const branch of step.branches) {
      const by = d ** branch.steps;
      if (branch.end) {
        const { constant, principal, aged } = settle(branch.end, principalLeft(n, s), branch.steps, n, m);
        add(at, branch.chance, by, constant, principal, aged);
        continue;
      }
      if (branch.cash) add(at, branch.chance, by, branch.cash.fixed, branch.cash.principal * m.kept, 0);
      const lives = alive(branch.steps);
      const left = principalLeft(n, after(action, s, branch));
      const { declare, drop } = insolvencyChoices(left, n, m);
      const worth = (left === 1 ? context.declaresWhole : context.declaresRest) ? declare : drop;
      const failed = branch.chance.map((chance, t) => chance * (1 - (lives[t] as number)));
      add(at, failed, by, worth.constant, worth.principal, worth.aged);
    }
  });
  return worths;
}
