import { DEFAULT_PARAMS, PARAM_IDS } from '#core/advice/params.ts';
import type { Day as CivilDay } from '#core/kernel/day.ts';
import { fr } from '#core/letters/typography.ts';
import { Alert, Card, Disclosure, PageHeader } from '#ui/components/index.ts';
import { count, longDay } from '#ui/format.ts';
import { Page } from '#ui/layout.tsx';
import type { ViewContext } from '#ui/view.ts';
import type { KeptFigure } from './param-sets.ts';
import { figuresPath } from './paths.ts';
import { flatNumbers } from './settings.ts';
import { GRADE_WORDS, numberWords } from './words.ts';

interface Props {
  view: ViewContext;
  /** whose figures: « en vigueur le… », « d'une décision » */
  title: string;
  startingSet: string;
  values: ReadonlyMap<string, KeptFigure>;
  /** where each of one's own came from, when it is known */
  notes?: ReadonlyMap<string, string>;
  /** the name of the set, as decisions write it */
  hash: string;
}

/** The figures as they were: those of a day, or those a decision was made with. Nothing changes them any more. */
export function FiguresThenPage({ view, title, startingSet, values, notes = new Map(), hash }: Props) {
  const own = [...values].filter(([, figure]) => figure.grade === 'user');
  const others = [...values].filter(([, figure]) => figure.grade !== 'user');
  const changed = [...values].filter(([id, { value }]) => {
    const now = PARAM_IDS.find((known) => known === id);
    return !now || JSON.stringify(DEFAULT_PARAMS.values[now].value) !== JSON.stringify(value);
  });
  return (
    <Page view={view} title={title} width="normal">
      <PageHeader
        title={title}
        subtitle={fr`Jeu de départ du ${longDay(setDay(startingSet))}, taux de la loi de ce jour-là, puis vos propres chiffres.`}
        overline={view.tenant?.name ?? ''}
        back={{ href: figuresPath, label: 'Les chiffres d’aujourd’hui' }}
      />
      <Card title="Les vôtres" icon="company">
        {own.length === 0 ? <p class="q-note">Aucun&#8239;: tout venait du jeu de départ.</p> : <List of={own} notes={notes} />}
      </Card>
      <Card title="Les autres" icon="interest">
        <Disclosure summary={fr`${count(others.length, 'chiffre')} du jeu de départ`}>
          <List of={others} notes={notes} />
        </Disclosure>
      </Card>
      <Alert tone="info">
        <p>
          {fr`${count(changed.length, 'chiffre')} sur ${values.size} ${changed.length > 1 ? 'diffèrent' : 'diffère'} du jeu de départ d'aujourd'hui.`}{' '}
          Empreinte de ce jeu&#8239;: <code class="q-hash">{hash.slice(0, 16)}…</code>
        </p>
      </Alert>
    </Page>
  );
}

const setDay = (version: string): CivilDay => Temporal.PlainDate.from(version.slice(0, 10));

function List({ of, notes }: { of: readonly (readonly [string, KeptFigure])[]; notes: ReadonlyMap<string, string> }) {
  return (
    <ul class="q-advice-figures">
      {of.map(([id, { value, grade }]) => {
        const known = PARAM_IDS.find((one) => one === id);
        return (
          <li>
            <span>
              {known ? DEFAULT_PARAMS.values[known].label : id}
              {notes.has(id) && <span class="q-note">{notes.get(id)}</span>}
            </span>
            <span class="q-advice-value">
              {flatNumbers(value).length > 7 ? 'tableau' : flatNumbers(value).map(numberWords).join(' · ')}{' '}
              <span class="q-advice-grade">{GRADE_WORDS[grade].short}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
