import { addDays, type Day } from '../kernel/day.ts';
import { type EpochDay, fromEpochDay, toEpochDay } from '../kernel/epoch-day.ts';
import { frenchAmount, frenchDay, frenchPercent } from '../kernel/french.ts';
import { formatAmount, type Money, money } from '../kernel/money.ts';
import { computed, notEncoded, type Outcome, type TraceStep } from '../kernel/outcome.ts';
import { addRatio, formatPercent, type Ratio } from '../kernel/ratio.ts';
import { currentLaw, type LawBook } from './book.ts';
import { simpleInterest } from './interest.ts';
import { firstUnknown, runsOver } from './rates.ts';
import type { LegalRateColumn } from './series/legal-rate.ts';
import { unknownReason, valueOn } from './series.ts';
import { steps } from './step.ts';

const say = steps('judgment-interest');

export interface JudgmentFacts {
  readonly principal: Money;
  readonly creditor: LegalRateColumn;
  /** the day the decision became enforceable, even provisionally: interest runs from the next */
  readonly enforceableOn: Day;
  readonly asOf: Day;
}

export interface JudgmentLine {
  readonly from: Day;
  readonly to: Day;
  readonly days: number;
  readonly rate: Ratio;
  readonly amount: Money;
}

export interface JudgmentInterest {
  /** the first day of the increase of five points */
  readonly increaseFrom: Day;
  readonly lines: readonly JudgmentLine[];
  readonly interest: Money;
  readonly total: Money;
}

/** The first day of the increase: two months have passed (CMF L313-3; service-public counts from the day after). */
export const increaseStart = (enforceableOn: Day): Day => addDays(enforceableOn.add({ months: 2 }), 1);

/**
 * Interest of a condemnation: the legal rate, raised by five points once two months have passed since the decision became
 * enforceable (CMF L313-3). Whether the increase also reaches a contract or L441-10 rate that the judgment awards is not settled.
 */
export function judgmentInterest(facts: JudgmentFacts, law: LawBook = currentLaw): Outcome<JudgmentInterest> {
  const series = law.legalRate[facts.creditor];
  const increaseFrom = increaseStart(facts.enforceableOn);
  const first = toEpochDay(facts.enforceableOn) + 1;
  const last = toEpochDay(facts.asOf);
  const cut = toEpochDay(increaseFrom);
  const increase = valueOn(law.judgmentIncrease, facts.enforceableOn);
  const lines: JudgmentLine[] = [];
  const trace: TraceStep[] = [
    say(
      ['cmf-L313-2', 'cmf-L313-3', 'cciv-1231-7'],
      'secondary',
      `Décision exécutoire le ${frenchDay(facts.enforceableOn)}\u202f: l’intérêt légal est majoré de cinq points à partir du ${frenchDay(increaseFrom)} (deux mois passés). Le juge de l’exécution peut réduire ou écarter cette majoration.`,
      { increaseFrom: increaseFrom.toString() },
    ),
  ];
  const spans: readonly (readonly [EpochDay, EpochDay, boolean])[] = [
    [first, Math.min(last, cut - 1), false],
    [Math.max(first, cut), last, true],
  ];
  for (const [from, to, raised] of spans) {
    if (from > to) continue;
    const runs = runsOver(series, from, to);
    if (!runs || !increase) return notEncoded(unknownReason(series, firstUnknown(series, from, to)));
    for (const run of runs) {
      const rate = raised ? addRatio(run.rate, increase.value) : run.rate;
      const days = run.to - run.from + 1;
      const amount = money(simpleInterest(facts.principal.cents, rate, days));
      const line = { from: fromEpochDay(run.from), to: fromEpochDay(run.to), days, rate, amount };
      lines.push(line);
      trace.push(
        say(
          raised ? ['cmf-L313-3'] : ['cmf-L313-2'],
          run.certainty,
          `Du ${frenchDay(line.from)} au ${frenchDay(line.to)}\u202f: ${frenchAmount(facts.principal)} × ${frenchPercent(rate)} × ${days} / 365 = ${frenchAmount(amount)}.`,
          { days: String(days), rate: formatPercent(rate), amount: formatAmount(amount) },
        ),
      );
    }
  }
  const interest = money(lines.reduce((sum, line) => sum + line.amount.cents, 0n));
  return computed({ increaseFrom, lines, interest, total: money(facts.principal.cents + interest.cents) }, trace);
}
