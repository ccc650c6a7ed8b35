import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, type Day, day, isBefore } from '../kernel/day.ts';
import type { Outcome } from '../kernel/outcome.ts';
import { proceduralDeadline } from './deadlines.ts';
import { dayOff, HOLIDAY_ZONES, type HolidayZone, publicHolidays } from './holidays.ts';
import { NAMED_TERMS, namedTerm, paymentOrderService } from './named-terms.ts';

function value<T>(outcome: Outcome<T>): T {
  if (outcome.status !== 'computed') throw new Error(outcome.reason);
  return outcome.value;
}
const end = (from: string, length: { months?: number; days?: number }, zone: HolidayZone = 'metropole') => {
  const { raw, shifted } = value(proceduralDeadline({ from: day(from), zone, ...length }));
  return [raw.toString(), shifted.toString()];
};

test('same-number day, months first, then days', () => {
  assert.deepEqual(end('2026-02-28', { months: 1 }), ['2026-03-28', '2026-03-30']);
  assert.deepEqual(end('2028-01-31', { months: 1 }), ['2028-02-29', '2028-02-29']);
  assert.deepEqual(end('2026-01-30', { months: 1, days: 3 }), ['2026-03-03', '2026-03-03']);
});

test('local holidays postpone in their zone only, and the trace warns', () => {
  assert.deepEqual(end('2025-11-26', { months: 1 }, 'alsace-moselle'), ['2025-12-26', '2025-12-29']);
  assert.deepEqual(end('2025-11-26', { months: 1 }), ['2025-12-26', '2025-12-26']);
  assert.deepEqual(end('2026-04-22', { months: 1 }, 'martinique'), ['2026-05-22', '2026-05-26']);
  assert.deepEqual(end('2026-03-03', { months: 1 }, 'alsace-moselle'), ['2026-04-03', '2026-04-07']);
  const answer = proceduralDeadline({ from: day('2025-11-26'), months: 1, zone: 'alsace-moselle' });
  const local = answer.status === 'computed' ? answer.trace.at(-1) : undefined;
  assert.equal(local?.certainty, 'reading');
  assert.match(local?.says ?? '', /26.décembre.2025/u);
});

test('each zone has the eleven holidays and its own', () => {
  const own: Readonly<Record<HolidayZone, readonly string[]>> = {
    metropole: [],
    'alsace-moselle': ['2026-04-03', '2026-12-26'],
    guadeloupe: ['2026-05-27'],
    martinique: ['2026-05-22'],
    guyane: ['2026-06-10'],
    reunion: ['2026-12-20'],
    mayotte: ['2026-04-27'],
    'saint-barthelemy': ['2026-10-09'],
  };
  for (const zone of HOLIDAY_ZONES) {
    const all = publicHolidays(2026, zone);
    assert.deepEqual(
      all.filter((h) => h.local).map((h) => h.on.toString()),
      own[zone],
      zone,
    );
    assert.equal(all.filter((h) => !h.local).length, 11, zone);
  }
});

const anyDay = fc.integer({ min: 0, max: 12_000 }).map((n): Day => addDays(day('2010-01-01'), n));

test('a postponed deadline never ends on a day off, and moves by the days off only', () => {
  fc.assert(
    fc.property(
      anyDay,
      fc.integer({ min: 0, max: 6 }),
      fc.integer({ min: 0, max: 60 }),
      fc.constantFrom(...HOLIDAY_ZONES),
      (from, months, days, zone) => {
        const { raw, shifted } = value(proceduralDeadline({ from, months, days, zone }));
        assert.equal(dayOff(shifted, zone), undefined);
        assert.ok(!isBefore(shifted, raw));
        for (let d = raw; isBefore(d, shifted); d = addDays(d, 1)) assert.ok(dayOff(d, zone), `${d} was worked`);
      },
    ),
    { numRuns: 200 },
  );
});

test('both sides of the payment-order reform of 1 September 2026', () => {
  assert.equal(value(paymentOrderService(day('2026-08-31'))).last.toString(), '2027-03-01');
  assert.equal(value(paymentOrderService(day('2026-09-01'))).last.toString(), '2026-12-01');
});

test('deadlines that are not of procedure are not postponed', () => {
  for (const term of NAMED_TERMS) {
    const { raw, last, after } = value(namedTerm(term.id, day('2026-11-13')));
    if (!term.shifts) assert.ok(last.equals(raw), term.id);
    else assert.equal(dayOff(last, 'metropole'), undefined, term.id);
    assert.ok(after.equals(addDays(last, term.id === 'uncontested-claim' ? 8 : 1)), term.id);
  }
});

test('a deadline without a length is missing it', () => {
  assert.equal(proceduralDeadline({ from: day('2026-11-21'), zone: 'metropole' }).status, 'missing');
});
