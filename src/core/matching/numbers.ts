import { foldText, oneSlipApart, type Run, runsOf, stripped, unconfused } from './text.ts';

/** What a text quotes. `read` is the passage relied on, as it stands in the (folded) text. */
export interface Citation<T> {
  /** what the passage may mean: several when the same number was given twice, or when many share a reference */
  readonly targets: readonly T[];
  /** letters and digits of the number, or a reference; otherwise only its digits */
  readonly whole: boolean;
  readonly read: string;
  /** the passage may be the beginning of a longer number, cut by a bank */
  readonly cut?: true;
}

export interface Citations<T> {
  readonly found: readonly Citation<T>[];
  /** « F123/124/125 », « F123 à F126 »: other readings of what follows a number, each with the numbers it adds */
  readonly series: readonly (readonly Citation<T>[])[];
  /** words of the very form of our numbers that are none of them */
  readonly unknown: readonly string[];
  /** runs of digits, without leading zeros, that may be the end of a number */
  readonly serials: readonly string[];
  /** the last word, which the bank may have cut */
  readonly tail: string;
}

/** A text that quotes nothing. */
export const NOTHING: Citations<never> = { found: [], series: [], unknown: [], serials: [], tail: '' };
const SHORTEST_DIGITS = 5;
const LONGEST_SERIES = 31;
const HEAD = 3;
/** the shortest length at which banks cut the reason of a transfer */
const CUT = 20;

interface Hit<T> {
  readonly citation: Citation<T>;
  readonly end: number;
  readonly key: string;
}

/** Numbers as they may be written, each way leading to what bears the number. Looking up a text costs its length. */
export class NumberIndex<T extends object> {
  readonly #whole = new Map<string, T | T[]>();
  readonly #digits = new Map<string, T | T[]>();
  readonly #heads = new Set<string>();
  /** the forms of the numbers (« F99999999 »), and the letters they begin with */
  readonly #shapes = new Set<string>();
  readonly #letters = new Set<string>();
  readonly #compacts: string[] = [];
  #sorted: string[] | undefined;
  #longest = 0;

  /** Adds a number or a reference of `target`. */
  add(number: string, target: T): void {
    const folded = foldText(number);
    const clear = unconfused(folded);
    const plain = runsOf(folded);
    this.#index(plain, target);
    if (clear !== folded) this.#index(runsOf(clear), target);
    const whole = compact(plain);
    this.#compacts.push(whole);
    if (plain[0]?.digits === false) this.#compacts.push(compact(plain.filter((run) => run.digits)));
    const shape = shapeOf(whole);
    const letters = /^([A-Z]+)9{4,}/.exec(shape)?.[1];
    if (letters === undefined) return;
    this.#shapes.add(shape);
    this.#letters.add(letters);
  }

