import { type Day, day, isBefore } from '../kernel/day.ts';
import { formatAmount, type Money } from '../kernel/money.ts';
import { computed, type Outcome, type TraceStep } from '../kernel/outcome.ts';
import { steps } from './step.ts';

/** What the amount decides before a court: lawyer, petition, prior amicable attempt, appeal. */
export interface AmountRules {
  readonly lawyerRequired: boolean;
  readonly petitionAllowed: boolean;
  readonly amicableAttemptRequired: boolean;
  readonly appealPossible: boolean;
}

export interface AmountFacts {
  readonly court: 'judicial' | 'commercial';
  readonly amount: Money;
  readonly procedure: 'payment-order' | 'merits' | 'interim';
  /** the day the claim is brought: CPC 750-1 was out of force from 22 September 2022 to 30 September 2023 */
  readonly on: Day;
}

const AMICABLE_FROM = day('2020-01-01');
const AMICABLE_ANNULLED = day('2022-09-22');
const AMICABLE_BACK = day('2023-10-01');

/** Thresholds by amount: 5 000 € (petition, 750-1, last resort) and 10 000 € (lawyer). The amounts themselves are included. */
export function rulesByAmount(facts: AmountFacts): Outcome<AmountRules> {
  const upTo = (limit: bigint): boolean => facts.amount.cents <= limit;
  const judicial = facts.court === 'judicial';
  const order = facts.procedure === 'payment-order';
  const inForce =
    !isBefore(facts.on, AMICABLE_FROM) && (isBefore(facts.on, AMICABLE_ANNULLED) || !isBefore(facts.on, AMICABLE_BACK));
  const value: AmountRules = {
    lawyerRequired: !order && !upTo(1_000_000n),
    petitionAllowed: judicial && !order && upTo(500_000n),
    amicableAttemptRequired: judicial && facts.procedure === 'merits' && upTo(500_000n) && inForce,
    appealPossible: !upTo(500_000n),
  };
  const amount = { amount: formatAmount(facts.amount) };
  const trace: TraceStep[] = [
    steps('amount-thresholds')(
      [judicial ? 'cpc-761' : 'cpc-853'],
      order ? 'reading' : 'official',
      order
        ? 'La requête en injonction de payer se fait sans avocat en pratique (au-dessus de 10\u202f000\u00a0€, deux sources se contredisent).'
        : `Avocat obligatoire au-dessus de 10\u202f000\u00a0€\u202f: ${value.lawyerRequired ? 'il en faut un' : 'il n’en faut pas'}.`,
      amount,
    ),
    ...amicableSteps(facts, value),
  ];
  return computed(value, trace);
}

function amicableSteps(facts: AmountFacts, value: AmountRules): TraceStep[] {
  const say = steps('amount-thresholds');
  if (facts.procedure === 'payment-order') {
    return [
      say(
        ['cpc-750-1', 'ccass-avis-2025-09-25'],
        'secondary',
        'L’injonction de payer n’exige aucune tentative amiable préalable.',
      ),
    ];
  }
  if (facts.court === 'commercial')
    return [say(['cpc-750-1'], 'official', 'La tentative amiable obligatoire ne vise que le tribunal judiciaire.')];
  if (facts.procedure === 'interim' && facts.amount.cents <= 500_000n) {
    return [
      say(
        ['cpc-750-1'],
        'reading',
        'Que l’article 750-1 vise aussi un référé jusqu’à 5\u202f000\u00a0€ n’est pas tranché\u202f: tentez une conciliation, c’est plus sûr.',
      ),
    ];
  }
  return [
    say(
      ['cpc-750-1', 'cpc-750', 'coj-R211-3-24'],
      'official',
      value.amicableAttemptRequired
        ? 'Jusqu’à 5\u202f000\u00a0€\u202f: tentative amiable préalable (conciliateur, médiation ou procédure participative), sous peine d’irrecevabilité, sauf motif légitime\u202f; requête possible\u202f; jugement en dernier ressort.'
        : 'Aucune tentative amiable n’est imposée à cette date et pour ce montant.',
    ),
  ];
}
