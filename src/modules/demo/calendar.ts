import { addDays, type Day } from '#core/kernel/day.ts';

/**
 * The day at an offset from today, as a small firm lives it: what falls on a Saturday or a Sunday is done on the Friday before.
 * Days to come (promises, instalments) stay where they are.
 */
export function storyDay(today: Day, offset: number): Day {
  const of = addDays(today, offset);
  if (offset >= 0 || of.dayOfWeek <= 5) return of;
  return addDays(of, 5 - of.dayOfWeek);
}

/**
 * The instant at which the n-th thing of a past day was recorded: from nine o'clock in Paris on, a minute apart. Days of the story are
 * played in order, so that records keep theirs.
 */
export function officeHour(of: Day, n: number): Temporal.Instant {
  return of.toZonedDateTime({ timeZone: 'Europe/Paris', plainTime: '09:00' }).add({ minutes: n }).toInstant();
}
