import { missing } from '../../kernel/outcome.ts';
import { proceduralDeadline } from '../deadlines.ts';
import { acceptanceProcedure, dueDate, maximumTerm, type Term } from '../due-dates.ts';
import { HOLIDAY_ZONES } from '../holidays.ts';
import { insolvencyDeadlines, insolvencyEffects, undeclaredDebt } from '../insolvency.ts';
import { consumerWorksStart, limitation, limitationClause } from '../limitation.ts';
import type { LimitationEvent } from '../limitation-events.ts';
import { NAMED_TERMS, namedTerm, paymentOrderService, type TermId } from '../named-terms.ts';
import { defineRule, type Rule } from './define.ts';
import { aDay, aFlag, anInteger, anObject, listOf, oneOf, optional } from './fields.ts';

const zone = oneOf(HOLIDAY_ZONES, 'où les jours fériés se comptent');
const term = optional(
  anObject(
    {
      kind: oneOf(['net', 'end-of-month'], 'net, ou fin de mois'),
      days: anInteger('durée', 'jours'),
      way: optional(
        oneOf(
          ['days-then-end-of-month', 'end-of-month-then-days'],
          'façon de compter la fin de mois, que le contrat doit choisir',
        ),
      ),
      onDay: optional(anInteger('« le 15 » après la fin de mois')),
    },
    'terme convenu',
  ),
);

interface GivenTerm {
  readonly kind: 'net' | 'end-of-month';
  readonly days: number;
  readonly way?: 'days-then-end-of-month' | 'end-of-month-then-days';
  readonly onDay?: number;
}

/** A term as the rules want it; undefined when "fin de mois" does not say which way. */
function termOf(given: GivenTerm): Term | undefined {
  if (given.kind === 'net') return { kind: 'net', days: given.days };
  return (
    given.way && {
      kind: 'end-of-month',
      days: given.days,
      way: given.way,
      ...(given.onDay !== undefined && { onDay: given.onDay }),
    }
  );
}

const noWay = missing(
  ['term.way'],
  'Deux façons de compter la fin de mois sont admises\u202f: le contrat doit choisir (days-then-end-of-month ou end-of-month-then-days).',
);

const EVENT_KINDS = [
  'acknowledgement',
  'part-payment',
  'court-claim',
  'payment-order-served',
  'enforcement-act',
  'insolvency-declaration',
  'mediation',
  'expert-measure',
  'formal-notice',
  'payment-order-filed',
] as const satisfies readonly LimitationEvent['kind'][];

