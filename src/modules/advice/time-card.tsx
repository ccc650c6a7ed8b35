import type { Typed } from '#platform/form.ts';
import { newId } from '#platform/ids.ts';
import { Actions, Card, CsrfField, Day, Field, Form, Submit } from '#ui/components/index.ts';
import { Icon } from '#ui/icons.tsx';
import type { ViewContext } from '#ui/view.ts';
import { timePath, timeRemovePath } from './paths.ts';
import { costOf, type TimeEntry } from './time-log.ts';
import { about, hoursWords } from './words.ts';

interface Props {
  view: ViewContext;
  caseId: string;
  time: readonly TimeEntry[];
  hourlyRate: number | undefined;
  typed?: Typed;
  errors?: Readonly<Record<string, string>>;
}

/** The time a case took, and what it cost. */
export function TimeCard({ view, caseId, time, hourlyRate, typed = {}, errors = {} }: Props) {
  const minutes = time.reduce((sum, entry) => sum + entry.minutes, 0);
  return (
    <Card title="Temps passé" icon="clock" id="temps">
      {time.length === 0 ? (
        <p class="q-note">Rien de noté. Le temps compte autant que les frais&#8239;: notez-le au fil de l’eau.</p>
      ) : (
        <>
          <p>
            <strong>{hoursWords(minutes / 60)}</strong>
            {hourlyRate !== undefined && <>, soit {about(costOf(minutes, hourlyRate))} déjà dépensés</>}. Le conseil n’en tient
            pas compte&#8239;: seul ce qui reste à faire se décide encore.
          </p>
          <ul class="q-advice-time">
            {time.map((entry) => (
              <li>
                <span>
                  <Day of={entry.on} form="short" />, {entry.label}
                </span>
                <span>
                  {entry.minutes}&#160;min
                  <form method="post" action={timeRemovePath(caseId, entry.id)}>
                    <CsrfField view={view} />
                    <button type="submit" class="btn q-btn-quiet">
                      <Icon name="remove" label={`Retirer ${entry.minutes} min, ${entry.label}`} />
                    </button>
                  </form>
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      <Form view={view} action={timePath(caseId)}>
        <input type="hidden" name="id" value={newId()} />
        <div class="q-advice-pair">
          <Field
            name="minutes"
            label="Minutes"
            inputmode="numeric"
            width="short"
            value={typed.minutes ?? '15'}
            error={errors.minutes}
          />
          <Field name="label" label="À quoi" value={typed.label} error={errors.label} maxlength={200} optional />
        </div>
        <Actions>
          <Submit weight="plain" icon="add">
            Noter ce temps
          </Submit>
        </Actions>
      </Form>
    </Card>
  );
}
