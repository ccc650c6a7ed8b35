import { NAMED_TERMS } from '#core/law/named-terms.ts';
import { fr } from '#core/letters/typography.ts';

/** What a person reads in place of the words that programs use for a choice. A choice that means two things is told with its field. */
const CHOICES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(NAMED_TERMS.map((term) => [`term.${term.id}`, term.title])),
  'term.payment-order-service': 'Signifier l’ordonnance d’injonction de payer (rendue à partir du 1er septembre 2026)',
  'term.payment-order-service-before-reform': 'Signifier l’ordonnance d’injonction de payer (rendue avant le 1er septembre 2026)',
  business: 'Un professionnel',
  consumer: 'Un consommateur',
  public: 'Un acheteur public',
  'interest-first': 'Les intérêts d’abord',
  'principal-first': 'Le principal d’abord',
  clause: 'Une clause du contrat',
  judgment: 'Une décision de justice',
  individual: 'Un particulier hors de tout besoin professionnel',
  'claimant.individual': 'Un particulier',
  other: 'Tout autre créancier',
  trade: 'Une vente ou une prestation',
  'insurance-indemnity': 'Une indemnité d’assurance',
  general: 'Cas général',
  'buyer.general': 'État, collectivité locale, établissement public',
  hospital: 'Établissement public de santé, service de santé des armées',
  undertaking: 'Entreprise publique',
  arrhes: 'Des arrhes',
  acompte: 'Un acompte',
  net: 'Nombre de jours nets',
  'end-of-month': 'Fin de mois',
  'days-then-end-of-month': 'Les jours, puis la fin du mois',
  'end-of-month-then-days': 'La fin du mois, puis les jours',
  transport: 'Transport routier, location de véhicules, commission, douane',
  'perishable-food': 'Denrées périssables',
  'livestock-meat': 'Bétail sur pied, viandes fraîches',
  spirits: 'Alcools',
  wine: 'Raisins, moûts et vins',
  metropole: 'Métropole',
  'alsace-moselle': 'Alsace-Moselle',
  guadeloupe: 'Guadeloupe',
  martinique: 'Martinique',
  guyane: 'Guyane',
  reunion: 'La Réunion',
  mayotte: 'Mayotte',
  'saint-barthelemy': 'Saint-Barthélemy',
  overseas: 'Outre-mer\u202f: un mois de plus',
  abroad: 'À l’étranger\u202f: deux mois de plus',
  professional: 'Entre professionnels\u202f: cinq ans',
  'relation.consumer': 'Contre un consommateur\u202f: deux ans',
  carriage: 'Transport de marchandises\u202f: un an',
  title: 'Exécuter un titre\u202f: dix ans',
  acknowledgement: 'Le débiteur a reconnu la dette',
  'part-payment': 'Il a payé une partie',
  'court-claim': 'Une action en justice',
  'payment-order-served': 'Une injonction de payer signifiée',
  'enforcement-act': 'Un acte d’exécution ou une saisie conservatoire',
  'kind.insolvency-declaration': 'Une déclaration de créance',
  mediation: 'Une médiation ou une conciliation acceptée',
  'expert-measure': 'Une expertise avant procès',
  'kind.formal-notice': 'Une mise en demeure (n’interrompt pas)',
  'payment-order-filed': 'Une requête en injonction de payer déposée (n’interrompt pas)',
  granted: 'La demande a abouti',
  failed: 'La demande a échoué',
  company: 'Une société commerciale',
  'claimant.company': 'Une entreprise',
  merchant: 'Un commerçant',
  artisan: 'Un artisan',
  liberal: 'Un professionnel libéral',
  association: 'Une association',
  'civil-company': 'Une société civile',
  farmer: 'Un agriculteur',
  'public-body': 'Une personne publique',
  'payment-order': 'Injonction de payer',
  merits: 'Procès au fond',
  interim: 'Référé',
  petition: 'Requête',
  judicial: 'Tribunal judiciaire',
  commercial: 'Tribunal de commerce',
  administrative: 'Tribunal administratif',
  exempt: 'L’État ou une collectivité',
  'liquidation-judgment': 'Un jugement de liquidation',
  'fruitless-enforcement': 'Une exécution restée sans résultat',
  disappearance: 'La disparition du débiteur',
  'liquidator-certificate': 'Un certificat du liquidateur',
  large: 'Grande entreprise',
  'mid-size': 'Entreprise de taille intermédiaire',
  small: 'Petite ou moyenne entreprise',
  micro: 'Micro-entreprise',
  invoice: 'Facture à un professionnel',
  'invoice-consumer': 'Facture à un particulier',
  terms: 'Conditions générales de vente',
  'formal-notice': 'Mise en demeure',
  'collection-for-others': 'Lettre de recouvrement pour autrui',
  'debt-acknowledgement': 'Reconnaissance de dette',
  settlement: 'Transaction',
  'payment-order-request': 'Requête en injonction de payer',
  'insolvency-declaration': 'Déclaration de créance',
};

