import { type Day, day, isBefore } from '../kernel/day.ts';
import { type EpochDay, fromEpochDay, toEpochDay } from '../kernel/epoch-day.ts';
import { frenchDay } from '../kernel/french.ts';
import { type Certainty, weakest } from '../kernel/outcome.ts';

/** A legal value over a run of days, both ends included; no `to` when no end is announced. */
export interface DatedValue<T> {
  readonly from: Day;
  readonly to?: Day;
  readonly value: T;
  /** where the figure was read, in French */
  readonly source: string;
  readonly certainty: Certainty;
  /** what the reader must know: sources that contradict each other, a reading of ours */
  readonly note?: string;
  /** set when the user or an administrator replaced the figure; every trace shows it */
  readonly override?: { readonly note: string; readonly on: Day };
}

/** What the values of a series are: an annual rate, points added to one, a multiple of one, or cents of euro. */
export type SeriesUnit = 'percent' | 'points' | 'multiple' | 'cents';

/**
 * A legal value through time. Its values are in order, without gap or overlap. The law says nothing to this program before
 * the first value, nor after the end of the last (`knownUntil`): such a lookup has no answer, never a silent fallback.
 */
export interface Series<T> {
  readonly id: string;
  readonly title: string;
  readonly unit: SeriesUnit;
  /** articles (keys of citations) */
  readonly cites: readonly string[];
  readonly values: readonly DatedValue<T>[];
  /** the last day for which the value is known; undefined when the text sets no end */
  readonly knownUntil?: Day;
  /** the first day of each value, as numbers: for lookups in loops */
  readonly starts: readonly EpochDay[];
  readonly end: EpochDay;
}

/** How a file of this folder writes a value: its end is the eve of the next one. */
export interface Entry<T> {
  readonly from: string;
  readonly value: T;
  readonly source: string;
  readonly certainty: Certainty;
  readonly note?: string;
}

/** Builds a series from its entries in order. Throws a RangeError when they are not: data files are part of the program. */
export function series<T>(
  head: {
    readonly id: string;
    readonly title: string;
    readonly unit: SeriesUnit;
    readonly cites: readonly string[];
    readonly knownUntil?: string;
  },
  entries: readonly Entry<T>[],
): Series<T> {
  const values = entries.map((entry, i): DatedValue<T> => {
    const from = day(entry.from);
    const next = entries[i + 1];
    if (next && !isBefore(from, day(next.from))) throw new RangeError(`${head.id}: ${next.from} does not follow ${entry.from}`);
    const to = next ? day(next.from).subtract({ days: 1 }) : head.knownUntil ? day(head.knownUntil) : undefined;
    return { ...entry, from, ...(to && { to }) };
  });
  const { knownUntil, ...rest } = head;
  return assemble({ ...rest, ...(knownUntil && { knownUntil: day(knownUntil) }) }, values);
}

function assemble<T>(
  head: {
    readonly id: string;
    readonly title: string;
    readonly unit: SeriesUnit;
    readonly cites: readonly string[];
    readonly knownUntil?: Day;
  },
  values: readonly DatedValue<T>[],
): Series<T> {
  const last = values.at(-1);
  return {
    ...head,
    values,
    starts: values.map((v) => toEpochDay(v.from)),
    end: last?.to ? toEpochDay(last.to) : Number.POSITIVE_INFINITY,
  };
}

/** The position in `values` of the value in force on a day, or -1 when none is known. */
export function indexAt(of: Series<unknown>, on: EpochDay): number {
  if (on > of.end) return -1;
  let low = 0;
  let high = of.starts.length - 1;
  let found = -1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if ((of.starts[middle] as number) <= on) {
      found = middle;
      low = middle + 1;
    } else high = middle - 1;
  }
  return found;
}

/** The value in force on a day; undefined when the series does not know it. */
export function valueOn<T>(of: Series<T>, on: Day): DatedValue<T> | undefined {
  return of.values[indexAt(of, toEpochDay(on))];
}

/** Why a day has no value, in French, for a `not-encoded` answer. */
export function unknownReason(of: Series<unknown>, on: Day): string {
  const first = of.values[0];
  if (first && isBefore(on, first.from)) {
    return `${of.title}\u202f: aucune valeur n’est enregistrée avant le ${frenchDay(first.from)}, et le calcul en demande une au ${frenchDay(on)}.`;
  }
  const end = of.values.at(-1)?.to;
  return `${of.title}\u202f: la valeur n’est connue que jusqu’au ${frenchDay(end ?? on)}, et le calcul en demande une au ${frenchDay(on)}. Il faut attendre la publication, ou saisir la valeur dans les réglages avec sa source.`;
}

