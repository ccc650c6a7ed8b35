import { addDays, day } from '#core/kernel/day.ts';
import { toEpochDay } from '#core/kernel/epoch-day.ts';
import { money, scaleCents } from '#core/kernel/money.ts';
import { addRatio, multiplyRatio, type Ratio, ratio } from '#core/kernel/ratio.ts';
import { currentLaw, lawWith } from '#core/law/book.ts';
import { simpleInterest } from '#core/law/interest.ts';
import { clauseFloor, defaultRate, rateTable, runsOver } from '#core/law/rates.ts';
import { valueOn } from '#core/law/series.ts';
import { type Answers, amountOf, answered, dateOf, type Facts, rateOf } from '../facts.ts';
import { account, overDaysOfYear, payment, roundedOnce, segments } from './accounts.ts';

/** "paid on" is the day of the account, before that payment is taken off. */
const owedOn = (inputs: Facts) => account(inputs.euros('base_ttc'), inputs.day('due_date'), inputs.day('paid_on'));

const whole = (inputs: Facts) => {
  const owed = owedOn(inputs);
  return {
    days_late: owed.daysLate,
    segments: segments(owed.lines),
    interest: amountOf(owed.interest),
    interest_rounded_once: roundedOnce(owed.lines),
    indemnity: amountOf(owed.indemnity),
    total_due: amountOf(owed.total),
  };
};

const arithmetic = (inputs: Facts) => ({
  interest: amountOf(
    money(simpleInterest(inputs.euros('base_ttc').cents, inputs.percent('rate_percent'), inputs.number('days'))),
  ),
});

/** The lines that the floor of clauses would give over the days of an account. */
const atFloor = (inputs: Facts) => {
  const base = inputs.euros('base_ttc').cents;
  const runs = runsOver(
    rateTable(currentLaw).clauseFloor,
    toEpochDay(addDays(inputs.day('due_date'), 1)),
    toEpochDay(inputs.day('paid_on')),
  );
  return (runs ?? []).map((run) => ({
    first_day: dateOf(day('1970-01-01').add({ days: run.from })),
    last_day: dateOf(day('1970-01-01').add({ days: run.to })),
    days: run.to - run.from + 1,
    rate_percent: rateOf(run.rate),
    amount: amountOf(money(simpleInterest(base, run.rate, run.to - run.from + 1))),
  }));
};

const cents = (amounts: readonly number[]): number => amounts.reduce((sum, a) => sum + Math.round(a * 100), 0) / 100;

