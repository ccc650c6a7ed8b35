import type { Curve } from './curve.ts';
import { termsOf } from './features.ts';
import { lateFrom } from './hazard.ts';
import type { Observed } from './invoices.ts';
import type { Model, Sample } from './models.ts';

/** The Kaplan-Meier curve of what was seen: open invoices count as long as they were watched, no longer. */
export function kaplanMeier(seen: readonly Observed[]): Curve {
  const sorted = [...seen].sort((a, b) => a.days - b.days);
  const days = [-1];
  const paid = [0];
  let [left, risk, i] = [1, sorted.length, 0];
  while (i < sorted.length) {
    const day = (sorted[i] as Observed).days;
    let [events, leaving] = [0, 0];
    for (; i < sorted.length && (sorted[i] as Observed).days === day; i += 1, leaving += 1)
      if ((sorted[i] as Observed).paid) events += 1;
    if (events > 0) {
      left *= 1 - events / risk;
      // The curve jumps on the day itself: it is flat up to its eve.
      if ((days.at(-1) as number) < day - 1) {
        days.push(day - 1);
        paid.push(paid.at(-1) as number);
      }
      days.push(day);
      paid.push(1 - left);
    }
    risk -= leaving;
  }
  return { days: Float64Array.from(days), paid: Float64Array.from(paid) };
}

/** A group needs this many invoices to have a curve of its own. */
const GROUP_AT_LEAST = 30;
const LARGE_CENTS = 100_000n;

/** Segment, terms and size of an invoice: what groups it with others when nothing of its customer is looked at. */
function groupsOf({ start }: Pick<Sample, 'start'>): readonly string[] {
  const { invoice } = start;
  const terms = Math.max(0, Math.round(termsOf(invoice) / 15));
  const byTerms = `${terms}`;
  const bySegment = `${byTerms}/${invoice.segment ?? ''}`;
  return [`${bySegment}/${invoice.cents >= LARGE_CENTS}`, bySegment, byTerms];
}

/** One Kaplan-Meier curve a group; a small group falls back on a wider one, then on all. */
export function fitKaplanMeier(samples: readonly Sample[]): Model {
  const groups = new Map<string, Observed[]>();
  for (const sample of samples)
    for (const name of groupsOf(sample)) {
      const group = groups.get(name);
      if (group) group.push(sample.seen);
      else groups.set(name, [sample.seen]);
    }
  const curves = new Map(
    [...groups].filter(([, seen]) => seen.length >= GROUP_AT_LEAST).map(([name, seen]) => [name, kaplanMeier(seen)]),
  );
  const all = kaplanMeier(samples.map((s) => s.seen));
  return {
    forecast: (start) => {
      const own = groupsOf({ start }).find((name) => curves.has(name));
      const curve = (own === undefined ? undefined : curves.get(own)) ?? all;
      return { curve, pLate: lateFrom(curve, termsOf(start.invoice)) };
    },
  };
}
