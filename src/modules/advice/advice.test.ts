import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { day } from '#core/kernel/day.ts';
import { act, viewCase } from '#modules/cases/index.ts';
import type { Deps } from '#platform/deps.ts';
import { freshDeps } from '../../../test/support/app.ts';
import { aCase, aCompany, CREDITOR, done } from '../../../test/support/cases.ts';
import { adviseCase, type CaseAdvice, questionsOf } from './advice.ts';
import { forgetReading, keptAnswers, readAnswers, saveAnswers, typedAnswers } from './answers.ts';
import { basisOf, questionOf } from './case-claim.ts';
import { readingOf } from './reading.ts';
import { companyAdvice, paramsFor, resetFigure, saveCompanyAdvice, setFigure } from './settings.ts';
import { costOf, logTime, removeTime, timeOf } from './time-log.ts';
import { delayWords, hoursWords } from './words.ts';

/** From a case and what its user says to the engine's question, and what is kept of the answers. */

const LATE = [{ number: 'F1', issuedOn: '2026-07-17', dueOn: '2026-08-16', amount: '8000.00' }];

async function silentCase(deps: Deps, amount = '8000.00') {
  const tenantId = await aCompany(deps);
  const caseId = await aCase(deps, tenantId, { invoices: LATE.map((invoice) => ({ ...invoice, amount })) });
  const contact = (channel: string, on: string) => act(deps, tenantId, caseId, 'contact', { channel, on, text: 'Sans réponse.' });
  for (const [channel, on] of [
    ['email', '2026-08-28'],
    ['call', '2026-09-11'],
    ['email', '2026-09-25'],
  ] as const)
    done(await contact(channel, on));
  return { tenantId, caseId };
}

const asked = (deps: Deps, tenantId: string, caseId: string, typed: Readonly<Record<string, string>> = {}) =>
  deps.db.tenant(tenantId, async (tx) => {
    const of = await viewCase(tx, tenantId, caseId, deps.clock.today());
    assert.ok(of);
    const company = await companyAdvice(tx, tenantId);
    return { of, company, answers: done(readAnswers(typed)) };
  });

async function advised(deps: Deps, tenantId: string, caseId: string, typed: Readonly<Record<string, string>> = {}) {
  const { of, company, answers } = await asked(deps, tenantId, caseId, typed);
  const advice: CaseAdvice = done(adviseCase(basisOf(of), answers, company, deps.clock.today()));
  assert.ok('advised' in advice, 'none' in advice ? advice.none : '');
  return advice.advised;
}

