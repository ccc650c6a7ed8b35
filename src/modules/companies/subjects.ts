import { NNBSP } from '#ui/format.ts';
import type { IconName } from '#ui/icons.tsx';
import type { Creditor } from './creditor.ts';
import type { Subject } from './facts-list.tsx';
import type { QuestionName } from './questions.tsx';

interface SubjectPage {
  readonly subject: Subject;
  readonly title: string;
  readonly icon: IconName;
  /** what it is for */
  readonly purpose: string;
  readonly questions: readonly QuestionName[];
}

/** The settings of a company: one page a subject. */
export const SUBJECTS: readonly SubjectPage[] = [
  {
    subject: 'identite',
    title: 'Identité',
    icon: 'company',
    purpose: 'Le nom et le numéro que portent vos factures et vos lettres.',
    questions: ['name', 'siren', 'vatNumber'],
  },
  {
    subject: 'forme',
    title: 'Forme juridique et mentions',
    icon: 'law',
    purpose: 'Ce que la loi demande d’écrire sur les lettres d’une entreprise.',
    questions: ['legalForm', 'legalFormOther', 'shareCapitalCents', 'registryCity'],
  },
  {
    subject: 'adresse',
    title: 'Adresse et contact',
    icon: 'registered',
    purpose: 'Là où votre client peut vous écrire et vous joindre.',
    questions: ['street', 'postcode', 'city', 'country', 'email', 'phone'],
  },
  {
    subject: 'signataire',
    title: 'Signataire',
    icon: 'signature',
    purpose: 'La personne qui signe vos lettres.',
    questions: ['signatoryName', 'signatoryRole'],
  },
  {
    subject: 'paiement',
    title: 'Paiement',
    icon: 'transfer',
    purpose: 'Le compte où vos clients vous paient. Il figure sur vos lettres.',
    questions: ['iban', 'bic'],
  },
];

/** The subject that asks for a field. */
export const subjectOf = (field: keyof Creditor): Subject =>
  SUBJECTS.find(({ questions }) => (questions as readonly string[]).includes(field))?.subject ?? 'identite';

export interface Step {
  readonly slug: string;
  /** in the run of steps */
  readonly label: string;
  /** the page's title */
  readonly question: string;
  /** why it is asked, so that one can decide to skip it */
  readonly why: string;
  readonly questions: readonly QuestionName[];
}

/** The creation of a company, one question a page: only the name is needed to start. */
export const STEPS: readonly Step[] = [
  {
    slug: 'nom',
    label: 'Nom',
    question: `Comment s’appelle votre entreprise${NNBSP}?`,
    why: 'C’est tout ce qu’il faut pour commencer. Les questions suivantes peuvent être passées, et complétées plus tard.',
    questions: ['name'],
  },
  {
    slug: 'siren',
    label: 'SIREN',
    question: `Quel est votre numéro SIREN${NNBSP}?`,
    why: 'Vos lettres doivent le porter.',
    questions: ['siren'],
  },
  {
    slug: 'adresse',
    label: 'Adresse',
    question: `Quelle est votre adresse${NNBSP}?`,
    why: 'Elle figure en tête de vos lettres.',
    questions: ['street', 'postcode', 'city'],
  },
  {
    slug: 'forme',
    label: 'Forme',
    question: `Quelle est la forme de votre entreprise${NNBSP}?`,
    why: 'Elle s’écrit à côté de votre nom sur vos lettres.',
    questions: ['legalForm', 'legalFormOther', 'shareCapitalCents', 'registryCity'],
  },
  {
    slug: 'signataire',
    label: 'Signature',
    question: `Qui signe vos lettres${NNBSP}?`,
    why: 'Une lettre est signée par une personne.',
    questions: ['signatoryName', 'signatoryRole'],
  },
  {
    slug: 'paiement',
    label: 'Paiement',
    question: `Sur quel compte voulez-vous être payé${NNBSP}?`,
    why: 'Vos lettres le donnent, avec un code à scanner pour faire le virement.',
    questions: ['iban', 'bic'],
  },
];
