import { EVENT_NAMES } from '#core/advice/events.ts';
import type { Typed } from '#platform/form.ts';
import { Actions, Card, Checkbox, ConfirmButton, Disclosure, Form, Submit } from '#ui/components/index.ts';
import { listOf } from '#ui/format.ts';
import type { ViewContext } from '#ui/view.ts';
import type { Advised } from './advice.ts';
import { cluesPath, forgetPath } from './paths.ts';
import { type Hypothesis, readingOf } from './reading.ts';
import { CLUE_WORDS, chanceWords } from './words.ts';

interface Props {
  view: ViewContext;
  caseId: string;
  of: Advised;
  unread: boolean;
  /** what the user noticed, as typed */
  typed: Typed;
}

/** The hypotheses about the debtor: private, on this page only, not on paper, and erasable. */
export function ReadingCard(props: Props) {
  if (props.of.claim.solvency === 'published') return null;
  return (
    <div class="q-no-print">
      <Reading {...props} />
    </div>
  );
}

function Reading({ view, caseId, of, unread, typed }: Props) {
  return (
    <Card title="Lire le débiteur" icon="lock" id="lecture">
      {unread ? (
        <p>Vous avez effacé cette lecture. Notez une remarque pour la reprendre.</p>
      ) : (
        <Disclosure summary="Ouvrir les hypothèses (pour vous seul)">
          <p class="q-note">
            Des hypothèses de travail, calculées à chaque fois et jamais gardées&#8239;: elles ne paraissent ni dans une lettre,
            ni dans un export, ni dans le journal. Elles peuvent être fausses.
          </p>
          {readingOf(of.decision.belief).map((one) => (
            <One of={one} />
          ))}
          <p>
            <strong>Méfiez-vous de vous-même.</strong> On prend facilement un silence pour un refus, et un désaccord pour de la
            mauvaise foi. Cherchez ce qui contredit votre idée avant d’agir sur elle.
          </p>
          <ConfirmButton
            view={view}
            action={forgetPath(caseId)}
            label="Effacer cette lecture"
            question="Ce que vous avez remarqué sur ce débiteur est effacé pour de bon, et cette page ne montre plus d’hypothèse. Le conseil, lui, reste."
            confirm="Effacer"
            icon="remove"
          />
        </Disclosure>
      )}
      <Disclosure summary="Ce que vous avez remarqué">
        <Form view={view} action={cluesPath(caseId)}>
          {EVENT_NAMES.map((event) => (
            <Checkbox name={`clue.${event}`} checked={typed[`clue.${event}`] === 'oui'} label={CLUE_WORDS[event]} />
          ))}
          <Actions>
            <Submit weight="plain">Garder ces remarques</Submit>
          </Actions>
        </Form>
      </Disclosure>
    </Card>
  );
}

function One({ of }: { of: Hypothesis }) {
  return (
    <div class="q-advice-hypothesis">
      <p class="q-advice-hypothesis-head">
        <span>{capital(of.words)}</span> <strong>{chanceWords(of.chance)}</strong>
      </p>
      <meter class="q-advice-meter" min="0" max="1" value={of.chance} aria-label={`Chances\u202f: ${of.words}`}>
        {chanceWords(of.chance)}
      </meter>
      <dl class="q-advice-clues">
        <div>
          <dt>Pour</dt>
          <dd>{of.clues.length > 0 ? listOf(of.clues) : 'rien de particulier'}</dd>
        </div>
        <div>
          <dt>Contre</dt>
          <dd>{of.against.length > 0 ? listOf(of.against) : 'rien de particulier'}</dd>
        </div>
        <div>
          <dt>Conduite</dt>
          <dd>{of.behaviour}</dd>
        </div>
      </dl>
    </div>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
