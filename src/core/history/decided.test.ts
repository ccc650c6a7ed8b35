import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ClosedChoice, choiceRecords, followed, pairRecords } from './decided.ts';

const choice = (over: Partial<ClosedChoice> = {}): ClosedChoice => ({
  proposed: 'MED',
  tie: ['MED'],
  chosen: 'MED',
  waiting: false,
  receivedCents: 0n,
  settled: false,
  ...over,
});

test('following is the proposed step or its equal; while something runs, it is waiting', () => {
  assert.ok(followed(choice()));
  assert.ok(followed(choice({ tie: ['CALL', 'MED'], chosen: 'CALL' })));
  assert.ok(!followed(choice({ chosen: 'CALL' })));
  assert.ok(!followed(choice({ chosen: undefined })));
  assert.ok(!followed(choice({ chosen: 'WRITEOFF' })));
  assert.ok(followed(choice({ proposed: 'WRITEOFF', tie: ['WRITEOFF'], chosen: 'WRITEOFF' })));
  // A promise runs: even the proposed step is too early.
  assert.ok(!followed(choice({ waiting: true })));
  assert.ok(followed(choice({ waiting: true, chosen: undefined })));
});

test('records by followed or not, and by pair, with counts, sums and intervals', () => {
  const choices = [
    ...Array.from({ length: 6 }, (_, i) => choice({ settled: i < 4, receivedCents: i < 4 ? 100_00n : 0n })),
    choice({ chosen: 'CALL', settled: true, receivedCents: 50_00n }),
    choice({ chosen: 'CALL' }),
    choice({ chosen: undefined }),
  ];
  const [yes, no] = choiceRecords(choices);
  assert.deepEqual([yes?.followed, yes?.times, yes?.settled, yes?.receivedCents], [true, 6, 4, 400_00n]);
  assert.deepEqual([no?.followed, no?.times, no?.settled, no?.receivedCents], [false, 3, 1, 50_00n]);
  assert.ok(yes && yes.low < yes.rate && yes.rate < yes.high);
  assert.deepEqual(
    pairRecords(choices).map((p) => [p.proposed, p.chosen, p.times]),
    [
      ['MED', 'MED', 6],
      ['MED', 'CALL', 2],
      ['MED', undefined, 1],
    ],
  );
  assert.deepEqual(choiceRecords([]), []);
});
