import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bootstrapBy, clusteredMean } from './bootstrap.ts';
import { aroundLocation, type Curve, givenUnpaid, paidBy, quantile, restrictedMean } from './curve.ts';
import { dotRow, matrixOf, solveSymmetric } from './linear.ts';
import { areaUnderCurve, brier, calibrationError, concordance, coverage, logLoss, pinball, reliability } from './metrics.ts';
import { normalQuantile } from './normal-law.ts';
import { randomFrom, shuffled } from './random.ts';
import { fitLogistic, fitRidge, sigmoid } from './regression.ts';
import { fitBoosted } from './trees.ts';

const near = (a: number, b: number, by = 1e-9): void => assert.ok(Math.abs(a - b) <= by, `${a} is not ${b}`);
const ones = (n: number): Float64Array => new Float64Array(n).fill(1);

/** P(Z ≤ z), through the complementary error function of W. H. Press et al. */
function normalCdf(z: number): number {
  const x = Math.abs(z) / Math.SQRT2;
  const t = 1 / (1 + 0.5 * x);
  const c = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223, 0.17087277,
  ];
  const tail = (t * Math.exp(-x * x + c.reduceRight((sum, k) => sum * t + k, 0))) / 2;
  return z >= 0 ? 1 - tail : tail;
}

test('chance repeats itself for a seed, is even, normal, and shuffles without loss', () => {
  const [a, b] = [randomFrom(3), randomFrom(3)];
  for (let i = 0; i < 20; i += 1) assert.equal(a.uniform(), b.uniform());
  assert.notEqual(randomFrom(3).uniform(), randomFrom(4).uniform());
  const random = randomFrom(8);
  const uniforms = Array.from({ length: 20_000 }, () => random.uniform());
  near(uniforms.reduce((x, y) => x + y, 0) / 20_000, 0.5, 0.01);
  for (let k = 0; k < 10; k += 1) near(uniforms.filter((u) => Math.floor(u * 10) === k).length / 20_000, 0.1, 0.01);
  const normals = Array.from({ length: 20_000 }, () => random.normal());
  near(normals.reduce((x, y) => x + y, 0) / 20_000, 0, 0.03);
  near(normals.reduce((x, y) => x + y * y, 0) / 20_000, 1, 0.05);
  assert.deepEqual(shuffled([1, 2, 3, 4, 5], random).sort(), [1, 2, 3, 4, 5]);
});

test('the normal law: known values, and quantiles that undo', () => {
  near(normalCdf(1.959963985), 0.975, 1e-6);
  near(normalQuantile(0.9), 1.2815515655, 1e-7);
  near(normalQuantile(0.001), -3.0902323062, 1e-7);
  fc.assert(
    fc.property(fc.double({ min: 0.0001, max: 0.9999, noNaN: true }), (p) => near(normalCdf(normalQuantile(p)), p, 1e-6)),
  );
});

test('a symmetric system is solved', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 3, maxLength: 3 }), {
        minLength: 4,
        maxLength: 8,
      }),
      (rows) => {
        const square = new Float64Array(9);
        for (let i = 0; i < 3; i += 1)
          for (let j = 0; j < 3; j += 1)
            square[i * 3 + j] = rows.reduce((sum, r) => sum + (r[i] as number) * (r[j] as number), 0) + (i === j ? 1 : 0);
        const solved = solveSymmetric(Float64Array.from(square), [1, -2, 3]);
        [1, -2, 3].forEach((b, i) => {
          near(
            [0, 1, 2].reduce((sum, j) => sum + (square[i * 3 + j] as number) * (solved[j] as number), 0),
            b,
            1e-6,
          );
        });
      },
    ),
  );
});

