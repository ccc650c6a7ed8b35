import { sql } from 'kysely';
import type { Day } from '#core/kernel/day.ts';
import type { Tx } from '#platform/db/database.ts';

/** An open invoice that a line may be said to pay. */
export interface PayableChoice {
  readonly invoiceId: string;
  readonly number: string;
  readonly debtor: string;
  readonly dueOn: Day;
  readonly balanceCents: bigint;
  readonly caseReference: string | null;
}

interface Asked {
  readonly currency: string;
  readonly partyId?: string | undefined;
  /** part of a number, of a debtor's name or of a case's reference, whatever the case */
  readonly text?: string | undefined;
  /** what was paid: invoices of this very balance come first, and all open ones are offered when nothing else is asked */
  readonly amountCents?: bigint;
}

/** Open invoices, the oldest due first: those that a text finds, or without one those of a debtor. */
export async function payableChoices(tx: Tx, tenantId: string, asked: Asked, limit: number): Promise<PayableChoice[]> {
  const text = asked.text?.trim();
  if (!text && !asked.partyId && asked.amountCents === undefined) return [];
  const like = `%${text?.replace(/[\\%_]/g, '\\$&')}%`;
  const which = text
    ? sql`(i.number ilike ${like} or p.name ilike ${like} or c.reference ilike ${like})`
    : asked.partyId
      ? sql`i.party_id = ${asked.partyId}::uuid`
      : sql`true`;
  const { rows } = await sql<{
    invoice_id: string;
    number: string;
    name: string;
    due_on: Day;
    balance_cents: bigint;
    reference: string | null;
  }>`
    select i.invoice_id, i.number, p.name, i.due_on, i.balance_cents, c.reference
    from invoices i
    join parties p on p.tenant_id = i.tenant_id and p.party_id = i.party_id
    left join cases c on c.tenant_id = i.tenant_id and c.case_id = i.case_id
    where i.tenant_id = ${tenantId} and i.document_kind = 'invoice' and i.balance_cents > 0 and i.currency = ${asked.currency} and ${which}
    order by i.balance_cents = ${asked.amountCents ?? 0n} desc, i.due_on, i.number limit ${limit}`.execute(tx);
  return rows.map((row) => ({
    invoiceId: row.invoice_id,
    number: row.number,
    debtor: row.name,
    dueOn: row.due_on,
    balanceCents: row.balance_cents,
    caseReference: row.reference,
  }));
}

/** An open case. */
export interface OpenCase {
  readonly id: string;
  readonly reference: string;
}

/** The open cases of debtors: their probable money holds them. */
export async function openCasesOf(tx: Tx, tenantId: string, partyIds: readonly string[]): Promise<Map<string, OpenCase[]>> {
  const rows = await tx
    .selectFrom('cases')
    .select(['party_id', 'case_id', 'reference'])
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`party_id = any(${[...new Set(partyIds)]}::uuid[])`)
    .where('closed_on', 'is', null)
    .orderBy('reference')
    .execute();
  const cases = Map.groupBy(rows, (row) => row.party_id);
  return new Map([...cases].map(([id, of]) => [id, of.map((row) => ({ id: row.case_id, reference: row.reference }))]));
}

/** A debtor that money may come from. */
export interface DebtorChoice {
  readonly partyId: string;
  readonly name: string;
  readonly city: string | null;
}

/** Debtors by name: those that a text finds, else the first ones. */
export async function debtorChoices(tx: Tx, tenantId: string, text: string | undefined, limit: number): Promise<DebtorChoice[]> {
  const asked = text?.trim();
  let query = tx.selectFrom('parties').select(['party_id', 'name', 'city']).where('tenant_id', '=', tenantId);
  if (asked) query = query.where('name', 'ilike', `%${asked.replace(/[\\%_]/g, '\\$&')}%`);
  const rows = await query.orderBy('name').orderBy('party_id').limit(limit).execute();
  return rows.map((row) => ({ partyId: row.party_id, name: row.name, city: row.city }));
}

/** The currencies of open invoices, euros first. */
export async function openCurrencies(tx: Tx, tenantId: string): Promise<string[]> {
  const { rows } = await sql<{ currency: string }>`
    select currency from invoices where tenant_id = ${tenantId} and document_kind = 'invoice' and balance_cents > 0
    group by currency order by currency <> 'EUR', currency`.execute(tx);
  return rows.map((row) => row.currency);
}
