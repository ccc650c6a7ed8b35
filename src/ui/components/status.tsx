import type { Certainty } from '#core/kernel/outcome.ts';
import { Icon, type IconName } from '../icons.tsx';
import type { Children } from '../view.ts';

/** What a status says, before its words are read. Each has its own icon: no tone is told by colour alone. */
export type Tone = 'late' | 'soon' | 'good' | 'info' | 'dispute' | 'quiet';

const TONE_ICONS: Record<Tone, IconName> = {
  late: 'late',
  soon: 'soon',
  good: 'paid',
  info: 'info',
  dispute: 'dispute',
  quiet: 'clock',
};

/** A short state, with icon and words. */
export function Status({ tone, icon = TONE_ICONS[tone], children }: { tone: Tone; icon?: IconName; children?: Children }) {
  return (
    <span class={`q-status q-tone-${tone}`}>
      <Icon name={icon} />
      <span>{children}</span>
    </span>
  );
}

/** How sure a legal value is, in the words shown on screen. */
export const CERTAINTY: Record<Certainty, { readonly label: string; readonly explanation: string }> = {
  official: { label: 'Source officielle', explanation: 'Le texte ou la page officielle a été lu.' },
  secondary: {
    label: 'Source secondaire',
    explanation: 'Vu chez des avocats, des banques ou dans la presse, pas dans le texte officiel lui-même.',
  },
  reading: {
    label: 'Notre lecture',
    explanation: 'Notre interprétation du texte\u202f: aucune décision ne la confirme à notre connaissance.',
  },
  memory: { label: 'À vérifier', explanation: 'Noté de mémoire\u202f: vérifiez ce point avant de vous appuyer dessus.' },
};

/** Says how sure a legal value is; `explained` adds the sentence, otherwise it is read on demand by hovering or focusing. */
export function CertaintyMark({ of, explained = false }: { of: Certainty; explained?: boolean }) {
  const { label, explanation } = CERTAINTY[of];
  return (
    <span class="q-certainty-box">
      <span class={`q-certainty q-certainty-${of}`} title={explained ? undefined : explanation}>
        <Icon name={of} />
        <span>{label}</span>
      </span>
      {explained && <span class="q-certainty-why">{explanation}</span>}
    </span>
  );
}
