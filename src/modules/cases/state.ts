import { addDays, type Day, isAfter } from '#core/kernel/day.ts';
import { type Asking, statusesAsking } from './einvoice.ts';
import { type Fact, type FactKind, type FactOf, factsOf, type PayloadOf } from './facts.ts';
import { declarationDeadline } from './insolvency.ts';

/** Where a case stands. */
export const STAGES = [
  'not-due',
  'to-contact',
  'overdue',
  'promised',
  'promise-broken',
  'plan-running',
  'plan-broken',
  'notice-prepared',
  'notice-running',
  'notice-expired',
  'disputed',
  'insolvent',
  'money-to-place',
  'payment-announced',
  'document-missing',
  'not-delivered',
  'withdrawn',
  'settled',
  'closed',
] as const;
export type Stage = (typeof STAGES)[number];

/** What the money of a case looks like: the principal left on its invoices, and the day the oldest unpaid one fell due. */
export interface CaseBalance {
  readonly principalCents: bigint;
  readonly oldestDueOn: Day | undefined;
}

/** The one thing that a case may ask for. */
export type NextMove =
  /** speak to the debtor */
  | 'contact'
  | 'formal-notice'
  /** post the letter that is ready */
  | 'post-letter'
  /** the notice brought nothing: choose the next road */
  | 'choose-road'
  | 'settle-dispute'
  | 'declare-claim'
  /** say what the money that came in settles */
  | 'place-money'
  /** see whether money that a platform tells of is there */
  | 'check-payment'
  /** do what a status of the invoice asks for, and say so */
  | 'answer-status'
  | 'close';

export interface CaseState {
  readonly stage: Stage;
  /** The day from which somebody has to act if nothing else happens; undefined when nothing is to be done. */
  readonly nextOn: Day | undefined;
  /** A date the stage depends on (a promise, a deadline of the notice, an instalment), to show beside it. */
  readonly deadline: Day | undefined;
  /** What is to be done from `nextOn` on; undefined when there is nothing but to wait. */
  readonly next: NextMove | undefined;
}

/** Days after the due date during which a friendly contact comes before a formal notice. */
export const FRIENDLY_DAYS = 15;
/** Days left to the debtor to answer a contact before the next step is proposed. */
export const PATIENCE_DAYS = 7;

const last = <T>(list: readonly T[]): T | undefined => list.at(-1);
const oneOf = <K extends FactKind>(facts: readonly Fact[], ...kinds: readonly K[]): FactOf<K>[] =>
  facts.filter((f): f is FactOf<K> => (kinds as readonly FactKind[]).includes(f.kind));

/** Payments that came after an agreement, in the order of the facts, less those of them that were taken back. */
export function paidSince(facts: readonly Fact[], agreement: Fact): bigint {
  const counted = new Map<string, bigint>();
  for (const fact of facts.slice(facts.indexOf(agreement))) {
    if (fact.kind === 'payment-recorded') counted.set(fact.payload.paymentId, fact.payload.amount);
    if (fact.kind === 'payment-reversed') counted.delete(fact.payload.paymentId);
  }
  return counted.values().reduce((sum, amount) => sum + amount, 0n);
}

/** The first instalment that payments made since the plan do not cover, or undefined when the plan is paid. */
export function nextInstalment(
  facts: readonly Fact[],
  plan: FactOf<'plan-agreed'>,
): { readonly dueOn: Day; readonly amount: bigint } | undefined {
  let paid = paidSince(facts, plan);
  for (const instalment of plan.payload.instalments) {
    paid -= instalment.amount;
    if (paid < 0n) return instalment;
  }
  return undefined;
}

/** Nothing to do before the deadline; once it has passed, speak to the debtor, wait a little, then the next step. */
function untilDeadline(
  facts: readonly Fact[],
  asOf: Day,
  deadline: Day,
  stages: { readonly before: Stage; readonly after: Stage; readonly later: NextMove },
): CaseState {
  const from = addDays(deadline, 1);
  if (!isAfter(asOf, deadline)) return { stage: stages.before, nextOn: from, deadline, next: undefined };
  const spoken = last(factsOf(facts, 'contact-made').filter((f) => isAfter(f.on, deadline)));
  if (spoken) return { stage: stages.after, nextOn: addDays(spoken.on, PATIENCE_DAYS), deadline, next: stages.later };
  return { stage: stages.after, nextOn: from, deadline, next: stages.later === 'choose-road' ? 'choose-road' : 'contact' };
}

