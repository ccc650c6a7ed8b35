import assert from 'node:assert/strict';
import { test } from 'node:test';
import { adviceWitness, companyAdvice, figurePath, logTime, paramsFor } from '#modules/advice/index.ts';
import { act } from '#modules/cases/index.ts';
import { freshDeps } from '../../../test/support/app.ts';
import { aCase, aCompany, done, story } from '../../../test/support/cases.ts';
import { forgetImported, importTable, keepTable, previewTable } from './importing.ts';
import { ownCases } from './own-cases.ts';
import { acceptRate, ratesOf } from './own-rates.ts';

/** Invented cases: each a mail, then a notice that settles three of them in five. */
const table = (cases: number): string =>
  [
    'Dossier;Client;Secteur;Étape;Date;Montant dû;Encaissé;Frais;Temps',
    ...Array.from({ length: cases }, (_, i) => [
      `D-${i};C${i};${i % 2 ? 'BTP' : 'Conseil'};Relance;01/03/2025;100,00;;;0:06`,
      `D-${i};C${i};${i % 2 ? 'BTP' : 'Conseil'};Mise en demeure;10/03/2025;100,00;${i % 5 < 3 ? '100,00' : '0'};8,50;0:30`,
    ]).flat(),
  ].join('\n');
const asFile = (text: string, name = 'clos.csv'): File => new File([text], name, { type: 'text/csv' });

test('a table is looked at, taken in once, and changes nothing the second time', async (t) => {
  const deps = await freshDeps(t);
  const tenantId = await aCompany(deps);
  const sha = done(await keepTable(deps, tenantId, asFile(table(20))));
  const before = await previewTable(deps, tenantId, sha, {});
  assert.deepEqual([before?.added, before?.changed, before?.same], [20, 0, 0]);
  assert.equal(before?.columns?.used.action, 'Étape');
  assert.equal((await ratesOf(deps, tenantId)).cases.length, 0, 'a preview takes nothing in');

  assert.deepEqual(done(await importTable(deps, tenantId, sha, {})), { added: 20, changed: 0, same: 0 });
  assert.deepEqual(done(await importTable(deps, tenantId, sha, {})), { added: 0, changed: 0, same: 20 });
  // One case told anew, one more: the others stay.
  const next = table(21).replace(
    'D-4;C4;Conseil;Mise en demeure;10/03/2025;100,00;0',
    'D-4;C4;Conseil;Mise en demeure;10/03/2025;100,00;100,00',
  );
  const again = done(await keepTable(deps, tenantId, asFile(next)));
  assert.deepEqual(done(await importTable(deps, tenantId, again, {})), { added: 1, changed: 1, same: 19 });

  const { rates } = await ratesOf(deps, tenantId);
  const notice = rates.find((rate) => rate.record.action === 'MED');
  assert.deepEqual([notice?.record.cases, notice?.record.successes], [21, 14]);
  assert.equal(notice?.record.costCents, 21n * 850n);
  assert.equal(notice?.segments.length, 2);
  assert.equal(await forgetImported(deps, tenantId), 21);
  assert.equal((await ratesOf(deps, tenantId)).rates.length, 0);
  // Taken in again after having been erased: the table is still there.
  assert.equal(done(await importTable(deps, tenantId, sha, {})).added, 20);
});

test('another company sees neither the table nor its cases', async (t) => {
  const deps = await freshDeps(t);
  const [one, other] = [await aCompany(deps), await aCompany(deps)];
  const sha = done(await keepTable(deps, one, asFile(table(5))));
  assert.equal(await previewTable(deps, other, sha, {}), undefined);
  const refused = await importTable(deps, other, sha, {});
  assert.ok(!refused.ok && refused.refusal.code === 'closed-cases-unknown-file');
  done(await importTable(deps, one, sha, {}));
  assert.equal((await ratesOf(deps, other)).cases.length, 0);
});

test('a column under another title is pointed at; a file too large is refused', async (t) => {
  const deps = await freshDeps(t, { limits: { fileBytes: 2000 } });
  const tenantId = await aCompany(deps);
  const sha = done(await keepTable(deps, tenantId, asFile(table(3).replace('Encaissé', 'Rentré'))));
  const missing = await previewTable(deps, tenantId, sha, {});
  assert.ok(missing && !missing.read.ok && missing.read.refusal.code === 'closed-cases-missing-columns');
  assert.ok(missing.columns?.headers.includes('Rentré'));
  const mapped = await previewTable(deps, tenantId, sha, { received: 'Rentré' });
  assert.equal(mapped?.added, 3);
  const large = await keepTable(deps, tenantId, asFile(table(100)));
  assert.ok(!large.ok && large.refusal.code === 'closed-cases-too-large');
});

