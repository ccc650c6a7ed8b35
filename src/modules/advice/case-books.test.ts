import assert from 'node:assert/strict';
import { test } from 'node:test';
import { act, setContractRate, takePaymentBack, viewCase } from '#modules/cases/index.ts';
import type { Deps } from '#platform/deps.ts';
import { freshDeps } from '../../../test/support/app.ts';
import { aCase, aCompany, done } from '../../../test/support/cases.ts';
import { type Advised, adviseCase } from './advice.ts';
import { keptAnswers } from './answers.ts';
import { basisOf } from './case-claim.ts';
import { companyAdvice } from './settings.ts';

/** What the books know of a debtor and of its contract reaches the claim, and the advice says so. */

const LATE = { number: 'F9', issuedOn: '2026-07-17', dueOn: '2026-08-16', amount: '8000.00' };

async function advised(
  deps: Deps,
  tenantId: string,
  caseId: string,
  typed: Readonly<Record<string, string>> = {},
): Promise<Advised> {
  return deps.db.tenant(tenantId, async (tx) => {
    const of = await viewCase(tx, tenantId, caseId, deps.clock.today());
    assert.ok(of);
    const advice = done(adviseCase(basisOf(of), keptAnswers(typed), await companyAdvice(tx, tenantId), deps.clock.today()));
    assert.ok('advised' in advice, 'none' in advice ? advice.none : '');
    return advice.advised;
  });
}

const traced = (of: Advised): readonly string[] => of.decision.belief.trace.map((step) => step.what);
const chance = (of: Advised, type: number): number => of.decision.belief.belief[type] ?? Number.NaN;
const [FORGOT, HABIT, INSOLVENT] = [0, 1, 6];

/** An invoice of the debtor paid on a day, in a case of its own that is then closed. */
async function paidBefore(deps: Deps, tenantId: string, number: string, dueOn: string, paidOn: string): Promise<string> {
  const caseId = await aCase(deps, tenantId, { invoices: [{ number, issuedOn: '2026-01-10', dueOn, amount: '500.00' }] });
  done(await act(deps, tenantId, caseId, 'payment', { on: paidOn, amount: '500' }));
  await act(deps, tenantId, caseId, 'close', { reason: 'paid', on: '2026-11-20' });
  return caseId;
}

test('nothing known: usual figures, and nothing said', async (t) => {
  const deps = await freshDeps(t);
  const tenantId = await aCompany(deps);
  const of = await advised(deps, tenantId, await aCase(deps, tenantId, { invoices: [LATE] }));
  assert.deepEqual(of.known, []);
  assert.deepEqual(
    [of.claim.customer, of.claim.lateRate, of.claim.vat.rate, of.claim.solvency],
    [undefined, undefined, 0.2, 'unknown'],
  );
  assert.deepEqual(traced(of), []);
});

test('the debtor’s own past: how many invoices, how many late, and the belief moves', async (t) => {
  const deps = await freshDeps(t);
  const tenantId = await aCompany(deps);
  await paidBefore(deps, tenantId, 'A1', '2026-02-10', '2026-02-09');
  await paidBefore(deps, tenantId, 'A2', '2026-03-10', '2026-04-20');
  await paidBefore(deps, tenantId, 'A3', '2026-04-10', '2026-06-30');
  // Another debtor's invoices are another's past.
  await aCase(deps, tenantId, { name: 'Un autre', invoices: [{ ...LATE, number: 'Z' }] });
  const caseId = await aCase(deps, tenantId, { invoices: [LATE] });
  const of = await advised(deps, tenantId, caseId);
  assert.deepEqual(of.claim.customer, { invoices: 3, late: 2 });
  assert.deepEqual(traced(of), ['customer']);
  const step = of.decision.belief.trace[0];
  assert.ok(
    step && (step.after[HABIT] ?? 0) > (step.before[HABIT] ?? 0) && (step.after[FORGOT] ?? 0) < (step.before[FORGOT] ?? 1),
  );
  assert.match(of.known.join(' '), /3 factures d’avant de ce client, dont 2 en retard ou jamais payées\./);
});

test('an invoice paid on time since the claim is late is a clue, told in the reading', async (t) => {
  const deps = await freshDeps(t);
  const tenantId = await aCompany(deps);
  await paidBefore(deps, tenantId, 'A1', '2026-09-30', '2026-09-29');
  const of = await advised(deps, tenantId, await aCase(deps, tenantId, { invoices: [LATE] }));
  assert.equal(of.claim.customer, undefined);
  assert.ok(of.claim.events?.includes('paidOtherInvoicesOnTime'));
  assert.ok(traced(of).includes('paidOtherInvoicesOnTime'));
  assert.match(of.known.join(' '), /il a payé à l’heure une autre de vos factures/);
});

