import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { day } from '#core/kernel/day.ts';
import { formatAmount } from '#core/kernel/money.ts';
import type { Outcome } from '#core/kernel/outcome.ts';
import { formatPercent } from '#core/kernel/ratio.ts';
import { currentLaw } from '#core/law/book.ts';
import { paymentOrderRegistryFee } from '#core/law/costs.ts';
import { recoveryIndemnity } from '#core/law/indemnity.ts';
import { defaultRate, legalRate } from '#core/law/rates.ts';
import { createCompany } from '#modules/companies/index.ts';
import { verifyJournal } from '#modules/journal/index.ts';
import type { Deps } from '#platform/deps.ts';
import { fieldErrors } from '#platform/form.ts';
import { newId } from '#platform/ids.ts';
import { freshDeps } from '../../../test/support/app.ts';
import { lawOf, ownValues, type Subject, setOwnValue, withdrawOwnValue } from './own-values.ts';
import { semesterOf, semestersFor } from './semesters.ts';

/** A company's own figures: dated, kept, withdrawn by another fact, and told wherever they count. */

async function company(t: TestContext, today = '2027-01-15') {
  const deps = await freshDeps(t, { today });
  const made = await createCompany(deps, { name: 'Atelier Brume' });
  assert.ok(made.ok);
  const id = made.value.id;
  return {
    deps,
    id,
    law: () => deps.db.tenant(id, (tx) => lawOf(tx, id)),
    values: () => deps.db.tenant(id, (tx) => ownValues(tx, id)),
    set: (subject: Subject, typed: Record<string, string>) => setOwnValue(deps, id, subject, typed),
  };
}

const answered = <T>(outcome: Outcome<T>) => {
  assert.ok(outcome.status === 'computed', outcome.status);
  return outcome;
};

const journalKinds = async (deps: Deps, id: string) =>
  (
    await deps.db.tenant(id, (tx) => tx.selectFrom('journal').select('kind').where('tenant_id', '=', id).orderBy('seq').execute())
  ).map((row) => row.kind);

test('without a figure of its own, a company applies the encoded law itself', async (t) => {
  const { law } = await company(t);
  assert.equal(await law(), currentLaw);
});

test('a rate for the half-year that is not known yet: computed with it, told with its date and note, withdrawn, unknown again', async (t) => {
  const { deps, id, law, values, set } = await company(t);
  const on = day('2027-02-01');
  assert.equal(defaultRate('business', on, await law()).status, 'not-encoded');
  const note = 'table de la BCE, lue le 4 janvier 2027.';
  assert.deepEqual(await set('semester-reference', { semester: '2027-1', rate: '2,90 %', note }), { ok: true, value: undefined });

  const answer = answered(defaultRate('business', on, await law()));
  assert.equal(formatPercent(answer.value), '12.90');
  assert.match(
    answer.trace[0]?.says ?? '',
    /Valeur saisie le 15\u00a0janvier\u00a02027\u202f: table de la BCE, lue le 4 janvier 2027\.$/u,
  );
  assert.equal(answer.trace[0]?.certainty, 'reading');
  assert.equal(formatPercent(answered(defaultRate('public', on, await law())).value), '10.90');
  // What was known before stays as it was, and nothing is known after.
  assert.equal(formatPercent(answered(defaultRate('business', day('2026-12-31'), await law())).value), '12.40');
  assert.equal(defaultRate('business', day('2027-07-01'), await law()).status, 'not-encoded');

  const [first] = await values();
  assert.ok(first);
  assert.equal((await withdrawOwnValue(deps, id, first.id, { reason: ' ' })).ok, false);
  assert.deepEqual(await withdrawOwnValue(deps, id, first.id, { reason: 'erreur de lecture' }), { ok: true, value: undefined });
  assert.equal((await withdrawOwnValue(deps, id, first.id, { reason: 'encore' })).ok, true);
  assert.equal(await law(), currentLaw);
  assert.deepEqual(
    (await values()).map(({ withdrawn }) => [`${withdrawn?.on}`, withdrawn?.reason]),
    [['2027-01-15', 'erreur de lecture']],
  );
  assert.deepEqual((await journalKinds(deps, id)).slice(-2), ['law-value-set', 'law-value-withdrawn']);
  assert.equal((await verifyJournal(deps.db, id)).intact, true);
});

