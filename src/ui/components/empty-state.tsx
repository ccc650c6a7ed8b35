import { Icon, type IconName } from '../icons.tsx';
import type { Children } from '../view.ts';

interface Props {
  icon?: IconName;
  title: string;
  /** the one next thing to do, if there is one */
  action?: Children;
  children?: Children;
}

/** Nothing here, said kindly, with at most one next step. « Rien à faire aujourd'hui » is good news. */
export function EmptyState({ icon = 'check', title, action, children }: Props) {
  return (
    <div class="q-empty">
      <span class="q-empty-icon">
        <Icon name={icon} />
      </span>
      <p class="q-empty-title">{title}</p>
      {children && <div class="q-empty-text">{children}</div>}
      {action && <div class="q-empty-action">{action}</div>}
    </div>
  );
}