/** A choice of a field, in French; the word itself when there is none (a test holds that there is one for every choice). */
export const choiceWords = (field: string, choice: string): string => CHOICES[`${field}.${choice}`] ?? CHOICES[choice] ?? choice;

/** Questions whose meaning, as the rule tells it to programs, lists the words of its choices. */
const LABELS: Readonly<Record<string, string>> = {
  'legal-rate.creditor': 'Le créancier',
  'judgment-interest.creditor': 'Le créancier',
  'public-payment-delay.buyer': 'L’acheteur',
  'limitation.relation': 'La relation',
  'economic-court-contribution.claimant': 'Qui demande',
  'deadline.distance': 'Le débiteur demeure loin',
  'named-term.distance': 'Celui que le délai vise demeure loin',
  'foreign-statutory-rate.country': 'Pays, en deux lettres (IE, BE)',
  'forum.procedure': 'Procédure',
};

/** The question a field asks: what it means, as a sentence begins. */
export function labelOf(rule: string, path: string, meaning: string): string {
  const words = LABELS[`${rule}.${path}`] ?? meaning;
  return words.charAt(0).toLocaleUpperCase('fr') + words.slice(1);
}

/** How a part of an answer is called and written; `undefined`: the sentences of the trace say it already, or it is for programs. */
interface PartWords {
  readonly label: string;
  readonly as: 'amount' | 'percent' | 'day' | 'integer' | 'flag' | 'text' | 'choice' | 'cents' | 'nested';
}

const amount = (label: string): PartWords => ({ label, as: 'amount' });
const theDay = (label: string): PartWords => ({ label, as: 'day' });
const flag = (label: string): PartWords => ({ label, as: 'flag' });
const nested = (label: string): PartWords => ({ label, as: 'nested' });

