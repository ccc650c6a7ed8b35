import { sql } from 'kysely';
import type { Day } from '#core/kernel/day.ts';
import type { LearnedAlias } from '#core/matching/learning.ts';
import type { EarlierPayment, ElsewhereInvoice, KnownParty, OpenInvoice, StatementLine } from '#core/matching/model.ts';
import { claimsOf, factsByCase } from '#modules/cases/index.ts';
import { listCompanies } from '#modules/companies/index.ts';
import { lawOf } from '#modules/law/index.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import { accessoriesAt } from './claims-at.ts';

/** What the store knows that a line may be about. */

/** Lines that nobody has decided on, oldest first. */
export async function waitingLines(tx: Tx, tenantId: string, limit: number): Promise<StatementLine[]> {
  const rows = await tx
    .selectFrom('bank_lines')
    .select([
      'line_id',
      'booked_on',
      'value_on',
      'amount_cents',
      'currency',
      'name',
      'iban',
      'text',
      'reference',
      'return_reason',
    ])
    .where('tenant_id', '=', tenantId)
    .where('state', 'in', ['new', 'proposed', 'unmatched'])
    .orderBy('booked_on')
    .orderBy('line_id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    id: row.line_id,
    bookedOn: row.booked_on,
    valueOn: row.value_on,
    amountCents: row.amount_cents,
    currency: row.currency,
    ...(row.name ? { name: row.name } : {}),
    ...(row.iban ? { iban: row.iban } : {}),
    // A bank that says why a payment came back says that it came back.
    text: row.return_reason ? `${row.text} RETOUR ${row.return_reason}` : row.text,
    ...(row.reference ? { reference: row.reference } : {}),
  }));
}

/** Numbers of another company looked for at most, the newest; and shorter ones would be found in any text. */
const NUMBERS_ELSEWHERE = 20_000;
const TELLING_LENGTH = 6;

/** Open invoices of the user's other companies, that a client may pay to the wrong account. The demonstration and the others ignore each other. */
export async function invoicesElsewhere(deps: Pick<Deps, 'db'>, tenantId: string): Promise<ElsewhereInvoice[]> {
  const companies = await listCompanies(deps);
  if (companies.find(({ id }) => id === tenantId)?.demo) return [];
  const found: ElsewhereInvoice[] = [];
  for (const { id, name } of companies.filter((other) => other.id !== tenantId && !other.demo)) {
    const rows = await deps.db.tenant(id, (tx) =>
      tx
        .selectFrom('invoices')
        .select('number')
        .where('tenant_id', '=', id)
        .where('document_kind', '=', 'invoice')
        .where('balance_cents', '>', 0n)
        .where(sql<boolean>`length(number) >= ${TELLING_LENGTH}`)
        .orderBy('due_on', 'desc')
        .limit(NUMBERS_ELSEWHERE)
        .execute(),
    );
    found.push(...rows.map(({ number }) => ({ number, entity: name })));
  }
  return found;
}

/** Days during which a settled invoice is still recognised when it is quoted, and a payment may be refused by a bank. */
const REMEMBERED_DAYS = 400;

/**
 * Invoices and credit notes that are open, and those settled of late: their numbers block a second use. Interest and the 40 € are computed
 * when they are asked for.
 */