test('logistic regression: a constant alone is the logit of the mean; otherwise the penalised gradient vanishes', () => {
  const alone = fitLogistic(
    matrixOf(
      Array.from({ length: 10 }, () => [1]),
      1,
    ),
    [1, 1, 1, 0, 0, 0, 0, 0, 0, 0],
    3,
  );
  near(sigmoid(alone[0] as number), 0.3, 1e-6);
  const random = randomFrom(1);
  const rows = Array.from({ length: 300 }, () => [1, random.normal(), random.normal()]);
  const y = rows.map((r) => (random.uniform() < sigmoid(0.5 + 1.5 * (r[1] as number)) ? 1 : 0));
  const x = matrixOf(rows, 3);
  const beta = fitLogistic(x, y, 3);
  for (let j = 0; j < 3; j += 1) {
    const slope = rows.reduce((sum, r, i) => sum + ((y[i] as number) - sigmoid(dotRow(x, i, beta))) * (r[j] as number), 0);
    near(slope, j === 0 ? 0 : 3 * (beta[j] as number), 1e-4);
  }
  assert.ok((beta[1] as number) > 1 && Math.abs(beta[2] as number) < 0.4);
  // Separable data: the penalty keeps the answer finite.
  assert.ok(
    fitLogistic(
      matrixOf(
        [
          [1, -1],
          [1, 1],
        ],
        2,
      ),
      [0, 1],
      3,
    ).every(Number.isFinite),
  );
});

test('ridge regression: the penalised normal equations', () => {
  const rows = [
    [1, 0],
    [1, 1],
    [1, 2],
    [1, 3],
  ];
  const beta = fitRidge(matrixOf(rows, 2), [1, 3, 5, 7], 5);
  // Centred: slope = 2·5/(5+5), the mean is kept.
  near(beta[1] as number, 1, 1e-6);
  near((beta[0] as number) + 1.5 * (beta[1] as number), 4, 1e-6);
});

test('boosted trees find a step and an interaction, and never leave the range of what they saw', () => {
  const random = randomFrom(2);
  const rows = Array.from({ length: 600 }, () => Float64Array.of(random.uniform(), random.uniform()));
  const truth = (r: ArrayLike<number>): number => ((r[0] as number) > 0.5 && (r[1] as number) > 0.5 ? 10 : 0);
  const fitted = fitBoosted(rows, rows.map(truth), { loss: 'squares', trees: 80, rate: 0.15, depth: 2, leafAtLeast: 10 });
  near(fitted([0.9, 0.9]), 10, 0.7);
  near(fitted([0.9, 0.1]), 0, 0.7);
  near(fitted([0.1, 0.9]), 0, 0.7);
  const chance = fitBoosted(
    rows,
    rows.map((r) => (truth(r) > 0 ? 1 : 0)),
    { loss: 'logistic', trees: 80, rate: 0.15, depth: 2, leafAtLeast: 10 },
  );
  assert.ok(chance([0.9, 0.9]) > 0.9 && chance([0.1, 0.1]) < 0.1);
});

const CURVE: Curve = { days: Float64Array.of(-1, 4, 9, 30), paid: Float64Array.of(0, 0.2, 0.6, 0.9) };

test('a curve: chance and quantile undo each other, and some are never paid', () => {
  near(paidBy(CURVE, 4), 0.2);
  near(paidBy(CURVE, 6.5), 0.4);
  near(paidBy(CURVE, 99), 0.9);
  near(quantile(CURVE, 0.4), 6.5);
  assert.equal(quantile(CURVE, 0.95), Number.POSITIVE_INFINITY);
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 0.899, noNaN: true }), (p) => near(paidBy(CURVE, quantile(CURVE, p)), p, 1e-9)),
  );
  // 0–4: mean unpaid .9 · 5 days less the day before the start; by hand on the knots.
  near(restrictedMean({ days: Float64Array.of(0, 10), paid: Float64Array.of(0, 1) }), 5);
});

test('knowing it is unpaid so far: Bayes on the same curve', () => {
  const later = givenUnpaid(CURVE, 6.5);
  near(paidBy(later, 6.5), 0);
  near(paidBy(later, 9), (0.6 - 0.4) / 0.6);
  near(paidBy(later, 30), (0.9 - 0.4) / 0.6);
  // Past the end of a curve that ends short of all, nothing more is expected; of one that promised all, the payment at once.
  near(paidBy(givenUnpaid(CURVE, 50), 1000), 0);
  near(paidBy(givenUnpaid({ days: Float64Array.of(0, 10), paid: Float64Array.of(0, 1) }, 50), 51), 1);
});

