import { addDays, type Day, day, isBefore } from '../kernel/day.ts';
import { frenchAmount, frenchDay } from '../kernel/french.ts';
import { formatAmount, type Money, money, scaleCents } from '../kernel/money.ts';
import { computed, missing, type Outcome, type TraceStep } from '../kernel/outcome.ts';
import type { Ratio } from '../kernel/ratio.ts';
import { steps } from './step.ts';

/** Whether private works give right to a payment guarantee: price above 12 000 € before VAT, deposit taken off (C. civ. 1799-1). */
export function worksGuarantee(priceBeforeVat: Money, deposit: Money = money(0n)): Outcome<boolean> {
  const base = money(priceBeforeVat.cents - deposit.cents);
  const due = base.cents > 1_200_000n;
  return computed(due, [
    steps('works-guarantee')(
      ['cciv-1799-1'],
      'official',
      `Prix hors taxe, acompte déduit\u202f: ${frenchAmount(base)}. La garantie de paiement est ${due ? '' : 'pas '}due au-dessus de 12\u202f000\u00a0€.`,
      { base: formatAmount(base) },
    ),
  ]);
}

export interface EInvoicingDuty {
  readonly receiveFrom: Day;
  readonly issueFrom: Day;
}

/** When a company must receive and issue electronic invoices (loi de finances 2024, art. 91). */
export function eInvoicingCalendar(size: 'large' | 'mid-size' | 'small' | 'micro'): Outcome<EInvoicingDuty> {
  const receiveFrom = day('2026-09-01');
  const issueFrom = size === 'large' || size === 'mid-size' ? receiveFrom : day('2027-09-01');
  return computed({ receiveFrom, issueFrom }, [
    steps('e-invoicing-calendar')(
      ['lf-2024-91'],
      'secondary',
      `Facture électronique\u202f: recevoir dès le ${frenchDay(receiveFrom)}, émettre dès le ${frenchDay(issueFrom)}.`,
    ),
  ]);
}

export interface PenalClause {
  readonly claimed: Money;
  readonly judgeMayReduce: boolean;
  readonly noticeRequired: boolean;
  readonly presumedAbusive: boolean;
}

/** A penal clause in percent of the principal: the judge may cut it; against a consumer a disproportionate one is presumed abusive. */
export function penalClause(
  principal: Money,
  rate: Ratio,
  facts: { readonly consumer: boolean; readonly finalNonPerformance?: boolean },
): Outcome<PenalClause> {
  const claimed = money(scaleCents(principal.cents, rate, 'half-up'));
  const noticeRequired = !facts.finalNonPerformance;
  return computed({ claimed, judgeMayReduce: true, noticeRequired, presumedAbusive: facts.consumer }, [
    steps('penal-clause')(
      facts.consumer ? ['cciv-1231-5', 'cconso-R212-2'] : ['cciv-1231-5'],
      'official',
      `Clause pénale\u202f: ${frenchAmount(claimed)}. Le juge peut la réduire si elle est manifestement excessive${noticeRequired ? '\u202f; elle suppose une mise en demeure' : ''}${facts.consumer ? '\u202f; disproportionnée, elle est présumée abusive' : ''}.`,
      { claimed: formatAmount(claimed) },
    ),
  ]);
}

/** The four questions that make a dispute serious, to ask before choosing a procedure. */
export interface DisputeFacts {
  readonly signedQuote?: boolean;
  readonly deliveryProved?: boolean;
  readonly earlierReasonedComplaint?: boolean;
  readonly setOffClaimed?: boolean;
}

export type DisputeGround = 'no-signed-quote' | 'delivery-unproved' | 'earlier-complaint' | 'set-off';

/** Whether a dispute looks serious: it closes référé-provision and makes a payment order fragile. A reading, not a ruling. */
export function seriousDispute(
  facts: DisputeFacts,
): Outcome<{ readonly serious: boolean; readonly grounds: readonly DisputeGround[] }> {
  const unknown = (['signedQuote', 'deliveryProved', 'earlierReasonedComplaint', 'setOffClaimed'] as const).filter(
    (key) => facts[key] === undefined,
  );
  if (unknown.length > 0)
    return missing(
      unknown,
      'Quatre questions décident\u202f: devis signé, livraison prouvée, réclamation antérieure motivée, compensation demandée.',
    );
  const grounds: DisputeGround[] = [
    ...(facts.signedQuote ? [] : (['no-signed-quote'] as const)),
    ...(facts.deliveryProved ? [] : (['delivery-unproved'] as const)),
    ...(facts.earlierReasonedComplaint ? (['earlier-complaint'] as const) : []),
    ...(facts.setOffClaimed ? (['set-off'] as const) : []),
  ];
  const serious = grounds.length > 0;
  return computed({ serious, grounds }, [
    steps('serious-dispute')(
      ['cpc-835', 'cpc-873', 'cpc-1405'],
      'reading',
      serious
        ? 'Une contestation paraît sérieuse\u202f: le référé-provision est fermé, l’injonction de payer fragile.'
        : 'Aucune contestation sérieuse n’apparaît.',
    ),
  ]);
}

export interface AcceptanceFacts {
  readonly reportSignedOn?: Day;
  /** a tacit-acceptance clause: days of silence after delivery */
  readonly tacitAfterDays?: number;
  readonly deliveredOn?: Day;
  readonly asOf: Day;
}

/** Whether the work is accepted, and since when: silence alone accepts nothing (C. civ. 1120). */
export function acceptance(facts: AcceptanceFacts): Outcome<{ readonly accepted: boolean; readonly on?: Day }> {
  const say = (certainty: TraceStep['certainty'], says: string): TraceStep => steps('acceptance')(['cciv-1120'], certainty, says);
  if (facts.reportSignedOn) {
    return computed({ accepted: true, on: facts.reportSignedOn }, [
      say(
        'official',
        `Procès-verbal de recette du ${frenchDay(facts.reportSignedOn)}\u202f: il fixe la fin de la prestation et le départ de la prescription.`,
      ),
    ]);
  }
  if (facts.tacitAfterDays !== undefined && facts.deliveredOn) {
    const on = addDays(facts.deliveredOn, facts.tacitAfterDays);
    const accepted = !isBefore(facts.asOf, on);
    return computed(accepted ? { accepted, on } : { accepted }, [
      say(
        'reading',
        `La clause d’acceptation tacite joue ${facts.tacitAfterDays}\u00a0jours après la livraison, le ${frenchDay(on)}.`,
      ),
    ]);
  }
  return computed({ accepted: false }, [
    say('official', 'Sans procès-verbal, clause ni usage, le silence du client ne vaut pas acceptation.'),
  ]);
}
