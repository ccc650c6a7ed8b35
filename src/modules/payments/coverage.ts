import { addDays, type Day, daysBetween, isAfter, later } from '#core/kernel/day.ts';
import { dayOff } from '#core/law/holidays.ts';

/** The days that one statement tells whole, and what the account held at both ends, when the bank says so. */
export interface Stretch {
  readonly from: Day;
  readonly until: Day;
  readonly openingCents: bigint | null;
  readonly closingCents: bigint | null;
}

/** Days that no statement tells, both included. */
export interface Gap {
  readonly from: Day;
  readonly until: Day;
}

/** How far an account is known without a hole. */
export interface Coverage {
  /** every line until this day included is known; undefined without a statement */
  readonly completeUntil: Day | undefined;
  /** what is missing between statements, oldest first; the first one is where `completeUntil` stops */
  readonly gaps: readonly Gap[];
}

/** A bank books nothing between two working days: a longer hole than this is not looked through. */
const LONGEST_CLOSURE = 6;

const nothingCouldBeBooked = (from: Day, until: Day): boolean => {
  const days = daysBetween(from, until) + 1;
  return (
    days <= LONGEST_CLOSURE &&
    Array.from({ length: days }, (_, i) => addDays(from, i)).every((on) => dayOff(on, 'metropole') !== undefined)
  );
};

/** Statements follow each other when no day lies between them, no working day does, or one opens with what the other closed. */
export function coverageOf(stretches: readonly Stretch[]): Coverage {
  const sorted = [...stretches].sort(
    (a, b) => Temporal.PlainDate.compare(a.from, b.from) || Temporal.PlainDate.compare(a.until, b.until),
  );
  const [first, ...rest] = sorted;
  if (!first) return { completeUntil: undefined, gaps: [] };
  const gaps: Gap[] = [];
  let known = first.until;
  let closings = new Set(first.closingCents === null ? [] : [first.closingCents]);
  for (const next of rest) {
    const missing = addDays(known, 1);
    if (isAfter(next.from, missing)) {
      const until = addDays(next.from, -1);
      const follows = next.openingCents !== null && next.openingCents !== 0n && closings.has(next.openingCents);
      if (!follows && !nothingCouldBeBooked(missing, until)) gaps.push({ from: missing, until });
    }
    if (isAfter(next.until, known)) closings = new Set();
    if (next.closingCents !== null && !isAfter(known, next.until)) closings.add(next.closingCents);
    known = later(known, next.until);
  }
  const [gap] = gaps;
  return { completeUntil: gap ? addDays(gap.from, -1) : known, gaps };
}
