import assert from 'node:assert/strict';
import { test } from 'node:test';
import { armOf, OFFERED } from '#core/history/trial.ts';
import { addDays, day } from '#core/kernel/day.ts';
import { act, drawnTiming, factsOf, openCases, viewCase } from '#modules/cases/index.ts';
import { findOrCreateParty, PartyForm } from '#modules/parties/index.ts';
import type { Deps } from '#platform/deps.ts';
import { freshDeps } from '../../../test/support/app.ts';
import { aCase, aCompany, CREDITOR, done, story } from '../../../test/support/cases.ts';
import { releaseCase, startTrial, stopTrial, trialResult, trialsOf } from './timing.ts';

/** Two moments compared by lot: who is drawn, what follows the draw, what is said of it and when. */

const DUE = '2026-04-10';
const aDebtor = (deps: Deps, tenantId: string, name: string, dueOn = DUE) =>
  aCase(deps, tenantId, { name, invoices: [{ number: `F-${name}`, issuedOn: '2026-03-10', dueOn, amount: '1000.00' }] });
const view = async (deps: Deps, tenantId: string, caseId: string) => {
  const of = await deps.db.tenant(tenantId, (tx) => viewCase(tx, tenantId, caseId, deps.clock.today()));
  assert.ok(of);
  return of;
};
const results = (deps: Deps, tenantId: string) =>
  deps.db.tenant(tenantId, async (tx) => {
    const found = [];
    for (const trial of await trialsOf(tx, tenantId)) found.push(await trialResult(tx, tenantId, trial, deps.clock.today()));
    return found;
  });
/** J+3 or J+8, by mail */
const THREE_OR_EIGHT = `${OFFERED.findIndex((d) => d.action === 'EMAIL' && d.days[0] === 3)}`;
const code = async (result: Promise<{ readonly ok: boolean; readonly refusal?: { readonly code: string } }>) =>
  (await result).refusal?.code;

test('opt-in: nothing is drawn before; then the cases still ahead, and those that open; the next day follows the draw', async (t) => {
  const { deps, on } = story(await freshDeps(t), '2026-04-01');
  const tenantId = await aCompany(deps);
  const before = await aDebtor(deps, tenantId, 'Avant');
  const spoken = await aDebtor(deps, tenantId, 'Déjà');
  const late = await aDebtor(deps, tenantId, 'Retard', '2026-03-15');
  done(await act(deps, tenantId, spoken, 'contact', { channel: 'call', on: '2026-04-01', text: 'x' }));
  assert.equal(drawnTiming((await view(deps, tenantId, before)).facts), undefined);

  assert.equal(await code(startTrial(deps, tenantId, '9')), 'insights.timing-unknown');
  assert.equal(await code(startTrial(deps, tenantId, 'MED')), 'insights.timing-unknown');
  assert.equal(await code(stopTrial(deps, tenantId)), 'insights.timing-none');
  assert.equal(done(await startTrial(deps, tenantId, THREE_OR_EIGHT)).drawn, 1);
  assert.equal(await code(startTrial(deps, tenantId, '0')), 'insights.timing-running');
  const opened = await aDebtor(deps, tenantId, 'Après');
  const tooLate = await aDebtor(deps, tenantId, 'Trop tard', '2026-03-20');

  const [trial] = await deps.db.tenant(tenantId, (tx) => trialsOf(tx, tenantId));
  assert.ok(trial);
  for (const caseId of [before, opened]) {
    const of = await view(deps, tenantId, caseId);
    const drawn = drawnTiming(of.facts);
    // Anybody can check the draw: it follows from the comparison and the case.
    assert.equal(drawn?.arm, armOf(trial, caseId));
    assert.deepEqual(drawn?.days, [3, 8]);
    assert.equal(`${of.state.nextOn}`, `${addDays(day(DUE), drawn?.days[drawn.arm] ?? 0)}`);
  }
  for (const caseId of [spoken, late, tooLate]) assert.equal(drawnTiming((await view(deps, tenantId, caseId)).facts), undefined);

  // The day after the due date: to contact, but not before the day drawn. A person may do it sooner.
  on('2026-04-11');
  const { state } = await view(deps, tenantId, before);
  assert.equal(state.stage, 'to-contact');
  assert.ok(state.nextOn && Temporal.PlainDate.compare(state.nextOn, deps.clock.today()) > 0);
  done(await act(deps, tenantId, before, 'contact', { channel: 'email', on: '2026-04-11', text: 'x' }));

  // Taken out: the ordinary day comes back; twice, or from another company, is refused.
  const other = await aCompany(deps, { ...CREDITOR, name: 'Autre' });
  assert.equal(await code(releaseCase(deps, other, opened)), 'insights.timing-none');
  done(await releaseCase(deps, tenantId, opened));
  assert.equal(await code(releaseCase(deps, tenantId, opened)), 'insights.timing-none');
  assert.equal(`${(await view(deps, tenantId, opened)).state.nextOn}`, '2026-04-11');
});

