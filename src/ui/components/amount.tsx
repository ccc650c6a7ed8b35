import { formatAmount, type Money } from '#core/kernel/money.ts';
import { euros } from '../format.ts';
import { cx } from '../view.ts';

interface Props {
  of: Money;
  /** `hero`: the figure the page is about; `large`: a card's figure; otherwise in the text or a column */
  size?: 'hero' | 'large';
  /** a link to the arithmetic and the articles behind the figure */
  why?: string;
}

/** An amount of money, with tabular figures and never broken over two lines. */
export function Amount({ of, size, why }: Props) {
  const text = euros(of);
  const figure = (
    <data class={cx('q-amount', size && `q-amount-${size}`)} value={formatAmount(of)}>
      {text}
    </data>
  );
  if (why === undefined) return figure;
  if (size) {
    return (
      <span class="q-amount-explained">
        {figure}
        <a href={why}>Comprendre ce calcul</a>
      </span>
    );
  }
  return (
    <a class="q-why" href={why} aria-label={`${text}, comprendre ce calcul`}>
      {figure}
    </a>
  );
}
