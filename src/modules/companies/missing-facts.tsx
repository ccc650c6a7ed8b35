import { Alert } from '#ui/components/index.ts';
import { PATHS } from '#ui/view.ts';
import { type Creditor, missingForLetters } from './creditor.ts';
import { subjectOf } from './subjects.ts';

export const subjectPath = (subject: string): string => `${PATHS.settings}/${subject}`;

/** What a letter still needs to know of its sender, each with the page that asks for it. */
export function MissingFacts({ creditor }: { creditor: Creditor }) {
  const missing = missingForLetters(creditor);
  if (missing.length === 0) {
    return (
      <Alert tone="good">
        <p>Vos lettres ont tout ce qu’il leur faut pour vous présenter.</p>
      </Alert>
    );
  }
  return (
    <Alert tone="soon" title="Pour écrire une mise en demeure, il manque encore&#8239;:">
      <ul class="q-plain-list">
        {missing.map(({ field, label }) => (
          <li>
            <a href={subjectPath(subjectOf(field))}>{label}</a>
          </li>
        ))}
      </ul>
    </Alert>
  );
}
