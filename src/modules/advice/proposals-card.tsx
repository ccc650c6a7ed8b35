import { newId } from '#platform/ids.ts';
import { fieldId } from '#ui/components/field.tsx';
import { Card, CsrfField, Day } from '#ui/components/index.ts';
import type { ViewContext } from '#ui/view.ts';
import { timeAcceptPath, timeDismissPath } from './paths.ts';
import type { TimeProposal } from './time-proposals.ts';

/** « Temps à noter »: what each step took, one field to correct, one press. Nothing is counted before. */
export function ProposalsCard({ view, caseId, of }: { view: ViewContext; caseId: string; of: readonly TimeProposal[] }) {
  if (of.length === 0) return null;
  return (
    <Card title="Temps à noter" icon="clock" id="temps-a-noter">
      <p class="q-note">Rien n’est compté tant que vous ne l’avez pas dit.</p>
      <ul class="q-time-proposals">
        {of.map((one) => (
          <One view={view} caseId={caseId} of={one} />
        ))}
      </ul>
    </Card>
  );
}

function One({ view, caseId, of }: { view: ViewContext; caseId: string; of: TimeProposal }) {
  const field = fieldId(`minutes-${newId()}`);
  return (
    <li>
      <form method="post" action={timeAcceptPath(caseId, of.id)} class="q-time-proposal" novalidate>
        <CsrfField view={view} />
        <label for={field}>
          <span class="q-time-what">
            {of.label}, <Day of={of.on} form="short" />
          </span>
          <span class="q-note">
            {of.measured
              ? 'Mesuré, de l’ouverture de la page à l’enregistrement.'
              : 'Pas mesuré\u202f: c’est le temps que compte le conseil.'}
          </span>
        </label>
        <span class="q-time-field">
          <input class="form-control" id={field} name="minutes" inputmode="numeric" value={`${of.minutes}`} />
          <span aria-hidden="true">min</span>
        </span>
        <span class="q-time-do">
          <button type="submit" class="btn q-btn-plain">
            Noter<span class="visually-hidden">&#160;: {of.label}</span>
          </button>
          <button type="submit" class="btn q-btn-quiet" formaction={timeDismissPath(caseId, of.id)}>
            Écarter<span class="visually-hidden">&#160;: {of.label}</span>
          </button>
        </span>
      </form>
    </li>
  );
}