describe('the question a case puts', () => {
  test('counts what was done, and blocks what is not known rather than supposing it', async (t) => {
    const deps = await freshDeps(t);
    const { tenantId, caseId } = await silentCase(deps);
    const { of, company, answers } = await asked(deps, tenantId, caseId);
    const question = questionOf(basisOf(of), answers, company, deps.clock.today());
    assert.ok('ask' in question);
    const { claim, legal } = question.ask;
    assert.equal(claim.principal, 800_000n);
    assert.equal(claim.ageDays, 97);
    assert.deepEqual([claim.history.emails, claim.history.calls, claim.history.signal], [2, 1, undefined]);
    assert.equal(claim.lastContactDays, 57);
    assert.equal(claim.solvency, 'unknown');
    // The company's form says what it is; nothing says what the debtor is.
    assert.equal(legal.creditor, 'company');
    assert.equal(legal.debtor, undefined);
    assert.deepEqual([question.ask.bar?.from, question.ask.bar?.near], ['invoice', false]);
    const unknown = await advised(deps, tenantId, caseId);
    assert.deepEqual(questionsOf(unknown), ['debtor']);
    const known = await advised(deps, tenantId, caseId, { debtor: 'company' });
    assert.deepEqual(questionsOf(known), []);
    // The road that was closed is worth something.
    assert.ok(known.decision.value > unknown.decision.value);
  });

  test('a dispute comes before pressure, a promise waits for its day, insolvency only declares', async (t) => {
    const deps = await freshDeps(t);
    const { tenantId, caseId } = await silentCase(deps);
    done(await act(deps, tenantId, caseId, 'promise', { amount: '8000', payBy: '2026-11-25', on: '2026-11-20' }));
    const promised = await advised(deps, tenantId, caseId);
    assert.equal(promised.hold?.until.toString(), '2026-11-25');
    assert.equal(promised.claim.history.signal, 'promise');
    assert.equal(promised.claim.history.silent, 3);
    done(await act(deps, tenantId, caseId, 'dispute', { on: '2026-11-20', text: 'Rien de ce qui était prévu.' }));
    const disputed = await advised(deps, tenantId, caseId);
    assert.equal(disputed.decision.proposed, 'MEDIATION');
    assert.equal(disputed.hold, undefined);
    done(
      await act(deps, tenantId, caseId, 'insolvency', {
        proceeding: 'liquidation',
        judgmentOn: '2026-11-02',
        on: '2026-11-12',
      }),
    );
    const insolvent = await advised(deps, tenantId, caseId);
    assert.equal(insolvent.decision.proposed, 'DECLARE');
    assert.deepEqual(
      insolvent.decision.options.map((o) => o.action),
      ['DECLARE', 'WRITEOFF'],
    );
  });

  test('near its end, limitation is not guessed from the invoice', async (t) => {
    const deps = await freshDeps(t);
    const tenantId = await aCompany(deps);
    const caseId = await aCase(deps, tenantId, {
      invoices: [{ number: 'V', issuedOn: '2022-03-01', dueOn: '2022-04-01', amount: '5000.00' }],
    });
    const { of, company, answers } = await asked(deps, tenantId, caseId);
    const near = questionOf(basisOf(of), answers, company, deps.clock.today());
    assert.ok('ask' in near && near.ask.legal.daysToBar === undefined);
    const told = { ...answers, performedOn: day('2022-02-20') };
    const known = questionOf(basisOf(of), told, company, deps.clock.today());
    // Five years from 20 February 2022, that day excluded: barred from 21 February 2027.
    assert.ok('ask' in known && known.ask.legal.daysToBar === 92, JSON.stringify('ask' in known && known.ask.legal.daysToBar));
    // Said on the case from a year before, to the day; against a public buyer nothing is counted on.
    const on = (today: string, kind: 'business' | 'public' = 'business') => {
      const question = questionOf({ ...basisOf(of), debtorKind: kind }, told, company, day(today));
      return 'ask' in question ? [question.ask.bar?.days, question.ask.bar?.near, question.ask.legal.daysToBar] : [];
    };
    assert.deepEqual(on('2026-02-20'), [366, false, 366]);
    assert.deepEqual(on('2026-02-21'), [365, true, 365]);
    assert.deepEqual(on('2027-02-20'), [1, true, 1]);
    assert.deepEqual(on('2027-02-21'), [0, true, 0]);
    assert.deepEqual(on('2026-02-20', 'public'), [366, false, 366]);
    assert.deepEqual(on('2026-02-21', 'public'), [365, true, undefined]);
  });

  test('a customer worth more than the harsh steps add shuts them', async (t) => {
    const deps = await freshDeps(t);
    const { tenantId, caseId } = await silentCase(deps);
    const free = await advised(deps, tenantId, caseId, { relation: '1' });
    assert.ok(free.relation && !free.relation.kept && free.relation.price > 100n);
    const kept = await advised(deps, tenantId, caseId, { relation: '100 000' });
    assert.ok(kept.relation?.kept);
    assert.equal(kept.relation.price, free.relation.price);
    assert.equal(kept.decision.value, free.decision.value - free.relation.price);
    assert.ok(kept.decision.options.every((o) => !['AGENCY', 'IP', 'REFERE', 'SUIT'].includes(o.action)));
  });
});

test('answers are kept, told to the journal without the clues, and the reading is erased for good', async (t) => {
  const deps = await freshDeps(t);
  const { tenantId, caseId } = await silentCase(deps);
  done(await saveAnswers(deps, tenantId, caseId, { solvency: 'bad', file: '2', 'clue.bouncedPayment': 'oui', nothing: 'x' }));
  const kept = async () => (await deps.db.tenant(tenantId, (tx) => typedAnswers(tx, tenantId, [caseId]))).get(caseId);
  assert.deepEqual(await kept(), { solvency: 'bad', file: '2', 'clue.bouncedPayment': 'oui' });
  const entries = await deps.db.tenant(tenantId, (tx) => tx.selectFrom('journal').select(['kind', 'payload']).execute());
  assert.deepEqual(entries.find((e) => e.kind === 'advice-answered')?.payload, { caseId, solvency: 'bad', file: '2', clues: 1 });
  assert.ok(!JSON.stringify(entries).includes('bouncedPayment'));
  await forgetReading(deps, tenantId, caseId);
  assert.deepEqual(await kept(), { solvency: 'bad', file: '2', unread: 'oui' });
  // The case is read as before: the journal holds nothing its facts do not know.
  assert.ok(await deps.db.tenant(tenantId, (tx) => viewCase(tx, tenantId, caseId, deps.clock.today())));

  const refused = await saveAnswers(deps, tenantId, caseId, { relation: 'beaucoup', performedOn: '32/13/2026', solvency: 'x' });
  assert.ok(!refused.ok);
  assert.deepEqual(Object.keys(refused.refusal.data?.fields as object).sort(), ['performedOn', 'relation', 'solvency']);
  assert.deepEqual(keptAnswers({ solvency: 'nonsense' }), { tried: {}, forbid: [], clues: [] });
});

