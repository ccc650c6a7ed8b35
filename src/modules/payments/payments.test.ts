import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { day } from '#core/kernel/day.ts';
import { act, viewCase } from '#modules/cases/index.ts';
import { verifyJournal } from '#modules/journal/index.ts';
import type { Deps } from '#platform/deps.ts';
import { freshDeps } from '../../../test/support/app.ts';
import { bankCsv, camt053, type Movement } from '../../../test/support/bank.ts';
import { aCase, aCompany, done } from '../../../test/support/cases.ts';
import {
  agreeImputation,
  applyMatch,
  bounce,
  declareComplete,
  freshness,
  holdPayment,
  ignoreLine,
  listAliases,
  listFreeMoney,
  listLines,
  matchPending,
  placeLine,
  placeMoney,
  receiveStatement,
  recordPayment,
  refund,
  rejectMatch,
  saveMoneySettings,
  undoMatch,
  waiveAccessories,
} from './index.ts';

const TODAY = '2026-11-21';
const PORT = 'Brasserie du Vieux Port';
const IBAN = 'FR7610107001011234567890129';

async function setUp(t: TestContext) {
  const deps = await freshDeps(t, { today: TODAY });
  const tenantId = await aCompany(deps);
  return { deps, tenantId };
}

/** Two invoices: one late since September, one not due yet. */
const TWO = [
  { number: 'F-2026-101', issuedOn: '2026-08-01', dueOn: '2026-08-31', amount: '1000.00' },
  { number: 'F-2026-102', issuedOn: '2026-11-01', dueOn: '2026-12-31', amount: '500.00' },
];

