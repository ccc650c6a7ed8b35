import { type EpochDay, fromEpochDay, toEpochDay } from '../kernel/epoch-day.ts';
import { money } from '../kernel/money.ts';
import { notEncoded, type Outcome, type TraceStep } from '../kernel/outcome.ts';
import type { LawBook } from '../law/book.ts';
import { indemnityForLatePayment } from '../law/indemnity.ts';
import { simpleInterest } from '../law/interest.ts';
import { firstUnknown } from '../law/rates.ts';
import { unknownReason } from '../law/series.ts';
import { type Accrual, accrualOf } from './accrual.ts';
import type { Claim, ClaimInvoice, Credit } from './claim.ts';
import { compareWithFloor } from './clause-floor.ts';
import { imputeCreditNote, imputePayment } from './imputation.ts';
import { cancelledStep, type Event, floorStep, insolvencyStep, stepOf } from './sentences.ts';
import type { ImputationLine, InterestLine, InvoiceStatement } from './statement.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

const NEVER = Number.POSITIVE_INFINITY;

/** The account of one invoice while its days are walked. */
interface Walk {
  readonly accrual: Accrual;
  /** the last day that may bear interest: the day of the account, or of the insolvency judgment */
  readonly last: EpochDay;
  readonly order: NonNullable<Claim['imputation']>;
  readonly lines: InterestLine[];
  readonly imputations: ImputationLine[];
  readonly events: Event[];
  /** what is owed, in cents */
  balance: { principal: bigint; interest: bigint; indemnity: bigint };
  /** the next day whose interest is not yet counted */
  next: EpochDay;
}

/** What one invoice owes on the day `on` (see `statementOfAccount`). */
export function accountOfInvoice(
  claim: Claim,
  invoice: ClaimInvoice,
  on: EpochDay,
  law: LawBook,
): InvoiceStatement | Outcome<never> {
  const credits = inOrder(invoice.credits, on);
  const cancelled = creditNotes(credits) >= invoice.amount.cents;
  const due = toEpochDay(invoice.dueOn);
  const opened = claim.insolvencyOpenedOn ? toEpochDay(claim.insolvencyOpenedOn) : NEVER;
  const accrual = accrualOf(claim, due, law);
  const walk: Walk = {
    accrual,
    last: Math.min(on, opened),
    order: claim.imputation ?? 'interest-first',
    lines: [],
    imputations: [],
    events: [],
    balance: { principal: invoice.amount.cents, interest: 0n, indemnity: 0n },
    next: cancelled ? NEVER : (accrual.first ?? NEVER),
  };
  if (cancelled) decide(walk, () => cancelledStep(invoice));
  const early = credits.findIndex((credit) => credit.at > due);
  const split = early < 0 ? credits.length : early;
  for (let i = 0; i < split; i += 1) impute(walk, credits[i] as Dated);
  const late = !cancelled && on > due && walk.balance.principal > 0n;
  if (late) {
    decide(walk, accrual.because);
    const indemnity = indemnityForLatePayment(claim, invoice.dueOn, law);
    walk.balance.indemnity = indemnity.cents;
    decide(walk, indemnity.because);
  }
  let lateUntil = late ? on : due;
  for (let i = split; i < credits.length; i += 1) {
    const credit = credits[i] as Dated;
    const unknown = accrue(walk, credit.at);
    if (unknown) return unknown;
    const owed = walk.balance.principal > 0n;
    impute(walk, credit);
    if (late && owed && walk.balance.principal === 0n) lateUntil = credit.at;
  }
  const unknown = accrue(walk, on);
  if (unknown) return unknown;
  const openedOn = claim.insolvencyOpenedOn;
  if (openedOn && opened < on) decide(walk, () => insolvencyStep(openedOn));
  return statementOf(claim, invoice, lateUntil - due, walk, law);
}

