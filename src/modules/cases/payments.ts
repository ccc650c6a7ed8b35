import { sql } from 'kysely';
import type { Json } from '#core/kernel/canonical.ts';
import { type Day, later } from '#core/kernel/day.ts';
import { ok, type Result } from '#core/kernel/result.ts';
import {
  allocate,
  isGivenUp,
  type NewPayment,
  type PaymentPart,
  recordPayments,
  reversePayment,
  type StandingPayment,
} from '#modules/invoices/index.ts';
import { appendJournal } from '#modules/journal/index.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import { type NewCaseFact, recordFacts } from './cases.ts';
import { lockInvoices, type Payable } from './imputation.ts';

type World = Pick<Deps, 'clock'>;

/** A payment whose parts are known, and the sentences that say why they are so. */
export interface Entering extends NewPayment {
  readonly says?: readonly string[];
  /** the case it was paid for: it is told of what no invoice owes, too */
  readonly caseId?: string;
}

export interface Entered {
  /** in the order given */
  readonly paymentIds: readonly string[];
  /** cases that closed by themselves */
  readonly closedCases: readonly string[];
}

/** Records payments and tells every case they touch. Their parts are those of `impute`, or chosen by a person. */
export async function enterPayments(
  tx: Tx,
  deps: World,
  tenantId: string,
  entering: readonly Entering[],
  actor = 'user',
): Promise<Entered> {
  const ids = entering.flatMap((of) => of.parts.map((part) => part.invoiceId));
  const invoices = await lockInvoices(tx, tenantId, ids);
  const paymentIds = await recordPayments(tx, deps, tenantId, entering);
  const facts = entering.flatMap((of, i) => paymentFacts(paymentIds[i] ?? '', of, invoices));
  const closedCases = await recordFacts(tx, deps, tenantId, facts, actor);
  const told = new Set(facts.map((fact) => (fact.payload as { paymentId: string }).paymentId));
  for (const [i, of] of entering.entries()) {
    const paymentId = paymentIds[i] ?? '';
    if (!told.has(paymentId))
      await tellOutside(tx, deps, tenantId, actor, 'payment-recorded', of.receivedOn, outside(paymentId, of));
  }
  return { paymentIds, closedCases };
}

/** What each case learns of a payment: the cents that came to it, and those given up beside them. */
function paymentFacts(paymentId: string, of: Entering, invoices: ReadonlyMap<string, Payable>): NewCaseFact[] {
  const told = byCase(of.parts, invoices);
  if (of.caseId) {
    const placed = of.parts.reduce((sum, part) => (isGivenUp(part.purpose) ? sum : sum + part.amountCents), 0n);
    const own = told.get(of.caseId) ?? { cents: 0n, givenUp: 0n };
    told.set(of.caseId, { ...own, cents: own.cents + of.amountCents - placed });
  }
  return [...told].map(([caseId, { cents, givenUp }]) => ({
    caseId,
    kind: 'payment-recorded',
    on: of.receivedOn,
    payload: {
      paymentId,
      amount: `${cents}`,
      ...(of.reference ? { reference: of.reference } : {}),
      ...(of.kind && of.kind !== 'received' ? { how: of.kind } : {}),
      ...(givenUp !== 0n ? { givenUp: `${givenUp}` } : {}),
      ...(of.says && of.says.length > 0 ? { says: [...of.says] } : {}),
    },
  }));
}

function byCase(parts: readonly PaymentPart[], invoices: ReadonlyMap<string, Payable>) {
  const cases = new Map<string, { cents: bigint; givenUp: bigint }>();
  for (const part of parts) {
    const caseId = invoices.get(part.invoiceId)?.caseId;
    if (!caseId) continue;
    const sums = cases.get(caseId) ?? { cents: 0n, givenUp: 0n };
    if (isGivenUp(part.purpose)) sums.givenUp += part.amountCents;
    else sums.cents += part.amountCents;
    cases.set(caseId, sums);
  }
  return cases;
}

const outside = (paymentId: string, of: NewPayment): Json => ({
  paymentId,
  partyId: of.partyId,
  amount: `${of.amountCents}`,
  currency: of.currency,
  held: of.held ?? null,
  note: of.note ?? null,
});

/** A fact that no case lives through: the journal keeps it all the same. */
function tellOutside(
  tx: Tx,
  deps: World,
  tenantId: string,
  actor: string,
  kind: string,
  on: Day,
  payload: Json,
): Promise<bigint> {
  return appendJournal(tx, tenantId, { kind, on, at: deps.clock.now(), actor, payload });
}

/** What a payment taken back leaves. */
export interface TakenBack {
  readonly reversalId: string;
  readonly amountCents: bigint;
  /** cases that were closed as paid, and go on */
  readonly reopenedCases: readonly string[];
}

