import { day } from '#core/kernel/day.ts';
import { addRatio } from '#core/kernel/ratio.ts';
import { currentLaw } from '#core/law/book.ts';
import { clauseFloor, defaultRate, ecbRate, legalRate } from '#core/law/rates.ts';
import { valueOn } from '#core/law/series.ts';
import { type Answers, answered, type Facts, percentOf, rateOf, semesterDay } from '../facts.ts';

const business = (semester: string): number => rateOf(answered(defaultRate('business', semesterDay(semester))));
const ofPublic = (semester: string): number => rateOf(answered(defaultRate('public', semesterDay(semester))));
const floor = (semester: string): number => rateOf(answered(clauseFloor(semesterDay(semester))));
const legal = (semester: string): number => rateOf(answered(legalRate(semesterDay(semester), 'other')));

const allThree = (inputs: Facts) => ({
  default_b2b_percent: business(inputs.text('semester')),
  contract_floor_percent: floor(inputs.text('semester')),
  public_debtor_percent: ofPublic(inputs.text('semester')),
});
const defaultAndFloor = (inputs: Facts) => ({
  default_b2b_percent: business(inputs.text('semester')),
  contract_floor_percent: floor(inputs.text('semester')),
});

/** ECB rate of a day and the margin of that day: before 2009 no half-year fixed the rate. */
const onDay = (on: string): number => {
  const margin = valueOn(currentLaw.businessMargin, day(on));
  return margin ? rateOf(addRatio(answered(ecbRate(day(on))), margin.value)) : Number.NaN;
};

export const rates: Answers = {
  'rate-2025S2': allThree,
  'rate-2026S1': allThree,
  'rate-2026S2': allThree,
  'rate-2024S2-bpifrance': defaultAndFloor,
  'rate-2016S1-etrepaye': defaultAndFloor,
  'rate-2019S1-etrepaye': (inputs) => ({ contract_floor_percent: floor(inputs.text('semester')) }),
  'rate-2021S1-dormane': defaultAndFloor,
  'rate-2009-lme': (inputs) => Object.fromEntries(inputs.list('dates').map((on) => [String(on), onDay(String(on))])),
  // The Irish margin is 8 points as the public one is here, on the same reference.
  'rate-irish-table': (inputs) =>
    Object.fromEntries(
      inputs.list('semesters').map((s) => {
        const reference = valueOn(currentLaw.semesterReference, semesterDay(String(s)));
        return [s, reference ? rateOf(addRatio(reference.value, percentOf(inputs.number('margin')))) : Number.NaN];
      }),
    ),
  'rate-wrong-exeoffice': (inputs) => {
    const ours = business(inputs.text('semester'));
    return { default_b2b_percent: ours, published_claim_is_wrong: inputs.number('published_claim_percent') !== ours };
  },
  'rate-wrong-creditetbanque': (inputs) => {
    const [S1, S2] = [`${inputs.number('year')}S1`, `${inputs.number('year')}S2`];
    const claimed = inputs.facts('published_claim');
    return {
      S1: legal(S1),
      S2: legal(S2),
      floor_S1: floor(S1),
      floor_S2: floor(S2),
      published_claim_is_wrong: claimed.number('S1') !== legal(S1) && claimed.number('S2') !== legal(S2),
    };
  },
};
