import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { addDays, day } from '#core/kernel/day.ts';
import { verifyJournal } from '#modules/journal/index.ts';
import type { Deps } from '#platform/deps.ts';
import type { Typed } from '#platform/form.ts';
import { freshDeps } from '../../../test/support/app.ts';
import { aCase, aCompany, aCreditNote, done, story } from '../../../test/support/cases.ts';
import { type ActionKind, act, setContractRate, takePaymentBack } from './actions.ts';
import { caseFacts } from './cases.ts';
import { editDebtor } from './debtor.ts';
import { factsOf } from './facts.ts';
import { countCases, listCases } from './lists.ts';
import { portfolio } from './portfolio.ts';
import { caseState } from './state.ts';
import { viewCase } from './views.ts';

const START = '2026-11-21';
const TWO_INVOICES = {
  invoices: [
    { number: 'F-1', issuedOn: '2026-08-01', dueOn: '2026-08-31', amount: '1000.00' },
    { number: 'F-2', issuedOn: '2026-09-01', dueOn: '2026-09-30', amount: '500.00' },
  ],
};

async function setUp(t: TestContext, today = START) {
  const deps = await freshDeps(t, { today });
  const tenantId = await aCompany(deps);
  const caseId = await aCase(deps, tenantId, TWO_INVOICES);
  return { deps, tenantId, caseId };
}

const view = async (deps: Deps, tenantId: string, caseId: string) => {
  const found = await deps.db.tenant(tenantId, (tx) => viewCase(tx, tenantId, caseId, deps.clock.today()));
  assert.ok(found);
  return found;
};
const balances = async (deps: Deps, tenantId: string, caseId: string) =>
  Object.fromEntries((await view(deps, tenantId, caseId)).invoices.map((i) => [i.number, i.balanceCents]));

describe('payments', () => {
  test('settle the oldest invoice first, then the next; what exceeds pays interest', async (t) => {
    const { deps, tenantId, caseId } = await setUp(t);
    const pay = async (amount: string) => done(await act(deps, tenantId, caseId, 'payment', { on: '2026-11-20', amount }));
    await pay('999,99');
    assert.deepEqual(await balances(deps, tenantId, caseId), { 'F-1': 1n, 'F-2': 50_000n });
    await pay('100,01');
    assert.deepEqual(await balances(deps, tenantId, caseId), { 'F-1': 0n, 'F-2': 40_000n });
    await pay('450,00');
    assert.deepEqual(await balances(deps, tenantId, caseId), { 'F-1': 0n, 'F-2': 0n });
    assert.equal((await view(deps, tenantId, caseId)).state.stage, 'settled');
  });

  test('say that the case is settled when it closes by itself, also to a form sent twice', async (t) => {
    const { deps, tenantId, caseId } = await setUp(t);
    const updated_at = deps.clock.now();
    await deps.db.tenant(tenantId, (tx) =>
      tx.insertInto('money_settings').values({ tenant_id: tenantId, closing: 'principal-paid', updated_at }).execute(),
    );
    const paymentId = '01990000-0000-7000-8000-0000000000ab';
    const pay = (amount: string, more = {}) => act(deps, tenantId, caseId, 'payment', { on: '2026-11-20', amount, ...more });
    assert.deepEqual(await pay('999,99'), { ok: true, value: { settled: false } });
    for (const _ of [1, 2]) assert.deepEqual(await pay('550,01', { paymentId }), { ok: true, value: { settled: true } });
  });

  test('are taken back by a new fact, once, with a reason', async (t) => {
    const { deps, tenantId, caseId } = await setUp(t);
    done(await act(deps, tenantId, caseId, 'payment', { on: '2026-11-20', amount: '1200', reference: 'VIR 1' }));
    const [payment] = factsOf((await view(deps, tenantId, caseId)).facts, 'payment-recorded');
    assert.ok(payment);
    const { paymentId } = payment.payload;

    const unexplained = await takePaymentBack(deps, tenantId, caseId, paymentId, ' ');
    assert.ok(!unexplained.ok && unexplained.refusal.code === 'form.invalid');
    done(await takePaymentBack(deps, tenantId, caseId, paymentId, 'rejeté par la banque'));
    assert.deepEqual(await balances(deps, tenantId, caseId), { 'F-1': 100_000n, 'F-2': 50_000n });
    const again = await takePaymentBack(deps, tenantId, caseId, paymentId, 'encore');
    assert.ok(!again.ok && again.refusal.code === 'payment.already-reversed');
    const stranger = await takePaymentBack(deps, tenantId, caseId, caseId, 'autre');
    assert.ok(!stranger.ok && stranger.refusal.code === 'payment.unknown');

    const { claim, facts } = await view(deps, tenantId, caseId);
    assert.deepEqual(
      claim.invoices.map((i) => i.credits),
      [[], []],
    );
    const kinds = facts.map((f) => f.kind);
    assert.ok(kinds.includes('payment-recorded') && kinds.includes('payment-reversed'), 'both facts stay');
  });

  test('of a debtor whose invoices are credited count with the credit note', async (t) => {
    const { deps, tenantId, caseId } = await setUp(t);
    await aCreditNote(deps, tenantId, caseId, 'F-2', 'A-1', '2026-10-05', '200.00');
    assert.deepEqual(await balances(deps, tenantId, caseId), { 'F-1': 100_000n, 'A-1': 0n, 'F-2': 30_000n });
    done(await act(deps, tenantId, caseId, 'payment', { on: '2026-11-20', amount: '1300' }));
    assert.equal((await view(deps, tenantId, caseId)).state.stage, 'settled');
  });
});