const see = async (deps: Deps, tenantId: string, caseId: string) => {
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

const camt = (movements: readonly Movement[], from = '2026-11-16', until = '2026-11-20') => ({
  name: 'releve.xml',
  bytes: camt053(movements, { from, until }),
});
const lines = (deps: Deps, tenantId: string, which: 'waiting' | 'applied' | 'ignored' | 'all' = 'all') =>
  deps.db.tenant(tenantId, (tx) => listLines(tx, tenantId, { which }, { limit: 100, offset: 0 }));

async function drop(deps: Deps, tenantId: string, movements: readonly Movement[], from?: string, until?: string) {
  const received = done(await receiveStatement(deps, tenantId, camt(movements, from, until)));
  return { received, matched: await matchPending(deps, tenantId) };
}

/** Whatever happened: no line on two payments, every cent of a payment placed once, balances that say what was allocated. */
async function assertSound(deps: Deps, tenantId: string): Promise<void> {
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

describe('payments entered by hand', () => {
  test('go where the law says: due first, then oldest; then interest, then the 40 €; the rest is left over', async (t) => {
    const { deps, tenantId } = await setUp(t);
    const caseId = await aCase(deps, tenantId, { invoices: TWO });
    const { ids, total } = await see(deps, tenantId, caseId);
    assert.ok(total && total > 154_000n);
    const paid = done(await recordPayment(deps, tenantId, { on: '2026-11-21', amount: '1600,00' }, { invoiceIds: ids }));
    const beside = total - 150_000n;
    assert.deepEqual(
      paid.parts.map((p) => [ids.indexOf(p.invoiceId), p.purpose, p.amountCents]),
      [
        [0, 'principal', 100_000n],
        [1, 'principal', 50_000n],
        [0, 'interest', beside - 4_000n],
        [0, 'indemnity', 4_000n],
      ],
    );
    assert.equal(paid.excessCents, 160_000n - total);
    assert.ok(paid.trace.some((step) => step.cites.includes('cciv-1342-10')));
    assert.ok(paid.trace.some((step) => step.cites.includes('cciv-1343-1')));
    assert.deepEqual(paid.closedCases, [caseId], 'nothing is owed: the case closes itself');
    const after = await see(deps, tenantId, caseId);
    assert.deepEqual([after.stage, after.total], ['closed', 0n]);

    const [left] = await deps.db.tenant(tenantId, (tx) => listFreeMoney(tx, tenantId, { limit: 9, offset: 0 }));
    assert.equal(left?.freeCents, paid.excessCents);
    const tooMuch = await refund(deps, tenantId, paid.paymentId, { on: TODAY, amount: '500' });
    assert.ok(!tooMuch.ok && tooMuch.refusal.code === 'payment.not-free');
    const euros = `${paid.excessCents / 100n},${String(paid.excessCents % 100n).padStart(2, '0')}`;
    done(await refund(deps, tenantId, paid.paymentId, { on: TODAY, amount: euros }));
    assert.deepEqual(await deps.db.tenant(tenantId, (tx) => listFreeMoney(tx, tenantId, { limit: 9, offset: 0 })), []);
    const late = await bounce(deps, tenantId, paid.paymentId, { on: TODAY, reason: 'rejet' });
    assert.ok(!late.ok && late.refusal.code === 'payment.refunded');
    await assertSound(deps, tenantId);
  });

  test('follow the choice of the debtor', async (t) => {
    const { deps, tenantId } = await setUp(t);
    const caseId = await aCase(deps, tenantId, { invoices: TWO });
    const { ids } = await see(deps, tenantId, caseId);
    const chosen = ids.slice(1);
    const paid = done(await recordPayment(deps, tenantId, { on: TODAY, amount: '600' }, { invoiceIds: ids, chosen }));
    assert.match(paid.trace[0]?.says ?? '', /choix du débiteur/);
    assert.deepEqual((await see(deps, tenantId, caseId)).balances, { 'F-2026-101': 90_000n, 'F-2026-102': 0n });
  });

  test('a bounced payment reopens the case it had closed, and each case it had touched', async (t) => {
    const { deps, tenantId } = await setUp(t);
    const a = await aCase(deps, tenantId, { invoices: TWO.slice(1) });
    const b = await aCase(deps, tenantId, {
      name: 'Cinéma du Lac',
      invoices: [{ ...TWO[1], number: 'F-9' } as (typeof TWO)[number]],
    });
    const ids = [...(await see(deps, tenantId, a)).ids, ...(await see(deps, tenantId, b)).ids];
    const paid = done(await recordPayment(deps, tenantId, { on: TODAY, amount: '1000' }, { invoiceIds: ids, chosen: ids }));
    assert.deepEqual(new Set(paid.closedCases), new Set([a, b]));
    const { reopenedCases } = done(await bounce(deps, tenantId, paid.paymentId, { on: TODAY, reason: 'chèque sans provision' }));
    assert.deepEqual(new Set(reopenedCases), new Set([a, b]));
    assert.deepEqual([(await see(deps, tenantId, a)).stage, (await see(deps, tenantId, b)).stage], ['not-due', 'not-due']);
    const again = await bounce(deps, tenantId, paid.paymentId, { on: TODAY, reason: 'encore' });
    assert.ok(!again.ok && again.refusal.code === 'payment.already-reversed');
    await assertSound(deps, tenantId);
  });

  test('money meant for another company is held, then placed or given back', async (t) => {
    const { deps, tenantId } = await setUp(t);
    const caseId = await aCase(deps, tenantId, { invoices: TWO.slice(1) });
    const { view, ids } = await see(deps, tenantId, caseId);
    const held = done(
      await holdPayment(deps, tenantId, { on: TODAY, amount: '700' }, { partyId: view.party.id, held: 'wrong-entity' }),
    );
    assert.equal((await see(deps, tenantId, caseId)).total, 50_000n, 'it settles nothing');
    const placed = done(await placeMoney(deps, tenantId, held.paymentId, { invoiceIds: ids }));
    assert.deepEqual(placed, { freeCents: 20_000n, closedCases: [caseId] });
    done(await refund(deps, tenantId, held.paymentId, { on: TODAY, amount: '200' }));
    const nothing = await placeMoney(deps, tenantId, held.paymentId, { invoiceIds: ids });
    assert.ok(!nothing.ok && nothing.refusal.code === 'payment.nothing-left');
    await assertSound(deps, tenantId);
  });

  test('a set-off counts like a payment, and says so', async (t) => {
    const { deps, tenantId } = await setUp(t);
    const caseId = await aCase(deps, tenantId, { invoices: TWO });
    const { ids } = await see(deps, tenantId, caseId);
    done(
      await recordPayment(
        deps,
        tenantId,
        { on: TODAY, amount: '300', kind: 'set-off', note: 'leur facture 77' },
        { invoiceIds: ids },
      ),
    );
    const { view, balances } = await see(deps, tenantId, caseId);
    assert.equal(balances['F-2026-101'], 70_000n);
    assert.ok(view.facts.some((f) => f.kind === 'payment-recorded' && f.payload.how === 'set-off'));
  });

  test('the creditor may agree to principal first: the account follows, and says why', async (t) => {
    const { deps, tenantId } = await setUp(t);
    const caseId = await aCase(deps, tenantId, { invoices: TWO.slice(0, 1) });
    const { ids } = await see(deps, tenantId, caseId);
    done(await recordPayment(deps, tenantId, { on: '2026-10-15', amount: '900' }, { invoiceIds: ids }));
    const byLaw = (await see(deps, tenantId, caseId)).total ?? 0n;
    done(await agreeImputation(deps, tenantId, caseId, 'principal-first', 'convenu au téléphone'));
    const agreed = (await see(deps, tenantId, caseId)).total ?? 0n;
    assert.ok(agreed < byLaw, 'less principal bears interest');
    const unexplained = await agreeImputation(deps, tenantId, caseId, 'interest-first', ' ');
    assert.ok(!unexplained.ok && unexplained.refusal.code === 'form.invalid');
  });

  test('a paid principal waits for a word on interest; giving it up closes the case, unless settings close it at once', async (t) => {
    const { deps, tenantId } = await setUp(t);
    const caseId = await aCase(deps, tenantId, { invoices: TWO.slice(0, 1) });
    const early = await waiveAccessories(deps, tenantId, caseId, 'geste');
    assert.ok(!early.ok && early.refusal.code === 'case.not-settled');
    done(await act(deps, tenantId, caseId, 'payment', { on: TODAY, amount: '1000' }));
    assert.equal((await see(deps, tenantId, caseId)).stage, 'settled');
    const { waivedCents } = done(await waiveAccessories(deps, tenantId, caseId, 'client fidèle'));
    assert.ok(waivedCents > 4_000n);
    assert.equal((await see(deps, tenantId, caseId)).stage, 'closed');

    await saveMoneySettings(deps, tenantId, { maxBankAgeDays: 3, closing: 'principal-paid' });
    const other = await aCase(deps, tenantId, { invoices: [{ ...TWO[0], number: 'F-3' } as (typeof TWO)[number]] });
    done(await act(deps, tenantId, other, 'payment', { on: TODAY, amount: '1000' }));
    const { view } = await see(deps, tenantId, other);
    assert.match(view.facts.find((f) => f.kind === 'case-closed')?.payload.text ?? '', /non réclamés/);
  });
});

describe('a bank statement', () => {
  test('read twice, or overlapping, or in another format, adds a movement once', async (t) => {
    const { deps, tenantId } = await setUp(t);
    const first = [
      { on: '2026-11-16', amount: '120.00', name: 'ALPHA SARL', text: 'FACT 1' },
      { on: '2026-11-17', amount: '50.00', name: 'BETA', text: 'ABONNEMENT' },
      { on: '2026-11-17', amount: '50.00', name: 'BETA', text: 'ABONNEMENT' },
      { on: '2026-11-18', amount: '-9.90', name: 'BANQUE', text: 'FRAIS' },
    ];
    const received = done(await receiveStatement(deps, tenantId, camt(first, '2026-11-16', '2026-11-18')));
    assert.deepEqual(
      received.statements.map((s) => [s.lines, s.added]),
      [[4, 4]],
    );
    const again = done(await receiveStatement(deps, tenantId, camt(first, '2026-11-16', '2026-11-18')));
    assert.ok(again.again);
    const more = [...first.slice(1), { on: '2026-11-18', amount: '50.00', name: 'BETA', text: 'ABONNEMENT' }];
    const overlapping = done(await receiveStatement(deps, tenantId, camt(more, '2026-11-17', '2026-11-20')));
    assert.deepEqual(
      overlapping.statements.map((s) => [s.lines, s.added]),
      [[4, 1]],
    );
    const csv = bankCsv([...first, { on: '2026-11-20', amount: '7.00', name: 'GAMMA', text: 'X' }]);
    const [account] = (await lines(deps, tenantId)).map((line) => line.accountId);
    const other = done(await receiveStatement(deps, tenantId, { name: 'export.csv', bytes: csv }, { accountId: account ?? '' }));
    assert.deepEqual(
      other.statements.map((s) => [s.lines, s.added]),
      [[5, 1]],
    );
    assert.equal((await lines(deps, tenantId)).length, 6);
  });

  test('says until when the account is complete; a hole stops it until it is filled', async (t) => {
    const { deps, tenantId } = await setUp(t);
    const fresh = () => deps.db.tenant(tenantId, (tx) => freshness(tx, tenantId, day(TODAY)));
    assert.equal((await fresh()).status, 'no-account');
    await drop(deps, tenantId, [], '2026-11-02', '2026-11-06');
    // a week-end, then a whole week missing (the 11th is a holiday, the others are not)
    await drop(deps, tenantId, [], '2026-11-16', '2026-11-20');
    let seen = await fresh();
    assert.equal(seen.accounts[0]?.completeUntil?.toString(), '2026-11-06');
    assert.deepEqual(
      [seen.status, seen.accounts[0]?.gaps.map((g) => `${g.from}/${g.until}`)],
      ['stale', ['2026-11-07/2026-11-15']],
    );
    assert.match(seen.reason ?? '', /il manque du 7/);
    const id = seen.accounts[0]?.accountId ?? '';
    done(await declareComplete(deps, tenantId, id, { from: day('2026-11-07'), until: day('2026-11-15') }));
    seen = await fresh();
    assert.deepEqual([seen.status, seen.accounts[0]?.completeUntil?.toString()], ['fresh', '2026-11-20']);
    const tomorrow = await declareComplete(deps, tenantId, id, { from: day(TODAY), until: day('2026-11-22') });
    assert.ok(!tomorrow.ok && tomorrow.refusal.code === 'bank.future');
  });

  test('of an unreadable or foreign file is refused, and nothing is kept', async (t) => {
    const { deps, tenantId } = await setUp(t);
    for (const text of [
      '',
      'bonjour',
      '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><Document/>',
      `%PDF-1.4\n${'x'.repeat(200)}`,
    ]) {
      const refused = await receiveStatement(deps, tenantId, { name: 'x.xml', bytes: Buffer.from(text) });
      assert.ok(!refused.ok, text);
    }
    const { rows } = await deps.db.tenant(tenantId, (tx) =>
      sql`select from files union all select from bank_accounts`.execute(tx),
    );
    assert.equal(rows.length, 0);
  });
});

describe('matching', () => {
  test('what is certain is applied and closes the case; what is not is proposed, and holds the case meanwhile', async (t) => {
    const { deps, tenantId } = await setUp(t);
    const sure = await aCase(deps, tenantId, { invoices: TWO.slice(1) });
    const lake = await aCase(deps, tenantId, {
      name: 'Cinéma du Lac',
      invoices: [{ number: 'F-2026-200', issuedOn: '2026-09-01', dueOn: '2026-09-30', amount: '840.00' }],
    });
    const { matched } = await drop(deps, tenantId, [
      { on: '2026-11-18', amount: '500.00', name: PORT, iban: IBAN, text: 'VIR FACTURE F-2026-102' },
      { on: '2026-11-19', amount: '300.00', name: 'CINEMA DU LAC', text: 'ACOMPTE' },
      { on: '2026-11-19', amount: '77.00', name: 'INCONNU', text: 'DIVERS' },
      { on: '2026-11-19', amount: '-42.00', name: 'ASSURANCE', text: 'PRIME' },
    ]);
    assert.deepEqual(
      [matched.applied, matched.proposed + matched.unmatched, matched.setAside, matched.closedCases],
      [1, 2, 1, [sure]],
    );
    assert.equal((await see(deps, tenantId, sure)).stage, 'closed');
    assert.equal((await see(deps, tenantId, lake)).stage, 'money-to-place', 'nothing leaves while money of this payer waits');
    await assertSound(deps, tenantId);

    const [waiting] = await lines(deps, tenantId, 'waiting');
    assert.equal(waiting?.payer?.name, 'Cinéma du Lac');
    const [best] = waiting.readings;
    assert.ok(best && best.evidence.length > 0);
    const decided = done(await applyMatch(deps, tenantId, best.matchId));
    assert.ok(decided.paymentId);
    const after = await see(deps, tenantId, lake);
    assert.deepEqual([after.stage, after.balances['F-2026-200']], ['overdue', 54_000n]);
    const twice = await applyMatch(deps, tenantId, best.matchId);
    assert.ok(!twice.ok && twice.refusal.code === 'match.decided');
    const aliases = await deps.db.tenant(tenantId, (tx) => listAliases(tx, tenantId));
    assert.deepEqual(
      aliases.map((a) => [a.kind, a.partyName, a.confirmed]),
      [['name', 'Cinéma du Lac', 1]],
    );

    done(await undoMatch(deps, tenantId, best.matchId, 'erreur'));
    const undone = await see(deps, tenantId, lake);
    assert.deepEqual([undone.stage, undone.balances['F-2026-200']], ['money-to-place', 84_000n]);
    await matchPending(deps, tenantId);
    const still = (await lines(deps, tenantId, 'waiting')).find((line) => line.id === waiting.id);
    assert.ok(
      !still?.readings.some((r) => r.parts.some((p) => p.number === 'F-2026-200')),
      'what was undone is not offered again',
    );
    done(await ignoreLine(deps, tenantId, waiting.id, 'autre contrat'));
    assert.equal((await see(deps, tenantId, lake)).stage, 'overdue');
    await assertSound(deps, tenantId);
  });

  test('principal, interest and the 40 € in one transfer settle the case to the cent', async (t) => {
    const { deps, tenantId } = await setUp(t);
    const caseId = await aCase(deps, tenantId, { invoices: TWO.slice(0, 1) });
    const on = day('2026-11-18');
    const due = await deps.db.tenant(tenantId, (tx) => viewCase(tx, tenantId, caseId, deps.clock.today(), on));
    assert.ok(due?.statement.status === 'computed');
    const cents = due.statement.value.total.cents;
    const { matched } = await drop(deps, tenantId, [
      {
        on: '2026-11-18',
        amount: `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`,
        name: PORT,
        iban: IBAN,
        text: 'F-2026-101 ET PENALITES',
      },
    ]);
    if (matched.applied === 0) {
      const [line] = await lines(deps, tenantId, 'waiting');
      done(await applyMatch(deps, tenantId, line?.readings[0]?.matchId ?? ''));
    }
    const { stage, total } = await see(deps, tenantId, caseId);
    assert.deepEqual([stage, total], ['closed', 0n]);
    await assertSound(deps, tenantId);
  });

  test('a line nobody can read is placed by hand, and teaches who pays', async (t) => {
    const { deps, tenantId } = await setUp(t);
    const caseId = await aCase(deps, tenantId, { invoices: TWO });
    await drop(deps, tenantId, [{ on: '2026-11-18', amount: '321.00', name: 'HOLDING ZED', iban: IBAN, text: 'SOLDE' }]);
    const [line] = await lines(deps, tenantId, 'waiting');
    assert.ok(line);
    const { ids } = await see(deps, tenantId, caseId);
    const none = await placeLine(deps, tenantId, line.id, []);
    assert.ok(!none.ok && none.refusal.code === 'match.no-invoice');
    done(await placeLine(deps, tenantId, line.id, ids.slice(1)));
    assert.deepEqual((await see(deps, tenantId, caseId)).balances, { 'F-2026-101': 100_000n, 'F-2026-102': 17_900n });
    const aliases = await deps.db.tenant(tenantId, (tx) => listAliases(tx, tenantId));
    assert.deepEqual(aliases.map((a) => a.kind).sort(), ['iban', 'name']);
    await drop(
      deps,
      tenantId,
      [{ on: '2026-11-20', amount: '179.00', name: 'HOLDING ZED', iban: IBAN, text: 'SOLDE 2' }],
      '2026-11-19',
    );
    const held = (await see(deps, tenantId, caseId)).stage;
    const applied = (await lines(deps, tenantId, 'applied')).length === 2;
    assert.ok(applied || held === 'money-to-place', 'the payer is known now');
    await assertSound(deps, tenantId);
  });

  test('a refused payment is taken back by the bank’s own debit; undoing that enters it again', async (t) => {
    const { deps, tenantId } = await setUp(t);
    const caseId = await aCase(deps, tenantId, { invoices: TWO.slice(1) });
    await drop(deps, tenantId, [{ on: '2026-11-16', amount: '500.00', name: PORT, iban: IBAN, text: 'PRLV F-2026-102' }]);
    assert.equal((await see(deps, tenantId, caseId)).stage, 'closed');
    await drop(
      deps,
      tenantId,
      [{ on: '2026-11-20', amount: '-500.00', name: PORT, iban: IBAN, text: 'REJET PRLV IMPAYE F-2026-102' }],
      '2026-11-20',
    );
    let debit = (await lines(deps, tenantId)).find((line) => line.amountCents < 0n);
    if (debit?.state === 'proposed') done(await applyMatch(deps, tenantId, debit.readings[0]?.matchId ?? ''));
    debit = (await lines(deps, tenantId)).find((line) => line.amountCents < 0n);
    assert.equal(debit?.state, 'applied');
    const bounced = await see(deps, tenantId, caseId);
    assert.deepEqual([bounced.stage, bounced.balances['F-2026-102']], ['not-due', 50_000n]);
    await assertSound(deps, tenantId);
    done(await undoMatch(deps, tenantId, debit.readings[0]?.matchId ?? '', 'ce rejet concernait un autre'));
    assert.equal((await see(deps, tenantId, caseId)).balances['F-2026-102'], 0n);
    await assertSound(deps, tenantId);
  });

  test('a refused proposal does not come back; another company sees nothing', async (t) => {
    const { deps, tenantId } = await setUp(t);
    await aCase(deps, tenantId, { invoices: TWO });
    await drop(deps, tenantId, [{ on: '2026-11-18', amount: '400.00', name: PORT, text: 'ACOMPTE' }]);
    const [line] = await lines(deps, tenantId, 'waiting');
    const matchId = line?.readings[0]?.matchId ?? '';
    const other = await aCompany(deps);
    const stranger = await applyMatch(deps, other, matchId);
    assert.ok(!stranger.ok && stranger.refusal.code === 'match.unknown');
    for (let round = 0; round < 6; round += 1) {
      const [still] = await lines(deps, tenantId, 'waiting');
      const [reading] = still?.readings ?? [];
      if (!reading) break;
      done(await rejectMatch(deps, tenantId, reading.matchId));
    }
    await matchPending(deps, tenantId);
    const [after] = await lines(deps, tenantId, 'waiting');
    assert.deepEqual([after?.state, after?.readings], ['unmatched', []]);
    assert.equal((await lines(deps, other)).length, 0);
  });
});
