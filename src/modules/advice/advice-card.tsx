import { ACTION_WORDS, type Action } from '#core/advice/actions.ts';
import { newId } from '#platform/ids.ts';
import { Actions, Card, CsrfField, Day, LinkButton } from '#ui/components/index.ts';
import { Icon } from '#ui/icons.tsx';
import type { ViewContext } from '#ui/view.ts';
import type { Advised, CaseAdvice } from './advice.ts';
import { advicePath, timePath } from './paths.ts';
import { sentencesOf } from './sentences.ts';
import { ESTIMATE } from './words.ts';

interface CardProps {
  view: ViewContext;
  caseId: string;
  advice: CaseAdvice;
}

/** On the case page: the step proposed and why, in two sentences; the rest is a press away. Nothing where there is nothing to weigh. */
export function AdviceCard({ view, caseId, advice }: CardProps) {
  if ('none' in advice) return null;
  return (
    <Card title="Conseil" icon="calculator" id="conseil" aside={<TimeButton view={view} caseId={caseId} />}>
      <Proposal of={advice.advised} />
      <Actions>
        <LinkButton href={advicePath(caseId)} weight="plain" icon="next">
          Comparer, changer un chiffre
        </LinkButton>
      </Actions>
    </Card>
  );
}

/** One press: a quarter of an hour on this case. */
export function TimeButton({ view, caseId }: { view: ViewContext; caseId: string }) {
  return (
    <form method="post" action={timePath(caseId)} class="q-no-print">
      <CsrfField view={view} />
      <input type="hidden" name="id" value={newId()} />
      <input type="hidden" name="minutes" value="15" />
      <button type="submit" class="btn q-btn-quiet">
        <Icon name="clock" />
        <span>Noter 15&#160;min</span>
      </button>
    </form>
  );
}

/** The step and its reasons. */
export function Proposal({ of, heading = 'p' }: { of: Advised; heading?: 'p' | 'h2' }) {
  const { decision, hold, relation } = of;
  const [first, second] = sentencesOf(of);
  const Heading = heading;
  return (
    <div class="q-advice">
      {hold && (
        <p class="q-advice-hold">
          <Icon name="stop" />
          <span>
            {hold.why}, jusqu’au <Day of={hold.until} />
            &#8239;: rien avant. Ensuite, si rien n’est payé&#8239;:
          </span>
        </p>
      )}
      <Heading class="q-advice-step">{proposedTitle(decision.proposed, decision.tie)}</Heading>
      <p class="q-advice-reason">
        {first} {second}
      </p>
      {relation?.kept && (
        <p>
          Sans votre attachement à ce client, une étape plus dure ajouterait {Math.round(Number(relation.price) / 100)}&#160;€ en
          moyenne.
        </p>
      )}
      <p class="q-note">{ESTIMATE}</p>
    </div>
  );
}

const proposedTitle = (proposed: Action, tie: readonly Action[]): string => {
  const others = tie.filter((action) => action !== proposed).map((action) => ACTION_WORDS[action].title.toLowerCase());
  return others.length === 0
    ? ACTION_WORDS[proposed].title
    : `${ACTION_WORDS[proposed].title}, ou ${others.join(', ou ')}\u202f: cela se vaut`;
};
