import type { Numbers, ParamId } from './numbers.ts';

/** Where a number comes from. The interface shows it beside every figure. */
export type Grade =
  /** the thread this program answers */
  | 'seed'
  /** law or official statistics */
  | 'official'
  /** a published paper or survey */
  | 'published'
  /** an expert default without published source */
  | 'expert'
  /** the user's own */
  | 'user';

/** A value with where it comes from; `n` is the number of cases behind a value learnt from the user's own. */
export interface Sourced<T> {
  readonly value: T;
  readonly grade: Grade;
  /** what it is, in French, for the interface */
  readonly label: string;
  readonly source?: string;
  readonly n?: number;
}

const seed = <T>(value: T, label: string, source: string): Sourced<T> => ({ value, grade: 'seed', label, source });
const official = <T>(value: T, label: string, source: string): Sourced<T> => ({ value, grade: 'official', label, source });
const expert = <T>(value: T, label: string, source?: string): Sourced<T> =>
  source === undefined ? { value, grade: 'expert', label } : { value, grade: 'expert', label, source };

const FIT = 'niveau ajusté pour que deux courriels, un appel et la mise en demeure donnent les 40\u00a0% du fil d’origine';
const ALTARES = 'forme calée sur Altares 2024 (48,7\u00a0% des entreprises paient à l’heure, 13 jours de retard moyen)';
const INFOSTAT = 'Infostat Justice n°\u00a0178 (2020)\u202f: 74\u00a0% accordées en 2019\u202f; répartition par dossier estimée';

