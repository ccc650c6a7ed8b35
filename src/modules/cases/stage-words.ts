import type { Stage } from './state.ts';

/** How a stage is said on screen: its name, and the one next action it calls for (none when there is nothing to do). */
interface StageWords {
  readonly label: string;
  readonly action?: string;
  /** what a glance should feel: `late` and `alert` ask for attention, `wait` does not, `good` is good news */
  readonly tone: 'late' | 'alert' | 'wait' | 'good';
}

export const STAGE_WORDS: Readonly<Record<Stage, StageWords>> = {
  closed: { label: 'Fermé', tone: 'good' },
  settled: { label: 'Principal payé', action: 'Clore le dossier, ou réclamer les intérêts et indemnités restants', tone: 'good' },
  insolvent: { label: 'Procédure collective', action: 'Déclarer la créance', tone: 'alert' },
  disputed: { label: 'Contesté', action: 'Répondre à la contestation', tone: 'alert' },
  'plan-running': { label: 'Échéancier en cours', tone: 'wait' },
  'plan-broken': { label: 'Échéancier non respecté', action: 'Appeler, puis mettre en demeure', tone: 'alert' },
  promised: { label: 'Paiement promis', tone: 'wait' },
  'promise-broken': { label: 'Promesse non tenue', action: 'Appeler, puis mettre en demeure', tone: 'alert' },
  'notice-prepared': { label: 'Lettre prête à poster', action: 'Poster la mise en demeure', tone: 'late' },
  'notice-running': { label: 'Mise en demeure en cours', tone: 'wait' },
  'notice-expired': { label: 'Délai de la lettre dépassé', action: 'Décider de la suite', tone: 'alert' },
  overdue: { label: 'En retard', action: 'Préparer la mise en demeure', tone: 'late' },
  'to-contact': { label: 'Juste en retard', action: 'Prendre contact, sans pression', tone: 'late' },
  'not-due': { label: 'Pas encore échu', tone: 'wait' },
};