test('a figure of one’s own changes the advice, says so, and is taken back; nonsense is refused', async (t) => {
  const deps = await freshDeps(t);
  const { tenantId, caseId } = await silentCase(deps);
  const before = (await advised(deps, tenantId, caseId)).decision.value;
  done(await setFigure(deps, tenantId, 'hourlyRate', { v0: '500', note: 'Mon tarif' }));
  const dear = await advised(deps, tenantId, caseId);
  assert.ok(dear.decision.value < before);
  assert.equal(dear.params.values.hourlyRate.grade, 'user');
  for (const wrong of [
    { v0: 'cher', note: 'x' },
    { v0: '60', note: ' ' },
    { v0: '-1', note: 'x' },
  ])
    assert.ok(!(await setFigure(deps, tenantId, 'hourlyRate', wrong)).ok, JSON.stringify(wrong));
  assert.ok(!(await setFigure(deps, tenantId, 'agyFee', { v0: '150 %', note: 'x' })).ok, 'a fee above the whole');
  done(await resetFigure(deps, tenantId, 'hourlyRate'));
  assert.equal((await advised(deps, tenantId, caseId)).decision.value, before);
  assert.ok(!(await resetFigure(deps, tenantId, 'hourlyRate')).ok);

  done(await saveCompanyAdvice(deps, tenantId, { vatRegime: 'debits', quality: 'artisan', turnover: '90 000', outlayCap: '0' }));
  const company = await deps.db.tenant(tenantId, (tx) => companyAdvice(tx, tenantId));
  assert.deepEqual(
    [company.vatRegime, company.quality, company.turnover, company.outlayCap],
    ['debits', 'artisan', 9_000_000n, 0n],
  );
  assert.ok((await advised(deps, tenantId, caseId)).decision.options.every((o) => o.cashNow === 0n));
  assert.ok(paramsFor(company, deps.clock.today(), { hourlyRate: -1 }).ok === false);
});

test('time: a form sent twice counts once, another company sees none of it, an entry goes', async (t) => {
  const deps = await freshDeps(t);
  const { tenantId, caseId } = await silentCase(deps);
  const other = await aCompany(deps, { ...CREDITOR, name: 'Autre' });
  const id = '0190a1b2-0000-7000-8000-000000000001';
  const times = (of: string) => deps.db.tenant(of, (tx) => timeOf(tx, of, caseId));
  for (let i = 0; i < 2; i += 1) done(await logTime(deps, tenantId, caseId, { id, minutes: '15' }));
  done(await logTime(deps, tenantId, caseId, { minutes: ' 90 ', label: 'Audience' }));
  for (const minutes of ['0', '1441', '1,5', '']) assert.ok(!(await logTime(deps, tenantId, caseId, { minutes })).ok, minutes);
  assert.deepEqual((await times(tenantId)).map((e) => [e.minutes, e.label]).sort(), [
    [15, 'Suivi du dossier'],
    [90, 'Audience'],
  ]);
  assert.deepEqual(await times(other), []);
  await removeTime(deps, other, caseId, id);
  assert.equal((await times(tenantId)).length, 2);
  await removeTime(deps, tenantId, caseId, id);
  assert.deepEqual(
    (await times(tenantId)).map((e) => e.minutes),
    [90],
  );
  assert.equal(costOf(90, 50), 7500n);
});

test('the reading holds every hypothesis once, with clues on both sides; its chances sum to one', async (t) => {
  const deps = await freshDeps(t);
  const { tenantId, caseId } = await silentCase(deps);
  const reading = readingOf((await advised(deps, tenantId, caseId, { 'clue.bouncedPayment': 'oui' })).decision.belief);
  assert.equal(reading.length, 7);
  // Each calls for a conduct of its own, and likelier ones come first.
  assert.equal(new Set(reading.map((one) => one.behaviour)).size, 7);
  assert.ok(reading.every((one) => one.behaviour.length > 20));
  assert.deepEqual(
    reading.map((one) => one.chance),
    reading.map((one) => one.chance).toSorted((a, b) => b - a),
  );
  assert.ok(Math.abs(reading.reduce((sum, one) => sum + one.chance, 0) - 1) < 1e-9);
  const insolvent = reading.find((one) => one.type === 'I');
  assert.ok(insolvent?.clues.includes('paiement rejeté par la banque'), JSON.stringify(insolvent));
  assert.ok(reading.find((one) => one.type === 'P')?.against.includes('paiement rejeté par la banque'));
});

test('figures in words', () => {
  assert.equal(hoursWords(0.35), '20\u00a0min');
  assert.equal(hoursWords(2.5), '2\u00a0h\u00a030');
  assert.equal(hoursWords(1.999), '2\u00a0h');
  assert.equal(hoursWords(0.01), '<\u00a05\u00a0min');
  assert.equal(delayWords(null), 'rien n’est attendu');
  assert.equal(delayWords(30), '4\u00a0semaines');
});
