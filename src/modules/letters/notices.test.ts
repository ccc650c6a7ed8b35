import assert from 'node:assert/strict';
import { after, describe, type TestContext, test } from 'node:test';
import { extractText } from 'unpdf';
import { addDays, day } from '#core/kernel/day.ts';
import { act, factsOf, viewCase } from '#modules/cases/index.ts';
import { receiveStatement, saveMoneySettings } from '#modules/payments/index.ts';
import type { Deps } from '#platform/deps.ts';
import { closePdf } from '#platform/pdf/pdf.ts';
import { freshDeps } from '../../../test/support/app.ts';
import { aCase, aCompany, CREDITOR, done, story } from '../../../test/support/cases.ts';
import { camt } from '../../../test/support/money-in.ts';
import { noticeOfCase } from './case-notice.ts';
import { readChoices, typedChoices } from './choices.ts';
import { lettersOf, readLetter } from './letters.repo.ts';
import { draftNotice, prepareNotice, renderDraft } from './notices.ts';
import { markPosted, recordOutcome } from './posting.ts';

after(closePdf);

const TODAY = '2026-11-21';
const CHOICES = { deadlineOn: day('2026-12-06'), instalments: true, mediation: true };
const INVOICE = { number: 'F-2026-031', issuedOn: '2026-03-01', dueOn: '2026-03-31', amount: '4800.00' };
const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);

async function setUp(t: TestContext, typed: Readonly<Record<string, string>> = CREDITOR) {
  const { deps, on } = story(await freshDeps(t, { today: TODAY }), TODAY);
  const tenantId = await aCompany(deps, typed);
  const caseId = await aCase(deps, tenantId, { invoices: [INVOICE] });
  return { deps, on, tenantId, caseId };
}
const letterOf = (deps: Deps, tenantId: string, letterId: string) =>
  deps.db.tenant(tenantId, (tx) => readLetter(tx, tenantId, letterId));
const stageOf = async (deps: Deps, tenantId: string, caseId: string) =>
  (await deps.db.tenant(tenantId, (tx) => viewCase(tx, tenantId, caseId, deps.clock.today())))?.state.stage;
const code = (result: { ok: boolean; refusal?: { code: string } }) => (result.ok ? 'ok' : result.refusal?.code);

describe('the choices', () => {
  const typed = (query: Record<string, string>) => readChoices(typedChoices(query), day(TODAY));
  test('a first visit has the usual ones: fifteen days, an open door', () => {
    const choices = done(typed({}));
    assert.deepEqual([choices.deadlineOn.toString(), choices.instalments, choices.mediation], ['2026-12-06', true, true]);
  });
  test('what is unticked is not offered', () => {
    const choices = done(typed({ delai: '8', mediation: 'oui' }));
    assert.deepEqual([choices.deadlineOn.toString(), choices.instalments, choices.mediation], ['2026-11-29', false, true]);
  });
  test('another date must be given, and be to come', () => {
    assert.equal(done(typed({ delai: 'date', deadlineOn: '22/11/2026' })).deadlineOn.toString(), '2026-11-22');
    for (const deadlineOn of ['', TODAY, 'demain', '2026-02-30']) {
      assert.equal(code(typed({ delai: 'date', deadlineOn })), 'form.invalid', deadlineOn);
    }
  });
});

