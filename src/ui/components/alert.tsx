import { Icon, type IconName } from '../icons.tsx';
import type { AlertTone, Children } from '../view.ts';

const ICONS: Record<AlertTone, IconName> = { good: 'paid', info: 'info', soon: 'warning', late: 'error' };
const SPOKEN: Record<AlertTone, string> = { good: 'C’est fait', info: 'À savoir', soon: 'Attention', late: 'Problème' };

interface Props {
  tone: AlertTone;
  title?: string;
  /** says it to screen readers as soon as the page opens */
  live?: boolean;
  children?: Children;
}

/** A message in the page. */
export function Alert({ tone, title, live = false, children }: Props) {
  return (
    <div class={`q-alert q-tone-${tone}`} role={live ? (tone === 'late' ? 'alert' : 'status') : undefined}>
      <Icon name={ICONS[tone]} label={SPOKEN[tone]} />
      <div class="q-alert-body">
        {title && <p class="q-alert-title">{title}</p>}
        {children}
      </div>
    </div>
  );
}
