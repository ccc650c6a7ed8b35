import { sql } from 'kysely';
import type { Day } from '#core/kernel/day.ts';
import type { InvoiceStatus } from '#formats/cdar/index.ts';
import { factsByCase, type NewCaseFact, paidInAll, recordFacts } from '#modules/cases/index.ts';
import { appendJournal } from '#modules/journal/index.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import { actionOf, centsTold, reasonOf } from './told.ts';

interface Attached {
  readonly status_id: string;
  readonly invoice_id: string;
  readonly case_id: string | null;
  readonly balance_cents: bigint;
  readonly document_kind: 'invoice' | 'credit-note';
  readonly invoice_number: string;
  readonly code: string;
  readonly moment: string | null;
  readonly on_day: Day;
  readonly told: InvoiceStatus;
  readonly file_sha256: string;
  /** another message said the same of the same invoice before: nothing new is told */
  readonly repeats: boolean;
}

/**
 * Attaches the statuses that wait to the documents they name, where those are on the books now: number, date when the message gives it, and
 * the seller's SIREN when both are known. Each becomes a fact of its case, once: the same status in another message (platforms send one to
 * the seller and one to the public portal) is attached without being told again. Answers the statuses attached.
 */
export async function attachWaiting(tx: Tx, deps: Pick<Deps, 'clock'>, tenantId: string): Promise<readonly string[]> {
  const { rows } = await sql<Attached>`
    with found as (
      select s.status_id, min(i.invoice_id::text)::uuid as invoice_id
      from einvoice_statuses s
      join creditors c on c.tenant_id = s.tenant_id and (s.seller_siren is null or c.siren is null or c.siren = s.seller_siren)
      join invoices i on i.tenant_id = s.tenant_id and i.document_kind = s.document_kind and i.number = s.invoice_number
        and (s.invoice_on is null or i.issued_on = s.invoice_on)
      where s.tenant_id = ${tenantId} and s.invoice_id is null
      group by s.status_id having count(*) = 1),
    attached as (
      update einvoice_statuses s set invoice_id = f.invoice_id, set_aside_on = null from found f
      where s.tenant_id = ${tenantId} and s.status_id = f.status_id and s.invoice_id is null
      returning s.*)
    select a.status_id, a.invoice_id, i.case_id, i.balance_cents, a.document_kind, a.invoice_number, a.code, a.moment, a.on_day, a.told,
      a.file_sha256,
      row_number() over (partition by a.invoice_id, a.code, a.moment order by a.status_id) > 1
        or exists (
          select from einvoice_statuses o
          where o.tenant_id = ${tenantId} and o.invoice_id = a.invoice_id and o.code = a.code and o.moment is not distinct from a.moment
        ) as repeats
    from attached a join invoices i on i.tenant_id = ${tenantId} and i.invoice_id = a.invoice_id
    order by a.on_day, a.moment, a.status_id`.execute(tx);
  const fresh = rows.filter((row) => !row.repeats);
  await tell(tx, deps, tenantId, fresh);
  return rows.map((row) => row.status_id);
}

async function tell(tx: Tx, deps: Pick<Deps, 'clock'>, tenantId: string, attached: readonly Attached[]): Promise<void> {
  if (attached.length === 0) return;
  const facts = await factsByCase(tx, tenantId, [...new Set(attached.flatMap((row) => row.case_id ?? []))]);
  const told = attached.map((row) => {
    const reason = reasonOf(row.told);
    const action = actionOf(row.told);
    const amount = centsTold(row.told);
    const payload = {
      statusId: row.status_id,
      invoiceId: row.invoice_id,
      number: row.invoice_number,
      document: row.document_kind,
      code: row.code,
      label: row.told.label,
      meaning: row.told.meaning,
      ...(row.moment ? { at: row.moment } : {}),
      ...(reason ? { reason } : {}),
      ...(action ? { action } : {}),
      ...(amount === undefined ? {} : { amount: `${amount}` }),
      paidBefore: `${paidInAll(facts.get(row.case_id ?? '') ?? [])}`,
      settled: row.balance_cents <= 0n,
      messageSha256: row.file_sha256,
    };
    return { caseId: row.case_id, kind: 'einvoice-status' as const, on: row.on_day, payload };
  });
  await recordFacts(
    tx,
    deps,
    tenantId,
    told.flatMap((fact): NewCaseFact[] => (fact.caseId ? [{ ...fact, caseId: fact.caseId }] : [])),
    'system',
  );
  for (const { caseId, kind, on, payload } of told)
    if (!caseId) await appendJournal(tx, tenantId, { kind, on, at: deps.clock.now(), actor: 'system', payload });
}
