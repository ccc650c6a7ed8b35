import { sql } from 'kysely';
import type { Day } from '#core/kernel/day.ts';
import { ok, type Result, refuse } from '#core/kernel/result.ts';
import type { Match } from '#core/matching/model.ts';
import { accessoriesOn, type Entering, enterPayments, lockInvoices, recordFacts, takeBack } from '#modules/cases/index.ts';
import { allocate, refundPayment, standingPayment } from '#modules/invoices/index.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import { settlementOf } from './reading-parts.ts';

type World = Pick<Deps, 'clock'>;

/** A reading of a line on its way to the books. */
export interface Applying {
  readonly reading: Match;
  readonly line: {
    readonly id: string;
    readonly bookedOn: Day;
    readonly amountCents: bigint;
    readonly currency: string;
    readonly text: string;
    readonly name: string | null;
  };
  /** what is missing (a bank's fee, a discount) is given up rather than left due */
  readonly giveUpShort: boolean;
}

/** Whether a reading brings money in, which several can do at once; the others take back what came before. */
export const bringsMoney = ({ reading }: Applying): boolean =>
  reading.kind !== 'bounced' && reading.kind !== 'refund' && reading.kind !== 'annulled';

const referenceOf = ({ line }: Applying): string | null => line.text.replace(/\s+/g, ' ').trim().slice(0, 140) || line.name;

/** Records what incoming lines pay, all at once. Answers the payment of each, and the cases that closed by themselves. */
export async function applyCredits(
  tx: Tx,
  deps: World,
  tenantId: string,
  all: readonly Applying[],
  actor: string,
): Promise<{ readonly paymentIds: readonly string[]; readonly closedCases: readonly string[] }> {
  if (all.length === 0) return { paymentIds: [], closedCases: [] };
  const invoices = await lockInvoices(
    tx,
    tenantId,
    all.flatMap((one) => one.reading.parts.map((part) => part.invoiceId)),
  );
  const beside = await accessoriesOf(tx, tenantId, all, (id) => invoices.get(id)?.caseId);
  const entering: Entering[] = [];
  const credits: { creditNoteId: string; invoiceId: string; amountCents: bigint; on: Day }[] = [];
  for (const one of all) {
    const { reading, line } = one;
    const partyId = reading.partyId ?? reading.parts.map((part) => invoices.get(part.invoiceId)?.partyId).find((id) => id);
    if (!partyId) throw new Error(`the reading of line ${line.id} names no debtor`);
    const purpose = reading.kind === 'less-discount' ? 'discount' : 'bank-fee';
    const givenUp =
      one.giveUpShort && reading.shortCents > 0n && (reading.kind === 'less-fee' || reading.kind === 'less-discount');
    const { parts, credits: used } = settlementOf(
      reading.parts,
      (id) => beside.get(line.bookedOn.toString())?.get(id),
      givenUp ? { purpose, cents: reading.shortCents, left: (id) => invoices.get(id)?.balanceCents ?? 0n } : undefined,
    );
    entering.push({
      partyId,
      receivedOn: line.bookedOn,
      currency: line.currency,
      amountCents: line.amountCents,
      reference: referenceOf(one),
      held: reading.kind === 'wrong-entity' ? 'wrong-entity' : null,
      parts,
      says: reading.evidence.map((e) => e.says),
    });
    credits.push(...used.map((credit) => ({ ...credit, on: line.bookedOn })));
  }
  await useCreditNotes(tx, deps, tenantId, credits, actor);
  const { paymentIds, closedCases } = await enterPayments(tx, deps, tenantId, entering, actor);
  return { paymentIds, closedCases };
}

/** Interest and 40 € on the day of each line that brings more than balances. */
async function accessoriesOf(
  tx: Tx,
  tenantId: string,
  all: readonly Applying[],
  caseOf: (invoiceId: string) => string | null | undefined,
) {
  const byDay = new Map<string, Map<string, { interest: bigint; indemnity: bigint }>>();
  const days = Map.groupBy(
    all.filter(({ reading }) => reading.parts.some((part) => part.accessoriesCents > 0n)),
    ({ line }) => line.bookedOn.toString(),
  );
  for (const [day, some] of days) {
    const cases = new Set(some.flatMap(({ reading }) => reading.parts.flatMap((part) => caseOf(part.invoiceId) ?? [])));
    byDay.set(day, await accessoriesOn(tx, tenantId, [...cases], Temporal.PlainDate.from(day)));
  }
  return byDay;
}

