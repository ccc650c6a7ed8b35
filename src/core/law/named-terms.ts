import { addDays, type Day, isBefore } from '../kernel/day.ts';
import { frenchDay } from '../kernel/french.ts';
import { computed, type Outcome, type TraceStep } from '../kernel/outcome.ts';
import { type Deadline, type DeadlineFacts, proceduralDeadline } from './deadlines.ts';
import type { HolidayZone } from './holidays.ts';

/** The first day on which payment orders fall under décret 2026-96: three months to serve them instead of six. */
export const PAYMENT_ORDER_REFORM = Temporal.PlainDate.from('2026-09-01');

/** A deadline that the law names: its length, whether CPC 642 postpones it, and what happens at its end. */
export interface NamedTerm {
  readonly id: string;
  readonly title: string;
  /** the event it runs from */
  readonly runsFrom: string;
  readonly months?: number;
  readonly days?: number;
  readonly shifts: boolean;
  readonly cites: readonly string[];
  readonly certainty: TraceStep['certainty'];
  /** what follows cannot come earlier than so many days after the last */
  readonly followsAfterDays?: number;
  /** what follows when nothing is done */
  readonly otherwise: string;
}

const official = 'official' as const;
const secondary = 'secondary' as const;

/** The deadlines a creditor meets. Those that depend on a reform have one entry for each side of it. */
export const NAMED_TERMS = [
  {
    id: 'payment-order-service',
    title: 'Signifier l’ordonnance d’injonction de payer',
    runsFrom: 'ordonnance rendue à partir du 1er septembre 2026',
    months: 3,
    shifts: true,
    cites: ['cpc-1411', 'decret-2026-96'],
    certainty: secondary,
    otherwise: 'l’ordonnance est non avenue',
  },
  {
    id: 'payment-order-service-before-reform',
    title: 'Signifier l’ordonnance d’injonction de payer',
    runsFrom: 'ordonnance rendue avant le 1er septembre 2026',
    months: 6,
    shifts: true,
    cites: ['cpc-1411'],
    certainty: official,
    otherwise: 'l’ordonnance est non avenue',
  },
  {
    id: 'payment-order-opposition',
    title: 'Opposition du débiteur',
    runsFrom: 'signification de l’ordonnance',
    months: 1,
    shifts: true,
    cites: ['cpc-1416'],
    certainty: official,
    otherwise: 'l’ordonnance devient exécutoire',
  },
  {
    id: 'payment-order-no-opposition',
    title: 'Poursuivre sans nouvelle d’une opposition',
    runsFrom: 'signification de l’ordonnance',
    months: 2,
    shifts: true,
    cites: ['cpc-1422', 'decret-2026-96'],
    certainty: secondary,
    otherwise: 'le créancier peut poursuivre l’exécution',
  },
  {
    id: 'payment-order-fees',
    title: 'Consigner les frais de greffe (tribunal de commerce)',
    runsFrom: 'requête',
    days: 15,
    shifts: true,
    cites: ['cpc-1425'],
    certainty: official,
    otherwise: 'la requête est caduque',
  },
  {
    id: 'opposition-fees',
    title: 'Consigner les frais après opposition (tribunal de commerce)',
    runsFrom: 'lettre du greffe',
    days: 15,
    shifts: true,
    cites: ['cpc-1425'],
    certainty: official,
    otherwise: 'la demande est caduque',
  },
  {
    id: 'opposition-lawyer',
    title: 'Constituer avocat après opposition (tribunal judiciaire, procédure écrite)',
    runsFrom: 'notification de l’opposition au créancier',
    days: 15,
    shifts: true,
    cites: ['cpc-1418'],
    certainty: official,
    otherwise: 'la demande est caduque',
  },
  {
    id: 'default-judgment-notice',
    title: 'Notifier un jugement par défaut ou réputé contradictoire',
    runsFrom: 'jugement',
    months: 6,
    shifts: true,
    cites: ['cpc-478'],
    certainty: official,
    otherwise: 'le jugement est non avenu',
  },
  {
    id: 'interim-order-appeal',
    title: 'Appel d’une ordonnance de référé',
    runsFrom: 'signification de l’ordonnance',
    days: 15,
    shifts: true,
    cites: ['cpc-490'],
    certainty: official,
    otherwise: 'l’ordonnance ne peut plus être frappée d’appel',
  },
  {
    id: 'seizure-execution',
    title: 'Pratiquer la saisie conservatoire autorisée',
    runsFrom: 'autorisation du juge',
    months: 3,
    shifts: true,
    cites: ['cpce-R511-6'],
    certainty: official,
    otherwise: 'l’autorisation est caduque',
  },
  {
    id: 'seizure-proceedings',
    title: 'Engager la procédure au fond (une requête en injonction de payer compte)',
    runsFrom: 'saisie conservatoire',
    months: 1,
    shifts: true,
    cites: ['cpce-R511-7'],
    certainty: official,
    otherwise: 'la mesure est caduque',
  },
  {
    id: 'seizure-notice',
    title: 'Dénoncer la saisie conservatoire au débiteur',
    runsFrom: 'saisie conservatoire',
    days: 8,
    shifts: true,
    cites: ['cpce-R523-3'],
    certainty: official,
    otherwise: 'la mesure est caduque',
  },
  {
    id: 'electronic-letter',
    title: 'Accepter une lettre recommandée électronique',
    runsFrom: 'avis au destinataire',
    days: 15,
    shifts: false,
    cites: ['cpost-R53-3'],
    certainty: official,
    otherwise: 'la lettre est non réclamée',
  },
  {
    id: 'registered-letter',
    title: 'Retirer une lettre recommandée à la poste',
    runsFrom: 'première présentation',
    days: 15,
    shifts: false,
    cites: ['cpost-R1-1-6', 'ccass-civ1-2021-01-20'],
    certainty: official,
    otherwise: 'la lettre revient à l’expéditeur, la mise en demeure reste valable',
  },
  {
    id: 'uncontested-claim',
    title: 'Payer ou contester le commandement (créances non contestées)',
    runsFrom: 'commandement de payer',
    months: 1,
    shifts: true,
    followsAfterDays: 8,
    cites: ['cpce-L126-1'],
    certainty: secondary,
    otherwise: 'le commissaire constate l’absence de contestation, au plus tôt huit jours après',
  },
  {
    id: 'small-claim',
    title: 'Répondre à la procédure des petites créances',
    runsFrom: 'envoi de la lettre ou du message',
    months: 1,
    shifts: false,
    cites: ['cpce-L125-1'],
    certainty: official,
    otherwise: 'le silence vaut refus',
  },
  {
    id: 'works-guarantee',
    title: 'Fournir la garantie de paiement des travaux',
    runsFrom: 'mise en demeure du maître de l’ouvrage',
    days: 15,
    shifts: false,
    cites: ['cciv-1799-1'],
    certainty: official,
    otherwise: 'l’entrepreneur peut suspendre les travaux dès le lendemain',
  },
  {
    id: 'subcontractor-action',
    title: 'Payer le sous-traitant',
    runsFrom: 'mise en demeure de l’entrepreneur principal',
    months: 1,
    shifts: false,
    cites: ['loi-75-1334'],
    certainty: secondary,
    otherwise: 'l’action directe contre le maître de l’ouvrage est ouverte dès le lendemain',
  },
  {
    id: 'grace',
    title: 'Délais de grâce, au plus',
    runsFrom: 'décision du juge',
    months: 24,
    shifts: false,
    cites: ['cciv-1343-5'],
    certainty: official,
    otherwise: 'la dette redevient exigible',
  },
  {
    id: 'insolvency-declaration',
    title: 'Déclarer la créance',
    runsFrom: 'publication du jugement au BODACC',
    months: 2,
    shifts: true,
    cites: ['ccom-L622-24', 'ccom-R662-1'],
    certainty: secondary,
    otherwise: 'la créance n’est pas opposable à la procédure',
  },
  {
    id: 'insolvency-declaration-distant',
    title: 'Déclarer la créance (créancier hors de France métropolitaine)',
    runsFrom: 'publication du jugement au BODACC',
    months: 4,
    shifts: true,
    cites: ['ccom-L622-24', 'ccom-R662-1'],
    certainty: secondary,
    otherwise: 'la créance n’est pas opposable à la procédure',
  },
  {
    id: 'insolvency-relief',
    title: 'Demander le relevé de forclusion',
    runsFrom: 'publication du jugement au BODACC',
    months: 6,
    shifts: true,
    cites: ['ccom-L622-26', 'ccom-R662-1'],
    certainty: secondary,
    otherwise: 'la créance ne peut plus être admise',
  },
  {
    id: 'insolvency-answer',
    title: 'Répondre à la contestation de la créance',
    runsFrom: 'réception de la lettre du mandataire',
    days: 30,
    shifts: true,
    cites: ['ccom-L622-27', 'ccom-R662-1'],
    certainty: secondary,
    otherwise: 'la proposition du mandataire ne peut plus être contestée',
  },
  {
    id: 'insolvency-goods',
    title: 'Revendiquer les biens vendus avec réserve de propriété',
    runsFrom: 'publication du jugement au BODACC',
    months: 3,
    shifts: true,
    cites: ['ccom-L624-9', 'ccom-R662-1'],
    certainty: secondary,
    otherwise: 'le droit de propriété n’est plus opposable à la procédure',
  },
] as const satisfies readonly NamedTerm[];

