import { sql } from 'kysely';
import type { Day } from '#core/kernel/day.ts';
import type { Tx } from '#platform/db/database.ts';

/** What the books already tell of a debtor, besides what is claimed from it now. */
export interface DebtorPast {
  /** earlier invoices, and those of them paid after their due date or never */
  readonly invoices: number;
  readonly late: number;
  /** since the oldest unpaid invoice fell due, another one was paid on time */
  readonly paidOnTimeSince: boolean;
  /** a closed case of this debtor holds a published insolvency */
  readonly insolvencyElsewhere: boolean;
}

export const NO_PAST: DebtorPast = { invoices: 0, late: 0, paidOnTimeSince: false, insolvencyElsewhere: false };

interface Row {
  readonly party_id: string;
  readonly invoices: bigint;
  readonly late: bigint;
  readonly since: boolean;
  readonly insolvent: boolean;
}

/**
 * The past of debtors on a day, in one query. An invoice is paid on the day money last came for it; one that credit notes alone settled,
 * or that a list no longer showed, tells nothing of when its debtor pays.
 */
export async function debtorPasts(
  tx: Tx,
  tenantId: string,
  partyIds: readonly string[],
  today: Day,
): Promise<Map<string, DebtorPast>> {
  const { rows } = await sql<Row>`
    select d.party_id, count(p.due_on) filter (where p.due_on <= d.oldest) as invoices,
           count(p.due_on) filter (where p.due_on <= d.oldest and (p.settled is null or p.settled > p.due_on)) as late,
           coalesce(bool_or(p.due_on > d.oldest and p.settled <= p.due_on), false) as since,
           exists (
             select from cases c join journal j on j.tenant_id = c.tenant_id and j.case_id = c.case_id
             where c.tenant_id = ${tenantId} and c.party_id = d.party_id and c.closed_on is not null
               and j.kind = 'insolvency-published') as insolvent
    from (
      select u.party_id, coalesce((
        select min(i.due_on) from invoices i left join cases c on c.tenant_id = i.tenant_id and c.case_id = i.case_id
        where i.tenant_id = ${tenantId} and i.party_id = u.party_id and i.document_kind = 'invoice' and i.balance_cents > 0
          and c.closed_on is null), ${today}::date) as oldest
      from unnest(${partyIds}::uuid[]) as u (party_id)) d
    left join lateral (
      select i.due_on, s.settled
      from invoices i
      left join cases c on c.tenant_id = i.tenant_id and c.case_id = i.case_id
      left join lateral (
        select max(al.on_day) as settled
        from allocations al join payments p on p.tenant_id = al.tenant_id and p.payment_id = al.payment_id
        where i.balance_cents <= 0 and al.tenant_id = i.tenant_id and al.invoice_id = i.invoice_id and p.kind in ('received', 'set-off')
          and p.reverses_payment_id is null
          and not exists (select from payments r where r.tenant_id = p.tenant_id and r.reverses_payment_id = p.payment_id)) s on true
      where i.tenant_id = ${tenantId} and i.party_id = d.party_id and i.document_kind = 'invoice' and i.due_on < ${today}
        and (s.settled is not null or (i.balance_cents > 0 and c.closed_on is not null))) p on true
    group by d.party_id, d.oldest`.execute(tx);
  return new Map(
    rows.map((row) => [
      row.party_id,
      {
        invoices: Number(row.invoices),
        late: Number(row.late),
        paidOnTimeSince: row.since,
        insolvencyElsewhere: row.insolvent,
      },
    ]),
  );
}
