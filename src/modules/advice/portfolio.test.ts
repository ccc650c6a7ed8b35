import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACTIONS } from '#core/advice/actions.ts';
import { act, openCaseBases, viewCase } from '#modules/cases/index.ts';
import type { Deps } from '#platform/deps.ts';
import { freshDeps } from '../../../test/support/app.ts';
import { aCase, aCompany, done } from '../../../test/support/cases.ts';
import { adviseCase } from './advice.ts';
import { keptAnswers, saveAnswers, typedAnswers } from './answers.ts';
import { basisOf, questionOf } from './case-claim.ts';
import { portfolioView, readPortfolioQuery } from './portfolio.ts';
import { tellPortfolio } from './portfolio-view.ts';
import { companyAdvice, saveCompanyAdvice } from './settings.ts';
import { type Weighings, weighings } from './weighed-book.ts';

/** The whole portfolio, from the store to the lists. */

const LATE = { number: 'F1', issuedOn: '2026-07-17', dueOn: '2026-08-16' };
const aLate = (deps: Deps, tenantId: string, name: string, amount: string) =>
  aCase(deps, tenantId, { name, invoices: [{ ...LATE, number: name, amount }] });

async function weighed(deps: Deps, tenantId: string): Promise<Weighings> {
  const of = await weighings(deps, tenantId, deps.clock.today(), 60_000);
  assert.ok('ready' in of);
  return of.ready;
}
const NOTHING_WANTED = { 'forbid.EMAIL': 'oui', 'forbid.CALL': 'oui', 'forbid.MED': 'oui', 'forbid.PLAN': 'oui' };

test('the dearest hour first, what waits apart, what is not worth it to let go; the same step as on each case', async (t) => {
  const deps = await freshDeps(t);
  const tenantId = await aCompany(deps);
  const [big, middle, small, waiting] = [
    await aLate(deps, tenantId, 'Grand', '8000.00'),
    await aLate(deps, tenantId, 'Moyen', '900.00'),
    await aLate(deps, tenantId, 'Petit', '40.00'),
    await aLate(deps, tenantId, 'Promis', '3000.00'),
  ];
  await aCase(deps, tenantId, { name: 'Futur', invoices: [{ ...LATE, number: 'Z', dueOn: '2026-12-24', amount: '70.00' }] });
  done(await saveAnswers(deps, tenantId, small, { solvency: 'bad', ...NOTHING_WANTED }));
  done(await saveAnswers(deps, tenantId, middle, { relation: '100 000', solvency: 'good' }));
  done(await act(deps, tenantId, waiting, 'promise', { amount: '3000', payBy: '2026-11-30', on: '2026-11-20' }));
  const all = await weighed(deps, tenantId);
  assert.equal(all.nothing, 1);
  const view = portfolioView(all, readPortfolioQuery({}, ACTIONS));
  assert.deepEqual(
    view.rows.map((w) => w.caseId),
    [big, middle],
  );
  assert.deepEqual([view.totals.semaine.owed, view.totals.attente.cases, view.totals.laisser.cases], [890_000n, 1, 1]);
  assert.deepEqual([view.exact, view.weighed], [4, 4]);
  const part = (liste: string) => portfolioView(all, readPortfolioQuery({ liste }, ACTIONS)).rows.map((w) => w.caseId);
  assert.deepEqual([part('attente'), part('laisser')], [[waiting], [small]]);
  for (const w of all.weighed) {
    const answer = await deps.db.tenant(tenantId, async (tx) => {
      const of = await viewCase(tx, tenantId, w.caseId, deps.clock.today());
      const typed = (await typedAnswers(tx, tenantId, [w.caseId])).get(w.caseId);
      assert.ok(of);
      return adviseCase(basisOf(of), keptAnswers(typed), await companyAdvice(tx, tenantId), deps.clock.today());
    });
    const advice = done(answer);
    assert.ok('advised' in advice);
    const { decision } = advice.advised;
    assert.equal(w.proposed, decision.proposed, w.debtor);
    assert.equal(w.gain, decision.value - (decision.options.find((o) => o.action === 'WRITEOFF')?.net ?? 0n), w.debtor);
  }
});

test('read together or one by one, cases put the same question', async (t) => {
  const deps = await freshDeps(t);
  const tenantId = await aCompany(deps);
  const [first, second] = [await aLate(deps, tenantId, 'Un', '1500.00'), await aLate(deps, tenantId, 'Deux', '5000.00')];
  done(await act(deps, tenantId, first, 'contact', { channel: 'email', on: '2026-09-01', text: 'Sans réponse.' }));
  done(await act(deps, tenantId, first, 'note', { text: 'Une remarque.' }));
  done(await act(deps, tenantId, second, 'dispute', { on: '2026-10-01', text: 'Pas reçu.' }));
  const today = deps.clock.today();
  await deps.db.tenant(tenantId, async (tx) => {
    const company = await companyAdvice(tx, tenantId);
    const bases = await openCaseBases(tx, tenantId, today, { after: undefined, limit: 10 });
    assert.deepEqual(
      bases.map((b) => b.id),
      [first, second].sort(),
    );
    for (const base of bases) {
      const of = await viewCase(tx, tenantId, base.id, today);
      assert.ok(of);
      assert.deepEqual(
        questionOf(base, keptAnswers({}), company, today),
        questionOf(basisOf(of), keptAnswers({}), company, today),
      );
    }
    const page = await openCaseBases(tx, tenantId, today, { after: bases[0]?.id, limit: 10 });
    assert.deepEqual(
      page.map((b) => b.id),
      bases.slice(1).map((b) => b.id),
    );
    const of = bases[0]?.partyId ?? '';
    const own = await openCaseBases(tx, tenantId, today, { parties: [of] });
    assert.deepEqual(own, bases.slice(0, 1));
  });
});

