import { ACTIONS, type Action } from '../advice/actions.ts';
import { centsOf, eurosOf } from '../advice/claim.ts';
import { chosenIn } from '../advice/paths.ts';
import type { Problem } from '../advice/problem.ts';
import { hasTitle, type State, unpack } from '../advice/state.ts';
import { wholeEuros } from '../advice/words.ts';

/** A way of chasing: for a claim, the step taken in each state, among those open there. */
export interface Policy {
  readonly id: string;
  /** in French, for tables */
  readonly label: string;
  for(believed: Problem): Choose;
}

/** The step taken in a state, by its code. `open` is never empty: stopping is always allowed. */
export type Choose = (code: number, open: readonly Action[]) => Action;

/** One step of a fixed schedule, and from which amount it is taken, euros. */
export interface Scheduled {
  readonly action: Action;
  readonly from?: number;
}

/** How often each step of a schedule was taken already. */
const taken = (action: Action, s: State): number =>
  action === 'EMAIL' ? s.emails : action === 'CALL' ? s.calls : action === 'WAIT' ? s.waits : 0;

/**
 * A schedule followed to the letter: the first step not yet taken that is open, then the bailiff with a title, else stop. A debtor who
 * disputes or a court that refuses changes nothing to it, but that closed steps are passed over.
 */
export function fixedSchedule(id: string, label: string, steps: readonly Scheduled[]): Policy {
  const times = new Map<Action, number>();
  for (const { action } of steps) times.set(action, (times.get(action) ?? 0) + 1);
  return {
    id,
    label,
    for: ({ claim }) => {
      const amount = eurosOf(claim.principal);
      return (code, open) => {
        const s = unpack(code);
        if (hasTitle(s) && open.includes('ENFORCE')) return 'ENFORCE';
        const next = steps.find(
          ({ action, from = 0 }) => amount >= from && open.includes(action) && taken(action, s) < (times.get(action) ?? 0),
        );
        return next?.action ?? 'WRITEOFF';
      };
    },
  };
}

const MAILS_THEN_NOTICE: readonly Scheduled[] = [
  { action: 'EMAIL' },
  { action: 'EMAIL' },
  { action: 'EMAIL' },
  { action: 'MED' },
];

/** From which amounts a rule goes to court with a lawyer, and for a payment order; euros. */
export interface Thresholds {
  readonly lawyer: number;
  readonly order: number;
}
/** The seed's rule for a lawyer; the threshold of the best fixed rule that the design measured for an order. */
export const USUAL_THRESHOLDS: Thresholds = { lawyer: 2000, order: 1000 };

const euros = (amount: number): string => wholeEuros(centsOf(amount));

/** Three mails and a notice two weeks apart, then what each rule adds. */
export const fixedPolicies = ({ lawyer, order }: Thresholds): readonly Policy[] => [
  fixedSchedule('mails', 'trois relances, mise en demeure, arrêt', MAILS_THEN_NOTICE),
  fixedSchedule('agency', 'puis société de recouvrement', [...MAILS_THEN_NOTICE, { action: 'AGENCY' }]),
  fixedSchedule('seed', `puis avocat à partir de ${euros(lawyer)}`, [...MAILS_THEN_NOTICE, { action: 'REFERE', from: lawyer }]),
  fixedSchedule('order', 'puis injonction, toujours', [...MAILS_THEN_NOTICE, { action: 'IP' }]),
  fixedSchedule('order-1000', `puis injonction à partir de ${euros(order)}`, [
    ...MAILS_THEN_NOTICE,
    { action: 'IP', from: order },
  ]),
  fixedSchedule('plan-order-1000', `échéancier, puis injonction à partir de ${euros(order)}`, [
    ...MAILS_THEN_NOTICE,
    { action: 'PLAN' },
    { action: 'IP', from: order },
  ]),
];

export const FIXED_POLICIES: readonly Policy[] = fixedPolicies(USUAL_THRESHOLDS);

/** Our own: the step of highest value in each state, as solved with the figures believed. */
export const ADVICE_POLICY: Policy = {
  id: 'advice',
  label: 'Quitus',
  for:
    ({ graph, solved }) =>
    (code, open) => {
      const chosen = chosenIn(graph, solved, code);
      // What the believed figures did not open, or never came to, is left alone.
      return chosen !== undefined && open.includes(chosen) ? chosen : (open.find((a) => a === 'WRITEOFF') ?? (open[0] as Action));
    },
};

export const POLICIES: readonly Policy[] = [...FIXED_POLICIES, ADVICE_POLICY];
export const rankToAction = (rank: number): Action => ACTIONS[rank] ?? 'WRITEOFF';
