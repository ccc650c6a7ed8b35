import { addDays, isBefore } from '#core/kernel/day.ts';
import { fr } from '#core/letters/typography.ts';
import { type CaseView, drawnTiming, factsOf } from '#modules/cases/index.ts';
import { Actions, Card, Form, Submit } from '#ui/components/index.ts';
import { longDay } from '#ui/format.ts';
import type { ViewContext } from '#ui/view.ts';
import { timingPath, timingReleasePath } from './paths.ts';

/** On a case that takes part in a comparison and waits for its first contact: the day drawn, why, and the way out. */
export function TimingNote({ view, of }: { view: ViewContext; of: CaseView }) {
  const drawn = drawnTiming(of.facts);
  const { stage, deadline } = of.state;
  const waits = (stage === 'not-due' || stage === 'to-contact') && factsOf(of.facts, 'contact-made').length === 0;
  if (!drawn || !waits || !deadline) return null;
  const day = drawn.days[drawn.arm];
  const moment = addDays(deadline, day);
  if (isBefore(moment, view.today)) return null;
  return (
    <Card title="Premier rappel tiré au sort" icon="calendar" id="tirage">
      <p>
        {fr`J+${day}, le ${longDay(moment)}, plutôt que J+${drawn.days[drawn.arm === 0 ? 1 : 0]} : ce dossier participe à votre comparaison.`}{' '}
        <a href={timingPath}>Pourquoi un tirage au sort</a>
      </p>
      <p class="q-note">Rien ne vous y oblige&#8239;: relancez plus tôt s’il le faut.</p>
      <Form view={view} action={timingReleasePath(of.id)}>
        <Actions>
          <Submit weight="quiet">Retirer ce dossier</Submit>
        </Actions>
      </Form>
    </Card>
  );
}
