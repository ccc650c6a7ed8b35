import { foldText } from './text.ts';

/** Words that say what kind of firm or person it is, not which one. */
const HOLLOW = new Set(
  (
    'SA SAS SASU SARL SARLU EURL EI EIRL SNC SCS SCA SCI SCEA SCM SCP SCOP SCIC SELARL SELAS SEM GIE GAEC EARL ASSOCIATION ASSOC ASSO ASS ' +
    'SOCIETE STE SOC ETABLISSEMENTS ETABLISSEMENT ETS ETAB ENTREPRISE ENT ENTR ENTREP COMPAGNIE CIE CO MAISON MONSIEUR MADAME M MR MME MLLE ' +
    'MELLE OU ET DE DU DES LA LE LES L D AU AUX LTD LIMITED GMBH AG BV NV SPA SRL SL INC LLC PLC'
  ).split(' '),
);

/** Short forms that no prefix explains. */
const SHORT: Readonly<Record<string, string>> = {
  ST: 'SAINT',
  STS: 'SAINTS',
  FRES: 'FRERES',
  INTL: 'INTERNATIONAL',
  INTNL: 'INTERNATIONAL',
  GRP: 'GROUPE',
  GPE: 'GROUPE',
  GRPE: 'GROUPE',
  BTMT: 'BATIMENT',
  TX: 'TRAVAUX',
  SCES: 'SERVICES',
  SVCES: 'SERVICES',
  CTRE: 'CENTRE',
  CTR: 'CENTRE',
  PHIE: 'PHARMACIE',
  CDC: 'COMMUNAUTE',
  MGT: 'MANAGEMENT',
  MGMT: 'MANAGEMENT',
};

/** The words of a name that tell it from others, in order; every word when none does. */
export function nameWords(name: string): string[] {
  const words = foldText(name)
    .replace(/\b([A-Z])\.(?=[A-Z]\b)/g, '$1')
    .match(/[A-Z0-9]+/g);
  const all = (words ?? []).map((word) => SHORT[word] ?? word);
  const telling = all.filter((word) => !HOLLOW.has(word));
  return telling.length > 0 ? telling : all;
}

/** Neighbouring triples of letters of a word, its ends marked, each once. */
function trigrams(word: string): Set<string> {
  const marked = `^${word}$`;
  const all = new Set<string>();
  for (let i = 0; i + 3 <= marked.length; i += 1) all.add(marked.slice(i, i + 3));
  return all;
}

/** What makes Marcelle of Marcel, Jeanne of Jean, Martine of Martin: another person, of one surname often. */
const isFeminine = (ending: string): boolean => /^(E|LE|NE|TE|INE|ETTE)$/.test(ending);
/** The shortest length at which banks cut names. */
const CUT = 24;

type TrigramsOf = (word: string) => ReadonlySet<string>;

/** How alike two words are, 0 to 1: the same, one the beginning of the other, or sharing trigrams (Dice). */
export function wordLikeness(a: string, b: string, trigramsOf: TrigramsOf = trigrams): number {
  if (a === b) return 1;
  const short = a.length < b.length ? a : b;
  const long = a.length < b.length ? b : a;
  if (short.length >= 3 && long.startsWith(short)) return isFeminine(long.slice(short.length)) ? 0.5 : 0.9;
  if (short.length * 3 < long.length) return 0;
  const [mine, others] = [trigramsOf(short), trigramsOf(long)];
  let shared = 0;
  for (const t of mine) if (others.has(t)) shared += 1;
  const likeness = (2 * shared) / (mine.size + others.size);
  return likeness >= 0.5 ? likeness : 0;
}

export interface NameMatch {
  readonly partyId: string;
  /** 0 to 1; 1 is the same telling words */
  readonly score: number;
  /** the party's name or alias that was recognised */
  readonly as: string;
}

interface Entry {
  readonly partyId: string;
  readonly as: string;
  readonly words: readonly string[];
}

const CANDIDATES = 400;
const KEPT = 20_000;
const SHOWN = 6;

/** Names and aliases of the parties; rare words count for more than common ones. */
export class NameIndex {
  readonly #byWord = new Map<string, Entry[]>();
  readonly #byCompact = new Map<string, Entry[]>();
  readonly #byTrigram = new Map<string, string[]>();
  #count = 0;
  #sorted: string[] | undefined;
  readonly #seen = new Map<string, readonly NameMatch[]>();
  readonly #trigrams = new Map<string, ReadonlySet<string>>();
  readonly #weights = new Map<string, number>();

