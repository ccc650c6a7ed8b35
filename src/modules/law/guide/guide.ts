import type { LawBook } from '#core/law/book.ts';
import type { Series } from '#core/law/series.ts';
import { amountGuides } from './amounts.ts';
import { courtGuides } from './courts.ts';
import { dateGuides } from './dates.ts';
import { documentGuides } from './documents.ts';

/** A day that changed a rule, and what changed, in French. */
export interface RuleDate {
  /** ISO */
  readonly on: string;
  readonly says: string;
}

/** What is told of a rule beside what its own definition says (title, formula, articles, certainty, example): law sheet, by section. */
export interface RuleGuide {
  /** the rule in plain French, a paragraph each */
  readonly says: readonly string[];
  /** the days that changed it, oldest first */
  readonly dates?: readonly RuleDate[];
  /** the dated values it reads */
  readonly series?: (law: LawBook) => readonly Series<unknown>[];
}

/** The guide of each rule, by its name. A test holds that there is one for every rule, and none else. */
export const GUIDES: Readonly<Record<string, RuleGuide>> = { ...amountGuides, ...dateGuides, ...courtGuides, ...documentGuides };

/** A question that a creditor asks, and the rules that answer it. */
export interface Question {
  readonly id: string;
  readonly asks: string;
  readonly rules: readonly string[];
}

/** Every rule stands under one question. */
export const QUESTIONS: readonly Question[] = [
  {
    id: 'combien',
    asks: 'Combien puis-je réclamer\u202f?',
    rules: [
      'late-interest',
      'recovery-indemnity',
      'further-compensation',
      'default-rate',
      'legal-rate',
      'ecb-rate',
      'clause-floor',
      'penal-clause',
      'capitalisation',
      'judgment-interest',
    ],
  },
  {
    id: 'paiements',
    asks: 'Il a payé une partie\u202f: que reste-t-il\u202f?',
    rules: ['payment-imputation', 'debts-imputation', 'credit-note', 'advance-payment', 'advance-interest-start'],
  },
  {
    id: 'echeance',
    asks: 'Quand devait-il payer\u202f?',
    rules: [
      'due-date',
      'maximum-term',
      'acceptance-procedure',
      'acceptance',
      'public-payment-delay',
      'public-interest-due-by',
      'works-guarantee',
    ],
  },
  {
    id: 'jusqu-a-quand',
    asks: 'Jusqu’à quand puis-je agir\u202f?',
    rules: ['limitation', 'limitation-clause', 'consumer-works-start', 'named-term', 'deadline', 'payment-order-service'],
  },
  {
    id: 'quel-juge',
    asks: 'Devant quel juge, par quelle voie\u202f?',
    rules: ['forum', 'procedure-options', 'amount-thresholds', 'serious-dispute'],
  },
  {
    id: 'a-quel-cout',
    asks: 'À quel coût\u202f?',
    rules: ['payment-order-registry-fee', 'service-fee', 'recovery-fee', 'legal-aid-contribution', 'economic-court-contribution'],
  },
  {
    id: 'faillite',
    asks: 'Et s’il ne peut plus payer\u202f?',
    rules: ['insolvency-effects', 'insolvency-deadlines', 'undeclared-debt', 'vat-recovery'],
  },
  {
    id: 'etranger',
    asks: 'Et s’il est dans un autre pays de l’Union\u202f?',
    rules: ['cross-border-claim', 'foreign-statutory-rate'],
  },
  {
    id: 'documents',
    asks: 'Que doivent dire mes documents\u202f?',
    rules: ['mandatory-mentions', 'e-invoicing-calendar', 'vat-on-compensation'],
  },
];

/** The question under which a rule stands. */
export const questionOf = (rule: string): Question | undefined => QUESTIONS.find((one) => one.rules.includes(rule));
