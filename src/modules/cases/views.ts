import { statementOfAccount } from '#core/claim/account.ts';
import type { Claim } from '#core/claim/claim.ts';
import type { StatementOfAccount } from '#core/claim/statement.ts';
import type { Day } from '#core/kernel/day.ts';
import type { Outcome } from '#core/kernel/outcome.ts';
import type { LawBook } from '#core/law/book.ts';
import { lawOf } from '#modules/law/index.ts';
import { type Party, readParty } from '#modules/parties/index.ts';
import type { Tx } from '#platform/db/database.ts';
import { loadClaims } from './claim.ts';
import { type DebtorPast, debtorPasts, NO_PAST } from './debtor-past.ts';
import { type Fact, inForce } from './facts.ts';
import { storyByCase } from './projection.ts';
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
  readonly netCents: bigint | null;
  readonly taxCents: bigint | null;
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
  /** what the books already tell of its debtor */
  readonly past: DebtorPast;
  readonly state: CaseState;
  /** those that count */
  readonly facts: readonly Fact[];
  /** all that the journal tells, what was noted by mistake included */
  readonly story: readonly Fact[];
  readonly invoices: readonly CaseInvoice[];
  readonly documents: readonly CaseDocument[];
  readonly claim: Claim;
  /** the law as this company applies it, its own figures included */
  readonly law: LawBook;
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
  const story = (await storyByCase(tx, tenantId, [caseId])).get(caseId) ?? [];
  const facts = inForce(story);
  const invoices = await caseInvoices(tx, tenantId, caseId);
  const claims = await loadClaims(tx, tenantId, [
    { caseId, debtor: party.kind, contractRatePercent: row.contract_rate_percent, imputation: row.imputation, facts },
  ]);
  const claim = claims.get(caseId);
  if (!claim) throw new Error(`no claim was built for case ${caseId}`);
  const law = await lawOf(tx, tenantId);
  return {
    id: caseId,
    reference: row.reference,
    openedOn: row.opened_on,
    contractRatePercent: row.contract_rate_percent,
    party,
    past: (await debtorPasts(tx, tenantId, [row.party_id], today)).get(row.party_id) ?? NO_PAST,
    state: caseState(facts, { principalCents: row.balance_cents, oldestDueOn: row.oldest_due_on ?? undefined }, today),
    facts,
    story,
    invoices,
    documents: await caseDocuments(tx, tenantId, caseId),
    claim,
    law,
    statement: statementOfAccount(claim, asOf, law),
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
    netCents: row.net_cents,
    taxCents: row.tax_cents,
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
