import { type Day, day, daysBetween, isAfter } from '#core/kernel/day.ts';
import { consumerWorksStart, type LimitationFacts, limitation, limitationClause } from '#core/law/limitation.ts';
import type { LimitationEvent } from '#core/law/limitation-events.ts';
import { type Answers, answered, dateOf, type Facts } from '../facts.ts';

const lasts = (facts: LimitationFacts) => answered(limitation(facts));
const last = (facts: LimitationFacts): string => dateOf(lasts(facts).lastDay);
const relation = (inputs: Facts) => (inputs.text('debtor') === 'consumer' ? ('consumer' as const) : ('professional' as const));

/** The end of a month that the file names without its day ("2013-09"). */
const endOfMonth = (month: string): Day => {
  const first = day(`${month}-01`);
  return first.with({ day: first.daysInMonth });
};
const month = (of: Day): string => dateOf(of).slice(0, 7);

/** A start that gives the limit of the file, five years before it. */
const beforeLimit = (inputs: Facts): Day => inputs.day('limit').subtract({ years: 5 });
const withEvents = (inputs: Facts, events: readonly LimitationEvent[]) =>
  lasts({ relation: 'professional', startsOn: beforeLimit(inputs), events });

export const limitations: Answers = {
  'lim-5y-holiday': (inputs) => {
    const { lastDay } = lasts({ relation: relation(inputs), startsOn: inputs.day('start') });
    const end = inputs.day('start').add({ years: inputs.number('years') });
    return { last_day: dateOf(lastDay), extended_to_next_working_day: isAfter(lastDay, end) };
  },
  'lim-b2b': (inputs) => {
    const found = lasts({ relation: relation(inputs), startsOn: inputs.day('completed'), termOn: inputs.day('due') });
    return { prudent_last_day: dateOf(found.lastDay), if_term_agreed: found.lastDayFromTerm && dateOf(found.lastDayFromTerm) };
  },
  'lim-cass-com-2020': (inputs) => {
    const ends = inputs
      .list('services')
      .map((s) => lasts({ relation: relation(inputs), startsOn: endOfMonth(String(s)) }).lastDay);
    return { prescribed: ends.every((end) => isAfter(inputs.day('suit'), end)), last_days: ends.map(month) };
  },
  'lim-cass-civ-2021': (inputs) => {
    const works = { completedOn: endOfMonth(inputs.text('works_done')), invoicedOn: endOfMonth(inputs.text('invoice')) };
    const later = answered(consumerWorksStart({ ...works, suedOn: day('2026-11-21') }));
    const then = answered(consumerWorksStart({ ...works, suedOn: inputs.day('suit') }));
    const end = lasts({ relation: relation(inputs), startsOn: later.startsOn }).lastDay;
    const oldEnd = lasts({ relation: relation(inputs), startsOn: then.startsOn }).lastDay;
    return {
      new_rule_start: month(later.startsOn),
      new_rule_last_day: month(end),
      prescribed_under_new_rule: isAfter(inputs.day('suit'), end),
      old_rule_applied_to_the_case: then.rule === 'invoice',
      // prose of the file: the suit came in time under the old rule
      outcome_for_creditor: isAfter(inputs.day('suit'), oldEnd) ? 'action barred' : 'action admitted',
    };
  },
  'lim-b2c': (inputs) => ({ last_day: last({ relation: relation(inputs), startsOn: inputs.day('completed') }) }),
  'lim-b2c-feb29': (inputs) => ({ last_day: last({ relation: relation(inputs), startsOn: inputs.day('completed') }) }),
  'lim-transport': (inputs) => ({ last_day: last({ relation: 'carriage', startsOn: inputs.day('delivered') }) }),
  'lim-ack': (inputs) => {
    const facts = { relation: relation(inputs), startsOn: inputs.day('start') };
    return {
      before: last(facts),
      after: last({ ...facts, events: [{ kind: 'acknowledgement', on: inputs.day('acknowledged_on') }] }),
    };
  },
  'lim-partpay-b2c': (inputs) => ({
    last_day: last({
      relation: relation(inputs),
      startsOn: inputs.day('completed'),
      events: [{ kind: 'part-payment', on: inputs.day('part_payment') }],
    }),
  }),
  'lim-med': (inputs) => ({
    last_day: last({
      relation: 'professional',
      startsOn: inputs.day('start'),
      events: [{ kind: 'formal-notice', on: inputs.day('notice') }],
    }),
  }),
  'lim-injonction-filing': (inputs) => {
    const found = withEvents(inputs, [
      { kind: 'payment-order-filed', on: inputs.day('filed') },
      { kind: 'payment-order-served', on: inputs.day('served') },
    ]);
    return { prescribed: found.tooLate.some((event) => event.kind === 'payment-order-served') };
  },
  'lim-refere': (inputs) => {
    const result = inputs.text('claim') === 'granted' ? 'granted' : 'failed';
    const found = withEvents(inputs, [{ kind: 'court-claim', on: inputs.day('summons'), endedOn: inputs.day('order'), result }]);
    return {
      interrupted: found.interruptedBy.length > 0,
      new_period_runs_from: dateOf(found.runsFrom),
      last_day: dateOf(found.lastDay),
    };
  },
  'lim-refere-rejected': (inputs) => {
    const result = inputs.text('result') === 'rejected' ? 'failed' : 'granted';
    const found = withEvents(inputs, [{ kind: 'court-claim', on: inputs.day('summons'), result }]);
    return { interrupted: found.interruptedBy.length > 0, last_day: dateOf(found.lastDay) };
  },
  'lim-susp-floor': (inputs) => {
    const found = withEvents(inputs, [{ kind: 'mediation', on: inputs.day('suspended_from'), endedOn: inputs.day('ended') }]);
    return { days_left_at_suspension: found.daysLeftAtSuspension, last_day: dateOf(found.lastDay) };
  },
  'lim-susp-long': (inputs) => {
    const found = withEvents(inputs, [{ kind: 'mediation', on: inputs.day('suspended_from'), endedOn: inputs.day('ended') }]);
    return { suspended_days: daysBetween(inputs.day('limit'), found.lastDay), last_day: dateOf(found.lastDay) };
  },
  'lim-cap-20': (inputs) => ({
    last_day: last({
      relation: 'professional',
      startsOn: inputs.day('origin'),
      events: inputs.list('acknowledgements').map((on) => ({ kind: 'acknowledgement', on: day(String(on)) })),
    }),
  }),
  'lim-title': (inputs) => {
    const enforceable = inputs.day('enforceable');
    const ordinary = lasts({ relation: 'professional', startsOn: enforceable }).lastDay;
    return {
      title_last_day: last({ relation: 'title', startsOn: enforceable }),
      interest_after_title_years: ordinary.year - enforceable.year,
    };
  },
  'lim-clause-1y': (inputs) => ({
    b2b_valid: answered(limitationClause(inputs.number('clause_years'), false)),
    b2c_valid: answered(limitationClause(inputs.number('clause_years'), true)),
  }),
};