test('cases opened by a list are drawn too, where both moments are ahead', async (t) => {
  const { deps } = story(await freshDeps(t), '2026-04-01');
  const tenantId = await aCompany(deps);
  done(await startTrial(deps, tenantId, THREE_OR_EIGHT));
  const of = (partyId: string, due: string) => ({
    partyId,
    importId: 'x',
    invoices: 1,
    balanceCents: 1000n,
    oldestDueOn: day(due),
  });
  const ids = await deps.db.tenant(tenantId, async (tx) => {
    const party = (name: string) => findOrCreateParty(tx, deps, tenantId, PartyForm.parse({ kind: 'business', name }));
    return openCases(tx, deps, tenantId, [of(await party('A'), DUE), of(await party('B'), '2026-03-01')]);
  });
  const [ahead, late] = await Promise.all(ids.map((id) => view(deps, tenantId, id)));
  const drawn = drawnTiming(ahead?.facts ?? []);
  assert.ok(drawn);
  assert.equal(drawnTiming(late?.facts ?? []), undefined);
  const row = await deps.db.tenant(tenantId, (tx) =>
    tx
      .selectFrom('cases')
      .select('next_on')
      .where('case_id', '=', ids[0] ?? '')
      .executeTakeFirstOrThrow(),
  );
  assert.equal(`${row.next_on}`, `${addDays(day(DUE), drawn.days[drawn.arm])}`);
});

test('stopping frees the cases that wait and draws no more; what was followed stays', async (t) => {
  const { deps, on } = story(await freshDeps(t), '2026-04-01');
  const tenantId = await aCompany(deps);
  done(await startTrial(deps, tenantId, THREE_OR_EIGHT));
  const waiting = await aDebtor(deps, tenantId, 'Attend');
  on('2026-04-02');
  done(await stopTrial(deps, tenantId));
  const of = await view(deps, tenantId, waiting);
  assert.deepEqual(
    factsOf(of.facts, 'timing-released').map((f) => f.payload.why),
    ['stopped'],
  );
  assert.equal(`${of.state.nextOn}`, '2026-04-11');
  assert.equal(drawnTiming((await view(deps, tenantId, await aDebtor(deps, tenantId, 'Ensuite'))).facts), undefined);
  assert.equal(`${(await results(deps, tenantId))[0]?.trial.stoppedOn}`, '2026-04-02');
  // Another one may run then.
  done(await startTrial(deps, tenantId, '0'));
});

test('each case is followed thirty days whatever was done to it; nothing is said under twenty a side, then with its interval', async (t) => {
  const { deps, on } = story(await freshDeps(t), '2026-04-01');
  const tenantId = await aCompany(deps);
  done(await startTrial(deps, tenantId, THREE_OR_EIGHT));
  const [trial] = await deps.db.tenant(tenantId, (tx) => trialsOf(tx, tenantId));
  assert.ok(trial);
  const arms: [string[], string[]] = [[], []];
  while (arms.some((arm) => arm.length < 20)) {
    const caseId = await aDebtor(deps, tenantId, `D${arms[0].length + arms[1].length}`);
    arms[armOf(trial, caseId)].push(caseId);
  }
  const [soon, later] = arms;
  on('2026-04-12');
  // One is called before its day, one taken out: both stay in their group. One was a mistake: it never was a case.
  done(await act(deps, tenantId, later[0] ?? '', 'contact', { channel: 'call', on: '2026-04-12', text: 'x' }));
  done(await releaseCase(deps, tenantId, later[1] ?? ''));
  const extra = await aDebtor(deps, tenantId, 'Erreur');
  done(await act(deps, tenantId, extra, 'close', { reason: 'mistake', text: '' }));
  on('2026-05-08');
  const pay = (caseId: string) => act(deps, tenantId, caseId, 'payment', { on: deps.clock.today().toString(), amount: '1000' });
  for (const caseId of soon.slice(0, 15)) done(await pay(caseId));
  for (const caseId of later.slice(0, 3)) done(await pay(caseId));
  const [open] = await results(deps, tenantId);
  assert.equal(open?.waiting, soon.length + later.length);
  assert.ok(open && !open.comparison.ok && open.comparison.refusal.code === 'history.trial-too-small');

  on('2026-05-11');
  // Paid after the thirty days: another story.
  done(await pay(later[5] ?? ''));
  const [ended] = await results(deps, tenantId);
  assert.deepEqual(ended?.groups, [
    { cases: soon.length, paid: 15 },
    { cases: later.length, paid: 3 },
  ]);
  assert.deepEqual([ended?.waiting, ended?.early], [0, 1]);
  assert.ok(ended?.comparison.ok && ended.comparison.value.told && ended.comparison.value.high < 0);
  assert.match(ended.comparison.value.sentence, /J\+3 fait mieux chez vous/);
});
