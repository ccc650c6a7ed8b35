import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day } from '#core/kernel/day.ts';
import { act } from '#modules/cases/index.ts';
import { clockOn } from '#platform/clock.ts';
import { freshDeps } from '../../../test/support/app.ts';
import { aCase, aCompany, done } from '../../../test/support/cases.ts';
import { importTable, keepTable } from './importing.ts';
import { ownCases } from './own-cases.ts';
import { RULE_IDS, ruleField, simulatePolicies } from './simulation.ts';
import { simulationCsv } from './simulation-csv.ts';

const TABLE = [
  'Dossier;Étape;Date;Montant dû;Encaissé',
  ...Array.from({ length: 6 }, (_, i) => `D-${i};Relance;01/03/2025;${1000 + i * 900},00;0`),
].join('\n');

test('without closed cases the portfolio is made up; the same seed gives the same figures', async (t) => {
  const deps = await freshDeps(t);
  const tenantId = await aCompany(deps);
  const on = deps.clock.today();
  const run = (typed: Record<string, string>) => simulatePolicies(deps, tenantId, on, { claims: '6', ...typed }, 60_000);
  const first = done(await run({ portfolio: 'own' }));
  assert.equal(first.asked.portfolio, 'made');
  assert.deepEqual(done(await run({})).simulation, first.simulation);
  const net = (of: typeof first, id: string): number =>
    of.simulation.policies.find((p) => p.id === id)?.netPerClaim.value ?? Number.NaN;
  assert.ok(net(first, 'advice') >= net(first, 'plan-order-1000'));
  // What is changed changes every policy that meets it, in the direction it must.
  const dear = done(await run({ hourlyRate: '150' }));
  const poor = done(await run({ success: 'less' }));
  const costly = done(await run({ refCash: '9000' }));
  assert.ok(net(dear, 'mails') < net(first, 'mails'));
  assert.ok(net(poor, 'mails') < net(first, 'mails'));
  assert.ok(net(costly, 'seed') <= net(first, 'seed'));
  assert.equal(net(costly, 'mails'), net(first, 'mails'));
  const refused = await run({ claims: '4000' });
  assert.ok(!refused.ok && refused.refusal.code === 'form.invalid');

  const csv = simulationCsv(first).split('\r\n');
  assert.equal(csv.length, first.simulation.policies.length + 2);
  assert.match(csv[1] ?? '', /^"[^"]+";-?\d+,\d\d;.*;6$/);
});

test('own closed cases are replayed with their amounts; short of time, the first ones only', async (t) => {
  const deps = await freshDeps(t);
  const tenantId = await aCompany(deps);
  const sha = done(await keepTable(deps, tenantId, new File([TABLE], 'clos.csv')));
  done(await importTable(deps, tenantId, sha, {}));
  const all = done(await simulatePolicies(deps, tenantId, deps.clock.today(), {}, 60_000));
  assert.deepEqual([all.asked.portfolio, all.wanted, all.simulation.claims], ['own', 6, 6]);
  assert.equal(Math.round(all.simulation.face), 6 * 1000 + 900 * 15);
  const short = done(await simulatePolicies(deps, tenantId, deps.clock.today(), {}, 0));
  assert.deepEqual([short.wanted, short.simulation.claims], [6, 1]);
});

test('the user chooses which rules are compared, and from which amounts; the best fixed one is named', async (t) => {
  const deps = await freshDeps(t);
  const tenantId = await aCompany(deps);
  const on = deps.clock.today();
  const run = (typed: Record<string, string>) => simulatePolicies(deps, tenantId, on, { claims: '8', ...typed }, 60_000);
  const ids = (of: { simulation: { policies: readonly { id: string }[] } }) => of.simulation.policies.map((p) => p.id);
  const all = done(await run({}));
  assert.deepEqual(ids(all), [...RULE_IDS, 'advice']);
  const fixed = all.simulation.policies.filter((p) => p.id !== 'advice');
  const most = Math.max(...fixed.map((p) => p.netPerClaim.value));
  assert.equal(fixed.find((p) => p.id === all.bestFixed)?.netPerClaim.value, most);
  const two = done(
    await run({ [ruleField('seed')]: 'oui', [ruleField('order-1000')]: 'oui', lawyerFrom: '500', orderFrom: '4000' }),
  );
  assert.deepEqual(ids(two), ['seed', 'order-1000', 'advice']);
  assert.match(
    two.simulation.policies.map((p) => p.label).join(),
    /avocat à partir de 500\u00a0€.*injonction à partir de 4\u202f000\u00a0€/,
  );
  const value = (of: typeof all, id: string) => of.simulation.policies.find((p) => p.id === id)?.netPerClaim.value ?? Number.NaN;
  assert.notEqual(value(two, 'seed'), value(all, 'seed'));
  assert.equal(value(two, 'advice'), value(all, 'advice'));
  const one = done(await run({ [ruleField('mails')]: 'oui' }));
  assert.equal(one.bestFixed, undefined);
  // Each cost weighs on the rules that meet it, and on no other.
  const dearer = done(await run({ ipServe: '400', agyFee: '60' }));
  assert.ok(value(dearer, 'agency') < value(all, 'agency') && value(dearer, 'order') < value(all, 'order'));
  assert.equal(value(dearer, 'seed'), value(all, 'seed'));
});

test('last year’s cases are replayed as they were: their amounts, what their debtors are; older ones on demand', async (t) => {
  const deps = await freshDeps(t);
  const tenantId = await aCompany(deps);
  const close = async (name: string, kind: 'business' | 'consumer' | 'public', on: string) => {
    const at = { number: name, issuedOn: '2024-07-01', dueOn: '2024-08-01', amount: '1000.00' };
    const then = { ...deps, clock: clockOn(day(on)) };
    const caseId = await aCase(then, tenantId, { name, kind, invoices: [at] });
    done(await act(then, tenantId, caseId, 'contact', { channel: 'email', on, text: 'Relance.' }));
    done(await act(then, tenantId, caseId, 'close', { reason: 'written-off', on }));
  };
  await close('Ancien', 'business', '2025-01-15');
  for (const [name, kind] of [
    ['A', 'business'],
    ['B', 'consumer'],
    ['C', 'public'],
    ['D', 'business'],
    ['E', 'consumer'],
  ] as const)
    await close(name, kind, '2026-06-15');
  const on = deps.clock.today();
  const run = (typed: Record<string, string>) => simulatePolicies(deps, tenantId, on, { portfolio: 'own', ...typed }, 60_000);
  const year = done(await run({}));
  assert.deepEqual([year.asked.period, year.own, year.ofYear, year.wanted], ['year', 6, 5, 5]);
  assert.equal(done(await run({ period: 'all' })).wanted, 6);
  const { followed } = await deps.db.tenant(tenantId, (tx) => ownCases(tx, tenantId));
  assert.deepEqual(followed.map((c) => [c.segment, c.debtor, c.closedOn?.toString()]).sort(), [
    ['Particuliers', 'consumer', '2026-06-15'],
    ['Particuliers', 'consumer', '2026-06-15'],
    ['Personnes publiques', 'public', '2026-06-15'],
    ['Professionnels', 'business', '2025-01-15'],
    ['Professionnels', 'business', '2026-06-15'],
    ['Professionnels', 'business', '2026-06-15'],
  ]);
});
