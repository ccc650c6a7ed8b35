import { sql } from 'kysely';
import type { Json } from '#core/kernel/canonical.ts';
import { type Day, isAfter } from '#core/kernel/day.ts';
import { appendJournal } from '#modules/journal/index.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import { newId } from '#platform/ids.ts';
import { closingsOf } from './closing.ts';
import { type Fact, type FactKind, readFact } from './facts.ts';
import { CASES_AT_ONCE, factsByCase, projectCases } from './projection.ts';
import { caseState } from './state.ts';
import { drawFor } from './timing.ts';

/**
 * Opens a case against a party, or answers the one that is open already: one debtor, one case, one conversation. `dueOn`, of the invoice
 * that opens it: one that is late already takes no part in a comparison of moments.
 */
export async function openOrJoinCase(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  tenantId: string,
  partyId: string,
  on: Day,
  dueOn: Day = on,
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
  const reference = referenceOf(on.year, await nextNumbers(tx, tenantId, `case-${on.year}`, 1n));
  await tx
    .insertInto('cases')
    .values({ tenant_id: tenantId, case_id: caseId, reference, party_id: partyId, opened_on: on, stage: 'not-due' })
    .execute();
  const opened = { caseId, kind: 'case-opened', on, payload: { reference } } as const;
  await recordFacts(tx, deps, tenantId, [opened, ...(await drawFor(tx, tenantId, isAfter(on, dueOn) ? [] : [caseId], on))]);
  return caseId;
}

const referenceOf = (year: number, number: bigint): string => `D-${year}-${String(number).padStart(4, '0')}`;

/** Reserves numbers that follow each other; answers the last of them. */
async function nextNumbers(tx: Tx, tenantId: string, name: string, count: bigint): Promise<bigint> {
  const row = await tx
    .insertInto('counters')
    .values({ tenant_id: tenantId, name, value: count })
    .onConflict((c) => c.columns(['tenant_id', 'name']).doUpdateSet({ value: sql`counters.value + ${count}::bigint` }))
    .returning('value')
    .executeTakeFirstOrThrow();
  return row.value;
}

/** A case to open for a debtor that has none, with the unpaid invoices of a list that are about to be its own. */
interface Opening {
  readonly partyId: string;
  readonly importId: string;
  readonly invoices: number;
  readonly balanceCents: bigint;
  readonly oldestDueOn: Day;
}

/** Opens many cases at once, as `openOrJoinCase` does one. Answers their identifiers, in order. */
export async function openCases(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  tenantId: string,
  openings: readonly Opening[],
): Promise<string[]> {
  if (openings.length === 0) return [];
  const on = deps.clock.today();
  const last = await nextNumbers(tx, tenantId, `case-${on.year}`, BigInt(openings.length));
  const named = openings.map((opening) => ({ opening, caseId: newId() }));
  const ahead = named.filter(({ opening }) => !isAfter(on, opening.oldestDueOn)).map(({ caseId }) => caseId);
  const draws = new Map((await drawFor(tx, tenantId, ahead, on)).map((draw) => [draw.caseId, draw]));
  const opened = named.map(({ opening, caseId }, i) => {
    const draw = draws.get(caseId);
    const reference = referenceOf(on.year, last - BigInt(openings.length - 1 - i));
    const { importId, invoices, balanceCents, oldestDueOn } = opening;
    const payload = { reference, imported: { importId, count: invoices, amount: `${balanceCents}` } };
    const fact: NewCaseFact = { caseId, kind: 'case-opened', on, payload };
    const told: Fact = { kind: 'case-opened', on, payload: { reference } };
    const drawn = draw ? [readFact(draw.kind, on, draw.payload)] : [];
    const state = caseState([told, ...drawn], { principalCents: balanceCents, oldestDueOn }, on);
    return { opening, fact, reference, state };
  });
  const of = <T>(pick: (one: (typeof opened)[number]) => T): T[] => opened.map(pick);
  await sql`
    insert into cases (tenant_id, case_id, reference, party_id, opened_on, stage, next_on, balance_cents, oldest_due_on)
    select ${tenantId}::uuid, n.case_id, n.reference, n.party_id, ${on}::date, n.stage, n.next_on, n.balance, n.oldest from unnest(
      ${of((o) => o.fact.caseId)}::uuid[], ${of((o) => o.reference)}::text[], ${of((o) => o.opening.partyId)}::uuid[],
      ${of((o) => o.state.stage)}::text[], ${of((o) => o.state.nextOn ?? null)}::date[], ${of((o) => o.opening.balanceCents)}::bigint[],
      ${of((o) => o.opening.oldestDueOn)}::date[]) as n (case_id, reference, party_id, stage, next_on, balance, oldest)`.execute(
    tx,
  );
  await append(tx, deps, tenantId, [...of((o) => o.fact), ...draws.values()], 'user');
  return of((o) => o.fact.caseId);
}

