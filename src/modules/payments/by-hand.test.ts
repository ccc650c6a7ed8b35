import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { newId } from '#platform/ids.ts';
import { aCase, done } from '../../../test/support/cases.ts';
import { assertSound, see, setUp, TODAY, TWO } from '../../../test/support/money-in.ts';
import { previewPayment } from './by-hand.ts';
import { bounce, holdPayment, listFreeMoney, placeMoney, recordPayment, refund } from './index.ts';
import { listPayments, readPayment } from './payment-list.ts';
import { recordAgain, undoRefund } from './taking-back.ts';

describe('payments entered by hand', () => {
  test('are shown before they are recorded, on invoices of several debtors, and a form sent twice is one payment', async (t) => {
    const { deps, tenantId } = await setUp(t);
    const a = await aCase(deps, tenantId, { invoices: TWO });
    const b = await aCase(deps, tenantId, {
      name: 'Cinéma du Lac',
      invoices: [{ ...TWO[1], number: 'F-9' } as (typeof TWO)[number]],
    });
    const invoiceIds = [...(await see(deps, tenantId, a)).ids, ...(await see(deps, tenantId, b)).ids];
    const typed = { on: TODAY, amount: '1500' };
    const shown = done(await previewPayment(deps, tenantId, typed, { invoiceIds }));
    const [late, next, other] = invoiceIds;
    assert.deepEqual(
      shown.parts.map((p) => [p.invoiceId, p.amountCents]),
      [
        [late, 100_000n],
        [next, 25_000n],
        [other, 25_000n],
      ],
      'by law the one that is due goes first, then those of one day by halves',
    );
    assert.equal((await see(deps, tenantId, a)).balances['F-2026-101'], 100_000n, 'nothing is recorded');
    const chosen = [other ?? '', late ?? ''];
    const byChoice = done(await previewPayment(deps, tenantId, typed, { invoiceIds: chosen, chosen }));
    assert.deepEqual(byChoice.parts.map((p) => [p.invoiceId, p.purpose, p.amountCents]).slice(0, 2), [
      [other, 'principal', 50_000n],
      [late, 'principal', 100_000n],
    ]);
    const paymentId = newId();
    const paid = done(await recordPayment(deps, tenantId, typed, { invoiceIds: chosen, chosen, paymentId }));
    assert.deepEqual([paid.paymentId, paid.parts], [paymentId, byChoice.parts]);
    const again = await recordPayment(deps, tenantId, typed, { invoiceIds: chosen, chosen, paymentId });
    assert.ok(!again.ok && again.refusal.code === 'payment.entered');
    const nowhere = await previewPayment(deps, tenantId, typed, { invoiceIds: [] });
    assert.ok(!nowhere.ok && nowhere.refusal.code === 'payment.no-invoice');
    await assertSound(deps, tenantId);
  });

  test('a refund that did not happen, and a payment wrongly taken back, are put right by new facts', async (t) => {
    const { deps, tenantId } = await setUp(t);
    const caseId = await aCase(deps, tenantId, { invoices: TWO.slice(1) });
    const { ids } = await see(deps, tenantId, caseId);
    const read = (id: string) => deps.db.tenant(tenantId, (tx) => readPayment(tx, tenantId, id));
    const { paymentId } = done(await recordPayment(deps, tenantId, { on: TODAY, amount: '600' }, { invoiceIds: ids }));
    const { refundId } = done(await refund(deps, tenantId, paymentId, { on: TODAY, amount: '100' }));
    assert.equal((await read(paymentId))?.freeCents, 0n);
    done(await undoRefund(deps, tenantId, refundId));
    assert.equal((await read(paymentId))?.freeCents, 10_000n);
    const twice = await undoRefund(deps, tenantId, refundId);
    assert.ok(!twice.ok && twice.refusal.code === 'payment.already-reversed');
    const standing = await recordAgain(deps, tenantId, paymentId, newId());
    assert.ok(!standing.ok && standing.refusal.code === 'payment.standing');
    done(await bounce(deps, tenantId, paymentId, { on: TODAY, reason: 'chèque sans provision' }));
    assert.deepEqual([(await read(paymentId))?.freeCents, (await read(paymentId))?.reversedOn?.toString()], [0n, TODAY]);
    const anew = newId();
    done(await recordAgain(deps, tenantId, paymentId, anew));
    assert.equal((await see(deps, tenantId, caseId)).balances['F-2026-102'], 0n);
    assert.equal((await read(anew))?.freeCents, 10_000n);
    const all = await deps.db.tenant(tenantId, (tx) =>
      listPayments(tx, tenantId, { text: 'vieux port' }, { limit: 9, offset: 0 }),
    );
    assert.deepEqual(
      new Set(all.map((one) => one.paymentId)),
      new Set([paymentId, anew]),
      'refunds and reversals are no payments of the list',
    );
    await assertSound(deps, tenantId);
  });

  test('go where the law says: due first, then oldest; then interest, then the 40 €; the rest is left over', async (t) => {
    const { deps, tenantId } = await setUp(t);
    const caseId = await aCase(deps, tenantId, { invoices: TWO });
    const { ids, total } = await see(deps, tenantId, caseId);
    assert.ok(total && total > 154_000n);
    const paid = done(await recordPayment(deps, tenantId, { on: '2026-11-21', amount: '1600,00' }, { invoiceIds: ids }));
    const beside = total - 150_000n;
    assert.deepEqual(
      paid.parts.map((p) => [ids.indexOf(p.invoiceId), p.purpose, p.amountCents]),
      [
        [0, 'principal', 100_000n],
        [1, 'principal', 50_000n],
        [0, 'interest', beside - 4_000n],
        [0, 'indemnity', 4_000n],
      ],
    );
    assert.equal(paid.excessCents, 160_000n - total);
    assert.ok(paid.trace.some((step) => step.cites.includes('cciv-1342-10')));
    assert.ok(paid.trace.some((step) => step.cites.includes('cciv-1343-1')));
    assert.deepEqual(paid.closedCases, [caseId], 'nothing is owed: the case closes itself');
    const after = await see(deps, tenantId, caseId);
    assert.deepEqual([after.stage, after.total], ['closed', 0n]);

    const [left] = await deps.db.tenant(tenantId, (tx) => listFreeMoney(tx, tenantId, { limit: 9, offset: 0 }));
    assert.equal(left?.freeCents, paid.excessCents);
    const tooMuch = await refund(deps, tenantId, paid.paymentId, { on: TODAY, amount: '500' });
    assert.ok(!tooMuch.ok && tooMuch.refusal.code === 'payment.not-free');
    const euros = `${paid.excessCents / 100n},${String(paid.excessCents % 100n).padStart(2, '0')}`;
    done(await refund(deps, tenantId, paid.paymentId, { on: TODAY, amount: euros }));
    assert.deepEqual(await deps.db.tenant(tenantId, (tx) => listFreeMoney(tx, tenantId, { limit: 9, offset: 0 })), []);
    const late = await bounce(deps, tenantId, paid.paymentId, { on: TODAY, reason: 'rejet' });
    assert.ok(!late.ok && late.refusal.code === 'payment.refunded');
    await assertSound(deps, tenantId);
  });

  test('follow the choice of the debtor', async (t) => {
    const { deps, tenantId } = await setUp(t);
    const caseId = await aCase(deps, tenantId, { invoices: TWO });
    const { ids } = await see(deps, tenantId, caseId);
    const chosen = ids.slice(1);
    const paid = done(await recordPayment(deps, tenantId, { on: TODAY, amount: '600' }, { invoiceIds: ids, chosen }));
    assert.match(paid.trace[0]?.says ?? '', /choix du débiteur/);
    assert.deepEqual((await see(deps, tenantId, caseId)).balances, { 'F-2026-101': 90_000n, 'F-2026-102': 0n });
  });

  test('a bounced payment reopens the case it had closed, and each case it had touched', async (t) => {
    const { deps, tenantId } = await setUp(t);
    const a = await aCase(deps, tenantId, { invoices: TWO.slice(1) });
    const b = await aCase(deps, tenantId, {
      name: 'Cinéma du Lac',
      invoices: [{ ...TWO[1], number: 'F-9' } as (typeof TWO)[number]],
    });
    const ids = [...(await see(deps, tenantId, a)).ids, ...(await see(deps, tenantId, b)).ids];
    const paid = done(await recordPayment(deps, tenantId, { on: TODAY, amount: '1000' }, { invoiceIds: ids, chosen: ids }));
    assert.deepEqual(new Set(paid.closedCases), new Set([a, b]));
    const { reopenedCases } = done(await bounce(deps, tenantId, paid.paymentId, { on: TODAY, reason: 'chèque sans provision' }));
    assert.deepEqual(new Set(reopenedCases), new Set([a, b]));
    assert.deepEqual([(await see(deps, tenantId, a)).stage, (await see(deps, tenantId, b)).stage], ['not-due', 'not-due']);
    const again = await bounce(deps, tenantId, paid.paymentId, { on: TODAY, reason: 'encore' });
    assert.ok(!again.ok && again.refusal.code === 'payment.already-reversed');
    await assertSound(deps, tenantId);
  });

  test('money meant for another company is held, then placed or given back', async (t) => {
    const { deps, tenantId } = await setUp(t);
    const caseId = await aCase(deps, tenantId, { invoices: TWO.slice(1) });
    const { view, ids } = await see(deps, tenantId, caseId);
    const held = done(
      await holdPayment(deps, tenantId, { on: TODAY, amount: '700' }, { partyId: view.party.id, held: 'wrong-entity' }),
    );
    assert.equal((await see(deps, tenantId, caseId)).total, 50_000n, 'it settles nothing');
    const placed = done(await placeMoney(deps, tenantId, held.paymentId, { invoiceIds: ids }));
    assert.deepEqual(placed, { freeCents: 20_000n, closedCases: [caseId] });
    done(await refund(deps, tenantId, held.paymentId, { on: TODAY, amount: '200' }));
    const nothing = await placeMoney(deps, tenantId, held.paymentId, { invoiceIds: ids });
    assert.ok(!nothing.ok && nothing.refusal.code === 'payment.nothing-left');
    await assertSound(deps, tenantId);
  });

  test('a set-off counts like a payment, and says so', async (t) => {
    const { deps, tenantId } = await setUp(t);
    const caseId = await aCase(deps, tenantId, { invoices: TWO });
    const { ids } = await see(deps, tenantId, caseId);
    done(
      await recordPayment(
        deps,
        tenantId,
        { on: TODAY, amount: '300', kind: 'set-off', note: 'leur facture 77' },
        { invoiceIds: ids },
      ),
    );
    const { view, balances } = await see(deps, tenantId, caseId);
    assert.equal(balances['F-2026-101'], 70_000n);
    assert.ok(view.facts.some((f) => f.kind === 'payment-recorded' && f.payload.how === 'set-off'));
  });
});
