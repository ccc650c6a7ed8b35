import type { Json } from '#core/kernel/canonical.ts';
import { type Day, day, isAfter } from '#core/kernel/day.ts';
import { parseTypedAmount } from '#core/kernel/money.ts';
import type { Outcome } from '#core/kernel/outcome.ts';
import type { Result } from '#core/kernel/result.ts';
import type { LawBook } from '#core/law/book.ts';
import { citation } from '#core/law/citations.ts';
import { OPEN_QUESTIONS } from '#core/law/open-questions.ts';
import type { Rule } from '#core/law/registry/define.ts';
import { type Series, valueOn } from '#core/law/series.ts';
import { fr } from '#core/letters/typography.ts';
import { Alert, Card, CertaintyMark, DescriptionList, ErrorSummary, PageHeader } from '#ui/components/index.ts';
import { euros, longDay, percent } from '#ui/format.ts';
import { Page } from '#ui/layout.tsx';
import { PATHS, type ViewContext } from '#ui/view.ts';
import { guidePath } from '../paths.ts';
import { Answer } from './answer.tsx';
import { factsOf, isGroup, questionsOf, type TypedFacts, typedFacts } from './form.ts';
import { GUIDES, questionOf, type RuleDate } from './guide.ts';
import { TryForm } from './try-form.tsx';
import { choiceWords, labelOf } from './words.ts';

interface Props {
  view: ViewContext;
  rule: Rule;
  law: LawBook;
  /** what was typed in the form; undefined when it was not sent */
  typed: TypedFacts | undefined;
}

/** A rule explained from its own definition: what it says, since when, an example computed with today's law, a form, its texts, its doubts. */
export function RulePage({ view, rule, law, typed }: Props) {
  const guide = GUIDES[rule.name];
  const example = rule.ask(rule.example, law);
  const tried = typed && tryOut(rule, law, typed);
  const shown = typed ?? typedFacts(rule.inputs, rule.example);
  const errors = tried?.errors ?? {};
  const doubts = OPEN_QUESTIONS.filter((one) => one.rules.includes(rule.name));
  const question = questionOf(rule.name);
  return (
    <Page view={view} title={rule.title} width="normal">
      <ErrorSummary errors={errors} />
      <PageHeader
        title={rule.title}
        overline={question?.asks ?? 'Le droit'}
        back={{ href: question ? `${guidePath}#${question.id}` : guidePath, label: 'Comprendre' }}
      />
      <div class="q-columns">
        <div class="q-stack">
          <Card title="Ce que dit la règle" icon="source" aside={<CertaintyMark of={rule.certainty} />}>
            {(guide?.says ?? []).map((paragraph) => (
              <p>{paragraph}</p>
            ))}
            <p class="q-formula">
              <strong>En bref.</strong> {rule.formula}
            </p>
          </Card>
          <Card title="Un exemple" icon="calculator" id="exemple">
            <Facts rule={rule} typed={typedFacts(rule.inputs, rule.example)} />
            <Outcomed rule={rule} answer={example} />
          </Card>
          <Card title="Essayer avec vos chiffres" icon="edit" id="essai">
            {tried?.answer && (
              <section class="q-tried" aria-labelledby="reponse">
                <h3 id="reponse">Réponse</h3>
                <Outcomed rule={rule} answer={tried.answer} />
              </section>
            )}
            <TryForm rule={rule} typed={shown} errors={errors} />
          </Card>
        </div>
        <div class="q-stack">
          <Dates rule={rule} law={law} today={view.today} />
          <Articles rule={rule} />
          {doubts.length > 0 && (
            <Card title="Ce qui n’est pas certain" icon="question" id="incertitudes">
              <ul>
                {doubts.map((one) => (
                  <li>{one.says}</li>
                ))}
              </ul>
            </Card>
          )}
        </div>
      </div>
      <p class="q-note">{fr`Quitus informe et calcule ; il ne remplace pas le conseil d'un avocat. Le texte officiel l'emporte toujours.`}</p>
    </Page>
  );
}

interface Tried {
  readonly errors: Readonly<Record<string, string>>;
  readonly answer?: Result<Outcome<Json>>;
}

