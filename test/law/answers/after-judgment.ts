import { addDays, day } from '#core/kernel/day.ts';
import { money } from '#core/kernel/money.ts';
import { addRatio, percent } from '#core/kernel/ratio.ts';
import { currentLaw } from '#core/law/book.ts';
import { insolvencyEffects, undeclaredDebt } from '#core/law/insolvency.ts';
import { simpleInterest } from '#core/law/interest.ts';
import { increaseStart, judgmentInterest } from '#core/law/judgment-interest.ts';
import { legalRate } from '#core/law/rates.ts';
import { valueOn } from '#core/law/series.ts';
import { vatOnCompensation, writeOff } from '#core/law/write-off.ts';
import { type Answer, type Answers, amountOf, answered, dateOf, euros, type Facts, rateOf } from '../facts.ts';
import { account, segments } from './accounts.ts';
import { insolvencyTerms } from './dates.ts';

const column = (inputs: Facts) => (inputs.text('creditor') === 'particulier' ? ('individual' as const) : ('other' as const));
const increase = (year: number) => valueOn(currentLaw.judgmentIncrease, day(`${year}-07-01`))?.value ?? percent('0');

const paidOn = (inputs: Facts) =>
  answered(
    judgmentInterest({
      principal: inputs.euros('principal'),
      creditor: column(inputs),
      enforceableOn: inputs.day('enforceable_on'),
      asOf: inputs.day('paid_on'),
    }),
  );

const lines = (inputs: Facts) =>
  paidOn(inputs).lines.map((line) => ({
    first_day: dateOf(line.from),
    last_day: dateOf(line.to),
    days: line.days,
    rate_percent: rateOf(line.rate),
    amount: amountOf(line.amount),
  }));

const judged = (inputs: Facts, eve: 0 | 1) => {
  const found = answered(
    judgmentInterest({
      principal: inputs.euros('principal'),
      creditor: column(inputs),
      enforceableOn: addDays(inputs.day('from_'), -eve),
      asOf: inputs.day('paid_on'),
    }),
  );
  return {
    days: found.lines.reduce((sum, line) => sum + line.days, 0),
    interest: amountOf(found.interest),
    total: amountOf(found.total),
  };
};

export const judgment: Answers = {
  'rate-legal-2010-majored': (inputs) => {
    const legal = answered(legalRate(day(`${inputs.number('year')}-07-01`), 'other'));
    return { majored_percent: rateOf(addRatio(legal, increase(inputs.number('year')))) };
  },
  // The legal rate of 2006 is before the encoded series: the file gives it.
  'rate-legal-2006-majored': (inputs) => ({
    majored_percent: rateOf(addRatio(inputs.percent('legal'), increase(inputs.number('year')))),
  }),
  'jud-F783-2016': (inputs) => judged(inputs, 0),
  // This edition counts both ends of the interval: for us, a decision of the eve.
  'jud-F20688-2020': (inputs) => judged(inputs, 1),
  'jud-F783-majored': (inputs) => {
    const found = answered(
      judgmentInterest({
        principal: inputs.euros('principal'),
        creditor: column(inputs),
        enforceableOn: inputs.day('enforceable_on'),
        asOf: inputs.day('valued_on'),
      }),
    );
    return {
      lines: found.lines.map((line) => ({ days: line.days, rate: rateOf(line.rate), amount: amountOf(line.amount) })),
      total: amountOf(found.total),
    };
  },
  'jud-F783-capitalised': (inputs) => {
    const base = inputs.euros('capitalised_base').cents;
    const interest = simpleInterest(base, inputs.percent('rate_percent'), inputs.number('days'));
    return { interest_last: amountOf(money(interest)), total: amountOf(money(base + interest)) };
  },
  'jud-2026-pro': (inputs) => ({
    majoration_from: dateOf(paidOn(inputs).increaseFrom),
    segments: lines(inputs),
    interest: amountOf(paidOn(inputs).interest),
  }),
  'jud-2026-individual': (inputs) => ({ segments: lines(inputs), interest: amountOf(paidOn(inputs).interest) }),
  // That tool raises the rate from the very day two months later: one day before us, who follow service-public.
  'jud-calctil': (inputs) => {
    const from = addDays(increaseStart(inputs.day('enforceable_on')), -1);
    const before = answered(legalRate(from, column(inputs)));
    return {
      majoration_from: dateOf(from),
      rate_before: rateOf(before),
      rate_after: rateOf(addRatio(before, increase(from.year))),
    };
  },
};

export const insolvency: Answers = {
  ...insolvencyTerms,
  'ins-interest-stop': (inputs) => {
    const openedOn = inputs.day('opening_judgment');
    const owed = account(inputs.euros('base_ttc'), inputs.day('due_date'), addDays(openedOn, 47), {
      insolvencyOpenedOn: openedOn,
    });
    if (!answered(insolvencyEffects({ bornOn: inputs.day('due_date'), openedOn })).mustDeclare)
      throw new Error('a prior debt is declared');
    return {
      segments: segments(owed.lines),
      interest_declared: amountOf(owed.interest),
      indemnity: amountOf(owed.indemnity),
      amount_to_declare: amountOf(owed.total),
    };
  },
  'ins-post-receiver-list': (inputs) => {
    const fate = answered(
      undeclaredDebt({
        declared: inputs.flag('declared') || inputs.flag('debtor_listed_the_creditor'),
        reliefGranted: inputs.flag('relief_asked'),
      }),
    );
    return {
      debt_extinct: fate.extinct,
      enforceable_against_debtor_during_plan: fate.enforceableAgainstPlan,
      share_in_distribution: fate.shareInDistribution,
    };
  },
};

const unpaid = (inputs: Facts, paid = 0) =>
  answered(
    writeOff({
      unpaid: money(inputs.euros('ttc').cents - euros(paid).cents),
      vatRate: inputs.percent('vat_rate'),
      ...(inputs.has('option_debits') && { onReceipt: !inputs.flag('option_debits') }),
    }),
  );
const recovered: Answer = (inputs) => {
  const found = unpaid(inputs, inputs.number('paid'));
  return { vat_to_recover: amountOf(found.vatToRecover), loss_ht: amountOf(found.loss) };
};

export const vat: Answers = {
  'vat-partial': recovered,
  'vat-55': recovered,
  'vat-franchise': (inputs) => ({ vat_to_recover: amountOf(unpaid(inputs).vatToRecover), loss: amountOf(unpaid(inputs).loss) }),
  'vat-interest': (inputs) => ({
    vat: amountOf(answered(vatOnCompensation(euros(inputs.number('interest') + inputs.number('indemnity'))))),
  }),
  // Taxed on receipt, nothing received: the VAT paid to the State is what there would be to take back, nothing.
  'vat-services-cash': (inputs) => {
    const found = amountOf(unpaid(inputs).vatToRecover);
    return { vat_paid: found, vat_to_recover: found };
  },
};
