import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { canonicalJson, type Json } from './canonical.ts';
import { addDays, day, daysBetween, isAfter, parseDay, parseTypedDay, semesterStart } from './day.ts';
import {
  addMoney,
  allocateCents,
  formatCents,
  money,
  parseAmount,
  parseTypedAmount,
  scaleCents,
  subtractMoney,
} from './money.ts';
import { weakest } from './outcome.ts';
import { lengthInDays, overlap, period, splitAt } from './period.ts';
import {
  addRatio,
  compareRatio,
  formatDecimal,
  formatPercent,
  multiplyRatio,
  parseDecimal,
  parsePercent,
  percent,
  ratio,
} from './ratio.ts';
import { roundQuotient } from './rounding.ts';

const cents = fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n });
const anyDay = fc.integer({ min: -20000, max: 40000 }).map((n) => addDays(day('1990-01-01'), n));

describe('money', () => {
  test('an amount is read exactly or not at all', () => {
    assert.equal(parseAmount('4800.00')?.cents, 480000n);
    assert.equal(parseAmount('4800.5')?.cents, 480050n);
    assert.equal(parseAmount('-0.01')?.cents, -1n);
    for (const wrong of ['', '1,5', '1.005', '1e3', ' 1', '.5', '1.', '--1', 'NaN'])
      assert.equal(parseAmount(wrong), undefined, wrong);
  });

  test('what people type in France is understood', () => {
    for (const typed of ['4 800,00 €', '4\u202f800,00\u00a0€', '4.800,00', '4800', '4800.00', '4 800,0 EUR']) {
      assert.equal(parseTypedAmount(typed)?.cents, 480000n, typed);
    }
    assert.equal(parseTypedAmount('1.234')?.cents, 123400n);
    assert.equal(parseTypedAmount('1.234.567,89')?.cents, 123456789n);
    assert.equal(parseTypedAmount('douze'), undefined);
    assert.equal(parseTypedAmount('12,345'), undefined);
  });

  test('writing and reading are inverse', () => {
    fc.assert(fc.property(cents, (c) => assert.equal(parseAmount(formatCents(c))?.cents, c)));
  });

  test('currencies never mix', () => {
    assert.throws(() => addMoney(money(1n), money(1n, 'USD')), TypeError);
    assert.throws(() => subtractMoney(money(1n), money(1n, 'USD')), TypeError);
    assert.equal(subtractMoney(money(5n), money(7n)).cents, -2n);
  });

  test('an allocation gives every cent away, each part within one cent of its exact share', () => {
    const weights = fc
      .array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { minLength: 1, maxLength: 9 })
      .filter((w) => w.some((x) => x > 0n));
    fc.assert(
      fc.property(cents, weights, (whole, ws) => {
        const parts = allocateCents(whole, ws);
        const total = ws.reduce((a, b) => a + b, 0n);
        assert.equal(
          parts.reduce((a, b) => a + b, 0n),
          whole,
        );
        for (const [i, part] of parts.entries()) {
          const error = part * total - whole * (ws[i] ?? 0n);
          assert.ok(error < total && error > -total);
        }
      }),
    );
    assert.throws(() => allocateCents(10n, [0n]), RangeError);
  });
});

describe('ratio and rounding', () => {
  test('percentages are exact', () => {
    assert.deepEqual(parsePercent('12.40'), ratio(31n, 250n));
    assert.equal(formatPercent(percent('12.4')), '12.40');
    assert.equal(formatPercent(percent('0.875')), '0.875');
    assert.equal(formatPercent(percent('-0.5')), '-0.50');
    assert.equal(parsePercent('12,4'), undefined);
    assert.throws(() => formatDecimal(ratio(1n, 3n)), RangeError);
    assert.throws(() => ratio(1n, 0n), RangeError);
  });

  test('addition and multiplication are those of fractions', () => {
    const r = fc.tuple(fc.bigInt({ min: -999n, max: 999n }), fc.bigInt({ min: 1n, max: 999n })).map(([n, d]) => ratio(n, d));
    fc.assert(
      fc.property(r, r, r, (a, b, c) => {
        assert.deepEqual(multiplyRatio(a, addRatio(b, c)), addRatio(multiplyRatio(a, b), multiplyRatio(a, c)));
        assert.equal(Math.sign(compareRatio(a, b)), -Math.sign(compareRatio(b, a)) || 0);
      }),
    );
  });

  test('a decimal survives writing and reading', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.integer({ min: 0, max: 6 }), (n, places) => {
        const value = ratio(n, 10n ** BigInt(places));
        assert.deepEqual(parseDecimal(formatDecimal(value)), value);
      }),
    );
  });

  test('halves go away from zero', () => {
    assert.equal(roundQuotient(5n, 10n, 'half-up'), 1n);
    assert.equal(roundQuotient(49n, 100n, 'half-up'), 0n);
    assert.equal(roundQuotient(-5n, 10n, 'half-up'), -1n);
    assert.equal(roundQuotient(-4n, 10n, 'half-up'), 0n);
    assert.equal(roundQuotient(19n, 10n, 'down'), 1n);
    assert.equal(roundQuotient(11n, 10n, 'up'), 2n);
    assert.equal(roundQuotient(-11n, 10n, 'up'), -2n);
    assert.throws(() => roundQuotient(1n, 0n, 'down'), RangeError);
  });

  test('rounding is within half a unit of the exact value', () => {
    fc.assert(
      fc.property(cents, fc.bigInt({ min: 1n, max: 10n ** 6n }), (n, d) => {
        const error = 2n * (roundQuotient(n, d, 'half-up') * d - n);
        assert.ok(error <= d && error >= -d);
      }),
    );
    assert.equal(scaleCents(1000000n, percent('12.15'), 'half-up'), 121500n);
  });
});

