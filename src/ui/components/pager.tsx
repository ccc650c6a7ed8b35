import { integer } from '../format.ts';
import { Icon } from '../icons.tsx';

interface Props {
  /** from 1 */
  page: number;
  pages: number;
  href: (page: number) => string;
  /** what is being paged: « Pages des factures » */
  label: string;
}

/** Previous and next page of a long list; nothing when all fits on one. */
export function Pager({ page, pages, href, label }: Props) {
  if (pages <= 1) return null;
  return (
    <nav class="q-pager" aria-label={label}>
      {page > 1 ? (
        <a class="btn q-btn-plain" rel="prev" href={href(page - 1)}>
          <Icon name="back" />
          <span>Page précédente</span>
        </a>
      ) : (
        <span />
      )}
      <p>
        Page {integer(page)} sur {integer(pages)}
      </p>
      {page < pages ? (
        <a class="btn q-btn-plain" rel="next" href={href(page + 1)}>
          <span>Page suivante</span>
          <Icon name="next" />
        </a>
      ) : (
        <span />
      )}
    </nav>
  );
}