/** A fact on its way to the journal: its payload as JSON (cents and days as text). */
export interface NewFact {
  readonly kind: FactKind;
  readonly on: Day;
  readonly payload: Json;
}

/** A fact of one case among several. */
export interface NewCaseFact extends NewFact {
  readonly caseId: string;
}

/**
 * Records what happened to a case, and brings the case's projection (stage, next day, balance) in line with its facts. Throws when the
 * payload is not what the kind of fact asks for: nothing unreadable enters the journal.
 */
export function recordFact(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  tenantId: string,
  caseId: string,
  fact: NewFact,
  actor = 'user',
): Promise<readonly string[]> {
  return recordFacts(tx, deps, tenantId, [{ ...fact, caseId }], actor);
}

/**
 * Records what happened to several cases, as `recordFact` does for one. A case that money has just settled closes by itself, as the
 * company's settings say: the identifiers of those are returned.
 */
export async function recordFacts(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  tenantId: string,
  facts: readonly NewCaseFact[],
  actor = 'user',
): Promise<readonly string[]> {
  const closed: string[] = [];
  const byCase = [...Map.groupBy(facts, (fact) => fact.caseId).entries()];
  for (let start = 0; start < byCase.length; start += CASES_AT_ONCE) {
    const group = byCase.slice(start, start + CASES_AT_ONCE);
    await append(
      tx,
      deps,
      tenantId,
      group.flatMap(([, of]) => of),
      actor,
    );
    const projected = await projectCases(
      tx,
      deps,
      tenantId,
      group.map(([caseId]) => caseId),
    );
    const added = new Map(group);
    const settled = projected.filter(({ caseId, state }) => state.stage === 'settled' && byMoney(added.get(caseId) ?? []));
    const closings = await closingsOf(tx, deps, tenantId, settled);
    if (closings.length === 0) continue;
    await append(tx, deps, tenantId, closings, 'system');
    const ids = closings.map(({ caseId }) => caseId);
    await projectCases(tx, deps, tenantId, ids);
    closed.push(...ids);
  }
  return closed;
}

/** What can settle a case. A case reopened by hand, or noted upon, is left open. */
const MONEY: ReadonlySet<FactKind> = new Set(['payment-recorded', 'credit-note-applied', 'accessories-waived']);
const byMoney = (facts: readonly NewFact[]): boolean => facts.some((fact) => MONEY.has(fact.kind));

async function append(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  tenantId: string,
  facts: readonly NewCaseFact[],
  actor: string,
): Promise<void> {
  for (const fact of facts) readFact(fact.kind, fact.on, fact.payload);
  const at = deps.clock.now();
  const [first, ...rest] = facts.map(({ caseId, kind, on, payload }) => ({ caseId, kind, on, at, actor, payload }));
  if (first) await appendJournal(tx, tenantId, first, ...rest);
}

/** A case's facts that count, in the order in which they happened (facts of one day in the order in which they were recorded). */
export async function caseFacts(tx: Tx, tenantId: string, caseId: string): Promise<Fact[]> {
  return (await factsByCase(tx, tenantId, [caseId])).get(caseId) ?? [];
}
