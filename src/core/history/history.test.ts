import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { betaCdf, betaQuantile, logGamma } from './beta.ts';
import type { ClosedCase } from './closed-case.ts';
import { learntRate, rateInterval, stepRecords } from './rates.ts';
import { learntSentence, NOT_CAUSAL, rateSentence } from './sentences.ts';
import { armOf, checkDesign, compareArms, newcombe, type TrialCase, type TrialDesign } from './trial.ts';

const near = (a: number, b: number, by = 1e-9): void => assert.ok(Math.abs(a - b) <= by, `${a} is not ${b}`);

test('beta law: closed forms, symmetry, quantiles that undo', () => {
  near(logGamma(5), Math.log(24));
  near(logGamma(0.5), Math.log(Math.sqrt(Math.PI)));
  near(betaCdf(0.3, 1, 1), 0.3);
  near(betaCdf(0.3, 2, 1), 0.09);
  // Beta(2, 3): 6x² − 8x³ + 3x⁴
  near(betaCdf(0.4, 2, 3), 6 * 0.16 - 8 * 0.064 + 3 * 0.0256);
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      fc.double({ min: 0.5, max: 200, noNaN: true }),
      fc.double({ min: 0.5, max: 200, noNaN: true }),
      (p, a, b) => {
        near(betaCdf(betaQuantile(p, a, b), a, b), p, 1e-6);
        near(betaCdf(0.37, a, b), 1 - betaCdf(0.63, b, a), 1e-10);
      },
    ),
  );
});

/** `settled` of `of` cases are settled by the step. */
const some = (settled: number, of: number, over: Partial<ClosedCase> = {}): ClosedCase[] =>
  Array.from({ length: of }, (_, i) => ({
    id: `${over.segment}${over.customer}${i}`,
    faceCents: 100_00n,
    steps: [{ action: 'MED', costCents: 8_00n, minutes: 30, receivedCents: i < settled ? 100_00n : 0n }],
    ...over,
  }));

const KAPPAS = { action: 20, customer: 3 };

test('40 % by default, 12 of 20 → 50 %, own cases weigh half; 3 of 40 → 18.33 %', () => {
  const rate = learntRate(some(12, 20), 'MED', 0.4, KAPPAS);
  near(rate.mean, 0.5);
  near(rate.user.weight, 0.5);
  assert.equal(learntSentence(rate), '40\u00a0% par défaut, 12/20 chez vous → 50\u00a0% (vos cas pèsent 50\u00a0%)');
  near(learntRate(some(3, 40), 'MED', 0.4, KAPPAS).mean, 0.18333, 1e-4);
  assert.match(learntSentence(learntRate([], 'MED', 0.4, KAPPAS)), /^40\u00a0% par défaut\u202f; aucun/);
  assert.match(NOT_CAUSAL, /ne disent pas que l’étape fait payer/);
});

test('each narrower level starts from the one above', () => {
  const cases = [...some(2, 10, { segment: 'BTP', customer: 'A' }), ...some(8, 10, { segment: 'Conseil', customer: 'B' })];
  const all = learntRate(cases, 'MED', 0.4, KAPPAS);
  near(all.mean, (20 * 0.4 + 10) / 40);
  const segment = learntRate(cases, 'MED', 0.4, KAPPAS, { segment: 'BTP' });
  near(segment.mean, (20 * all.mean + 2) / 30);
  const customer = learntRate(cases, 'MED', 0.4, KAPPAS, { segment: 'BTP', customer: 'A' });
  near(customer.mean, (3 * segment.mean + 2) / 13);
  assert.ok(customer.low < customer.mean && customer.mean < customer.high);
  assert.match(learntSentence(customer), /2\/10 pour «\u00a0BTP\u00a0».*2\/10 pour ce client/);
  // A customer never seen says nothing: the segment's rate stands.
  near(learntRate(cases, 'MED', 0.4, KAPPAS, { segment: 'BTP', customer: 'Z' }).mean, segment.mean);
});

