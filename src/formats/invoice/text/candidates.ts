import { fold } from '../../text/values.ts';
import type { PagePlace } from '../invoice.ts';
import type { Label } from './labels.ts';
import { type Layout, overlap, placeOf, type Segment } from './layout.ts';

/** A value that may be a field's, where it stands, and how surely its label means the field. */
export interface Candidate {
  readonly value: string;
  readonly place: PagePlace;
  readonly score: number;
  readonly segment: Segment;
  readonly currency?: string | null;
}

/** A value found in folded text. `glue` is how many characters may stand between the label and the value. */
export interface Parser {
  readonly glue: number;
  find(text: string, original: string): readonly { value: string; start: number; end: number; currency?: string | null }[];
}

const RIGHT = 0.98;
const BELOW = 0.8;

/** Words that only separate a label from its value, or say the currency. */
const isFiller = (folded: string): boolean => /^[\s:.=*()#-]*(?:€|eur|euros?|\$|£)?[\s:.)]*$/.test(folded);

interface Site {
  readonly segment: Segment;
  readonly from: number;
  readonly score: number;
  readonly glue: number;
  readonly labelled: string;
}

/** The share of a label's height that the words beside it must cover: cells of one row are seldom on quite the same baseline. */
const LEVEL = 0.4;

/** What stands right of a segment, at its level, up to the next words. */
function toTheRight(layout: Layout, label: Segment): Segment[] {
  const bottom = label.y + label.height;
  const level = layout.segments.filter((s) => {
    const shared = Math.min(bottom, s.y + s.height) - Math.max(label.y, s.y);
    return s.page === label.page && s.x > label.x + label.width * 0.9 && shared > LEVEL * Math.min(label.height, s.height);
  });
  const found: Segment[] = [];
  for (const next of level.sort((a, b) => a.x - b.x)) {
    const folded = fold(next.text);
    if (isFiller(folded)) continue;
    found.push(next);
    if (/[a-z]{3}/.test(folded.replace(/\beuros?\b|\b(?:eur|usd|gbp|chf)\b/g, ''))) break;
  }
  return found;
}

/** How far aside, in points, a value may stand from the column of the label above it. */
const ASIDE = 12;

/** The words under a segment, at a line's distance: the nearest that share its column, else the nearest a little aside. */
function justBelow(layout: Layout, label: Segment): Segment | undefined {
  const bottom = label.y + label.height;
  const under = layout.segments
    .filter((s) => s.page === label.page && s.line > label.line && s.y >= bottom - 2 && s.y - bottom < 1.6 * label.height)
    .sort((a, b) => a.y - b.y);
  return under.find((s) => overlap(s, label)) ?? under.find((s) => overlap(s, label, ASIDE));
}

/** Where the value of a label may stand: after it in the same words, right of it, or under it. */
function sites(layout: Layout, segment: Segment, end: number, label: Label, glue: number): Site[] {
  const rest = fold(segment.text).slice(end);
  const here: Site = { segment, from: end, score: label.weight, glue, labelled: segment.text };
  if (label.sameOnly || !isFiller(rest)) return [here];
  const near = (next: Segment, score: number): Site => ({
    segment: next,
    from: 0,
    score,
    glue: 4,
    labelled: `${segment.text.trim()} ${next.text.trim()}`,
  });
  const beside = toTheRight(layout, segment).map((next, rank) => near(next, label.weight * (RIGHT - rank * 0.02)));
  const under = justBelow(layout, segment);
  return [here, ...beside, ...(under ? [near(under, label.weight * BELOW)] : [])];
}

/** Every value that stands by one of the labels, best first; at equal scores in reading order. */
export function findLabelled(layout: Layout, labels: readonly Label[], parser: Parser): Candidate[] {
  const found: Candidate[] = [];
  for (const segment of layout.segments) {
    const folded = fold(segment.text);
    for (const label of labels) {
      for (const match of folded.matchAll(label.pattern)) {
        for (const site of sites(layout, segment, match.index + match[0].length, label, parser.glue)) {
          const original = site.segment.text.slice(site.from);
          const [value] = parser.find(fold(site.segment.text).slice(site.from), original);
          if (!value || value.start > site.glue) continue;
          const [start, end] = [site.from + value.start, site.from + value.end];
          found.push({
            value: value.value,
            place: placeOf(site.segment, start, end, site.labelled),
            score: site.score,
            segment: site.segment,
            ...(value.currency === undefined ? {} : { currency: value.currency }),
          });
        }
      }
    }
  }
  return found.sort((a, b) => b.score - a.score);
}
