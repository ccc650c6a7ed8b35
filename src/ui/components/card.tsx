import { Icon, type IconName } from '../icons.tsx';
import { type Children, cx } from '../view.ts';

interface Props {
  title?: string;
  icon?: IconName;
  /** what stands at the right of the title: a link, a badge */
  aside?: Children;
  /** the level of the title: 2 unless the card is inside a section */
  level?: 2 | 3;
  /** a list or table that runs to the card's edges */
  flush?: boolean;
  id?: string;
  footer?: Children;
  children?: Children;
}

/** A block of the page with one subject. */
export function Card({ title, icon, aside, level = 2, flush = false, id, footer, children }: Props) {
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section class="card q-card" id={id}>
      {(title || aside) && (
        <div class="q-card-head">
          {title && (
            <Heading class="q-card-title">
              {icon && <Icon name={icon} />}
              {title}
            </Heading>
          )}
          {aside && <div class="q-card-aside">{aside}</div>}
        </div>
      )}
      <div class={cx('q-card-body', flush && 'q-flush')}>{children}</div>
      {footer && <div class="q-card-foot">{footer}</div>}
    </section>
  );
}
