import { type RawBuilder, sql } from 'kysely';
import type { VatRegime } from '#core/advice/claim.ts';
import type { Day } from '#core/kernel/day.ts';
import { type AccountingEntry, entryOf } from '#formats/fec/index.ts';
import { companyAdvice } from '#modules/advice/index.ts';
import type { Tx } from '#platform/db/database.ts';
import { type Chart, chartOf } from './accounts.ts';
import { caseBooks, type Draft } from './case-books.ts';
import { loadCases, loadPayments, writtenOffCases } from './entry-facts.ts';
import type { Gap } from './gaps.ts';
import { marksOf } from './marks.ts';
import { paymentEntry } from './receipts.ts';
import { groupsOf } from './rows.ts';

export interface Period {
  /** the first day, included; from the beginning without it */
  readonly from?: Day | undefined;
  /** the last day, included: nothing later is known */
  readonly to: Day;
}

/** What an export of entries yields: an entry with its number, or something to complete. */
export type Booked = { readonly kind: 'entry'; readonly entry: AccountingEntry } | { readonly kind: 'gap'; readonly gap: Gap };

/** Something that leads to entries: a payment, a payment placed later, a fact of a case. */
interface Event {
  readonly on_day: Day;
  readonly kind: 'payment' | 'placing' | 'case';
  readonly payment_id: string | null;
  readonly case_id: string | null;
  readonly seq: bigint | null;
}

/** What happened in a period, in order. Payments that a list told of were booked where the list comes from: they are not ours. */
function events(tenantId: string, { from, to }: Period): RawBuilder<Event> {
  const within = (column: string): RawBuilder<boolean> =>
    from ? sql<boolean>`${sql.ref(column)} between ${from} and ${to}` : sql<boolean>`${sql.ref(column)} <= ${to}`;
  return sql<Event>`
    select p.received_on as on_day, 'payment' as kind, p.payment_id, null::uuid as case_id, null::bigint as seq, 1 as rank
    from payments p where p.tenant_id = ${tenantId} and p.kind <> 'listed' and ${within('p.received_on')}
    union all
    select a.on_day, 'placing', a.payment_id, null, null, 2
    from allocations a join payments p on p.tenant_id = a.tenant_id and p.payment_id = a.payment_id
    where a.tenant_id = ${tenantId} and p.kind <> 'listed' and a.on_day > p.received_on and ${within('a.on_day')}
    group by a.on_day, a.payment_id
    union all
    select j.on_day, 'case', null, j.case_id, j.seq, 3
    from journal j
    where j.tenant_id = ${tenantId} and j.case_id is not null and ${within('j.on_day')}
      and (j.kind in ('claim-doubtful', 'case-reopened')
        or j.kind = 'case-closed' and (j.payload ->> 'reason' in ('written-off', 'agreement') or exists (
          select from journal d where d.tenant_id = j.tenant_id and d.case_id = j.case_id and d.kind = 'claim-doubtful')))
    order by on_day, rank, seq, payment_id`;
}

const JOURNALS = {
  bank: { journalCode: 'BQ', journalLabel: 'Banque' },
  general: { journalCode: 'OD', journalLabel: 'Opérations diverses' },
} as const;

/**
 * The accounting entries of a period, numbered one after the other from `firstNumber`, and what is to be completed by hand: what Quitus does
 * not know is told, never guessed. Sales are booked by the user's own tool: these entries start from the customers' accounts it fills.
 */
export async function* entriesOf(tx: Tx, tenantId: string, period: Period, firstNumber = 1): AsyncGenerator<Booked> {
  const chart = await chartOf(tx, tenantId);
  const { vatRegime } = await companyAdvice(tx, tenantId);
  let number = firstNumber;
  for await (const group of groupsOf(tx, events(tenantId, period))) {
    for (const made of await booksOf(tx, tenantId, group, { chart, vatRegime, to: period.to })) {
      if (!('movements' in made)) {
        yield { kind: 'gap', gap: made };
        continue;
      }
      const { on, journal, label, piece, movements } = made;
      const head = { ...JOURNALS[journal], number: `${number}`, date: on.toString(), label };
      const entry = entryOf({ ...head, pieceRef: piece.ref, pieceDate: piece.date }, movements);
      if (!entry) continue;
      number += 1;
      yield { kind: 'entry', entry };
    }
  }
}

/** What a group of events leads to, in order, from a few queries. */
async function booksOf(
  tx: Tx,
  tenantId: string,
  group: readonly Event[],
  { chart, vatRegime, to }: { readonly chart: Chart; readonly vatRegime: VatRegime | undefined; readonly to: Day },
): Promise<(Draft | Gap)[]> {
  const payments = await loadPayments(tx, tenantId, [...new Set(group.flatMap((event) => event.payment_id ?? []))], to);
  const touched = [...payments.values()].flatMap(({ parts }) => parts);
  const invoiceIds = [...new Set(touched.map(({ invoiceId }) => invoiceId))];
  const over = await writtenOffCases(tx, tenantId, [...new Set(touched.flatMap(({ caseId }) => caseId ?? []))], to);
  const cases = await loadCases(
    tx,
    tenantId,
    [...new Set([...group.flatMap((event) => event.case_id ?? []), ...over.keys()])],
    to,
  );
  const ofCases = [...cases.values()].flatMap(({ invoices }) => invoices.map(({ id }) => id));
  const marks = await marksOf(tx, tenantId, [...new Set([...invoiceIds, ...ofCases])], to);
  const books = new Map([...cases].map(([id, one]) => [id, caseBooks(one, { chart, vatRegime, marks })]));
  const lost = new Map([...books.values()].flatMap((one) => [...one.lost]));
  const writtenOff = new Map(
    touched.flatMap(({ invoiceId, caseId }) => {
      const on = caseId === null ? undefined : over.get(caseId);
      return on ? [[invoiceId, on] as const] : [];
    }),
  );
  return group.flatMap(({ on_day, payment_id, case_id, seq }) => {
    const payment = payment_id === null ? undefined : payments.get(payment_id);
    if (payment) return paymentEntry(payment, on_day, { chart, marks, lost, writtenOff });
    return (case_id && seq !== null && books.get(case_id)?.bySeq.get(seq)) || [];
  });
}
