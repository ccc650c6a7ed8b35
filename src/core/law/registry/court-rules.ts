import { missing } from '../../kernel/outcome.ts';
import { rulesByAmount } from '../amount-thresholds.ts';
import {
  type ContributionClaimant,
  economicCourtContribution,
  legalAidContribution,
  paymentOrderRegistryFee,
  recoveryFee,
  serviceFee,
} from '../costs.ts';
import { crossBorderClaim } from '../europe.ts';
import { competentCourt } from '../forum.ts';
import { PARTY_QUALITIES } from '../parties.ts';
import { procedureOptions } from '../procedures.ts';
import { defineRule, type Rule } from './define.ts';
import { aDay, aFlag, anAmount, anInteger, anObject, aText, oneOf, optional } from './fields.ts';

const creditor = oneOf(PARTY_QUALITIES, 'qualité du créancier');
const debtor = oneOf(PARTY_QUALITIES, 'qualité du débiteur');
const place = { city: aText('commune où siège le tribunal'), department: optional(aText('département, par exemple 67 ou 972')) };
const on = aDay('jour de la demande');

/** Courts, procedures and costs. */
export const courtRules: readonly Rule[] = [
  defineRule({
    name: 'forum',
    title: 'Tribunal compétent',
    inputs: {
      creditor,
      debtor,
      debtorPlace: anObject(place, 'où demeure le débiteur'),
      amount: anAmount('montant demandé'),
      procedure: oneOf(['payment-order', 'merits', 'interim'], 'injonction de payer, fond ou référé'),
      performedAt: optional(anObject(place, 'lieu de la prestation ou de la livraison')),
      clause: optional(
        anObject(
          { place: anObject(place, 'lieu choisi'), veryApparent: aFlag('la clause est très apparente') },
          'clause attributive',
        ),
      ),
      asOf: on,
    },
    articles: ['cpc-1406', 'cpc-42', 'cpc-48', 'coj-L211-3', 'ccom-L721-3', 'ccom-L731-1', 'ccom-L732-1', 'loi-2023-1059'],
    certainty: 'official',
    formula:
      'Personne publique\u202f: tribunal administratif\u202f; débiteur non commerçant\u202f: tribunal judiciaire\u202f; entre commerçants ou artisans\u202f: tribunal de commerce\u202f; créancier non commerçant\u202f: au choix.',
    example: {
      creditor: 'liberal',
      debtor: 'company',
      debtorPlace: { city: 'Nantes' },
      amount: '6800.00',
      procedure: 'payment-order',
      asOf: '2026-11-21',
    },
    answer: (facts) => competentCourt(facts),
  }),
  defineRule({
    name: 'amount-thresholds',
    title: 'Seuils de 5\u202f000 et 10\u202f000\u00a0€',
    inputs: {
      court: oneOf(['judicial', 'commercial'], 'tribunal'),
      amount: anAmount('montant demandé'),
      procedure: oneOf(['payment-order', 'merits', 'interim'], 'procédure'),
      on,
    },
    articles: ['cpc-750', 'cpc-750-1', 'cpc-761', 'cpc-853', 'coj-R211-3-24', 'ccass-avis-2025-09-25'],
    certainty: 'official',
    formula:
      'Jusqu’à 5\u202f000\u00a0€\u202f: requête, tentative amiable, dernier ressort\u202f; au-dessus de 10\u202f000\u00a0€\u202f: avocat.',
    example: { court: 'judicial', amount: '5000.00', procedure: 'merits', on: '2026-11-21' },
    answer: (facts) => rulesByAmount(facts),
  }),
  defineRule({
    name: 'procedure-options',
    title: 'Procédures ouvertes',
    inputs: {
      creditor,
      debtor,
      principal: anAmount('principal'),
      interest: anAmount('intérêts'),
      fromContract: optional(aFlag('la somme résulte d’un contrat')),
      invoiced: optional(aFlag('la créance est facturée')),
      seriousDispute: optional(aFlag('une contestation paraît sérieuse')),
      abroad: optional(aFlag('le débiteur demeure dans un autre État de l’Union')),
      threatToRecovery: optional(aFlag('le recouvrement est menacé')),
      on,
    },
    articles: ['cpc-1405', 'cpce-L125-1', 'cpce-L126-1', 'cpc-835', 'cpc-873', 'cpce-L511-1', 'ue-1896-2006'],
    certainty: 'official',
    formula: 'Chaque procédure avec ses conditions, et pourquoi elle est ouverte ou fermée.',
    example: { creditor: 'company', debtor: 'company', principal: '1200.00', interest: '40.00', on: '2026-11-21' },
    answer: (facts) => procedureOptions(facts),
  }),
  defineRule({
    name: 'cross-border-claim',
    title: 'Débiteur dans un autre État de l’Union',
    inputs: {
      amount: anAmount('principal, hors intérêts et frais'),
      consumer: optional(aFlag('consommateur')),
      clause: optional(aFlag('clause attributive')),
    },
    articles: ['ue-1896-2006', 'ue-861-2007', 'ue-bruxelles-1bis', 'ue-rome-1'],
    certainty: 'official',
    formula: 'Injonction européenne sans plafond\u202f; petits litiges jusqu’à 5\u202f000\u00a0€.',
    example: { amount: '4000.00' },
    answer: (facts) => crossBorderClaim(facts),
  }),
  defineRule({
    name: 'economic-court-contribution',
    title: 'Contribution devant un tribunal des activités économiques',
    inputs: {
      claim: anAmount('montant demandé'),
      claimant: oneOf(['company', 'individual', 'exempt'], 'qui demande (exempt\u202f: État, collectivité)'),
      employees: optional(anInteger('effectif', 'salariés')),
      turnover: optional(anAmount('chiffre d’affaires, moyenne de trois ans')),
      profit: optional(anAmount('bénéfice, moyenne de trois ans')),
      referenceIncome: optional(anAmount('revenu fiscal de référence par part')),
      on,
    },
    articles: ['decret-2024-1225', 'loi-2023-1059'],
    certainty: 'official',
    formula:
      'Au-dessus de 50\u202f000\u00a0€ et pour 250 salariés ou plus\u202f: 3 ou 5\u00a0% plafonnés\u202f; particuliers\u202f: 1 à 3\u00a0% selon le revenu.',
    example: {
      claim: '80000.00',
      claimant: 'company',
      employees: 300,
      turnover: '60000000.00',
      profit: '5000000.00',
      on: '2026-11-21',
    },
    answer: ({ claim, claimant, on: when, employees, turnover, profit, referenceIncome }) => {
      let by: ContributionClaimant = { kind: 'exempt' };
      if (claimant === 'company') {
        if (employees === undefined || !turnover || !profit)
          return missing(['employees', 'turnover', 'profit'], 'Il manque l’effectif, le chiffre d’affaires ou le bénéfice.');
        by = { kind: 'company', employees, turnover: turnover.cents, profit: profit.cents };
      }
      if (claimant === 'individual') {
        if (!referenceIncome) return missing(['referenceIncome'], 'Il manque le revenu fiscal de référence par part.');
        by = { kind: 'individual', referenceIncome: referenceIncome.cents };
      }
      return economicCourtContribution(claim, by, when);
    },
  }),
  defineRule({
    name: 'legal-aid-contribution',
    title: 'Contribution de 50\u00a0€ pour l’aide juridique',
    inputs: {
      court: oneOf(['judicial', 'commercial', 'administrative'], 'tribunal'),
      procedure: oneOf(['payment-order', 'merits', 'petition', 'interim'], 'procédure'),
      legalAid: optional(aFlag('le demandeur a l’aide juridictionnelle')),
      on,
    },
    articles: ['cgi-1635-bis-Q'],
    certainty: 'secondary',
    formula:
      '50\u00a0€ par instance civile devant le tribunal judiciaire. Deux sources donnent deux débuts\u202f: 1er mars ou 1er mai 2026.',
    example: { court: 'judicial', procedure: 'merits', on: '2026-11-21' },
    answer: (facts, law) => legalAidContribution(facts, law),
  }),
  defineRule({
    name: 'payment-order-registry-fee',
    title: 'Frais de greffe de l’injonction de payer',
    inputs: { court: oneOf(['judicial', 'commercial'], 'tribunal'), on },
    articles: ['cpc-1425'],
    certainty: 'secondary',
    formula: 'Rien au tribunal judiciaire\u202f; au tribunal de commerce, trois sources se contredisent.',
    example: { court: 'commercial', on: '2026-11-21' },
    answer: ({ court, on: when }, law) => paymentOrderRegistryFee(court, when, law),
  }),
  defineRule({
    name: 'service-fee',
    title: 'Frais de signification',
    inputs: { amount: anAmount('montant de l’ordonnance'), on },
    articles: ['ccom-A444-11'],
    certainty: 'secondary',
    formula: '25,79\u00a0€ × 0,5, 1 ou 2 selon le montant, plus 8,80\u00a0€ de déplacement, hors TVA.',
    example: { amount: '4800.00', on: '2026-11-21' },
    answer: ({ amount, on: when }, law) => serviceFee(amount, when, law),
  }),
  defineRule({
    name: 'recovery-fee',
    title: 'Droit proportionnel du commissaire de justice',
    inputs: { recovered: anAmount('somme recouvrée'), on },
    articles: ['ccom-A444-32'],
    certainty: 'secondary',
    formula:
      '21,45\u00a0€ jusqu’à 188\u00a0€\u202f; puis par tranches de 11,70, 10,73, 10,24, 3,90 et 3\u00a0% (barème de 2020).',
    example: { recovered: '10000.00', on: '2026-11-21' },
    answer: ({ recovered, on: when }, law) => recoveryFee(recovered, when, law),
  }),
];
