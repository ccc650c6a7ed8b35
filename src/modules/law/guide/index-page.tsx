import { ruleNamed } from '#core/claim/rules.ts';
import { fr } from '#core/letters/typography.ts';
import { Card, PageHeader } from '#ui/components/index.ts';
import { Page } from '#ui/layout.tsx';
import { PATHS, type ViewContext } from '#ui/view.ts';
import { rulePath } from '../paths.ts';
import { QUESTIONS } from './guide.ts';

/** « Comprendre »: every rule, under the question a creditor asks. */
export function GuidePage({ view }: { view: ViewContext }) {
  return (
    <Page view={view} title="Comprendre" width="normal">
      <PageHeader
        title="Comprendre"
        subtitle={fr`Chaque règle que Quitus applique, en français courant : ce qu'elle dit, un exemple calculé, ses textes, ce qui n'est pas certain, et un formulaire pour vos chiffres.`}
        back={{ href: PATHS.law, label: 'Le droit' }}
      />
      <div class="q-guide">
        {QUESTIONS.map(({ id, asks, rules }) => (
          <Card title={asks} id={id}>
            <ul class="q-choices-list">
              {rules.flatMap((name) => {
                const rule = ruleNamed(name);
                if (!rule) return [];
                return [
                  <li>
                    <a href={rulePath(name)}>{rule.title}</a>
                    <span class="q-note">{rule.formula}</span>
                  </li>,
                ];
              })}
            </ul>
          </Card>
        ))}
      </div>
    </Page>
  );
}
