import type { Day } from '#core/kernel/day.ts';
import { fr } from '#core/letters/typography.ts';
import { euros, percent, shortDay } from '#ui/format.ts';
import type { OwnValue, Subject } from './own-values.ts';
import { semesterId } from './semesters.ts';

/** How a figure one may set is called, and when there is reason to. */
interface SubjectWords {
  /** in the address of its form */
  readonly slug: string;
  readonly title: string;
  readonly when: string;
  /** the rule that reads it */
  readonly rule: string;
}

export const SUBJECTS: Readonly<Record<Subject, SubjectWords>> = {
  'semester-reference': {
    slug: 'taux-bce',
    title: 'Taux de la BCE au premier jour du semestre',
    when: fr`Le nouveau semestre a commencé et Quitus ne connaît pas encore son taux. Les taux entre professionnels et des acheteurs publics suivent.`,
    rule: 'default-rate',
  },
  'legal-rate-other': {
    slug: 'taux-legal',
    title: 'Taux légal, créancier professionnel',
    when: fr`L'arrêté du semestre vient de paraître au Journal officiel.`,
    rule: 'legal-rate',
  },
  'legal-rate-individual': {
    slug: 'taux-legal-particulier',
    title: 'Taux légal, créancier particulier',
    when: fr`L'arrêté du semestre vient de paraître au Journal officiel, colonne des créanciers particuliers.`,
    rule: 'legal-rate',
  },
  'recovery-indemnity': {
    slug: 'indemnite',
    title: 'Indemnité forfaitaire de recouvrement',
    when: fr`Un décret a changé le montant de 40 €.`,
    rule: 'recovery-indemnity',
  },
  'payment-order-registry-fee': {
    slug: 'greffe',
    title: 'Frais de greffe d’une injonction de payer',
    when: fr`Le greffe du tribunal de commerce vous a dit son prix : les sources se contredisent.`,
    rule: 'payment-order-registry-fee',
  },
  'service-fee': {
    slug: 'signification',
    title: 'Frais de signification',
    when: fr`Un commissaire de justice vous a fait un devis.`,
    rule: 'service-fee',
  },
  'recovery-fee': {
    slug: 'droit-proportionnel',
    title: 'Droit proportionnel du commissaire de justice',
    when: fr`Un commissaire de justice vous a dit ce qu'il retiendra.`,
    rule: 'recovery-fee',
  },
  'legal-aid-contribution': {
    slug: 'contribution-50-euros',
    title: 'Contribution de 50 € pour l’aide juridique',
    when: fr`Le greffe du tribunal judiciaire vous a dit si elle est due.`,
    rule: 'legal-aid-contribution',
  },
};

export const subjectOfSlug = (slug: string): Subject | undefined =>
  (Object.keys(SUBJECTS) as Subject[]).find((subject) => SUBJECTS[subject].slug === slug);

export const figure = (value: OwnValue['value']): string => ('rate' in value ? percent(value.rate) : euros(value.cents));

/** « 1er semestre 2027 » */
export const semesterWords = (from: Day): string => `${semesterId({ from }).endsWith('1') ? '1er' : '2e'} semestre ${from.year}`;

/** « 1er semestre 2027 », « depuis le 01/03/2026 », « du 01/03/2026 au 31/12/2026 » */
export function periodWords({ value, from, to }: Pick<OwnValue, 'value' | 'from' | 'to'>): string {
  if ('rate' in value) return semesterWords(from);
  return to ? `du ${shortDay(from)} au ${shortDay(to)}` : `depuis le ${shortDay(from)}`;
}
