import { sql } from 'kysely';
import type { Day } from '#core/kernel/day.ts';
import type { Cell } from '#formats/table/write.ts';
import type { Tx } from '#platform/db/database.ts';
import { chartOf } from './accounts.ts';
import type { Period } from './entries.ts';
import { groupsOf } from './rows.ts';

/** A list to export: its columns, as French spreadsheets title them and as programs name them, and its rows as they come. */
export interface Table {
  readonly columns: readonly { readonly title: string; readonly key: string }[];
  readonly rows: (tx: Tx, tenantId: string, period: Period) => AsyncGenerator<readonly Cell[]>;
}

const columns = (...pairs: readonly (readonly [title: string, key: string])[]): Table['columns'] =>
  pairs.map(([title, key]) => ({ title, key }));

/** Invoices and credit notes of which something is left on the last day, with what the books call them. */
export const OPEN_ITEMS: Table = {
  columns: columns(
    ['Client', 'customer'],
    ['SIREN', 'siren'],
    ['Code client', 'customerCode'],
    ['Pièce', 'kind'],
    ['Numéro', 'number'],
    ['Date', 'issuedOn'],
    ['Échéance', 'dueOn'],
    ['Devise', 'currency'],
    ['Montant', 'payable'],
    ['Reste dû', 'balance'],
    ['Jours de retard', 'daysLate'],
    ['Dossier', 'case'],
    ['État', 'state'],
    ['Compte', 'account'],
  ),
  async *rows(tx, tenantId, { to }) {
    const chart = await chartOf(tx, tenantId);
    const accounts = { ouverte: chart.customers, douteuse: chart.doubtful, 'passée en perte': chart.loss };
    const query = sql<{
      name: string;
      siren: string | null;
      external_key: string | null;
      document_kind: 'invoice' | 'credit-note';
      number: string;
      issued_on: Day;
      due_on: Day;
      currency: string;
      payable: bigint;
      balance: bigint;
      late: number | null;
      reference: string | null;
      state: keyof typeof accounts;
    }>`
      with taken as (
        select invoice_id, sum(amount_cents)::bigint as cents from allocations
        where tenant_id = ${tenantId} and on_day <= ${to} and purpose not in ('interest', 'indemnity') group by invoice_id),
      used as (
        select credit_note_id, sum(amount_cents)::bigint as cents from allocations
        where tenant_id = ${tenantId} and on_day <= ${to} and credit_note_id is not null group by credit_note_id),
      told as (
        select case_id, max(on_day) filter (where kind = 'claim-doubtful') as doubtful_on,
          bool_or(kind = 'case-closed' and payload ->> 'reason' = 'written-off') as lost
        from journal
        where tenant_id = ${tenantId} and case_id is not null and on_day <= ${to} and kind in ('claim-doubtful', 'case-closed') group by case_id),
      open as (
        select i.*, i.payable_cents - coalesce(t.cents, 0) - coalesce(u.cents, 0) as balance,
          case i.document_kind when 'invoice' then 1 else -1 end as sign
        from invoices i
        left join taken t on t.invoice_id = i.invoice_id
        left join used u on u.credit_note_id = i.invoice_id
        where i.tenant_id = ${tenantId} and i.issued_on <= ${to})
      select q.name, q.siren, q.external_key, i.document_kind, i.number, i.issued_on, i.due_on, i.currency, i.sign * i.payable_cents as payable,
        i.sign * i.balance as balance,
        case when i.document_kind = 'invoice' and i.balance > 0 and i.due_on < ${to} then ${to}::date - i.due_on end as late, c.reference,
        case when i.document_kind <> 'invoice' or i.balance < 0 then 'ouverte' when j.lost then 'passée en perte'
          when j.doubtful_on >= i.issued_on then 'douteuse' else 'ouverte' end as state
      from open i
      join parties q on q.tenant_id = ${tenantId} and q.party_id = i.party_id
      left join cases c on c.tenant_id = ${tenantId} and c.case_id = i.case_id
      left join told j on j.case_id = i.case_id
      where i.balance <> 0
      order by q.name, i.party_id, i.due_on, i.number, i.invoice_id`;
    for await (const group of groupsOf(tx, query))
      for (const row of group)
        yield [
          row.name,
          row.siren,
          row.external_key,
          row.document_kind === 'invoice' ? 'facture' : 'avoir',
          row.number,
          row.issued_on,
          row.due_on,
          row.currency,
          { cents: row.payable },
          { cents: row.balance },
          row.late,
          row.reference,
          row.state,
          accounts[row.state].number,
        ];
  },
};