const PARTS: Readonly<Record<string, PartWords>> = {
  principal: amount('Principal'),
  interest: amount('Intérêts'),
  indemnity: amount('Indemnité forfaitaire'),
  total: amount('Total'),
  flat: amount('Indemnité forfaitaire'),
  additional: amount('En plus, sur justificatifs'),
  toInterest: amount('Sur les intérêts'),
  toPrincipal: amount('Sur le principal'),
  toIndemnity: amount('Sur l’indemnité'),
  excess: amount('En trop'),
  principalLeft: amount('Principal restant'),
  interestLeft: amount('Intérêts restants'),
  indemnityLeft: amount('Indemnité restante'),
  customerLoses: amount('Le client qui renonce perd'),
  professionalOwes: amount('Le professionnel qui renonce doit'),
  loss: amount('Perte, hors taxe'),
  vatToRecover: amount('TVA à récupérer'),
  claimed: amount('Clause demandée'),
  amount: amount('Montant'),
  left: amount('Reste'),
  base: amount('Calculés sur'),
  rate: { label: 'Taux annuel', as: 'percent' },
  ratePercent: { label: 'Taux annuel', as: 'percent' },
  days: { label: 'Durée, en jours', as: 'integer' },
  maxDays: { label: 'Maximum, en jours', as: 'integer' },
  from: theDay('Du'),
  to: theDay('Au'),
  on: theDay('Le'),
  dueOn: theDay('Échéance'),
  interestFrom: theDay('Intérêts à partir du'),
  increaseFrom: theDay('Majoration à partir du'),
  startsOn: theDay('Le délai part du'),
  expiry: theDay('Fin du délai'),
  latest: theDay('Au plus tard le'),
  raw: theDay('Fin du délai'),
  shifted: theDay('Prolongée au jour ouvrable'),
  last: theDay('Dernier jour'),
  after: theDay('Trop tard à partir du'),
  lastDay: theDay('Dernier jour pour agir'),
  lastDayFromTerm: theDay('Compté de l’échéance convenue'),
  barredOn: theDay('Prescrite le'),
  runsFrom: theDay('Le délai court du'),
  receiveFrom: theDay('Recevoir à partir du'),
  issueFrom: theDay('Émettre à partir du'),
  declareBy: nested('Déclarer la créance'),
  reliefBy: nested('Demander le relevé de forclusion'),
  reclaimGoodsBy: nested('Revendiquer les biens'),
  agreed: nested('Échéance convenue'),
  lawful: flag('Conforme'),
  capped: flag('Arrêtée par la limite de vingt ans'),
  recoverableNow: flag('TVA récupérable tout de suite'),
  judgeMayReduce: flag('Le juge peut la réduire'),
  noticeRequired: flag('Mise en demeure nécessaire'),
  presumedAbusive: flag('Présumée abusive si disproportionnée'),
  serious: flag('Contestation sérieuse'),
  accepted: flag('Recette acquise'),
  prior: flag('Dette antérieure'),
  mustDeclare: flag('À déclarer'),
  suitsStopped: flag('Poursuites arrêtées'),
  interestStops: flag('Intérêts arrêtés'),
  extinct: flag('Éteinte'),
  enforceableAgainstPlan: flag('Opposable à la procédure'),
  shareInDistribution: flag('Part des répartitions'),
  lawyerRequired: flag('Avocat obligatoire'),
  petitionAllowed: flag('Requête possible'),
  amicableAttemptRequired: flag('Tentative amiable obligatoire'),
  appealPossible: flag('Appel possible'),
  paymentOrderOpen: flag('Injonction de payer possible'),
  clauseEffective: flag('La clause s’applique'),
  proximityPossible: flag('Chambre de proximité possible'),
  fineNaturalPerson: { label: 'Amende, personne physique, jusqu’à', as: 'cents' },
  fineLegalPerson: { label: 'Amende, société, jusqu’à', as: 'cents' },
  source: { label: 'Source', as: 'text' },
  name: { label: 'Tribunal', as: 'text' },
  account: { label: 'Compte', as: 'text' },
  label: { label: 'Intitulé', as: 'text' },
  id: { label: 'Dette', as: 'text' },
  side: { label: 'Sens', as: 'choice' },
  kind: { label: 'Nature', as: 'choice' },
};

/** Where the same name means another thing. */
const OWN_PARTS: Readonly<Record<string, PartWords | null>> = {
  'forum.kind': null,
  'procedure-options.id': null,
  'mandatory-mentions.id': null,
  'serious-dispute.on': null,
  'consumer-works-start.rule': null,
};

export function partWords(rule: string, name: string): PartWords | undefined {
  const own = OWN_PARTS[`${rule}.${name}`];
  return own === null ? undefined : (own ?? PARTS[name]);
}

/** Lists whose sentences stand in the trace, one by one: a table would say them again. */
export const TOLD_BY_TRACE: ReadonlySet<string> = new Set([
  'procedure-options',
  'mandatory-mentions',
  'cross-border-claim',
  'serious-dispute',
]);

/** What a rule that answers with one figure writes. */
export const FIGURES: Readonly<Record<string, PartWords['as']>> = {
  'default-rate': 'percent',
  'legal-rate': 'percent',
  'ecb-rate': 'percent',
  'clause-floor': 'percent',
  'foreign-statutory-rate': 'percent',
  'recovery-indemnity': 'amount',
  'economic-court-contribution': 'amount',
  'legal-aid-contribution': 'amount',
  'service-fee': 'amount',
  'recovery-fee': 'amount',
  'vat-on-compensation': 'amount',
  'public-interest-due-by': 'day',
  'advance-interest-start': 'day',
  'limitation-clause': 'flag',
  'works-guarantee': 'flag',
};

/** Lists inside an answer: what the table is called. */
export const LISTS: Readonly<Record<string, string>> = {
  lines: 'Intérêts, période par période',
  entries: 'Écritures',
  settled: 'Dettes éteintes',
  courts: 'Tribunaux possibles, le plus conseillé d’abord',
  wouldInterrupt: fr`Ce qui ferait repartir le délai`,
};

const SIDES: Readonly<Record<string, string>> = { debit: 'Débit', credit: 'Crédit' };
export const wordOf = (field: string, value: string): string => SIDES[value] ?? choiceWords(field, value);
