import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Day, day } from '#core/kernel/day.ts';
import { type Fact, readFact } from './facts.ts';
import { MOVES } from './moves.ts';
import { type CaseState, caseState, letterAwaited, letterToPost, STAGES, type Stage } from './state.ts';

const DUE = '2026-03-31';
const OWED = { principalCents: 480_000n, oldestDueOn: day(DUE) };
const PAID = { principalCents: 0n, oldestDueOn: undefined };

const fact = (kind: string, on: string, payload: object = {}): Fact => readFact(kind, day(on), payload);
const opened = fact('case-opened', '2026-03-01', { reference: 'D-2026-0001' });
const contact = (on: string) => fact('contact-made', on, { channel: 'call', text: 'appelé' });
const dispute = (on: string) => fact('dispute-raised', on, { reason: 'qualité' });
const settled = (on: string) => fact('dispute-settled', on, { text: 'repris' });
const promise = (on: string, payBy: string, amount = '480000') => fact('promise-made', on, { amount, payBy });
const plan = (on: string) =>
  fact('plan-agreed', on, {
    instalments: [
      { dueOn: '2026-05-10', amount: '200000' },
      { dueOn: '2026-06-10', amount: '280000' },
    ],
  });
const payment = (on: string, amount: string, paymentId = 'p1') => fact('payment-recorded', on, { paymentId, amount });
const reversal = (on: string, amount: string, paymentId = 'p1') =>
  fact('payment-reversed', on, { paymentId, amount, reason: 'rejeté' });
const prepared = (on: string, letterId = 'l1', deadlineOn = '2026-05-20') =>
  fact('letter-prepared', on, { letterId, total: '480000', deadlineOn });
const posted = (on: string, letterId = 'l1', deadlineOn = '2026-05-20') => fact('letter-posted', on, { letterId, deadlineOn });
const outcome = (on: string, became: string, letterId = 'l1') => fact('letter-outcome', on, { letterId, outcome: became });
const insolvency = (on: string, judgmentOn: string) =>
  fact('insolvency-published', on, { proceeding: 'liquidation', judgmentOn });

/** Everything a state says, as text: what the tests compare. */
const all = ({ stage, nextOn, deadline, next }: CaseState) => [stage, show(nextOn), show(deadline), next ?? '–'].join(' ');
const show = (of: Day | undefined): string => of?.toString() ?? '–';
const at = (on: string, facts: readonly Fact[] = [], balance: Parameters<typeof caseState>[1] = OWED) =>
  all(caseState([opened, ...facts], balance, day(on)));

