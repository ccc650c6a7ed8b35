import { sql } from 'kysely';
import type { DebtorKind } from '#core/claim/statement.ts';
import type { Day } from '#core/kernel/day.ts';
import type { Tx } from '#platform/db/database.ts';
import { type DebtorPast, debtorPasts, NO_PAST } from './debtor-past.ts';
import { type Fact, inForce, readFact } from './facts.ts';
import { type CaseState, caseState } from './state.ts';

/** What of an open case a whole portfolio is looked at by. */
export interface CaseBase {
  readonly id: string;
  readonly reference: string;
  readonly partyId: string;
  readonly debtor: string;
  readonly debtorKind: DebtorKind;
  readonly country: string;
  readonly contractRatePercent: string | null;
  /** principal left, cents */
  readonly balanceCents: bigint;
  /** those that move a case, in order; notes and the arrival of invoices are left out */
  readonly facts: readonly Fact[];
  readonly state: CaseState;
  /** unpaid, the first due first */
  readonly invoices: readonly UnpaidInvoice[];
  readonly past: DebtorPast;
}

export interface UnpaidInvoice {
  readonly documentKind: 'invoice';
  readonly issuedOn: Day;
  readonly dueOn: Day;
  readonly currency: string;
  readonly netCents: bigint | null;
  readonly taxCents: bigint | null;
  readonly balanceCents: bigint;
}

/** Which open cases: a page of all of them, in the order of their identifiers, those of some debtors, or a few by name. */
export type WhichCases =
  | { readonly after: string | undefined; readonly limit: number }
  | { readonly parties: readonly string[] }
  | { readonly cases: readonly string[] };

/** Facts that say nothing of where a case stands: there is one at least for each case, and a large store has many. */
const IDLE = ['case-opened', 'invoice-added', 'invoices-imported', 'note-added'];

/** Open cases with what moves them, in four queries whatever their number. */
export async function openCaseBases(tx: Tx, tenantId: string, today: Day, which: WhichCases): Promise<readonly CaseBase[]> {
  let query = tx
    .selectFrom('cases')
    .innerJoin('parties', (join) =>
      join.onRef('parties.tenant_id', '=', 'cases.tenant_id').onRef('parties.party_id', '=', 'cases.party_id'),
    )
    .select([
      'case_id',
      'reference',
      'cases.party_id',
      'name',
      'kind',
      'country',
      'balance_cents',
      'oldest_due_on',
      'contract_rate_percent',
    ])
    .where('cases.tenant_id', '=', tenantId)
    .where('closed_on', 'is', null)
    .orderBy('case_id');
  if ('parties' in which) query = query.where(sql<boolean>`cases.party_id = any(${which.parties}::uuid[])`);
  else if ('cases' in which) query = query.where(sql<boolean>`case_id = any(${which.cases}::uuid[])`);
  else {
    query = query.limit(which.limit);
    if (which.after !== undefined) query = query.where('case_id', '>', which.after);
  }
  const rows = await query.execute();
  const ids = rows.map((row) => row.case_id);
  if (ids.length === 0) return [];
  const facts = await movingFacts(tx, tenantId, ids);
  const invoices = await unpaidInvoices(tx, tenantId, ids);
  const pasts = await debtorPasts(tx, tenantId, [...new Set(rows.map((row) => row.party_id))], today);
  return rows.map((row) => {
    const known = facts.get(row.case_id) ?? [];
    const balance = { principalCents: row.balance_cents, oldestDueOn: row.oldest_due_on ?? undefined };
    return {
      id: row.case_id,
      reference: row.reference,
      partyId: row.party_id,
      debtor: row.name,
      debtorKind: row.kind as DebtorKind,
      country: row.country,
      contractRatePercent: row.contract_rate_percent,
      balanceCents: row.balance_cents,
      facts: known,
      state: caseState(known, balance, today),
      invoices: invoices.get(row.case_id) ?? [],
      past: pasts.get(row.party_id) ?? NO_PAST,
    };
  });
}

async function movingFacts(tx: Tx, tenantId: string, ids: readonly string[]): Promise<Map<string, Fact[]>> {
  const rows = await tx
    .selectFrom('journal')
    .select(['case_id', 'kind', 'on_day', 'payload', 'seq'])
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`case_id = any(${ids}::uuid[])`)
    .where('kind', 'not in', IDLE)
    .orderBy('on_day')
    .orderBy('seq')
    .execute();
  const facts = new Map<string, Fact[]>();
  for (const { case_id, kind, on_day, payload, seq } of rows) {
    const list = facts.get(case_id as string) ?? [];
    list.push(readFact(kind, on_day, payload, seq));
    facts.set(case_id as string, list);
  }
  for (const [caseId, story] of facts) facts.set(caseId, inForce(story));
  return facts;
}

async function unpaidInvoices(tx: Tx, tenantId: string, ids: readonly string[]): Promise<Map<string, UnpaidInvoice[]>> {
  const rows = await tx
    .selectFrom('invoices')
    .select(['case_id', 'issued_on', 'due_on', 'currency', 'net_cents', 'tax_cents', 'balance_cents'])
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`case_id = any(${ids}::uuid[])`)
    .where('document_kind', '=', 'invoice')
    .where('balance_cents', '>', 0n)
    .orderBy('due_on')
    .orderBy('number')
    .execute();
  const found = new Map<string, UnpaidInvoice[]>();
  for (const { case_id, issued_on, due_on, currency, net_cents, tax_cents, balance_cents } of rows) {
    const list = found.get(case_id as string) ?? [];
    list.push({
      ...{ documentKind: 'invoice', issuedOn: issued_on, dueOn: due_on, currency },
      ...{ netCents: net_cents, taxCents: tax_cents, balanceCents: balance_cents },
    });
    found.set(case_id as string, list);
  }
  return found;
}
