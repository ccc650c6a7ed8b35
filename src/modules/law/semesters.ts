import { addDays, type Day, day, isAfter, semesterStart } from '#core/kernel/day.ts';
import type { Series } from '#core/law/series.ts';

/** A half-year, both days included: « 2027-1 » is the first of 2027. */
export interface Semester {
  readonly from: Day;
  readonly to: Day;
}

const beginning = (from: Day): Semester => ({ from, to: addDays(from.add({ months: 6 }), -1) });

/** Reads "2027-1" or "2027-2"; undefined for anything else. */
export function semesterOf(text: string): Semester | undefined {
  const m = /^(20\d\d)-([12])$/.exec(text.trim());
  return m ? beginning(day(`${m[1]}-${m[2] === '1' ? '01' : '07'}-01`)) : undefined;
}

/** "2027-1" */
export const semesterId = ({ from }: Pick<Semester, 'from'>): string => `${from.year}-${from.month <= 6 ? 1 : 2}`;

/** The half-years one may set a value for: the first that the series does not know, then back in time to the first it knows. */
export function semestersFor(series: Series<unknown>): readonly Semester[] {
  const [first, last] = [series.values[0], series.values.at(-1)];
  if (!first || !last?.to) return [];
  const semesters: Semester[] = [];
  for (
    let from = semesterStart(addDays(last.to, 1));
    !isAfter(semesterStart(first.from), from);
    from = from.subtract({ months: 6 })
  )
    semesters.push(beginning(from));
  return semesters;
}