  #index(runs: readonly Run[], target: T): void {
    const digits = runs.filter((run) => run.digits);
    const figures = compact(digits);
    const letters = digits.length < runs.length;
    if (figures.length < (letters ? 2 : SHORTEST_DIGITS)) return;
    if (letters) {
      // As written; without leading zeros; and then with a year of two digits.
      const bare = joined(runs, stripped);
      const whole = compact(runs);
      this.#put(this.#whole, whole, target);
      if (bare !== whole) this.#put(this.#whole, bare, target);
      const short = joined(runs, (run) => (/^20\d\d$/.test(run.text) ? run.text.slice(2) : stripped(run)));
      if (short !== bare) this.#put(this.#whole, short, target);
    }
    const bare = joined(digits, stripped);
    if (figures.length >= SHORTEST_DIGITS) this.#put(this.#digits, figures, target);
    if (bare !== figures && bare.length >= SHORTEST_DIGITS) this.#put(this.#digits, bare, target);
  }

  #put(keys: Map<string, T | T[]>, key: string, target: T): void {
    const there = keys.get(key);
    if (there === undefined) keys.set(key, target);
    else if (!Array.isArray(there)) keys.set(key, there === target ? there : [there, target]);
    else if (there.at(-1) !== target) there.push(target);
    this.#heads.add(key.slice(0, HEAD));
    this.#longest = Math.max(this.#longest, key.length);
  }

  /** Everything a text quotes, longest passages first read, none inside another. */
  quotedIn(text: string): Citations<T> {
    if (this.#longest === 0) return NOTHING;
    const folded = foldText(text);
    const clear = unconfused(folded);
    const first = this.#scan(folded);
    const second = clear === folded ? undefined : this.#scan(clear);
    if (!second) return first;
    const best = second.found.length > first.found.length ? second : first;
    return {
      ...best,
      serials: [...first.serials, ...second.serials],
      unknown: best.found.length > 0 ? [] : best.unknown,
    };
  }

  #scan(folded: string): Citations<T> {
    const runs = runsOf(folded);
    const found: Citation<T>[] = [];
    const series: Citation<T>[][] = [];
    const unknown: string[] = [];
    let before: Hit<T> | undefined;
    let at = 0;
    while (at < runs.length) {
      const hit = this.#longestFrom(runs, at);
      if (!hit) {
        const stranger = this.#strangerFrom(runs, at);
        if (stranger) unknown.push(stranger);
        at += 1;
        continue;
      }
      // « F2026-1 » at the end of a text that a bank may have cut can be the beginning of F2026-123.
      const cut = hit.end === runs.length && folded.length >= CUT && this.#beginsLonger(hit.key);
      found.push(cut ? { ...hit.citation, cut } : hit.citation);
      series.push(...this.#seriesAfter(runs, hit.end, hit.key, hit.citation.whole));
      const between = before && this.#between(runs, before, at, hit);
      if (between) series.push(between);
      before = hit;
      at = hit.end;
    }
    const serials = runs.filter((run) => run.digits && run.text.length > 1).map(stripped);
    return { found, series, unknown, serials, tail: lastWord(folded) };
  }

  #longestFrom(runs: readonly Run[], at: number): Hit<T> | undefined {
    let plain = '';
    let bare = '';
    let digitsOnly = true;
    let best: Hit<T> | undefined;
    for (let end = at; end < runs.length; end += 1) {
      const run = runs[end];
      if (!run) break;
      plain += run.text;
      bare += stripped(run);
      if (!run.digits) digitsOnly = false;
      if (bare.length > this.#longest) break;
      if (bare.length >= HEAD && !this.#heads.has(plain.slice(0, HEAD)) && !this.#heads.has(bare.slice(0, HEAD))) break;
      const keys = digitsOnly ? this.#digits : this.#whole;
      const key = keys.has(plain) ? plain : bare;
      const targets = keys.get(key);
      if (targets)
        best = {
          citation: { targets: asList(targets), whole: !digitsOnly, read: passage(runs, at, end) },
          end: end + 1,
          key: plain,
        };
    }
    return best;
  }

  /** A word with the letters and the number of digits of our numbers, glued or not, that none of them is. */
  #strangerFrom(runs: readonly Run[], at: number): string | undefined {
    if (!this.#letters.has(runs[at]?.text ?? '')) return undefined;
    let word = '';
    for (let end = at; end < runs.length && end < at + 5; end += 1) {
      const run = runs[end];
      if (!run || (end > at && run.gap.length > 1)) break;
      word += run.text;
      const next = runs[end + 1];
      if (this.#shapes.has(shapeOf(word)) && !(next?.digits && next.gap === '')) return word;
    }
    return undefined;
  }

  /** « F123 au F126 »: the numbers between two quoted ones. */
  #between(runs: readonly Run[], first: Hit<T>, at: number, last: Hit<T>): Citation<T>[] | undefined {
    const joint = runs[first.end];
    if (at !== first.end + 1 || !joint || !/^AU?$/.test(joint.text) || first.key.length !== last.key.length) return undefined;
    const added = endsBetween(first.key, last.key.slice(-6), false).map((tail) =>
      this.#ending(first.key, tail, first.citation.whole),
    );
    return added.length > 0 && added.every((c) => c !== undefined) ? added : undefined;
  }

  /** Whether a word that ends a text is the beginning of a longer number than the one it was taken for. */
  #beginsLonger(word: string): boolean {
    this.#sorted ??= [...this.#compacts].sort();
    const all = this.#sorted;
    let low = 0;
    let high = all.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((all[middle] ?? '') <= word) low = middle + 1;
      else high = middle;
    }
    return all[low]?.startsWith(word) === true;
  }

  /** « /124/125 » or « à 126 » after a number: its end is replaced by what follows. */
  #seriesAfter(runs: readonly Run[], from: number, key: string, whole: boolean): Citation<T>[][] {
    const ends: { text: string; range: boolean }[] = [];
    let joint = '';
    for (let at = from; at < runs.length && ends.length < LONGEST_SERIES; at += 1) {
      const run = runs[at];
      if (!run) break;
      joint += run.gap;
      if (!run.digits) {
        if (!/^(A|AU|ET|E|N|NO)$/.test(run.text)) break;
        joint += run.text;
        continue;
      }
      if (run.text.length >= key.length || joint.length > 6) break;
      ends.push({ text: run.text, range: /-|A/.test(joint) });
      joint = '';
    }
    if (ends.length === 0) return [];
    const readings = [ends.map((e) => e.text)];
    const only = ends[0];
    if (ends.length === 1 && only?.range) readings.push(endsBetween(key, only.text, true));
    return readings.flatMap((tails) => {
      const added = tails.map((tail) => this.#ending(key, tail, whole));
      return added.length > 0 && added.every((c) => c !== undefined) ? [added] : [];
    });
  }

  #ending(key: string, tail: string, whole: boolean): Citation<T> | undefined {
    const other = key.slice(0, -tail.length) + tail;
    const targets = (whole ? this.#whole : this.#digits).get(other);
    return targets && { targets: asList(targets), whole, read: tail };
  }
}

