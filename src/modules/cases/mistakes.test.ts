import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { addDays, day } from '#core/kernel/day.ts';
import { verifyJournal } from '#modules/journal/index.ts';
import type { Deps } from '#platform/deps.ts';
import { freshDeps } from '../../../test/support/app.ts';
import { aCase, aCompany, done, story } from '../../../test/support/cases.ts';
import { type ActionKind, act } from './actions.ts';
import { announcedMoney } from './announced.ts';
import { openCaseBases } from './bases.ts';
import { factsOf, inForce, readFact } from './facts.ts';
import { historyOf } from './history.tsx';
import { listCases } from './lists.ts';
import { noteMistake } from './mistakes.ts';
import { projectCases } from './projection.ts';
import { viewCase } from './views.ts';

const START = '2026-10-01';
const INVOICES = [{ number: 'F-1', issuedOn: '2026-08-01', dueOn: '2026-08-31', amount: '1000.00' }];

async function setUp(t: TestContext) {
  const deps = await freshDeps(t, { today: START });
  const tenantId = await aCompany(deps);
  return { deps, tenantId, caseId: await aCase(deps, tenantId, { invoices: INVOICES }) };
}

const view = async (deps: Deps, tenantId: string, caseId: string) => {
  const found = await deps.db.tenant(tenantId, (tx) => viewCase(tx, tenantId, caseId, deps.clock.today()));
  assert.ok(found);
  return found;
};

/** What is typed of each kind, on a day. */
const typedOn = (kind: ActionKind, on: string): Readonly<Record<string, string>> => {
  const later = addDays(day(on), 10).toString();
  switch (kind) {
    case 'promise':
      return { on, amount: '300', payBy: later };
    case 'plan':
      return { on, amount: '300', instalments: '3', firstOn: later };
    case 'payment':
      return { on, amount: '100' };
    case 'contact':
      return { on, channel: 'call', text: 'Parlé.' };
    default:
      return { on, text: 'Dit.' };
  }
};

/** The rank of what was recorded last. */
const lastSeq = async (deps: Deps, tenantId: string, caseId: string): Promise<bigint> => {
  const ranks = (await view(deps, tenantId, caseId)).story.map(({ seq }) => seq ?? 0n);
  return ranks.reduce((a, b) => (a > b ? a : b));
};

const NOTED = ['promise', 'plan', 'dispute', 'contact'] as const;

test('noted then taken back: the case stands as before, today and later, whatever came before it', async (t) => {
  const first = await freshDeps(t, { today: START });
  const tenantId = await aCompany(first);
  const before = fc.record({
    kind: fc.constantFrom(...NOTED, 'dispute-settled' as const, 'payment' as const, 'note' as const),
    wait: fc.integer({ min: 0, max: 12 }),
  });
  let [runs, moved] = [0, 0];
  await fc.assert(
    fc.asyncProperty(
      fc.array(before, { maxLength: 6 }),
      fc.constantFrom(...NOTED),
      fc.integer({ min: 0, max: 5 }),
      fc.integer({ min: 0, max: 30 }),
      async (steps, kind, ago, later) => {
        const { deps, on } = story(first, START);
        runs += 1;
        const invoices = INVOICES.map((of) => ({ ...of, number: `${of.number}-${runs}` }));
        const caseId = await aCase(deps, tenantId, { name: `Client ${runs}`, invoices });
        for (const { kind: what, wait } of steps) {
          const today = addDays(deps.clock.today(), wait).toString();
          on(today);
          await act(deps, tenantId, caseId, what, typedOn(what, today));
        }
        /** Everything that others read of the case, but its story. */
        const seen = async () => {
          const then = addDays(deps.clock.today(), later);
          const { state, facts, statement } = await view(deps, tenantId, caseId);
          return deps.db.tenant(tenantId, async (tx) => ({
            ...{ state, facts, statement: statement.status === 'computed' && statement.value.total },
            announced: announcedMoney(facts, then),
            row: await tx.selectFrom('cases').selectAll().where('case_id', '=', caseId).executeTakeFirst(),
            later: (await viewCase(tx, tenantId, caseId, then))?.state,
            bases: await openCaseBases(tx, tenantId, then, { cases: [caseId] }),
            listed: (await listCases(tx, tenantId, { which: 'to-do' }, then, { limit: 500, offset: 0 })).filter(
              (row) => row.id === caseId,
            ),
          }));
        };
        // The row tells how the case stood when something was last noted of it: it is brought to today.
        await deps.db.tenant(tenantId, (tx) => projectCases(tx, deps, tenantId, [caseId]));
        const was = await seen();
        const noted = await act(deps, tenantId, caseId, kind, typedOn(kind, addDays(deps.clock.today(), -ago).toString()));
        if (!noted.ok) return;
        if (JSON.stringify((await seen()).state) !== JSON.stringify(was.state)) moved += 1;
        done(await noteMistake(deps, tenantId, caseId, await lastSeq(deps, tenantId, caseId), 'Autre client'));
        assert.deepEqual(await seen(), was);
      },
    ),
    {
      numRuns: 20,
      // A promise broken by the days that passed, nothing being noted since.
      examples: [
        [
          [
            { kind: 'promise', wait: 0 },
            { kind: 'note', wait: 0 },
            { kind: 'dispute-settled', wait: 11 },
          ],
          'promise',
          0,
          0,
        ],
      ],
    },
  );
  assert.ok(moved > 6, `only ${moved} of ${runs} changed the case to begin with`);
  assert.ok((await verifyJournal(first.db, tenantId)).intact);
});

