import type { Certainty } from '../kernel/outcome.ts';
import { civilCitations } from './citations/civil.ts';
import { commercialCitations } from './citations/commercial.ts';
import { procedureCitations } from './citations/procedure.ts';
import { publicCitations } from './citations/public.ts';

/** An article, a judgment or an official act, as French lawyers write it. */
export interface Citation {
  readonly label: string;
  /** what it says, in a few plain words */
  readonly about: string;
  readonly certainty: Certainty;
  /** the official page, only when its address can be built without guessing an identifier */
  readonly url?: string;
}

/** Every text the law of Quitus relies on, by its key. */
export const citations = {
  ...civilCitations,
  ...commercialCitations,
  ...publicCitations,
  ...procedureCitations,
} as const satisfies Readonly<Record<string, Citation>>;

export type CitationKey = keyof typeof citations;

export const isCitationKey = (key: string): key is CitationKey => Object.hasOwn(citations, key);

/** The citation of a key that a trace holds; undefined for a key that does not exist (a test proves there is none). */
export function citation(key: string): (Citation & { readonly link: string }) | undefined {
  if (!isCitationKey(key)) return undefined;
  const found: Citation = citations[key];
  return { ...found, link: found.url ?? searchLink(found.label) };
}

/** The labels of the keys, joined as a sentence's reference: « C. com., art. L441-10, II ; C. com., art. D441-5 ». */
export const citationLabels = (keys: readonly string[]): string =>
  keys.map((key) => citation(key)?.label ?? key).join('\u202f; ');

/** A search on Légifrance: an address that always exists, where an invented identifier would not. */
function searchLink(label: string): string {
  return `https://www.legifrance.gouv.fr/search/all?tab_selection=all&searchField=ALL&query=${encodeURIComponent(label)}`;
}
