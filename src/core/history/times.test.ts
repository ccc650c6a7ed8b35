import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { learntTime, proposedMinutes, TIMES_KAPPA } from './times.ts';

test('the time of a step moves from its figure towards those noted, never past them', () => {
  assert.equal(learntTime([], 21), undefined);
  const five = learntTime(Array(TIMES_KAPPA).fill(11), 21);
  assert.deepEqual([five?.times, five?.average, five?.mean, five?.weight], [5, 11, 16, 0.5]);
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 600 }), { minLength: 1, maxLength: 50 }),
      fc.integer({ min: 1, max: 120 }),
      (own, start) => {
        const learnt = learntTime(own, start);
        assert.ok(learnt);
        assert.ok(learnt.mean >= Math.min(start, learnt.average) - 1e-9 && learnt.mean <= Math.max(start, learnt.average) + 1e-9);
      },
    ),
  );
});

test('minutes are proposed as measured, rounded down; a page left open, or none, gives the figure and says so', () => {
  assert.deepEqual(proposedMinutes(7.9, 21), { minutes: 7, measured: true });
  assert.deepEqual(proposedMinutes(60.9, 21), { minutes: 60, measured: true });
  for (const measured of [undefined, 0.9, -5, 61, 480, Number.NaN])
    assert.deepEqual(proposedMinutes(measured, 21), { minutes: 21, measured: false }, String(measured));
  assert.deepEqual(proposedMinutes(undefined, 0.1), { minutes: 1, measured: false });
});