test('intervals: wide for few cases, narrow for many, and they hold the truth as often as they say', () => {
  const width = (s: number, n: number): number => {
    const { low, high } = rateInterval({ successes: s, cases: n });
    return high - low;
  };
  assert.ok(width(2, 4) > 0.5 && width(200, 400) < 0.09);
  const [record] = stepRecords(some(12, 20));
  assert.ok(record && record.low < 0.45 && record.high > 0.7);
  assert.match(rateSentence(record), /^12 sur 20 \(60\u00a0%/);
  // Exact coverage over all counts of 30, for true rates of 20 and 50 %.
  for (const truth of [0.2, 0.5]) {
    let held = 0;
    for (let s = 0; s <= 30; s += 1) {
      const { low, high } = rateInterval({ successes: s, cases: 30 });
      const chance = Math.exp(
        logGamma(31) - logGamma(s + 1) - logGamma(31 - s) + s * Math.log(truth) + (30 - s) * Math.log(1 - truth),
      );
      if (low <= truth && truth <= high) held += chance;
    }
    assert.ok(held > 0.84 && held < 0.96, String(held));
  }
});

const DESIGN: TrialDesign = { id: 'premier-rappel', action: 'EMAIL', days: [3, 7] };
const arm = (which: 0 | 1, successes: number, cases: number, assigned: TrialCase['assigned'] = 'lot'): TrialCase[] =>
  Array.from({ length: cases }, (_, i) => ({ arm: which, assigned, success: i < successes }));

test('only harmless moments are drawn by lot, and the lot is fair and fixed', () => {
  assert.ok(checkDesign(DESIGN).ok);
  for (const action of ['MED', 'IP', 'PLAN', 'CREDIT'] as const) {
    const refused = checkDesign({ ...DESIGN, action });
    assert.ok(!refused.ok && refused.refusal.code === 'history.trial-not-harmless', action);
  }
  for (const days of [
    [3, 3],
    [3, 30],
    [-1, 3],
    [1.5, 3],
  ] as const) {
    const refused = checkDesign({ ...DESIGN, days });
    assert.ok(!refused.ok && refused.refusal.code === 'history.trial-too-far', String(days));
  }
  const arms = Array.from({ length: 2000 }, (_, i) => armOf(DESIGN, `case-${i}`));
  assert.deepEqual(
    arms,
    Array.from({ length: 2000 }, (_, i) => armOf(DESIGN, `case-${i}`)),
  );
  assert.ok(Math.abs(arms.filter((a) => a === 1).length - 1000) < 110);
  const other = Array.from({ length: 2000 }, (_, i) => armOf({ ...DESIGN, id: 'autre' }, `case-${i}`));
  assert.ok(Math.abs(other.filter((a, i) => a === arms[i]).length - 1000) < 110);
});

test('arms that a person chose are never compared, nor arms too small', () => {
  const chosen = compareArms(DESIGN, [...arm(0, 20, 40), ...arm(1, 30, 39), ...arm(1, 1, 1, 'person')]);
  assert.ok(!chosen.ok && chosen.refusal.code === 'history.trial-not-randomised');
  const unknown = compareArms(DESIGN, [...arm(0, 20, 40, 'unknown'), ...arm(1, 30, 40)]);
  assert.ok(!unknown.ok && unknown.refusal.code === 'history.trial-not-randomised');
  const small = compareArms(DESIGN, [...arm(0, 10, 19), ...arm(1, 30, 40)]);
  assert.ok(!small.ok && small.refusal.code === 'history.trial-too-small');
});

test('the difference with its interval (Newcombe 1998, table II: 56/70 against 48/80)', () => {
  const { difference, low, high } = newcombe({ cases: 80, successes: 48 }, { cases: 70, successes: 56 });
  near(difference, 0.2);
  near(low, 0.0524, 5e-4);
  near(high, 0.3339, 5e-4);
  const told = compareArms(DESIGN, [...arm(0, 48, 80), ...arm(1, 56, 70)]);
  assert.ok(told.ok && told.value.told);
  assert.match(told.value.sentence, /J\+3\u202f: 48\/80, J\+7\u202f: 56\/70.*J\+7 fait mieux chez vous/);
  const untold = compareArms(DESIGN, [...arm(0, 20, 40), ...arm(1, 22, 40)]);
  assert.ok(untold.ok && !untold.value.told);
  assert.match(untold.value.sentence, /rien ne permet encore/);
});

test('a rate seen is inside its interval, even when every case went the same way', () => {
  for (const [successes, cases] of [
    [0, 1],
    [1, 1],
    [0, 20],
    [20, 20],
    [3, 7],
  ] as const) {
    const { low, high } = rateInterval({ successes, cases });
    assert.ok(low <= successes / cases && successes / cases <= high && low < high, `${successes}/${cases}`);
  }
  near(rateInterval({ successes: 0, cases: 1 }).high, 1 - Math.sqrt(0.1), 1e-6);
});