/** What came in, what was given back or taken back, and what each settled: a row an invoice, and one for what settles nothing yet. */
export const PAYMENTS: Table = {
  columns: columns(
    ['Date', 'on'],
    ['Client', 'customer'],
    ['SIREN', 'siren'],
    ['Code client', 'customerCode'],
    ['Nature', 'kind'],
    ['Référence', 'reference'],
    ['Devise', 'currency'],
    ['Montant du paiement', 'amount'],
    ['Facture', 'invoice'],
    ['Dossier', 'case'],
    ['Principal', 'principal'],
    ['Intérêts', 'interest'],
    ['Indemnité', 'indemnity'],
    ['Frais bancaires', 'bankFee'],
    ['Escompte', 'discount'],
    ['Non affecté', 'unplaced'],
    ['Note', 'note'],
  ),
  async *rows(tx, tenantId, { from, to }) {
    const within = from ? sql<boolean>`p.received_on between ${from} and ${to}` : sql<boolean>`p.received_on <= ${to}`;
    const sums = (purpose: string) => sql<bigint>`coalesce(sum(a.amount_cents) filter (where a.purpose = ${purpose}), 0)::bigint`;
    const query = sql<{
      received_on: Day;
      name: string;
      siren: string | null;
      external_key: string | null;
      kind: keyof typeof KINDS;
      reversal: boolean;
      reference: string | null;
      currency: string;
      amount: bigint;
      nth: number;
      number: string | null;
      case_reference: string | null;
      principal: bigint;
      interest: bigint;
      indemnity: bigint;
      fee: bigint;
      discount: bigint;
      unplaced: bigint;
      note: string | null;
    }>`
      with paid as (
        select p.*, case when (p.kind = 'refund') <> (p.reverses_payment_id is not null) then -p.amount_cents else p.amount_cents end as amount
        from payments p where p.tenant_id = ${tenantId} and ${within})
      select p.received_on, q.name, q.siren, q.external_key, p.kind, p.reverses_payment_id is not null as reversal, p.reference, p.currency,
        p.amount, x.nth::int as nth, x.number, x.case_reference, x.principal, x.interest, x.indemnity, x.fee, x.discount, x.unplaced, p.note
      from paid p
      join parties q on q.tenant_id = ${tenantId} and q.party_id = p.party_id
      cross join lateral (
        select row_number() over (order by r.last, r.number) as nth, r.* from (
          select false as last, i.number, c.reference as case_reference, ${sums('principal')} as principal, ${sums('interest')} as interest,
            ${sums('indemnity')} as indemnity, ${sums('bank-fee')} as fee, ${sums('discount')} as discount, 0::bigint as unplaced
          from allocations a
          join invoices i on i.tenant_id = a.tenant_id and i.invoice_id = a.invoice_id
          left join cases c on c.tenant_id = i.tenant_id and c.case_id = i.case_id
          where a.tenant_id = ${tenantId} and a.payment_id = p.payment_id and a.on_day <= ${to}
          group by i.invoice_id, i.number, c.reference
          union all
          select true, null, null, 0, 0, 0, 0, 0, p.amount - coalesce((
            select sum(a.amount_cents) from allocations a
            where a.tenant_id = ${tenantId} and a.payment_id = p.payment_id and a.on_day <= ${to}
              and a.purpose not in ('bank-fee', 'discount')), 0)::bigint) r
        where not r.last or r.unplaced <> 0) x
      order by p.received_on, p.payment_id, x.nth`;
    for await (const group of groupsOf(tx, query))
      for (const row of group)
        yield [
          row.received_on,
          row.name,
          row.siren,
          row.external_key,
          row.reversal ? 'annulation' : KINDS[row.kind],
          row.reference,
          row.currency,
          row.nth === 1 ? { cents: row.amount } : null,
          row.number,
          row.case_reference,
          ...[row.principal, row.interest, row.indemnity, row.fee, row.discount, row.unplaced].map((cents) => ({ cents })),
          row.note,
        ];
  },
};

const KINDS = {
  received: 'encaissement',
  'set-off': 'compensation',
  refund: 'remboursement',
  listed: 'absente d’une liste',
} as const;

/** Every fact, in the order in which it was recorded, with its seal. */
export const JOURNAL: Table = {
  columns: columns(
    ['Rang', 'seq'],
    ['Jour', 'on'],
    ['Noté le', 'at'],
    ['Par', 'actor'],
    ['Dossier', 'case'],
    ['Client', 'customer'],
    ['Fait', 'kind'],
    ['Contenu', 'payload'],
    ['Empreinte', 'hash'],
    ['Empreinte précédente', 'previousHash'],
  ),
  async *rows(tx, tenantId, { from, to }) {
    const within = from ? sql<boolean>`j.on_day between ${from} and ${to}` : sql<boolean>`j.on_day <= ${to}`;
    const query = sql<{
      seq: bigint;
      on_day: Day;
      recorded_at: Temporal.Instant;
      actor: string;
      reference: string | null;
      name: string | null;
      kind: string;
      payload: string;
      hash: string;
      prev_hash: string;
    }>`
      select j.seq, j.on_day, j.recorded_at, j.actor, c.reference, q.name, j.kind, j.payload::text as payload, j.hash, j.prev_hash
      from journal j
      left join cases c on c.tenant_id = j.tenant_id and c.case_id = j.case_id
      left join parties q on q.tenant_id = c.tenant_id and q.party_id = c.party_id
      where j.tenant_id = ${tenantId} and ${within}
      order by j.seq`;
    for await (const group of groupsOf(tx, query))
      for (const row of group)
        yield [
          `${row.seq}`,
          row.on_day,
          `${row.recorded_at}`,
          row.actor,
          row.reference,
          row.name,
          row.kind,
          row.payload,
          row.hash,
          row.prev_hash,
        ];
  },
};
