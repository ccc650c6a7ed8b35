import { sql } from 'kysely';
import { statementOfAccount } from '#core/claim/account.ts';
import type { Claim } from '#core/claim/claim.ts';
import type { DebtorKind, StatementOfAccount } from '#core/claim/statement.ts';
import type { Day } from '#core/kernel/day.ts';
import type { Outcome } from '#core/kernel/outcome.ts';
import { type Party, readParty } from '#modules/parties/index.ts';
import type { Tx } from '#platform/db/database.ts';
import { caseFacts, factsByCase } from './cases.ts';
import { loadClaims } from './claim.ts';
import type { Fact } from './facts.ts';
import { type CaseState, caseState } from './state.ts';

/** A document of a case: what was kept, under which content hash. */
export interface CaseDocument {
  readonly id: string;
  readonly kind: 'invoice' | 'letter' | 'receipt' | 'proof';
  readonly title: string;
  readonly sha256: string;
  readonly mediaType: string;
  readonly addedAt: Temporal.Instant;
}

/** An invoice or a credit note as the case page lists it. */
export interface CaseInvoice {
  readonly id: string;
  readonly documentKind: 'invoice' | 'credit-note';
  readonly number: string;
  readonly issuedOn: Day;
  readonly dueOn: Day;
  readonly currency: string;
  readonly payableCents: bigint;
  readonly balanceCents: bigint;
  readonly sha256: string | null;
}

/** Everything there is to know of a case on a day. */
export interface CaseView {
  readonly id: string;
  readonly reference: string;
  readonly openedOn: Day;
  readonly contractRatePercent: string | null;
  readonly party: Party;
  readonly state: CaseState;
  readonly facts: readonly Fact[];
  readonly invoices: readonly CaseInvoice[];
  readonly documents: readonly CaseDocument[];
  readonly claim: Claim;
  readonly statement: Outcome<StatementOfAccount>;
}

/** A case and what it is worth on a day; undefined when there is no such case in this company. `asOf` moves the statement, `today` the state. */
export async function viewCase(
  tx: Tx,
  tenantId: string,
  caseId: string,
  today: Day,
  asOf: Day = today,
): Promise<CaseView | undefined> {
  const row = await tx
    .selectFrom('cases')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('case_id', '=', caseId)
    .executeTakeFirst();
  if (!row) return undefined;
  const party = await readParty(tx, tenantId, row.party_id);
  const facts = await caseFacts(tx, tenantId, caseId);
  const invoices = await caseInvoices(tx, tenantId, caseId);
  const claims = await loadClaims(tx, tenantId, [
    { caseId, debtor: party.kind, contractRatePercent: row.contract_rate_percent, facts },
  ]);
  const claim = claims.get(caseId);
  if (!claim) throw new Error(`no claim was built for case ${caseId}`);
  return {
    id: caseId,
    reference: row.reference,
    openedOn: row.opened_on,
    contractRatePercent: row.contract_rate_percent,
    party,
    state: caseState(facts, { principalCents: row.balance_cents, oldestDueOn: row.oldest_due_on ?? undefined }, today),
    facts,
    invoices,
    documents: await caseDocuments(tx, tenantId, caseId),
    claim,
    statement: statementOfAccount(claim, asOf),
  };
}

/** The case that carries a reference such as D-2026-0007. */
export async function findCaseByReference(tx: Tx, tenantId: string, reference: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom('cases')
    .select('case_id')
    .where('tenant_id', '=', tenantId)
    .where('reference', '=', reference)
    .executeTakeFirst();
  return row?.case_id;
}

async function caseInvoices(tx: Tx, tenantId: string, caseId: string): Promise<CaseInvoice[]> {
  const rows = await tx
    .selectFrom('invoices')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('case_id', '=', caseId)
    .orderBy('due_on')
    .orderBy('number')
    .execute();
  return rows.map((row) => ({
    id: row.invoice_id,
    documentKind: row.document_kind as CaseInvoice['documentKind'],
    number: row.number,
    issuedOn: row.issued_on,
    dueOn: row.due_on,
    currency: row.currency,
    payableCents: row.payable_cents,
    balanceCents: row.balance_cents,
    sha256: row.file_sha256,
  }));
}

async function caseDocuments(tx: Tx, tenantId: string, caseId: string): Promise<CaseDocument[]> {
  const rows = await tx
    .selectFrom('documents')
    .innerJoin('files', (join) =>
      join.onRef('files.tenant_id', '=', 'documents.tenant_id').onRef('files.sha256', '=', 'documents.file_sha256'),
    )
    .select(['document_id', 'kind', 'title', 'file_sha256', 'media_type', 'added_at'])
    .where('documents.tenant_id', '=', tenantId)
    .where('case_id', '=', caseId)
    .orderBy('added_at')
    .orderBy('document_id')
    .execute();
  return rows.map((row) => ({
    id: row.document_id,
    kind: row.kind as CaseDocument['kind'],
    title: row.title,
    sha256: row.file_sha256,
    mediaType: row.media_type,
    addedAt: row.added_at,
  }));
}

