import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { betaBinomial, calibrateShift, kappaOf, shiftLogit, shrinkLevels } from './learning.ts';

test('twenty cases weigh as much as the starting rate: 40 % and 12 of 20 make 50 %', () => {
  assert.deepEqual(betaBinomial(0.4, 20, 12, 20), { mean: 0.5, weight: 0.5 });
  assert.deepEqual(betaBinomial(0.4, 20, 0, 0), { mean: 0.4, weight: 0 });
  assert.throws(() => betaBinomial(0.4, 20, 3, 2), RangeError);
});

test('a shrunken rate lies between the start and what was seen', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.integer({ min: 0, max: 50 }),
      fc.integer({ min: 1, max: 50 }),
      (start, seen, more) => {
        const cases = seen + more;
        const { mean } = betaBinomial(start, 20, seen, cases);
        const rate = seen / cases;
        assert.ok(mean >= Math.min(start, rate) - 1e-12 && mean <= Math.max(start, rate) + 1e-12);
      },
    ),
  );
});

test('each level starts from the one above', () => {
  const [user, segment, customer] = shrinkLevels(0.4, [
    { successes: 12, cases: 20, kappa: 20 },
    { successes: 0, cases: 0, kappa: 20 },
    { successes: 3, cases: 3, kappa: 3 },
  ]);
  assert.equal(user?.mean, 0.5);
  assert.equal(segment?.mean, 0.5);
  assert.equal(customer?.mean, 0.75);
});

test('alike groups get a large κ, unlike ones a small one, few groups none', () => {
  const groups = (rates: readonly number[]) =>
    Array.from({ length: 60 }, (_, i) => ({ cases: 40, successes: Math.round(40 * (rates[i % rates.length] ?? 0)) }));
  const alike = kappaOf(groups([0.4, 0.4, 0.425, 0.375]));
  const unlike = kappaOf(groups([0.02, 0.98, 0.1, 0.9]));
  assert.ok(alike !== undefined && alike > 500, String(alike));
  assert.ok(unlike !== undefined && unlike < 2, String(unlike));
  assert.equal(kappaOf(groups([0.4]).slice(0, 29)), undefined);
  assert.equal(kappaOf(groups([0])), undefined);
});

test('one logit shift brings a mixture to its target', () => {
  const chances = [0.5, 0.2, 0.05];
  const mixture = (shift: number): number => chances.reduce((sum, p) => sum + shiftLogit(p, shift) / 3, 0);
  const shift = calibrateShift(mixture, 0.4);
  assert.ok(Math.abs(mixture(shift) - 0.4) < 1e-9);
  assert.ok(shift > 0);
  assert.equal(shiftLogit(0, 5), 0);
  assert.equal(shiftLogit(1, -5), 1);
  assert.ok(Math.abs(shiftLogit(0.3, 0) - 0.3) < 1e-15);
});