  add(partyId: string, name: string): void {
    const words = nameWords(name);
    if (words.length === 0) return;
    const entry = { partyId, as: name, words };
    this.#count += 1;
    for (const word of new Set(words)) {
      if (!this.#byWord.has(word)) for (const t of trigrams(word)) push(this.#byTrigram, t, word);
      push(this.#byWord, word, entry);
    }
    push(this.#byCompact, words.join(''), entry);
    this.#sorted = undefined;
    this.#seen.clear();
    this.#weights.clear();
  }

  /** The parties that a name may mean, the best first, each once. */
  like(name: string): readonly NameMatch[] {
    const known = this.#seen.get(name);
    if (known) return known;
    if (this.#seen.size >= KEPT) this.#seen.clear();
    const words = nameWords(name);
    const found = words.length === 0 ? [] : this.#search(words, name.trim().length >= CUT);
    this.#seen.set(name, found);
    return found;
  }

  /** Parties whose telling words all stand, one after the other, in a text that has no field for the name. */
  within(text: string): readonly NameMatch[] {
    const words = nameWords(text);
    const best = new Map<string, NameMatch>();
    for (const word of new Set(words)) {
      const entries = this.#byWord.get(word) ?? [];
      if (entries.length > CANDIDATES) continue;
      for (const entry of entries) {
        if (entry.words.join('').length < 5 || !standsIn(entry.words, words)) continue;
        const score = 0.9 + Math.min(entry.words.length, 9) / 100;
        keepBest(best, { partyId: entry.partyId, score, as: entry.as });
      }
    }
    const found = [...best.values()].sort(byScore);
    const longest = found[0]?.score ?? 0;
    return found.filter((m) => m.score === longest);
  }

  #search(words: readonly string[], mayBeCut: boolean): NameMatch[] {
    const best = new Map<string, NameMatch>();
    const whole = words.join('');
    for (const entry of this.#byCompact.get(whole) ?? []) keepBest(best, { partyId: entry.partyId, score: 1, as: entry.as });
    // The very words of a name need no likeness; whoever bears the same ones is a rival.
    if (best.size > 0) return [...best.values()].sort(byScore).slice(0, SHOWN);
    // Banks cut names at 24, 27, 32 or 35 characters.
    if (whole.length >= 12) {
      for (const entry of this.#startingWith(whole)) {
        if (!mayBeCut && isFeminine(entry.words.join('').slice(whole.length))) continue;
        keepBest(best, { partyId: entry.partyId, score: 0.95, as: entry.as });
      }
    }
    for (const entry of this.#candidates(words)) {
      const score = this.#score(words, entry.words);
      if (score >= 0.5) keepBest(best, { partyId: entry.partyId, score, as: entry.as });
    }
    return [...best.values()].sort(byScore).slice(0, SHOWN);
  }

  #startingWith(beginning: string): Entry[] {
    this.#sorted ??= [...this.#byCompact.keys()].sort();
    const all = this.#sorted;
    let low = 0;
    let high = all.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((all[middle] ?? '') < beginning) low = middle + 1;
      else high = middle;
    }
    const found: Entry[] = [];
    for (let i = low; found.length < SHOWN; i += 1) {
      const name = all[i];
      if (!name?.startsWith(beginning)) break;
      found.push(...(this.#byCompact.get(name) ?? []));
    }
    return found;
  }

  /** Entries that share a word, or a word alike; the rarest words are asked first, and a bound keeps it short. */
  #candidates(words: readonly string[]): Set<Entry> {
    const lists = words.flatMap((word) => {
      const exact = this.#byWord.get(word);
      return exact ? [exact] : this.#wordsLike(word).map((w) => this.#byWord.get(w) ?? []);
    });
    const found = new Set<Entry>();
    for (const list of lists.sort((a, b) => a.length - b.length)) {
      if (found.size > 0 && found.size + list.length > CANDIDATES) break;
      for (const entry of list.slice(0, CANDIDATES)) found.add(entry);
    }
    return found;
  }

  #wordsLike(word: string): string[] {
    if (word.length < 4) return [];
    const shared = new Map<string, number>();
    for (const t of trigrams(word)) {
      const there = this.#byTrigram.get(t) ?? [];
      if (there.length <= 4000) for (const w of there) shared.set(w, (shared.get(w) ?? 0) + 1);
    }
    return [...shared]
      .filter(([w, n]) => n >= 2 && wordLikeness(word, w, this.#trigramsOf) >= 0.6)
      .map(([w]) => w)
      .sort()
      .slice(0, 24);
  }

  /** Rare words weigh more (inverse document frequency). */
  #weight(word: string): number {
    const known = this.#weights.get(word);
    if (known !== undefined) return known;
    const weight = Math.log(1 + (this.#count + 1) / (1 + (this.#byWord.get(word)?.length ?? 0)));
    if (this.#weights.size < KEPT) this.#weights.set(word, weight);
    return weight;
  }

  readonly #trigramsOf: TrigramsOf = (word) => {
    const known = this.#trigrams.get(word);
    if (known) return known;
    const made = trigrams(word);
    if (this.#trigrams.size < KEPT) this.#trigrams.set(word, made);
    return made;
  };

  #score(a: readonly string[], b: readonly string[]): number {
    const free = new Set(b.keys());
    let shared = 0;
    let total = 0;
    for (const word of b) total += this.#weight(word);
    for (const word of a) {
      total += this.#weight(word);
      let best = 0;
      let at = -1;
      for (const i of free) {
        const likeness = wordLikeness(word, b[i] ?? '', this.#trigramsOf);
        if (likeness > best) [best, at] = [likeness, i];
      }
      if (at < 0) continue;
      free.delete(at);
      shared += best * (this.#weight(word) + this.#weight(b[at] ?? ''));
    }
    return total === 0 ? 0 : shared / total;
  }
}

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const there = lists.get(key);
  if (there) there.push(value);
  else lists.set(key, [value]);
}

function keepBest(best: Map<string, NameMatch>, match: NameMatch): void {
  const there = best.get(match.partyId);
  if (!there || there.score < match.score) best.set(match.partyId, match);
}

const byScore = (a: NameMatch, b: NameMatch): number => b.score - a.score || (a.partyId < b.partyId ? -1 : 1);

function standsIn(words: readonly string[], text: readonly string[]): boolean {
  for (let from = 0; from + words.length <= text.length; from += 1) {
    if (words.every((word, i) => isShortened(word, text[from + i] ?? ''))) return true;
  }
  return false;
}

/** The word itself, or its beginning of four letters or more. */
const isShortened = (word: string, read: string): boolean => word === read || (read.length >= 4 && word.startsWith(read));
