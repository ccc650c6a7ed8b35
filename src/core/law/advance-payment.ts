import { addDays, type Day } from '../kernel/day.ts';
import { frenchAmount, frenchDay } from '../kernel/french.ts';
import { type Money, money } from '../kernel/money.ts';
import { computed, type Outcome, type TraceStep } from '../kernel/outcome.ts';

/** How a sum paid in advance is qualified: `arrhes` leave each side free to withdraw, an `acompte` commits both. */
export interface AdvanceQualification {
  readonly kind: 'arrhes' | 'acompte';
  /** arrhes only: what the customer loses by withdrawing, what the professional owes by withdrawing (double, C. civ. 1590) */
  readonly customerLoses?: Money;
  readonly professionalOwes?: Money;
}

/** Qualifies an advance: what the contract says; else arrhes with a consumer (C. consom. L214-1), acompte between professionals. */
export function qualifyAdvance(paid: Money, consumer: boolean, wording?: 'arrhes' | 'acompte'): Outcome<AdvanceQualification> {
  const kind = wording ?? (consumer ? 'arrhes' : 'acompte');
  const why = wording
    ? `le contrat parle d’${kind}`
    : consumer
      ? 'le contrat avec un consommateur ne dit rien'
      : 'le contrat entre professionnels ne dit rien et rien ne présume des arrhes (sauf preuve contraire)';
  const step = (certainty: TraceStep['certainty'], end: string): TraceStep => ({
    rule: 'advance-payment',
    cites: consumer ? ['cconso-L214-1', 'cciv-1590'] : ['cciv-1590'],
    certainty,
    says: `Somme versée d’avance de ${frenchAmount(paid)}\u202f: ${why}, c’est donc ${kind === 'arrhes' ? 'des arrhes' : 'un acompte'}. ${end}`,
  });
  if (kind === 'acompte')
    return computed({ kind }, [step(consumer ? 'official' : 'memory', 'L’engagement est ferme des deux côtés.')]);
  const twice = money(paid.cents * 2n, paid.currency);
  return computed({ kind, customerLoses: paid, professionalOwes: twice }, [
    step(
      'official',
      `Le client qui renonce les perd\u202f; le professionnel qui renonce en rend le double, ${frenchAmount(twice)}.`,
    ),
  ]);
}

/**
 * The first day on which arrhes paid by a consumer bear legal interest: three months after payment have passed
 * (C. consom. L214-2). That the day after is the first is our reading.
 */
export function advanceInterestStart(paidOn: Day): Outcome<Day> {
  const start = addDays(paidOn.add({ months: 3 }), 1);
  return computed(start, [
    {
      rule: 'advance-interest-start',
      cites: ['cconso-L214-2'],
      certainty: 'reading',
      says: `Somme versée le ${frenchDay(paidOn)}\u202f: au bout de trois mois, elle porte intérêt au taux légal à partir du ${frenchDay(start)}, jusqu’à la livraison ou l’exécution.`,
      values: { start: start.toString() },
    },
  ]);
}
