import type { ActionKind } from './actions.ts';
import type { Stage } from './state.ts';

/** Everything that a user may do with a case: say what happened, or write. */
export type Move = ActionKind | 'formal-notice';

/** What a case can live through whatever else goes on. */
const ALWAYS: readonly Move[] = ['contact', 'payment', 'note', 'close'];
/** What the debtor may answer. */
const ANSWERS: readonly Move[] = ['promise', 'plan', 'dispute', 'insolvency'];
const OPEN: readonly Move[] = [...ALWAYS, ...ANSWERS];
const LATE: readonly Move[] = [...OPEN, 'formal-notice', 'doubtful'];
/** A status of the invoice waits for the user: nothing is demanded before it is answered. */
const TO_ANSWER: readonly Move[] = [...OPEN, 'status-answered'];

/**
 * What makes sense at each stage; the rest is refused. A severe step needs its predecessors: no formal notice before an invoice is
 * late, none to an insolvent debtor; a dispute is settled only where there is one. While a dispute, a promise or a plan stops the
 * pressure, the notice stays possible, by a person's decision, with a warning.
 */
export const MOVES: Readonly<Record<Stage, readonly Move[]>> = {
  'not-due': OPEN,
  'to-contact': LATE,
  overdue: LATE,
  promised: LATE,
  'promise-broken': LATE,
  'plan-running': LATE,
  'plan-broken': LATE,
  'notice-prepared': LATE,
  'notice-running': LATE,
  'notice-expired': LATE,
  disputed: [...LATE, 'dispute-settled'],
  insolvent: [...ALWAYS, 'declaration', 'dispute', 'doubtful'],
  // What the debtor may have paid is not demanded again: first say what the money settles, or set it aside.
  'money-to-place': OPEN,
  'payment-announced': TO_ANSWER,
  'document-missing': TO_ANSWER,
  'not-delivered': TO_ANSWER,
  withdrawn: TO_ANSWER,
  settled: [...ALWAYS, 'dispute', 'formal-notice'],
  closed: ['note', 'reopen'],
};

/** Whether a move makes sense at a stage. */
export const allows = (stage: Stage, move: Move): boolean => MOVES[stage].includes(move);