describe('what is refused', () => {
  const refused = async (t: TestContext, kind: ActionKind, typed: Typed) => {
    const { deps, tenantId, caseId } = await setUp(t);
    const result = await act(deps, tenantId, caseId, kind, typed);
    assert.ok(!result.ok);
    assert.equal((await view(deps, tenantId, caseId)).facts.length, 3);
    return result.refusal;
  };

  test('a fact of tomorrow', async (t) => {
    const { code, data } = await refused(t, 'contact', { on: '2026-11-22', channel: 'call', text: 'x' });
    assert.equal(code, 'form.invalid');
    assert.deepEqual(Object.keys(data?.fields as object), ['on']);
  });
  test('an empty form names each field', async (t) => {
    const { data } = await refused(t, 'promise', { on: '', amount: '0', payBy: 'demain' });
    assert.deepEqual(Object.keys(data?.fields as object), ['on', 'amount', 'payBy']);
  });
  test('a promise for the very day it is made', async (t) => {
    const { data } = await refused(t, 'promise', { on: START, amount: '10', payBy: START });
    assert.deepEqual(Object.keys(data?.fields as object), ['payBy']);
  });
  test('settling a dispute that does not exist, reopening what is open, declaring without insolvency', async (t) => {
    for (const [kind, typed] of [
      ['dispute-settled', { text: 'x' }],
      ['reopen', { text: 'x' }],
      ['declaration', { on: START }],
    ] as const) {
      assert.equal((await refused(t, kind, typed)).code, 'case.move');
    }
  });
  test('anything on a closed case but a note or its reopening', async (t) => {
    const { deps, tenantId, caseId } = await setUp(t);
    done(await act(deps, tenantId, caseId, 'close', { reason: 'mistake' }));
    const payment = await act(deps, tenantId, caseId, 'payment', { on: START, amount: '1' });
    assert.ok(!payment.ok && payment.refusal.code === 'case.closed');
    done(await act(deps, tenantId, caseId, 'note', { text: 'à revoir' }));
    done(await act(deps, tenantId, caseId, 'reopen', { text: 'erreur' }));
    assert.equal((await view(deps, tenantId, caseId)).state.stage, 'overdue');
  });
  test('a case of another company', async (t) => {
    const { deps, caseId } = await setUp(t);
    const other = await aCompany(deps);
    const codes = [
      await act(deps, other, caseId, 'note', { text: 'x' }),
      await setContractRate(deps, other, caseId, '12'),
      await editDebtor(deps, other, caseId, { kind: 'business', name: 'Autre' }),
    ].map((result) => !result.ok && result.refusal.code);
    assert.deepEqual(codes, ['case.unknown', 'case.unknown', 'case.unknown']);
    assert.equal(await deps.db.tenant(other, (tx) => viewCase(tx, other, caseId, day(START))), undefined);
  });
});

test('a plan shares its amount in equal instalments, the odd cents on the last', async (t) => {
  const { deps, tenantId, caseId } = await setUp(t);
  done(await act(deps, tenantId, caseId, 'plan', { on: START, amount: '1000', instalments: '3', firstOn: '2026-12-31' }));
  const [plan] = factsOf((await view(deps, tenantId, caseId)).facts, 'plan-agreed');
  const shown = plan?.payload.instalments.map((i) => `${i.dueOn} ${i.amount}`);
  assert.deepEqual(shown, ['2026-12-31 33333', '2027-01-31 33333', '2027-02-28 33334']);
});

