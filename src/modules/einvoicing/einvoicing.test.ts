import assert from 'node:assert/strict';
import { test } from 'node:test';
import { viewCase } from '#modules/cases/index.ts';
import { verifyJournal } from '#modules/journal/index.ts';
import { recordPayment } from '#modules/payments/index.ts';
import type { Deps } from '#platform/deps.ts';
import { freshDeps } from '../../../test/support/app.ts';
import { aCase, aCompany, done } from '../../../test/support/cases.ts';
import { statusMessage } from '../../../test/support/status-message.ts';
import { attachWaiting, listWaiting, receiveStatus, setWaitingAside } from './index.ts';

const INVOICE = { number: 'F-2026-12', issuedOn: '2026-08-01', dueOn: '2026-08-31', amount: '4800.00' };
const REFUSED = {
  id: 'm-1',
  number: INVOICE.number,
  issuedOn: INVOICE.issuedOn,
  code: '210',
  at: '2026-09-10T09:30:00',
  reason: 'Quantité erronée',
};

const drop = (deps: Deps, tenant: string, message: Parameters<typeof statusMessage>[0]) =>
  receiveStatus(deps, tenant, { name: 'statut.xml', bytes: statusMessage(message) });
const see = (deps: Deps, tenant: string, caseId: string) =>
  deps.db.tenant(tenant, async (tx) => {
    const view = await viewCase(tx, tenant, caseId, deps.clock.today());
    assert.ok(view);
    return view;
  });
const told = async (deps: Deps, tenant: string, caseId: string) =>
  (await see(deps, tenant, caseId)).facts.flatMap((f) => (f.kind === 'einvoice-status' ? [`${f.on} ${f.payload.meaning}`] : []));

test('a status is attached to the invoice it names, once, dated, and decides where the case stands', async (t) => {
  const deps = await freshDeps(t);
  const tenant = await aCompany(deps);
  const caseId = await aCase(deps, tenant, { invoices: [INVOICE] });
  const [first] = done(await drop(deps, tenant, REFUSED));
  assert.deepEqual([first?.outcome, first?.caseId, first?.label], ['attached', caseId, 'Refusée']);
  const [again] = done(await drop(deps, tenant, REFUSED));
  assert.equal(again?.outcome, 'known');
  // The platform tells the public portal the same thing under another identifier.
  const [copy] = done(await drop(deps, tenant, { ...REFUSED, id: 'm-1-ppf' }));
  assert.equal(copy?.outcome, 'attached');
  assert.deepEqual(await told(deps, tenant, caseId), ['2026-09-10 refused']);
  const view = await see(deps, tenant, caseId);
  assert.deepEqual([view.state.stage, view.state.next, `${view.state.nextOn}`], ['disputed', 'contact', '2026-09-10']);
  const { stage, next_on } = await deps.db.tenant(tenant, (tx) =>
    tx.selectFrom('cases').select(['stage', 'next_on']).where('case_id', '=', caseId).executeTakeFirstOrThrow(),
  );
  assert.deepEqual([stage, `${next_on}`], ['disputed', '2026-09-10'], 'the lists know it');
  assert.ok((await verifyJournal(deps.db, tenant)).intact);
});

test('two drops of one message at once are one fact', async (t) => {
  const deps = await freshDeps(t);
  const tenant = await aCompany(deps);
  const caseId = await aCase(deps, tenant, { invoices: [INVOICE] });
  await Promise.all([drop(deps, tenant, REFUSED), drop(deps, tenant, REFUSED), drop(deps, tenant, REFUSED)]);
  assert.deepEqual(await told(deps, tenant, caseId), ['2026-09-10 refused']);
});

test('a message for an unknown invoice is kept and told, and attached when the invoice comes', async (t) => {
  const deps = await freshDeps(t);
  const tenant = await aCompany(deps);
  const [early] = done(await drop(deps, tenant, REFUSED));
  assert.deepEqual([early?.outcome, early?.caseId], ['waiting', null]);
  const waiting = () => deps.db.tenant(tenant, (tx) => listWaiting(tx, tenant, 10));
  assert.deepEqual(
    (await waiting()).map(({ number, label, on }) => `${number} ${label} ${on}`),
    ['F-2026-12 Refusée 2026-09-10'],
  );
  await deps.db.tenant(tenant, (tx) => setWaitingAside(tx, deps, tenant));
  assert.deepEqual(await waiting(), []);
  // Another invoice of that number, of another day, is not the one.
  const other = await aCase(deps, tenant, { name: 'Autre client', invoices: [{ ...INVOICE, issuedOn: '2026-07-01' }] });
  await deps.db.tenant(tenant, (tx) => attachWaiting(tx, deps, tenant));
  assert.deepEqual(await told(deps, tenant, other), []);
  const caseId = await aCase(deps, tenant, { invoices: [INVOICE] });
  assert.equal((await deps.db.tenant(tenant, (tx) => attachWaiting(tx, deps, tenant))).length, 1);
  assert.deepEqual(await told(deps, tenant, caseId), ['2026-09-10 refused']);
});

