import { addDays, type Day, daysBetween, isAfter, isBefore, later } from '../kernel/day.ts';
import { frenchDay } from '../kernel/french.ts';
import { computed, missing, notApplicable, type Outcome, type TraceStep } from '../kernel/outcome.ts';

/** Public buyers by the length of their payment delay (CCP R2192-10, R2192-11). */
export type PublicBuyerKind = 'general' | 'hospital' | 'undertaking';

/** Days a public buyer has to pay: State and local authorities 30, health establishments 50, public undertakings 60. */
export const PUBLIC_DELAY_DAYS: Readonly<Record<PublicBuyerKind, number>> = { general: 30, hospital: 50, undertaking: 60 };

const BUYER_WORDS: Readonly<Record<PublicBuyerKind, string>> = {
  general: 'l’État, les collectivités et leurs établissements',
  hospital: 'les établissements publics de santé et le service de santé des armées',
  undertaking: 'les entreprises publiques',
};

export interface PublicDelayFacts {
  readonly buyer: PublicBuyerKind;
  /** the day the buyer received the payment request (Chorus Pro: the day of its notification) */
  readonly receivedOn?: Day;
  /** the supplier's date of the request, when the buyer recorded no receipt: two days are added */
  readonly requestDatedOn?: Day;
  /** the day the service was performed, when later than the request */
  readonly performedOn?: Day;
  /** the buyer suspended the delay, once, with reasons, until the documents were complete */
  readonly suspension?: { readonly on: Day; readonly completedOn?: Day };
}

export interface PublicDelay {
  readonly startsOn: Day;
  readonly days: number;
  /** the last day of the payment delay: interest runs from the next */
  readonly expiry: Day;
  readonly interestFrom: Day;
  /** days left when the delay was suspended */
  readonly balanceDays?: number;
}

/**
 * The last day on which a public buyer pays in time (CCP R2192-10 to R2192-15), and after a suspension (R2192-27 to R2192-29):
 * thirty days from the completed documents, or the days that were left if more. Calendar days.
 */
export function publicPaymentDelay(facts: PublicDelayFacts): Outcome<PublicDelay> {
  const received = facts.receivedOn ?? (facts.requestDatedOn && addDays(facts.requestDatedOn, 2));
  if (!received)
    return missing(
      ['receivedOn'],
      'Il manque la date de réception de la demande de paiement par l’acheteur (ou la date de cette demande).',
    );
  const startsOn = facts.performedOn ? later(received, facts.performedOn) : received;
  const days = PUBLIC_DELAY_DAYS[facts.buyer];
  const planned = addDays(startsOn, days);
  const trace: TraceStep[] = [
    {
      rule: 'public-payment-delay',
      cites: ['ccp-L2192-10', 'ccp-R2192-12'],
      certainty: 'official',
      says: `Le délai de ${days}\u00a0jours (${BUYER_WORDS[facts.buyer]}) court du ${frenchDay(startsOn)} et expire le ${frenchDay(planned)}.`,
      values: { startsOn: startsOn.toString(), days: String(days), expiry: planned.toString() },
    },
  ];
  const { suspension } = facts;
  if (!suspension) return computed({ startsOn, days, expiry: planned, interestFrom: addDays(planned, 1) }, trace);
  if (isBefore(suspension.on, startsOn) || isAfter(suspension.on, planned)) {
    return notApplicable('La suspension est hors du délai de paiement\u202f: elle ne le modifie pas.', trace);
  }
  if (!suspension.completedOn)
    return missing(['suspension.completedOn'], 'Le délai est suspendu jusqu’à la remise des pièces demandées.');
  const balanceDays = days - daysBetween(startsOn, suspension.on);
  const run = Math.max(30, balanceDays);
  const expiry = addDays(suspension.completedOn, run);
  trace.push({
    rule: 'public-payment-delay',
    cites: ['ccp-R2192-27'],
    certainty: 'official',
    says: `Délai suspendu le ${frenchDay(suspension.on)}, ${balanceDays}\u00a0jours restants\u202f; pièces complètes le ${frenchDay(suspension.completedOn)}\u202f: un délai de ${run}\u00a0jours (30, ou le solde s’il est plus long) court jusqu’au ${frenchDay(expiry)}.`,
    values: { balanceDays: String(balanceDays), expiry: expiry.toString() },
  });
  return computed({ startsOn, days, expiry, interestFrom: addDays(expiry, 1), balanceDays }, trace);
}

/** The day by which a public buyer owes the interest and the 40 €: 45 days after the principal (CCP R2192-36). */
export function publicInterestDueBy(principalPaidOn: Day): Outcome<Day> {
  const by = addDays(principalPaidOn, 45);
  return computed(by, [
    {
      rule: 'public-interest-due-by',
      cites: ['ccp-R2192-36'],
      certainty: 'official',
      says: `Principal mis en paiement le ${frenchDay(principalPaidOn)}\u202f: les intérêts moratoires et l’indemnité sont dus au plus tard le ${frenchDay(by)} (45\u00a0jours).`,
      values: { by: by.toString() },
    },
  ]);
}