describe('each stage, the day before, the day, the day after', () => {
  test('the due day: late from the day after, with two weeks for a friendly contact', () => {
    assert.equal(at('2026-03-30'), 'not-due 2026-04-01 2026-03-31 –');
    assert.equal(at('2026-03-31'), 'not-due 2026-04-01 2026-03-31 –');
    assert.equal(at('2026-04-01'), 'to-contact 2026-04-01 2026-03-31 contact');
    assert.equal(at('2026-04-15'), 'to-contact 2026-04-01 2026-03-31 contact');
    assert.equal(at('2026-04-16'), 'overdue 2026-04-01 2026-03-31 formal-notice');
  });

  test('a contact leaves a week for the answer; one made before the due day does not count', () => {
    assert.equal(at('2026-04-05', [contact('2026-04-05')]), 'overdue 2026-04-12 2026-03-31 formal-notice');
    assert.equal(at('2026-04-05', [contact('2026-03-31')]), 'to-contact 2026-04-01 2026-03-31 contact');
  });

  test('a promise holds until its day, included; then speak, then write', () => {
    const promised = [promise('2026-04-20', '2026-05-04')];
    assert.equal(at('2026-05-03', promised), 'promised 2026-05-05 2026-05-04 –');
    assert.equal(at('2026-05-04', promised), 'promised 2026-05-05 2026-05-04 –');
    assert.equal(at('2026-05-05', promised), 'promise-broken 2026-05-05 2026-05-04 contact');
    const spoken = [...promised, contact('2026-05-06')];
    assert.equal(at('2026-05-06', spoken), 'promise-broken 2026-05-13 2026-05-04 formal-notice');
  });

  test('a promise is kept by payments made since it, and only by those', () => {
    const kept = [
      payment('2026-04-19', '100000', 'p0'),
      promise('2026-04-20', '2026-05-04', '300000'),
      payment('2026-05-04', '300000'),
    ];
    assert.equal(at('2026-05-05', kept), 'overdue 2026-04-01 2026-03-31 formal-notice');
    const short = [
      payment('2026-04-19', '100000', 'p0'),
      promise('2026-04-20', '2026-05-04', '300000'),
      payment('2026-05-04', '299999'),
    ];
    assert.equal(at('2026-05-05', short), 'promise-broken 2026-05-05 2026-05-04 contact');
    assert.equal(at('2026-05-06', [...kept, reversal('2026-05-06', '300000')]), 'promise-broken 2026-05-05 2026-05-04 contact');
  });

  test('a payment of the same day counts for a promise only when it came after it; an older one taken back changes nothing', () => {
    const before = [payment('2026-04-20', '300000', 'p0'), promise('2026-04-20', '2026-05-04', '300000')];
    assert.equal(at('2026-04-20', before), 'promised 2026-05-05 2026-05-04 –');
    const after = [...before, payment('2026-04-20', '300000', 'p1'), reversal('2026-04-21', '300000', 'p0')];
    assert.equal(at('2026-05-05', after), 'overdue 2026-04-01 2026-03-31 formal-notice');
  });

  test('a plan runs from instalment to instalment', () => {
    const agreed = [plan('2026-04-20')];
    assert.equal(at('2026-05-10', agreed), 'plan-running 2026-05-11 2026-05-10 –');
    assert.equal(at('2026-05-11', agreed), 'plan-broken 2026-05-11 2026-05-10 contact');
    const first = [...agreed, payment('2026-05-09', '200000')];
    assert.equal(at('2026-05-11', first), 'plan-running 2026-06-11 2026-06-10 –');
    assert.equal(at('2026-06-11', first), 'plan-broken 2026-06-11 2026-06-10 contact');
    assert.equal(
      at('2026-06-11', [...first, payment('2026-06-10', '280000', 'p2')]),
      'overdue 2026-04-01 2026-03-31 formal-notice',
    );
  });

  test('a notice counts once posted, until its deadline included', () => {
    assert.equal(at('2026-05-02', [prepared('2026-05-01')]), 'notice-prepared 2026-05-01 2026-05-20 post-letter');
    const sent = [prepared('2026-05-01'), posted('2026-05-02')];
    assert.equal(at('2026-05-19', sent), 'notice-running 2026-05-21 2026-05-20 –');
    assert.equal(at('2026-05-20', sent), 'notice-running 2026-05-21 2026-05-20 –');
    assert.equal(at('2026-05-21', sent), 'notice-expired 2026-05-21 2026-05-20 choose-road');
    assert.equal(at('2026-05-22', [...sent, contact('2026-05-22')]), 'notice-expired 2026-05-29 2026-05-20 choose-road');
  });

  test('a letter refused or left at the post office still counts; one that came back unpresented does not', () => {
    const sent = [prepared('2026-05-01'), posted('2026-05-02')];
    for (const became of ['delivered', 'refused', 'unclaimed']) {
      assert.equal(
        at('2026-05-21', [...sent, outcome('2026-05-18', became)]),
        'notice-expired 2026-05-21 2026-05-20 choose-road',
      );
    }
    assert.equal(at('2026-05-18', [...sent, outcome('2026-05-18', 'returned')]), 'overdue 2026-04-01 2026-03-31 formal-notice');
    const again = [...sent, outcome('2026-05-18', 'returned'), prepared('2026-05-19', 'l2', '2026-06-05')];
    assert.equal(at('2026-05-19', again), 'notice-prepared 2026-05-19 2026-06-05 post-letter');
  });

  test('a letter posted after a promise ends it; a promise made after the letter stops the clock', () => {
    const over = [promise('2026-04-20', '2026-06-30'), prepared('2026-05-01'), posted('2026-05-02')];
    assert.equal(at('2026-05-03', over), 'notice-running 2026-05-21 2026-05-20 –');
    const answered = [prepared('2026-05-01'), posted('2026-05-02'), promise('2026-05-10', '2026-06-30')];
    assert.equal(at('2026-05-25', answered), 'promised 2026-07-01 2026-06-30 –');
  });

  test('a dispute asks for an answer, then for its end; nothing else speaks meanwhile', () => {
    const sent = [prepared('2026-04-01'), posted('2026-04-02'), dispute('2026-04-10')];
    assert.equal(at('2026-04-10', sent), 'disputed 2026-04-10 – contact');
    assert.equal(at('2026-08-10', sent), 'disputed 2026-04-10 – contact');
    assert.equal(at('2026-04-12', [...sent, contact('2026-04-12')]), 'disputed 2026-04-19 – settle-dispute');
    assert.equal(at('2026-05-21', [...sent, settled('2026-04-20')]), 'notice-expired 2026-05-21 2026-05-20 choose-road');
  });

  test('an insolvency gives two months from its publication to declare, and stops the rest', () => {
    const published = [dispute('2026-04-05'), insolvency('2026-04-12', '2026-04-01')];
    assert.equal(at('2026-04-12', published), 'insolvent 2026-04-12 2026-06-12 declare-claim');
    assert.equal(at('2026-12-31', published), 'insolvent 2026-04-12 2026-06-12 declare-claim');
    assert.equal(at('2026-05-02', [...published, fact('claim-declared', '2026-05-01')]), 'insolvent – – –');
    assert.equal(at('2026-12-31', [insolvency('2026-12-31', '2026-12-15')]), 'insolvent 2026-12-31 2027-02-28 declare-claim');
  });

  test('paid, closed, reopened', () => {
    assert.equal(at('2026-05-02', [payment('2026-05-01', '480000')], PAID), 'settled 2026-05-01 – close');
    const closed = [fact('case-closed', '2026-05-03', { reason: 'paid' })];
    assert.equal(at('2026-05-03', closed, PAID), 'closed – – –');
    assert.equal(at('2026-05-02', closed, PAID), 'settled 2026-03-01 – close');
    const reopened = [...closed, fact('case-reopened', '2026-05-04', { text: 'rejet' })];
    assert.equal(at('2026-05-04', reopened), 'overdue 2026-04-01 2026-03-31 formal-notice');
  });
});