/** Sets off the credit notes that payers deducted, and tells the cases. */
async function useCreditNotes(
  tx: Tx,
  deps: World,
  tenantId: string,
  credits: readonly { creditNoteId: string; invoiceId: string; amountCents: bigint; on: Day }[],
  actor: string,
): Promise<void> {
  if (credits.length === 0) return;
  await allocate(tx, tenantId, credits);
  const ids = credits.flatMap((credit) => [credit.creditNoteId, credit.invoiceId]);
  const rows = await tx
    .selectFrom('invoices')
    .select(['invoice_id', 'number', 'case_id'])
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`invoice_id = any(${ids}::uuid[])`)
    .execute();
  const known = new Map(rows.map((row) => [row.invoice_id, row]));
  const facts = credits.flatMap(({ creditNoteId, invoiceId, amountCents, on }) => {
    const caseId = known.get(invoiceId)?.case_id;
    const number = known.get(creditNoteId)?.number ?? '';
    const payload = { creditNoteId, number, invoiceId, amount: `${amountCents}` };
    return caseId ? [{ caseId, kind: 'credit-note-applied' as const, on, payload }] : [];
  });
  await recordFacts(tx, deps, tenantId, facts, actor);
}

/**
 * Records what a line that takes money back does: the payment it answers is taken back, or its surplus given back. Answers the payment
 * that tells it; null when nothing was on the books. Refusals of `takeBack`, `match.outdated`.
 */
export async function applyReversal(
  tx: Tx,
  deps: World,
  tenantId: string,
  one: Applying,
  actor: string,
): Promise<Result<string | null>> {
  const { reading, line } = one;
  if (reading.kind === 'annulled' || !reading.counterpart) return ok(null);
  const paymentId = await paymentBehind(tx, tenantId, reading.counterpart);
  if (!paymentId) return ok(null);
  const found = await standingPayment(tx, tenantId, paymentId);
  if (!found.ok) return found;
  const amountCents = -line.amountCents;
  const reference = referenceOf(one);
  if (reading.kind === 'refund' && found.value.freeCents >= amountCents)
    return refundPayment(tx, deps, tenantId, { paymentId, on: line.bookedOn, amountCents, reference, note: null });
  if (found.value.amountCents !== amountCents) return outdated();
  const why = reading.kind === 'bounced' ? 'Rejeté par la banque' : 'Remboursé';
  const taken = await takeBack(
    tx,
    deps,
    tenantId,
    paymentId,
    line.bookedOn,
    reference ? `${why}\u202f: ${reference}` : why,
    actor,
  );
  return taken.ok ? ok(taken.value.reversalId) : taken;
}

/** The payment that a counterpart means: itself, or the one its line brought. */
async function paymentBehind(tx: Tx, tenantId: string, counterpartId: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('bank_matches')
    .select('payment_id')
    .where('tenant_id', '=', tenantId)
    .where('line_id', '=', counterpartId)
    .where('status', '=', 'applied')
    .executeTakeFirst();
  if (row) return row.payment_id ?? undefined;
  const payment = await tx
    .selectFrom('payments')
    .select('payment_id')
    .where('tenant_id', '=', tenantId)
    .where('payment_id', '=', counterpartId)
    .executeTakeFirst();
  return payment?.payment_id;
}

export const outdated = () =>
  refuse(
    'match.outdated',
    'Ce rapprochement ne tient plus\u202f: les factures ont été réglées autrement depuis. Relancez le rapprochement, ou choisissez les factures vous-même.',
  );

/** Enters again a payment that a line had taken back, when that reading is undone. */
export async function enterAgain(
  tx: Tx,
  deps: World,
  tenantId: string,
  reversalId: string,
  actor: string,
): Promise<string | undefined> {
  const reversal = await tx
    .selectFrom('payments as r')
    .innerJoin('payments as p', (join) =>
      join.onRef('p.tenant_id', '=', 'r.tenant_id').onRef('p.payment_id', '=', 'r.reverses_payment_id'),
    )
    .selectAll('p')
    .where('r.tenant_id', '=', tenantId)
    .where('r.payment_id', '=', reversalId)
    .executeTakeFirst();
  if (!reversal) return undefined;
  const rows = await tx
    .selectFrom('allocations')
    .select(['invoice_id', 'amount_cents', 'purpose'])
    .where('tenant_id', '=', tenantId)
    .where('payment_id', '=', reversalId)
    .execute();
  const entered = await enterPayments(
    tx,
    deps,
    tenantId,
    [
      {
        partyId: reversal.party_id,
        receivedOn: reversal.received_on,
        currency: reversal.currency,
        amountCents: reversal.amount_cents,
        reference: reversal.reference,
        held: reversal.held,
        parts: rows.map((row) => ({ invoiceId: row.invoice_id, amountCents: -row.amount_cents, purpose: row.purpose })),
        says: ['Le rejet de ce paiement était une erreur de rapprochement.'],
      },
    ],
    actor,
  );
  return entered.paymentIds[0];
}
