import { sql } from 'kysely';
import type { Day } from '#core/kernel/day.ts';
import { ok, type Result, refuse } from '#core/kernel/result.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import { newId } from '#platform/ids.ts';

/** An invoice or a credit note to put on the books. Cents are positive, also for a credit note: what it takes off. */
export interface NewInvoice {
  readonly documentKind: 'invoice' | 'credit-note';
  readonly partyId: string;
  readonly caseId: string | null;
  readonly number: string;
  readonly issuedOn: Day;
  readonly dueOn: Day;
  readonly currency: string;
  readonly netCents: bigint | null;
  readonly taxCents: bigint | null;
  readonly grossCents: bigint;
  readonly payableCents: bigint;
  readonly orderReference: string | null;
  readonly fileSha256: string | null;
}

/**
 * Puts an invoice on the books. Refusal `invoice.duplicate` when the same number and date are there already: the same seller (the
 * company) does not use a number twice.
 */
export async function recordInvoice(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  tenantId: string,
  input: NewInvoice,
): Promise<Result<string>> {
  const id = newId();
  const inserted = await tx
    .insertInto('invoices')
    .values({
      tenant_id: tenantId,
      invoice_id: id,
      document_kind: input.documentKind,
      party_id: input.partyId,
      case_id: input.caseId,
      number: input.number,
      issued_on: input.issuedOn,
      due_on: input.dueOn,
      currency: input.currency,
      net_cents: input.netCents,
      tax_cents: input.taxCents,
      gross_cents: input.grossCents,
      payable_cents: input.payableCents,
      balance_cents: input.payableCents,
      order_reference: input.orderReference,
      file_sha256: input.fileSha256,
      created_at: deps.clock.now(),
    })
    .onConflict((c) => c.columns(['tenant_id', 'document_kind', 'number', 'issued_on']).doNothing())
    .returning('invoice_id')
    .executeTakeFirst();
  if (inserted) return ok(id);
  return refuse(
    'invoice.duplicate',
    `La facture ${input.number} du ${input.issuedOn.toLocaleString('fr-FR')} est déjà dans Quitus.`,
    {
      number: input.number,
    },
  );
}

/** The invoice with this number and date, if it is on the books. */
export async function findInvoice(
  tx: Tx,
  tenantId: string,
  documentKind: 'invoice' | 'credit-note',
  number: string,
  issuedOn?: Day,
): Promise<{ id: string; caseId: string | null; partyId: string; balanceCents: bigint } | undefined> {
  let query = tx
    .selectFrom('invoices')
    .select(['invoice_id', 'case_id', 'party_id', 'balance_cents'])
    .where('tenant_id', '=', tenantId)
    .where('document_kind', '=', documentKind)
    .where('number', '=', number);
  if (issuedOn) query = query.where('issued_on', '=', issuedOn);
  const row = await query.orderBy('issued_on', 'desc').executeTakeFirst();
  return row && { id: row.invoice_id, caseId: row.case_id, partyId: row.party_id, balanceCents: row.balance_cents };
}

/**
 * What an allocation is for. `principal`, and what the creditor gives up of it (`bank-fee`, `discount`), reduce the balance of the books;
 * `interest` and `indemnity` are owed beside it.
 */
export type Purpose = 'principal' | 'interest' | 'indemnity' | 'bank-fee' | 'discount';

/** What takes something off an invoice. */
export interface Allocation {
  readonly invoiceId: string;
  readonly amountCents: bigint;
  readonly on: Day;
  /** the principal unless said otherwise */
  readonly purpose?: Purpose;
  readonly paymentId?: string;
  readonly creditNoteId?: string;
}

/** Takes amounts off invoices and rewrites the balances of the documents they touch. */
export async function allocate(tx: Tx, tenantId: string, allocations: readonly Allocation[]): Promise<void> {
  if (allocations.length === 0) return;
  await tx
    .insertInto('allocations')
    .values(
      allocations.map((a) => ({
        tenant_id: tenantId,
        allocation_id: newId(),
        invoice_id: a.invoiceId,
        payment_id: a.paymentId ?? null,
        credit_note_id: a.creditNoteId ?? null,
        on_day: a.on,
        amount_cents: a.amountCents,
        purpose: a.purpose ?? 'principal',
      })),
    )
    .execute();
  const touched = [...new Set(allocations.flatMap((a) => (a.creditNoteId ? [a.invoiceId, a.creditNoteId] : [a.invoiceId])))];
  await rewriteBalances(tx, tenantId, touched);
}

/** A credit note on the books, and the invoice it reduces. */
interface CreditGiven {
  readonly invoiceId: string;
  readonly creditNoteId: string;
  readonly amountCents: bigint;
  readonly on: Day;
}

/**
 * Takes a credit note off its invoice, and answers how much: at most what the invoice was for, less its other credit notes. The rest
 * stays on the credit note, to give back or to set against something else. Payments do not limit it: the debt itself was smaller, which
 * counts for the interest, and an invoice that was paid too much shows it by a negative balance.
 */
export async function applyCreditNote(tx: Tx, tenantId: string, given: CreditGiven): Promise<bigint> {
  const { payable_cents: payable } = await tx
    .selectFrom('invoices')
    .select('payable_cents')
    .where('tenant_id', '=', tenantId)
    .where('invoice_id', '=', given.invoiceId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const { credited } = await tx
    .selectFrom('allocations')
    .select((e) => e.fn.coalesce(e.cast<bigint>(e.fn.sum('amount_cents'), 'bigint'), sql<bigint>`0::bigint`).as('credited'))
    .where('tenant_id', '=', tenantId)
    .where('invoice_id', '=', given.invoiceId)
    .where('credit_note_id', 'is not', null)
    .executeTakeFirstOrThrow();
  const left = payable - credited;
  const amountCents = given.amountCents < left ? given.amountCents : left;
  if (amountCents <= 0n) return 0n;
  await allocate(tx, tenantId, [{ ...given, amountCents }]);
  return amountCents;
}

/**
 * The balance of an invoice is what was payable less all that was allocated to its principal: always computed again from the rows, never
 * added to.
 */
export async function rewriteBalances(tx: Tx, tenantId: string, invoiceIds: readonly string[]): Promise<void> {
  await sql`
    update invoices i
    set balance_cents = i.payable_cents
      - coalesce((
        select sum(a.amount_cents)::bigint from allocations a
        where a.tenant_id = i.tenant_id and a.invoice_id = i.invoice_id and a.purpose not in ('interest', 'indemnity')), 0)
      - coalesce((
        select sum(a.amount_cents)::bigint from allocations a
        where a.tenant_id = i.tenant_id and a.credit_note_id = i.invoice_id), 0)
    where i.tenant_id = ${tenantId} and i.invoice_id = any(${invoiceIds}::uuid[])`.execute(tx);
}
