import { sql } from 'kysely';
import type { Day } from '#core/kernel/day.ts';
import { sqlLooksPublic } from '#modules/parties/index.ts';
import type { Tx } from '#platform/db/database.ts';
import { adoptByInvoices, findDebtors } from './debtors.ts';

/** How many, and how much, in cents of each currency: [["EUR", "1234500"]]. */
export interface Sum {
  readonly count: number;
  readonly cents: readonly (readonly [currency: string, cents: string])[];
}

/** What a list changes. */
export interface Changes {
  /** invoices that are not here yet, with what is left to pay */
  readonly new: Sum;
  readonly newCredits: Sum;
  /** open in the list for less than here, with the difference: someone paid it, or a credit note was used */
  readonly reduced: Sum;
  /** only the due date, or how the other tool calls it */
  readonly amended: Sum;
  readonly same: Sum;
  /** paid in the list, and not here: nothing to do */
  readonly paidBefore: Sum;
  /** the list and the books contradict each other: left alone, told */
  readonly differing: Sum;
  /** full list: open here, and no longer listed */
  readonly absent: Sum;
  /** open invoices of the books that a full list of that day should show */
  readonly openBefore: Sum;
  /** the largest absent invoices */
  readonly absentSample: readonly AbsentInvoice[];
  readonly newDebtors: number;
  /** new debtors whose name begins like a public body's, the first ones by name; left out when there is none */
  readonly looksPublic?: { readonly count: number; readonly names: readonly string[] };
}

export interface AbsentInvoice {
  readonly number: string;
  readonly debtor: string;
  readonly currency: string;
  readonly cents: string;
}

const SAMPLE = 20;
const NAMES_SHOWN = 5;

interface Comparing {
  readonly mode: 'full' | 'delta';
  readonly listedOn: Day;
  readonly rejectedNumbers: readonly string[];
}

/**
 * Compares what is staged with the books: `matched` holds the lines that are documents of the books and what is to be done with each
 * (`fate`), `left_out` the lines that are not taken, `absent` what a full list no longer shows. What is staged and in neither of the first
 * two is new: `arriving` sums it up by client.
 */
export async function compare(tx: Tx, tenantId: string, of: Comparing): Promise<Changes> {
  await findDebtors(tx, tenantId);
  await sql`
    create temporary table left_out (line bigint not null, kind text not null, first_line bigint, reason text) on commit drop`.execute(
    tx,
  );
  await leaveRepeated(tx);
  await match(tx, tenantId);
  await adoptByInvoices(tx, tenantId);
  await judge(tx);
  await sql`
    insert into left_out select s.line, 'debtor', null, b.problem
    from staged_buyers b join staged s on s.buyer = b.buyer
    where b.problem is not null and not exists (select from matched m where m.line = s.line)
      and not exists (select from left_out l where l.line = s.line)`.execute(tx);
  await sql`analyze matched`.execute(tx);
  await sql`analyze left_out`.execute(tx);
  await sql`
    create temporary table arriving on commit drop as
    select s.buyer, s.kind, s.currency, s.open_cents > 0 as owed, count(*)::int as n, sum(s.open_cents)::bigint as cents, min(s.due_on) as oldest
    from staged s where ${UNKNOWN_LINES} group by 1, 2, 3, 4`.execute(tx);
  await sql`
    create temporary table absent on commit drop as
    select i.invoice_id, i.party_id, i.case_id, i.document_kind as kind, i.number, i.due_on, i.currency, i.balance_cents as cents
    from invoices i
    where ${of.mode === 'full'} and i.tenant_id = ${tenantId} and i.balance_cents > 0
      and i.issued_on <= ${of.listedOn} and not (i.number = any(${of.rejectedNumbers}::text[]))
      and not exists (select from matched m where m.invoice_id = i.invoice_id)`.execute(tx);
  await sql`analyze absent`.execute(tx);
  return changesOf(tx, tenantId, of.listedOn);
}

/** A document told twice, under one identifier or under one number and day: the first line counts. */
async function leaveRepeated(tx: Tx): Promise<void> {
  await sql`
    insert into left_out select s.line, 'repeated', f.line, null
    from staged s join (
      select kind, number, issued_on, min(line) as line from staged group by 1, 2, 3 having count(*) > 1) f
      on s.kind = f.kind and s.number = f.number and s.issued_on = f.issued_on and s.line <> f.line`.execute(tx);
  await sql`
    insert into left_out select s.line, 'repeated', f.line, null
    from staged s join (
      select kind, external_key, min(line) as line from staged where external_key is not null group by 1, 2 having count(*) > 1) f
      on s.kind = f.kind and s.external_key = f.external_key and s.line <> f.line
    where not exists (select from left_out l where l.line = s.line)`.execute(tx);
}

