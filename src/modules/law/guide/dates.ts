import { fr } from '#core/letters/typography.ts';
import type { RuleGuide } from './guide.ts';

/** Due dates, deadlines, limitation, insolvency (law sheet, sections 1.5, 3, 6, 9, 10, 11). */
export const dateGuides: Readonly<Record<string, RuleGuide>> = {
  'due-date': {
    says: [
      fr`L'échéance est celle que vous avez convenue. Sans accord, le paiement est dû 30 jours après la réception de la marchandise ou l'exécution de la prestation. Les pénalités courent dès le lendemain.`,
      fr`« 45 jours fin de mois » se compte de deux façons admises : la facture plus 45 jours puis la fin du mois, ou la fin du mois plus 45 jours. Le contrat doit choisir.`,
    ],
  },
  'maximum-term': {
    says: [
      fr`Entre professionnels, un délai convenu ne dépasse pas 60 jours après la facture, ou 45 jours fin de mois si une clause le prévoit ; 45 jours pour une facture périodique. Certains secteurs ont des délais plus courts : transport, denrées périssables, bétail et viande, alcools.`,
      fr`Un délai trop long expose l'acheteur à une amende administrative, doublée en cas de récidive dans les deux ans.`,
    ],
    dates: [{ on: '2024-01-01', says: fr`Article L441-11 du code de commerce sur les délais par secteur, version actuelle.` }],
  },
  'acceptance-procedure': {
    says: [
      fr`Quand le client vérifie avant de payer, cette vérification ne dure pas plus de 30 jours, sauf clause contraire qui ne soit pas manifestement abusive.`,
    ],
  },
  acceptance: {
    says: [
      fr`Le procès-verbal de recette fixe la fin de la prestation et le départ de la prescription. Le silence ne vaut pas acceptation, sauf usage, relations d'affaires ou contrat : une clause d'acceptation tacite avec un délai court l'évite.`,
    ],
  },
  'public-payment-delay': {
    says: [
      fr`L'État et les collectivités paient sous 30 jours après réception de la demande, les établissements publics de santé et le service de santé des armées sous 50, les entreprises publiques sous 60.`,
      fr`Si la prestation est exécutée après, le délai part de l'exécution ; si l'acheteur n'a pas constaté la réception, de la date de votre demande augmentée de deux jours. Il peut suspendre une seule fois, en disant pourquoi et quelles pièces manquent : le délai est alors de 30 jours, ou du solde s'il est plus long.`,
    ],
    dates: [{ on: '2013-03-29', says: fr`Décret n° 2013-269, origine de ces délais.` }],
  },
  'public-interest-due-by': {
    says: [
      fr`L'acheteur public doit payer les intérêts moratoires et l'indemnité de 40 € dans les 45 jours qui suivent la mise en paiement du principal. Une renonciation à ces sommes est sans effet.`,
    ],
  },
  'works-guarantee': {
    says: [
      fr`Pour des travaux de plus de 12 000 € hors taxe, acompte déduit, le maître de l'ouvrage doit garantir le paiement de l'entrepreneur. Sans garantie, l'entrepreneur impayé peut suspendre les travaux quinze jours après une mise en demeure restée sans effet.`,
    ],
  },
  limitation: {
    says: [
      fr`Passé un délai, on ne peut plus agir en justice : cinq ans entre professionnels, deux ans contre un consommateur, un an pour un transport de marchandises, dix ans pour exécuter un titre. Il court de la fin de la prestation, et non de la date de la facture ; un terme convenu le reporte.`,
      fr`Ce qui interrompt fait repartir le délai en entier : la reconnaissance du débiteur (même un courriel qui demande du temps, un paiement partiel, un échéancier signé), une action en justice, la signification d'une injonction de payer, un acte d'exécution, une déclaration de créance. Une médiation acceptée le suspend.`,
      fr`Ni une relance, ni une mise en demeure, ni le simple dépôt d'une requête en injonction de payer n'interrompent. Vingt ans après la naissance de la créance, plus rien ne prolonge, sauf une action en justice ou une mesure d'exécution.`,
    ],
    dates: [
      { on: '2020-02-26', says: fr`La Cour de cassation fait partir le délai de la fin de la prestation, entre professionnels.` },
      { on: '2021-05-19', says: fr`La même règle pour les travaux d'un consommateur.` },
    ],
  },
  'limitation-clause': {
    says: [fr`Un contrat peut fixer la prescription entre un et dix ans, jamais avec un consommateur.`],
  },
  'consumer-works-start': {
    says: [
      fr`Pour des travaux commandés par un consommateur, les deux ans partent de leur achèvement. La Cour de cassation l'a dit en 2021 ; avant, elle retenait la date de la facture.`,
    ],
    dates: [{ on: '2021-05-19', says: fr`Nouvelle règle ; l'ancienne reste pour les demandes antérieures.` }],
  },
  deadline: {
    says: [
      fr`Le jour de l'acte ne compte pas. Un délai en mois finit au même quantième, ou au dernier jour du mois s'il n'existe pas ; les mois d'abord, puis les jours. Un délai de procédure qui finit un samedi, un dimanche ou un jour férié est prolongé au premier jour ouvrable.`,
      fr`L'Alsace-Moselle et l'outre-mer ont des jours fériés en plus. Qu'ils prolongent un délai n'a pas été jugé : pour agir, tenez-vous à la date la plus proche.`,
      fr`Celui qui demeure outre-mer a un mois de plus, à l'étranger deux.`,
    ],
  },
  'named-term': {
    says: [
      fr`Les délais que l'on rencontre entre la facture impayée et le paiement forcé : combien, à partir de quel événement, et ce qui arrive quand on les manque.`,
    ],
    dates: [{ on: '2026-09-01', says: fr`Une ordonnance d'injonction de payer se signifie en trois mois au lieu de six.` }],
  },
  'payment-order-service': {
    says: [
      fr`L'ordonnance d'injonction de payer doit être signifiée au débiteur par un commissaire de justice, sinon elle est non avenue : en trois mois si elle est rendue à partir du 1er septembre 2026, en six mois si elle l'a été avant. C'est la date de l'ordonnance qui compte.`,
    ],
    dates: [
      { on: '2022-03-01', says: fr`La formule exécutoire est mise dès l'ordonnance.` },
      { on: '2026-09-01', says: fr`Trois mois pour signifier au lieu de six (décret n° 2026-96).` },
    ],
  },
  'insolvency-deadlines': {
    says: [
      fr`Le jugement d'ouverture paraît au BODACC. De cette parution, vous avez deux mois pour déclarer votre créance au mandataire ou au liquidateur, quatre si vous n'êtes pas en France métropolitaine. La date d'envoi compte ; gardez la preuve du contenu.`,
      fr`En retard, un relevé de forclusion se demande dans les six mois. Des biens vendus avec réserve de propriété se revendiquent dans les trois mois.`,
    ],
  },
  'insolvency-effects': {
    says: [
      fr`Le jugement d'ouverture interdit de payer les dettes antérieures, arrête les poursuites et, sauf prêt d'un an ou plus, le cours des intérêts. Il ne reste qu'à déclarer la créance. Une dette née ensuite et utile à la procédure se paie à son échéance.`,
    ],
  },
  'undeclared-debt': {
    says: [
      fr`Une créance non déclarée n'est pas éteinte, mais elle ne compte pas dans la procédure : aucune part des répartitions. Le relevé de forclusion permet encore de déclarer.`,
    ],
  },
};
