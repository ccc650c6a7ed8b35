/** Civil days. A legal date has no time of day and no zone: it is a `Temporal.PlainDate`. */
export type Day = Temporal.PlainDate;

const ISO = /^\d{4}-\d{2}-\d{2}$/;

/** Reads an ISO day ("2026-03-31"). Returns undefined when the text is not one, or the day does not exist. */
export function parseDay(text: string): Day | undefined {
  if (!ISO.test(text)) return undefined;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}

/** A day literal of the program itself; throws a RangeError on a malformed one. */
export function day(text: string): Day {
  const value = parseDay(text);
  if (!value) throw new RangeError(`not a day: ${text}`);
  return value;
}

/**
 * Reads a day as people type it in France: 31/03/2026, 31-03-2026, 31.03.26, or ISO. A year before 1950 or after 2099 is a slip of the
 * keyboard (0026, 1900, 2126), and is not read.
 */
export function parseTypedDay(text: string): Day | undefined {
  const bare = text.trim();
  const m = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})$/.exec(bare);
  const value = parseDay(m ? isoOf(m as unknown as [string, string, string, string]) : bare);
  return value && value.year >= 1950 && value.year < 2100 ? value : undefined;
}

const isoOf = ([, d, mo, y]: readonly [string, string, string, string]): string =>
  `${y.length === 2 ? `20${y}` : y}-${mo.padStart(2, '0')}-${d.padStart(2, '0')}`;

export const isBefore = (a: Day, b: Day): boolean => Temporal.PlainDate.compare(a, b) < 0;
export const isAfter = (a: Day, b: Day): boolean => Temporal.PlainDate.compare(a, b) > 0;
export const earlier = (a: Day, b: Day): Day => (isBefore(b, a) ? b : a);
export const later = (a: Day, b: Day): Day => (isAfter(b, a) ? b : a);
export const addDays = (from: Day, days: number): Day => from.add({ days });

/** Whole days from a to b: 0 for the same day, negative when b is before a. */
export const daysBetween = (a: Day, b: Day): number => a.until(b, { largestUnit: 'day' }).days;

/** The first day of the half-year that holds the day: 1 January or 1 July (C. com. L441-10, II). */
export function semesterStart(of: Day): Day {
  return Temporal.PlainDate.from({ year: of.year, month: of.month <= 6 ? 1 : 7, day: 1 });
}
