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
  // By template and branch: the factors of a passage, so that the long loop only multiplies.
  const most = Math.max(...steps.map((step) => step.branches.length));
  const factors = new Float64Array(steps.length * most * TYPES);
  const advanced = new Float64Array(steps.length * most);
  steps.forEach((step, id) => {
    step.branches.forEach((branch, b) => {
      const [at, lives, discount] = [id * most + b, alive(branch.steps), d ** branch.steps];
      for (let t = 0; t < TYPES; t += 1) factors[at * TYPES + t] = (branch.chance[t] as number) * (lives[t] as number) * discount;
      advanced[at] = step.cash + (branch.cash?.advanced ?? 0);
    });
  });
  const asked = Float64Array.from(steps, (step) => step.cash + step.later);
  const { parentMove, parentBranch, from, cell, cellTemplate, states } = g;
  const reach = new Float64Array(states * TYPES).fill(1, 0, TYPES);
  const spent = new Float64Array(states);
  for (let s = 1; s < states; s += 1) {
    const move = parentMove[s] as number;
    const before = from[move] as number;
    const by = (cellTemplate[cell[move] as number] as number) * most + (parentBranch[s] as number);
    for (let t = 0; t < TYPES; t += 1)
      reach[s * TYPES + t] = (reach[before * TYPES + t] as number) * (factors[by * TYPES + t] as number);
    spent[s] = (spent[before] as number) + (advanced[by] as number);
  }
  const outlay = new Float64Array(from.length);
  for (let move = 0; move < from.length; move += 1)
    outlay[move] = (spent[from[move] as number] as number) + (asked[cellTemplate[cell[move] as number] as number] as number);
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
