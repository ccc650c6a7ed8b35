import { type Fact, type FactOf, factsOf } from './facts.ts';

export type StatusFact = FactOf<'einvoice-status'>;
type Meaning = StatusFact['payload']['meaning'];

/** What a status of an invoice asks of the creditor before anything is demanded of the debtor. */
export interface Asking {
  readonly fact: StatusFact;
  /** an answer to a dispute, a document, the invoice again, a word on whether it is still to pay, a look at the bank */
  readonly asks: 'dispute' | 'document' | 'delivery' | 'withdrawal' | 'payment';
}

const ASKS: Partial<Readonly<Record<Meaning, Asking['asks']>>> = {
  refused: 'dispute',
  disputed: 'dispute',
  'partly-approved': 'dispute',
  suspended: 'document',
  rejected: 'delivery',
  cancelled: 'withdrawal',
  factored: 'withdrawal',
  'payment-sent': 'payment',
  cashed: 'payment',
};

/** Statuses that say nothing of where the invoice stands: they replace no other. */
const BESIDE: ReadonlySet<Meaning> = new Set(['other', 'account-changed']);

/** When a status was given, as text that sorts by time. */
const momentOf = ({ on, payload }: StatusFact): string => payload.at ?? on.toString();

/** The last status of each invoice: a later one replaces it, in whatever order the messages were dropped. */
function standing(facts: readonly Fact[]): StatusFact[] {
  const last = new Map<string, StatusFact>();
  for (const fact of factsOf(facts, 'einvoice-status')) {
    if (fact.payload.document === 'credit-note' || BESIDE.has(fact.payload.meaning)) continue;
    const known = last.get(fact.payload.invoiceId);
    if (!known || momentOf(known) <= momentOf(fact)) last.set(fact.payload.invoiceId, fact);
  }
  return [...last.values()];
}

/** What came to the case in all, less what was taken back. */
export function paidInAll(facts: readonly Fact[]): bigint {
  let sum = 0n;
  for (const fact of facts) {
    if (fact.kind === 'payment-recorded') sum += fact.payload.amount;
    if (fact.kind === 'payment-reversed') sum -= fact.payload.amount;
  }
  return sum;
}

/** Whether what a status asks for was done since: said so, a credit note, a payment. */
function isAnswered(facts: readonly Fact[], { fact, asks }: Asking): boolean {
  const { statusId, invoiceId, settled, paidBefore, amount } = fact.payload;
  if (settled) return true;
  // An answer names what it answers: a message dropped later, and dated before it, still waits.
  const answer = asks === 'dispute' ? 'dispute-settled' : 'status-answered';
  if (facts.some((f) => f.kind === answer && f.payload.statusIds?.includes(statusId))) return true;
  if (asks === 'payment') {
    // A cashing taken back announces nothing. Money is counted, not dated: a statement read later may tell of an earlier day.
    if (amount !== undefined && amount < 0n) return true;
    return paidInAll(facts) > paidBefore;
  }
  const since = facts.slice(facts.indexOf(fact) + 1);
  return since.some((f) => f.kind === 'credit-note-applied' && f.payload.invoiceId === invoiceId);
}

/** The statuses that still wait for the creditor, in the order in which they were given. `facts` in the order in which they happened. */
export function statusesAsking(facts: readonly Fact[]): Asking[] {
  return standing(facts)
    .flatMap((fact) => {
      const asks = ASKS[fact.payload.meaning];
      return asks ? [{ fact, asks }] : [];
    })
    .filter((asking) => !isAnswered(facts, asking))
    .sort((a, b) => (momentOf(a.fact) < momentOf(b.fact) ? -1 : 1));
}