test('a location and its errors: days before the start do not exist', () => {
  const curve = aroundLocation(2, Float64Array.of(-5, 0, 5).sort());
  near(paidBy(curve, 7), 1);
  assert.ok(quantile(curve, 0.1) >= -0.5);
  near(quantile(curve, 0.5), 1.5, 1e-9);
});

test('scores by hand', () => {
  const [p, late] = [
    [0.9, 0.2, 0.6, 0.4],
    [1, 0, 0, 1],
  ];
  near(logLoss(p, late, ones(4)), -(Math.log(0.9) + Math.log(0.8) + Math.log(0.4) + Math.log(0.4)) / 4);
  near(brier(p, late, ones(4)), (0.01 + 0.04 + 0.36 + 0.36) / 4);
  near(pinball([10], [15], 0.9, ones(1)), 4.5);
  near(pinball([15], [10], 0.9, ones(1)), 0.5);
  near(coverage([1, 5], [3, 6], [3, 7], ones(2)), 0.5);
  near(calibrationError([0.15, 0.15, 0.85], [0, 1, 1], ones(3)), (2 / 3) * 0.35 + (1 / 3) * 0.15);
  assert.equal(reliability([0.15, 0.15, 1], [0, 1, 1], ones(3)).length, 2);
  // One miss announced as certain is dear, not infinite.
  assert.ok(logLoss([1], [0], ones(1)) < 14);
});

test('AUC and C equal their definition, pair by pair, under any weights', () => {
  const cases = fc.array(
    fc.record({
      score: fc.integer({ min: 0, max: 6 }),
      days: fc.integer({ min: 0, max: 8 }),
      paid: fc.integer({ min: 0, max: 1 }),
      w: fc.integer({ min: 0, max: 2 }),
    }),
    { minLength: 2, maxLength: 25 },
  );
  fc.assert(
    fc.property(cases, (rows) => {
      let [good, pairs] = [0, 0];
      for (const a of rows)
        for (const b of rows) {
          // a is known to be paid before b
          const before = a !== b && a.paid === 1 && (a.days < b.days || (a.days === b.days && b.paid === 0));
          if (!before) continue;
          pairs += a.w * b.w;
          good += a.w * b.w * (a.score < b.score ? 1 : a.score === b.score ? 0.5 : 0);
        }
      const c = concordance(
        rows.map((r) => r.score),
        rows.map((r) => r.days),
        rows.map((r) => r.paid),
      )(rows.map((r) => r.w));
      if (pairs === 0) assert.ok(Number.isNaN(c));
      else near(c, good / pairs, 1e-12);
    }),
  );
  near(areaUnderCurve([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1])(ones(4)), 0.75);
});

test('intervals draw whole customers: ten copies of a customer are one customer', () => {
  const random = randomFrom(6);
  const values = Array.from({ length: 30 }, () => random.normal());
  const mean = (data: readonly number[]) => (w: Float64Array) => [
    data.reduce((s, v, i) => s + v * (w[i] as number), 0) / w.reduce((a, b) => a + b, 0),
  ];
  const [once] = bootstrapBy(
    values.map((_, i) => `${i}`),
    mean(values),
    { draws: 400, seed: 1, level: 0.9 },
  );
  const copied = values.flatMap((v) => Array.from({ length: 10 }, () => v));
  const [tenfold] = bootstrapBy(
    copied.map((_, i) => `${Math.floor(i / 10)}`),
    mean(copied),
    { draws: 400, seed: 1, level: 0.9 },
  );
  assert.ok(once && tenfold);
  near(once.low, tenfold.low, 1e-9);
  near(once.high, tenfold.high, 1e-9);
  // About ±1.645/√30 around the mean.
  assert.ok(once.high - once.low > 0.35 && once.high - once.low < 0.85);
  const a = clusteredMean(
    values,
    values.map((_, i) => `${i}`),
  );
  const b = clusteredMean(
    copied,
    copied.map((_, i) => `${Math.floor(i / 10)}`),
  );
  near(a.error, b.error, 1e-12);
});