/** The starting values of the model, all to be shown and changed. Vectors follow the order of DEBTOR_TYPES. */
export const DEFAULT_VALUES: { readonly [K in ParamId]: Sourced<Numbers[K]> } = {
  stepDays: expert(15, 'Durée d’une étape, en jours'),
  discountAnnual: expert(0.08, 'Coût de l’argent par an'),
  hourlyRate: expert(50, 'Valeur d’une heure de votre temps, en euros'),
  prior0: expert([0.758, 0.17, 0.03, 0.015, 0.007, 0.01, 0.01], 'Part de chaque profil à l’échéance', ALTARES),
  gMonth: expert([4, 1.5, 0.4, 0.3, 0.05, 0.08, 0.01], 'Paiements par mois sous relance ordinaire', ALTARES),
  lamMonth: expert([0.0003, 0.002, 0.012, 0.01, 0.006, 0.002, 0.04], 'Insolvabilités publiées par mois'),
  pE: expert([0.491, 0.183, 0.081, 0.116, 0.023, 0.023, 0.004], 'Payé après un premier courriel', FIT),
  pC: expert([0.541, 0.271, 0.161, 0.249, 0.047, 0.058, 0.006], 'Payé après un premier appel', FIT),
  pM: seed([0.541, 0.377, 0.161, 0.205, 0.172, 0.093, 0.012], 'Payé après la mise en demeure', FIT),
  pW: expert([0.3, 0.1, 0.04, 0.02, 0.003, 0.008, 0.001], 'Payé de soi-même en deux semaines'),
  decay: expert(0.5, 'Ce que perd chaque relance semblable à la précédente'),
  qStick: expert(0.5, 'Ce qu’un premier silence laisse de chances de réponse'),
  q: expert(
    [
      [0.55, 0.43, 0.02],
      [0.45, 0.5, 0.05],
      [0.3, 0.66, 0.04],
      [0.78, 0.2, 0.02],
      [0.55, 0.3, 0.15],
      [0.15, 0.1, 0.75],
      [0.7, 0.27, 0.03],
    ],
    'Réaction à une relance sans paiement\u202f: silence, promesse, contestation',
  ),
  planAcc: expert([0.5, 0.45, 0.8, 0.6, 0.25, 0.1, 0.55], 'Échéancier accepté'),
  planSilent: expert(0.5, 'Le même quand le débiteur n’a jamais répondu (facteur)'),
  planDone: expert([0.97, 0.8, 0.8, 0.65, 0.25, 0.6, 0.08], 'Échéancier tenu jusqu’au bout'),
  planN: seed(3, 'Nombre d’échéances', 'fil d’origine\u202f: deux à trois mois'),
  planPace: expert(2, 'Étapes entre deux échéances'),
  planBrokenSteps: expert(4, 'Étapes avant de constater un échéancier rompu'),
  credAcc: expert([0.8, 0.45, 0.3, 0.35, 0.3, 0.6, 0.05], 'Avoir accepté et solde payé'),
  credShare: expert(0.15, 'Part de la facture abandonnée par l’avoir'),
  credHours: expert(2, 'Heures pour un avoir'),
  credSteps: expert(2, 'Étapes d’un avoir'),
  mdnAcc: expert(
    [0.7, 0.3, 0.35, 0.35, 0.12, 0.6, 0.03],
    'Médiation acceptée et réussie',
    'Médiateur des entreprises 2024\u202f: environ 70\u00a0% des médiations acceptées',
  ),
  mdnShare: expert(0.85, 'Part payée après une médiation'),
  mdnHours: expert(3, 'Heures pour une médiation'),
  mdnCash: official(0, 'Coût d’une médiation, en euros', 'Médiateur des entreprises et conciliateur de justice\u202f: gratuits'),
  mdnSteps: expert(5, 'Étapes d’une médiation'),
  agyAcc: expert([0.4, 0.18, 0.1, 0.15, 0.06, 0.02, 0.003], 'Payé par une société de recouvrement'),
  agyFee: expert(0.2, 'Commission d’une société de recouvrement', 'presse spécialisée\u202f: 10 à 30\u00a0%'),
  agySteps: expert(6, 'Étapes d’une société de recouvrement'),
  agyHours: expert(1, 'Heures pour confier le dossier'),
  psrAcc: expert([0.5, 0.25, 0.3, 0.2, 0.04, 0.02, 0.02], 'Procédure des petites créances\u202f: accord et paiement'),
  psrSilent: expert(
    0.4,
    'La même quand le débiteur n’a jamais répondu (facteur)',
    'Sénat, rapport 288 (2025-2026)\u202f: un débiteur muet y met fin',
  ),
  psrCash: expert(55, 'Coût de la procédure des petites créances, en euros'),
  psrHours: expert(1, 'Heures pour la procédure des petites créances'),
  psrSteps: expert(3, 'Étapes de la procédure des petites créances'),
  ipAcc: official([0.45, 0.75, 0.9], 'Injonction accordée, dossier faible, moyen, solide', INFOSTAT),
  ipFile: official(34, 'Greffe de l’injonction, en euros', 'environ 35 à 38\u00a0€ TTC en 2026, les sources diffèrent'),
  ipServe: expert(100, 'Signification de l’injonction, en euros'),
  ipHours: expert(2, 'Heures pour une injonction'),
  ipPay: expert([0.8, 0.55, 0.3, 0.3, 0.25, 0.1, 0.02], 'Payé à la signification'),
  ipOpp: official(
    [0.02, 0.03, 0.04, 0.02, 0.12, 0.55, 0.01],
    'Opposition, sinon',
    'environ 13\u202f000 oppositions pour 400\u202f000 requêtes',
  ),
  ipDisputeFactor: expert(0.6, 'Injonction accordée malgré une contestation (facteur)'),
  ipDisputeOpp: expert(0.5, 'Opposition, au moins, après une contestation'),
  ipRejectedSteps: expert(3, 'Étapes avant un rejet'),
  ipServeStep: expert(4, 'Étape où la signification se paie'),
  ipSteps: expert(6, 'Étapes jusqu’au titre ou à l’opposition'),
  ipServiceDays: expert(
    45,
    'Jours à garder pour signifier avant la prescription',
    'c’est la signification qui interrompt, pas le dépôt',
  ),
  refWin: expert([0.5, 0.78, 0.9], 'Référé gagné, dossier faible, moyen, solide'),
  refWinDispute: expert(0.15, 'Référé gagné malgré une contestation'),
  refCash: expert(900, 'Coût d’un référé, en euros'),
  refHours: expert(5, 'Heures pour un référé'),
  refPay: expert([0.85, 0.6, 0.35, 0.35, 0.3, 0.4, 0.02], 'Payé après le référé'),
  refAward: expert(500, 'Frais accordés par le juge des référés, en euros'),
  refSteps: expert(4, 'Étapes d’un référé'),
  suitWin: expert([0.6, 0.85, 0.95], 'Procès gagné sans contestation, par dossier'),
  suitWinD: expert([0.25, 0.45, 0.65], 'Procès gagné contre un vrai désaccord, par dossier'),
  suitWinB: expert([0.5, 0.75, 0.9], 'Procès gagné contre un refus de payer, par dossier'),
  suitCash: expert(1800, 'Coût d’un procès, en euros'),
  suitCashOpp: expert(1000, 'Coût d’un procès sur opposition, en euros'),
  suitHours: expert(10, 'Heures pour un procès', 'les 10 heures que suppose le seuil de 2\u202f000\u00a0€ du fil d’origine'),
  suitHoursOpp: expert(6, 'Heures pour un procès sur opposition'),
  suitAward: expert(800, 'Frais accordés après un procès gagné, en euros'),
  suitLose: expert(800, 'Ce que coûte de plus un procès perdu, en euros'),
  suitSteps: expert(20, 'Étapes d’un procès'),
  suitStepsOpp: expert(12, 'Étapes d’un procès sur opposition'),
  suitPay: expert([0.85, 0.6, 0.35, 0.35, 0.3, 0.6, 0.02], 'Payé après un procès gagné'),
  enfFull: expert([0.93, 0.85, 0.55, 0.5, 0.6, 0.85, 0.02], 'Tout recouvré par l’exécution'),
  enfHalf: expert([0.05, 0.1, 0.25, 0.25, 0.15, 0.1, 0.06], 'La moitié recouvrée par l’exécution'),
  enfCash: expert(200, 'Coût de l’exécution, en euros'),
  enfHours: expert(1, 'Heures pour l’exécution'),
  enfSteps: expert(4, 'Étapes de l’exécution'),
  tail: expert(0.7, 'Ce que valent les paiements spontanés une fois les relances arrêtées (facteur)'),
  tailSteps: expert(12, 'Étapes où un paiement spontané peut encore venir'),
  tailPaidSteps: expert(6, 'Étape où ce paiement est compté'),
  harden: expert(0.8, 'Ce que vaut encore un accord après la mise en demeure (facteur)'),
  waitMaxAge: expert(7, 'Âge de la créance, en jours, jusqu’où attendre se propose'),
  eH: expert(0.05, 'Heures pour un courriel préparé par Quitus'),
  cH: expert(0.35, 'Heures pour un appel'),
  medCash: expert(8, 'Lettre recommandée, en euros'),
  medH: expert(0.5, 'Heures pour une mise en demeure préparée par Quitus'),
  planH: expert(1, 'Heures pour un échéancier'),
  woH: expert(0.25, 'Heures pour clore un dossier'),
  declH: expert(1, 'Heures pour déclarer une créance'),
  costBack: expert(0.9, 'Part des frais de greffe et de commissaire recouvrée'),
  kAmi: expert(0.15, 'Part des intérêts et des 40\u00a0€ payée à l’amiable'),
  kJud: expert(0.9, 'Part des intérêts et des 40\u00a0€ payée en justice'),
  kPsr: expert(0.45, 'Part des intérêts et des 40\u00a0€ payée par la procédure des petites créances'),
  lateRate: official(
    0.124,
    'Intérêts de retard entre professionnels',
    'C. com. L441-10\u202f: 2e semestre 2026, taux BCE 2,40\u00a0% + 10',
  ),
  lateRateB2C: official(0.0275, 'Intérêts de retard d’un consommateur', 'taux légal, autres cas, 2e semestre 2026'),
  flat40: official(40, 'Indemnité forfaitaire entre professionnels, en euros', 'C. com. D441-5'),
  dividend: {
    value: 0.038,
    grade: 'published',
    label: 'Part versée aux créanciers ordinaires d’une liquidation',
    source: 'moyenne AGS 2007',
  },
  dividendYears: expert(2, 'Années avant ce versement'),
  solvencyGood: expert([1, 1, 0.6, 1, 1, 1, 0.2], 'Ce que dit une bonne solvabilité (rapports)'),
  solvencyFragile: expert([1, 1, 1.8, 1.5, 1, 1, 3], 'Ce que dit une solvabilité fragile (rapports)'),
  solvencyBad: expert([1, 1, 2, 1.5, 1, 1, 10], 'Ce que dit une mauvaise solvabilité (rapports)'),
  kappaAction: expert(20, 'Poids, en dossiers, du taux de départ d’une étape'),
  kappaCustomer: {
    value: 3,
    grade: 'published',
    label: 'Poids, en factures, du taux de retard moyen pour un client',
    source: 'meilleure prévision sur le jeu IBM (100 clients)',
  },
  checkGood: expert([0.65, 0.65, 0.45, 0.55, 0.65, 0.65, 0.1], 'Un rapport de solvabilité dit «\u202fbonne\u202f»'),
  checkMiddling: expert([0.25, 0.25, 0.35, 0.3, 0.25, 0.25, 0.25], 'Un rapport de solvabilité dit «\u202fmoyenne\u202f»'),
  checkBad: expert([0.1, 0.1, 0.2, 0.15, 0.1, 0.1, 0.65], 'Un rapport de solvabilité dit «\u202fmauvaise\u202f»'),
};
