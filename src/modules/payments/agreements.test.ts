import assert from 'node:assert/strict';
import { after, describe, type TestContext, test } from 'node:test';
import { extractText } from 'unpdf';
import { day } from '#core/kernel/day.ts';
import { act, factsOf } from '#modules/cases/index.ts';
import { draftNotice, lettersOf, prepareNotice } from '#modules/letters/index.ts';
import type { Deps } from '#platform/deps.ts';
import { closePdf } from '#platform/pdf/pdf.ts';
import { aCase, done } from '../../../test/support/cases.ts';
import { assertSound, see, setUp, TODAY, TWO } from '../../../test/support/money-in.ts';
import { accessoriesLeft, compareOrders } from './agreements.ts';
import { agreeImputation, recordPayment, saveMoneySettings, waiveAccessories } from './index.ts';

after(closePdf);

const ONE = TWO.slice(0, 1);
const AGREED = { agreedOn: '2026-10-12', reason: 'Convenu au téléphone avec la comptable.' };
const code = (result: { ok: boolean; refusal?: { code: string } }) => (result.ok ? 'ok' : result.refusal?.code);
const plain = (text: string) => text.replace(/\s+/g, ' ');

/** 1 000,00 € due on 31 August 2026, 900,00 € paid on 15 October: what 21 November owes, by hand, at 12,40 %. */
const BY_LAW = 11_529n + 145n + 4_000n;
const PRINCIPAL_FIRST = 10_000n + 1_529n + 126n + 4_000n;

async function partlyPaid(t: TestContext) {
  const { deps, tenantId } = await setUp(t);
  const caseId = await aCase(deps, tenantId, { invoices: ONE });
  const { ids } = await see(deps, tenantId, caseId);
  done(await recordPayment(deps, tenantId, { on: '2026-10-15', amount: '900' }, { invoiceIds: ids }));
  return { deps, tenantId, caseId };
}

const settledCase = async (deps: Deps, tenantId: string, kind: 'business' | 'consumer' | 'public' = 'business') => {
  const caseId = await aCase(deps, tenantId, { kind, invoices: ONE });
  done(await act(deps, tenantId, caseId, 'payment', { on: TODAY, amount: '1000' }));
  return caseId;
};

