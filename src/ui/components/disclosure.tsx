import { Icon } from '../icons.tsx';
import type { Children } from '../view.ts';

/** Something that can be opened on demand; works without script. */
export function Disclosure({ summary, open = false, children }: { summary: Children; open?: boolean; children?: Children }) {
  return (
    <details class="q-disclosure" open={open}>
      <summary>
        <Icon name="chevron" class="q-disclosure-mark" />
        <span>{summary}</span>
      </summary>
      <div class="q-disclosure-body">{children}</div>
    </details>
  );
}
