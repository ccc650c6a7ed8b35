import type { NextMove, Stage } from './state.ts';

/** How a stage is said on screen. */
interface StageWords {
  readonly label: string;
  /** what the stage means for the user, in one sentence */
  readonly meaning: string;
}

export const STAGE_WORDS: Readonly<Record<Stage, StageWords>> = {
  closed: { label: 'Fermé', meaning: 'Ce dossier est fermé. Plus rien n’est demandé.' },
  settled: {
    label: 'Factures soldées',

    meaning: 'Il ne reste que ce que le retard a fait naître\u202f: réclamez-le, ou renoncez-y.',
  },
  insolvent: {
    label: 'Procédure collective',

    meaning: 'Votre client ne peut plus payer ses dettes antérieures\u202f: il faut déclarer la créance.',
  },
  'money-to-place': {
    label: 'Virement à rattacher',
    meaning: 'De l’argent de ce client est arrivé\u202f: dites ce qu’il règle avant toute relance.',
  },
  'payment-announced': {
    label: 'Paiement à vérifier',
    meaning: 'La plateforme annonce un paiement\u202f: vérifiez votre compte avant toute relance.',
  },
  'document-missing': {
    label: 'Pièce à envoyer',
    meaning: 'Votre client attend une pièce pour traiter la facture\u202f: envoyez-la avant toute relance.',
  },
  'not-delivered': {
    label: 'Facture non parvenue',
    meaning: 'La facture a été rejetée avant d’arriver à votre client\u202f: corrigez-la et renvoyez-la.',
  },
  withdrawn: {
    label: 'Facture annulée ou cédée',
    meaning: 'La plateforme dit que cette facture n’est plus à payer à vous\u202f: vérifiez avant toute relance.',
  },
  disputed: { label: 'Contesté', meaning: 'Votre client conteste\u202f: répondez avant toute relance.' },
  'plan-running': { label: 'Échéancier en cours', meaning: 'Votre client paie par échéances.' },
  'plan-broken': { label: 'Échéancier non respecté', meaning: 'Une échéance convenue n’a pas été payée.' },
  promised: { label: 'Paiement promis', meaning: 'Votre client a promis de payer.' },
  'promise-broken': { label: 'Promesse non tenue', meaning: 'Le jour promis est passé sans paiement complet.' },
  'notice-prepared': {
    label: 'Lettre à poster',

    meaning: 'La mise en demeure est prête\u202f: elle ne compte qu’une fois postée.',
  },
  'notice-running': {
    label: 'Mise en demeure en cours',

    meaning: 'La lettre est partie\u202f: votre client a jusqu’à la date limite.',
  },
  'notice-expired': {
    label: 'Délai de la lettre dépassé',

    meaning: 'La mise en demeure est restée sans effet\u202f: choisissez la suite.',
  },
  overdue: {
    label: 'En retard',

    meaning: 'Le premier contact n’a pas suffi, ou le retard a trop duré\u202f: écrivez.',
  },
  'to-contact': { label: 'Juste en retard', meaning: 'Un oubli est possible\u202f: un appel suffit souvent.' },
  'not-due': { label: 'Pas encore échu', meaning: 'Rien n’est en retard.' },
};

/** The button of the one next thing to do, at the stages where the usual words do not fit. */
const CALLS: Readonly<Record<NextMove, string>> = {
  contact: 'Relancer de vive voix',
  'formal-notice': 'Préparer la mise en demeure',
  'post-letter': 'Poster la lettre',
  'choose-road': 'Choisir la suite',
  'settle-dispute': 'Dire où en est la contestation',
  'declare-claim': 'Déclarer la créance',
  'place-money': 'Rattacher le virement',
  'check-payment': 'Vérifier le paiement',
  'answer-status': 'Répondre à ce statut',
  close: 'Réclamer le reste ou clore',
};

/** What the button of the next thing to do says. */
export function callWords(stage: Stage, next: NextMove): string {
  if (next === 'contact' && stage === 'to-contact') return 'Prendre contact';
  if (next === 'contact' && stage === 'disputed') return 'Répondre à la contestation';
  if (stage === 'document-missing') return 'Envoyer la pièce demandée';
  if (stage === 'not-delivered') return 'Renvoyer la facture';
  if (stage === 'withdrawn') return 'Dire ce qu’il en est';
  return CALLS[next];
}
