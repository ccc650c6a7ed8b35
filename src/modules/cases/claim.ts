import { sql } from 'kysely';
import type { Claim, ClaimInvoice, Credit } from '#core/claim/claim.ts';
import type { DebtorKind } from '#core/claim/statement.ts';
import type { Day } from '#core/kernel/day.ts';
import { money } from '#core/kernel/money.ts';
import { parsePercent } from '#core/kernel/ratio.ts';
import type { Tx } from '#platform/db/database.ts';
import { type Fact, factsOf } from './facts.ts';

/** The day from which a formal notice counts: the first one that was delivered, refused, or left at the post office. */
export function noticeReceivedOn(facts: readonly Fact[]): Day | undefined {
  return factsOf(facts, 'letter-outcome').find((f) => f.payload.outcome !== 'returned')?.on;
}

/** An invoice with one thing taken off it; the last five columns are null when nothing was. */
interface ClaimRow {
  readonly case_id: string;
  readonly invoice_id: string;
  readonly number: string;
  readonly issued_on: Day;
  readonly due_on: Day;
  readonly currency: string;
  readonly payable_cents: bigint;
  readonly on_day: Day | null;
  readonly amount_cents: bigint | null;
  readonly kind: Credit['kind'] | null;
  readonly reference: string | null;
}

function creditOf(row: ClaimRow): Credit[] {
  if (!row.on_day || row.amount_cents === null || !row.kind) return [];
  const credit = { on: row.on_day, amount: money(row.amount_cents, row.currency), kind: row.kind };
  return [row.reference ? { ...credit, reference: row.reference } : credit];
}

/** What the law of the claim needs to know of each case: its invoices with what was taken off them, and the facts that change the regime. */
export async function loadClaims(
  tx: Tx,
  tenantId: string,
  cases: readonly {
    readonly caseId: string;
    readonly debtor: DebtorKind;
    readonly contractRatePercent: string | null;
    readonly imputation: NonNullable<Claim['imputation']>;
    readonly facts: readonly Fact[];
  }[],
): Promise<Map<string, Claim>> {
  const rows = await sql<ClaimRow>`
    select i.case_id, i.invoice_id, i.number, i.issued_on, i.due_on, i.currency, i.payable_cents,
           a.on_day, a.amount_cents, a.kind, a.reference
    from invoices i
    left join lateral (
      -- One credit a payment, whatever its cents were said to be for: the law imputes them again. What the creditor gave up beside it
      -- corrects the debt as a credit note does.
      select al.on_day, sum(al.amount_cents)::bigint as amount_cents,
             case when al.purpose in ('bank-fee', 'discount') then 'credit-note' else 'payment' end as kind, p.reference,
             (min(al.allocation_id::text))::uuid as allocation_id
      from allocations al join payments p on p.tenant_id = al.tenant_id and p.payment_id = al.payment_id
      where al.tenant_id = i.tenant_id and al.invoice_id = i.invoice_id and p.reverses_payment_id is null
        and not exists (select from payments r where r.tenant_id = p.tenant_id and r.reverses_payment_id = p.payment_id)
      group by al.on_day, 3, p.payment_id, p.reference
      union all
      select al.on_day, al.amount_cents, 'credit-note', c.number, al.allocation_id
      from allocations al join invoices c on c.tenant_id = al.tenant_id and c.invoice_id = al.credit_note_id
      where al.tenant_id = i.tenant_id and al.invoice_id = i.invoice_id
    ) a on true
    where i.tenant_id = ${tenantId} and i.case_id = any(${cases.map((c) => c.caseId)}::uuid[]) and i.document_kind = 'invoice'
    order by i.due_on, i.number, i.invoice_id, a.on_day, a.allocation_id`.execute(tx);

  const byCase = Map.groupBy(rows.rows, (row) => row.case_id);
  const claims = new Map<string, Claim>();
  for (const { caseId, debtor, contractRatePercent, imputation, facts } of cases) {
    const invoices: ClaimInvoice[] = [];
    for (const [invoiceId, lines] of Map.groupBy(byCase.get(caseId) ?? [], (row) => row.invoice_id)) {
      const [first] = lines;
      if (!first) continue;
      invoices.push({
        id: invoiceId,
        number: first.number,
        issuedOn: first.issued_on,
        dueOn: first.due_on,
        amount: money(first.payable_cents, first.currency),
        credits: lines.flatMap(creditOf),
      });
    }
    const contractRate = contractRatePercent === null ? undefined : parsePercent(contractRatePercent);
    const notice = noticeReceivedOn(facts);
    const insolvency = factsOf(facts, 'insolvency-published').at(-1);
    claims.set(caseId, {
      debtor,
      invoices,
      imputation,
      ...(contractRate ? { contractRate } : {}),
      ...(notice ? { noticeReceivedOn: notice } : {}),
      ...(insolvency ? { insolvencyOpenedOn: insolvency.payload.judgmentOn } : {}),
    });
  }
  return claims;
}

/** The claims of cases whose facts are at hand. */
export async function claimsOf(
  tx: Tx,
  tenantId: string,
  known: readonly { readonly caseId: string; readonly facts: readonly Fact[] }[],
): Promise<Map<string, Claim>> {
  if (known.length === 0) return new Map();
  const rows = await tx
    .selectFrom('cases')
    .innerJoin('parties', (join) =>
      join.onRef('parties.tenant_id', '=', 'cases.tenant_id').onRef('parties.party_id', '=', 'cases.party_id'),
    )
    .select(['case_id', 'kind', 'contract_rate_percent', 'imputation'])
    .where('cases.tenant_id', '=', tenantId)
    .where(sql<boolean>`case_id = any(${known.map((k) => k.caseId)}::uuid[])`)
    .execute();
  const facts = new Map(known.map((k) => [k.caseId, k.facts]));
  return loadClaims(
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
}