test('no hole: a later half-year waits for the one before, and the one before for the later to be withdrawn', async (t) => {
  const { deps, id, values, set } = await company(t);
  const [first, second] = [
    { semester: '2027-1', rate: '2.90', note: 'BCE' },
    { semester: '2027-2', rate: '3', note: 'BCE' },
  ];
  const early = await set('semester-reference', second);
  assert.ok(!early.ok);
  assert.match(fieldErrors(early.refusal).semester ?? '', /saisissez d’abord/u);
  assert.equal((await set('semester-reference', first)).ok, true);
  assert.equal((await set('semester-reference', second)).ok, true);
  const [one, two] = await values();
  assert.ok(one && two);
  const refused = await withdrawOwnValue(deps, id, one.id, { reason: 'x' });
  assert.equal(refused.ok ? '' : refused.refusal.code, 'law.value-needed');
  assert.equal((await withdrawOwnValue(deps, id, two.id, { reason: 'x' })).ok, true);
  assert.equal((await withdrawOwnValue(deps, id, one.id, { reason: 'x' })).ok, true);
  const unknown = await withdrawOwnValue(deps, id, newId(), { reason: 'x' });
  assert.equal(unknown.ok ? '' : unknown.refusal.code, 'law.value-unknown');
});

test('amounts: the figure one was told replaces the contradicting sources, over its days only', async (t) => {
  const { law, set } = await company(t);
  assert.equal(
    (await set('payment-order-registry-fee', { amount: '33,47', from: '01/03/2026', to: '31/12/2026', note: 'greffe de Nantes' }))
      .ok,
    true,
  );
  const fee = answered(paymentOrderRegistryFee('commercial', day('2026-06-01'), await law()));
  assert.deepEqual(
    fee.value.map((one) => [formatAmount(one.amount), one.source]),
    [['33.47', 'greffe de Nantes']],
  );
  assert.match(fee.trace[0]?.says ?? '', /saisi le 15\u00a0janvier\u00a02027\u202f: 33,47/u);
  for (const other of ['2026-02-28', '2027-01-01'])
    assert.equal(answered(paymentOrderRegistryFee('commercial', day(other), await law())).value.length, 3, other);

  assert.equal((await set('recovery-indemnity', { amount: '45', from: '2027-01-01', note: 'décret' })).ok, true);
  const indemnity = (on: string) => async () =>
    formatAmount(answered(recoveryIndemnity({ debtor: 'business' }, [day(on)], await law())).value);
  assert.equal(await indemnity('2026-06-30')(), '40.00');
  assert.equal(await indemnity('2027-06-30')(), '45.00');
});

test('the last figure written wins; each company has its own', async (t) => {
  const { deps, law, set } = await company(t);
  await set('legal-rate-other', { semester: '2026-2', rate: '2,75', note: 'première lecture' });
  await set('legal-rate-other', { semester: '2026-2', rate: '2,80', note: 'Journal officiel' });
  const answer = answered(legalRate(day('2026-08-01'), 'other', await law()));
  assert.equal(formatPercent(answer.value), '2.80');
  const other = await createCompany(deps, { name: 'Autre' });
  assert.ok(other.ok);
  assert.equal(await deps.db.tenant(other.value.id, (tx) => lawOf(tx, other.value.id)), currentLaw);
});

test('a form sent twice sets one figure; a wrong one says what to correct, field by field', async (t) => {
  const { values, set } = await company(t);
  const typed = { id: newId(), amount: '60,00', from: '2026-01-01', note: 'devis' };
  await Promise.all([set('service-fee', typed), set('service-fee', typed)]);
  assert.equal((await values()).length, 1);
  for (const [subject, wrong, fields] of [
    ['service-fee', {}, ['amount', 'from', 'note']],
    ['service-fee', { ...typed, id: newId(), to: '2025-12-31' }, ['to']],
    ['service-fee', { ...typed, id: newId(), amount: '-1' }, ['amount']],
    ['semester-reference', { semester: '2027-3', rate: '101', note: '' }, ['note', 'rate', 'semester']],
    ['semester-reference', { semester: '2027-1', rate: '2,12345', note: 'x' }, ['rate']],
  ] as const) {
    const refused = await set(subject, wrong);
    assert.deepEqual(refused.ok ? [] : Object.keys(fieldErrors(refused.refusal)).sort(), fields, JSON.stringify(wrong));
  }
  assert.equal((await values()).length, 1);
});

test('half-years: read, and those one may set, from the first unknown one back', () => {
  assert.deepEqual(semesterOf('2027-2'), { from: day('2027-07-01'), to: day('2027-12-31') });
  assert.equal(semesterOf('27-2'), undefined);
  const semesters = semestersFor(currentLaw.semesterReference);
  assert.equal(`${semesters[0]?.from}`, '2027-01-01');
  assert.equal(`${semesters.at(-1)?.from}`, '2008-01-01');
  assert.equal(semestersFor(currentLaw.recoveryIndemnity).length, 0);
});
