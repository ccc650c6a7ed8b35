/** What could not be confirmed of the law encoded here, told to the user as it is. Each point goes when a source settles it. */
export const UNCONFIRMED: readonly string[] = [
  'Le taux légal des créanciers particuliers du second semestre 2026 (6,84 %) : une seule source.',
  'Le taux de la BCE de 2,65 % depuis le 16 septembre 2026, et toute décision postérieure : une seule source, sans effet avant le 1er janvier 2027.',
  'Les dates de changement du taux de la BCE de 2008 à 2012 : notées de mémoire.',
  'Si le jour du paiement porte intérêt entre professionnels : Quitus le compte, comme le texte des marchés publics.',
  'Le rang de l’indemnité de 40 € quand un paiement partiel arrive : Quitus la garde sur sa propre ligne.',
  'Ce qui remplace une clause inférieure au plancher (le plancher, ou le taux par défaut) : Quitus montre les deux.',
  'Si la majoration de cinq points après un jugement s’ajoute aussi au taux de l’article L. 441-10.',
  'La contribution de 50 € devant le tribunal judiciaire : applicable depuis le 1er mars ou le 1er mai 2026 selon les sources.',
  'Le décret d’application de la procédure des créances commerciales non contestées (loi du 23 avril 2026) : non trouvé, la procédure n’est pas proposée.',
  'Les frais de greffe d’une injonction de payer devant le tribunal de commerce en 2026 : 25,19 €, 30,23 € ou 33,47 € selon les sources.',
];
