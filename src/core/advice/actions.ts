/** The hidden kinds of debtor the model reasons over; private working hypotheses, never printed outside (decision model, guard rail 11). */
export const DEBTOR_TYPES = ['P', 'C', 'T', 'O', 'B', 'D', 'I'] as const;
export type DebtorType = (typeof DEBTOR_TYPES)[number];
/** How many types: the length of every vector over them, in the order of DEBTOR_TYPES. */
export const TYPES = DEBTOR_TYPES.length;

/** For the user's own screen, as a hypothesis. */
export const TYPE_WORDS: Readonly<Record<DebtorType, string>> = {
  P: 'un oubli',
  C: 'un mauvais payeur d’habitude',
  T: 'une gêne de trésorerie passagère',
  O: 'quelqu’un de débordé',
  B: 'un refus de payer',
  D: 'un vrai désaccord',
  I: 'une insolvabilité pas encore publiée',
};

/** Probabilities over the types, in the order of DEBTOR_TYPES; they sum to 1. */
export type Belief = readonly number[];

/** Every step, from the gentlest to the harshest; among equals the first is proposed. Ends come last: giving up is not gentle, it is final. */
export const ACTIONS = [
  'WAIT',
  'EMAIL',
  'CALL',
  'PLAN',
  'CREDIT',
  'MEDIATION',
  'MED',
  'PSR',
  'IP',
  'AGENCY',
  'REFERE',
  'SUIT',
  'ENFORCE',
  'DECLARE',
  'WRITEOFF',
] as const;
export type Action = (typeof ACTIONS)[number];

const RANK = new Map<Action, number>(ACTIONS.map((action, i) => [action, i]));
/** The index of an action: also its rank from gentle to harsh. */
export const rankOf = (action: Action): number => RANK.get(action) ?? ACTIONS.length;

interface ActionWords {
  /** as a title: « Injonction de payer » */
  readonly title: string;
  /** after « avec »: « une injonction de payer » */
  readonly noun: string;
  /** a person confirms it, always; the others may be automatic where the user switched that on (guard rail 10) */
  readonly needsPerson: boolean;
}

export const ACTION_WORDS: Readonly<Record<Action, ActionWords>> = {
  WAIT: { title: 'Attendre', noun: 'une attente de deux semaines', needsPerson: false },
  EMAIL: { title: 'Relancer par courriel', noun: 'une relance par courriel', needsPerson: false },
  CALL: { title: 'Appeler', noun: 'un appel', needsPerson: true },
  PLAN: { title: 'Proposer un échéancier', noun: 'un échéancier', needsPerson: true },
  CREDIT: { title: 'Proposer un avoir', noun: 'un avoir', needsPerson: true },
  MEDIATION: { title: 'Médiation ou conciliation', noun: 'une médiation ou une conciliation', needsPerson: true },
  MED: { title: 'Mettre en demeure', noun: 'une mise en demeure', needsPerson: true },
  PSR: { title: 'Procédure des petites créances', noun: 'la procédure des petites créances', needsPerson: true },
  IP: { title: 'Injonction de payer', noun: 'une injonction de payer', needsPerson: true },
  AGENCY: { title: 'Société de recouvrement', noun: 'une société de recouvrement', needsPerson: true },
  REFERE: { title: 'Référé-provision', noun: 'un référé-provision', needsPerson: true },
  SUIT: { title: 'Assignation au fond', noun: 'une assignation au fond', needsPerson: true },
  ENFORCE: { title: 'Faire exécuter le titre', noun: 'l’exécution forcée', needsPerson: true },
  DECLARE: { title: 'Déclarer la créance', noun: 'une déclaration de créance', needsPerson: true },
  WRITEOFF: { title: 'Arrêter', noun: 'un arrêt immédiat', needsPerson: true },
};
