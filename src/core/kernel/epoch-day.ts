import type { Day } from './day.ts';

/**
 * Days as whole numbers since 1 January 1970, for loops that visit many days: integer arithmetic is about twenty times
 * faster than `Temporal`. Everything that leaves such a loop is a `Day` again.
 */
export type EpochDay = number;

/** The number of a day (civil calendar, after H. Hinnant's `days_from_civil`). */
export function toEpochDay(of: Day): EpochDay {
  const month = of.month;
  const year = of.year - (month <= 2 ? 1 : 0);
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + of.day - 1;
  return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468;
}

const seen = new Map<EpochDay, Day>();

/** The day of a number. Days are immutable, so each is built once. */
export function fromEpochDay(of: EpochDay): Day {
  const known = seen.get(of);
  if (known) return known;
  const built = new Temporal.PlainDate(1970, 1, 1).add({ days: of });
  if (seen.size < 100_000) seen.set(of, built);
  return built;
}
