import { type RawBuilder, sql } from 'kysely';
import { statementOfAccount } from '#core/claim/account.ts';
import type { DebtorKind, StatementOfAccount } from '#core/claim/statement.ts';
import { addDays, type Day } from '#core/kernel/day.ts';
import type { Outcome } from '#core/kernel/outcome.ts';
import { lawOf } from '#modules/law/index.ts';
import type { Tx } from '#platform/db/database.ts';
import { loadClaims } from './claim.ts';
import { factsByCase } from './projection.ts';
import { type CaseState, caseState, FRIENDLY_DAYS, letterToPost, type Stage } from './state.ts';

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
  /** the letter that waits to be posted, if there is one */
  readonly letterToPost: string | undefined;
}

/** Days late, both included; without `to`, all that is later. */
export interface DaysLate {
  readonly from: number;
  readonly to: number | undefined;
}

/** Which cases a list holds. */
export interface CaseQuery {
  readonly which: 'to-do' | 'open' | 'closed';
  readonly stage?: Stage | undefined;
  /** cases with an unpaid invoice as late as this */
  readonly late?: DaysLate | undefined;
  /** part of the debtor's name, of an invoice's number or of the reference, whatever the case */
  readonly text?: string | undefined;
}

/**
 * The stage of a case on a day, in SQL: the one its last fact left it in, and what time alone made of it since. It says what
 * `caseState` says (a property test compares them).
 */
export const stageOn = (today: Day): RawBuilder<string> => sql<string>`case cases.stage
  when 'plan-running' then case when cases.next_on <= ${today} then 'plan-broken' else cases.stage end
  when 'promised' then case when cases.next_on <= ${today} then 'promise-broken' else cases.stage end
  when 'notice-running' then case when cases.next_on <= ${today} then 'notice-expired' else cases.stage end
  when 'not-due' then case
    when cases.oldest_due_on is null or cases.oldest_due_on >= ${today} then cases.stage
    when cases.oldest_due_on >= ${addDays(today, -FRIENDLY_DAYS)} then 'to-contact'
    else 'overdue' end
  when 'to-contact' then case when cases.oldest_due_on < ${addDays(today, -FRIENDLY_DAYS)} then 'overdue' else cases.stage end
  else cases.stage end`;

/** Text as a `like` pattern takes it, found anywhere. */
const anywhere = (text: string): string => `%${text.trim().replace(/[\\%_]/g, '\\$&')}%`;

/** A client's name, with or without its accents; a reference or a number, which only a text with a digit can be. */
const found = (tenantId: string, like: string, mayBeNumber: boolean) => sql<boolean>`(
  cases.party_id in (select party_id from parties where tenant_id = ${tenantId} and folded_name like folded_text(${like}))
  ${
    mayBeNumber
      ? sql`or cases.reference ilike ${like}
        or cases.case_id in (
          select case_id from invoices where tenant_id = ${tenantId} and case_id is not null and number ilike ${like})`
      : sql``
  })`;

/** The cases that a query names. Nothing is joined: counting and paging touch the cases alone. */
function matching(tx: Tx, tenantId: string, { which, stage, late, text }: CaseQuery, today: Day) {
  let query = tx
    .selectFrom('cases')
    .where('cases.tenant_id', '=', tenantId)
    .where('closed_on', which === 'closed' ? 'is not' : 'is', null);
  if (which === 'to-do') query = query.where('next_on', '<=', today);
  if (stage) query = query.where(sql<boolean>`${stageOn(today)} = ${stage}`);
  if (late) {
    const oldest = late.to === undefined ? sql`true` : sql`due_on >= ${addDays(today, -late.to)}`;
    query = query.where(sql<boolean>`cases.case_id in (
      select case_id from invoices
      where tenant_id = ${tenantId} and document_kind = 'invoice' and balance_cents > 0
        and due_on <= ${addDays(today, -late.from)} and ${oldest})`);
  }
  if (text?.trim()) query = query.where(found(tenantId, anywhere(text), /\d/u.test(text)));
  return query;
}

/** How many cases a list holds in all. */
export async function countCases(tx: Tx, tenantId: string, query: CaseQuery, today: Day): Promise<number> {
  const row = await matching(tx, tenantId, query, today)
    .select((eb) => eb.fn.countAll<bigint>().as('n'))
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

/** A page of cases: the largest balances, in the order of what is owed in all. */
export async function listCases(
  tx: Tx,
  tenantId: string,
  query: CaseQuery,
  today: Day,
  page: { limit: number; offset: number },
): Promise<CaseRow[]> {
  const listed = matching(tx, tenantId, query, today)
    .select(['case_id', 'party_id', 'reference', 'balance_cents', 'oldest_due_on', 'contract_rate_percent', 'imputation'])
    .orderBy('balance_cents', 'desc')
    .orderBy('case_id')
    .limit(page.limit)
    .offset(page.offset)
    .as('listed');
  const rows = await tx
    .selectFrom(listed)
    .innerJoin('parties', 'parties.party_id', 'listed.party_id')
    .select([
      'case_id',
      'reference',
      'parties.name',
      'parties.kind',
      'balance_cents',
      'oldest_due_on',
      'contract_rate_percent',
      'imputation',
    ])
    .where('parties.tenant_id', '=', tenantId)
    .execute();
  const ids = rows.map((row) => row.case_id);
  const law = await lawOf(tx, tenantId);
  const facts = await factsByCase(tx, tenantId, ids);
  const claims = await loadClaims(
    tx,
    tenantId,
    rows.map((row) => ({
      caseId: row.case_id,
      debtor: row.kind as DebtorKind,
      contractRatePercent: row.contract_rate_percent,
      imputation: row.imputation,
      facts: facts.get(row.case_id) ?? [],
    })),
  );
  const found = rows.map((row) => {
    const claim = claims.get(row.case_id);
    if (!claim) throw new Error(`no claim was built for case ${row.case_id}`);
    const oldestDueOn = row.oldest_due_on ?? undefined;
    const known = facts.get(row.case_id) ?? [];
    const state = caseState(known, { principalCents: row.balance_cents, oldestDueOn }, today);
    return {
      id: row.case_id,
      reference: row.reference,
      debtor: row.name,
      debtorKind: row.kind as DebtorKind,
      balanceCents: row.balance_cents,
      oldestDueOn,
      state,
      total: statementOfAccount(claim, today, law),
      letterToPost: letterToPost(state, known),
    };
  });
  return found.sort((a, b) => Number(owed(b) - owed(a)) || (a.reference < b.reference ? -1 : 1));
}

/** What is owed in all, or what is known of it. */
const owed = ({ total, balanceCents }: CaseRow): bigint => (total.status === 'computed' ? total.value.total.cents : balanceCents);
