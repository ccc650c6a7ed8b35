import { Icon, type IconName } from '../icons.tsx';
import type { Children } from '../view.ts';

interface Props {
  title: string;
  /** one sentence under the title: where we are, or what to do */
  subtitle?: Children;
  /** small words above the title: the kind of thing this is */
  overline?: string;
  /** the one thing to do on this page: a `LinkButton`, or a form's button */
  action?: Children;
  /** where one comes from */
  back?: { href: string; label: string };
}

/** The head of a page: its only h1, and at most one main action. */
export function PageHeader({ title, subtitle, overline, action, back }: Props) {
  return (
    <header class="q-page-header">
      {back && (
        <a class="q-back" href={back.href}>
          <Icon name="back" />
          {back.label}
        </a>
      )}
      <div class="q-page-header-row">
        <div>
          {overline && <p class="q-overline">{overline}</p>}
          <h1>{title}</h1>
          {subtitle && <p class="q-lead">{subtitle}</p>}
        </div>
        {action && <div class="q-page-action">{action}</div>}
      </div>
    </header>
  );
}

interface LinkButtonProps {
  href: string;
  children?: Children;
  icon?: IconName;
  /** how much it asks for attention; one `main` a page */
  weight?: 'main' | 'plain' | 'quiet';
  /** the file name to save under: the link then downloads */
  download?: string;
}

/** A link that looks like a button: it goes somewhere, it changes nothing. */
export function LinkButton({ href, children, icon, weight = 'main', download }: LinkButtonProps) {
  return (
    <a class={`btn q-btn-${weight}`} href={href} download={download}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </a>
  );
}