/** Which line is which document of the books: by the other tool's identifier, else by number and day, else by number and debtor. */
async function match(tx: Tx, tenantId: string): Promise<void> {
  await sql`
    create temporary table matched (
      line bigint not null, buyer text not null, invoice_id uuid not null, party_id uuid not null, known_cents bigint not null,
      known_currency text not null, known_due_on date not null, known_key text, fate text, reason text
    ) on commit drop`.execute(tx);
  const known = sql`i.invoice_id, i.party_id, i.balance_cents, i.currency, i.due_on, i.external_key`;
  const untaken = sql`not exists (select from left_out l where l.line = s.line)
    and not exists (select from matched m where m.line = s.line)`;
  await sql`
    insert into matched select s.line, s.buyer, ${known}
    from staged s join invoices i on i.tenant_id = ${tenantId} and i.document_kind = s.kind and i.external_key = s.external_key
    where ${untaken}`.execute(tx);
  await sql`
    insert into matched select s.line, s.buyer, ${known}
    from staged s join invoices i on i.tenant_id = ${tenantId} and i.document_kind = s.kind and i.number = s.number
      and i.issued_on = s.issued_on
    where ${untaken}`.execute(tx);
  await sql`
    insert into matched select distinct on (s.line) s.line, s.buyer, ${known}
    from staged s join staged_buyers b on b.buyer = s.buyer
    join invoices i on i.tenant_id = ${tenantId} and i.document_kind = s.kind and i.number = s.number and i.party_id = b.party_id
    where not s.issued_told and ${untaken}
    order by s.line, i.balance_cents > 0 desc, i.issued_on desc`.execute(tx);
  await sql`
    insert into left_out select m.line, 'repeated', f.line, null
    from matched m join (select invoice_id, min(line) as line from matched group by 1 having count(*) > 1) f
      on m.invoice_id = f.invoice_id and m.line <> f.line`.execute(tx);
  await sql`delete from matched m using left_out l where l.line = m.line`.execute(tx);
}

/** What is to be done with each document that is here already. */
async function judge(tx: Tx): Promise<void> {
  const reason = sql`
    case
      when m.known_key <> s.external_key then 'key'
      when m.known_currency <> s.currency then 'currency'
      when b.problem is null and b.party_id is distinct from m.party_id then 'debtor'
      when s.open_cents > greatest(m.known_cents, 0) then 'more'
    end`;
  await sql`
    update matched m set reason = ${reason}, fate = case
      when ${reason} is not null then 'differing'
      when s.open_cents < m.known_cents then 'reduced'
      when (s.due_told and s.due_on <> m.known_due_on) or (m.known_key is null and s.external_key is not null) then 'amended'
      else 'same' end
    from staged s, staged_buyers b where s.line = m.line and b.buyer = m.buyer`.execute(tx);
}

/** What is staged, not here yet, and can be taken. */
const UNKNOWN_LINES = sql`
  not exists (select from matched m where m.line = s.line) and not exists (select from left_out l where l.line = s.line)`;
/** The same, as far as something is left to pay. */
export const NEW_LINES = sql`${UNKNOWN_LINES} and s.open_cents > 0`;

async function changesOf(tx: Tx, tenantId: string, listedOn: Day): Promise<Changes> {
  const { rows } = await sql<{ fate: string; currency: string; n: bigint; cents: bigint }>`
    select m.fate, s.currency, count(*) as n,
      sum(case when m.fate = 'reduced' then m.known_cents - s.open_cents else s.open_cents end)::bigint as cents
    from matched m join staged s on s.line = m.line group by 1, 2
    union all
    select case when not owed then 'paid-before' when kind = 'invoice' then 'new' else 'new-credit' end, currency, sum(n), sum(cents)::bigint
    from arriving group by 1, 2
    union all
    select 'absent', currency, count(*), sum(cents)::bigint from absent where kind = 'invoice' group by 2
    union all
    select 'open', currency, count(*), sum(balance_cents)::bigint from invoices
    where tenant_id = ${tenantId} and document_kind = 'invoice' and balance_cents > 0 and issued_on <= ${listedOn} group by 2
    order by 1, 2`.execute(tx);
  const of = (fate: string): Sum => {
    const some = rows.filter((row) => row.fate === fate);
    return {
      count: some.reduce((sum, row) => sum + Number(row.n), 0),
      cents: some.map((row) => [row.currency, `${row.cents}`] as const),
    };
  };
  const sample = await sql<{ number: string; debtor: string; currency: string; cents: string }>`
    select a.number, p.name as debtor, a.currency, a.cents::text as cents
    from absent a join parties p on p.tenant_id = ${tenantId} and p.party_id = a.party_id
    where a.kind = 'invoice' order by a.cents desc, a.number limit ${SAMPLE}`.execute(tx);
  const debtors = await sql<{ n: bigint; public_looking: bigint; names: string[] }>`
    select count(*) as n, count(*) filter (where public_looking) as public_looking,
      coalesce((array_agg(name order by name) filter (where public_looking))[1:${sql.lit(NAMES_SHOWN)}], '{}') as names
    from (
      select name, ${sqlLooksPublic(sql.ref('name'))} as public_looking from staged_buyers where buyer in (
        select b.leader from arriving a join staged_buyers b on b.buyer = a.buyer where a.owed and b.party_id is null)) d`.execute(
    tx,
  );
  const { n = 0n, public_looking = 0n, names = [] } = debtors.rows[0] ?? {};
  return {
    new: of('new'),
    newCredits: of('new-credit'),
    reduced: of('reduced'),
    amended: of('amended'),
    same: of('same'),
    paidBefore: of('paid-before'),
    differing: of('differing'),
    absent: of('absent'),
    openBefore: of('open'),
    absentSample: sample.rows,
    newDebtors: Number(n),
    ...(public_looking > 0n ? { looksPublic: { count: Number(public_looking), names } } : {}),
  };
}
