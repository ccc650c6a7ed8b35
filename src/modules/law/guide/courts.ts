import { fr } from '#core/letters/typography.ts';
import type { RuleGuide } from './guide.ts';

/** Which court, which way, at which cost (law sheet, sections 4, 8 and 9). */
export const courtGuides: Readonly<Record<string, RuleGuide>> = {
  forum: {
    says: [
      fr`C'est la qualité des deux parties qui décide, dans cet ordre. Une personne publique : le tribunal administratif, sans injonction de payer. Un débiteur qui n'est pas commerçant (particulier, profession libérale, association, société civile, agriculteur) : le tribunal judiciaire. Deux commerçants, sociétés commerciales ou artisans : le tribunal de commerce. Un créancier non commerçant contre un commerçant : l'un ou l'autre, à son choix.`,
      fr`En Moselle et en Alsace, la chambre commerciale du tribunal judiciaire tient lieu de tribunal de commerce ; outre-mer, un tribunal mixte. Dans douze villes, le tribunal de commerce s'appelle tribunal des activités économiques.`,
      fr`L'injonction de payer se demande là où demeure le débiteur, quoi qu'en dise le contrat. Sur le fond, on peut aussi choisir le lieu de la prestation ou de la livraison ; une clause qui désigne un tribunal ne vaut qu'entre commerçants et si elle est très apparente.`,
    ],
    dates: [
      { on: '2022-01-01', says: fr`Les litiges entre artisans et commerçants vont au tribunal de commerce.` },
      { on: '2025-01-01', says: fr`Douze tribunaux des activités économiques, à titre d'essai.` },
      { on: '2028-12-31', says: fr`Fin annoncée de cet essai.` },
    ],
  },
  'procedure-options': {
    says: [
      fr`Plusieurs chemins mènent à un titre exécutoire : l'injonction de payer, sur dossier et sans audience ; la procédure des petites créances par un commissaire de justice, jusqu'à 5 000 € ; le référé-provision, quand la dette n'est pas sérieusement contestable ; l'assignation au fond. Une saisie conservatoire bloque l'argent quand le recouvrement est menacé.`,
      fr`La procédure des créances commerciales non contestées existe dans la loi depuis avril 2026, mais son décret d'application n'a pas été trouvé : Quitus la montre sans la proposer.`,
    ],
    dates: [
      {
        on: '2026-04-25',
        says: fr`Loi n° 2026-307 : procédure des créances commerciales non contestées, en attente de son décret.`,
      },
      { on: '2026-09-01', says: fr`Injonction de payer : nouvelles règles de signification.` },
    ],
  },
  'amount-thresholds': {
    says: [
      fr`Jusqu'à 5 000 € devant le tribunal judiciaire : une simple requête suffit, une tentative amiable est obligatoire (conciliateur, médiation ou procédure participative) et le jugement est sans appel. Au-dessus de 10 000 €, il faut un avocat, au tribunal judiciaire comme au tribunal de commerce.`,
      fr`L'injonction de payer n'exige pas de tentative amiable, et se demande en pratique sans avocat.`,
    ],
    dates: [
      { on: '2020-01-01', says: fr`La tentative amiable devient obligatoire.` },
      { on: '2022-09-22', says: fr`Le Conseil d'État annule cette obligation pour l'avenir.` },
      { on: '2023-10-01', says: fr`Elle revient, pour les affaires introduites à partir de ce jour.` },
      { on: '2025-09-25', says: fr`Avis de la Cour de cassation : elle ne vise pas l'injonction de payer.` },
    ],
  },
  'serious-dispute': {
    says: [
      fr`Une contestation sérieuse ferme le référé et fragilise l'injonction de payer. Quatre points à vérifier avant de commencer : un devis ou un contrat signé, la preuve de la livraison, une réclamation écrite et motivée reçue auparavant, une compensation demandée par le client.`,
    ],
  },
  'payment-order-registry-fee': {
    says: [
      fr`Devant le tribunal judiciaire, la requête en injonction de payer ne coûte rien au greffe. Devant le tribunal de commerce, trois sources donnent trois prix : Quitus les montre tous et n'en choisit aucun. Demandez au greffe, et saisissez sa réponse dans « Vos valeurs ».`,
    ],
  },
  'service-fee': {
    says: [
      fr`Le tarif du commissaire de justice pour signifier une ordonnance dépend de son montant, auquel s'ajoutent les frais de déplacement et la TVA. Ces frais sont ensuite à la charge du débiteur condamné.`,
    ],
    dates: [{ on: '2028-02-29', says: fr`Dernier jour du tarif connu.` }],
  },
  'recovery-fee': {
    says: [
      fr`Le commissaire de justice qui recouvre une somme en retient une part, par tranches dégressives. Le barème connu est celui de 2020 : le tarif de 2026 n'a pas été vu.`,
    ],
  },
  'legal-aid-contribution': {
    says: [
      fr`Depuis 2026, une instance civile devant le tribunal judiciaire coûte 50 € au demandeur, au titre de l'aide juridique. Ni les affaires commerciales, ni les affaires administratives ; pas non plus celui qui a l'aide juridictionnelle. Elle s'ajoute aux dépens. Le greffe laisse un mois pour régulariser.`,
    ],
    dates: [
      { on: '2026-02-19', says: fr`Loi de finances pour 2026.` },
      { on: '2026-03-01', says: fr`Début selon deux sources.` },
      { on: '2026-05-01', says: fr`Début selon une autre.` },
    ],
  },
  'economic-court-contribution': {
    says: [
      fr`Devant les douze tribunaux des activités économiques, celui qui demande plus de 50 000 € paie une contribution, s'il emploie 250 salariés ou plus et dépasse des seuils de chiffre d'affaires et de bénéfice, ou si c'est un particulier aux revenus élevés. Un indépendant ou une petite entreprise ne la paie pratiquement jamais.`,
    ],
    dates: [
      { on: '2025-01-01', says: fr`Début de l'essai.` },
      { on: '2028-12-31', says: fr`Fin annoncée de l'essai.` },
    ],
  },
  'cross-border-claim': {
    says: [
      fr`Contre un débiteur d'un autre État de l'Union, deux procédures européennes par formulaire : l'injonction de payer européenne, sans plafond, et le règlement des petits litiges, jusqu'à 5 000 € hors intérêts et frais. Le juge est celui du débiteur, ou du lieu de la livraison ou du service ; un consommateur ne s'assigne que chez lui.`,
    ],
  },
};