function statementOf(claim: Claim, invoice: ClaimInvoice, daysLate: number, walk: Walk, law: LawBook): InvoiceStatement {
  const { principal, interest, indemnity } = walk.balance;
  const clauseFloor = compareWithFloor(claim, walk.lines, law);
  if (clauseFloor) decide(walk, () => floorStep(clauseFloor));
  const { events } = walk;
  let trace: readonly TraceStep[] | undefined;
  const value: Writable<InvoiceStatement> = {
    invoiceId: invoice.id,
    number: invoice.number,
    dueOn: invoice.dueOn,
    amount: invoice.amount,
    daysLate,
    lines: walk.lines,
    imputations: walk.imputations,
    principal: money(principal),
    interest: money(interest),
    indemnity: money(indemnity),
    total: money(principal + interest + indemnity),
    get trace() {
      trace ??= events.map(stepOf);
      return trace;
    },
  };
  if (invoice.issuedOn) value.issuedOn = invoice.issuedOn;
  if (clauseFloor) value.clauseFloor = clauseFloor;
  return value;
}

interface Dated {
  readonly credit: Credit;
  readonly at: EpochDay;
}

const NONE: readonly Dated[] = [];

/** The credits known on the day of the account, by date; on one day, credit notes before payments: they correct the debt. */
function inOrder(credits: readonly Credit[], on: EpochDay): readonly Dated[] {
  if (credits.length === 0) return NONE;
  const known: Dated[] = [];
  for (const credit of credits) {
    const at = toEpochDay(credit.on);
    if (at <= on && credit.amount.cents > 0n) known.push({ credit, at });
  }
  return known.sort((a, b) => a.at - b.at || (a.credit.kind === b.credit.kind ? 0 : a.credit.kind === 'credit-note' ? -1 : 1));
}

const creditNotes = (credits: readonly Dated[]): bigint =>
  credits.reduce((sum, { credit }) => (credit.kind === 'credit-note' ? sum + credit.amount.cents : sum), 0n);

const decide = (walk: Walk, step: () => TraceStep): void => {
  walk.events.push({ did: 'decide', step });
};

/** Counts the interest of the days up to `to` included; answers `not-encoded` when a rate of them is not known. */
function accrue(walk: Walk, to: EpochDay): Outcome<never> | undefined {
  const from = walk.next;
  const last = Math.min(to, walk.last);
  if (from > last) return undefined;
  walk.next = last + 1;
  const base = walk.balance.principal;
  if (base === 0n) return undefined;
  const runs = walk.accrual.rates(from, last);
  if (!runs) {
    const { series } = walk.accrual;
    return notEncoded(series ? unknownReason(series, firstUnknown(series, from, last)) : 'Le taux n’est pas connu.');
  }
  for (const run of runs) {
    const days = run.to - run.from + 1;
    const amount = simpleInterest(base, run.rate, days);
    const line: InterestLine = {
      from: fromEpochDay(run.from),
      to: fromEpochDay(run.to),
      days,
      rate: run.rate,
      base: money(base),
      amount: money(amount),
      cites: run.cites,
      certainty: run.certainty,
    };
    walk.lines.push(line);
    walk.events.push({ did: 'accrue', line, override: run.override });
    walk.balance.interest += amount;
  }
  return undefined;
}

function impute(walk: Walk, { credit }: Dated): void {
  const rule = credit.kind === 'payment' ? imputePayment : imputeCreditNote;
  const done = rule(walk.balance, credit.amount.cents, walk.order);
  walk.balance = { ...done.left };
  const line: Writable<ImputationLine> = {
    on: credit.on,
    kind: credit.kind,
    amount: credit.amount,
    toInterest: money(done.toInterest),
    toPrincipal: money(done.toPrincipal),
    toIndemnity: money(done.toIndemnity),
    excess: money(done.excess),
    principalLeft: money(done.left.principal),
    interestLeft: money(done.left.interest),
  };
  if (credit.reference !== undefined) line.reference = credit.reference;
  walk.imputations.push(line);
  walk.events.push({ did: 'impute', line, order: walk.order });
}