describe('principal first, by agreement', () => {
  test('is shown before it is noted, changes the account to the cent, and is undone by another fact', async (t) => {
    const { deps, tenantId, caseId } = await partlyPaid(t);
    const before = await see(deps, tenantId, caseId);
    assert.equal(before.total, BY_LAW);
    const shown = compareOrders(before.view, deps.clock.today());
    assert.ok(shown.current.status === 'computed' && shown.otherwise.status === 'computed');
    assert.deepEqual([shown.order, shown.other], ['interest-first', 'principal-first']);
    assert.deepEqual([shown.current.value.total.cents, shown.otherwise.value.total.cents], [BY_LAW, PRINCIPAL_FIRST]);
    assert.equal((await see(deps, tenantId, caseId)).total, BY_LAW, 'a look changes nothing');

    const noted = done(await agreeImputation(deps, tenantId, caseId, 'principal-first', AGREED));
    assert.deepEqual([noted.before?.cents, noted.after?.cents], [BY_LAW, PRINCIPAL_FIRST]);
    const agreed = await see(deps, tenantId, caseId);
    assert.equal(agreed.total, PRINCIPAL_FIRST);
    assert.deepEqual(agreed.balances, before.balances, 'the books do not move');
    const [fact] = factsOf(agreed.view.facts, 'imputation-agreed');
    assert.deepEqual(
      [fact?.on.toString(), fact?.payload.agreedOn?.toString(), fact?.payload.reason, fact?.payload.before, fact?.payload.after],
      [TODAY, '2026-10-12', AGREED.reason, BY_LAW, PRINCIPAL_FIRST],
    );

    assert.equal(code(await agreeImputation(deps, tenantId, caseId, 'principal-first', AGREED)), 'case.imputation-same');
    done(await agreeImputation(deps, tenantId, caseId, 'interest-first', { reason: 'Noté par erreur.' }));
    const back = await see(deps, tenantId, caseId);
    assert.equal(back.total, BY_LAW);
    assert.deepEqual(
      factsOf(back.view.facts, 'imputation-agreed').map((f) => f.payload.order),
      ['principal-first', 'interest-first'],
      'both stay in the story, and the refused one left nothing',
    );
    await assertSound(deps, tenantId);
  });

  test('asks for what was agreed and when, on an open case of the company', async (t) => {
    const { deps, tenantId, caseId } = await partlyPaid(t);
    const agree = (typed: Record<string, string>, id = caseId) =>
      agreeImputation(deps, tenantId, id, 'principal-first', typed).then(code);
    assert.equal(await agree({ ...AGREED, reason: ' ' }), 'form.invalid');
    assert.equal(await agree({ ...AGREED, agreedOn: '31/02/2026' }), 'form.invalid');
    assert.equal(await agree({ ...AGREED, agreedOn: '2026-11-22' }), 'form.invalid', 'not yet agreed');
    assert.equal(await agree(AGREED, '01900000-0000-7000-8000-000000000000'), 'case.unknown');
    assert.equal(code(await agreeImputation(deps, tenantId, caseId, 'interest-first', { reason: 'x' })), 'case.imputation-same');
    done(await act(deps, tenantId, caseId, 'close', { reason: 'agreement' }));
    assert.equal(await agree(AGREED), 'case.closed');
    assert.equal((await see(deps, tenantId, caseId)).total, BY_LAW);
  });

  test('rules the letter: its sum, its annex, and what it says of part-payments', async (t) => {
    const { deps, tenantId, caseId } = await partlyPaid(t);
    const choices = { deadlineOn: day('2026-12-06'), instalments: false, mediation: false };
    const drafted = async () => {
      const draft = done(await draftNotice(deps, tenantId, caseId, choices));
      assert.ok(draft.status === 'composed');
      return plain(JSON.stringify(draft.letter));
    };
    assert.match(await drafted(), /s'impute d'abord sur les intérêts|s’impute d’abord sur les intérêts/);
    done(await agreeImputation(deps, tenantId, caseId, 'principal-first', AGREED));
    const { letterId } = done(await prepareNotice(deps, tenantId, caseId, choices));
    const { view } = await see(deps, tenantId, caseId);
    assert.equal(factsOf(view.facts, 'letter-prepared')[0]?.payload.total, PRINCIPAL_FIRST);
    const letters = await deps.db.tenant(tenantId, (tx) => lettersOf(tx, tenantId, caseId));
    const letter = letters.find((one) => one.id === letterId);
    assert.ok(letter);
    const bytes = new Uint8Array(await deps.files.read(tenantId, letter.sha256));
    const words = plain((await extractText(bytes, { mergePages: true })).text);
    assert.match(words, /156,55 €/);
    assert.match(words, /imputés d’abord sur le principal, ce que le créancier accepte/);
    assert.match(words, /900,00 € sur le principal/);
    assert.doesNotMatch(words, /156,74|115,29/);
  });
});

