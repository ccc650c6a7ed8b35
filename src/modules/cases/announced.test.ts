import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day } from '#core/kernel/day.ts';
import { announcedMoney } from './announced.ts';
import { type Fact, readFact } from './facts.ts';

const fact = (kind: string, on: string, payload: object): Fact => readFact(kind, day(on), payload);
const plan = fact('plan-agreed', '2026-04-10', {
  instalments: [
    { dueOn: '2026-05-10', amount: '200000' },
    { dueOn: '2026-06-10', amount: '280000' },
  ],
});
const promise = fact('promise-made', '2026-04-10', { amount: '480000', payBy: '2026-05-04' });
const paid = (on: string, amount: string): Fact => fact('payment-recorded', on, { paymentId: on, amount });
const announced = (facts: readonly Fact[], on: string): string[] =>
  announcedMoney(facts, day(on)).map(({ on: by, cents }) => `${by} ${cents}`);

test('a promise is announced until its day, less what came since', () => {
  assert.deepEqual(announced([promise], '2026-04-09'), []);
  assert.deepEqual(announced([promise], '2026-05-04'), ['2026-05-04 480000']);
  assert.deepEqual(announced([promise], '2026-05-05'), []);
  assert.deepEqual(announced([promise, paid('2026-04-20', '100000')], '2026-04-21'), ['2026-05-04 380000']);
  assert.deepEqual(announced([promise, paid('2026-04-20', '480000')], '2026-04-21'), []);
});

test('a plan announces what is left of each instalment; one missed, and it announces nothing', () => {
  assert.deepEqual(announced([plan], '2026-04-10'), ['2026-05-10 200000', '2026-06-10 280000']);
  assert.deepEqual(announced([plan, paid('2026-05-09', '250000')], '2026-05-20'), ['2026-06-10 230000']);
  assert.deepEqual(announced([plan], '2026-05-11'), []);
});

test('a formal notice ends what was agreed before it', () => {
  const posted = fact('letter-posted', '2026-04-20', { letterId: 'l', deadlineOn: '2026-05-20' });
  assert.deepEqual(announced([promise, posted], '2026-04-21'), []);
  assert.deepEqual(
    announced([posted, fact('promise-made', '2026-04-25', { amount: '100', payBy: '2026-05-04' })], '2026-04-26'),
    ['2026-05-04 100'],
  );
});
