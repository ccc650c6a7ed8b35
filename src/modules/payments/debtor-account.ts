import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import type { Json } from '#core/kernel/canonical.ts';
import { type Day, day } from '#core/kernel/day.ts';
import {
  type AccountEntry,
  type AccountStatement,
  composeAccountStatement,
  type DebtorAccount,
  type OpenItem,
} from '#core/letters/account-statement.ts';
import { creditorProfile, postalAddress, readCreditor } from '#modules/companies/index.ts';
import { type Party, readParty } from '#modules/parties/index.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import { renderPdf } from '#platform/pdf/pdf.ts';

/** A debtor of the company; undefined when there is none of that name. */
export async function findDebtor(tx: Tx, tenantId: string, partyId: string): Promise<Party | undefined> {
  const known = await tx
    .selectFrom('parties')
    .select('party_id')
    .where('tenant_id', '=', tenantId)
    .where('party_id', '=', partyId)
    .executeTakeFirst();
  return known && readParty(tx, tenantId, partyId);
}

/** The currencies in which a debtor was invoiced, euros first. */
export async function accountCurrencies(tx: Tx, tenantId: string, partyId: string): Promise<string[]> {
  const { rows } = await sql<{ currency: string }>`
    select currency from invoices where tenant_id = ${tenantId} and party_id = ${partyId}
    group by currency order by currency <> 'EUR', currency`.execute(tx);
  return rows.map((row) => row.currency);
}

/**
 * Everything that the books hold of a debtor in one currency until a day. What payments covered of interest and indemnity, and what was
 * given up, are entries of their own: the last balance is what its invoices still owe, less the credit notes and the money that nothing
 * used yet.
 */
export async function debtorAccount(
  tx: Tx,
  tenantId: string,
  partyId: string,
  currency: string,
  until: Day,
): Promise<DebtorAccount> {
  const entries = await sql<{ on_day: Day; kind: AccountEntry['kind']; reference: string; cents: bigint }>`
    with paid as (
      select p.payment_id, p.received_on, p.reference, p.kind, p.amount_cents, p.reverses_payment_id is not null as taken_back,
        coalesce(o.kind, p.kind) = 'refund' as refund
      from payments p
      left join payments o on o.tenant_id = p.tenant_id and o.payment_id = p.reverses_payment_id
      where p.tenant_id = ${tenantId} and p.party_id = ${partyId} and p.currency = ${currency} and p.received_on <= ${until})
    select * from (
      select issued_on as on_day, document_kind as kind, number as reference,
        case document_kind when 'invoice' then payable_cents else -payable_cents end as cents
      from invoices
      where tenant_id = ${tenantId} and party_id = ${partyId} and currency = ${currency} and issued_on <= ${until}
      union all
      select received_on, case when taken_back then 'reversal' when kind = 'received' then 'payment' else kind end, coalesce(reference, ''),
        case when taken_back = refund then -amount_cents else amount_cents end
      from paid
      union all
      select paid.received_on, case when a.purpose in ('interest', 'indemnity') then 'accessories' else 'given-up' end, '',
        sum(case when a.purpose in ('interest', 'indemnity') then a.amount_cents else -a.amount_cents end)::bigint
      from paid join allocations a on a.tenant_id = ${tenantId} and a.payment_id = paid.payment_id
      where a.purpose <> 'principal' group by paid.payment_id, paid.received_on, 2) as entries
    where cents <> 0
    order by on_day, array_position(array['invoice', 'credit-note', 'accessories', 'given-up'], kind), reference, cents`.execute(
    tx,
  );
  const open = await tx
    .selectFrom('invoices')
    .select(['number', 'issued_on', 'due_on', 'payable_cents', 'balance_cents'])
    .where('tenant_id', '=', tenantId)
    .where('party_id', '=', partyId)
    .where('currency', '=', currency)
    .where('document_kind', '=', 'invoice')
    .where('balance_cents', '>', 0n)
    .orderBy('due_on')
    .orderBy('number')
    .execute();
  return {
    currency,
    entries: entries.rows.map(({ on_day, kind, reference, cents }) => ({ on: on_day, kind, reference, cents })),
    open: open.map(
      (row): OpenItem => ({
        number: row.number,
        issuedOn: row.issued_on,
        dueOn: row.due_on,
        amountCents: row.payable_cents,
        balanceCents: row.balance_cents,
      }),
    ),
  };
}

const TEMPLATE = fileURLToPath(new URL('../../../templates/letters/account-statement/v1/statement.typ', import.meta.url));

/** The statement of a debtor's account on a day, as it is printed. */
export async function accountStatement(
  deps: Pick<Deps, 'db'>,
  tenantId: string,
  party: Party,
  currency: string,
  asOf: Day,
): Promise<AccountStatement> {
  const { creditor, account } = await deps.db.tenant(tenantId, async (tx) => ({
    creditor: await readCreditor(tx, tenantId),
    account: await debtorAccount(tx, tenantId, party.id, currency, asOf),
  }));
  const debtor = { name: party.name, address: postalAddress(party), ...(party.siren ? { siren: party.siren } : {}) };
  return composeAccountStatement(account, { creditor: creditorProfile(creditor), debtor }, asOf);
}

/** Prints it: PDF/A, tagged. The same statement gives the same bytes. */
export const renderAccountStatement = (statement: AccountStatement): Promise<Uint8Array> =>
  renderPdf({ template: TEMPLATE, data: { statement: statement as unknown as Json }, files: {}, date: day(statement.date) });
