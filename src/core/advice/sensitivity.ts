import { type Action, type Belief, DEBTOR_TYPES, type DebtorType } from './actions.ts';
import type { AdviceClaim } from './claim.ts';
import { DEFAULT_VALUES, type Grade } from './defaults.ts';
import { shiftLogit } from './learning.ts';
import type { ParamId } from './numbers.ts';
import { type DecisionParams, isFraction, numbersOf, PARAM_IDS } from './params.ts';
import { type GraphCache, type LegalFacts, type Problem, solveClaim } from './problem.ts';
import { DURATIONS } from './skeleton.ts';
import { optionsNow, solve } from './solve.ts';

/** A number the advice hangs on, and where it would change. */
export interface Sensitivity {
  /** a parameter, or the chance that the debtor is of a type */
  readonly param: ParamId | `belief.${DebtorType}`;
  readonly label: string;
  readonly grade: Grade;
  /** for a table by type, its mean under the belief; for one by file, the value of this file */
  readonly now: number;
  /** undefined when nothing reasonable changes the advice */
  readonly switchesAt?: number;
  readonly to?: Action;
}

/** One number that can be turned: `shift` 0 is as it is, 1 a factor e (or a unit of logit for a chance). */
interface Knob {
  readonly param: Sensitivity['param'];
  readonly label: string;
  readonly grade: Grade;
  readonly at: (shift: number) => number;
  readonly solve: (shift: number) => ReadonlyMap<Action, number>;
}

/** Durations shape the graph, and some tables must keep their sums: they are not turned one by one. */
const FIXED: ReadonlySet<ParamId> = new Set<ParamId>([
  ...DURATIONS,
  ...(['stepDays', 'ipServeStep', 'tailSteps', 'tailPaidSteps', 'q', 'prior0', 'kappaAction', 'kappaCustomer'] as const),
  ...(['checkGood', 'checkMiddling', 'checkBad', 'waitMaxAge', 'ipServiceDays', 'dividendYears'] as const),
]);

const PROBE = 0.25;
const FARTHEST = 4;

/**
 * The three numbers the advice depends on most: those that would change it with the smallest turn. Each is solved exactly, first
 * a little off its value, then by bisection to where another step becomes the best.
 */
export function sensitivity(
  claim: AdviceClaim,
  legal: LegalFacts,
  params: DecisionParams,
  cache: GraphCache,
  most = 3,
): readonly Sensitivity[] {
  if (claim.solvency === 'published') return [];
  const problem = solveClaim(claim, legal, params, cache);
  const knobs = [...paramKnobs(problem, claim, legal, params, cache), ...beliefKnobs(problem)];
  const now = leadOf(knobs[0]?.solve(0) ?? new Map());
  if (!now) return [];
  const distance = (knob: Knob): number => {
    const slope = lead(knob.solve(PROBE), now.best) - now.gap;
    return slope === 0 ? Number.POSITIVE_INFINITY : -now.gap / slope;
  };
  return knobs
    .map((knob) => ({ knob, reach: distance(knob) }))
    .filter(({ reach }) => Number.isFinite(reach))
    .sort((a, b) => Math.abs(a.reach) - Math.abs(b.reach))
    .slice(0, most)
    .map(({ knob, reach }) => switchOf(knob, Math.sign(reach), now.best));
}

/** By how much a step leads the best of the others: negative when it no longer does. */
function lead(options: ReadonlyMap<Action, number>, best: Action): number {
  const others = [...options].filter(([action]) => action !== best).map(([, worth]) => worth);
  return (options.get(best) ?? Number.NEGATIVE_INFINITY) - Math.max(...others, Number.NEGATIVE_INFINITY);
}

const bestOf = (options: ReadonlyMap<Action, number>): Action | undefined => [...options].sort((a, b) => b[1] - a[1])[0]?.[0];