test('the rate of the contract changes the account; a debtor corrected changes the law; both are kept', async (t) => {
  const { deps, tenantId, caseId } = await setUp(t);
  const interest = async () => {
    const { statement } = await view(deps, tenantId, caseId);
    assert.equal(statement.status, 'computed');
    return statement.value.interest.cents;
  };
  const byLaw = await interest();
  done(await setContractRate(deps, tenantId, caseId, '20 %'));
  assert.ok((await interest()) > byLaw);
  const wrong = await setContractRate(deps, tenantId, caseId, 'douze');
  assert.ok(!wrong.ok && wrong.refusal.code === 'form.invalid');
  done(await setContractRate(deps, tenantId, caseId, ''));
  assert.equal(await interest(), byLaw);
  done(await editDebtor(deps, tenantId, caseId, { kind: 'consumer', name: 'M. Jean Lebrun' }));
  assert.equal(await interest(), 0n, 'no interest before the notice is received');
  assert.equal((await view(deps, tenantId, caseId)).party.name, 'M. Jean Lebrun');
});

describe('lists and totals', () => {
  test('the first screen counts money by age, and cases by what they ask', async (t) => {
    const { deps, tenantId } = await setUp(t);
    await aCase(deps, tenantId, {
      name: 'Cinéma du Lac',
      invoices: [
        { number: 'F-3', issuedOn: '2026-11-01', dueOn: '2026-11-21', amount: '10.00' },
        { number: 'F-4', issuedOn: '2026-10-01', dueOn: '2026-11-20', amount: '20.00' },
        { number: 'F-5', issuedOn: '2026-01-01', dueOn: '2026-08-22', amount: '40.00' },
        { number: 'F-6', issuedOn: '2026-01-01', dueOn: '2026-01-31', amount: '99.00', currency: 'CHF' },
      ],
    });
    const totals = await deps.db.tenant(tenantId, (tx) => portfolio(tx, tenantId, day(START)));
    assert.equal(totals.owedCents, 157_000n);
    assert.equal(totals.overdueCents, 156_000n);
    assert.deepEqual(
      totals.buckets.map((b) => [b.from, b.to, b.cents, b.invoices]),
      [
        [1, 30, 2_000n, 1n],
        [31, 60, 50_000n, 1n],
        [61, 90, 100_000n, 1n],
        [91, undefined, 4_000n, 1n],
      ],
    );
    assert.deepEqual([totals.openCases, totals.casesToDo, totals.foreignInvoices, totals.nextOn], [2n, 2n, 1n, undefined]);
  });

  test('cases are found by age, stage, name, number and reference, the largest first', async (t) => {
    const { deps, tenantId, caseId } = await setUp(t);
    const lake = await aCase(deps, tenantId, {
      name: 'Cinéma 100 %_du Lac',
      invoices: [{ number: 'F-3', issuedOn: '2026-11-01', dueOn: '2026-11-20', amount: '2000.00' }],
    });
    const found = async (query: Omit<Parameters<typeof listCases>[2], 'which'>, which: 'open' | 'to-do' | 'closed' = 'open') => {
      const asked = { which, ...query };
      return deps.db.tenant(tenantId, async (tx) => {
        const rows = await listCases(tx, tenantId, asked, day(START), { limit: 10, offset: 0 });
        assert.equal(await countCases(tx, tenantId, asked, day(START)), rows.length);
        return rows.map((row) => row.id);
      });
    };
    assert.deepEqual(await found({}), [lake, caseId]);
    assert.deepEqual(await found({ late: { from: 31, to: 60 } }), [caseId]);
    assert.deepEqual(await found({ late: { from: 91, to: undefined } }), []);
    assert.deepEqual(await found({ stage: 'to-contact' }), [lake]);
    assert.deepEqual(await found({ text: 'vieux PORT' }), [caseId]);
    assert.deepEqual(await found({ text: 'CINEMA' }), [lake]);
    assert.deepEqual(await found({ text: 'f-3' }), [lake]);
    assert.deepEqual(await found({ text: 'D-2026-0001' }), [caseId]);
    assert.deepEqual(await found({ text: '%_' }), [lake]);
    assert.deepEqual(await found({}, 'closed'), []);
    done(await act(deps, tenantId, lake, 'close', { reason: 'agreement' }));
    assert.deepEqual(await found({}, 'closed'), [lake]);
    assert.deepEqual(await found({}, 'to-do'), [caseId]);
  });
});

