import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_PARAMS } from '#core/advice/params.ts';
import { day } from '#core/kernel/day.ts';
import { act, factsOf, viewCase } from '#modules/cases/index.ts';
import { markPosted, prepareNotice } from '#modules/letters/index.ts';
import type { Deps } from '#platform/deps.ts';
import { freshDeps } from '../../../test/support/app.ts';
import { aCase, aCompany, CREDITOR, done, story } from '../../../test/support/cases.ts';
import { decide } from './decisions.ts';
import { figuresOn, paramsHash, readParamSet } from './param-sets.ts';
import { resetFigure, setFigure } from './settings.ts';
import { adviceWitness } from './witness.ts';

/** What the user decides is kept with what was proposed then, and the figures it came from. */

const LATE = [{ number: 'F1', issuedOn: '2026-07-17', dueOn: '2026-08-16', amount: '8000.00' }];

async function begun(deps: Deps) {
  const tenantId = await aCompany(deps);
  return { tenantId, caseId: await aCase(deps, tenantId, { invoices: LATE }) };
}

const view = async (deps: Deps, tenantId: string, caseId: string) => {
  const of = await deps.db.tenant(tenantId, (tx) => viewCase(tx, tenantId, caseId, deps.clock.today()));
  assert.ok(of);
  return of;
};
const decided = async (deps: Deps, tenantId: string, caseId: string) =>
  factsOf((await view(deps, tenantId, caseId)).facts, 'advice-decided').map((f) => f.payload);

test('a step taken keeps what was proposed, its value, its equals, the figures; a step told beforehand is told once', async (t) => {
  const deps = await freshDeps(t);
  const { tenantId, caseId } = await begun(deps);
  const call = (on: string) =>
    act(deps, tenantId, caseId, 'contact', { channel: 'call', on, text: 'Pas de réponse.' }, adviceWitness(deps));
  done(await call('2026-11-21'));
  const [first] = await decided(deps, tenantId, caseId);
  assert.ok(first);
  assert.equal(first.chosen, 'CALL');
  assert.ok(first.tie.length === 0 || first.tie.includes(first.proposed));
  assert.ok(first.value > 0n && first.chosenValue !== undefined);
  assert.match(first.figures, /^[0-9a-f]{64}$/);
  assert.equal(first.startingSet, DEFAULT_PARAMS.version);
  // The journal says it before the step itself: it is what was known when choosing.
  const kinds = (await view(deps, tenantId, caseId)).facts.map((f) => f.kind);
  assert.deepEqual(kinds.slice(-2), ['advice-decided', 'contact-made']);

  // An old call is no choice on what the page says today; a payment or a note is none at all.
  done(await call('2026-11-01'));
  done(await act(deps, tenantId, caseId, 'note', { text: 'x' }, adviceWitness(deps)));
  done(await act(deps, tenantId, caseId, 'payment', { on: '2026-11-20', amount: '100' }, adviceWitness(deps)));
  assert.equal((await decided(deps, tenantId, caseId)).length, 1);

  // Announced on the advice page with its reason, then done: one decision.
  const announce = { chosen: 'EMAIL', reason: 'Il préfère l’écrit.' };
  assert.equal(done(await decide(deps, tenantId, caseId, announce)), 'EMAIL');
  assert.equal(done(await decide(deps, tenantId, caseId, announce)), 'EMAIL');
  done(await act(deps, tenantId, caseId, 'contact', { channel: 'email', on: '2026-11-21', text: 'x' }, adviceWitness(deps)));
  const all = await decided(deps, tenantId, caseId);
  assert.deepEqual(
    all.map((d) => [d.chosen, d.reason]),
    [
      ['CALL', undefined],
      ['EMAIL', 'Il préfère l’écrit.'],
    ],
  );
});

