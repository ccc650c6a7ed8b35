import { count } from '../format.ts';
import { fieldId } from './field.tsx';

interface Props {
  /** the message of each field to correct, by name, in the order of the page; nothing is shown when empty */
  errors: Readonly<Record<string, string>>;
  title?: string;
}

/** What is to be corrected, at the top of the form, each linked to its field. It takes the focus when the page opens. */
export function ErrorSummary({ errors, title }: Props) {
  const all = Object.entries(errors);
  if (all.length === 0) return null;
  return (
    <div class="q-error-summary" role="alert" tabindex={-1} aria-labelledby="erreurs-titre" data-focus autofocus>
      <h2 id="erreurs-titre">{title ?? `${count(all.length, 'réponse')} à corriger`}</h2>
      <ul>
        {all.map(([name, message]) => (
          <li>
            <a href={`#${fieldId(name)}`}>{message}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}