/** The letter that counts: the last one posted, or the last prepared after it. One that came back unpresented counts for nothing. */
function noticeState(facts: readonly Fact[], asOf: Day): CaseState | undefined {
  const returned = factsOf(facts, 'letter-outcome').filter((f) => f.payload.outcome === 'returned');
  const vain = new Set(returned.map((f) => f.payload.letterId));
  const letter = last(oneOf(facts, 'letter-prepared', 'letter-posted').filter((f) => !vain.has(f.payload.letterId)));
  if (!letter) return undefined;
  const deadline = letter.payload.deadlineOn;
  if (letter.kind === 'letter-prepared') return { stage: 'notice-prepared', nextOn: letter.on, deadline, next: 'post-letter' };
  return untilDeadline(facts, asOf, deadline, { before: 'notice-running', after: 'notice-expired', later: 'choose-road' });
}

/** The last promise or plan, unless a notice was posted after it: the agreement is then over. */
export function standingAgreement(facts: readonly Fact[]): FactOf<'plan-agreed' | 'promise-made'> | undefined {
  const agreed = last(oneOf(facts, 'plan-agreed', 'promise-made'));
  const posted = last(factsOf(facts, 'letter-posted'));
  return agreed && !(posted && isAfter(posted.on, agreed.on)) ? agreed : undefined;
}

/** An instalment plan or a promise that is neither kept to its end nor overtaken by a notice. */
function agreementState(facts: readonly Fact[], asOf: Day): CaseState | undefined {
  const agreed = standingAgreement(facts);
  if (!agreed) return undefined;
  if (agreed.kind === 'plan-agreed') {
    const due = nextInstalment(facts, agreed)?.dueOn;
    return due && untilDeadline(facts, asOf, due, { before: 'plan-running', after: 'plan-broken', later: 'formal-notice' });
  }
  if (paidSince(facts, agreed) >= agreed.payload.amount) return undefined;
  const words = { before: 'promised', after: 'promise-broken', later: 'formal-notice' } as const;
  return untilDeadline(facts, asOf, agreed.payload.payBy, words);
}

function insolvencyState(facts: readonly Fact[]): CaseState | undefined {
  const opened = last(factsOf(facts, 'insolvency-published'));
  if (!opened) return undefined;
  const deadline = declarationDeadline(opened.on);
  if (last(factsOf(facts, 'claim-declared')))
    return { stage: 'insolvent', nextOn: undefined, deadline: undefined, next: undefined };
  return { stage: 'insolvent', nextOn: opened.on, deadline, next: 'declare-claim' };
}

/** Money that came in and that nobody has placed, oldest first. What was placed by mistake waits again. */
export function moneyToPlace(facts: readonly Fact[]): FactOf<'money-unmatched'>[] {
  const placed = Map.groupBy(factsOf(facts, 'money-placed'), (f) => f.payload.lineId);
  const told = [...Map.groupBy(factsOf(facts, 'money-unmatched'), (f) => f.payload.lineId).entries()];
  return told.flatMap(([lineId, of]) => (of.length > (placed.get(lineId)?.length ?? 0) ? of.slice(-1) : []));
}

/** Nobody presses a debtor whose money may be in the bank already. */
function moneyState(facts: readonly Fact[]): CaseState | undefined {
  const waiting = moneyToPlace(facts)[0];
  return waiting && { stage: 'money-to-place', nextOn: waiting.on, deadline: undefined, next: 'place-money' };
}

function disputeState(facts: readonly Fact[]): CaseState | undefined {
  const told = last(oneOf(facts, 'dispute-raised', 'dispute-settled'));
  const refused = last(statusesAsking(facts).filter((status) => status.asks === 'dispute'))?.fact;
  const raised = told?.kind === 'dispute-raised' ? told : undefined;
  const dispute = raised && refused ? (isAfter(raised.on, refused.on) ? raised : refused) : (raised ?? refused);
  if (!dispute) return undefined;
  const answered = last(factsOf(facts.slice(facts.indexOf(dispute)), 'contact-made'));
  if (!answered) return { stage: 'disputed', nextOn: dispute.on, deadline: undefined, next: 'contact' };
  return { stage: 'disputed', nextOn: addDays(answered.on, PATIENCE_DAYS), deadline: undefined, next: 'settle-dispute' };
}

/** Days left to money that a buyer's platform says is on its way. */
const TRANSFER_DAYS = PATIENCE_DAYS;

const STATUS_STAGES = { document: 'document-missing', delivery: 'not-delivered', withdrawal: 'withdrawn' } as const;