test('refusing, stopping, and what may not be chosen', async (t) => {
  const deps = await freshDeps(t);
  const { tenantId, caseId } = await begun(deps);
  assert.equal(done(await decide(deps, tenantId, caseId, { chosen: 'nothing', reason: 'Il vient me voir lundi.' })), undefined);
  const refusal = async (typed: Readonly<Record<string, string>>) => {
    const result = await decide(deps, tenantId, caseId, typed);
    return result.ok ? 'ok' : result.refusal.code;
  };
  // No court step before the notice: the law shuts it, the form cannot open it.
  assert.equal(await refusal({ chosen: 'IP' }), 'advice.step-closed');
  assert.equal(await refusal({ chosen: 'DANCE' }), 'form.invalid');
  assert.equal(await refusal({}), 'form.invalid');
  const other = await aCompany(deps, { ...CREDITOR, name: 'Autre' });
  const strange = await decide(deps, other, caseId, { chosen: 'nothing' });
  assert.ok(!strange.ok && strange.refusal.code === 'case.unknown');
  done(await act(deps, tenantId, caseId, 'close', { reason: 'written-off', text: '' }, adviceWitness(deps)));
  assert.deepEqual(
    (await decided(deps, tenantId, caseId)).map((d) => [d.chosen, d.reason]),
    [
      [undefined, 'Il vient me voir lundi.'],
      ['WRITEOFF', undefined],
    ],
  );
  assert.equal(await refusal({ chosen: 'nothing' }), 'advice.nothing-to-weigh');
});

test('while a promise runs the advice was to wait; posting the notice is the choice of the notice', async (t) => {
  const { deps, on } = story(await freshDeps(t), '2026-11-20');
  const { tenantId, caseId } = await begun(deps);
  done(
    await act(deps, tenantId, caseId, 'promise', { amount: '8000', payBy: '2026-11-25', on: '2026-11-20' }, adviceWitness(deps)),
  );
  on('2026-11-21');
  const choices = { deadlineOn: day('2026-12-06'), instalments: true, mediation: false };
  const { letterId } = done(await prepareNotice(deps, tenantId, caseId, choices));
  assert.equal((await decided(deps, tenantId, caseId)).length, 0, 'a letter prepared may still never go');
  done(await markPosted(deps, tenantId, letterId, { postedOn: '2026-11-21' }, adviceWitness(deps)));
  const [posted] = await decided(deps, tenantId, caseId);
  assert.equal(posted?.chosen, 'MED');
  assert.equal(posted?.until?.toString(), '2026-11-25');
});

test('the figures of a decision can be read again, and those in force on any day', async (t) => {
  const { deps, on } = story(await freshDeps(t), '2026-11-10');
  const { tenantId, caseId } = await begun(deps);
  const chose = async () => {
    done(await decide(deps, tenantId, caseId, { chosen: 'nothing' }));
    return (await decided(deps, tenantId, caseId)).at(-1)?.figures ?? '';
  };
  const start = await chose();
  on('2026-11-12');
  done(await setFigure(deps, tenantId, 'hourlyRate', { v0: '80', note: 'Mon tarif' }));
  const own = await chose();
  assert.notEqual(own, start);
  on('2026-11-14');
  done(await resetFigure(deps, tenantId, 'hourlyRate'));
  assert.equal(await chose(), start, 'the same numbers have the same name');

  const read = (hash: string) => deps.db.tenant(tenantId, (tx) => readParamSet(tx, tenantId, hash));
  assert.deepEqual((await read(own))?.values.get('hourlyRate'), { value: 80, grade: 'user' });
  assert.equal((await read(own))?.firstUsedOn.toString(), '2026-11-12');
  assert.equal((await read(start))?.values.get('hourlyRate')?.value, 50);
  // Not a number was lost on its way through the store.
  const kept = await read(start);
  assert.deepEqual(kept?.values.get('pE')?.value, DEFAULT_PARAMS.values.pE.value);
  assert.equal(await read('0'.repeat(64)), undefined);

  const then = (text: string) => deps.db.tenant(tenantId, (tx) => figuresOn(tx, tenantId, day(text)));
  assert.equal((await then('2026-11-11')).hash, start);
  const twelfth = await then('2026-11-12');
  assert.equal(twelfth.hash, own);
  assert.equal(twelfth.notes.get('hourlyRate'), 'Mon tarif');
  assert.equal((await then('2026-11-14')).hash, start);
  // The law's rates are those of the day: another half-year, another set.
  assert.notEqual((await then('2026-03-01')).hash, start);
  assert.equal(paramsHash(DEFAULT_PARAMS).length, 64);
});