/**
 * Takes a payment back and tells every case it had settled; a case closed as paid goes on. Refusals `payment.unknown`,
 * `payment.already-reversed`, `payment.refunded`.
 */
export async function takeBack(
  tx: Tx,
  deps: World,
  tenantId: string,
  paymentId: string,
  on: Day,
  reason: string,
  actor = 'user',
): Promise<Result<TakenBack>> {
  const reversed = await reversePayment(tx, deps, tenantId, paymentId, on);
  if (!reversed.ok) return reversed;
  const { parts, amountCents, reversalId, partyId } = reversed.value;
  const touched = await toldOf(
    tx,
    tenantId,
    paymentId,
    partyId,
    parts.map((part) => part.invoiceId),
  );
  const closed = await closedAsPaid(
    tx,
    tenantId,
    touched.map(({ caseId }) => caseId),
  );
  const facts: NewCaseFact[] = touched.flatMap(({ caseId, cents }) => [
    { caseId, kind: 'payment-reversed' as const, on, payload: { paymentId, amount: `${cents}`, reason } },
    ...(closed.has(caseId)
      ? [
          {
            caseId,
            kind: 'case-reopened' as const,
            on: deps.clock.today(),
            payload: { text: `Paiement annulé\u202f: ${reason}` },
          },
        ]
      : []),
  ]);
  await recordFacts(tx, deps, tenantId, facts, actor);
  if (facts.length === 0)
    await tellOutside(tx, deps, tenantId, actor, 'payment-reversed', on, {
      paymentId,
      partyId,
      amount: `${amountCents}`,
      reason,
    });
  return ok({ reversalId, amountCents, reopenedCases: [...closed] });
}

/** The cases that were told of a payment, and of how much. */
async function toldOf(
  tx: Tx,
  tenantId: string,
  paymentId: string,
  partyId: string,
  invoiceIds: readonly string[],
): Promise<{ caseId: string; cents: bigint }[]> {
  const { rows } = await sql<{ case_id: string; cents: bigint }>`
    select case_id, sum((payload ->> 'amount')::bigint)::bigint as cents from journal
    where tenant_id = ${tenantId} and kind = 'payment-recorded' and payload ->> 'paymentId' = ${paymentId} and case_id in (
      select case_id from cases where tenant_id = ${tenantId} and party_id = ${partyId}
      union select case_id from invoices
      where tenant_id = ${tenantId} and invoice_id = any(${invoiceIds}::uuid[]) and case_id is not null)
    group by case_id order by min(seq)`.execute(tx);
  return rows.map((row) => ({ caseId: row.case_id, cents: row.cents }));
}

async function closedAsPaid(tx: Tx, tenantId: string, caseIds: readonly string[]): Promise<Set<string>> {
  if (caseIds.length === 0) return new Set();
  const rows = await tx
    .selectFrom('journal')
    .innerJoin('cases', (join) =>
      join.onRef('cases.tenant_id', '=', 'journal.tenant_id').onRef('cases.case_id', '=', 'journal.case_id'),
    )
    .select(['journal.case_id', 'payload'])
    .where('journal.tenant_id', '=', tenantId)
    .where('journal.case_id', 'in', [...caseIds])
    .where('kind', '=', 'case-closed')
    .where('closed_on', 'is not', null)
    .orderBy('seq')
    .execute();
  const last = new Map(rows.map((row) => [row.case_id ?? '', (row.payload as { reason?: string }).reason]));
  return new Set([...last].filter(([, reason]) => reason === 'paid').map(([caseId]) => caseId));
}

/**
 * Places what a payment left over, or held, on invoices. What was left over counts from the day it was received (the creditor had it);
 * what was held counts from `on`. Answers the cases that closed by themselves. Throws when the parts exceed what is free.
 */
export async function placeFree(
  tx: Tx,
  deps: World,
  tenantId: string,
  payment: StandingPayment,
  placing: { readonly on: Day; readonly parts: readonly PaymentPart[]; readonly says: readonly string[] },
): Promise<readonly string[]> {
  const placed = placing.parts.reduce((sum, part) => sum + part.amountCents, 0n);
  if (placed > payment.freeCents) throw new RangeError(`${placed} cents placed out of ${payment.freeCents}`);
  const on = payment.held ? later(placing.on, payment.receivedOn) : payment.receivedOn;
  const invoices = await lockInvoices(
    tx,
    tenantId,
    placing.parts.map((part) => part.invoiceId),
  );
  await allocate(
    tx,
    tenantId,
    placing.parts.map((part) => ({ ...part, on, paymentId: payment.id })),
  );
  const facts: NewCaseFact[] = [...byCase(placing.parts, invoices)].map(([caseId, { cents }]) => ({
    caseId,
    kind: 'payment-recorded',
    on,
    payload: { paymentId: payment.id, amount: `${cents}`, says: [...placing.says] },
  }));
  return recordFacts(tx, deps, tenantId, facts);
}
