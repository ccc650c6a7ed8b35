import { sql } from 'kysely';
import type { Day } from '#core/kernel/day.ts';
import { type NewCaseFact, recordFacts } from '#modules/cases/index.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';

/** A line that waits, and the debtor who probably paid it. */
export interface Waiting {
  readonly lineId: string;
  readonly partyId: string;
  readonly amountCents: bigint;
  readonly bookedOn: Day;
}

/**
 * Brings the holds of cases in line with the lines that wait: money of a debtor that nobody placed yet stops the pressure on that debtor's
 * open cases. `looked` are the lines whose fate was just decided, `waiting` those of them that wait still. Money that came before the
 * oldest open invoice of the debtor was issued cannot pay it, and holds nothing.
 */
export async function holdCases(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  tenantId: string,
  looked: readonly string[],
  waiting: readonly Waiting[],
): Promise<void> {
  const told = await sql<{ case_id: string; line_id: string; party_id: string }>`
    select j.case_id, j.payload ->> 'lineId' as line_id, c.party_id
    from journal j join cases c on c.tenant_id = j.tenant_id and c.case_id = j.case_id
    where j.tenant_id = ${tenantId} and j.kind in ('money-unmatched', 'money-placed')
      and j.case_id in (
        select k.case_id from cases k where k.tenant_id = ${tenantId} and k.party_id in (
          select l.party_id from bank_lines l where l.tenant_id = ${tenantId} and l.line_id = any(${looked}::uuid[])))
      and j.payload ->> 'lineId' = any(${looked}::text[])
    group by j.case_id, 2, c.party_id
    having count(*) filter (where j.kind = 'money-unmatched') > count(*) filter (where j.kind = 'money-placed')`.execute(tx);
  const cases = await sql<{ case_id: string; party_id: string; since: Day | null }>`
    select c.case_id, c.party_id, (
      select min(i.issued_on) from invoices i
      where i.tenant_id = c.tenant_id and i.case_id = c.case_id and i.document_kind = 'invoice' and i.balance_cents > 0) as since
    from cases c
    where c.tenant_id = ${tenantId} and c.closed_on is null and c.party_id = any(${[...new Set(waiting.map((w) => w.partyId))]}::uuid[])`.execute(
    tx,
  );
  const casesOf = Map.groupBy(cases.rows, (row) => row.party_id);
  const held = new Set(told.rows.map((row) => `${row.case_id} ${row.line_id}`));
  const wanted = new Map<string, NewCaseFact>();
  for (const { lineId, partyId, amountCents, bookedOn } of waiting) {
    for (const { case_id, since } of casesOf.get(partyId) ?? []) {
      if (!since || Temporal.PlainDate.compare(bookedOn, since) < 0) continue;
      const payload = { lineId, amount: `${amountCents}` };
      wanted.set(`${case_id} ${lineId}`, { caseId: case_id, kind: 'money-unmatched', on: bookedOn, payload });
    }
  }
  const on = deps.clock.today();
  const placed = told.rows
    .filter((row) => !wanted.has(`${row.case_id} ${row.line_id}`))
    .map((row): NewCaseFact => ({ caseId: row.case_id, kind: 'money-placed', on, payload: { lineId: row.line_id } }));
  const unmatched = [...wanted].filter(([key]) => !held.has(key)).map(([, fact]) => fact);
  await recordFacts(tx, deps, tenantId, [...placed, ...unmatched], 'system');
}
