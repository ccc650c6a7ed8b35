import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { day } from '#core/kernel/day.ts';
import { statusesAsking } from './einvoice.ts';
import { statusWords } from './einvoice-words.ts';
import { type Fact, readFact } from './facts.ts';
import { caseState } from './state.ts';

const OWED = { principalCents: 480_000n, oldestDueOn: day('2026-03-31') };
const fact = (kind: string, on: string, payload: object = {}): Fact => readFact(kind, day(on), payload);
const opened = fact('case-opened', '2026-03-01', { reference: 'D-2026-0001' });
const status = (meaning: string, at: string, more: object = {}) =>
  fact('einvoice-status', at.slice(0, 10), {
    statusId: `s-${meaning}-${at}`,
    invoiceId: 'i1',
    number: 'F-1',
    document: 'invoice',
    code: '210',
    label: 'Refusée',
    meaning,
    at,
    paidBefore: '0',
    settled: false,
    messageSha256: '0'.repeat(64),
    ...more,
  });
const payment = (on: string, amount: string) => fact('payment-recorded', on, { paymentId: `p-${on}`, amount });
const stage = (on: string, facts: readonly Fact[]) => {
  const { stage: where, nextOn, next } = caseState([opened, ...facts], OWED, day(on));
  return `${where} ${nextOn ?? '–'} ${next ?? '–'}`;
};

test('refused, disputed or approved in part: a dispute to answer, until it is settled or a credit note comes', () => {
  for (const meaning of ['refused', 'disputed', 'partly-approved']) {
    const told = [status(meaning, '2026-04-10T09:00:00')];
    assert.equal(stage('2026-04-10', told), 'disputed 2026-04-10 contact', meaning);
    const answered = [...told, fact('contact-made', '2026-04-12', { channel: 'email', text: 'répondu' })];
    assert.equal(stage('2026-04-12', answered), 'disputed 2026-04-19 settle-dispute', meaning);
    assert.match(
      stage('2026-04-20', [
        ...told,
        fact('dispute-settled', '2026-04-15', { text: 'repris', statusIds: [`s-${meaning}-2026-04-10T09:00:00`] }),
      ]),
      /^overdue/,
    );
    const credit = { creditNoteId: 'c1', number: 'A-1', invoiceId: 'i1', amount: '1000' };
    assert.match(stage('2026-04-20', [...told, fact('credit-note-applied', '2026-04-15', credit)]), /^overdue/);
    const other = { ...credit, invoiceId: 'i2' };
    assert.match(stage('2026-04-20', [...told, fact('credit-note-applied', '2026-04-15', other)]), /^disputed/);
  }
});

test('a later status replaces an earlier one, in whatever order the messages came', () => {
  const refused = status('disputed', '2026-04-10T09:00:00');
  const approved = status('approved', '2026-04-10T17:00:00');
  assert.match(stage('2026-04-20', [refused, approved]), /^overdue/);
  assert.match(stage('2026-04-20', [approved, refused]), /^overdue/);
  const beside = status('other', '2026-04-11T09:00:00');
  assert.match(stage('2026-04-20', [refused, beside]), /^disputed/, 'a status that says nothing lifts nothing');
  const elsewhere = status('approved', '2026-04-11T09:00:00', { invoiceId: 'i2', number: 'F-2' });
  assert.match(stage('2026-04-20', [refused, elsewhere]), /^disputed/, 'nor does that of another invoice');
});

test('suspended: a document to send; the case goes on once it is sent, with time to pay', () => {
  const told = [status('suspended', '2026-04-20T09:00:00')];
  assert.equal(stage('2026-04-21', told), 'document-missing 2026-04-20 answer-status');
  const sent = [
    ...told,
    fact('status-answered', '2026-04-22', { text: 'bon envoyé', statusIds: ['s-suspended-2026-04-20T09:00:00'] }),
  ];
  assert.equal(stage('2026-04-22', sent), 'overdue 2026-04-29 formal-notice');
  assert.match(stage('2026-04-22', [...told, status('completed', '2026-04-22T09:00:00')]), /^overdue/);
});

test('rejected before it arrived, cancelled, sold: nothing is demanded before the user says so', () => {
  assert.equal(stage('2026-04-21', [status('rejected', '2026-04-20T09:00:00')]), 'not-delivered 2026-04-20 answer-status');
  assert.equal(stage('2026-04-21', [status('cancelled', '2026-04-20T09:00:00')]), 'withdrawn 2026-04-20 answer-status');
  assert.equal(stage('2026-04-21', [status('factored', '2026-04-20T09:00:00')]), 'withdrawn 2026-04-20 answer-status');
  const again = [status('rejected', '2026-04-20T09:00:00'), status('issued', '2026-04-21T09:00:00')];
  assert.match(stage('2026-04-21', again), /^overdue/);
});

