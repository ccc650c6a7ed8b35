import type { Day } from '../kernel/day.ts';
import { frenchDay } from '../kernel/french.ts';
import type { TraceStep } from '../kernel/outcome.ts';

/** What happened since, that may interrupt limitation, suspend it, or do nothing to it. */
export type LimitationEvent =
  /** the debtor recognised the debt: in writing, by paying a part, by asking for time, by signing a plan (C. civ. 2240) */
  | { readonly kind: 'acknowledgement' | 'part-payment'; readonly on: Day }
  /** a claim in court, even référé, even before the wrong court (2241); void when it fails (2243) */
  | { readonly kind: 'court-claim'; readonly on: Day; readonly endedOn?: Day; readonly result?: 'granted' | 'failed' }
  | { readonly kind: 'payment-order-served' | 'enforcement-act' | 'insolvency-declaration'; readonly on: Day }
  /** mediation, conciliation, the debtor's agreement to L125-1, an expert before trial (2238, 2239) */
  | { readonly kind: 'mediation' | 'expert-measure'; readonly on: Day; readonly endedOn?: Day }
  /** interrupt nothing */
  | { readonly kind: 'formal-notice' | 'payment-order-filed'; readonly on: Day };

export const EVENT_WORDS: Readonly<Record<LimitationEvent['kind'], string>> = {
  acknowledgement: 'Reconnaissance de dette',
  'part-payment': 'Paiement partiel',
  'court-claim': 'Demande en justice',
  'payment-order-served': 'Signification de l’ordonnance d’injonction de payer',
  'enforcement-act': 'Acte d’exécution ou conservatoire',
  'insolvency-declaration': 'Déclaration de créance',
  mediation: 'Médiation ou conciliation',
  'expert-measure': 'Mesure d’instruction',
  'formal-notice': 'Mise en demeure',
  'payment-order-filed': 'Dépôt de la requête en injonction de payer',
};

interface Effect {
  /** recognise and act both start a new period; only recognition is held by the cap of twenty years */
  readonly does: 'recognise' | 'act' | 'suspend' | 'nothing';
  readonly until?: Day;
  readonly cites: readonly string[];
  readonly certainty: TraceStep['certainty'];
  readonly says: string;
}

/** The effect of an event on limitation, and why. */
export function effectOf(event: LimitationEvent): Effect {
  switch (event.kind) {
    case 'acknowledgement':
    case 'part-payment':
      return {
        does: 'recognise',
        until: event.on,
        cites: ['cciv-2240', 'cciv-2231', 'ccass-civ1-2017-01-25'],
        certainty: 'official',
        says: 'le débiteur reconnaît toute la dette, un nouveau délai de même durée commence.',
      };
    case 'court-claim': {
      if (event.result === 'failed')
        return {
          does: 'nothing',
          cites: ['cciv-2243'],
          certainty: 'official',
          says: 'rejetée, retirée ou périmée, elle n’a rien interrompu.',
        };
      const end = event.endedOn
        ? `jusqu’à la fin de l’instance, le ${frenchDay(event.endedOn)}, où un nouveau délai commence.`
        : 'elle interrompt le délai jusqu’à la fin de l’instance.';
      return {
        does: 'act',
        ...(event.endedOn && { until: event.endedOn }),
        cites: ['cciv-2241', 'cciv-2231'],
        certainty: 'official',
        says: end,
      };
    }
    case 'payment-order-served':
      return {
        does: 'act',
        until: event.on,
        cites: ['cciv-2241', 'ccass-civ1-2020-09-09'],
        certainty: 'secondary',
        says: 'elle interrompt le délai.',
      };
    case 'enforcement-act':
      return { does: 'act', until: event.on, cites: ['cciv-2244'], certainty: 'official', says: 'il interrompt le délai.' };
    case 'insolvency-declaration':
      return {
        does: 'act',
        cites: ['ccom-L622-25-1'],
        certainty: 'secondary',
        says: 'elle interrompt le délai jusqu’à la clôture de la procédure.',
      };
    case 'mediation':
    case 'expert-measure': {
      const end = event.endedOn
        ? `le délai s’arrête jusqu’au ${frenchDay(event.endedOn)}\u202f; il en reste alors au moins six mois.`
        : 'le délai est arrêté tant qu’elle dure.';
      return {
        does: 'suspend',
        ...(event.endedOn && { until: event.endedOn }),
        cites: [event.kind === 'mediation' ? 'cciv-2238' : 'cciv-2239', 'cciv-2230'],
        certainty: 'official',
        says: end,
      };
    }
    case 'formal-notice':
      return {
        does: 'nothing',
        cites: ['ccass-com-2022-05-18'],
        certainty: 'secondary',
        says: 'elle n’interrompt pas la prescription.',
      };
    case 'payment-order-filed':
      return {
        does: 'nothing',
        cites: ['ccass-civ1-2020-09-09'],
        certainty: 'secondary',
        says: 'le dépôt n’interrompt rien, seule la signification de l’ordonnance le fait.',
      };
  }
}