export type TermId = (typeof NAMED_TERMS)[number]['id'];

export interface TermEnd extends Deadline {
  /** the last day to act in time: `shifted` for deadlines of procedure, `raw` for the others */
  readonly last: Day;
  /** the first day on which what follows is open: the day after, or later when the law says so */
  readonly after: Day;
}

/** The end of a deadline that the law names, from the day of its event. */
export function namedTerm(
  id: TermId,
  from: Day,
  zone: HolidayZone = 'metropole',
  distance?: DeadlineFacts['distance'],
): Outcome<TermEnd> {
  const term: NamedTerm | undefined = NAMED_TERMS.find((t) => t.id === id);
  if (!term) throw new RangeError(`no such term: ${id}`);
  const { months, days } = term;
  const answer = proceduralDeadline({
    from,
    zone,
    ...(months !== undefined && { months }),
    ...(days !== undefined && { days }),
    ...(distance && term.shifts && { distance }),
  });
  if (answer.status !== 'computed') return answer;
  const { raw } = answer.value;
  const last = term.shifts ? answer.value.shifted : raw;
  const about: TraceStep = {
    rule: 'named-term',
    cites: term.cites,
    certainty: term.certainty,
    says: `${term.title}\u202f: au plus tard le ${frenchDay(last)}, ${term.runsFrom} le ${frenchDay(from)}. Passé ce jour, ${term.otherwise}.`,
    values: { last: last.toString() },
  };
  return computed({ raw, shifted: last, last, after: addDays(last, term.followsAfterDays ?? 1) }, [
    about,
    ...(term.shifts ? answer.trace : []),
  ]);
}

/** How long a payment order may wait for its service: three months when rendered from 1 September 2026, six before (CPC 1411). */
export function paymentOrderService(renderedOn: Day, zone: HolidayZone = 'metropole'): Outcome<TermEnd> {
  return namedTerm(
    isBefore(renderedOn, PAYMENT_ORDER_REFORM) ? 'payment-order-service-before-reform' : 'payment-order-service',
    renderedOn,
    zone,
  );
}