test('a learnt rate becomes the figure of the advice when the user says so; accepted twice, it counts once', async (t) => {
  const deps = await freshDeps(t);
  const tenantId = await aCompany(deps);
  const refused = await acceptRate(deps, tenantId, 'MED');
  assert.ok(!refused.ok && refused.refusal.code === 'insights.rate-unknown');
  const sha = done(await keepTable(deps, tenantId, asFile(table(20))));
  done(await importTable(deps, tenantId, sha, {}));
  const company = () => deps.db.tenant(tenantId, (tx) => companyAdvice(tx, tenantId));
  assert.equal((await company()).own.size, 0, 'nothing changes by itself');

  done(await acceptRate(deps, tenantId, 'MED'));
  const first = (await company()).own.get('pM');
  done(await acceptRate(deps, tenantId, 'MED'));
  assert.deepEqual((await company()).own.get('pM')?.value, first?.value);
  assert.match(first?.note ?? '', /12\/20 chez vous/);
  const params = done(paramsFor(await company(), deps.clock.today()));
  assert.equal(params.values.pM.grade, 'user');
  assert.equal(figurePath('pM'), '/reglages/conseil/pM');
  const { rates } = await ratesOf(deps, tenantId);
  assert.deepEqual(
    rates.map(({ record, inUse }) => [record.action, inUse]),
    [
      ['EMAIL', false],
      ['MED', true],
    ],
  );
});

test('cases closed in Quitus: steps, what came after each, time; one closed by mistake is no case', async (t) => {
  const { deps, on } = story(await freshDeps(t), '2026-03-01');
  const tenantId = await aCompany(deps);
  const caseId = await aCase(deps, tenantId, {
    invoices: [{ number: 'F-1', issuedOn: '2026-01-01', dueOn: '2026-01-31', amount: '1000.00' }],
  });
  const acts = async (day: string, kind: Parameters<typeof act>[3], typed: Record<string, string>, id = caseId) => {
    on(day);
    done(await act(deps, tenantId, id, kind, typed, adviceWitness(deps)));
  };
  await acts('2026-03-02', 'payment', { on: '2026-03-02', amount: '200', reference: '' });
  await acts('2026-03-05', 'contact', { on: '2026-03-05', channel: 'email', text: 'Relance' });
  on('2026-03-06');
  done(await logTime(deps, tenantId, caseId, { minutes: '20' }));
  await acts('2026-03-12', 'contact', { on: '2026-03-12', channel: 'call', text: 'Appel' });
  await acts('2026-03-20', 'payment', { on: '2026-03-20', amount: '800', reference: '' });
  const own = () => deps.db.tenant(tenantId, (tx) => ownCases(tx, tenantId));
  assert.deepEqual((await own()).followed, [], 'an open case is not over');
  await acts('2026-03-25', 'close', { reason: 'paid', text: '' });
  const mistaken = await aCase(deps, tenantId, {
    name: 'Librairie du Pont',
    invoices: [{ number: 'F-2', issuedOn: '2026-01-01', dueOn: '2026-01-31', amount: '50.00' }],
  });
  await acts('2026-03-26', 'contact', { on: '2026-03-26', channel: 'email', text: 'Relance' }, mistaken);
  await acts('2026-03-27', 'close', { reason: 'mistake', text: 'Doublon' }, mistaken);

  const { followed } = await own();
  assert.equal(followed.length, 1);
  assert.equal(followed[0]?.faceCents, 80_000n, 'what came before any step was not theirs to bring');
  assert.deepEqual(followed[0]?.steps, [
    { action: 'EMAIL', costCents: 0n, minutes: 20, receivedCents: 0n, days: 7 },
    { action: 'CALL', costCents: 0n, minutes: 0, receivedCents: 80_000n, days: 13 },
  ]);
  // What was chosen each time, and what came of it: 200 € were there before the first choice.
  assert.deepEqual(
    followed[0]?.choices?.map((c) => [c.chosen, c.waiting, c.receivedCents, c.settled]),
    [
      ['EMAIL', false, 0n, false],
      ['CALL', false, 80_000n, true],
    ],
  );
});