export async function openInvoices(tx: Tx, tenantId: string, today: Day): Promise<OpenInvoice[]> {
  const since = today.subtract({ days: REMEMBERED_DAYS });
  const { rows } = await sql<{
    invoice_id: string;
    document_kind: 'invoice' | 'credit-note';
    party_id: string;
    case_id: string | null;
    number: string;
    issued_on: Day;
    due_on: Day;
    currency: string;
    balance_cents: bigint;
    order_reference: string | null;
    external_key: string | null;
    reference: string | null;
  }>`
    select i.invoice_id, i.document_kind, i.party_id, i.case_id, i.number, i.issued_on, i.due_on, i.currency, i.balance_cents,
      i.order_reference, i.external_key, c.reference
    from invoices i left join cases c on c.tenant_id = i.tenant_id and c.case_id = i.case_id
    where i.tenant_id = ${tenantId} and (i.balance_cents > 0 or (i.document_kind = 'invoice' and i.due_on >= ${since}))`.execute(
    tx,
  );
  const late = [...new Set(rows.flatMap((row) => (row.case_id && row.balance_cents > 0n ? [row.case_id] : [])))];
  const facts = await factsByCase(tx, tenantId, late);
  const claims = await claimsOf(
    tx,
    tenantId,
    late.map((caseId) => ({ caseId, facts: facts.get(caseId) ?? [] })),
  );
  const law = await lawOf(tx, tenantId);
  return rows.map((row) => {
    const isNote = row.document_kind === 'credit-note';
    const claim = isNote || !row.case_id ? undefined : claims.get(row.case_id);
    const accessories = claim && accessoriesAt(claim, row.invoice_id, row.balance_cents, law);
    const references = [row.reference, row.order_reference, row.external_key].filter((text): text is string => Boolean(text));
    return {
      id: row.invoice_id,
      partyId: row.party_id,
      number: row.number,
      issuedOn: row.issued_on,
      dueOn: row.due_on,
      currency: row.currency,
      balanceCents: isNote ? -row.balance_cents : row.balance_cents,
      ...(references.length > 0 ? { references } : {}),
      ...(accessories ? { accessories } : {}),
    };
  });
}

export async function knownParties(tx: Tx, tenantId: string): Promise<KnownParty[]> {
  const rows = await tx
    .selectFrom('parties')
    .select(['party_id', 'name'])
    .where('tenant_id', '=', tenantId)
    .orderBy('party_id')
    .execute();
  return rows.map((row) => ({ id: row.party_id, name: row.name, aliases: [], ibans: [] }));
}

export async function learnedAliases(tx: Tx, tenantId: string): Promise<LearnedAlias[]> {
  const rows = await tx
    .selectFrom('payer_aliases')
    .select(['kind', 'value', 'party_id', 'confirmed', 'rejected'])
    .where('tenant_id', '=', tenantId)
    .orderBy('kind')
    .orderBy('value')
    .orderBy('party_id')
    .execute();
  return rows.map((row) => ({
    kind: row.kind,
    value: row.value,
    partyId: row.party_id,
    confirmed: row.confirmed,
    rejected: row.rejected,
  }));
}

/** Payments from the bank that stand, which a debit may take back. */
export async function earlierPayments(tx: Tx, tenantId: string, today: Day): Promise<EarlierPayment[]> {
  const since = today.subtract({ days: REMEMBERED_DAYS });
  const { rows } = await sql<{
    payment_id: string;
    received_on: Day;
    amount_cents: bigint;
    currency: string;
    party_id: string;
    invoice_id: string | null;
    cents: bigint | null;
    accessories: bigint | null;
  }>`
    select p.payment_id, p.received_on, p.amount_cents, p.currency, p.party_id, a.invoice_id, a.cents, a.accessories
    from payments p left join lateral (
      select al.invoice_id,
        coalesce(sum(al.amount_cents) filter (where al.purpose not in ('interest', 'indemnity')), 0)::bigint as cents,
        coalesce(sum(al.amount_cents) filter (where al.purpose in ('interest', 'indemnity')), 0)::bigint as accessories
      from allocations al where al.tenant_id = p.tenant_id and al.payment_id = p.payment_id group by al.invoice_id) a on true
    where p.tenant_id = ${tenantId} and p.kind = 'received' and p.reverses_payment_id is null and p.received_on >= ${since}
      and not exists (select from payments r where r.tenant_id = p.tenant_id and r.reverses_payment_id = p.payment_id)
      and exists (select from bank_matches m where m.tenant_id = p.tenant_id and m.payment_id = p.payment_id and m.status = 'applied')
    order by p.received_on, p.payment_id`.execute(tx);
  return [...Map.groupBy(rows, (row) => row.payment_id).values()].flatMap(([first, ...rest]) => {
    if (!first) return [];
    const parts = [first, ...rest].flatMap((row) =>
      row.invoice_id ? [{ invoiceId: row.invoice_id, cents: row.cents ?? 0n, accessoriesCents: row.accessories ?? 0n }] : [],
    );
    const { payment_id: id, received_on: bookedOn, amount_cents: amountCents, currency, party_id: partyId } = first;
    return [{ id, bookedOn, amountCents, currency, partyId, parts }];
  });
}