test('what changes is weighed again, the rest is kept: a fact, a case closed, an answer, a new case, a setting', async (t) => {
  const deps = await freshDeps(t);
  const tenantId = await aCompany(deps);
  const a = await aLate(deps, tenantId, 'A', '4000.00');
  const b = await aLate(deps, tenantId, 'B', '2000.00');
  const before = await weighed(deps, tenantId);
  assert.equal(await weighed(deps, tenantId), before, 'nothing changed: the very same');
  const row = (of: Weighings, id: string) => of.weighed.find((w) => w.caseId === id);
  done(await act(deps, tenantId, a, 'contact', { channel: 'email', on: '2026-11-01', text: 'Sans réponse.' }));
  const contacted = await weighed(deps, tenantId);
  assert.notDeepEqual(row(contacted, a), row(before, a));
  assert.equal(row(contacted, b), row(before, b), 'untouched, not weighed again');
  done(await saveAnswers(deps, tenantId, b, { solvency: 'bad' }));
  const answered = await weighed(deps, tenantId);
  assert.ok((row(answered, b)?.gain ?? 0n) < (row(contacted, b)?.gain ?? 0n));
  assert.equal(row(answered, a), row(contacted, a));
  const c = await aLate(deps, tenantId, 'C', '1000.00');
  done(await act(deps, tenantId, a, 'close', { reason: 'written-off', on: '2026-11-21' }));
  const moved = await weighed(deps, tenantId);
  assert.deepEqual(new Set(moved.weighed.map((w) => w.caseId)), new Set([b, c]));
  done(await saveCompanyAdvice(deps, tenantId, { vatRegime: 'debits', quality: 'company' }));
  const set = await weighed(deps, tenantId);
  assert.notDeepEqual(row(set, c), row(moved, c));
});

test('while it works, how far it is; two who ask share the work; companies do not see each other', async (t) => {
  const deps = await freshDeps(t);
  const [one, two] = [await aCompany(deps), await aCompany(deps)];
  await aLate(deps, one, 'A', '4000.00');
  const early = await weighings(deps, one, deps.clock.today(), 0);
  assert.ok('working' in early);
  const [x, y] = await Promise.all([weighed(deps, one), weighed(deps, one)]);
  assert.equal(x, y);
  assert.equal((await weighed(deps, two)).weighed.length, 0);
});

test('the hours of a week go to the dearest first; an address that makes no sense is read as none', () => {
  const row = (i: number) => ({
    ...{ caseId: `c${i}`, partyId: 'p', reference: `D-${i}`, debtor: i % 2 ? 'Été SARL' : 'Hiver', owed: 1000n, gain: 100n },
    ...{ hoursNow: 1, hours: 2, perHour: 1000 - i, exact: true, proposed: i % 3 ? ('CALL' as const) : ('MED' as const) },
  });
  const of: Weighings = { weighed: Array.from({ length: 120 }, (_, i) => row(i)), nothing: 0 };
  const asked = (query: Record<string, string>) => portfolioView(of, readPortfolioQuery(query, ACTIONS));
  const view = asked({ heures: '2,5', page: '3' });
  assert.deepEqual([view.week.cases, view.week.gain, view.week.nextHour], [2, 200n, 998]);
  assert.deepEqual([view.rows.length, view.rows[0]?.caseId], [20, 'c100']);
  assert.equal(asked({ q: 'ETE' }).found, 60);
  assert.deepEqual([asked({ etape: 'MED' }).found, asked({ etape: 'NON' }).found], [40, 120]);
  assert.equal(asked({ heures: '9999999', liste: 'x', page: '-4' }).week.cases, 4);
  assert.equal(asked({ heures: '1000' }).week.nextHour, undefined);
});

test('the command line tells every case, then the totals; as JSON or in lines', async (t) => {
  const deps = await freshDeps(t);
  const tenantId = await aCompany(deps);
  await aLate(deps, tenantId, 'Grand', '8000.00');
  const small = await aLate(deps, tenantId, 'Petit', '40.00');
  done(await saveAnswers(deps, tenantId, small, { solvency: 'bad', ...NOTHING_WANTED }));
  // The command closes what it opened; this store is the test's.
  const open = async () => ({ ...deps, db: { ...deps.db, close: async () => undefined } });
  const lines = async (json: boolean) => {
    let told = '';
    const write = t.mock.method(process.stdout, 'write', (text: unknown) => {
      told += String(text);
      return true;
    });
    await tellPortfolio(open, { json });
    write.mock.restore();
    return told.trimEnd().split('\n');
  };
  const objects = (await lines(true)).map((line) => JSON.parse(line));
  assert.deepEqual(
    objects.slice(0, 2).map((o) => [o.debtor, o.part, o.owed, o.exact]),
    [
      ['Grand', 'this-week', '800000', true],
      ['Petit', 'let-go', '4000', true],
    ],
  );
  const last = objects.at(-1);
  assert.deepEqual([last.totals['this-week'].cases, last.totals['let-go'].owed, last.nothingToWeigh], [1, '4000', 0]);
  const said = (await lines(false)).join('\n');
  assert.match(said, /À faire\u202f: 1\n {2}D-2026-0001 {2}Grand, 8\u202f000,00\u00a0€ .* par heure/);
  assert.match(said, /À laisser\u202f: 1\n.*Petit.* Arrêter$/m);
});
