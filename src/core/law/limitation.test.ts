import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, day, isAfter, isBefore } from '../kernel/day.ts';
import { type LimitationFacts, limitation } from './limitation.ts';
import type { LimitationEvent } from './limitation-events.ts';

function run(facts: LimitationFacts) {
  const answer = limitation(facts);
  if (answer.status !== 'computed') throw new Error(answer.status);
  return answer.value;
}
const professional = (events: readonly LimitationEvent[] = []): LimitationFacts => ({
  relation: 'professional',
  startsOn: day('2022-01-15'),
  events,
});

test('barred on the day after the last day', () => {
  const { lastDay, barredOn } = run(professional());
  assert.deepEqual([lastDay.toString(), barredOn.toString()], ['2027-01-15', '2027-01-16']);
});

test('an event on the last day still counts, one on the day after is too late', () => {
  const inTime = run(professional([{ kind: 'acknowledgement', on: day('2027-01-15') }]));
  assert.equal(inTime.lastDay.toString(), '2032-01-15');
  const late = run(professional([{ kind: 'acknowledgement', on: day('2027-01-16') }]));
  assert.deepEqual([late.lastDay.toString(), late.tooLate.length], ['2027-01-15', 1]);
});

test('pending proceedings hold the period; nothing comes too late while they last', () => {
  const { pendingSince, tooLate } = run(
    professional([
      { kind: 'court-claim', on: day('2026-12-01') },
      { kind: 'acknowledgement', on: day('2027-06-01') },
    ]),
  );
  assert.equal(pendingSince?.toString(), '2026-12-01');
  assert.equal(tooLate.length, 0);
});

test('the cap of twenty years holds recognitions, not court claims', () => {
  const every4 = ['2026-01-01', '2030-01-01', '2034-01-01', '2038-01-01', '2041-06-01'];
  const capped = run(professional(every4.map((on) => ({ kind: 'acknowledgement', on: day(on) }))));
  assert.deepEqual([capped.lastDay.toString(), capped.capped], ['2042-01-15', true]);
  const sued = run(
    professional([
      ...every4.map((on) => ({ kind: 'acknowledgement', on: day(on) }) as const),
      { kind: 'court-claim', on: day('2041-12-01'), endedOn: day('2043-02-01'), result: 'granted' },
    ]),
  );
  assert.deepEqual([sued.lastDay.toString(), sued.capped], ['2048-02-01', false]);
});

test('what interrupts nothing changes nothing; recognition never shortens', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1800 }),
      fc.constantFrom('formal-notice', 'payment-order-filed' as const),
      (n, kind) => {
        const on = addDays(day('2022-01-15'), n);
        assert.ok(run(professional([{ kind, on }])).lastDay.equals(day('2027-01-15')));
        assert.ok(isAfter(run(professional([{ kind: 'part-payment', on }])).lastDay, day('2027-01-15')));
      },
    ),
    { numRuns: 50 },
  );
});

test('a suspension never leaves less than six months, nor less than was left', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1820 }), fc.integer({ min: 0, max: 400 }), (n, length) => {
      const on = addDays(day('2022-01-15'), n);
      const endedOn = addDays(on, length);
      const { lastDay } = run(professional([{ kind: 'mediation', on, endedOn }]));
      assert.ok(!isBefore(lastDay, endedOn.add({ months: 6 })));
      assert.ok(!isBefore(lastDay, day('2027-01-15')));
    }),
    { numRuns: 50 },
  );
});

test('the agreed term is shown when it is later, and the prudent day stays first', () => {
  const found = run({ ...professional(), termOn: day('2022-02-28') });
  assert.deepEqual([found.lastDay.toString(), found.lastDayFromTerm?.toString()], ['2027-01-15', '2027-02-28']);
  assert.equal(run({ ...professional(), termOn: day('2021-12-31') }).lastDayFromTerm, undefined);
});