test('the contract’s rate is the claim’s, but against a public body', async (t) => {
  const deps = await freshDeps(t);
  const tenantId = await aCompany(deps);
  const caseId = await aCase(deps, tenantId, { invoices: [LATE] });
  const before = await advised(deps, tenantId, caseId);
  done(await setContractRate(deps, tenantId, caseId, '30 %'));
  const of = await advised(deps, tenantId, caseId);
  assert.equal(of.claim.lateRate, 0.3);
  assert.ok(of.decision.value > before.decision.value, 'interest at 30 % is worth more than the legal rate');
  assert.match(of.known.join(' '), /au taux convenu\u202f: 30\u00a0% par an/);
  const town = await aCase(deps, tenantId, { kind: 'public', name: 'Commune de Brumeval', invoices: [{ ...LATE, number: 'P' }] });
  done(await setContractRate(deps, tenantId, town, '30'));
  assert.equal((await advised(deps, tenantId, town)).claim.lateRate, undefined);
});

test('the VAT of the invoices is the claim’s, weighted by what is left', async (t) => {
  const deps = await freshDeps(t);
  const tenantId = await aCompany(deps);
  const usual = await advised(deps, tenantId, await aCase(deps, tenantId, { name: 'Sans', invoices: [LATE] }));
  const low = { ...LATE, number: 'F10', amount: '1055.00', net: '1000.00' };
  const none = { ...LATE, number: 'F11', amount: '1055.00', net: '1055.00' };
  const of = await advised(deps, tenantId, await aCase(deps, tenantId, { name: 'Réduit', invoices: [low] }));
  assert.equal(of.claim.vat.rate, 0.055);
  assert.match(of.known.join(' '), /TVA lue sur les factures\u202f: 5,5\u00a0%/);
  const mixed = await advised(
    deps,
    tenantId,
    await aCase(deps, tenantId, { name: 'Mixte', invoices: [{ ...low, number: 'L' }, none] }),
  );
  assert.equal(mixed.claim.vat.rate, 0.0275);
  const exempt = await advised(
    deps,
    tenantId,
    await aCase(deps, tenantId, { name: 'Exonéré', invoices: [{ ...LATE, number: 'E', net: LATE.amount }] }),
  );
  assert.equal(exempt.claim.vat.rate, 0);
  // VAT due on receipts is not income: without any, all that comes in stays.
  assert.ok(exempt.decision.value > usual.decision.value);
  const partly = await advised(
    deps,
    tenantId,
    await aCase(deps, tenantId, {
      name: 'Partiel',
      invoices: [
        { ...low, number: 'K' },
        { ...LATE, number: 'X' },
      ],
    }),
  );
  assert.equal(partly.claim.vat.rate, 0.2, 'an invoice that does not tell leaves the usual rate');
});

test('a payment the bank sent back, and an insolvency in an older case, are counted, and said', async (t) => {
  const deps = await freshDeps(t);
  const tenantId = await aCompany(deps);
  const old = await aCase(deps, tenantId, { invoices: [{ ...LATE, number: 'O', dueOn: '2026-05-01' }] });
  done(await act(deps, tenantId, old, 'insolvency', { proceeding: 'redressement', judgmentOn: '2026-06-02', on: '2026-06-12' }));
  done(await act(deps, tenantId, old, 'close', { reason: 'written-off', on: '2026-11-20' }));
  const caseId = await aCase(deps, tenantId, { invoices: [LATE] });
  const suspected = await advised(deps, tenantId, caseId);
  assert.equal(suspected.claim.solvency, 'bad');
  // The invoice of the closed case was never paid.
  assert.deepEqual(suspected.claim.customer, { invoices: 1, late: 1 });
  assert.deepEqual(traced(suspected), ['customer', 'solvency']);
  assert.match(suspected.known.join(' '), /ancien dossier de ce client.*BODACC/);
  const told = await advised(deps, tenantId, caseId, { solvency: 'good' });
  assert.equal(told.claim.solvency, 'good');
  assert.doesNotMatch(told.known.join(' '), /BODACC/);

  done(await act(deps, tenantId, caseId, 'payment', { on: '2026-11-10', amount: '1000' }));
  const { facts } = await deps.db.tenant(tenantId, async (tx) => {
    const view = await viewCase(tx, tenantId, caseId, deps.clock.today());
    assert.ok(view);
    return view;
  });
  const payment = facts.find((f) => f.kind === 'payment-recorded');
  assert.ok(payment?.kind === 'payment-recorded');
  const before = chance(await advised(deps, tenantId, caseId), INSOLVENT);
  done(await takePaymentBack(deps, tenantId, caseId, payment.payload.paymentId, 'Rejeté par la banque'));
  const bounced = await advised(deps, tenantId, caseId);
  assert.ok(bounced.claim.events?.includes('bouncedPayment') && traced(bounced).includes('bouncedPayment'));
  assert.ok(chance(bounced, INSOLVENT) > before);
});