describe('preparing', () => {
  test('keeps the PDF that was previewed, its model and its statement, and notes it in the case', async (t) => {
    const { deps, tenantId, caseId } = await setUp(t);
    const draft = done(await draftNotice(deps, tenantId, caseId, CHOICES));
    assert.ok(draft.status === 'composed');
    const preview = await renderDraft(deps, tenantId, draft.letter);
    const { letterId } = done(await prepareNotice(deps, tenantId, caseId, CHOICES));
    const letter = await letterOf(deps, tenantId, letterId);
    assert.ok(letter);
    assert.deepEqual(new Uint8Array(await deps.files.read(tenantId, letter.sha256)), new Uint8Array(preview));
    assert.deepEqual(letter.model, JSON.parse(JSON.stringify(draft.letter)));
    const { text } = await extractText(new Uint8Array(preview), { mergePages: true });
    const plain = text.replace(/[\s\u00a0\u202f]+/g, ' ');
    // 91 days at 12,15 % then 144 at 12,40 %, each rounded to the cent
    for (const word of ['F-2026-031', '145,40', '234,82', '380,22', '40,00', '5 220,22 €', '6 décembre 2026'])
      assert.ok(plain.includes(word), word);
    assert.equal(await stageOf(deps, tenantId, caseId), 'notice-prepared');
  });

  test('asked twice, even at once, makes one letter; other choices make another', async (t) => {
    const { deps, tenantId, caseId } = await setUp(t);
    const both = await Promise.all([1, 2].map(() => prepareNotice(deps, tenantId, caseId, CHOICES)));
    assert.equal(new Set(both.map((one) => done(one).letterId)).size, 1);
    const other = { ...CHOICES, deadlineOn: addDays(CHOICES.deadlineOn, 1) };
    done(await prepareNotice(deps, tenantId, caseId, other));
    assert.equal((await deps.db.tenant(tenantId, (tx) => lettersOf(tx, tenantId, caseId))).length, 2);
  });

  test('lists what is missing, with its key', async (t) => {
    const { iban: _iban, street: _street, ...typed } = CREDITOR;
    const { deps, tenantId, caseId } = await setUp(t, typed);
    const draft = done(await draftNotice(deps, tenantId, caseId, CHOICES));
    assert.ok(draft.status === 'missing');
    assert.deepEqual(
      draft.facts.map((f) => f.key),
      ['creditor.address', 'creditor.iban'],
    );
    assert.equal(code(await prepareNotice(deps, tenantId, caseId, CHOICES)), 'letter.missing');
    assert.equal(await stageOf(deps, tenantId, caseId), 'overdue');
  });

  test('claims what is late only, and says the rate agreed', async (t) => {
    const { deps, tenantId, caseId } = await setUp(t);
    await aCase(deps, tenantId, { invoices: [{ ...INVOICE, number: 'F-2026-099', dueOn: '2026-11-21' }] });
    const draft = done(await draftNotice(deps, tenantId, caseId, CHOICES));
    assert.ok(draft.status === 'composed');
    assert.deepEqual(
      draft.statement.invoices.map((i) => i.number),
      ['F-2026-031'],
    );
    assert.match(JSON.stringify(draft.letter.sections), /Banque centrale européenne/);
    const { setContractRate } = await import('#modules/cases/index.ts');
    done(await setContractRate(deps, tenantId, caseId, '15'));
    const agreed = done(await draftNotice(deps, tenantId, caseId, CHOICES));
    assert.ok(agreed.status === 'composed');
    assert.match(JSON.stringify(agreed.letter.sections), /taux convenu/);
  });

  test('is refused where it would be wrong, and only there', async (t) => {
    const { deps, tenantId, caseId } = await setUp(t);
    const asked = () => draftNotice(deps, tenantId, caseId, CHOICES).then(code);
    done(await act(deps, tenantId, caseId, 'dispute', { on: TODAY, text: 'qualité' }));
    assert.equal(await asked(), 'ok', 'a person may still decide to write');
    done(await act(deps, tenantId, caseId, 'insolvency', { on: TODAY, judgmentOn: '2026-11-10', proceeding: 'liquidation' }));
    assert.equal(await asked(), 'letter.stopped');
    done(await act(deps, tenantId, caseId, 'close', { reason: 'written-off' }));
    assert.equal(await asked(), 'letter.stopped');
  });

  test('is too early before the due day; after payment it claims what the delay left', async (t) => {
    const { deps, tenantId, caseId } = await setUp(t);
    const early = await aCase(deps, tenantId, { name: 'Tout neuf', invoices: [{ ...INVOICE, number: 'F-2', dueOn: TODAY }] });
    assert.equal(code(await draftNotice(deps, tenantId, early, CHOICES)), 'letter.stopped');
    done(await act(deps, tenantId, caseId, 'payment', { on: TODAY, amount: '4800' }));
    const rest = done(await draftNotice(deps, tenantId, caseId, CHOICES));
    assert.ok(rest.status === 'composed');
    assert.equal(rest.statement.total.cents, 42_022n);
  });
});

