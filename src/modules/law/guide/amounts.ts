import { rateTable } from '#core/law/rates.ts';
import { fr } from '#core/letters/typography.ts';
import type { RuleGuide } from './guide.ts';

/** What is owed: interest, rates, indemnity, and how a payment counts (law sheet, sections 1 to 5). */
export const amountGuides: Readonly<Record<string, RuleGuide>> = {
  'late-interest': {
    says: [
      fr`Entre professionnels, les pénalités de retard sont dues dès le lendemain de l'échéance, sans rappel ni lettre, même si le contrat et la facture n'en disent rien. Elles se calculent sur ce qui reste impayé, taxes comprises, jour par jour.`,
      fr`Un acheteur public doit des intérêts dès le lendemain de la fin de son délai de paiement, à un taux unique pour tout le retard. Un particulier ne doit que le taux légal, et à partir de la mise en demeure seulement, sauf si le contrat dit que l'échéance suffit.`,
      fr`Aucun texte ne fixe le diviseur ni l'arrondi : comme les exemples officiels, Quitus divise par 365 même les années bissextiles, et arrondit chaque ligne au centime. Les intérêts ne produisent pas d'intérêts.`,
    ],
    dates: [
      { on: '2009-01-01', says: fr`Entre professionnels, la majoration passe de 7 à 10 points.` },
      { on: '2019-04-26', says: fr`L'article L441-10 du code de commerce, dans sa version actuelle.` },
      { on: '2027-01-01', says: fr`Une version nouvelle est prévue : elle ne changerait qu'un renvoi de sa première partie.` },
    ],
    series: (law) => [rateTable(law).business, rateTable(law).public, law.legalRate.other],
  },
  'default-rate': {
    says: [
      fr`Quand rien n'a été convenu entre professionnels, le taux annuel est celui de la dernière opération de refinancement de la Banque centrale européenne, majoré de 10 points. Le taux du 1er janvier sert au premier semestre, celui du 1er juillet au second : un retard long traverse donc plusieurs taux.`,
      fr`Un acheteur public doit le taux de la BCE majoré de 8 points, lu au premier jour du semestre où les intérêts commencent ; il ne change plus ensuite.`,
    ],
    dates: [
      { on: '2009-01-01', says: fr`Entre professionnels, la majoration passe de 7 à 10 points.` },
      { on: '2013-03-16', says: fr`Pour les acheteurs publics, la majoration devient 8 points.` },
    ],
    series: (law) => [rateTable(law).business, rateTable(law).public],
  },
  'legal-rate': {
    says: [
      fr`Le taux de l'intérêt légal est fixé par arrêté chaque semestre, en deux colonnes. La plus haute vaut pour les créanciers particuliers qui n'agissent pas pour leur activité. Toute entreprise, même individuelle, relève de l'autre.`,
      fr`C'est le taux que doit un particulier mis en demeure, et celui d'une condamnation par un juge.`,
    ],
    dates: [{ on: '2015-01-01', says: fr`Deux colonnes et un taux par semestre ; avant, un seul taux par an.` }],
    series: (law) => [law.legalRate.other, law.legalRate.individual],
  },
  'ecb-rate': {
    says: [
      fr`La Banque centrale européenne change son taux de refinancement plusieurs fois par an. Pour les retards de paiement, seuls comptent le taux du 1er janvier et celui du 1er juillet : une décision prise en septembre n'a d'effet que le 1er janvier suivant.`,
    ],
    series: (law) => [law.semesterReference],
  },
  'clause-floor': {
    says: [
      fr`Entre professionnels, un contrat peut fixer un autre taux, mais pas moins de trois fois le taux légal. Ce plancher limite les clauses : il ne s'ajoute pas et ne remplace pas le taux applicable sans clause, même quand il est plus élevé.`,
      fr`La loi ne dit pas ce qui remplace une clause trop basse. Quitus applique le taux du contrat et montre le plancher à côté.`,
    ],
    dates: [{ on: '2009-01-01', says: fr`Le plancher passe à trois fois le taux légal.` }],
    series: (law) => [rateTable(law).clauseFloor],
  },
  'recovery-indemnity': {
    says: [
      fr`Chaque facture payée en retard par un professionnel ou un acheteur public donne droit à 40 €, sans rien avoir à prouver, même pour un petit retard ou un petit montant. Deux factures, deux fois 40 € ; un contrat payé en plusieurs termes, 40 € par terme manqué.`,
      fr`Elle n'est pas soumise à la TVA, ne porte pas intérêt et reste due après un paiement partiel. Elle ne se réclame jamais à un particulier, ni pour une facture que la loi interdisait au débiteur de payer (procédure collective).`,
    ],
    dates: [
      { on: '2013-01-01', says: fr`Création de l'indemnité.` },
      { on: '2019-04-26', says: fr`Article L441-10 du code de commerce, version actuelle.` },
      { on: '2022-12-01', says: fr`La Cour de justice de l'Union : une indemnité par retard, même au sein d'un seul contrat.` },
    ],
    series: (law) => [law.recoveryIndemnity],
  },
  'further-compensation': {
    says: [
      fr`Quand le recouvrement a coûté plus de 40 €, la différence peut être demandée en plus, sur justificatifs : facture d'avocat, de commissaire de justice, de société de recouvrement.`,
    ],
  },
  'penal-clause': {
    says: [
      fr`Une clause pénale fixe d'avance ce que doit celui qui n'exécute pas, souvent un pourcentage. Le juge peut la réduire si elle est manifestement excessive, et elle suppose une mise en demeure, sauf inexécution définitive.`,
      fr`Les pénalités de retard entre professionnels ne sont pas une clause pénale : le juge ne peut pas les réduire. Face à un particulier, une pénalité disproportionnée est présumée abusive.`,
    ],
  },
  capitalisation: {
    says: [
      fr`Les intérêts ne produisent des intérêts que si une clause ou une décision de justice le prévoit, et seulement pour des intérêts dus depuis une année entière.`,
    ],
  },
  'judgment-interest': {
    says: [
      fr`Une condamnation porte intérêt au taux légal. Deux mois après que la décision est exécutoire, même par provision, ce taux est majoré de cinq points. Le juge de l'exécution peut en dispenser ou réduire la majoration.`,
    ],
    series: (law) => [law.judgmentIncrease, law.legalRate.other],
  },
  'payment-imputation': {
    says: [
      fr`Un paiement partiel éteint d'abord les intérêts, puis le principal, sauf si vous acceptez l'ordre inverse. Vous pouvez aussi refuser un paiement partiel.`,
      fr`Aucun texte ne dit où placer les 40 € : Quitus les garde sur leur propre ligne, en dernier.`,
    ],
  },
  'debts-imputation': {
    says: [
      fr`Quand il doit plusieurs factures et paie une somme, le débiteur dit laquelle il paie. S'il ne dit rien : d'abord les dettes échues, parmi elles celle qu'il a le plus d'intérêt à éteindre, puis la plus ancienne ; à égalité, en proportion.`,
    ],
  },
  'credit-note': {
    says: [
      fr`Un avoir n'est pas un paiement : il corrige la dette elle-même. À sa date, il réduit le principal ; un avoir du total annule la facture, intérêts compris. C'est notre lecture : aucun texte ne le dit.`,
    ],
  },
  'advance-payment': {
    says: [
      fr`Face à un consommateur, une somme versée d'avance est faite d'arrhes si le contrat ne dit rien : le client qui renonce les perd, le professionnel qui renonce en rend le double. Avec un acompte, l'engagement est ferme des deux côtés. Entre professionnels, écrivez lequel des deux.`,
    ],
  },
  'advance-interest-start': {
    says: [
      fr`Une somme versée d'avance par un consommateur porte intérêt au taux légal au bout de trois mois, jusqu'à la livraison ou l'exécution.`,
    ],
  },
  'foreign-statutory-rate': {
    says: [
      fr`Chaque État de l'Union fixe son taux de retard : au moins le taux de la BCE majoré de 8 points. Sans choix des parties, c'est la loi du vendeur ou du prestataire qui s'applique : un prestataire français garde en principe le taux français.`,
      fr`Quitus ne connaît que l'Irlande et la Belgique.`,
    ],
    series: (law) => [law.semesterReference],
  },
};