describe('whatever happens, in any order', () => {
  const amount = fc
    .integer({ min: 1, max: 90_000 })
    .map((cents) => `${Math.floor(cents / 100)},${String(cents % 100).padStart(2, '0')}`);
  const wait = fc.integer({ min: 0, max: 20 });
  const step = fc.oneof(
    fc.record({ kind: fc.constant('contact' as const), wait }),
    fc.record({ kind: fc.constant('note' as const), wait }),
    fc.record({ kind: fc.constant('dispute' as const), wait }),
    fc.record({ kind: fc.constant('dispute-settled' as const), wait }),
    fc.record({ kind: fc.constant('promise' as const), wait, amount, days: fc.integer({ min: 1, max: 15 }) }),
    fc.record({ kind: fc.constant('plan' as const), wait, amount, days: fc.integer({ min: 0, max: 15 }) }),
    fc.record({ kind: fc.constant('payment' as const), wait, amount, days: fc.integer({ min: 0, max: 10 }) }),
    fc.record({ kind: fc.constant('take-back' as const), wait }),
    fc.record({ kind: fc.constant('insolvency' as const), wait }),
    fc.record({ kind: fc.constant('close' as const), wait }),
    fc.record({ kind: fc.constant('reopen' as const), wait }),
  );
  type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

  function typedOf(one: Step, today: ReturnType<typeof day>): Typed {
    const on = today.toString();
    switch (one.kind) {
      case 'contact':
        return { on, channel: 'email', text: 'message' };
      case 'promise':
        return { on, amount: one.amount, payBy: addDays(today, one.days).toString() };
      case 'plan':
        return { on, amount: one.amount, instalments: '3', firstOn: addDays(today, one.days).toString() };
      case 'payment':
        return { on: addDays(today, -one.days).toString(), amount: one.amount };
      case 'insolvency':
        return { on, judgmentOn: addDays(today, -10).toString(), proceeding: 'redressement' };
      case 'close':
        return { reason: 'agreement' };
      case 'dispute':
        return { on, text: 'contesté' };
      default:
        return { text: 'noté' };
    }
  }

  test('the projection says what the facts say, cents are conserved, the journal is intact', async (t) => {
    const first = await freshDeps(t, { today: START });
    const tenantId = await aCompany(first);
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), fc.integer({ min: 0, max: 60 }), async (steps, later) => {
        const { deps, on } = story(first, '2026-09-20');
        runs += 1;
        const run = runs;
        const caseId = await aCase(deps, tenantId, {
          name: `Client ${run}`,
          invoices: TWO_INVOICES.invoices.map((i) => ({ ...i, number: `${i.number}-${run}` })),
        });
        for (const one of steps) {
          const today = addDays(deps.clock.today(), one.wait);
          on(today.toString());
          if (one.kind === 'take-back') await takeLastBack(deps, tenantId, caseId);
          else await act(deps, tenantId, caseId, one.kind, typedOf(one, today));
        }
        await check(deps, tenantId, caseId, later);
      }),
      { numRuns: 60 },
    );
    assert.equal((await verifyJournal(first.db, tenantId)).intact, true);
  });
  async function takeLastBack(deps: Deps, tenantId: string, caseId: string): Promise<void> {
    const payment = factsOf((await view(deps, tenantId, caseId)).facts, 'payment-recorded').at(-1);
    if (payment) await takePaymentBack(deps, tenantId, caseId, payment.payload.paymentId, 'rejet');
  }

  async function check(deps: Deps, tenantId: string, caseId: string, later: number): Promise<void> {
    const today = deps.clock.today();
    await deps.db.tenant(tenantId, async (tx) => {
      const row = await tx.selectFrom('cases').selectAll().where('case_id', '=', caseId).executeTakeFirstOrThrow();
      const facts = await caseFacts(tx, tenantId, caseId);
      const invoices = await tx
        .selectFrom('invoices')
        .select(['invoice_id', 'payable_cents', 'balance_cents', 'due_on'])
        .where('case_id', '=', caseId)
        .execute();
      const taken = await tx
        .selectFrom('allocations')
        .select(['invoice_id', 'amount_cents', 'purpose'])
        .where(
          'invoice_id',
          'in',
          invoices.map((i) => i.invoice_id),
        )
        .execute();
      for (const { invoice_id, payable_cents, balance_cents } of invoices) {
        const off = taken
          .filter((a) => a.invoice_id === invoice_id && a.purpose === 'principal')
          .reduce((sum, a) => sum + a.amount_cents, 0n);
        assert.equal(balance_cents, payable_cents - off, 'a balance is what was payable less all that was taken off');
      }
      const money = (kind: 'payment-recorded' | 'payment-reversed') =>
        factsOf(facts, kind).reduce((sum, f) => sum + f.payload.amount, 0n);
      const kept = money('payment-recorded') - money('payment-reversed');
      const free = await sql<{ cents: bigint }>`
        select coalesce(sum(case when reverses_payment_id is null then amount_cents else -amount_cents end - coalesce((
          select sum(a.amount_cents) from allocations a where a.payment_id = p.payment_id), 0)), 0)::bigint as cents
        from payments p where party_id = ${row.party_id}`.execute(tx);
      assert.equal(
        taken.reduce((sum, a) => sum + a.amount_cents, 0n) + (free.rows[0]?.cents ?? 0n),
        kept,
        'what came in is what was taken off and what is left over, to the cent',
      );
      for (const { balance_cents } of invoices) assert.ok(balance_cents >= 0n, 'no invoice is paid more than it owes');

      const open = invoices.filter((i) => i.balance_cents > 0n);
      const balance = {
        principalCents: open.reduce((sum, i) => sum + i.balance_cents, 0n),
        oldestDueOn: open.map((i) => i.due_on).sort(Temporal.PlainDate.compare)[0],
      };
      assert.equal(row.balance_cents, balance.principalCents);
      const state = caseState(facts, balance, today);
      assert.equal(row.next_on?.toString(), state.nextOn?.toString());
      assert.equal(row.closed_on !== null, state.stage === 'closed');

      // Time alone moves the stage after the last fact: the lists see it as the facts tell it, today and later.
      for (const then of [today, addDays(today, later)]) {
        const which = state.stage === 'closed' ? 'closed' : 'open';
        const { stage } = caseState(facts, balance, then);
        const listed = await listCases(tx, tenantId, { which, stage, text: row.reference }, then, { limit: 5, offset: 0 });
        assert.deepEqual(
          listed.map((one) => one.id),
          [caseId],
          `${row.stage} is ${stage} on ${then}`,
        );
      }
    });
  }
});

