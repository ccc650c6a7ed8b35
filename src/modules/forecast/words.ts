import { wholeEuros } from '#core/advice/words.ts';
import type { ModelId } from '#core/forecast/catalogue.ts';
import type { Day } from '#core/kernel/day.ts';
import { fr } from '#core/letters/typography.ts';
import { NBSP, shortDay } from '#ui/format.ts';

/** « 1 305 € »: estimates are shown without cents. */
export const about = (cents: bigint): string => wholeEuros(cents);

/** « 65 % » from thousandths; never certain either way. */
export function chance(thousandths: number): string {
  if (thousandths < 10) return `<${NBSP}1${NBSP}%`;
  if (thousandths > 990) return `>${NBSP}99${NBSP}%`;
  return `${Math.round(thousandths / 10)}${NBSP}%`;
}

export const share = (x: number): string => `${Math.round(x * 100)}${NBSP}%`;

/** « 23/11 » */
export const dayMonth = (of: Day): string => shortDay(of).slice(0, 5);

/** « entre le 03/12/2026 et le 15/01/2027 », « après le 03/12/2026 » */
export function bandWords(low: Day | null | undefined, high: Day | null | undefined): string {
  if (!low) return '';
  return high ? `entre le ${shortDay(low)} et le ${shortDay(high)}` : `après le ${shortDay(low)}`;
}

export const APART_WORDS = {
  disputed: { noun: 'Contestées', why: fr`Le client les conteste : la date dépend du litige, pas de ses habitudes.` },
  insolvent: { noun: 'Clients en procédure collective', why: fr`Rien n’est payé avant ce que décide la procédure.` },
  closed: { noun: 'Dossiers fermés', why: fr`Le dossier a été fermé sans paiement.` },
} as const;

/** What each model does, for somebody who never heard of it. */
export const MODEL_WORDS: Readonly<Record<ModelId, string>> = {
  constant: 'Tout le monde paie comme la moyenne',
  terms: 'Chacun paie à l’échéance',
  prior: 'Courbe publiée, corrigée par vos factures',
  'customer-mean': 'Chaque client paie comme à son habitude',
  'kaplan-meier': 'Courbe par délai et par montant',
  regressions: 'Régressions (logistique et ridge)',
  cox: 'Risques proportionnels (Cox)',
  boosting: 'Arbres boostés',
  hazard: 'Risque de paiement, période après période',
  average: 'Moyenne du risque et d’arbres',
};