/** « F99999999 » */
const shapeOf = (word: string): string => word.replace(/\d/g, '9');

const asList = <T>(one: T | T[]): T[] => (Array.isArray(one) ? one : [one]);

/** The ends of the numbers after `key` up to the one that ends with `tail`, itself included or not; none for too long a range. */
function endsBetween(key: string, tail: string, included: boolean): string[] {
  const width = tail.length;
  const first = Number(key.slice(-width));
  const last = Number(tail) + (included ? 1 : 0);
  if (!(last > first + 1 && last - first <= LONGEST_SERIES)) return [];
  return Array.from({ length: last - first - 1 }, (_, i) => String(first + 1 + i).padStart(width, '0'));
}

function joined(runs: readonly Run[], write: (run: Run) => string): string {
  let text = '';
  for (const run of runs) text += write(run);
  return text;
}

const compact = (runs: readonly Run[]): string => joined(runs, (run) => run.text);

const passage = (runs: readonly Run[], from: number, to: number): string =>
  runs
    .slice(from, to + 1)
    .map((run, i) => (i === 0 ? '' : run.gap) + run.text)
    .join('');

/** What follows the reason of a transfer in the text of a bank: a field of its own. */
const NEXT_FIELD = /\s\/[A-Z]{3,}\b[^/]*$/;
const lettersAndDigits = (text: string): string => text.replace(/[^A-Z0-9]/g, '');
const lastWord = (folded: string): string => lettersAndDigits(/[A-Z0-9./_-]+$/.exec(folded.replace(NEXT_FIELD, ''))?.[0] ?? '');

/** Whether a passage of a text stands at its end, or at the end of a field, where a bank may have cut it. */
export function endsField(text: string, passage: string): boolean {
  const folded = foldText(text);
  return folded.trimEnd().endsWith(passage) || folded.replace(NEXT_FIELD, '').trimEnd().endsWith(passage);
}

/** What is compared of a number that a text may quote in part. */
export interface NumberParts {
  readonly compact: string;
  /** the last run of digits, without leading zeros: « 123 » of F2026-0123 */
  readonly serial: string;
}

export function partsOfNumber(number: string): NumberParts {
  const runs = runsOf(foldText(number));
  return { compact: compact(runs), serial: stripped(runs.findLast((run) => run.digits) ?? { text: '', digits: true, gap: '' }) };
}

/** Whether the text quotes only the end of the number, its beginning cut by the bank, or the number with one slip; undefined when not. */
export function quotesInPart(
  quoted: Citations<unknown>,
  number: NumberParts,
): { kind: 'serial' | 'cut' | 'slip'; read: string } | undefined {
  const slip = quoted.unknown.find((word) => oneSlipApart(word, number.compact));
  if (slip) return { kind: 'slip', read: slip };
  if (number.serial.length >= 2 && quoted.serials.includes(number.serial)) return { kind: 'serial', read: number.serial };
  const { tail } = quoted;
  return partOfNumber(tail, number, true) === 'cut' ? { kind: 'cut', read: tail } : undefined;
}

/** How a passage may stand for a number that it is not: with one slip, or as its beginning where the text may have been cut. */
export function partOfNumber(passage: string, number: NumberParts, mayBeCut: boolean): 'cut' | 'slip' | undefined {
  const word = lettersAndDigits(passage);
  if (mayBeCut && word.length >= 5 && word.length < number.compact.length && number.compact.startsWith(word)) return 'cut';
  return oneSlipApart(word, number.compact) ? 'slip' : undefined;
}
