import { type RawBuilder, sql } from 'kysely';
import type { Day } from '#core/kernel/day.ts';
import type { Evidence, MatchedBy, MatchKind } from '#core/matching/model.ts';
import type { Tx } from '#platform/db/database.ts';

/** A movement of a bank account, as a list shows it. */
export interface BankLine {
  readonly id: string;
  readonly accountId: string;
  readonly accountName: string;
  readonly bookedOn: Day;
  readonly currency: string;
  /** positive: money in */
  readonly amountCents: bigint;
  readonly name: string | null;
  readonly iban: string | null;
  readonly text: string;
  readonly reference: string | null;
  readonly returnReason: string | null;
  readonly state: 'new' | 'proposed' | 'unmatched' | 'applied' | 'ignored';
  /** who probably paid, while the line waits */
  readonly payer: { readonly partyId: string; readonly name: string } | undefined;
  /** the reading on the books, or the ones proposed, best first */
  readonly readings: readonly LineReading[];
}

/** One way to read a line, with what says so. */
export interface LineReading {
  readonly matchId: string;
  readonly status: 'proposed' | 'applied';
  readonly kind: MatchKind;
  readonly by: MatchedBy;
  /** 0 to 100; ranks, is not a probability */
  readonly confidence: number;
  readonly party: { readonly partyId: string; readonly name: string } | undefined;
  readonly surplusCents: bigint;
  readonly shortCents: bigint;
  readonly evidence: readonly Evidence[];
  readonly paymentId: string | null;
  readonly parts: readonly {
    readonly invoiceId: string;
    readonly number: string;
    readonly caseId: string | null;
    readonly dueOn: Day;
    /** in the books, now */
    readonly balanceCents: bigint;
    readonly cents: bigint;
    readonly accessoriesCents: bigint;
  }[];
}

export interface LineQuery {
  /** waiting: proposed first, then those nobody could read; applied and ignored: the latest first */
  readonly which: 'waiting' | 'applied' | 'ignored' | 'all';
  readonly accountId?: string;
  readonly partyId?: string;
  /** one file's lines */
  readonly statementId?: string;
  /** one line */
  readonly lineId?: string;
}

const STATES = { waiting: ['new', 'proposed', 'unmatched'], applied: ['applied'], ignored: ['ignored'], all: undefined } as const;

/** A single state is compared as such: lines of several come out of the index in no order. */
const isIn = (states: readonly string[]): RawBuilder<boolean> =>
  states.length === 1 ? sql`l.state = ${states[0]}` : sql`l.state = any(${[...states]}::text[])`;

function where(tenantId: string, query: LineQuery): RawBuilder<boolean> {
  const states = STATES[query.which];
  return sql<boolean>`l.tenant_id = ${tenantId}
    and ${states ? isIn(states) : sql`true`}
    and ${query.which === 'waiting' ? sql`(l.amount_cents > 0 or l.state = 'proposed')` : sql`true`}
    and ${query.accountId ? sql`l.account_id = ${query.accountId}::uuid` : sql`true`}
    and ${query.lineId ? sql`l.line_id = ${query.lineId}::uuid` : sql`true`}
    and ${query.statementId ? sql`l.statement_id = ${query.statementId}::uuid` : sql`true`}
    and ${
      query.partyId
        ? sql`(l.party_id = ${query.partyId}::uuid or exists (
      select from bank_matches m where m.tenant_id = l.tenant_id and m.line_id = l.line_id and m.party_id = ${query.partyId}::uuid
        and m.status in ('proposed', 'applied')))`
        : sql`true`
    }`;
}

/** How many lines a query holds. */
export async function countLines(tx: Tx, tenantId: string, query: LineQuery): Promise<number> {
  const { rows } = await sql<{ n: bigint }>`select count(*) as n from bank_lines l where ${where(tenantId, query)}`.execute(tx);
  return Number(rows[0]?.n ?? 0n);
}

