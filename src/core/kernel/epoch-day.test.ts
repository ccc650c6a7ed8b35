import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { day, daysBetween } from './day.ts';
import { fromEpochDay, toEpochDay } from './epoch-day.ts';

const ORIGIN = day('1970-01-01');

test('a day and its number agree with the calendar, leap years and centuries included', () => {
  for (const text of ['1970-01-01', '1999-12-31', '2000-02-29', '2024-02-29', '2100-03-01', '1900-02-28', '2026-11-21']) {
    assert.equal(toEpochDay(day(text)), daysBetween(ORIGIN, day(text)), text);
    assert.equal(fromEpochDay(toEpochDay(day(text))).toString(), text);
  }
});

test('from a number and back, for any day of four centuries', () => {
  fc.assert(fc.property(fc.integer({ min: -100_000, max: 100_000 }), (n) => toEpochDay(fromEpochDay(n)) === n));
});