/** Due dates, deadlines, limitation, insolvency. */
export const dateRules: readonly Rule[] = [
  defineRule({
    name: 'due-date',
    title: 'Échéance d’une facture',
    inputs: { issuedOn: optional(aDay('date de la facture')), performedOn: optional(aDay('réception ou exécution')), term },
    articles: ['ccom-L441-10-I'],
    certainty: 'official',
    formula: 'Le terme convenu\u202f; sinon 30 jours après la réception ou l’exécution. Pénalités dès le lendemain.',
    example: { performedOn: '2026-09-10' },
    answer: ({ term: given, ...facts }) => {
      const agreed = given && termOf(given);
      if (given && !agreed) return noWay;
      return dueDate({ ...facts, ...(agreed && { term: agreed }) });
    },
  }),
  defineRule({
    name: 'maximum-term',
    title: 'Délai de paiement maximal',
    inputs: {
      sector: optional(oneOf(['general', 'transport', 'perishable-food', 'livestock-meat', 'spirits', 'wine'], 'secteur')),
      issuedOn: optional(aDay('date de la facture')),
      deliveredOn: optional(aDay('livraison')),
      periodic: optional(aFlag('facture récapitulative')),
      term,
      overseasStart: optional(aDay('outre-mer\u202f: dédouanement, ou 21e jour de mise à disposition au port')),
    },
    articles: ['ccom-L441-10-I', 'ccom-L441-11', 'ccom-L441-16'],
    certainty: 'official',
    formula:
      '60 jours après la facture, ou 45 jours fin de mois par clause\u202f; 45 jours pour une facture périodique\u202f; délais propres à certains secteurs.',
    example: { issuedOn: '2026-07-03', term: { kind: 'net', days: 75 } },
    answer: ({ term: given, ...facts }) => {
      const agreed = given && termOf(given);
      if (given && !agreed) return noWay;
      return maximumTerm({ ...facts, ...(agreed && { term: agreed }) });
    },
  }),
  defineRule({
    name: 'acceptance-procedure',
    title: 'Durée d’une procédure d’acceptation',
    inputs: { days: anInteger('durée prévue', 'jours') },
    articles: ['ccom-L441-10-III'],
    certainty: 'official',
    formula: '30 jours au plus, sauf clause expresse et non abusive.',
    example: { days: 45 },
    answer: ({ days }) => acceptanceProcedure(days),
  }),
  defineRule({
    name: 'deadline',
    title: 'Fin d’un délai de procédure',
    inputs: {
      from: aDay('jour de l’acte, non compté'),
      days: optional(anInteger('durée en jours', 'jours')),
      months: optional(anInteger('durée en mois', 'mois')),
      zone,
      distance: optional(oneOf(['overseas', 'abroad'], 'outre-mer\u202f: un mois de plus\u202f; étranger\u202f: deux')),
    },
    articles: ['cpc-641', 'cpc-643', 'cpc-668', 'cpc-670-1', 'ctrav-L3133-1', 'ctrav-L3134-13'],
    certainty: 'official',
    formula:
      'Les mois puis les jours, de quantième à quantième\u202f; un samedi, un dimanche ou un jour férié reporte au premier jour ouvrable.',
    example: { from: '2026-02-14', days: null, months: 3, zone: 'metropole' },
    answer: (facts) => proceduralDeadline(facts),
  }),
  defineRule({
    name: 'named-term',
    title: 'Un délai que la loi nomme',
    inputs: {
      term: oneOf(
        NAMED_TERMS.map((one) => one.id),
        'le délai',
      ),
      from: aDay('jour de l’événement qui le fait courir'),
      zone: optional(zone),
      distance: optional(oneOf(['overseas', 'abroad'], 'outre-mer ou étranger')),
    },
    articles: ['cpc-641', 'cpc-1411', 'cpc-1416', 'ccom-L622-24'],
    certainty: 'official',
    formula: 'La durée du délai, de quantième à quantième, reportée au jour ouvrable quand c’est un délai de procédure.',
    example: { term: 'payment-order-opposition', from: '2026-11-25' },
    answer: ({ term: id, from, zone: where, distance }) => namedTerm(id satisfies TermId, from, where, distance),
  }),
  defineRule({
    name: 'payment-order-service',
    title: 'Signifier une ordonnance d’injonction de payer',
    inputs: { renderedOn: aDay('date de l’ordonnance'), zone: optional(zone) },
    articles: ['cpc-1411', 'decret-2026-96'],
    certainty: 'secondary',
    formula: 'Trois mois si elle est rendue à partir du 1er septembre 2026, six mois avant\u202f; sinon elle est non avenue.',
    example: { renderedOn: '2026-11-21' },
    answer: ({ renderedOn, zone: where }) => paymentOrderService(renderedOn, where),
  }),
  defineRule({
    name: 'limitation',
    title: 'Prescription',
    inputs: {
      relation: oneOf(
        ['professional', 'consumer', 'carriage', 'title'],
        'professional\u202f: 5 ans\u202f; consumer\u202f: 2\u202f; carriage\u202f: 1\u202f; title\u202f: 10',
      ),
      startsOn: aDay('fin de la prestation, livraison, ou titre exécutoire'),
      termOn: optional(aDay('échéance convenue')),
      bornOn: optional(aDay('naissance du droit, si elle diffère')),
      events: optional(
        listOf(
          {
            kind: oneOf(EVENT_KINDS, 'ce qui s’est passé'),
            on: aDay('jour'),
            endedOn: optional(aDay('fin de l’instance ou de la médiation')),
            result: optional(oneOf(['granted', 'failed'], 'issue d’une demande en justice')),
          },
          'ce qui a interrompu ou suspendu',
        ),
      ),
    },
    articles: [
      'cciv-2224',
      'ccom-L110-4',
      'cconso-L218-2',
      'cciv-2240',
      'cciv-2238',
      'cciv-2232',
      'ccass-com-2020-02-26',
      'ccass-civ3-2020-05-14',
    ],
    certainty: 'official',
    formula:
      'La durée court du lendemain de la fin de la prestation\u202f; une interruption la fait repartir, une suspension l’arrête\u202f; vingt ans au plus.',
    example: { relation: 'professional', startsOn: '2022-01-15', termOn: '2022-02-28' },
    answer: ({ events, ...facts }) => limitation({ ...facts, ...(events && { events: events as readonly LimitationEvent[] }) }),
  }),
  defineRule({
    name: 'limitation-clause',
    title: 'Clause de prescription',
    inputs: { years: anInteger('durée', 'ans'), consumer: aFlag('le débiteur est un consommateur') },
    articles: ['cciv-2254', 'cconso-L218-1'],
    certainty: 'official',
    formula: 'Entre un et dix ans\u202f; jamais avec un consommateur.',
    example: { years: 1, consumer: false },
    answer: ({ years, consumer }) => limitationClause(years, consumer),
  }),
  defineRule({
    name: 'consumer-works-start',
    title: 'Départ de la prescription des travaux d’un consommateur',
    inputs: {
      completedOn: aDay('fin des travaux'),
      invoicedOn: optional(aDay('date de la facture')),
      suedOn: aDay('jour de la demande en justice'),
    },
    articles: ['ccass-civ1-2021-05-19', 'cconso-L218-2'],
    certainty: 'secondary',
    formula: 'L’achèvement\u202f; la facture pour les demandes antérieures à l’arrêt du 19 mai 2021.',
    example: { completedOn: '2024-11-30', suedOn: '2026-11-21' },
    answer: (facts) => consumerWorksStart(facts),
  }),
  defineRule({
    name: 'insolvency-deadlines',
    title: 'Délais de la procédure collective',
    inputs: { publishedOn: aDay('publication au BODACC'), distant: optional(aFlag('créancier hors de France métropolitaine')) },
    articles: ['ccom-L622-24', 'ccom-L622-26', 'ccom-L624-9', 'ccom-R662-1', 'ccom-R621-8'],
    certainty: 'secondary',
    formula: 'Déclarer sous deux mois (quatre hors métropole), relevé sous six mois, revendication sous trois.',
    example: { publishedOn: '2026-10-15' },
    answer: (facts) => insolvencyDeadlines(facts),
  }),
  defineRule({
    name: 'insolvency-effects',
    title: 'Effets du jugement d’ouverture',
    inputs: {
      bornOn: aDay('naissance de la dette'),
      openedOn: aDay('jugement d’ouverture'),
      loanOfAYear: optional(aFlag('prêt d’un an ou plus')),
    },
    articles: ['ccom-L622-7', 'ccom-L622-21', 'ccom-L622-28', 'ccom-L622-17'],
    certainty: 'secondary',
    formula:
      'Dette antérieure\u202f: à déclarer, poursuites et intérêts arrêtés\u202f; dette postérieure utile\u202f: payée à l’échéance.',
    example: { bornOn: '2026-08-31', openedOn: '2026-10-05' },
    answer: (facts) => insolvencyEffects(facts),
  }),
  defineRule({
    name: 'undeclared-debt',
    title: 'Créance non déclarée',
    inputs: { declared: aFlag('déclarée à temps'), reliefGranted: aFlag('relevé de forclusion obtenu') },
    articles: ['ccom-L622-26'],
    certainty: 'secondary',
    formula: 'Ni éteinte ni opposable\u202f: aucune part des répartitions.',
    example: { declared: false, reliefGranted: false },
    answer: (facts) => undeclaredDebt(facts),
  }),
];