/** A platform says that money came, or is on its way: nobody is chased before somebody looked. */
function announcedState(facts: readonly Fact[]): CaseState | undefined {
  const announced = last(statusesAsking(facts).filter((status) => status.asks === 'payment'))?.fact;
  if (!announced) return undefined;
  const nextOn = announced.payload.meaning === 'cashed' ? announced.on : addDays(announced.on, TRANSFER_DAYS);
  return { stage: 'payment-announced', nextOn, deadline: undefined, next: 'check-payment' };
}

/** A platform says that the invoice waits for something of ours, never arrived, or is no longer ours to claim. */
function statusState(facts: readonly Fact[]): CaseState | undefined {
  const waits = (status: Asking): status is Asking & { asks: keyof typeof STATUS_STAGES } =>
    status.asks !== 'payment' && status.asks !== 'dispute';
  const first = statusesAsking(facts).find(waits);
  return first && { stage: STATUS_STAGES[first.asks], nextOn: first.fact.on, deadline: undefined, next: 'answer-status' };
}

/**
 * Where a case stands on a day: a pure function of its facts, its balance and the day. Facts dated after the day are ignored.
 * What stops pressure comes first: closed, paid, insolvent, money that came in and is not placed yet or is announced, disputed, an
 * invoice that a platform keeps back, an agreed plan, a promise; then the formal notice.
 * `allFacts` in the order in which they happened.
 */
export function caseState(allFacts: readonly Fact[], balance: CaseBalance, asOf: Day): CaseState {
  const facts = allFacts.filter((f) => !isAfter(f.on, asOf));
  const closing = last(oneOf(facts, 'case-closed', 'case-reopened'));
  if (closing?.kind === 'case-closed') return { stage: 'closed', nextOn: undefined, deadline: undefined, next: undefined };
  if (balance.principalCents <= 0n) {
    const since = last(factsOf(facts, 'payment-recorded'))?.on ?? last(facts)?.on;
    return { stage: 'settled', nextOn: since, deadline: undefined, next: 'close' };
  }
  return (
    insolvencyState(facts) ??
    moneyState(facts) ??
    announcedState(facts) ??
    disputeState(facts) ??
    statusState(facts) ??
    agreementState(facts, asOf) ??
    noticeState(facts, asOf) ??
    lateness(facts, balance.oldestDueOn, asOf)
  );
}

/** Days after the due date from which a first contact is proposed: the next day, or the moment a lot chose while the case takes part. */
function firstDay(facts: readonly Fact[]): number {
  const drawn = drawnTiming(facts);
  return drawn ? drawn.days[drawn.arm] : 1;
}

/** The moment drawn for the first reminder; undefined when none was, or the case was taken out. */
export function drawnTiming(facts: readonly Fact[]): PayloadOf<'timing-drawn'> | undefined {
  const told = last(oneOf(facts, 'timing-drawn', 'timing-released'));
  return told?.kind === 'timing-drawn' ? told.payload : undefined;
}

function lateness(facts: readonly Fact[], dueOn: Day | undefined, asOf: Day): CaseState {
  const first = firstDay(facts);
  if (!dueOn || !isAfter(asOf, dueOn)) {
    return { stage: 'not-due', nextOn: dueOn && addDays(dueOn, first), deadline: dueOn, next: undefined };
  }
  // A document sent, or an invoice sent again, is a contact: it leaves time to pay.
  const contact = last(oneOf(facts, 'contact-made', 'status-answered').filter((f) => isAfter(f.on, dueOn)));
  if (!contact && !isAfter(asOf, addDays(dueOn, FRIENDLY_DAYS))) {
    return { stage: 'to-contact', nextOn: addDays(dueOn, first), deadline: dueOn, next: 'contact' };
  }
  const nextOn = contact ? addDays(contact.on, PATIENCE_DAYS) : addDays(dueOn, 1);
  return { stage: 'overdue', nextOn, deadline: dueOn, next: 'formal-notice' };
}

/** The letter that waits to be posted, where the case stands at that. */
export function letterToPost(state: CaseState, facts: readonly Fact[]): string | undefined {
  return state.stage === 'notice-prepared' ? last(factsOf(facts, 'letter-prepared'))?.payload.letterId : undefined;
}

/** The posted letter whose acknowledgement of receipt is still to come, while its time runs. */
export function letterAwaited(state: CaseState, facts: readonly Fact[]): string | undefined {
  if (state.stage !== 'notice-running') return undefined;
  const told = new Set(factsOf(facts, 'letter-outcome').map((f) => f.payload.letterId));
  return last(factsOf(facts, 'letter-posted').filter((f) => !told.has(f.payload.letterId)))?.payload.letterId;
}
