import type { Day } from '../kernel/day.ts';
import { frenchPercent } from '../kernel/french.ts';
import type { Money } from '../kernel/money.ts';
import { computed, notEncoded, type Outcome, type TraceStep } from '../kernel/outcome.ts';
import { addRatio, formatPercent, percent, type Ratio, ratio } from '../kernel/ratio.ts';
import { roundQuotient } from '../kernel/rounding.ts';
import { currentLaw, type LawBook } from './book.ts';
import { unknownReason, valueOn } from './series.ts';
import { steps } from './step.ts';

/**
 * The statutory rate between undertakings in another State, on the first day of the half-year: Ireland ECB + 8, Belgium ECB + 8
 * rounded up to the half point. Other States: not encoded. A French supplier without a clause normally keeps the French rate.
 */
export function foreignStatutoryRate(country: string, on: Day, law: LawBook = currentLaw): Outcome<Ratio> {
  const reference = valueOn(law.semesterReference, on);
  if (!reference) return notEncoded(unknownReason(law.semesterReference, on));
  const plus8 = addRatio(reference.value, percent('8'));
  const say = steps('foreign-statutory-rate');
  if (country === 'IE') {
    return computed(plus8, [
      say(
        ['ue-dir-2011-7'],
        'official',
        `Irlande\u202f: BCE + 8\u00a0points, soit ${frenchPercent(plus8)}, un seul taux au jour du retard.`,
        { rate: formatPercent(plus8) },
      ),
    ]);
  }
  if (country === 'BE') {
    const halves = roundQuotient(plus8.n * 200n, plus8.d, 'up');
    const rate = ratio(halves, 200n);
    return computed(rate, [
      say(
        ['be-2002-08-02', 'ue-dir-2011-7'],
        'secondary',
        `Belgique\u202f: BCE + 8\u00a0points, arrondi au demi-point supérieur, soit ${frenchPercent(rate)}.`,
        { rate: formatPercent(rate) },
      ),
    ]);
  }
  return notEncoded(
    `Le taux légal de retard du pays ${country} n’est pas enregistré\u202f: la directive impose au moins BCE + 8\u00a0points, soit ${frenchPercent(plus8)}.`,
  );
}

export type CrossBorderProcedure = 'european-payment-order' | 'european-small-claims';
export type CrossBorderForum = 'defendant-domicile' | 'place-of-services' | 'consumer-domicile' | 'clause';

export interface CrossBorderFacts {
  /** principal, without interest and costs */
  readonly amount: Money;
  readonly consumer?: boolean;
  readonly clause?: boolean;
}

export interface CrossBorder {
  readonly procedures: readonly CrossBorderProcedure[];
  readonly forums: readonly CrossBorderForum[];
  /** the law of the seller's or provider's residence, without a choice of the parties (Rome I, art. 4) */
  readonly law: 'provider' | 'consumer';
}

/** The ways open against a debtor in another State of the Union: procedures, courts, applicable law. */
export function crossBorderClaim(facts: CrossBorderFacts): Outcome<CrossBorder> {
  const small = facts.amount.cents <= 500_000n;
  const procedures: CrossBorderProcedure[] = ['european-payment-order', ...(small ? (['european-small-claims'] as const) : [])];
  const forums: CrossBorderForum[] = facts.consumer
    ? ['consumer-domicile']
    : ['defendant-domicile', 'place-of-services', ...(facts.clause ? (['clause'] as const) : [])];
  const trace: TraceStep[] = [
    steps('cross-border-claim')(
      ['ue-1896-2006', 'ue-861-2007', 'cpc-1382'],
      'official',
      `Débiteur dans l’Union\u202f: injonction de payer européenne, sans plafond${small ? ', ou règlement des petits litiges (5\u202f000\u00a0€ hors intérêts et frais)' : '\u202f; les petits litiges s’arrêtent à 5\u202f000\u00a0€'}.`,
    ),
    steps('cross-border-claim')(
      ['ue-bruxelles-1bis', 'ue-rome-1'],
      'memory',
      facts.consumer
        ? 'Le consommateur se poursuit devant le tribunal de son domicile\u202f; la loi de son pays s’applique si l’activité s’y dirige.'
        : 'Tribunal du domicile du défendeur, ou du lieu où les services ont été fournis\u202f; sans choix des parties, la loi du prestataire.',
    ),
  ];
  return computed({ procedures, forums, law: facts.consumer ? 'consumer' : 'provider' }, trace);
}
