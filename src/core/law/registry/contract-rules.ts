import { acceptance, eInvoicingCalendar, penalClause, seriousDispute, worksGuarantee } from '../contract.ts';
import { DOCUMENT_KINDS, mandatoryMentions } from '../mentions.ts';
import { vatOnCompensation, writeOff } from '../write-off.ts';
import { defineRule, type Rule } from './define.ts';
import { aDay, aFlag, anAmount, anInteger, aPercent, oneOf, optional } from './fields.ts';

/** Contract, proof, documents, taxes. */
export const contractRules: readonly Rule[] = [
  defineRule({
    name: 'vat-recovery',
    title: 'TVA et écritures d’une créance irrécouvrable',
    inputs: {
      unpaid: anAmount('reste impayé, TTC'),
      vatRate: aPercent('taux de TVA de la facture'),
      onReceipt: optional(aFlag('prestation taxée à l’encaissement, sans option pour les débits')),
      reason: optional(
        oneOf(
          ['liquidation-judgment', 'fruitless-enforcement', 'disappearance', 'liquidator-certificate'],
          'ce qui rend la créance irrécouvrable',
        ),
      ),
    },
    articles: ['cgi-272', 'bofip-TVA-DED-40-10-20', 'cgi-269', 'cgi-293-B'],
    certainty: 'official',
    formula: 'TVA = reste TTC × taux / (1 + taux)\u202f; écritures 654 et 4457 contre 416.',
    example: { unpaid: '9000.00', vatRate: '20', reason: 'liquidation-judgment' },
    answer: (facts) => writeOff(facts),
  }),
  defineRule({
    name: 'vat-on-compensation',
    title: 'TVA sur les intérêts et l’indemnité',
    inputs: { compensation: anAmount('intérêts de retard et indemnité forfaitaire') },
    articles: ['sp-F23211'],
    certainty: 'official',
    formula: 'Aucune\u202f: ils réparent le retard.',
    example: { compensation: '340.00' },
    answer: ({ compensation }) => vatOnCompensation(compensation),
  }),
  defineRule({
    name: 'works-guarantee',
    title: 'Garantie de paiement des travaux',
    inputs: { priceBeforeVat: anAmount('prix hors taxe'), deposit: optional(anAmount('acompte versé')) },
    articles: ['cciv-1799-1'],
    certainty: 'official',
    formula: 'Due quand le prix hors taxe, acompte déduit, dépasse 12\u202f000\u00a0€.',
    example: { priceBeforeVat: '12500.00' },
    answer: ({ priceBeforeVat, deposit }) => worksGuarantee(priceBeforeVat, deposit),
  }),
  defineRule({
    name: 'e-invoicing-calendar',
    title: 'Calendrier de la facture électronique',
    inputs: { size: oneOf(['large', 'mid-size', 'small', 'micro'], 'taille de l’entreprise') },
    articles: ['lf-2024-91'],
    certainty: 'secondary',
    formula:
      'Recevoir\u202f: toutes le 1er septembre 2026\u202f; émettre\u202f: grandes et moyennes ce jour-là, les autres un an après.',
    example: { size: 'micro' },
    answer: ({ size }) => eInvoicingCalendar(size),
  }),
  defineRule({
    name: 'penal-clause',
    title: 'Clause pénale',
    inputs: {
      principal: anAmount('principal'),
      rate: aPercent('pourcentage de la clause'),
      consumer: aFlag('le débiteur est un consommateur'),
      finalNonPerformance: optional(aFlag('l’inexécution est définitive')),
    },
    articles: ['cciv-1231-5', 'cconso-R212-2'],
    certainty: 'official',
    formula: 'Pourcentage du principal\u202f; le juge peut réduire\u202f; mise en demeure sauf inexécution définitive.',
    example: { principal: '4000.00', rate: '15', consumer: true },
    answer: ({ principal, rate, ...facts }) => penalClause(principal, rate, facts),
  }),
  defineRule({
    name: 'serious-dispute',
    title: 'Contestation sérieuse',
    inputs: {
      signedQuote: optional(aFlag('un devis ou contrat est signé')),
      deliveryProved: optional(aFlag('la livraison ou l’exécution est prouvée')),
      earlierReasonedComplaint: optional(aFlag('le débiteur avait déjà réclamé par écrit, avec des motifs')),
      setOffClaimed: optional(aFlag('le débiteur oppose une compensation')),
    },
    articles: ['cpc-835', 'cpc-873'],
    certainty: 'reading',
    formula: 'Un seul de ces quatre points suffit à fragiliser la demande.',
    example: { signedQuote: true, deliveryProved: true, earlierReasonedComplaint: false, setOffClaimed: false },
    answer: (facts) => seriousDispute(facts),
  }),
  defineRule({
    name: 'acceptance',
    title: 'Recette de la prestation',
    inputs: {
      reportSignedOn: optional(aDay('procès-verbal de recette')),
      tacitAfterDays: optional(anInteger('clause d’acceptation tacite', 'jours')),
      deliveredOn: optional(aDay('livraison')),
      asOf: aDay('jour de la question'),
    },
    articles: ['cciv-1120'],
    certainty: 'official',
    formula: 'Procès-verbal, ou clause d’acceptation tacite\u202f; le silence seul ne vaut pas acceptation.',
    example: { tacitAfterDays: 8, deliveredOn: '2026-10-01', asOf: '2026-11-21' },
    answer: (facts) => acceptance(facts),
  }),
  defineRule({
    name: 'mandatory-mentions',
    title: 'Mentions d’un document',
    inputs: { document: oneOf(DOCUMENT_KINDS, 'document') },
    articles: [
      'ccom-L441-9',
      'cgi-an2-242-nonies-A',
      'ccom-L441-1',
      'cciv-1119',
      'cciv-1344',
      'cciv-1376',
      'cciv-2044',
      'cpc-54',
      'ccom-L622-25',
      'cpce-L124-1',
      'cpce-L111-8',
    ],
    certainty: 'secondary',
    formula: 'La liste de ce que le document doit porter, et de ce que nous conseillons d’y mettre.',
    example: { document: 'formal-notice' },
    answer: ({ document }) => mandatoryMentions(document),
  }),
];