test('a payment form sent twice at once is one payment', async (t) => {
  const { deps, tenantId, caseId } = await setUp(t);
  const typed = { on: '2026-11-20', amount: '1500', paymentId: '01990000-0000-7000-8000-0000000000aa' };
  const answers = await Promise.all([1, 2, 3].map(() => act(deps, tenantId, caseId, 'payment', typed)));
  assert.deepEqual(
    answers.map(({ ok }) => ok),
    [true, true, true],
  );
  const { facts } = await view(deps, tenantId, caseId);
  assert.equal(factsOf(facts, 'payment-recorded').length, 1);
  const strange = await act(deps, tenantId, caseId, 'payment', { ...typed, paymentId: "1' or true" });
  assert.ok(!strange.ok && strange.refusal.code === 'form.invalid');
});

test('what no calendar, purse or contract holds is asked again, never a failure', async (t) => {
  const { deps, tenantId, caseId } = await setUp(t);
  const refusedFields = async (kind: ActionKind, typed: Typed) => {
    const answer = await act(deps, tenantId, caseId, kind, typed);
    assert.ok(!answer.ok, JSON.stringify(typed));
    return Object.keys(answer.refusal.data?.fields ?? {});
  };
  const on = '2026-11-20';
  assert.deepEqual(await refusedFields('promise', { on, amount: '5', payBy: '9999-12-31' }), ['payBy']);
  assert.deepEqual(await refusedFields('payment', { on: '0026-11-20', amount: '5' }), ['on']);
  assert.deepEqual(await refusedFields('plan', { on, amount: '10', instalments: '3', firstOn: '9999-12-01' }), ['firstOn']);
  assert.deepEqual(await refusedFields('plan', { on, amount: '0,02', instalments: '3', firstOn: '2026-12-01' }), ['amount']);
  const judged = { on, judgmentOn: '2026-11-21', proceeding: 'sauvegarde' };
  assert.deepEqual(await refusedFields('insolvency', judged), ['judgmentOn']);
  for (const typed of ['-1', '101', '1e2', '0,00001', '0.0000000000000000001']) {
    const answer = await setContractRate(deps, tenantId, caseId, typed);
    assert.ok(!answer.ok && answer.refusal.code === 'form.invalid', typed);
  }
});
