/** Slows down whoever guesses: after some tries in vain under one key, each new one doubles the wait. */
export interface Throttle {
  /** Seconds still to wait before the next try, 0 when it may be made now. */
  waitFor(key: string): number;
  /** Counts a try, before its outcome is known: tries made side by side do not slip through. */
  tried(key: string): void;
  succeeded(key: string): void;
}

interface Tries {
  readonly count: number;
  /** milliseconds */
  readonly last: number;
}

const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 15 * 60_000;
const FORGOTTEN_AFTER_MS = 24 * 3_600_000;
/** Beyond that many keys the oldest are forgotten: a flood of made-up accounts must not fill the memory. */
const MOST_KEYS = 10_000;

/** Counts in memory: a restart forgets, which only whoever runs the server can cause. `now` is in milliseconds. */
export function makeThrottle(now: () => number, freeTries: number): Throttle {
  const tries = new Map<string, Tries>();
  const known = (key: string): Tries => {
    const found = tries.get(key);
    return found && now() - found.last < FORGOTTEN_AFTER_MS ? found : { count: 0, last: 0 };
  };
  return {
    waitFor(key) {
      const { count, last } = known(key);
      if (count < freeTries) return 0;
      const wait = Math.min(FIRST_WAIT_MS * 2 ** (count - freeTries), LONGEST_WAIT_MS);
      return Math.max(0, Math.ceil((last + wait - now()) / 1000));
    },
    tried(key) {
      const count = known(key).count + 1;
      // Last in the map again: the first ones are the oldest.
      tries.delete(key);
      tries.set(key, { count, last: now() });
      const [oldest] = tries.keys();
      if (tries.size > MOST_KEYS && oldest !== undefined) tries.delete(oldest);
    },
    succeeded(key) {
      tries.delete(key);
    },
  };
}
