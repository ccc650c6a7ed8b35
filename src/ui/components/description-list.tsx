import type { Children } from '../view.ts';

export interface Description {
  readonly term: string;
  /** absent: shown as not known */
  readonly value?: Children;
  /** where the value was read, or what it implies */
  readonly note?: Children;
}

/** Facts about one thing: a term and its value on each line. What is not known is said. */
export function DescriptionList({ items }: { items: readonly Description[] }) {
  return (
    <dl class="q-facts">
      {items.map((item) => (
        <div class="q-fact">
          <dt>{item.term}</dt>
          <dd>
            {item.value ?? <span class="q-unknown">non renseigné</span>}
            {item.note && <span class="q-note">{item.note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
