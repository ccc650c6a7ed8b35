/** A point of law that could not be confirmed. It is shown wherever a figure depends on it, never settled silently. */
export interface OpenQuestion {
  readonly id: string;
  readonly says: string;
  /** the rules whose answers depend on it */
  readonly rules: readonly string[];
}

export const OPEN_QUESTIONS: readonly OpenQuestion[] = [
  {
    id: 'legal-aid-start',
    rules: ['legal-aid-contribution'],
    says: 'Contribution de 50\u00a0€\u202f: deux sources donnent le 1er mars ou le 1er mai 2026\u202f; décret non vu\u202f; la dispense de l’injonction de payer vient d’une seule source.',
  },
  {
    id: 'uncontested-decree',
    rules: ['procedure-options'],
    says: 'Le décret d’application de la procédure des créances non contestées (CPCE, art. L126-1) n’était pas trouvé le 25 septembre 2026.',
  },
  {
    id: 'ecb-after-september',
    rules: ['ecb-rate', 'default-rate'],
    says: 'Les décisions de la BCE après le 16 septembre 2026 n’ont pas été vues\u202f; 2,65\u00a0% vient d’un seul dépôt public.',
  },
  {
    id: 'legal-rate-individual',
    rules: ['legal-rate', 'judgment-interest'],
    says: 'Le taux légal de 6,84\u00a0% (créanciers particuliers, 2e semestre 2026) vient d’une seule source.',
  },
  {
    id: 'registry-fee',
    rules: ['payment-order-registry-fee', 'recovery-fee'],
    says: 'Frais de greffe au tribunal de commerce\u202f: 25,19, 30,23 ou 33,47\u00a0€ selon la source\u202f; tarif 2026 de la procédure des petites créances non vu.',
  },
  {
    id: 'increase-scope',
    rules: ['judgment-interest'],
    says: 'Que la majoration de cinq points atteigne aussi le taux d’un contrat ou de l’article L441-10 n’est pas tranché.',
  },
  {
    id: 'last-day',
    rules: ['late-interest', 'insolvency-effects'],
    says: 'Que le jour du paiement, ou celui du jugement d’ouverture, porte intérêt n’est écrit que pour les acheteurs publics.',
  },
  {
    id: 'indemnity-rank',
    rules: ['payment-imputation'],
    says: 'Le rang des 40\u00a0€ dans l’imputation d’un paiement n’a pas d’autorité\u202f; nous les plaçons en dernier.',
  },
  {
    id: 'below-floor',
    rules: ['clause-floor', 'late-interest'],
    says: 'La loi ne dit pas ce qui remplace une clause inférieure au plancher\u202f: le plancher, ou le taux sans clause.',
  },
  {
    id: 'order-lawyer',
    rules: ['amount-thresholds'],
    says: 'Qu’un avocat soit obligatoire pour la requête en injonction de payer au-dessus de 10\u202f000\u00a0€ est disputé.',
  },
  {
    id: 'interim-750-1',
    rules: ['amount-thresholds'],
    says: 'Que l’article 750-1 vise un référé jusqu’à 5\u202f000\u00a0€ n’est pas tranché.',
  },
  {
    id: 'local-holidays',
    rules: ['deadline', 'named-term'],
    says: 'Qu’un jour férié local prolonge un délai n’a pas été jugé\u202f; Saint-Martin\u202f: 27 ou 28\u00a0mai selon la source.',
  },
  {
    id: 'limitation-extension',
    rules: ['limitation'],
    says: 'Que la prescription qui finit un jour férié soit prolongée n’est pas établi\u202f; nous n’y comptons pas.',
  },
  {
    id: 'foreign-rates',
    rules: ['foreign-statutory-rate'],
    says: 'Les taux légaux de retard de 2026 des autres États de l’Union ne sont pas enregistrés, sauf Belgique et Irlande.',
  },
  {
    id: 'ecb-2008-2012',
    rules: ['default-rate'],
    says: 'Les dates de changement du taux de la BCE de 2008 à 2012 sont de mémoire.',
  },
  {
    id: 'late-payment-bill',
    rules: ['maximum-term', 'late-interest'],
    says: 'Le sort de la proposition de loi sur les retards de paiement (Sénat, n° 83) et du règlement européen COM(2023) 533 n’est pas connu.',
  },
  {
    id: 'january-2027',
    rules: ['late-interest'],
    says: 'Le texte de l’article L441-10 au 1er janvier 2027 est connu par une seule source\u202f; sa partie II ne changerait pas.',
  },
];
