import { advanceInterestStart, qualifyAdvance } from '../advance-payment.ts';
import { foreignStatutoryRate } from '../europe.ts';
import { furtherCompensation, recoveryIndemnity } from '../indemnity.ts';
import { judgmentInterest } from '../judgment-interest.ts';
import { PUBLIC_DELAY_DAYS, type PublicBuyerKind, publicInterestDueBy, publicPaymentDelay } from '../public-buyer.ts';
import { clauseFloor, defaultRate, ecbRate, legalRate } from '../rates.ts';
import { defineRule, type Rule } from './define.ts';
import { aDay, aFlag, anAmount, anObject, aText, listOf, oneOf, optional } from './fields.ts';

const column = oneOf(
  ['individual', 'other'],
  'individual\u202f: créancier particulier hors de tout besoin professionnel\u202f; other\u202f: tout autre créancier',
);
const buyers = Object.keys(PUBLIC_DELAY_DAYS) as PublicBuyerKind[];

/** Rates, indemnity, public buyers, advances, interest after judgment. */
export const rateRules: readonly Rule[] = [
  defineRule({
    name: 'default-rate',
    title: 'Taux de retard sans clause',
    inputs: {
      debtor: oneOf(['business', 'public'], 'qui doit'),
      on: aDay('jour du retard (acheteur public\u202f: premier jour d’intérêt)'),
    },
    articles: ['ccom-L441-10', 'ccp-R2192-31'],
    certainty: 'official',
    formula: 'Taux de la BCE au premier jour du semestre + 10 points entre professionnels, + 8 points pour un acheteur public.',
    example: { debtor: 'business', on: '2026-08-01' },
    answer: ({ debtor, on }, law) => defaultRate(debtor, on, law),
  }),
  defineRule({
    name: 'legal-rate',
    title: 'Taux de l’intérêt légal',
    inputs: { on: aDay('jour'), creditor: column },
    articles: ['cmf-L313-2'],
    certainty: 'secondary',
    formula: 'Taux fixé par arrêté pour chaque semestre, en deux colonnes selon le créancier.',
    example: { on: '2026-08-01', creditor: 'other' },
    answer: ({ on, creditor }, law) => legalRate(on, creditor, law),
  }),
  defineRule({
    name: 'ecb-rate',
    title: 'Taux de refinancement de la BCE',
    inputs: { on: aDay('jour') },
    articles: ['ccom-L441-10'],
    certainty: 'secondary',
    formula:
      'Dernier taux de refinancement appliqué\u202f; un changement en cours de semestre n’a d’effet qu’au semestre suivant.',
    example: { on: '2026-10-01' },
    answer: ({ on }, law) => ecbRate(on, law),
  }),
  defineRule({
    name: 'clause-floor',
    title: 'Plancher d’une clause de pénalités',
    inputs: { on: aDay('jour') },
    articles: ['ccom-L441-10', 'cmf-L313-2'],
    certainty: 'official',
    formula: 'Trois fois le taux légal « autres créanciers ». Il limite les clauses, il ne remplace pas le taux sans clause.',
    example: { on: '2026-08-01' },
    answer: ({ on }, law) => clauseFloor(on, law),
  }),
  defineRule({
    name: 'recovery-indemnity',
    title: 'Indemnité forfaitaire pour frais de recouvrement',
    inputs: {
      debtor: oneOf(['business', 'consumer', 'public'], 'qui doit'),
      late: listOf({ dueOn: aDay('échéance manquée') }, 'chaque facture ou terme convenu payé en retard'),
      creditorIsConsumer: optional(aFlag('le créancier n’agit pas en professionnel')),
      insolvencyOpenedOn: optional(aDay('jugement d’ouverture')),
      nature: optional(oneOf(['trade', 'insurance-indemnity'], 'nature de la dette')),
    },
    articles: ['ccom-L441-10', 'ccom-D441-5', 'ccp-D2192-35', 'cjue-C-370-21', 'cjue-C-279-23', 'cjue-C-406-21'],
    certainty: 'official',
    formula: '40\u00a0€ par facture ou terme en retard, de plein droit\u202f; jamais face à un consommateur.',
    example: { debtor: 'business', late: [{ dueOn: '2026-03-31' }, { dueOn: '2026-04-30' }] },
    answer: ({ late, ...facts }, law) =>
      recoveryIndemnity(
        facts,
        late.map((one) => one.dueOn),
        law,
      ),
  }),
  defineRule({
    name: 'further-compensation',
    title: 'Indemnisation complémentaire',
    inputs: { costsProved: anAmount('frais de recouvrement justifiés'), flat: anAmount('indemnité forfaitaire déjà due') },
    articles: ['ccom-L441-10'],
    certainty: 'official',
    formula: 'La part des frais justifiés au-dessus de l’indemnité forfaitaire.',
    example: { costsProved: '600.00', flat: '40.00' },
    answer: ({ costsProved, flat }) => furtherCompensation(costsProved, flat),
  }),
  defineRule({
    name: 'public-payment-delay',
    title: 'Délai de paiement d’un acheteur public',
    inputs: {
      buyer: oneOf(
        buyers,
        'general\u202f: État et collectivités\u202f; hospital\u202f: santé\u202f; undertaking\u202f: entreprise publique',
      ),
      receivedOn: optional(aDay('réception de la demande de paiement')),
      requestDatedOn: optional(aDay('date de la demande, si la réception n’a pas été constatée')),
      performedOn: optional(aDay('exécution, si elle est plus tardive')),
      suspension: optional(
        anObject(
          { on: aDay('jour de la suspension'), completedOn: optional(aDay('jour des pièces complètes')) },
          'suspension du délai',
        ),
      ),
    },
    articles: ['ccp-L2192-10', 'ccp-R2192-12', 'ccp-R2192-27', 'ccp-L2192-1'],
    certainty: 'official',
    formula: '30, 50 ou 60 jours après réception\u202f; après suspension, 30 jours ou le solde s’il est plus long.',
    example: { buyer: 'hospital', receivedOn: '2026-05-10' },
    answer: (facts) => publicPaymentDelay(facts),
  }),
  defineRule({
    name: 'public-interest-due-by',
    title: 'Date limite de paiement des intérêts moratoires',
    inputs: { principalPaidOn: aDay('mise en paiement du principal') },
    articles: ['ccp-R2192-36'],
    certainty: 'official',
    formula: '45 jours après la mise en paiement du principal.',
    example: { principalPaidOn: '2026-08-20' },
    answer: ({ principalPaidOn }) => publicInterestDueBy(principalPaidOn),
  }),
  defineRule({
    name: 'advance-payment',
    title: 'Arrhes ou acompte',
    inputs: {
      paid: anAmount('somme versée d’avance'),
      consumer: aFlag('le client est un consommateur'),
      wording: optional(oneOf(['arrhes', 'acompte'], 'ce que dit le contrat')),
    },
    articles: ['cconso-L214-1', 'cciv-1590'],
    certainty: 'official',
    formula: 'Arrhes face à un consommateur si le contrat se tait\u202f; acompte entre professionnels.',
    example: { paid: '300.00', consumer: true },
    answer: ({ paid, consumer, wording }) => qualifyAdvance(paid, consumer, wording),
  }),
  defineRule({
    name: 'advance-interest-start',
    title: 'Intérêt des sommes versées d’avance',
    inputs: { paidOn: aDay('jour du versement') },
    articles: ['cconso-L214-2'],
    certainty: 'reading',
    formula: 'Le lendemain de trois mois après le versement, jusqu’à l’exécution.',
    example: { paidOn: '2026-04-01' },
    answer: ({ paidOn }) => advanceInterestStart(paidOn),
  }),
  defineRule({
    name: 'judgment-interest',
    title: 'Intérêts d’une condamnation',
    inputs: {
      principal: anAmount('condamnation'),
      creditor: column,
      enforceableOn: aDay('jour où la décision est exécutoire'),
      asOf: aDay('jour du calcul'),
    },
    articles: ['cmf-L313-2', 'cmf-L313-3', 'cciv-1231-7'],
    certainty: 'secondary',
    formula: 'Taux légal, majoré de cinq points deux mois après que la décision est exécutoire.',
    example: { principal: '8000.00', creditor: 'other', enforceableOn: '2026-03-10', asOf: '2026-09-30' },
    answer: (facts, law) => judgmentInterest(facts, law),
  }),
  defineRule({
    name: 'foreign-statutory-rate',
    title: 'Taux légal de retard d’un autre État',
    inputs: { country: aText('code du pays, deux lettres (IE, BE)'), on: aDay('jour') },
    articles: ['ue-dir-2011-7', 'be-2002-08-02'],
    certainty: 'secondary',
    formula: 'BCE + 8 points en Irlande\u202f; arrondi au demi-point supérieur en Belgique\u202f; autres États non enregistrés.',
    example: { country: 'BE', on: '2026-01-01' },
    answer: ({ country, on }, law) => foreignStatutoryRate(country, on, law),
  }),
];
