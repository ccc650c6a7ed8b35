import { type Action, type Belief, TYPES } from '../advice/actions.ts';
import { beliefOf } from '../advice/belief.ts';
import { contactPays, interimWon, orderChances, psrAgreed } from '../advice/chances.ts';
import type { AdviceClaim, FileStrength, History } from '../advice/claim.ts';
import { calibrateShift, shiftLogit } from '../advice/learning.ts';
import type { Numbers, ParamId, Vector } from '../advice/numbers.ts';
import { type DecisionParams, numbersOf } from '../advice/params.ts';
import { disputed, type State, stateOf } from '../advice/state.ts';
import type { ClosedCase } from './closed-case.ts';
import { type LearntRate, learntRate, type Whose } from './rates.ts';

/** A table of past cases says neither how old nor how well proven they were: each is taken as the one the starting figures were fitted on. */
const AGE_DAYS = 45;
const FILE: FileStrength = 1;
const LIKE: AdviceClaim = {
  principal: 100_000n,
  ageDays: AGE_DAYS,
  vat: { regime: 'franchise', rate: 0 },
  business: true,
  solvency: 'unknown',
  file: FILE,
  history: {},
};

/** The figure that a step's own results teach, and the chance it gives a type of debtor to settle at that step. */
interface Lesson {
  readonly figure: ParamId & ('pE' | 'pC' | 'pM' | 'agyAcc' | 'psrAcc' | 'ipPay' | 'refPay' | 'enfFull');
  readonly settles: (n: Numbers, s: State, type: number) => number;
}

/** Steps that settle a case in one go. A plan or a discount ends otherwise, a lawsuit in several stages: their figures are not taught so. */
const LESSONS: ReadonlyMap<Action, Lesson> = new Map<Action, Lesson>([
  ['EMAIL', { figure: 'pE', settles: (n, s, t) => contactPays(n, n.pE, s.emails, t) }],
  ['CALL', { figure: 'pC', settles: (n, s, t) => contactPays(n, n.pC, s.calls, t) }],
  ['MED', { figure: 'pM', settles: (n, _, t) => contactPays(n, n.pM, 0, t) }],
  ['AGENCY', { figure: 'agyAcc', settles: (n, _, t) => n.agyAcc[t] ?? 0 }],
  ['PSR', { figure: 'psrAcc', settles: (n, s, t) => psrAgreed(n, s.silent > 0, t) }],
  ['IP', { figure: 'ipPay', settles: (n, s, t) => orderChances(n, FILE, disputed(s), t).paid }],
  ['REFERE', { figure: 'refPay', settles: (n, s, t) => interimWon(n, FILE, disputed(s), t) * (n.refPay[t] ?? 0) }],
  ['ENFORCE', { figure: 'enfFull', settles: (n, _, t) => n.enfFull[t] ?? 0 }],
]);

/** What the user's own cases make of a step's figure. */
export interface Calibrated {
  readonly action: Action;
  readonly figure: Lesson['figure'];
  /** `start` is the chance that the figures given would have had on those same cases, at the place the step had in each */
  readonly rate: LearntRate;
  /** the figure moved as little as brings that chance to the learnt rate; absent when no value of it can */
  readonly value?: Vector;
}

/** A chance moved that far from the learnt rate is not that rate. */
const NEAR = 0.005;

/**
 * The learnt rate of a step, and the figure of the model it leads to: one shift on the logit scale for all types, since no table tells
 * which type a past debtor was. `params` are the figures to start from, without those learnt before: doing it again changes nothing.
 * Undefined for a step that was never taken, or that teaches no figure.
 */
export function calibrated(
  cases: readonly ClosedCase[],
  action: Action,
  params: DecisionParams,
  whose: Whose = {},
): Calibrated | undefined {
  const lesson = LESSONS.get(action);
  if (!lesson) return undefined;
  const n = numbersOf(params);
  const places = placesOf(cases, action, n);
  const total = places.reduce((sum, place) => sum + place.times, 0);
  if (total === 0) return undefined;
  const chance = (numbers: Numbers): number =>
    places.reduce((sum, { belief, state, times }) => {
      let one = 0;
      for (let t = 0; t < TYPES; t += 1) one += (belief[t] ?? 0) * lesson.settles(numbers, state, t);
      return sum + (one * times) / total;
    }, 0);
  const { figure } = lesson;
  const moved = (shift: number): Vector => n[figure].map((p, t) => Math.min(shiftLogit(p, shift), ceiling(n, figure, t)));
  const rate = learntRate(cases, action, chance(n), { action: n.kappaAction, customer: n.kappaCustomer }, whose);
  const at = (shift: number): number => chance({ ...n, [figure]: moved(shift) });
  const shift = calibrateShift(at, rate.user.mean);
  const reached = Math.abs(at(shift) - rate.user.mean) <= NEAR;
  return { action, figure, rate, ...(reached && { value: moved(shift) }) };
}

/** A bailiff recovers all, half or nothing: all and half cannot exceed 1 together. */
const ceiling = (n: Numbers, figure: ParamId, type: number): number => (figure === 'enfFull' ? 1 - (n.enfHalf[type] ?? 0) : 1);

interface Place {
  readonly belief: Belief;
  readonly state: State;
  readonly times: number;
}

/** Where in its case each step of a kind was taken: alike places counted together. */
function placesOf(cases: readonly ClosedCase[], action: Action, n: Numbers): Place[] {
  const found = new Map<string, { history: History; times: number }>();
  for (const { steps } of cases)
    steps.forEach((step, at) => {
      if (step.action !== action) return;
      const history = historyOf(
        steps.slice(0, at).map((s) => s.action),
        action,
      );
      const key = JSON.stringify(history);
      const known = found.get(key);
      if (known) known.times += 1;
      else found.set(key, { history, times: 1 });
    });
  return [...found.values()].map(({ history, times }) => ({
    belief: beliefOf({ ...LIKE, history }, n).belief,
    state: stateOf(history),
    times,
  }));
}

/** What was done before a step. Only the bailiff tells how a court ended: there was a title. */
function historyOf(before: readonly Action[], action: Action): History {
  const times = (action: Action, most: number): number => Math.min(most, before.filter((a) => a === action).length);
  const was = (action: Action): boolean => before.includes(action);
  return {
    emails: times('EMAIL', 3),
    calls: times('CALL', 2),
    ...(was('MED') && { med: true }),
    ...(was('CREDIT') && { credit: true }),
    ...(was('MEDIATION') && { mediation: true }),
    ...(was('AGENCY') && { agency: true }),
    ...(was('PSR') && { psr: true }),
    ...(action === 'ENFORCE' && was('IP') && { ip: 'title' as const }),
    ...(action === 'ENFORCE' && was('REFERE') && { refere: 'title' as const }),
    ...(was('PLAN') && { plan: 'broken' as const }),
  };
}
