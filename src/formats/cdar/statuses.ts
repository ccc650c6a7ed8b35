/** What a status of the French e-invoicing life cycle means for the claim. */
export const STATUS_MEANINGS = [
  'issued',
  'delivered',
  'in-progress',
  'approved',
  'partly-approved',
  'disputed',
  'suspended',
  'completed',
  'refused',
  'payment-sent',
  'cashed',
  'rejected',
  'cancelled',
  'factored',
  'account-changed',
  'other',
] as const;
export type StatusMeaning = (typeof STATUS_MEANINGS)[number];

interface KnownStatus {
  readonly label: string;
  readonly meaning: StatusMeaning;
}

/**
 * The statuses by their code (ProcessConditionCode). 213, 221 and 501 mean that the invoice never reached the buyer; 207, 208 and 210 stop
 * reminders; 211 announces a payment, 212 is the seller saying it came in.
 */
const STATUSES: Readonly<Record<string, KnownStatus>> = {
  '200': { label: 'Déposée', meaning: 'issued' },
  '201': { label: 'Émise', meaning: 'issued' },
  '202': { label: 'Reçue', meaning: 'delivered' },
  '203': { label: 'Mise à disposition', meaning: 'delivered' },
  '204': { label: 'Prise en charge', meaning: 'in-progress' },
  '205': { label: 'Approuvée', meaning: 'approved' },
  '206': { label: 'Approuvée partiellement', meaning: 'partly-approved' },
  '207': { label: 'En litige', meaning: 'disputed' },
  '208': { label: 'Suspendue', meaning: 'suspended' },
  '209': { label: 'Complétée', meaning: 'completed' },
  '210': { label: 'Refusée', meaning: 'refused' },
  '211': { label: 'Paiement transmis', meaning: 'payment-sent' },
  '212': { label: 'Encaissée', meaning: 'cashed' },
  '213': { label: 'Rejetée', meaning: 'rejected' },
  '220': { label: 'Annulée', meaning: 'cancelled' },
  '221': { label: 'Erreur de routage', meaning: 'rejected' },
  '224': { label: 'Demande de paiement direct', meaning: 'other' },
  '225': { label: 'Affacturée', meaning: 'factored' },
  '226': { label: 'Affacturée confidentiel', meaning: 'factored' },
  '227': { label: 'Changement de compte à payer', meaning: 'account-changed' },
  '228': { label: 'Non affacturée', meaning: 'other' },
  '501': { label: 'Irrecevable', meaning: 'rejected' },
};

/** The French name and the meaning of a status; of one that is not known here, the name the file gives it. */
export function statusOf(code: string, written: string | null): KnownStatus {
  const known = Object.hasOwn(STATUSES, code) ? STATUSES[code] : undefined;
  return known ?? { label: written?.replaceAll('_', ' ') ?? `Statut ${code}`, meaning: 'other' };
}
