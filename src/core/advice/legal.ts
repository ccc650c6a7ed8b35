import { addDays, type Day, daysBetween } from '../kernel/day.ts';
import type { Ratio } from '../kernel/ratio.ts';
import { limitation } from '../law/limitation.ts';
import type { PartyQuality } from '../law/parties.ts';
import { defaultRate, legalRate } from '../law/rates.ts';
import type { AdviceClaim } from './claim.ts';
import type { Sourced } from './defaults.ts';
import type { DecisionParams } from './params.ts';
import { DEFAULTS_DAY, type LegalFacts } from './problem.ts';

/** What a claim given by its age alone may add: dates and qualities. */
export interface Dating {
  /** the day of the question; the claim is then dated, and its rates are read from the law */
  readonly asOf?: Day;
  /** the day the performance ended: limitation runs from it rather than from the due date */
  readonly performedOn?: Day;
  readonly creditor?: PartyQuality;
  readonly debtor?: PartyQuality;
}

/**
 * The legal facts of a claim given by its age. Without a quality, a professional claim is read as a freelancer's against a
 * company (the creditor chooses the commercial court), another as one against a consumer. Without a date, years of 365 days are
 * counted from the due date, on the day the default figures were set.
 */
export function legalFactsOf(claim: Pick<AdviceClaim, 'business' | 'ageDays'>, dating: Dating = {}): LegalFacts {
  const debtor = dating.debtor ?? (claim.business ? 'company' : 'consumer');
  const relation = debtor === 'consumer' ? 'consumer' : 'professional';
  const on = dating.asOf ?? DEFAULTS_DAY;
  const startsOn = dating.performedOn ?? addDays(on, -Math.floor(claim.ageDays));
  const answer = limitation({ relation, startsOn });
  if (answer.status !== 'computed') return { on, creditor: dating.creditor ?? 'liberal', debtor };
  const years = Number(answer.trace[0]?.values?.years);
  const dated = dating.asOf !== undefined || dating.performedOn !== undefined;
  return {
    on,
    creditor: dating.creditor ?? 'liberal',
    debtor,
    daysToBar: dated ? daysBetween(on, answer.value.barredOn) : years * 365 - claim.ageDays,
  };
}

/** The same figures with the late rates the law knows for a day; those it does not know stay as they are. */
export function withRatesOf(params: DecisionParams, on: Day): DecisionParams {
  const business = defaultRate('business', on);
  const consumer = legalRate(on, 'other');
  const read = (from: Sourced<number>, rate: Ratio): Sourced<number> => ({
    ...from,
    value: Number(rate.n) / Number(rate.d),
    grade: 'official',
    source: `loi, au ${on}`,
  });
  return {
    version: `${params.version}@${on}`,
    values: {
      ...params.values,
      ...(business.status === 'computed' && { lateRate: read(params.values.lateRate, business.value) }),
      ...(consumer.status === 'computed' && { lateRateB2C: read(params.values.lateRateB2C, consumer.value) }),
    },
  };
}