describe('a letter once posted', () => {
  async function sent(t: TestContext) {
    const made = await setUp(t);
    const { letterId } = done(await prepareNotice(made.deps, made.tenantId, made.caseId, CHOICES));
    made.on('2026-11-23');
    return { ...made, letterId };
  }

  test('is posted once, neither before it was written nor tomorrow', async (t) => {
    const { deps, tenantId, caseId, letterId } = await sent(t);
    const post = (postedOn: string) => markPosted(deps, tenantId, letterId, { postedOn, trackingNumber: '1A 000 000 0001 2' });
    assert.equal(code(await post('2026-11-20')), 'form.invalid');
    assert.equal(code(await post('2026-11-24')), 'form.invalid');
    assert.equal(code(await post('2026-11-23')), 'ok');
    assert.equal(code(await post('2026-11-23')), 'letter.posted');
    assert.equal(await stageOf(deps, tenantId, caseId), 'notice-running');
  });

  test('cannot be rewritten or removed, even by a mistake of ours', async (t) => {
    const { deps, tenantId, letterId } = await sent(t);
    done(await markPosted(deps, tenantId, letterId, { postedOn: '2026-11-23' }));
    const attempts = [
      { file_sha256: 'f'.repeat(64) },
      { model: '{}' },
      { statement: '{}' },
      { deadline_on: day('2027-01-01') },
      { as_of: day('2026-01-01') },
    ];
    for (const change of attempts) {
      const attempt = deps.db.tenant(tenantId, (tx) =>
        tx.updateTable('letters').set(change).where('letter_id', '=', letterId).execute(),
      );
      await assert.rejects(attempt, /permission denied/, Object.keys(change)[0] ?? '');
    }
    await assert.rejects(
      deps.db.tenant(tenantId, (tx) => tx.deleteFrom('letters').where('letter_id', '=', letterId).execute()),
      /permission denied/,
    );
  });

  test('has one end, with its receipt, after it was posted', async (t) => {
    const { deps, tenantId, caseId, letterId } = await sent(t);
    const ends = (outcomeOn: string, bytes?: Uint8Array) =>
      recordOutcome(deps, tenantId, letterId, { outcome: 'delivered', outcomeOn }, bytes && { name: 'avis.jpg', bytes });
    assert.equal(code(await ends('2026-11-23')), 'letter.not-posted');
    done(await markPosted(deps, tenantId, letterId, { postedOn: '2026-11-23' }));
    assert.equal(code(await ends('2026-11-22')), 'form.invalid');
    assert.equal(code(await ends('2026-11-23', new TextEncoder().encode('<svg/>'))), 'form.invalid');
    assert.equal(code(await ends('2026-11-23', JPEG)), 'ok');
    assert.equal(code(await ends('2026-11-23', JPEG)), 'letter.settled');
    const view = await deps.db.tenant(tenantId, (tx) => viewCase(tx, tenantId, caseId, deps.clock.today()));
    assert.deepEqual(
      view?.documents.map((d) => d.kind),
      ['letter', 'receipt'],
    );
    assert.equal(factsOf(view?.facts ?? [], 'letter-outcome').length, 1);
  });
});

test('the command line makes the letter of a case by its reference', async (t) => {
  const { deps, tenantId, caseId } = await setUp(t);
  const options = { case: 'D-2026-0001', instalments: true, mediation: false };
  const told = done(await noticeOfCase(deps, tenantId, { ...options, model: true }));
  assert.ok(!told.made);
  assert.equal(told.letter.deadline, '2026-12-06');
  assert.equal(await stageOf(deps, tenantId, caseId), 'overdue', 'telling makes nothing');
  const made = done(await noticeOfCase(deps, tenantId, options));
  assert.ok(made.made && Buffer.from(made.pdf.subarray(0, 5)).toString() === '%PDF-');
  assert.equal(await stageOf(deps, tenantId, caseId), 'notice-prepared');
  assert.equal(code(await noticeOfCase(deps, tenantId, { ...options, case: 'D-1999-0001' })), 'case.unknown');
});

describe('the bank, before a letter leaves', () => {
  test('an old bank asks how one knows that nothing came, and the fact keeps the answer; a statement answers it too', async (t) => {
    const { deps, tenantId, caseId } = await setUp(t);
    const drop = (from: string, until: string) => receiveStatement(deps, tenantId, camt([], from, until));
    const { letterId } = done(await prepareNotice(deps, tenantId, caseId, CHOICES));
    done(await drop('2026-11-02', '2026-11-06'));
    const silent = await markPosted(deps, tenantId, letterId, { postedOn: TODAY });
    assert.ok(!silent.ok && silent.refusal.code === 'form.invalid');
    const { fields } = silent.refusal.data as { fields: Record<string, string> };
    assert.match(fields.bankChecked ?? '', /Dites ce que vous avez vérifié/);
    done(await markPosted(deps, tenantId, letterId, { postedOn: TODAY, bankChecked: 'compte vu ce matin' }));
    const posted = async () => {
      const view = await deps.db.tenant(tenantId, (tx) => viewCase(tx, tenantId, caseId, day(TODAY)));
      return factsOf(view?.facts ?? [], 'letter-posted').map((f) => [f.payload.bankUntil?.toString(), f.payload.bankChecked]);
    };
    assert.deepEqual(await posted(), [['2026-11-06', 'compte vu ce matin']]);

    done(await drop('2026-11-07', '2026-11-20'));
    const again = done(await prepareNotice(deps, tenantId, caseId, { ...CHOICES, deadlineOn: day('2026-12-07') }));
    done(await markPosted(deps, tenantId, again.letterId, { postedOn: TODAY, bankChecked: 'inutile' }));
    assert.deepEqual((await posted())[1], ['2026-11-20', undefined]);
  });

  test('a company that wants it is never asked', async (t) => {
    const { deps, tenantId, caseId } = await setUp(t);
    done(await receiveStatement(deps, tenantId, camt([], '2026-11-02', '2026-11-06')));
    await saveMoneySettings(deps, tenantId, { maxBankAgeDays: null, closing: 'nothing-owed' });
    const { letterId } = done(await prepareNotice(deps, tenantId, caseId, CHOICES));
    done(await markPosted(deps, tenantId, letterId, { postedOn: TODAY }));
  });
});
