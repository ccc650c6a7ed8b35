import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { addDays, day } from '#core/kernel/day.ts';
import { frenchAmount } from '#core/kernel/french.ts';
import { formatAmount, money } from '#core/kernel/money.ts';
import { freshDeps } from '../../../test/support/app.ts';
import { aCase, aCompany, done } from '../../../test/support/cases.ts';
import { type ActionKind, act } from './actions.ts';
import { type Agreement, tooMuch } from './agreement-limits.ts';
import { caseFacts } from './cases.ts';
import { viewCase } from './views.ts';

const TODAY = '2026-10-20';

async function setUp(t: TestContext) {
  const deps = await freshDeps(t, { today: TODAY });
  const tenantId = await aCompany(deps);
  const caseId = await aCase(deps, tenantId, {
    invoices: [{ number: 'F-1', issuedOn: '2026-08-01', dueOn: '2026-08-31', amount: '1000.00' }],
  });
  /** Cents owed in all on a day, as the case page tells it. */
  const owed = async (on: string): Promise<bigint> => {
    const found = await deps.db.tenant(tenantId, (tx) => viewCase(tx, tenantId, caseId, day(TODAY), day(on)));
    assert.ok(found?.statement.status === 'computed');
    return found.statement.value.total.cents;
  };
  const note = async (kind: ActionKind, typed: Readonly<Record<string, string>>): Promise<Record<string, string>> => {
    const answer = await act(deps, tenantId, caseId, kind, typed);
    return answer.ok ? {} : ((answer.refusal.data?.fields ?? { code: answer.refusal.code }) as Record<string, string>);
  };
  const agreed = async () =>
    (await deps.db.tenant(tenantId, (tx) => caseFacts(tx, tenantId, caseId))).filter(
      (f) => f.kind === 'promise-made' || f.kind === 'plan-agreed',
    ).length;
  return { deps, tenantId, caseId, owed, note, agreed };
}

/** The figure is said. */
const says = (message: string | undefined, cents: bigint) =>
  assert.ok(message?.includes(frenchAmount(money(cents))), String(message));

const typed = (cents: bigint): string => formatAmount(money(cents));

test('no instalment before the day of the agreement: the day before is refused, that day and the next are not', async (t) => {
  const { note, agreed } = await setUp(t);
  const plan = (firstOn: string) => note('plan', { on: TODAY, amount: '900', instalments: '3', firstOn });
  for (const firstOn of ['2020-01-31', '2026-10-19']) {
    const refused = await plan(firstOn);
    assert.deepEqual(Object.keys(refused), ['firstOn']);
    assert.match(refused.firstOn ?? '', /avant le jour de l’accord, le 20\s+octobre\s+2026\.$/);
  }
  assert.equal(await agreed(), 0);
  assert.deepEqual(await plan(TODAY), {});
  assert.deepEqual(await plan('2026-10-21'), {});
  assert.equal(await agreed(), 2);
});

test('a promise goes up to all that is owed on the promised day, to the cent; not a cent above, and the figure is said', async (t) => {
  const { note, owed, agreed } = await setUp(t);
  const payBy = '2026-12-31';
  const all = await owed(payBy);
  assert.ok(all > (await owed(TODAY)), 'interest runs until then');
  const refused = await note('promise', { on: TODAY, amount: typed(all + 1n), payBy, beyond: 'oui' });
  assert.deepEqual(Object.keys(refused), ['amount']);
  says(refused.amount, all);
  assert.match(refused.amount ?? '', /^Au 31\s+décembre\s+2026, /);
  // The eve, one day of interest less: the same sum is too much.
  const eve = addDays(day(payBy), -1).toString();
  assert.deepEqual(Object.keys(await note('promise', { on: TODAY, amount: typed(all), payBy: eve })), ['amount']);
  assert.equal(await agreed(), 0);
  assert.deepEqual(await note('promise', { on: TODAY, amount: typed(all), payBy }), {});
  assert.equal(await agreed(), 1);
});

test('a plan above what was owed when agreed is asked about, up to what its last instalment would find owed', async (t) => {
  const { note, owed, agreed } = await setUp(t);
  const plan = (cents: bigint, beyond = '') =>
    note('plan', { on: TODAY, amount: typed(cents), instalments: '2', firstOn: '2026-11-20', beyond });
  const [atFirst, atLast] = [await owed(TODAY), await owed('2026-12-20')];
  assert.ok(atLast > atFirst);
  const asked = await plan(atFirst + 1n);
  assert.deepEqual(Object.keys(asked), ['beyond']);
  says(asked.beyond, atFirst);
  says(asked.beyond, 1n);
  const refused = await plan(atLast + 1n, 'oui');
  assert.deepEqual(Object.keys(refused), ['amount']);
  says(refused.amount, atLast);
  assert.equal(await agreed(), 0);
  assert.deepEqual(await plan(atFirst), {});
  assert.deepEqual(await plan(atLast, 'oui'), {});
  assert.equal(await agreed(), 2);
});

test('past the days whose rate is published nothing is guessed: above what is owed today, it is asked', async (t) => {
  const { note, owed } = await setUp(t);
  const now = await owed(TODAY);
  const promise = (cents: bigint, beyond = '') =>
    note('promise', { on: TODAY, amount: typed(cents), payBy: '2027-06-30', beyond });
  assert.deepEqual(Object.keys(await promise(now + 1n)), ['beyond']);
  assert.deepEqual(await promise(now), {});
  assert.deepEqual(await promise(now + 1n, 'oui'), {});
});

test('what was paid after an agreement noted late does not make it too large; what was paid before does', async (t) => {
  const { deps, tenantId, caseId, note, owed } = await setUp(t);
  const before = await owed('2026-10-01');
  done(await act(deps, tenantId, caseId, 'payment', { on: '2026-10-10', amount: '600' }));
  const promise = (on: string) => note('promise', { on, amount: typed(before), payBy: '2026-10-19' });
  assert.deepEqual(await promise('2026-10-09'), {});
  for (const on of ['2026-10-10', '2026-10-11']) assert.deepEqual(Object.keys(await promise(on)), ['amount'], on);
});

test('where nothing can be told, nothing is asked', () => {
  const agreement: Agreement = { kind: 'plan', on: day(TODAY), amount: 10n ** 9n, endsOn: day('2026-12-20'), beyond: false };
  assert.equal(tooMuch(agreement, undefined), undefined);
  assert.equal(
    tooMuch(agreement, () => undefined),
    undefined,
  );
});
