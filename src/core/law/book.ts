import type { Ratio } from '../kernel/ratio.ts';
import { ecbMainRefinancing, semesterReference } from './series/ecb.ts';
import { businessMargin, clauseFloorMultiple, judgmentIncrease, publicMargin, recoveryIndemnity } from './series/late-payment.ts';
import { type LegalRateColumn, legalRateIndividual, legalRateOther } from './series/legal-rate.ts';
import { type Override, type Series, withOverrides } from './series.ts';

/** Costs that the user may replace by what he was told: by the registry, by the commissaire de justice. */
export type CostId = 'payment-order-registry-fee' | 'service-fee' | 'recovery-fee' | 'legal-aid-contribution';

/** The user's own costs, in cents of euro. */
export type UserCosts = Readonly<Partial<Record<CostId, readonly Override<bigint>[]>>>;

/** Every dated value the rules read. Rules take it as their last argument, so that a user's own figures can stand in it. */
export interface LawBook {
  readonly ecbMainRefinancing: Series<Ratio>;
  readonly semesterReference: Series<Ratio>;
  readonly legalRate: Readonly<Record<LegalRateColumn, Series<Ratio>>>;
  readonly businessMargin: Series<Ratio>;
  readonly publicMargin: Series<Ratio>;
  readonly clauseFloorMultiple: Series<Ratio>;
  readonly judgmentIncrease: Series<Ratio>;
  readonly recoveryIndemnity: Series<bigint>;
  readonly costs: UserCosts;
}

/** The law as this version of Quitus encodes it. */
export const currentLaw: LawBook = {
  ecbMainRefinancing,
  semesterReference,
  legalRate: { individual: legalRateIndividual, other: legalRateOther },
  businessMargin,
  publicMargin,
  clauseFloorMultiple,
  judgmentIncrease,
  recoveryIndemnity,
  costs: {},
};

/** Figures the user sets: each is dated, carries a note, and shows in every trace that used it. */
export interface LawOverrides {
  readonly semesterReference?: readonly Override<Ratio>[];
  readonly legalRateIndividual?: readonly Override<Ratio>[];
  readonly legalRateOther?: readonly Override<Ratio>[];
  readonly recoveryIndemnity?: readonly Override<bigint>[];
  readonly costs?: UserCosts;
}

/** The law with the user's figures laid over it. Throws a RangeError when an override would leave a hole (see `withOverrides`). */
export function lawWith(overrides: LawOverrides, law: LawBook = currentLaw): LawBook {
  return {
    ...law,
    semesterReference: withOverrides(law.semesterReference, overrides.semesterReference ?? []),
    legalRate: {
      individual: withOverrides(law.legalRate.individual, overrides.legalRateIndividual ?? []),
      other: withOverrides(law.legalRate.other, overrides.legalRateOther ?? []),
    },
    recoveryIndemnity: withOverrides(law.recoveryIndemnity, overrides.recoveryIndemnity ?? []),
    costs: { ...law.costs, ...overrides.costs },
  };
}

/** The series of a law book, for lists and tests. */
export const seriesOf = (law: LawBook): readonly Series<unknown>[] => [
  law.ecbMainRefinancing,
  law.semesterReference,
  law.legalRate.individual,
  law.legalRate.other,
  law.businessMargin,
  law.publicMargin,
  law.clauseFloorMultiple,
  law.judgmentIncrease,
  law.recoveryIndemnity,
];