describe('days and periods', () => {
  test('only real days are read', () => {
    assert.equal(parseDay('2026-02-29'), undefined);
    assert.equal(parseDay('2024-02-29')?.toString(), '2024-02-29');
    for (const wrong of ['2026-2-1', '20260201', '2026-02-01T00:00', '']) assert.equal(parseDay(wrong), undefined, wrong);
    assert.equal(parseTypedDay('31/03/2026')?.toString(), '2026-03-31');
    assert.equal(parseTypedDay('1.4.26')?.toString(), '2026-04-01');
    for (const wrong of ['31/02/2026', '31/03/0026', '01/01/1900', '05/12/2126', '9999-12-31'])
      assert.equal(parseTypedDay(wrong), undefined, wrong);
  });

  test('half-years start on 1 January and 1 July', () => {
    assert.equal(semesterStart(day('2026-06-30')).toString(), '2026-01-01');
    assert.equal(semesterStart(day('2026-07-01')).toString(), '2026-07-01');
    assert.equal(semesterStart(day('2026-12-31')).toString(), '2026-07-01');
  });

  test('counting days is the inverse of adding them', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -5000, max: 5000 }), (d, n) => assert.equal(daysBetween(d, addDays(d, n)), n)),
    );
  });

  test('a run cut in pieces keeps its days, in order, without gap or overlap', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 2000 }), fc.array(anyDay, { maxLength: 12 }), (from, length, cuts) => {
        const whole = { from, to: addDays(from, length) };
        const runs = splitAt(whole, cuts);
        assert.equal(
          runs.reduce((sum, r) => sum + lengthInDays(r), 0),
          length + 1,
        );
        assert.ok(runs[0]?.from.equals(from) && runs.at(-1)?.to.equals(whole.to));
        for (const [i, run] of runs.entries()) {
          assert.ok(!isAfter(run.from, run.to));
          const next = runs[i + 1];
          if (next) assert.ok(addDays(run.to, 1).equals(next.from));
        }
      }),
    );
  });

  test('runs that do not meet share no day', () => {
    const a = { from: day('2026-01-01'), to: day('2026-01-31') };
    assert.equal(overlap(a, { from: day('2026-02-01'), to: day('2026-02-02') }), undefined);
    assert.equal(lengthInDays(overlap(a, { from: day('2026-01-31'), to: day('2026-02-02') }) ?? a), 1);
    assert.equal(period(day('2026-01-02'), day('2026-01-01')), undefined);
  });
});

describe('outcome and canonical text', () => {
  test('a conclusion is as sure as its weakest premise', () => {
    assert.equal(weakest([]), 'official');
    assert.equal(weakest(['official', 'secondary']), 'secondary');
    assert.equal(weakest(['memory', 'reading', 'official']), 'memory');
  });

  test('the order in which keys were written does not matter, their values do', () => {
    const value = { b: [1, 'é', null], a: { z: true, y: 'x' } } as const;
    assert.equal(canonicalJson(value), '{"a":{"y":"x","z":true},"b":[1,"é",null]}');
    assert.throws(() => canonicalJson(0.1), TypeError);
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.maxSafeInteger(), fc.boolean())), (record) => {
        const shuffled = Object.fromEntries(Object.entries(record).reverse()) as Json;
        assert.equal(canonicalJson(record), canonicalJson(shuffled));
        assert.deepEqual(JSON.parse(canonicalJson(record)), JSON.parse(JSON.stringify(record)));
      }),
    );
  });
});