/** A case as a list shows it. */
export interface CaseRow {
  readonly id: string;
  readonly reference: string;
  readonly debtor: string;
  readonly debtorKind: DebtorKind;
  readonly balanceCents: bigint;
  readonly oldestDueOn: Day | undefined;
  readonly state: CaseState;
  /** what is owed in all on that day, when it can be told */
  readonly total: Outcome<StatementOfAccount>;
}

export type CaseFilter = 'to-do' | 'open' | 'closed';

/** A page of cases, the largest first: those that ask for an action on that day, all the open ones, or the closed ones. */
export async function listCases(
  tx: Tx,
  tenantId: string,
  filter: CaseFilter,
  today: Day,
  page: { limit: number; offset: number },
): Promise<CaseRow[]> {
  let query = tx
    .selectFrom('cases')
    .innerJoin('parties', (join) =>
      join.onRef('parties.tenant_id', '=', 'cases.tenant_id').onRef('parties.party_id', '=', 'cases.party_id'),
    )
    .select(['case_id', 'reference', 'parties.name', 'parties.kind', 'balance_cents', 'oldest_due_on', 'contract_rate_percent'])
    .where('cases.tenant_id', '=', tenantId)
    .where('closed_on', filter === 'closed' ? 'is not' : 'is', null);
  if (filter === 'to-do') query = query.where('next_on', '<=', today);
  const rows = await query.orderBy('balance_cents', 'desc').orderBy('case_id').limit(page.limit).offset(page.offset).execute();
  const facts = await factsByCase(
    tx,
    tenantId,
    rows.map((row) => row.case_id),
  );
  const claims = await loadClaims(
    tx,
    tenantId,
    rows.map((row) => ({
      caseId: row.case_id,
      debtor: row.kind as DebtorKind,
      contractRatePercent: row.contract_rate_percent,
      facts: facts.get(row.case_id) ?? [],
    })),
  );
  return rows.map((row) => {
    const claim = claims.get(row.case_id);
    if (!claim) throw new Error(`no claim was built for case ${row.case_id}`);
    const oldestDueOn = row.oldest_due_on ?? undefined;
    return {
      id: row.case_id,
      reference: row.reference,
      debtor: row.name,
      debtorKind: row.kind as DebtorKind,
      balanceCents: row.balance_cents,
      oldestDueOn,
      state: caseState(facts.get(row.case_id) ?? [], { principalCents: row.balance_cents, oldestDueOn }, today),
      total: statementOfAccount(claim, today),
    };
  });
}

/** What is owed, by how late it is. Cents of principal left on open invoices. */
export interface Portfolio {
  readonly owedCents: bigint;
  readonly overdueCents: bigint;
  readonly overdueInvoices: bigint;
  readonly openCases: bigint;
  readonly casesToDo: bigint;
  readonly buckets: readonly {
    readonly from: number;
    readonly to: number | undefined;
    readonly cents: bigint;
    readonly invoices: bigint;
  }[];
}

/** Days late at which a new bucket of the aging balance starts. */
const BUCKETS = [1, 31, 61, 91] as const;

/** The totals of the first screen, in two passes over partial indexes. */
export async function portfolio(tx: Tx, tenantId: string, today: Day): Promise<Portfolio> {
  const money = await sql<{ bucket: number; cents: bigint; invoices: bigint }>`
    select width_bucket(${today}::date - due_on, ${[...BUCKETS]}::int[]) as bucket,
           sum(balance_cents)::bigint as cents, count(*) as invoices
    from invoices
    where tenant_id = ${tenantId} and balance_cents > 0 and document_kind = 'invoice'
    group by 1`.execute(tx);
  const cases = await sql<{ open: bigint; to_do: bigint }>`
    select count(*) as open, count(*) filter (where next_on <= ${today}) as to_do
    from cases where tenant_id = ${tenantId} and closed_on is null`.execute(tx);
  const of = (bucket: number) => money.rows.find((row) => row.bucket === bucket) ?? { cents: 0n, invoices: 0n };
  const buckets = BUCKETS.map((from, i) => {
    const { cents, invoices } = of(i + 1);
    const next = BUCKETS[i + 1];
    return { from, to: next === undefined ? undefined : next - 1, cents, invoices };
  });
  const overdueCents = buckets.reduce((sum, b) => sum + b.cents, 0n);
  return {
    owedCents: overdueCents + of(0).cents,
    overdueCents,
    overdueInvoices: buckets.reduce((sum, b) => sum + b.invoices, 0n),
    openCases: cases.rows[0]?.open ?? 0n,
    casesToDo: cases.rows[0]?.to_do ?? 0n,
    buckets,
  };
}
