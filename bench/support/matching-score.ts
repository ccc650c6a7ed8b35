import type { Match, Matching } from '#core/matching/model.ts';
import type { BankYear, Truth } from './bank-year.ts';

/** How a matching compares with what really happened. */
export interface Score {
  /** lines applied without asking, and how many of them exactly as they were */
  readonly applied: number;
  readonly appliedRight: number;
  /** lines that really pay invoices; how many were applied exactly right; how many applied right or rightly proposed first */
  readonly paying: number;
  readonly payingApplied: number;
  readonly payingFound: number;
  /** the same, by what the line really is: [lines, applied right, proposed first, applied wrong] */
  readonly byKind: ReadonlyMap<string, readonly [number, number, number, number]>;
  /** the lines applied wrongly */
  readonly wrong: readonly { readonly match: Match; readonly truth: Truth }[];
}

/** Exactly the invoices, exactly the cents; for a debit, exactly the credit it takes back. */
export function isRight(match: Match, truth: Truth, truths: BankYear['truth']): boolean {
  if (match.kind === 'annulled') return truths.get(match.counterpart ?? '')?.takesBack === match.lineId;
  if (match.kind === 'wrong-entity') return truth.what === 'wrong entity';
  if (truth.takesBack !== undefined) return match.counterpart === truth.takesBack;
  if (match.counterpart !== undefined) return false;
  return match.parts.length === truth.pays.size && match.parts.every((part) => truth.pays.get(part.invoiceId) === part.cents);
}

export function scoreOf(year: BankYear, answer: Matching): Score {
  const applied = new Map(answer.matches.map((m) => [m.lineId, m]));
  const truthOf = (lineId: string, truth: Truth): Truth => {
    // The second of two equal transfers may stand for the first, if the first was left alone.
    if (truth.twin === undefined || (applied.get(truth.twin)?.parts.length ?? 0) > 0 || !applied.has(lineId)) return truth;
    return { ...truth, pays: year.truth.get(truth.twin)?.pays ?? truth.pays };
  };
  const first = new Map(answer.proposals.map((p) => [p.lineId, p.ranked[0]]));
  const byKind = new Map<string, [number, number, number, number]>();
  const wrong: { match: Match; truth: Truth }[] = [];
  let [paying, payingApplied, payingFound, appliedRight] = [0, 0, 0, 0];
  for (const [lineId, known] of year.truth) {
    const truth = truthOf(lineId, known);
    const row = byKind.get(truth.what) ?? [0, 0, 0, 0];
    byKind.set(truth.what, row);
    row[0] += 1;
    const match = applied.get(lineId);
    const proposed = first.get(lineId);
    const right = match !== undefined && isRight(match, truth, year.truth);
    const offered = proposed !== undefined && isRight(proposed, truth, year.truth);
    if (right) row[1] += 1;
    if (offered) row[2] += 1;
    if (match && !right) {
      row[3] += 1;
      wrong.push({ match, truth });
    }
    if (right) appliedRight += 1;
    if (known.pays.size === 0) continue;
    paying += 1;
    if (right) payingApplied += 1;
    if (right || offered) payingFound += 1;
  }
  return { applied: applied.size, appliedRight, paying, payingApplied, payingFound, byKind, wrong };
}
