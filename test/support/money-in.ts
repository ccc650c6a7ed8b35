import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { sql } from 'kysely';
import { viewCase } from '#modules/cases/index.ts';
import { verifyJournal } from '#modules/journal/index.ts';
import { listLines, matchPending, receiveStatement } from '#modules/payments/index.ts';
import type { Deps } from '#platform/deps.ts';
import { freshDeps } from './app.ts';
import { camt053, type Movement } from './bank.ts';
import { aCompany, done } from './cases.ts';

/** What the stories of money coming in share. */
export const TODAY = '2026-11-21';
export const PORT = 'Brasserie du Vieux Port';
export const IBAN = 'FR7610107001011234567890129';

export async function setUp(t: TestContext) {
  const deps = await freshDeps(t, { today: TODAY });
  const tenantId = await aCompany(deps);
  return { deps, tenantId };
}

/** Two invoices: one late since September, one not due yet. */
export const TWO = [
  { number: 'F-2026-101', issuedOn: '2026-08-01', dueOn: '2026-08-31', amount: '1000.00' },
  { number: 'F-2026-102', issuedOn: '2026-11-01', dueOn: '2026-12-31', amount: '500.00' },
];

export const see = async (deps: Deps, tenantId: string, caseId: string) => {
  const view = await deps.db.tenant(tenantId, (tx) => viewCase(tx, tenantId, caseId, deps.clock.today()));
  assert.ok(view);
  const total = view.statement.status === 'computed' ? view.statement.value.total.cents : undefined;
  return {
    view,
    stage: view.state.stage,
    total,
    balances: Object.fromEntries(view.invoices.map((i) => [i.number, i.balanceCents])),
    ids: view.invoices.map((i) => i.id),
  };
};

export const camt = (movements: readonly Movement[], from = '2026-11-16', until = '2026-11-20') => ({
  name: 'releve.xml',
  bytes: camt053(movements, { from, until }),
});
export const lines = (deps: Deps, tenantId: string, which: 'waiting' | 'applied' | 'ignored' | 'all' = 'all') =>
  deps.db.tenant(tenantId, (tx) => listLines(tx, tenantId, { which }, { limit: 100, offset: 0 }));

export async function drop(deps: Deps, tenantId: string, movements: readonly Movement[], from?: string, until?: string) {
  const received = done(await receiveStatement(deps, tenantId, camt(movements, from, until)));
  return { received, matched: await matchPending(deps, tenantId) };
}

/** Whatever happened: no line on two payments, every cent of a payment placed once, balances that say what was allocated. */
export async function assertSound(deps: Deps, tenantId: string): Promise<void> {
  await deps.db.tenant(tenantId, async (tx) => {
    const wrong = await sql<{ what: string; n: bigint }>`
      select 'lines applied twice' as what, count(*) as n from (
        select line_id from bank_matches where status = 'applied' group by line_id having count(*) > 1) x
      union all select 'states that lie', count(*) from bank_lines l where (l.state = 'applied') <> exists (
        select from bank_matches m where m.line_id = l.line_id and m.status = 'applied')
      union all select 'payments over-placed', count(*) from payments p where p.reverses_payment_id is null and p.amount_cents < coalesce((
        select sum(a.amount_cents) from allocations a where a.payment_id = p.payment_id and a.purpose not in ('bank-fee', 'discount')), 0)
      union all select 'balances that lie', count(*) from invoices i where i.balance_cents <> i.payable_cents
        - coalesce((select sum(a.amount_cents) from allocations a where a.invoice_id = i.invoice_id and a.purpose not in ('interest', 'indemnity')), 0)
        - coalesce((select sum(a.amount_cents) from allocations a where a.credit_note_id = i.invoice_id), 0)
      union all select 'cases that lie', count(*) from cases c where c.balance_cents <> coalesce((
        select sum(greatest(i.balance_cents, 0)) from invoices i where i.case_id = c.case_id and i.document_kind = 'invoice'), 0)`.execute(
      tx,
    );
    for (const { what, n } of wrong.rows) assert.equal(n, 0n, what);
  });
  assert.equal((await verifyJournal(deps.db, tenantId)).intact, true);
}