test('a message of another seller is refused; a company that never gave its SIREN trusts number and date', async (t) => {
  const deps = await freshDeps(t);
  const tenant = await aCompany(deps);
  const caseId = await aCase(deps, tenant, { invoices: [INVOICE] });
  const foreign = await drop(deps, tenant, { ...REFUSED, seller: '900000027' });
  assert.equal(foreign.ok, false);
  assert.equal(!foreign.ok && foreign.refusal.code, 'status.other-seller');
  assert.deepEqual(await told(deps, tenant, caseId), []);
  // A SIRET under the scheme of a SIREN is that seller's all the same.
  const [siret] = done(await drop(deps, tenant, { ...REFUSED, seller: '90000000100017' }));
  assert.equal(siret?.outcome, 'attached');
  const unnamed = await aCompany(deps, { name: 'Sans numéro' });
  const theirs = await aCase(deps, unnamed, { invoices: [INVOICE] });
  done(await drop(deps, unnamed, REFUSED));
  assert.deepEqual(await told(deps, unnamed, theirs), ['2026-09-10 refused']);
});

test('a message without the date of its invoice finds it when one alone bears the number', async (t) => {
  const deps = await freshDeps(t);
  const tenant = await aCompany(deps);
  const caseId = await aCase(deps, tenant, { invoices: [INVOICE] });
  const { issuedOn: _, ...undated } = REFUSED;
  assert.equal(done(await drop(deps, tenant, undated))[0]?.outcome, 'attached');
  await aCase(deps, tenant, {
    invoices: [
      { ...INVOICE, number: 'F-9' },
      { ...INVOICE, number: 'F-9', issuedOn: '2026-06-01' },
    ],
  });
  assert.equal(done(await drop(deps, tenant, { ...undated, id: 'm-9', number: 'F-9' }))[0]?.outcome, 'waiting');
  assert.deepEqual(await told(deps, tenant, caseId), ['2026-09-10 refused']);
});

test('cashed holds the case until the money is on the books, and asks nothing of an invoice that was paid', async (t) => {
  const deps = await freshDeps(t);
  const tenant = await aCompany(deps);
  const caseId = await aCase(deps, tenant, { invoices: [INVOICE, { ...INVOICE, number: 'F-2026-13' }] });
  const cashed = { ...REFUSED, id: 'm-2', code: '212', amount: '4800.00' };
  done(await drop(deps, tenant, cashed));
  assert.equal((await see(deps, tenant, caseId)).state.stage, 'payment-announced');
  const view = await see(deps, tenant, caseId);
  const paid = view.invoices.find(({ number }) => number === INVOICE.number);
  assert.ok(paid);
  done(await recordPayment(deps, tenant, { on: '08/09/2026', amount: '4800' }, { invoiceIds: [paid.id], chosen: [paid.id] }));
  assert.equal((await see(deps, tenant, caseId)).state.stage, 'overdue');
  done(await drop(deps, tenant, { ...cashed, id: 'm-3', at: '2026-09-12T10:00:00' }));
  assert.equal((await see(deps, tenant, caseId)).state.stage, 'overdue');
});

test('a moment yet to come counts from today; the message is read again as it was written', async (t) => {
  const deps = await freshDeps(t, { today: '2026-09-01' });
  const tenant = await aCompany(deps);
  const caseId = await aCase(deps, tenant, { invoices: [INVOICE] });
  done(await drop(deps, tenant, REFUSED));
  assert.deepEqual(await told(deps, tenant, caseId), ['2026-09-01 refused']);
  const fact = (await see(deps, tenant, caseId)).facts.find((f) => f.kind === 'einvoice-status');
  assert.equal(fact?.kind === 'einvoice-status' && fact.payload.at, '2026-09-10T09:30:00');
});
