import type { FactorName } from './chances.ts';

/** Facts known of a debtor before anything is done. */
const PRIOR_WORDS = { customer: 'ses factures d’avant', solvency: 'sa solvabilité' } as const;
/** What is known of a debtor before anything is done: it moves the belief first. */
export type PriorFact = keyof typeof PRIOR_WORDS;

/**
 * Events other than contacts and steps, with how many times likelier each makes every type (expert defaults, in the order of
 * DEBTOR_TYPES: P, C, T, O, B, D, I).
 */
export const EVENT_RATIOS = {
  promiseKeptInPart: [1, 1.2, 2, 1.5, 0.6, 0.7, 0.5],
  secondPromiseBroken: [0.3, 1, 1.3, 1, 1.6, 0.8, 1.5],
  mailReturnedUnknownAddress: [0.2, 0.5, 0.8, 1, 1.6, 0.5, 4],
  registeredLetterUnclaimed: [0.3, 0.8, 1, 1.6, 1.8, 0.8, 1.5],
  asksForInvoiceCopy: [2, 1.5, 1.2, 1, 1.3, 0.8, 0.6],
  newOrderPlaced: [1.5, 1.5, 1, 0.8, 0.6, 0.6, 0.4],
  accountsNotFiled: [0.8, 0.9, 1.2, 1.3, 1.2, 1, 2],
  publicCreditorLienRegistered: [0.4, 0.7, 2, 1.5, 1, 0.8, 5],
  paidOtherInvoicesOnTime: [2, 1.2, 0.7, 0.8, 0.6, 1.5, 0.3],
  bouncedPayment: [0.2, 0.6, 2, 1.2, 1.2, 0.4, 3],
} as const satisfies Record<string, readonly number[]>;

export type EventName = keyof typeof EVENT_RATIOS;

export const EVENT_NAMES = Object.keys(EVENT_RATIOS) as readonly EventName[];

const EVENT_WORDS: Readonly<Record<EventName, string>> = {
  promiseKeptInPart: 'paiement partiel',
  secondPromiseBroken: 'deuxième promesse non tenue',
  mailReturnedUnknownAddress: 'courrier revenu, adresse inconnue',
  registeredLetterUnclaimed: 'recommandé non réclamé',
  asksForInvoiceCopy: 'copie de la facture demandée',
  newOrderPlaced: 'nouvelle commande',
  accountsNotFiled: 'comptes non déposés',
  publicCreditorLienRegistered: 'privilège d’un créancier public inscrit',
  paidOtherInvoicesOnTime: 'autres factures payées à l’heure',
  bouncedPayment: 'paiement rejeté',
};

/** What a history shows, in words: contacts and steps, whose likelihood the model computes. */
const FACTOR_WORDS: Readonly<Record<FactorName, string>> = {
  emails: 'courriels sans paiement',
  calls: 'appels sans paiement',
  waits: 'attente sans paiement',
  notice: 'mise en demeure sans paiement',
  silence: 'silence',
  promise: 'promesse ou excuse',
  dispute: 'contestation',
  'plan-refused': 'échéancier refusé',
  'plan-broken': 'échéancier rompu',
  credit: 'avoir refusé',
  mediation: 'médiation sans accord',
  agency: 'société de recouvrement sans résultat',
  psr: 'procédure des petites créances sans accord',
  'order-rejected': 'injonction rejetée',
  'order-opposed': 'opposition à l’injonction',
  'order-title': 'injonction exécutoire, toujours pas payée',
  'interim-failed': 'référé rejeté',
  'interim-title': 'référé gagné, toujours pas payé',
  'suit-title': 'procès gagné, toujours pas payé',
};

/** The words of anything that moves a belief. */
export const evidenceWords = (what: FactorName | EventName | PriorFact): string =>
  ({ ...EVENT_WORDS, ...FACTOR_WORDS, ...PRIOR_WORDS })[what];

const spread = (ratios: readonly number[]): number => Math.log(Math.max(...ratios)) - Math.log(Math.min(...ratios));

/**
 * The events with the power each counts for. They are not independent: the one with the widest spread counts fully, every
 * other by its square root. The order given changes nothing, even among equals (then by name).
 */
export function weighedEvents(events: readonly EventName[]): readonly { readonly event: EventName; readonly power: number }[] {
  const sorted = [...events].sort((a, b) => spread(EVENT_RATIOS[b]) - spread(EVENT_RATIOS[a]) || (a < b ? -1 : a > b ? 1 : 0));
  return sorted.map((event, i) => ({ event, power: i === 0 ? 1 : 0.5 }));
}