test('money that came in and is not placed stops the pressure, until it is placed', () => {
  const unmatched = (lineId: string, on: string) => fact('money-unmatched', on, { lineId, amount: '5000' });
  const waiting = [dispute('2026-04-15'), unmatched('l1', '2026-04-20'), unmatched('l2', '2026-04-21')];
  assert.equal(at('2026-04-21', waiting), 'money-to-place 2026-04-20 – place-money');
  const one = [...waiting, fact('money-placed', '2026-04-22', { lineId: 'l1' })];
  assert.equal(at('2026-04-22', one), 'money-to-place 2026-04-21 – place-money');
  const both = [...one, fact('money-placed', '2026-04-23', { lineId: 'l2' })];
  assert.equal(at('2026-04-23', both), 'disputed 2026-04-15 – contact');
});

test('facts of later days are not known yet', () => {
  assert.equal(at('2026-04-20', [dispute('2026-04-21')]), 'overdue 2026-04-01 2026-03-31 formal-notice');
});

test('a case without an unpaid invoice day waits for nothing', () => {
  assert.equal(at('2026-04-20', [], { principalCents: 1n, oldestDueOn: undefined }), 'not-due – – –');
});

test('the whole set of moves of each stage', () => {
  const open = ['close', 'contact', 'dispute', 'insolvency', 'note', 'payment', 'plan', 'promise'];
  const late = [...open, 'formal-notice', 'doubtful'];
  const expected: Record<Stage, readonly string[]> = {
    'not-due': open,
    'to-contact': late,
    overdue: late,
    promised: late,
    'promise-broken': late,
    'plan-running': late,
    'plan-broken': late,
    'notice-prepared': late,
    'notice-running': late,
    'notice-expired': late,
    disputed: [...late, 'dispute-settled'],
    insolvent: ['close', 'contact', 'declaration', 'dispute', 'doubtful', 'note', 'payment'],
    'money-to-place': open,
    'payment-announced': [...open, 'status-answered'],
    'document-missing': [...open, 'status-answered'],
    'not-delivered': [...open, 'status-answered'],
    withdrawn: [...open, 'status-answered'],
    settled: ['close', 'contact', 'dispute', 'formal-notice', 'note', 'payment'],
    closed: ['note', 'reopen'],
  };
  for (const stage of STAGES) assert.deepEqual([...MOVES[stage]].sort(), [...expected[stage]].sort(), stage);
});

test('the letter to post is the last one prepared', () => {
  const facts = [opened, prepared('2026-05-01', 'l1'), prepared('2026-05-02', 'l2')];
  assert.equal(letterToPost(caseState(facts, OWED, day('2026-05-03')), facts), 'l2');
  const sent = [...facts, posted('2026-05-03', 'l2')];
  assert.equal(letterToPost(caseState(sent, OWED, day('2026-05-03')), sent), undefined);
});

test('what no version wrote is not read as a fact', () => {
  assert.throws(() => readFact('invented', day(DUE), {}), /unknown kind of fact/);
  assert.throws(() => readFact('payment-recorded', day(DUE), { paymentId: 'p', amount: 12.5 }));
  assert.throws(() => readFact('promise-made', day(DUE), { amount: '1', payBy: '2026-02-30' }));
});

test('the acknowledgement of a posted letter is awaited until it is told', () => {
  const awaited = (...facts: Fact[]) => letterAwaited(caseState(facts, OWED, day('2026-05-06')), facts);
  const sent = [opened, prepared('2026-05-02'), posted('2026-05-03')];
  assert.equal(awaited(opened, prepared('2026-05-02')), undefined);
  assert.equal(awaited(...sent), 'l1');
  assert.equal(awaited(...sent, outcome('2026-05-05', 'delivered')), undefined);
});