export const b2bInterest: Answers = {
  'int-jooristes': arithmetic,
  'int-macalc': arithmetic,
  // A quarter of a year by months, which Quitus does not use: the rates are those of 2014, the arithmetic is the article's.
  'int-lexing-2014': (inputs) => {
    const quarter = ratio(BigInt(inputs.number('months')), 12n);
    const toEuro = (rate: Ratio): number =>
      Number(scaleCents(inputs.euros('base_ttc').cents, multiplyRatio(multiplyRatio(rate, quarter), ratio(1n, 100n)), 'half-up'));
    const on = day('2014-01-01');
    return { interest_rounded_to_euro: [answered(defaultRate('business', on)), answered(clauseFloor(on))].map(toEuro) };
  },
  'int-myc-two-semesters': (inputs) => {
    const owed = owedOn(inputs);
    return {
      segments: segments(owed.lines),
      interest: amountOf(owed.interest),
      indemnity: amountOf(owed.indemnity),
      total_due: amountOf(owed.total),
    };
  },
  'int-qonforme': (inputs) => {
    const owed = owedOn(inputs);
    return {
      segments: segments(owed.lines),
      interest: amountOf(owed.interest),
      indemnity: amountOf(owed.indemnity),
      total_extra: amountOf(money(owed.total.cents - owed.principal.cents)),
    };
  },
  'int-2024-leap': (inputs) => ({ ...whole(inputs), alternative_ACT_ACT_366: overDaysOfYear(owedOn(inputs).lines) }),
  'int-2025-drop': whole,
  'int-2026-H2': whole,
  'int-long': whole,
  'int-paid-on-due-date': (inputs) => {
    const paid = payment(inputs.day('paid_on'), inputs.euros('base_ttc'));
    const owed = account(inputs.euros('base_ttc'), inputs.day('due_date'), addDays(inputs.day('paid_on'), 30), {}, [paid]);
    return { days_late: owed.daysLate, interest: amountOf(owed.interest), indemnity: amountOf(owed.indemnity) };
  },
  'int-clause-below-floor': (inputs) => {
    const contractRate = inputs.percent('contract_rate');
    const owed = account(inputs.euros('base_ttc'), inputs.day('due_date'), inputs.day('paid_on'), { contractRate });
    const { clauseFloor: floor } = owed;
    return {
      segments: atFloor(inputs),
      interest_at_floor: floor?.interestAtFloor && amountOf(floor.interestAtFloor),
      clause_lawful: floor?.contractBelowFloor === false,
      alternative_default_rate: floor?.interestAtDefault && amountOf(floor.interestAtDefault),
    };
  },
  'int-clause-15': (inputs) => {
    const contractRate = inputs.percent('contract_rate');
    const owed = account(inputs.euros('base_ttc'), inputs.day('due_date'), inputs.day('paid_on'), { contractRate });
    return { segments: segments(owed.lines), interest: amountOf(owed.interest), indemnity: amountOf(owed.indemnity) };
  },
  'int-2024-floor-trap': (inputs) => {
    const owed = owedOn(inputs);
    return {
      interest_default: amountOf(owed.interest),
      interest_if_floor_were_applied: cents(atFloor(inputs).map((line) => line.amount)),
      rate_percent: owed.lines.map((line) => rateOf(line.rate))[0],
      floor_percent: owed.clauseFloor && rateOf(owed.clauseFloor.highest),
    };
  },
  'dec-1y-10': (inputs) => {
    const contractRate = inputs.percent('rate_percent');
    const owed = account(inputs.euros('base_ttc'), inputs.day('from_'), inputs.day('to'), { contractRate });
    return { interest: amountOf(owed.interest), indemnity: amountOf(owed.indemnity), total: amountOf(owed.total) };
  },
  // The file's runs are "first day included, last day excluded"; the two rates stand in the law book as a user's own figures would.
  'dec-rate-change': (inputs) => {
    const margin = valueOn(currentLaw.businessMargin, inputs.day('from_'));
    const minus: Ratio = margin ? ratio(-margin.value.n, margin.value.d) : ratio(0n);
    const [first, second] = inputs.each('rates');
    if (!first || !second) throw new Error('two rates');
    const law = lawWith({
      semesterReference: [
        {
          from: first.day('from_'),
          to: addDays(second.day('from_'), -1),
          value: addRatio(first.percent('percent'), minus),
          note: 'cas',
          on: day('2025-01-01'),
        },
        {
          from: second.day('from_'),
          to: addDays(inputs.day('to'), -1),
          value: addRatio(second.percent('percent'), minus),
          note: 'cas',
          on: day('2025-01-01'),
        },
      ],
    });
    const owed = account(inputs.euros('base_ttc'), addDays(inputs.day('from_'), -1), addDays(inputs.day('to'), -1), {}, [], law);
    return { interest: amountOf(owed.interest), lines: owed.lines.map((line) => amountOf(line.amount)) };
  },
  'dec-leap': (inputs) => {
    const contractRate = inputs.percent('rate_percent');
    const owed = account(inputs.euros('base_ttc'), inputs.day('from_'), inputs.day('to'), { contractRate });
    return { ACT_365: amountOf(owed.interest), ACT_ACT: overDaysOfYear(owed.lines) };
  },
};