test('cashed or paid by the buyer: reminders wait for a look at the bank', () => {
  assert.equal(stage('2026-04-21', [status('cashed', '2026-04-20T09:00:00')]), 'payment-announced 2026-04-20 check-payment');
  const sent = status('payment-sent', '2026-04-20T09:00:00');
  assert.equal(stage('2026-04-21', [sent]), 'payment-announced 2026-04-27 check-payment');
  assert.match(
    stage('2026-05-10', [
      sent,
      fact('status-answered', '2026-05-10', { text: 'rien reçu', statusIds: ['s-payment-sent-2026-04-20T09:00:00'] }),
    ]),
    /^overdue/,
  );
});

test('an answer answers what it names: a message dropped later, dated before it, still waits', () => {
  const answer = fact('status-answered', '2026-04-25', { text: 'bon envoyé', statusIds: ['s-suspended-2026-04-20T09:00:00'] });
  const facts = [status('suspended', '2026-04-20T09:00:00'), status('cashed', '2026-04-24T09:00:00'), answer];
  assert.match(stage('2026-04-25', facts), /^payment-announced/);
  const settled = fact('dispute-settled', '2026-04-25', { text: 'repris' });
  assert.match(stage('2026-04-25', [status('refused', '2026-04-20T09:00:00'), settled]), /^disputed/);
});

test('money counts whatever its day: a statement read later may tell of an earlier one', () => {
  const cashed = status('cashed', '2026-04-20T09:00:00', { paidBefore: '1000' });
  assert.match(stage('2026-04-21', [payment('2026-04-02', '1000'), cashed]), /^payment-announced/);
  assert.match(stage('2026-04-21', [payment('2026-04-02', '1000'), payment('2026-04-18', '5000'), cashed]), /^overdue/);
  assert.match(stage('2026-04-21', [status('cashed', '2026-04-20T09:00:00', { amount: '-1000' })]), /^overdue/);
  assert.match(stage('2026-04-21', [status('cashed', '2026-04-20T09:00:00', { settled: true })]), /^overdue/);
});

test('the state does not depend on the order in which messages of one day were dropped', () => {
  const meanings = [
    'issued',
    'delivered',
    'approved',
    'disputed',
    'refused',
    'suspended',
    'completed',
    'payment-sent',
    'rejected',
  ];
  const messages = fc.uniqueArray(fc.record({ meaning: fc.constantFrom(...meanings), hour: fc.integer({ min: 0, max: 23 }) }), {
    minLength: 1,
    selector: ({ hour }) => hour,
  });
  fc.assert(
    fc.property(messages, fc.infiniteStream(fc.nat()), (given, luck) => {
      const facts = given.map(({ meaning, hour }) => status(meaning, `2026-04-10T${String(hour).padStart(2, '0')}:00:00`));
      const shuffled = facts
        .map((one) => ({ one, at: luck.next().value ?? 0 }))
        .sort((a, b) => a.at - b.at)
        .map(({ one }) => one);
      assert.equal(stage('2026-04-20', shuffled), stage('2026-04-20', facts));
      assert.ok(statusesAsking(facts).length <= 1, 'one invoice has one status');
    }),
  );
});

test('each status is told in plain words', () => {
  const words = (meaning: string, more: object = {}) => {
    const told = status(meaning, '2026-04-10T09:00:00', more);
    assert.ok(told.kind === 'einvoice-status');
    return statusWords(told.payload);
  };
  assert.equal(words('refused'), 'Facture F-1 refusée par votre client');
  assert.equal(words('suspended'), 'Facture F-1 suspendue par votre client, à qui une pièce manque');
  assert.equal(words('cashed', { amount: '120000' }), 'Facture F-1\u202f: 1\u202f200,00\u00a0€ dits encaissés');
  assert.equal(
    words('cashed', { amount: '-120000' }),
    'Facture F-1\u202f: encaissement de 1\u202f200,00\u00a0€ annulé sur la plateforme',
  );
  assert.equal(words('other', { label: 'Demande de paiement direct' }), 'Facture F-1\u202f: demande de paiement direct');
  assert.equal(words('refused', { document: 'credit-note', label: 'Refusée' }), 'Avoir F-1\u202f: refusée sur la plateforme');
});
