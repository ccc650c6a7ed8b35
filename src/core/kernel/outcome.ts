/** How sure a legal value or reading is. The user sees it beside every figure that depends on it. */
export type Certainty =
  /** the official text or page was read */
  | 'official'
  /** seen in secondary sources only (lawyers, banks, press, public repositories) */
  | 'secondary'
  /** from memory, to be checked before relying on it */
  | 'memory'
  /** our own reading: no authority found */
  | 'reading';

/** From surest to least sure. */
const ORDER: readonly Certainty[] = ['official', 'secondary', 'reading', 'memory'];

/** The certainty of a conclusion is that of its weakest premise. */
export function weakest(all: readonly Certainty[]): Certainty {
  return all.reduce<Certainty>((worst, c) => (ORDER.indexOf(c) > ORDER.indexOf(worst) ? c : worst), 'official');
}

/** One step of an explanation: which rule spoke, on which articles, and what it found, in one French sentence. */
export interface TraceStep {
  /** the name of the rule, as `./quitus law rules` lists it */
  readonly rule: string;
  /** keys of the citations (core/law/citations) */
  readonly cites: readonly string[];
  readonly certainty: Certainty;
  readonly says: string;
  /** the figures of the sentence, as decimal strings and ISO days, for programs */
  readonly values?: Readonly<Record<string, string>>;
}

/** What a rule answers. The trace is built by the evaluation itself, never beside it. */
export type Outcome<T> =
  | { readonly status: 'computed'; readonly value: T; readonly trace: readonly TraceStep[] }
  | { readonly status: 'missing'; readonly facts: readonly string[]; readonly reason: string }
  | { readonly status: 'not-applicable'; readonly reason: string; readonly trace: readonly TraceStep[] }
  | { readonly status: 'not-encoded'; readonly reason: string };

export const computed = <T>(value: T, trace: readonly TraceStep[]): Outcome<T> => ({ status: 'computed', value, trace });
export const missing = (facts: readonly string[], reason: string): Outcome<never> => ({ status: 'missing', facts, reason });
export const notApplicable = (reason: string, trace: readonly TraceStep[] = []): Outcome<never> => ({
  status: 'not-applicable',
  reason,
  trace,
});
export const notEncoded = (reason: string): Outcome<never> => ({ status: 'not-encoded', reason });
