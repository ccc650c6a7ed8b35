import { Ledger } from '#core/matching/ledger.ts';
import { indexesOf, type Line, openLine } from '#core/matching/line.ts';
import type { Match, Matching } from '#core/matching/model.ts';
import { handleOf, Payers } from '#core/matching/payer.ts';
import type { BankYear } from './bank-year.ts';
import { isRight } from './matching-score.ts';

/** Why lines that pay invoices are not applied: what the line and the books lack, seen once every match was applied. */
export interface Cause {
  readonly why: string;
  lines: number;
  rightFirst: number;
}

/** The causes, the most frequent first. */
export function causesOf(year: BankYear, answer: Matching): Cause[] {
  const world = worldAfter(year, answer);
  const applied = new Map(answer.matches.map((match) => [match.lineId, match]));
  const first = new Map(answer.proposals.map((proposal) => [proposal.lineId, proposal.ranked[0]]));
  const causes = new Map<string, Cause>();
  for (const source of year.input.lines) {
    const truth = year.truth.get(source.id);
    const match = applied.get(source.id);
    if (!truth || truth.pays.size === 0 || (match && isRight(match, truth, year.truth))) continue;
    const line = openLine(source, world.indexes, world.payers);
    const why = match ? 'applied wrongly' : whyNot(line, [...truth.pays.keys()], world.ledger);
    const cause = causes.get(why) ?? { why, lines: 0, rightFirst: 0 };
    causes.set(why, cause);
    cause.lines += 1;
    const proposed = first.get(source.id);
    if (proposed && isRight(proposed, truth, year.truth)) cause.rightFirst += 1;
  }
  return [...causes.values()].sort((a, b) => b.lines - a.lines);
}

function worldAfter(year: BankYear, answer: Matching) {
  const ledger = new Ledger(year.input.invoices);
  const payers = new Payers(year.input.parties, []);
  const lines = new Map(year.input.lines.map((line) => [line.id, line]));
  const quoted = (match: Match): boolean => match.by === 'number' || match.by === 'reference';
  for (const match of answer.matches) {
    ledger.giveBack(match.parts.map((part) => ({ ...part, cents: -part.cents })));
    const line = lines.get(match.lineId);
    const handle = line && quoted(match) ? handleOf(line) : undefined;
    if (handle && match.partyId !== undefined) payers.observe(handle, match.partyId);
  }
  return { ledger, payers, indexes: indexesOf(ledger, []) };
}

function whyNot(line: Line, paid: readonly string[], ledger: Ledger): string {
  const { payer, numbers, references, cents, day, source } = line;
  const quotes = references.length > 0 || numbers.found.some((c) => c.targets.some((item) => paid.includes(item.invoice.id)));
  if (quotes) return 'its number, but amount or payer disagree';
  if (payer.trust === 'none' && !handleOf(source)) return 'names nobody, quotes nothing';
  if (payer.among) return 'one of several customers';
  if (payer.trust === 'none' || payer.trust === 'likely') return 'payer not recognised for sure';
  const same = payer.partyIds.flatMap((id) => ledger.bookOf(id).worth(cents, 3, day, source.currency));
  if (same.length > 1) return 'several open invoices of that amount';
  return same.length === 1 ? 'one of that amount, but a rival' : 'no open invoice of that amount';
}
