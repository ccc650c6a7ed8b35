import type { PagePlace } from '../invoice.ts';

/** A piece of text as a PDF draws it. Points from the top left of the page. */
export interface Run {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Page {
  readonly number: number;
  readonly width: number;
  readonly height: number;
  readonly runs: readonly Run[];
}

/** Words that stand together on one line: a label, a cell, a sentence. */
export interface Segment extends Run {
  readonly page: number;
  /** rank of its line in the document, top to bottom, page after page */
  readonly line: number;
  /** where the characters of the text come from, to box a part of it */
  readonly runs: readonly (Run & { readonly start: number })[];
}

/** A document laid out: every segment in reading order, and the same by line. */
export interface Layout {
  readonly pages: readonly Page[];
  readonly segments: readonly Segment[];
  readonly lines: readonly (readonly Segment[])[];
}

/** Two runs further apart than this share of their height are two segments; less than SPACE, they are one word. */
const GAP = 0.9;
const SPACE = 0.15;
/** Runs in one segment: no line of an invoice has more, and what reads a segment may take the square of its length. */
const MAX_RUNS = 250;

const middle = (run: Run): number => run.y + run.height / 2;
const right = (run: Run): number => run.x + run.width;

/** Runs whose middles differ by less than 0.4 of the smaller height are on one line. */
function toLines(page: Page): Run[][] {
  const lines: Run[][] = [];
  for (const run of [...page.runs].sort((a, b) => middle(a) - middle(b) || a.x - b.x)) {
    const line = lines.at(-1);
    const last = line?.at(-1);
    if (line && last && Math.abs(middle(run) - middle(last)) < 0.4 * Math.min(run.height, last.height)) line.push(run);
    else lines.push([run]);
  }
  return lines.map((line) => line.sort((a, b) => a.x - b.x));
}

function join(runs: readonly Run[], page: number, line: number): Segment {
  let text = '';
  const placed: (Run & { start: number })[] = [];
  for (const run of runs) {
    const previous = placed.at(-1);
    const apart = previous && run.x - right(previous) > SPACE * run.height;
    if (apart && !/\s$/.test(text) && !/^\s/.test(run.text)) text += ' ';
    placed.push({ ...run, start: text.length });
    text += run.text;
  }
  const x = Math.min(...runs.map((r) => r.x));
  const y = Math.min(...runs.map((r) => r.y));
  const bottom = Math.max(...runs.map((r) => r.y + r.height));
  return { page, line, text, x, y, width: Math.max(...runs.map(right)) - x, height: bottom - y, runs: placed };
}

/** Groups runs into segments and lines. */
export function layOut(pages: readonly Page[]): Layout {
  const lines: Segment[][] = [];
  for (const page of pages) {
    for (const runs of toLines(page)) {
      const groups: Run[][] = [];
      for (const run of runs) {
        const group = groups.at(-1);
        const last = group?.at(-1);
        if (group && last && group.length < MAX_RUNS && run.x - right(last) < GAP * Math.max(run.height, last.height))
          group.push(run);
        else groups.push([run]);
      }
      lines.push(groups.map((group) => join(group, page.number, lines.length)));
    }
  }
  return { pages, segments: lines.flat(), lines };
}

const tenth = (points: number): number => Math.round(points * 10) / 10;

/** The box of the characters [start, end) of a segment, and the words relied on. Within a run, characters are taken as equally wide. */
export function placeOf(segment: Segment, start = 0, end = segment.text.length, text = segment.text): PagePlace {
  const edge = (run: Run & { start: number }, at: number): number =>
    run.x + (run.width * Math.min(Math.max(at - run.start, 0), run.text.length)) / run.text.length;
  const touched = segment.runs.filter((run) => run.start < end && run.start + run.text.length > start);
  const runs = touched.length > 0 ? touched : segment.runs;
  const left = Math.min(...runs.map((run) => edge(run, start)));
  const y = Math.min(...runs.map((run) => run.y));
  const bottom = Math.max(...runs.map((run) => run.y + run.height));
  const width = Math.max(...runs.map((run) => edge(run, end))) - left;
  return { page: segment.page, x: tenth(left), y: tenth(y), width: tenth(width), height: tenth(bottom - y), text: text.trim() };
}

/** True when two segments share a part of the page's width, give or take `slack` points. */
export const overlap = (a: Run, b: Run, slack = 2): boolean => a.x < right(b) + slack && b.x < right(a) + slack;
