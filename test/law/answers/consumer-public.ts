import { day } from '#core/kernel/day.ts';
import { money } from '#core/kernel/money.ts';
import { advanceInterestStart } from '#core/law/advance-payment.ts';
import { PUBLIC_DELAY_DAYS, type PublicBuyerKind, publicInterestDueBy, publicPaymentDelay } from '#core/law/public-buyer.ts';
import { defaultRate, legalRate } from '#core/law/rates.ts';
import { type Answers, amountOf, answered, dateOf, euros, type Facts, rateOf, semesterDay } from '../facts.ts';
import { account, segments } from './accounts.ts';

const owed = (inputs: Facts) =>
  account(inputs.euros('principal'), inputs.day('due_date'), inputs.day('paid_on'), {
    debtor: 'consumer',
    ...(inputs.has('notice_received') && { noticeReceivedOn: inputs.day('notice_received') }),
  });

export const consumer: Answers = {
  'rate-column-trap-avencia': (inputs) => {
    const on = semesterDay(inputs.text('semester'));
    const [ours, other] =
      inputs.text('creditor') === 'professional' ? (['other', 'individual'] as const) : (['individual', 'other'] as const);
    return { legal_rate_percent: rateOf(answered(legalRate(on, ours))), not_percent: rateOf(answered(legalRate(on, other))) };
  },
  'b2c-med': (inputs) => {
    const { lines, interest, indemnity } = owed(inputs);
    return {
      days: lines.reduce((sum, line) => sum + line.days, 0),
      segments: segments(lines),
      interest: amountOf(interest),
      indemnity: amountOf(indemnity),
    };
  },
  'b2c-no-notice': (inputs) => ({ interest: amountOf(owed(inputs).interest), indemnity: amountOf(owed(inputs).indemnity) }),
  'b2c-deposit': (inputs) => ({ interest_starts: dateOf(answered(advanceInterestStart(inputs.day('paid_on')))) }),
};

const buyerOf = (days: number): PublicBuyerKind => {
  const found = (Object.keys(PUBLIC_DELAY_DAYS) as PublicBuyerKind[]).find((kind) => PUBLIC_DELAY_DAYS[kind] === days);
  if (!found) throw new Error(`no public buyer has ${days} days`);
  return found;
};

const lateBuyer = (inputs: Facts) => {
  const delay = answered(
    publicPaymentDelay({ buyer: buyerOf(inputs.number('delay_days')), receivedOn: inputs.day('request_received') }),
  );
  const statement = account(inputs.euros('base_ttc'), delay.expiry, inputs.day('paid_on'), { debtor: 'public' });
  const [line] = statement.lines;
  return {
    expiry: dateOf(delay.expiry),
    interest_from: dateOf(delay.interestFrom),
    days: line?.days,
    rate_percent: line && rateOf(line.rate),
    interest: amountOf(statement.interest),
    indemnity: amountOf(statement.indemnity),
    total_extra: amountOf(money(statement.total.cents - statement.principal.cents)),
    interest_due_by: dateOf(answered(publicInterestDueBy(inputs.day('paid_on')))),
  };
};

const suspended = (inputs: Facts) =>
  answered(
    publicPaymentDelay({
      buyer: buyerOf(inputs.number('delay_days')),
      receivedOn: inputs.day('received'),
      suspension: { on: inputs.day('suspended_on'), completedOn: inputs.day('completed_on') },
    }),
  );

export const publicBuyers: Answers = {
  'rate-public-2014': (inputs) => ({
    public_debtor_percent: rateOf(answered(defaultRate('public', semesterDay(inputs.text('semester'))))),
  }),
  'rate-public-2011': (inputs) => {
    const on = semesterDay(inputs.text('semester'));
    // A delay that crosses two later half-years of another reference keeps one line, where a business would have two rates.
    const whole = account(euros(1000), on.subtract({ days: 1 }), day('2012-12-31'), { debtor: 'public' });
    return {
      public_debtor_percent: rateOf(answered(defaultRate('public', on))),
      single_rate_for_whole_period: whole.lines.length === 1,
    };
  },
  'pub-hospital-s1': lateBuyer,
  'pub-epic': lateBuyer,
  'pub-cross-year': lateBuyer,
  'pub-suspension': (inputs) => ({ new_expiry: dateOf(suspended(inputs).expiry) }),
  'pub-suspension-hospital': (inputs) => ({
    balance_days: suspended(inputs).balanceDays,
    new_expiry: dateOf(suspended(inputs).expiry),
  }),
};
