import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day } from '#core/kernel/day.ts';
import { act } from '#modules/cases/index.ts';
import { markPosted, prepareNotice } from '#modules/letters/index.ts';
import type { Deps } from '#platform/deps.ts';
import { freshDeps } from '../../../test/support/app.ts';
import { aCase, aCompany, CREDITOR, done } from '../../../test/support/cases.ts';
import { companyAdvice } from './settings.ts';
import { timeOf } from './time-log.ts';
import { acceptOwnTime, acceptTime, dismissTime, ownTimes, proposalsOf } from './time-proposals.ts';
import { adviceWitness } from './witness.ts';

/** Time from actions: proposed, corrected, noted; and what the advice learns of it. */

const LATE = [{ number: 'F1', issuedOn: '2026-07-17', dueOn: '2026-08-16', amount: '8000.00' }];
const ago = (deps: Deps, minutes: number): string => `${deps.clock.now().subtract({ seconds: minutes * 60 })}`;

async function begun(deps: Deps) {
  const tenantId = await aCompany(deps);
  const caseId = await aCase(deps, tenantId, { invoices: LATE });
  const contact = async (channel: string, opened: string | undefined, on = '2026-11-21') =>
    done(await act(deps, tenantId, caseId, 'contact', { channel, on, text: 'x' }, adviceWitness(deps, opened)));
  const proposed = () => deps.db.tenant(tenantId, (tx) => proposalsOf(tx, tenantId, caseId));
  const noted = () => deps.db.tenant(tenantId, (tx) => timeOf(tx, tenantId, caseId));
  return { tenantId, caseId, contact, proposed, noted };
}

test('minutes since the page was opened where that is credible, else the figure, and it says which', async (t) => {
  const deps = await freshDeps(t);
  const { contact, proposed, noted } = await begun(deps);
  await contact('call', ago(deps, 12.5));
  await contact('call', ago(deps, 240));
  await contact('email', ago(deps, 0));
  await contact('call', 'hier');
  // Noted the day after: the page measured the writing, not the call.
  await contact('call', ago(deps, 4), '2026-11-20');
  // What no page was opened for (the command line, an import) proposes nothing.
  await contact('email', undefined);
  assert.deepEqual(
    (await proposed()).map((p) => [p.label, p.minutes, p.measured, p.on.toString()]),
    [
      ['Appel', 12, true, '2026-11-21'],
      ['Appel', 21, false, '2026-11-21'],
      ['Courriel', 3, false, '2026-11-21'],
      ['Appel', 21, false, '2026-11-21'],
      ['Appel', 21, false, '2026-11-20'],
    ],
  );
  assert.deepEqual(await noted(), [], 'nothing is logged before the user says so');
});

test('a notice: the letter and its posting together never exceed the figure of a notice', async (t) => {
  const deps = await freshDeps(t);
  const { tenantId, caseId, proposed } = await begun(deps);
  const choices = { deadlineOn: day('2026-12-06'), instalments: true, mediation: false };
  const { letterId } = done(await prepareNotice(deps, tenantId, caseId, choices, adviceWitness(deps, '')));
  done(await prepareNotice(deps, tenantId, caseId, choices, adviceWitness(deps, '')));
  done(await markPosted(deps, tenantId, letterId, { postedOn: '2026-11-21' }, adviceWitness(deps, '')));
  assert.deepEqual(
    (await proposed()).map((p) => [p.label, p.minutes]),
    [
      ['Mise en demeure préparée', 10],
      ['Mise en demeure postée', 20],
    ],
  );
});

test('noted as corrected and once, or set aside; another company reaches none of it', async (t) => {
  const deps = await freshDeps(t);
  const { tenantId, caseId, contact, proposed, noted } = await begun(deps);
  const other = await aCompany(deps, { ...CREDITOR, name: 'Autre' });
  await contact('call', ago(deps, 12));
  await contact('email', ago(deps, 2));
  const [call, mail] = await proposed();
  assert.ok(call && mail);
  const code = async (tenant: string, id: string, minutes: string) => {
    const result = await acceptTime(deps, tenant, caseId, id, { minutes });
    return result.ok ? result.value.minutes : result.refusal.code;
  };
  assert.equal(await code(other, call.id, '5'), 'advice.time-unknown');
  await dismissTime(deps, other, caseId, call.id);
  assert.equal(await code(tenantId, call.id, 'un peu'), 'form.invalid');
  assert.equal(await code(tenantId, call.id, '9'), 9);
  assert.equal(await code(tenantId, call.id, '9'), 'advice.time-unknown');
  await dismissTime(deps, tenantId, caseId, mail.id);
  await dismissTime(deps, tenantId, caseId, 'x');
  assert.deepEqual(await proposed(), []);
  assert.deepEqual(
    (await noted()).map((e) => [e.minutes, e.label]),
    [[9, 'Appel']],
  );
});

test('times noted lead to the figure of the advice, as far as their number carries, and once', async (t) => {
  const deps = await freshDeps(t);
  const { tenantId, caseId, contact, proposed } = await begun(deps);
  const times = () => deps.db.tenant(tenantId, (tx) => ownTimes(tx, tenantId));
  assert.deepEqual(await times(), []);
  const unknown = await acceptOwnTime(deps, tenantId, 'CALL');
  assert.ok(!unknown.ok && unknown.refusal.code === 'advice.time-unknown');
  for (let i = 0; i < 5; i += 1) await contact('call', ago(deps, 11));
  for (const { id } of await proposed()) done(await acceptTime(deps, tenantId, caseId, id, { minutes: '11' }));
  const [call] = await times();
  assert.deepEqual([call?.action, call?.times, call?.average, call?.mean, call?.inUse], ['CALL', 5, 11, 16, false]);
  done(await acceptOwnTime(deps, tenantId, 'CALL'));
  done(await acceptOwnTime(deps, tenantId, 'CALL'));
  assert.equal((await times())[0]?.inUse, true);
  const own = (await deps.db.tenant(tenantId, (tx) => companyAdvice(tx, tenantId))).own.get('cH');
  assert.equal(own?.value, 0.2667);
  assert.match(own?.note ?? '', /5 fois, 11\u00a0min en moyenne/);
});