/** A figure the user sets in place of (or after) the encoded one: both days included, open-ended without `to`. */
export interface Override<T> {
  readonly from: Day;
  readonly to?: Day;
  readonly value: T;
  readonly note: string;
  /** the day the user wrote it */
  readonly on: Day;
}

/** The series with the user's figures laid over the encoded ones, in order (a later override wins). */
export function withOverrides<T>(of: Series<T>, overrides: readonly Override<T>[]): Series<T> {
  const values = overrides.reduce<readonly DatedValue<T>[]>(lay, of.values);
  const last = values.at(-1);
  const { knownUntil: _, ...head } = of;
  return assemble({ ...head, ...(last?.to && { knownUntil: last.to }) }, values);
}

/**
 * Lays one override over the values: what it covers gives way. It may prolong the series, not leave a hole after it
 * (a figure for a later time than the next unknown day would hide the unknown days between): RangeError.
 */
function lay<T>(values: readonly DatedValue<T>[], by: Override<T>): readonly DatedValue<T>[] {
  const start = toEpochDay(by.from);
  const end = by.to ? toEpochDay(by.to) : Number.POSITIVE_INFINITY;
  const last = values.at(-1);
  if (last?.to && start > toEpochDay(last.to) + 1)
    throw new RangeError(`an override from ${by.from} leaves days unknown before it`);
  if (values[0] && end < toEpochDay(values[0].from) - 1)
    throw new RangeError(`an override to ${by.to} leaves days unknown after it`);
  const kept = values.flatMap((v) => cutOut(v, start, end));
  const laid: DatedValue<T> = {
    from: by.from,
    ...(by.to && { to: by.to }),
    value: by.value,
    source: `valeur saisie le ${frenchDay(by.on)}\u202f: ${by.note}`,
    certainty: 'reading',
    override: { note: by.note, on: by.on },
  };
  return [...kept, laid].sort((a, b) => Temporal.PlainDate.compare(a.from, b.from));
}

/** What is left of a value outside the run start..end: nothing, one part, or the two parts around it. */
function cutOut<T>(of: DatedValue<T>, start: EpochDay, end: EpochDay): DatedValue<T>[] {
  const from = toEpochDay(of.from);
  const to = of.to ? toEpochDay(of.to) : Number.POSITIVE_INFINITY;
  const { to: _, ...rest } = of;
  const parts: DatedValue<T>[] = [];
  if (from < start) parts.push({ ...rest, to: fromEpochDay(Math.min(to, start - 1)) });
  if (to > end) parts.push({ ...rest, from: fromEpochDay(Math.max(from, end + 1)), ...(of.to && { to: of.to }) });
  return parts;
}

/**
 * A series made of two others, value by value: margin added to a reference, multiple of a rate. Known where both are; as sure
 * as the less sure of the two.
 */
export function combine<A, B, C>(
  head: { readonly id: string; readonly title: string; readonly unit: SeriesUnit; readonly cites: readonly string[] },
  a: Series<A>,
  b: Series<B>,
  by: (a: A, b: B) => C,
): Series<C> {
  const end = Math.min(a.end, b.end);
  const starts = [...new Set([...a.starts, ...b.starts])].sort((x, y) => x - y);
  const values = starts.flatMap((start, i): DatedValue<C>[] => {
    const left = a.values[indexAt(a, start)];
    const right = b.values[indexAt(b, start)];
    if (!left || !right) return [];
    const to = Math.min((starts[i + 1] ?? Number.POSITIVE_INFINITY) - 1, end);
    const override = left.override ?? right.override;
    return [
      {
        from: fromEpochDay(start),
        ...(Number.isFinite(to) && { to: fromEpochDay(to) }),
        value: by(left.value, right.value),
        source: left.source === right.source ? left.source : `${left.source}\u202f; ${right.source}`,
        certainty: weakest([left.certainty, right.certainty]),
        ...(left.note && { note: left.note }),
        ...(override && { override }),
      },
    ];
  });
  return assemble({ ...head, ...(Number.isFinite(end) && { knownUntil: fromEpochDay(end) }) }, values);
}