function leadOf(options: ReadonlyMap<Action, number>): { readonly best: Action; readonly gap: number } | undefined {
  const best = bestOf(options);
  if (!best || options.size < 2) return undefined;
  return { best, gap: lead(options, best) };
}

/** Turns a knob one way until another step is the best, then halves to the turning point. */
function switchOf(knob: Knob, way: number, best: Action): Sensitivity {
  const { param, label, grade } = knob;
  const found = { param, label, grade, now: knob.at(0) };
  let [near, far] = [0, 0];
  for (let turn = PROBE; turn <= FARTHEST && far === 0; turn *= 2) {
    if (bestOf(knob.solve(turn * way)) === best) near = turn;
    else far = turn;
  }
  if (far === 0) return found;
  for (let i = 0; i < 12; i += 1) {
    const middle = (near + far) / 2;
    if (bestOf(knob.solve(middle * way)) === best) near = middle;
    else far = middle;
  }
  const to = bestOf(knob.solve(far * way));
  return { ...found, switchesAt: knob.at(far * way), ...(to && { to }) };
}

function paramKnobs(
  problem: Problem,
  claim: AdviceClaim,
  legal: LegalFacts,
  params: DecisionParams,
  cache: GraphCache,
): readonly Knob[] {
  const n = numbersOf(params);
  const used = PARAM_IDS.filter((id) => !FIXED.has(id));
  return used.map((id): Knob => {
    const turned = (shift: number): unknown => turn(n[id], shift, isFraction(id));
    return {
      param: id,
      label: DEFAULT_VALUES[id].label,
      grade: params.values[id].grade,
      at: (shift) => shown(turned(shift), problem.belief.belief, claim.file),
      solve: (shift) => {
        const value = { ...params.values[id], value: turned(shift) };
        const values = { ...params.values, [id]: value } as DecisionParams['values'];
        const other = solveClaim(claim, legal, withRoom({ version: params.version, values }), cache);
        return optionsNow(other.graph, other.instance, other.solved);
      },
    };
  });
}

/** Full recovery made likelier leaves less room for half: the two never pass 1 together. */
function withRoom(params: DecisionParams): DecisionParams {
  const { enfFull, enfHalf } = params.values;
  const value = enfHalf.value.map((half, t) => Math.min(half, 1 - (enfFull.value[t] ?? 0)));
  return { ...params, values: { ...params.values, enfHalf: { ...enfHalf, value } } };
}

function turn(value: unknown, shift: number, fraction: boolean): unknown {
  if (Array.isArray(value)) return value.map((x) => turn(x, shift, fraction));
  return fraction ? shiftLogit(Number(value), shift) : Number(value) * Math.exp(shift);
}

function shown(value: unknown, belief: Belief, file: number): number {
  if (!Array.isArray(value)) return Number(value);
  if (value.length === 3) return Number(value[file]);
  return value.reduce((sum: number, x, t) => sum + Number(x) * (belief[t] ?? 0), 0);
}

/** The belief itself: what if the debtor were likelier insolvent, or truly in dispute. */
function beliefKnobs({ graph, instance, belief }: Problem): readonly Knob[] {
  const types: readonly DebtorType[] = ['D', 'I'];
  const words = { D: 'Chance d’un vrai désaccord', I: 'Chance d’une insolvabilité pas encore publiée' } as const;
  return types.flatMap((type): readonly Knob[] => {
    const index = DEBTOR_TYPES.indexOf(type);
    const now = belief.belief[index] ?? 0;
    if (now <= 0 || now >= 1) return [];
    const at = (shift: number): number => shiftLogit(now, shift);
    return [
      {
        param: `belief.${type}`,
        label: type === 'D' ? words.D : words.I,
        grade: 'expert',
        at,
        solve: (shift) => {
          const rest = (1 - at(shift)) / (1 - now);
          const other = { ...instance, belief: belief.belief.map((b, t) => (t === index ? at(shift) : b * rest)) };
          return optionsNow(graph, other, solve(graph, other));
        },
      },
    ];
  });
}
