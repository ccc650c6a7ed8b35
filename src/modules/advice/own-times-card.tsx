import { ACTION_WORDS } from '#core/advice/actions.ts';
import { fr } from '#core/letters/typography.ts';
import { Card, Form, Status, Submit } from '#ui/components/index.ts';
import { count, NBSP } from '#ui/format.ts';
import type { ViewContext } from '#ui/view.ts';
import { ownTimePath } from './paths.ts';
import type { OwnTime } from './time-proposals.ts';
import { chanceWords } from './words.ts';

const min = (minutes: number): string => `${Math.round(minutes)}${NBSP}min`;

/** « Le temps que vous y passez vraiment »: the times noted, and the figure they lead to. */
export function OwnTimesCard({ view, of }: { view: ViewContext; of: readonly OwnTime[] }) {
  if (of.length === 0) return null;
  return (
    <Card title="Le temps que vous y passez vraiment" icon="clock">
      <p class="q-note">
        {fr`Quelques temps notés disent peu : chacun part du chiffre de départ et ne s'en éloigne qu'autant que vos notes le portent. Rien ne change tant que vous ne l'avez pas décidé.`}
      </p>
      <ul class="q-insight-rates">
        {of.map((own) => (
          <li>
            <h3 class="q-advice-h">{ACTION_WORDS[own.action].title}</h3>
            <p>
              {fr`${min(own.start)} au départ, ${min(own.average)} chez vous (${count(own.times, 'fois', 'fois')}) → ${min(own.mean)}, vos notes pèsent ${chanceWords(own.weight)}.`}
            </p>
            {own.inUse ? (
              <p>
                <Status tone="good">Repris par le conseil</Status>
              </p>
            ) : (
              <Form view={view} action={ownTimePath}>
                <input type="hidden" name="action" value={own.action} />
                <Submit weight="plain">
                  Compter {min(own.mean)}
                  <span class="visually-hidden">{`${NBSP}: ${ACTION_WORDS[own.action].title}`}</span>
                </Submit>
              </Form>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
