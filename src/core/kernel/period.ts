import { addDays, type Day, daysBetween, earlier, isAfter, later } from './day.ts';

/** A run of days, both ends included. Empty runs do not exist: `period` returns undefined for them. */
export interface Period {
  readonly from: Day;
  readonly to: Day;
}

/** The days from `from` to `to`, both included; undefined when `to` is before `from`. */
export function period(from: Day, to: Day): Period | undefined {
  return isAfter(from, to) ? undefined : { from, to };
}

/** How many days the run holds, both ends counted. */
export const lengthInDays = (p: Period): number => daysBetween(p.from, p.to) + 1;

/** The days two runs share, or undefined. */
export function overlap(a: Period, b: Period): Period | undefined {
  return period(later(a.from, b.from), earlier(a.to, b.to));
}

/** Cuts a run at the given days: each cut starts a new run. Days outside the run are ignored. */
export function splitAt(p: Period, starts: readonly Day[]): Period[] {
  const cuts = starts.filter((d) => isAfter(d, p.from) && !isAfter(d, p.to)).sort(Temporal.PlainDate.compare);
  const runs: Period[] = [];
  let from = p.from;
  for (const cut of cuts) {
    if (cut.equals(from)) continue;
    runs.push({ from, to: addDays(cut, -1) });
    from = cut;
  }
  runs.push({ from, to: p.to });
  return runs;
}
