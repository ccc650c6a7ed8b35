import { addDays, type Day, isAfter, isBefore } from '#core/kernel/day.ts';
import { type Fact, type FactOf, factsOf } from './facts.ts';

/** Where a case stands. */
export type Stage =
  | 'closed'
  | 'settled'
  | 'insolvent'
  | 'disputed'
  | 'plan-running'
  | 'plan-broken'
  | 'promised'
  | 'promise-broken'
  | 'notice-prepared'
  | 'notice-running'
  | 'notice-expired'
  | 'overdue'
  | 'to-contact'
  | 'not-due';

/** What the money of a case looks like: the principal left on its invoices, and the day the oldest unpaid one fell due. */
export interface CaseBalance {
  readonly principalCents: bigint;
  readonly oldestDueOn: Day | undefined;
}

export interface CaseState {
  readonly stage: Stage;
  /** The day from which somebody has to act if nothing else happens; undefined when nothing is to be done. */
  readonly nextOn: Day | undefined;
  /** A date the stage depends on (a promise, a deadline of the notice, an instalment), to show beside it. */
  readonly deadline: Day | undefined;
}

/** Days after the due date during which a friendly contact comes before a formal notice. */
const FRIENDLY_DAYS = 15;
/** Days left to the debtor to answer a friendly contact before the next step is proposed. */
const PATIENCE_DAYS = 7;

const last = <T>(list: readonly T[]): T | undefined => list.at(-1);
const at = (stage: Stage, nextOn: Day | undefined, deadline?: Day): CaseState => ({ stage, nextOn, deadline });

/** Payments received since a day included, less what was taken back. */
function paidSince(facts: readonly Fact[], since: Day): bigint {
  return facts.reduce((sum, fact) => {
    if (isBefore(fact.on, since)) return sum;
    if (fact.kind === 'payment-recorded') return sum + fact.payload.amount;
    if (fact.kind === 'payment-reversed') return sum - fact.payload.amount;
    return sum;
  }, 0n);
}

/** The first instalment that payments made since the plan do not cover, or undefined when the plan is paid. */
function nextInstalment(facts: readonly Fact[], plan: FactOf<'plan-agreed'>): Day | undefined {
  let paid = paidSince(facts, plan.on);
  for (const instalment of plan.payload.instalments) {
    paid -= instalment.amount;
    if (paid < 0n) return instalment.dueOn;
  }
  return undefined;
}

/** The letter that counts: the last one posted, or the last prepared after it. */
function noticeState(facts: readonly Fact[], asOf: Day): CaseState | undefined {
  const letter = last(
    facts.filter(
      (f): f is FactOf<'letter-prepared' | 'letter-posted'> => f.kind === 'letter-prepared' || f.kind === 'letter-posted',
    ),
  );
  if (!letter) return undefined;
  const deadline = letter.payload.deadlineOn;
  if (letter.kind === 'letter-prepared') return at('notice-prepared', letter.on, deadline);
  return at(isAfter(asOf, deadline) ? 'notice-expired' : 'notice-running', addDays(deadline, 1), deadline);
}

/**
 * Where a case stands on a day: a pure function of its facts, its balance and the day. Facts dated after the day are ignored.
 * What stops pressure comes first: closed, paid, insolvent, disputed, an agreed plan, a promise; then the formal notice.
 */
export function caseState(allFacts: readonly Fact[], balance: CaseBalance, asOf: Day): CaseState {
  const facts = allFacts.filter((f) => !isAfter(f.on, asOf));
  const closing = last(facts.filter((f) => f.kind === 'case-closed' || f.kind === 'case-reopened'));
  if (closing?.kind === 'case-closed') return at('closed', undefined);
  if (balance.principalCents <= 0n) return at('settled', last(factsOf(facts, 'payment-recorded'))?.on ?? last(facts)?.on);

  const insolvency = last(factsOf(facts, 'insolvency-published'));
  if (insolvency) return at('insolvent', insolvency.on);

  const dispute = last(facts.filter((f) => f.kind === 'dispute-raised' || f.kind === 'dispute-settled'));
  if (dispute?.kind === 'dispute-raised') return at('disputed', dispute.on);

  const agreed = last(
    facts.filter((f): f is FactOf<'plan-agreed' | 'promise-made'> => f.kind === 'plan-agreed' || f.kind === 'promise-made'),
  );
  const posted = last(factsOf(facts, 'letter-posted'));
  // A notice posted after an agreement means that the agreement is over.
  if (agreed && !(posted && isAfter(posted.on, agreed.on))) {
    if (agreed.kind === 'plan-agreed') {
      const due = nextInstalment(facts, agreed);
      if (due) return at(isAfter(asOf, due) ? 'plan-broken' : 'plan-running', addDays(due, 1), due);
    } else if (paidSince(facts, agreed.on) < agreed.payload.amount) {
      const { payBy } = agreed.payload;
      return at(isAfter(asOf, payBy) ? 'promise-broken' : 'promised', addDays(payBy, 1), payBy);
    }
  }

  const notice = noticeState(facts, asOf);
  if (notice) return notice;

  const dueOn = balance.oldestDueOn;
  if (!dueOn || !isAfter(asOf, dueOn)) return at('not-due', dueOn && addDays(dueOn, 1), dueOn);
  const contact = last(factsOf(facts, 'contact-made').filter((f) => isAfter(f.on, dueOn)));
  if (!contact && !isAfter(asOf, addDays(dueOn, FRIENDLY_DAYS))) return at('to-contact', addDays(dueOn, 1), dueOn);
  return at('overdue', contact ? addDays(contact.on, PATIENCE_DAYS) : addDays(dueOn, 1), dueOn);
}