describe('interest and the 40 € once the invoices are paid', () => {
  test('are told by parts, given up with a reason, and asked for anew on a case taken up again', async (t) => {
    const { deps, tenantId } = await setUp(t);
    const open = await aCase(deps, tenantId, {
      name: 'Cinéma du Lac',
      invoices: [{ ...TWO[0], number: 'F-9' } as (typeof TWO)[number]],
    });
    assert.equal(accessoriesLeft((await see(deps, tenantId, open)).view), undefined);
    assert.equal(code(await waiveAccessories(deps, tenantId, open, { reason: 'geste' })), 'case.not-settled');

    const caseId = await settledCase(deps, tenantId);
    const { view } = await see(deps, tenantId, caseId);
    // By law 27,86 € of principal are left, for the payment went to interest first: to its creditor, that is interest.
    const left = accessoriesLeft(view);
    assert.deepEqual([left?.interest.cents, left?.indemnity.cents, left?.total.cents], [2_786n, 4_000n, 6_786n]);
    assert.equal(code(await waiveAccessories(deps, tenantId, caseId, { reason: '  ' })), 'form.invalid');
    const { waived } = done(await waiveAccessories(deps, tenantId, caseId, { reason: 'client fidèle' }));
    assert.equal(waived.cents, 6_786n);
    const closed = await see(deps, tenantId, caseId);
    assert.equal(closed.stage, 'closed');
    assert.deepEqual(
      closed.view.facts.slice(-2).map((f) => [f.kind, 'reason' in f.payload && f.payload.reason]),
      [
        ['accessories-waived', 'client fidèle'],
        ['case-closed', 'paid'],
      ],
    );
    assert.equal(code(await waiveAccessories(deps, tenantId, caseId, { reason: 'encore' })), 'case.not-settled');

    // Taken up again, it is for its creditor to say anew: a part of the 40 € paid does not close it.
    done(await act(deps, tenantId, caseId, 'reopen', { text: 'Le client propose de les payer.' }));
    done(await act(deps, tenantId, caseId, 'payment', { on: TODAY, amount: '20' }));
    const again = await see(deps, tenantId, caseId);
    assert.equal(again.stage, 'settled');
    assert.equal(accessoriesLeft(again.view)?.total.cents, 4_786n);
    await assertSound(deps, tenantId);
  });

  test('of a public buyer are not given up: the law holds any waiver void', async (t) => {
    const { deps, tenantId } = await setUp(t);
    const caseId = await settledCase(deps, tenantId, 'public');
    assert.ok(accessoriesLeft((await see(deps, tenantId, caseId)).view));
    assert.equal(code(await waiveAccessories(deps, tenantId, caseId, { reason: 'geste' })), 'case.waiver-void');
    const { view, stage } = await see(deps, tenantId, caseId);
    assert.equal(stage, 'settled');
    assert.equal(factsOf(view.facts, 'accessories-waived').length, 0);
  });

  test('where nothing is left, there is nothing to give up', async (t) => {
    const { deps, tenantId } = await setUp(t);
    await saveMoneySettings(deps, tenantId, { maxBankAgeDays: 3, closing: 'never' });
    // A consumer who was never put on notice owes no interest, and no 40 €.
    const caseId = await settledCase(deps, tenantId, 'consumer');
    const { view, stage } = await see(deps, tenantId, caseId);
    assert.deepEqual([stage, accessoriesLeft(view)], ['settled', undefined]);
    assert.equal(code(await waiveAccessories(deps, tenantId, caseId, { reason: 'geste' })), 'case.nothing-to-waive');
  });

  test('close the case at once where settings say so, and under « never » too', async (t) => {
    const { deps, tenantId } = await setUp(t);
    await saveMoneySettings(deps, tenantId, { maxBankAgeDays: 3, closing: 'never' });
    const kept = await settledCase(deps, tenantId);
    done(await waiveAccessories(deps, tenantId, kept, { reason: 'geste' }));
    assert.equal((await see(deps, tenantId, kept)).stage, 'closed');

    await saveMoneySettings(deps, tenantId, { maxBankAgeDays: 3, closing: 'principal-paid' });
    const other = await aCase(deps, tenantId, { invoices: [{ ...TWO[0], number: 'F-3' } as (typeof TWO)[number]] });
    done(await act(deps, tenantId, other, 'payment', { on: TODAY, amount: '1000' }));
    const { view } = await see(deps, tenantId, other);
    assert.match(view.facts.find((f) => f.kind === 'case-closed')?.payload.text ?? '', /non réclamés/);
  });
});