test('both facts stay in the journal; the older promise, plan or dispute stands again', async (t) => {
  const { deps, tenantId, caseId } = await setUp(t);
  done(await act(deps, tenantId, caseId, 'promise', { on: START, amount: '300', payBy: '2026-10-20' }));
  done(await act(deps, tenantId, caseId, 'promise', { on: START, amount: '500', payBy: '2026-10-25' }));
  done(await noteMistake(deps, tenantId, caseId, await lastSeq(deps, tenantId, caseId), 'Montant mal compris'));
  const { state, facts, story: all } = await view(deps, tenantId, caseId);
  assert.deepEqual([state.stage, `${state.deadline}`], ['promised', '2026-10-20']);
  assert.deepEqual(
    factsOf(facts, 'promise-made').map((f) => f.payload.amount),
    [30_000n],
  );
  assert.deepEqual(
    all.map((f) => f.kind),
    ['case-opened', 'invoice-added', 'promise-made', 'promise-made', 'noted-by-mistake'],
  );
  const events = historyOf(caseId, all, state);
  assert.equal(events.length, 5, 'the deadline and four entries: the mistake is told with what it takes back');
});

test('what cannot be taken back: without a reason, twice, money, a stranger, in a closed case', async (t) => {
  const { deps, tenantId, caseId } = await setUp(t);
  done(await act(deps, tenantId, caseId, 'payment', { on: START, amount: '100' }));
  const payment = await lastSeq(deps, tenantId, caseId);
  done(await act(deps, tenantId, caseId, 'promise', { on: START, amount: '300', payBy: '2026-10-20' }));
  const promise = await lastSeq(deps, tenantId, caseId);
  const code = async (of: string, seq: bigint, reason = 'Erreur', tenant = tenantId) => {
    const answer = await noteMistake(deps, tenant, of, seq, reason);
    return answer.ok ? 'ok' : answer.refusal.code;
  };
  assert.equal(await code(caseId, promise, '  '), 'form.invalid');
  assert.equal(await code(caseId, promise, 'x'.repeat(501)), 'form.invalid');
  assert.equal(await code(caseId, payment), 'case.fact-unknown');
  assert.equal(await code(caseId, 999n), 'case.fact-unknown');
  const other = await aCase(deps, tenantId, { name: 'Autre', invoices: INVOICES.map((of) => ({ ...of, number: 'G-1' })) });
  assert.equal(await code(other, promise), 'case.fact-unknown');
  assert.equal(await code(caseId, promise, 'Erreur', await aCompany(deps)), 'case.fact-unknown');
  assert.equal((await view(deps, tenantId, caseId)).state.stage, 'promised');
  done(await act(deps, tenantId, caseId, 'close', { reason: 'agreement' }));
  assert.equal(await code(caseId, promise), 'case.closed');
  done(await act(deps, tenantId, caseId, 'reopen', { text: 'Reprise.' }));
  const answers = await Promise.all([1, 2, 3].map(() => code(caseId, promise)));
  assert.deepEqual(answers.sort(), ['case.mistake-noted', 'case.mistake-noted', 'ok'], 'pressed thrice at once, said once');
});

test('a mistake names entries by their rank: an unknown one takes nothing back', () => {
  const note = readFact('note-added', day(START), { text: 'x' }, 4n);
  const mistake = readFact('noted-by-mistake', day(START), { entries: ['7'], reason: 'x' }, 8n);
  assert.deepEqual(inForce([note, mistake]), [note]);
  assert.throws(() => readFact('noted-by-mistake', day(START), { entries: [], reason: 'x' }));
});
