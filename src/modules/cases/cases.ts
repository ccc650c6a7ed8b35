import { sql } from 'kysely';
import type { Json } from '#core/kernel/canonical.ts';
import type { Day } from '#core/kernel/day.ts';
import { appendJournal } from '#modules/journal/index.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import { newId } from '#platform/ids.ts';
import { type Fact, type FactKind, readFact } from './facts.ts';
import { type CaseState, caseState } from './state.ts';

/** Opens a case against a party, or answers the one that is open already: one debtor, one case, one conversation. */
export async function openOrJoinCase(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  tenantId: string,
  partyId: string,
  on: Day,
): Promise<string> {
  const open = await tx
    .selectFrom('cases')
    .select('case_id')
    .where('tenant_id', '=', tenantId)
    .where('party_id', '=', partyId)
    .where('closed_on', 'is', null)
    .orderBy('opened_on')
    .executeTakeFirst();
  if (open) return open.case_id;
  const caseId = newId();
  const reference = `D-${on.year}-${String(await nextNumber(tx, tenantId, `case-${on.year}`)).padStart(4, '0')}`;
  await tx
    .insertInto('cases')
    .values({ tenant_id: tenantId, case_id: caseId, reference, party_id: partyId, opened_on: on, stage: 'not-due' })
    .execute();
  await recordFact(tx, deps, tenantId, caseId, { kind: 'case-opened', on, payload: { reference } });
  return caseId;
}

async function nextNumber(tx: Tx, tenantId: string, name: string): Promise<bigint> {
  const row = await tx
    .insertInto('counters')
    .values({ tenant_id: tenantId, name, value: 1n })
    .onConflict((c) => c.columns(['tenant_id', 'name']).doUpdateSet({ value: sql`counters.value + 1` }))
    .returning('value')
    .executeTakeFirstOrThrow();
  return row.value;
}

/** A fact on its way to the journal: its payload as JSON (cents and days as text). */
export interface NewFact {
  readonly kind: FactKind;
  readonly on: Day;
  readonly payload: Json;
}

/**
 * Records what happened to a case, and brings the case's projection (stage, next day, balance) in line with its facts. Throws when the
 * payload is not what the kind of fact asks for: nothing unreadable enters the journal.
 */
export async function recordFact(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  tenantId: string,
  caseId: string,
  fact: NewFact,
  actor = 'user',
): Promise<void> {
  readFact(fact.kind, fact.on, fact.payload);
  await appendJournal(tx, tenantId, { caseId, kind: fact.kind, on: fact.on, at: deps.clock.now(), actor, payload: fact.payload });
  await projectCase(tx, deps, tenantId, caseId);
}

/** A case's facts in the order in which they happened (facts of one day in the order in which they were recorded). */
export async function caseFacts(tx: Tx, tenantId: string, caseId: string): Promise<Fact[]> {
  return (await factsByCase(tx, tenantId, [caseId])).get(caseId) ?? [];
}

/** The facts of several cases in one query. */
export async function factsByCase(tx: Tx, tenantId: string, caseIds: readonly string[]): Promise<Map<string, Fact[]>> {
  const rows = await tx
    .selectFrom('journal')
    .select(['case_id', 'kind', 'on_day', 'payload'])
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`case_id = any(${caseIds}::uuid[])`)
    .orderBy('on_day')
    .orderBy('seq')
    .execute();
  const facts = new Map<string, Fact[]>();
  for (const row of rows) {
    const list = facts.get(row.case_id as string) ?? [];
    list.push(readFact(row.kind, row.on_day, row.payload));
    facts.set(row.case_id as string, list);
  }
  return facts;
}

/** Rewrites what the lists and totals read of a case from its facts and invoices. Safe to run again at any time. */
async function projectCase(tx: Tx, deps: Pick<Deps, 'clock'>, tenantId: string, caseId: string): Promise<CaseState> {
  const facts = await caseFacts(tx, tenantId, caseId);
  const balance = await tx
    .selectFrom('invoices')
    .select((eb) => [
      sql<bigint>`coalesce(sum(greatest(balance_cents, 0)) filter (where document_kind = 'invoice'), 0)::bigint`.as('principal'),
      eb.fn.min('due_on').filterWhere('balance_cents', '>', 0n).filterWhere('document_kind', '=', 'invoice').as('oldest'),
    ])
    .where('tenant_id', '=', tenantId)
    .where('case_id', '=', caseId)
    .executeTakeFirstOrThrow();
  const state = caseState(
    facts,
    { principalCents: balance.principal, oldestDueOn: balance.oldest ?? undefined },
    deps.clock.today(),
  );
  const closing = facts.findLast((f) => f.kind === 'case-closed');
  await tx
    .updateTable('cases')
    .set({
      stage: state.stage,
      next_on: state.nextOn ?? null,
      balance_cents: balance.principal,
      oldest_due_on: balance.oldest ?? null,
      closed_on: state.stage === 'closed' ? (closing?.on ?? null) : null,
    })
    .where('tenant_id', '=', tenantId)
    .where('case_id', '=', caseId)
    .execute();
  return state;
}
