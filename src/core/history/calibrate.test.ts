import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Action } from '../advice/actions.ts';
import { DEFAULT_PARAMS, numbersOf, withUserValues } from '../advice/params.ts';
import { calibrated } from './calibrate.ts';
import type { ClosedCase } from './closed-case.ts';

/** Two mails, then a step that settled `settled` cases of `of`. */
const cases = (action: Action, settled: number, of: number, segment?: string): ClosedCase[] =>
  Array.from({ length: of }, (_, i) => ({
    id: `${segment}-${i}`,
    faceCents: 100_00n,
    steps: [
      { action: 'EMAIL', costCents: 0n, minutes: 5, receivedCents: 0n },
      { action: 'EMAIL', costCents: 0n, minutes: 5, receivedCents: 0n },
      { action, costCents: 0n, minutes: 5, receivedCents: i < settled ? 100_00n : 0n },
    ],
    ...(segment === undefined ? {} : { segment }),
  }));

test('every figure that is learnt, put in place of the starting one, gives back the learnt rate', () => {
  for (const action of ['CALL', 'MED', 'AGENCY', 'PSR', 'IP', 'REFERE', 'ENFORCE'] as const) {
    const own = cases(action, 9, 30);
    const learnt = calibrated(own, action, DEFAULT_PARAMS);
    assert.ok(learnt?.value, action);
    const after = withUserValues(DEFAULT_PARAMS, { [learnt.figure]: learnt.value });
    assert.ok(after.ok, action);
    const again = calibrated(own, action, after.value);
    assert.ok(Math.abs((again?.rate.start ?? 0) - learnt.rate.mean) < 1e-6, action);
    // 20 cases' worth of the start, 30 of one's own.
    assert.ok(Math.abs(learnt.rate.mean - (20 * learnt.rate.start + 9) / 50) < 1e-9, action);
  }
});

test('no types are told apart: their order stays, and better results raise every one', () => {
  const up = calibrated(cases('MED', 28, 30), 'MED', DEFAULT_PARAMS);
  const down = calibrated(cases('MED', 0, 30), 'MED', DEFAULT_PARAMS);
  const start = numbersOf(DEFAULT_PARAMS).pM;
  assert.ok(up?.value && down?.value);
  start.forEach((p, t) => {
    assert.ok((up.value?.[t] ?? 0) > p && (down.value?.[t] ?? 1) < p);
  });
  assert.equal(up.rate.start, down.rate.start);
});

test('a second mail is expected to yield less than a first, and the mixture says so', () => {
  const twice = calibrated(cases('MED', 0, 5), 'EMAIL', DEFAULT_PARAMS);
  const once = calibrated(
    cases('MED', 0, 5).map((c) => ({ ...c, steps: c.steps.slice(1) })),
    'EMAIL',
    DEFAULT_PARAMS,
  );
  assert.equal(twice?.rate.user.cases, 10);
  assert.ok((twice?.rate.start ?? 1) < (once?.rate.start ?? 0));
});

test('a group has its own rate; the figure is learnt from all cases', () => {
  const own = [...cases('MED', 1, 10, 'BTP'), ...cases('MED', 9, 10, 'Conseil')];
  const all = calibrated(own, 'MED', DEFAULT_PARAMS);
  const group = calibrated(own, 'MED', DEFAULT_PARAMS, { segment: 'BTP' });
  assert.deepEqual(group?.value, all?.value);
  assert.ok((group?.rate.mean ?? 1) < (all?.rate.mean ?? 0));
  assert.equal(group?.rate.segment?.cases, 10);
});

test('a step never taken, or whose issue is not settled in one go, teaches nothing', () => {
  assert.equal(calibrated(cases('MED', 1, 3), 'CALL', DEFAULT_PARAMS), undefined);
  assert.equal(calibrated(cases('PLAN', 1, 3), 'PLAN', DEFAULT_PARAMS), undefined);
  assert.equal(calibrated([], 'MED', DEFAULT_PARAMS), undefined);
});
