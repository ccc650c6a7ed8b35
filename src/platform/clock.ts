import type { Day } from '#core/kernel/day.ts';

/** Time enters the program here, and nowhere else. */
export interface Clock {
  /** the civil day in France (Europe/Paris): the one legal dates are counted in */
  today(): Day;
  /** the instant, for records */
  now(): Temporal.Instant;
}

const PARIS = 'Europe/Paris';

/** The machine's clock. */
export const systemClock: Clock = {
  today: () => Temporal.Now.plainDateISO(PARIS),
  now: () => Temporal.Now.instant(),
};

/** A clock whose day stands still; its instants go on, at the real time of that day, so that records keep their order. */
export function clockOn(today: Day): Clock {
  return {
    today: () => today,
    now: () => today.toZonedDateTime({ timeZone: PARIS, plainTime: Temporal.Now.plainTimeISO(PARIS) }).toInstant(),
  };
}

/** A clock that stands still altogether, for tests. */
export function fixedClock(instant: Temporal.Instant): Clock {
  return { today: () => instant.toZonedDateTimeISO(PARIS).toPlainDate(), now: () => instant };
}

/** The clock the settings ask for: QUITUS_TODAY fixes the day. */
export const clockOf = (config: { readonly today?: Day }): Clock => (config.today ? clockOn(config.today) : systemClock);
