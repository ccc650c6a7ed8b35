import type { FileStrength, Solvency } from '#core/advice/claim.ts';
import type { Grade } from '#core/advice/defaults.ts';
import type { EventName } from '#core/advice/events.ts';
import { wholeEuros } from '#core/advice/words.ts';
import { NBSP, NNBSP } from '#ui/format.ts';

/** « −1 305 € »: estimates are shown without cents. */
export const about = (cents: bigint): string => wholeEuros(cents).replace(/^-/, '\u2212');

/** « 65 % », « 3,8 % », « < 1 % » */
export function chanceWords(chance: number): string {
  if (chance > 0 && chance < 0.005) return `<${NBSP}1${NBSP}%`;
  return `${Math.round(chance * 100)}${NBSP}%`;
}

/** « 4 h 30 », « 20 min » */
export function hoursWords(hours: number): string {
  const minutes = Math.round((hours * 60) / 5) * 5;
  if (minutes === 0) return hours > 0 ? `<${NBSP}5${NBSP}min` : `0${NBSP}min`;
  if (minutes < 60) return `${minutes}${NBSP}min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60}${NBSP}h` : `${Math.floor(minutes / 60)}${NBSP}h${NBSP}${String(rest).padStart(2, '0')}`;
}

/** « 3 semaines », « 5 mois »: a mean delay does not deserve days. */
export function delayWords(days: number | null): string {
  if (days === null) return 'rien n’est attendu';
  if (days < 12) return `${days}${NBSP}jours`;
  if (days < 60) return `${Math.round(days / 7)}${NBSP}semaines`;
  if (days < 640) return `${Math.round(days / 30.4)}${NBSP}mois`;
  const years = Math.round(days / 365);
  return `${years}${NBSP}ans`;
}

/** A number of the model, as people write it: « 1 800 », « 0,038 ». */
export function numberWords(x: number): string {
  const [whole = '0', decimals] = `${Math.round(x * 10_000) / 10_000}`.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, NNBSP);
  return decimals === undefined ? grouped : `${grouped},${decimals}`;
}

export const GRADE_WORDS: Readonly<Record<Grade, { readonly short: string; readonly long: string }>> = {
  seed: { short: 'du fil', long: 'Chiffre du fil de discussion dont Quitus est parti' },
  official: { short: 'officiel', long: 'Loi ou statistique officielle' },
  published: { short: 'publié', long: 'Étude publiée' },
  expert: { short: 'à dire d’expert', long: 'Estimation sans source publiée\u202f: à corriger dès que vous savez mieux' },
  user: { short: 'le vôtre', long: 'Votre propre chiffre' },
};

export const SOLVENCY_CHOICES: readonly {
  readonly value: Exclude<Solvency, 'published'>;
  readonly label: string;
  readonly hint: string;
}[] = [
  { value: 'unknown', label: 'Je ne sais pas', hint: 'Aucune vérification faite.' },
  { value: 'good', label: 'Bonne', hint: 'Comptes déposés et sains, paie ses autres fournisseurs.' },
  { value: 'fragile', label: 'Fragile', hint: 'Retards ailleurs, comptes non déposés, trésorerie tendue.' },
  { value: 'bad', label: 'Mauvaise', hint: 'Pertes, privilèges inscrits, chèques rejetés, activité à l’arrêt.' },
];

export const FILE_CHOICES: readonly { readonly value: `${FileStrength}`; readonly label: string; readonly hint: string }[] = [
  { value: '0', label: 'Faible', hint: 'Accord oral, ou rien qui prouve la livraison.' },
  { value: '1', label: 'Moyen', hint: 'Des courriels, un devis non signé, une livraison non contestée.' },
  { value: '2', label: 'Solide', hint: 'Devis ou commande signés, livraison ou recette prouvée.' },
];

/** What a user can tell of the debtor's conduct. */
export const CLUE_WORDS: Readonly<Record<EventName, string>> = {
  promiseKeptInPart: 'Paiement partiel',
  secondPromiseBroken: 'Deuxième promesse non tenue',
  mailReturnedUnknownAddress: 'Courrier revenu, adresse inconnue',
  registeredLetterUnclaimed: 'Recommandé non réclamé',
  asksForInvoiceCopy: 'Demande une copie de la facture',
  newOrderPlaced: 'A passé une nouvelle commande',
  accountsNotFiled: 'Comptes annuels non déposés',
  publicCreditorLienRegistered: 'Privilège du Trésor ou de l’Urssaf inscrit',
  paidOtherInvoicesOnTime: 'A payé d’autres factures à l’heure',
  bouncedPayment: 'Paiement rejeté par la banque',
};

export const QUALITY_CHOICES = [
  { value: 'company', label: 'Une société commerciale (SARL, SAS, SA…)' },
  { value: 'merchant', label: 'Un commerçant en nom propre' },
  { value: 'artisan', label: 'Un artisan' },
  { value: 'liberal', label: 'Un professionnel libéral' },
  { value: 'association', label: 'Une association' },
  { value: 'civil-company', label: 'Une société civile (SCI…)' },
  { value: 'farmer', label: 'Un agriculteur' },
] as const;

export const ESTIMATE = `C’est une estimation, pas une promesse${NNBSP}: vous décidez.`;