/** The answer to what was typed; a fact that the rule itself finds missing is asked at its question. */
function tryOut(rule: Rule, law: LawBook, typed: TypedFacts): Tried {
  const { facts, errors } = factsOf(rule.inputs, typed);
  if (Object.keys(errors).length > 0) return { errors };
  const answer = rule.ask(facts, law);
  if (!answer.ok || answer.value.status !== 'missing') return { errors, answer };
  const asked = new Set(names(questionsOf(rule.inputs, typed)));
  const missing = answer.value.facts.filter((fact) => asked.has(fact));
  if (missing.length === 0) return { errors, answer };
  return { errors: Object.fromEntries(missing.map((fact) => [fact, 'Ce cas demande une réponse ici.'])) };
}

const names = (questions: ReturnType<typeof questionsOf>): string[] =>
  questions.flatMap((one) => (isGroup(one) ? names(one.questions) : [one.name]));

function Outcomed({ rule, answer }: { rule: Rule; answer: Result<Outcome<Json>> }) {
  if (answer.ok) return <Answer rule={rule.name} outcome={answer.value} />;
  return (
    <Alert tone="late">
      <p>{answer.refusal.message}</p>
    </Alert>
  );
}

/** The facts of the example, in words. */
function Facts({ rule, typed }: { rule: Rule; typed: TypedFacts }) {
  const lines = (questions: ReturnType<typeof questionsOf>, before = ''): { term: string; value: string }[] =>
    questions.flatMap((one) => {
      const label = labelOf(rule.name, one.path, isGroup(one) ? one.meaning : one.field.meaning);
      const term = before ? `${before}\u202f: ${label.charAt(0).toLocaleLowerCase('fr')}${label.slice(1)}` : label;
      if (isGroup(one)) return lines(one.questions, one.rank === undefined ? term : fr`${term}, n° ${one.rank}`);
      const value = typed[one.name];
      return value === undefined ? [] : [{ term, value: inWords(one.field.type, one.key, value) }];
    });
  return <DescriptionList items={lines(questionsOf(rule.inputs, typed))} />;
}

function inWords(type: string, key: string, value: string): string {
  if (type === 'choice') return choiceWords(key, value);
  if (type === 'day') return longDay(day(value));
  if (type === 'amount') return euros(parseTypedAmount(value) ?? 0n);
  return type === 'percent' ? `${value}\u00a0%` : value;
}

function Dates({ rule, law, today }: { rule: Rule; law: LawBook; today: Day }) {
  const guide = GUIDES[rule.name];
  const series = guide?.series?.(law) ?? [];
  const dates = guide?.dates ?? [];
  if (series.length === 0 && dates.length === 0) return null;
  return (
    <Card title="Depuis quand" icon="calendar" id="dates">
      {dates.length > 0 && <DescriptionList items={dates.map((one) => reform(one, today))} />}
      {series.length > 0 && (
        <>
          <h3>Chiffres en vigueur</h3>
          <DescriptionList items={series.map((one) => inForce(one, today))} />
          <p>
            <a href={PATHS.law}>Toutes les valeurs, depuis 2008</a>
          </p>
        </>
      )}
    </Card>
  );
}

function reform({ on, says }: RuleDate, today: Day) {
  const when = day(on);
  return { term: longDay(when), value: says, ...(isAfter(when, today) && { note: 'à venir' }) };
}

function inForce(series: Series<unknown>, today: Day) {
  const now = valueOn(series, today);
  const until = series.knownUntil ? fr`Connu jusqu'au ${longDay(series.knownUntil)}.` : 'Sans terme annoncé.';
  if (!now) return { term: series.title, value: 'inconnu à ce jour', note: until };
  const value = seriesValue(series.unit, now.value);
  const own = now.override ? fr` Valeur saisie le ${longDay(now.override.on)} : ${now.override.note}.` : '';
  return { term: series.title, value: <strong>{value}</strong>, note: fr`Depuis le ${longDay(now.from)}. ${until}${own}` };
}

function seriesValue(unit: Series<unknown>['unit'], value: unknown): string {
  if (typeof value === 'bigint') return euros(value);
  const rate = value as Parameters<typeof percent>[0];
  if (unit === 'multiple') return `${rate.n}${rate.d === 1n ? '' : `/${rate.d}`} fois`;
  return unit === 'points' ? percent(rate).replace('%', 'points') : percent(rate);
}

function Articles({ rule }: { rule: Rule }) {
  return (
    <Card title="Les textes" icon="citation" id="textes">
      <ul class="q-articles">
        {rule.articles.map((key) => {
          const found = citation(key);
          return (
            found && (
              <li>
                <a href={found.link} rel="noreferrer external">
                  {found.label}
                </a>
                &#8239;: {found.about}. <CertaintyMark of={found.certainty} />
              </li>
            )
          );
        })}
      </ul>
    </Card>
  );
}
