import { toEpochDay } from '../kernel/epoch-day.ts';
import { money } from '../kernel/money.ts';
import { compareRatio, type Ratio } from '../kernel/ratio.ts';
import type { LawBook } from '../law/book.ts';
import { simpleInterest } from '../law/interest.ts';
import { rateTable, runsOver } from '../law/rates.ts';
import type { Series } from '../law/series.ts';
import type { Claim } from './claim.ts';
import type { InterestLine, InvoiceStatement } from './statement.ts';

/**
 * The legal floor of clauses over the days of a décompte (C. com. L441-10, II), shown beside it. When the contract's rate is
 * below, what the same days give at the floor and at the default rate: the text does not say which of the two replaces the clause.
 */
export function compareWithFloor(claim: Claim, lines: readonly InterestLine[], law: LawBook): InvoiceStatement['clauseFloor'] {
  const [first] = lines;
  const last = lines.at(-1);
  if (claim.debtor !== 'business' || claim.creditorIsConsumer || !first || !last) return undefined;
  const floor = rateTable(law).clauseFloor;
  const runs = runsOver(floor, toEpochDay(first.from), toEpochDay(last.to));
  if (!runs) return undefined;
  const highest = runs.reduce((a, b) => (compareRatio(b.rate, a) > 0 ? b.rate : a), runs[0]?.rate as Ratio);
  const { contractRate } = claim;
  if (!contractRate || compareRatio(contractRate, highest) >= 0) return { highest, contractBelowFloor: false };
  return {
    highest,
    contractBelowFloor: true,
    ...withInterest('interestAtFloor', lines, floor),
    ...withInterest('interestAtDefault', lines, rateTable(law).business),
  };
}

function withInterest<K extends string>(key: K, lines: readonly InterestLine[], at: Series<Ratio>) {
  let cents = 0n;
  for (const line of lines) {
    const runs = runsOver(at, toEpochDay(line.from), toEpochDay(line.to));
    if (!runs) return {};
    for (const run of runs) cents += simpleInterest(line.base.cents, run.rate, run.to - run.from + 1);
  }
  return { [key]: money(cents) } as Record<K, ReturnType<typeof money>>;
}
