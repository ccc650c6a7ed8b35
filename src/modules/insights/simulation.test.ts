import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freshDeps } from '../../../test/support/app.ts';
import { aCompany, done } from '../../../test/support/cases.ts';
import { importTable, keepTable } from './importing.ts';
import { simulatePolicies } from './simulation.ts';
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
