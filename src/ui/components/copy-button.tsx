import { Icon } from '../icons.tsx';

/** Copies a text; shown only when the script `copy.js` runs. `what` completes « Copier… »: « l'IBAN ». */
export function CopyButton({ text, what }: { text: string; what: string }) {
  return (
    <button type="button" class="btn q-btn-quiet q-copy" data-copy={text} hidden>
      <Icon name="copy" />
      <span data-copy-label aria-live="polite">
        Copier {what}
      </span>
    </button>
  );
}