/** A page of lines with their readings. */
export async function listLines(
  tx: Tx,
  tenantId: string,
  query: LineQuery,
  page: { readonly limit: number; readonly offset: number },
): Promise<BankLine[]> {
  const order =
    query.which === 'waiting' ? sql`(l.state <> 'proposed'), l.booked_on, l.line_id` : sql`l.booked_on desc, l.line_id desc`;
  const { rows } = await sql<{
    line_id: string;
    account_id: string;
    account_name: string;
    booked_on: Day;
    currency: string;
    amount_cents: bigint;
    name: string | null;
    iban: string | null;
    text: string;
    reference: string | null;
    return_reason: string | null;
    state: BankLine['state'];
    party_id: string | null;
    party_name: string | null;
  }>`
    select l.line_id, l.account_id, a.name as account_name, l.booked_on, l.currency, l.amount_cents, l.name, l.iban, l.text, l.reference,
      l.return_reason, l.state, l.party_id, p.name as party_name
    from (
      select line_id from bank_lines l where ${where(tenantId, query)} order by ${order} limit ${page.limit} offset ${page.offset}) shown
    join bank_lines l on l.tenant_id = ${tenantId} and l.line_id = shown.line_id
    join bank_accounts a on a.tenant_id = l.tenant_id and a.account_id = l.account_id
    left join parties p on p.tenant_id = l.tenant_id and p.party_id = l.party_id
    order by ${order}`.execute(tx);
  const readings = await readingsOf(
    tx,
    tenantId,
    rows.map((row) => row.line_id),
  );
  return rows.map((row) => ({
    id: row.line_id,
    accountId: row.account_id,
    accountName: row.account_name,
    bookedOn: row.booked_on,
    currency: row.currency,
    amountCents: row.amount_cents,
    name: row.name,
    iban: row.iban,
    text: row.text,
    reference: row.reference,
    returnReason: row.return_reason,
    state: row.state,
    payer: row.party_id ? { partyId: row.party_id, name: row.party_name ?? '' } : undefined,
    readings: readings.get(row.line_id) ?? [],
  }));
}

async function readingsOf(tx: Tx, tenantId: string, lineIds: readonly string[]): Promise<Map<string, LineReading[]>> {
  const { rows } = await sql<{
    match_id: string;
    line_id: string;
    status: 'proposed' | 'applied';
    kind: MatchKind;
    matched_by: MatchedBy;
    confidence: number;
    party_id: string | null;
    party_name: string | null;
    surplus_cents: bigint;
    short_cents: bigint;
    evidence: Evidence[];
    payment_id: string | null;
    invoice_id: string | null;
    number: string;
    case_id: string | null;
    due_on: Day;
    balance_cents: bigint;
    cents: bigint;
    accessories_cents: bigint;
  }>`
    select m.match_id, m.line_id, m.status, m.kind, m.matched_by, m.confidence, m.party_id, p.name as party_name, m.surplus_cents,
      m.short_cents, m.evidence, m.payment_id, i.invoice_id, i.number, i.case_id, i.due_on, i.balance_cents, x.cents, x.accessories_cents
    from bank_matches m
    left join parties p on p.tenant_id = m.tenant_id and p.party_id = m.party_id
    left join bank_match_parts x on x.tenant_id = m.tenant_id and x.match_id = m.match_id
    left join invoices i on i.tenant_id = x.tenant_id and i.invoice_id = x.invoice_id
    where m.tenant_id = ${tenantId} and m.line_id = any(${lineIds}::uuid[]) and m.status in ('proposed', 'applied')
    order by m.line_id, m.rank, m.match_id, i.due_on, i.number`.execute(tx);
  const byLine = new Map<string, LineReading[]>();
  for (const [matchId, of] of Map.groupBy(rows, (row) => row.match_id)) {
    const [first] = of;
    if (!first) continue;
    const reading: LineReading = {
      matchId,
      status: first.status,
      kind: first.kind,
      by: first.matched_by,
      confidence: first.confidence,
      party: first.party_id ? { partyId: first.party_id, name: first.party_name ?? '' } : undefined,
      surplusCents: first.surplus_cents,
      shortCents: first.short_cents,
      evidence: first.evidence,
      paymentId: first.payment_id,
      parts: of.flatMap((row) =>
        row.invoice_id
          ? [
              {
                invoiceId: row.invoice_id,
                number: row.number,
                caseId: row.case_id,
                dueOn: row.due_on,
                balanceCents: row.balance_cents,
                cents: row.cents,
                accessoriesCents: row.accessories_cents,
              },
            ]
          : [],
      ),
    };
    const list = byLine.get(first.line_id) ?? [];
    list.push(reading);
    byLine.set(first.line_id, list);
  }
  return byLine;
}
