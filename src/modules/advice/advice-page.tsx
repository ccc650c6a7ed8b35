import { ACTION_WORDS, type Action } from '#core/advice/actions.ts';
import type { BreakEven } from '#core/advice/break-even.ts';
import { GATE_QUESTIONS } from '#core/advice/gate.ts';
import type { ParamId } from '#core/advice/numbers.ts';
import { PARAM_IDS } from '#core/advice/params.ts';
import type { Sensitivity } from '#core/advice/sensitivity.ts';
import { fr } from '#core/letters/typography.ts';
import type { CaseView } from '#modules/cases/index.ts';
import type { Typed } from '#platform/form.ts';
import {
  Actions,
  Alert,
  Card,
  Day,
  Disclosure,
  ErrorSummary,
  Form,
  LinkButton,
  PageHeader,
  Submit,
} from '#ui/components/index.ts';
import { listOf } from '#ui/format.ts';
import { Page } from '#ui/layout.tsx';
import type { ViewContext } from '#ui/view.ts';
import { type Advised, type CaseAdvice, questionsOf } from './advice.ts';
import { Proposal } from './advice-card.tsx';
import { withoutNoticed } from './answers.ts';
import { BarNote } from './bar-note.tsx';
import { DecisionCard } from './decision-card.tsx';
import { OptionsTable, WhyNot } from './options-table.tsx';
import { advicePath, figurePath, figuresPath, sensitivityPath } from './paths.ts';
import { scriptFor } from './phone.ts';
import { DecisionPicture } from './picture.tsx';
import { QuestionForm } from './question-form.tsx';
import { ReadingCard } from './reading-card.tsx';
import { SeedCard } from './seed-card.tsx';
import { furtherReasons } from './sentences.ts';
import type { CompanyAdvice } from './settings.ts';
import { TimeCard } from './time-card.tsx';
import type { TimeEntry } from './time-log.ts';
import { about, chanceWords, GRADE_WORDS, numberWords } from './words.ts';

interface Props {
  view: ViewContext;
  of: CaseView;
  advice: CaseAdvice;
  company: CompanyAdvice;
  typed: Typed;
  /** a trial: nothing of it is kept yet */
  trying: boolean;
  unread: boolean;
  errors: Readonly<Record<string, string>>;
  time: readonly TimeEntry[];
  sensitivity?: readonly Sensitivity[];
}

/** « Conseil »: the whole answer on a case, and every number it hangs on. */
export function AdvicePage({ view, of, advice, company, typed, trying, unread, errors, time, sensitivity }: Props) {
  const advised = 'advised' in advice ? advice.advised : undefined;
  return (
    <Page view={view} title={`Conseil, ${of.party.name}`}>
      <ErrorSummary errors={errors} />
      <PageHeader
        title={fr`Quelle étape vaut la peine ?`}
        overline={`${of.party.name}, ${of.reference}`}
        back={{ href: `/dossiers/${of.id}`, label: 'Le dossier' }}
      />
      {trying && Object.keys(errors).length === 0 && <TrialNote view={view} of={of} typed={typed} />}
      {advised?.bar?.near && <BarNote caseId={of.id} of={advised.bar} />}
      {'none' in advice ? (
        <Alert tone="info">
          <p>{advice.none}</p>
        </Alert>
      ) : (
        <Answer of={advice.advised} />
      )}
      <div class="q-columns">
        <div class="q-stack">
          {advised && <Figures of={advised} caseId={of.id} sensitivity={sensitivity} />}
          <QuestionForm view={view} of={of} advised={advised} typed={typed} errors={errors} />
        </div>
        <div class="q-stack">
          {advised && !trying && <DecisionCard view={view} caseId={of.id} of={advised} />}
          {advised && <Phone of={advised} />}
          {advised && <Weight of={advised} company={company} />}
          {advised && <SeedCard of={advised} />}
          {advised && <ReadingCard view={view} caseId={of.id} of={advised} unread={unread} typed={typed} />}
          <TimeCard view={view} caseId={of.id} time={time} hourlyRate={advised?.params.values.hourlyRate.value} />
        </div>
      </div>
    </Page>
  );
}

/** Nothing is kept until the user says so; what a trial alone holds (the amount, a figure) never is. */
function TrialNote({ view, of, typed }: { view: ViewContext; of: CaseView; typed: Typed }) {
  return (
    <Alert tone="soon" title={fr`Ceci est un essai : rien n'est enregistré`}>
      <Form view={view} action={advicePath(of.id)}>
        {Object.entries(withoutNoticed(typed)).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <Actions>
          <Submit weight="plain" icon="check">
            Garder ces réponses
          </Submit>
          <LinkButton href={advicePath(of.id)} weight="quiet">
            Oublier l’essai
          </LinkButton>
        </Actions>
      </Form>
      <p class="q-note">
        Le montant et les chiffres d’un essai ne sont pas gardés&#8239;: ils se changent dans{' '}
        <a href={figuresPath}>les chiffres du conseil</a>.
      </p>
    </Alert>
  );
}

function Answer({ of }: { of: Advised }) {
  const { decision } = of;
  const questions = questionsOf(of);
  return (
    <section class="card q-card q-advice-answer" id="resultat" aria-label="Le conseil">
      <div class="q-advice-answer-head">
        <Proposal of={of} heading="h2" />
        <More of={of} />
        {questions.length > 0 && (
          <Alert tone="soon" title={fr`Des voies restent fermées tant qu'il manque une réponse`}>
            <ul class="q-plain">
              {questions.map((question) => (
                <li>{GATE_QUESTIONS[question]}</li>
              ))}
            </ul>
            <p>
              <a href={questions.includes('creditor') ? figuresPath : '#changer'}>Répondre</a>
            </p>
          </Alert>
        )}
      </div>
      <DecisionPicture options={decision.options} proposed={decision.proposed} />
      <div class="q-advice-wide">
        <OptionsTable of={of} />
        <WhyNot of={of} />
      </div>
    </section>
  );
}

/** What else the answer says: the break-even, the plan ahead, what the limitation was counted from. */
function More({ of }: { of: Advised }) {
  const { decision } = of;
  return (
    <ul class="q-advice-more">
      {furtherReasons(of).map((sentence) => (
        <li>{sentence}</li>
      ))}
      {decision.course.length > 1 && <li>{courseWords(of)}</li>}
      {of.claim.solvency !== 'published' && of.known.map((sentence) => <li>{sentence}</li>)}
      {of.bar?.from === 'invoice' && !of.bar.near && of.claim.solvency !== 'published' && (
        <li>Prescription comptée de la facture la plus ancienne, faute de savoir quand la prestation s’est achevée.</li>
      )}
    </ul>
  );
}

/** The plan ahead along the likeliest outcomes. Among equals it starts from the best by a hair, which may not be the one proposed. */
function courseWords({ decision }: Advised): string {
  const titles = decision.course.map((action) => ACTION_WORDS[action].title.toLowerCase());
  const start = decision.course[0] === decision.proposed ? '' : `, en commençant par l’étape équivalente`;
  return `Si rien n’est payé, la suite la plus probable${start}\u202f: ${titles.join(' → ')}.`;
}

function Weight({ of, company }: { of: Advised; company: CompanyAdvice }) {
  const { claim, relation } = of;
  const share = company.turnover ? Number(claim.principal) / Number(company.turnover) : undefined;
  return (
    <Card title="Ce que cela pèse pour vous" icon="company">
      <p>
        {share === undefined ? (
          <>
            Dites votre <a href={figuresPath}>chiffre d’affaires</a>, et Quitus comparera cette créance à votre année.
          </>
        ) : (
          <>
            Cette créance vaut {chanceWords(share)} de votre chiffre d’affaires annuel
            {share >= 0.05
              ? fr` : elle compte, suivez-la de près.`
              : share < 0.005
                ? fr` : elle pèse peu, le temps passé compte plus qu'elle.`
                : '.'}
          </>
        )}
      </p>
      {relation ? (
        <p>
          Garder ce client vaut pour vous {about(relation.worth)}. Les voies dures ajouteraient en moyenne {about(relation.price)}
          &#8239;: {relation.kept ? 'elles sont écartées.' : 'elles restent ouvertes, ce serait le prix de la relation.'}
        </p>
      ) : (
        <p class="q-note">
          Ce client doit-il rester&#8239;? <a href="#changer">Dites ce qu’il vaut</a>, et les voies dures seront pesées contre.
        </p>
      )}
    </Card>
  );
}

function Phone({ of }: { of: Advised }) {
  const { situation, opening, questions, closing } = scriptFor(of.claim);
  if (of.claim.solvency === 'published') return null;
  return (
    <Card title="Que dire au téléphone" icon="phone">
      {of.hold && (
        <p>
          <strong>
            Rien à dire avant le <Day of={of.hold.until} />.
          </strong>{' '}
          Ensuite, si rien n’est payé&#8239;:
        </p>
      )}
      <p class="q-note">{situation}. Une heure ouvrable, une seule personne, jamais un tiers.</p>
      <blockquote class="q-said">{opening}</blockquote>
      <ul class="q-advice-questions">
        {questions.map((question) => (
          <li>{question}</li>
        ))}
      </ul>
      <p>{closing}</p>
    </Card>
  );
}

/** Which figures weigh on a step: those of its own, and those of every step. */
const PREFIXES: Readonly<Partial<Record<Action, readonly string[]>>> = {
  EMAIL: ['eH', 'pE'],
  CALL: ['cH', 'pC'],
  WAIT: ['pW'],
  MED: ['med', 'pM'],
  PLAN: ['plan'],
  CREDIT: ['cred'],
  MEDIATION: ['mdn', 'harden'],
  AGENCY: ['agy'],
  PSR: ['psr', 'kPsr'],
  IP: ['ip', 'kJud', 'costBack'],
  REFERE: ['ref', 'kJud'],
  SUIT: ['suit', 'kJud'],
  ENFORCE: ['enf'],
  DECLARE: ['dividend', 'declH'],
  WRITEOFF: ['woH', 'tail'],
};
const COMMON: readonly ParamId[] = ['hourlyRate', 'discountAnnual', 'lateRate', 'flat40'];

function Figures({ of, caseId, sensitivity }: { of: Advised; caseId: string; sensitivity?: readonly Sensitivity[] | undefined }) {
  const { decision, params } = of;
  const used = decision.course.flatMap((action) => PREFIXES[action] ?? []);
  const ids = PARAM_IDS.filter((id) => COMMON.includes(id) || used.some((prefix) => id.startsWith(prefix)));
  return (
    <Card title="Ce dont cela dépend" icon="interest" id="chiffres">
      {decision.breakEvens.length > 0 && (
        <>
          <h3 class="q-advice-h">À partir de quel montant chaque étape vaut mieux qu’arrêter</h3>
          <ul class="q-advice-rows">
            {decision.breakEvens.map(({ action, from }) => (
              <li>
                <span>{ACTION_WORDS[action].title}</span> <strong>{thresholdWords(from)}</strong>
              </li>
            ))}
          </ul>
        </>
      )}
      <h3 class="q-advice-h">Ce qui changerait le conseil</h3>
      {sensitivity ? (
        <SensitivityList of={sensitivity} />
      ) : (
        <p>
          <a href={`${sensitivityPath(caseId)}#chiffres`}>Chercher les trois chiffres qui le feraient changer</a>{' '}
          <span class="q-note">(une à trois secondes de calcul)</span>
        </p>
      )}
      {decision.information.solvencyCheck >= 1000n && (
        <p>
          Vérifier la solvabilité avant d’agir vaudrait environ {about(decision.information.solvencyCheck)}&#8239;: un rapport qui
          coûte moins se justifie.
        </p>
      )}
      <Disclosure summary={`Les ${ids.length} chiffres de cette voie, et d’où ils viennent`}>
        <ul class="q-advice-figures">
          {ids.map((id) => {
            const { label, value, grade } = params.values[id];
            return (
              <li>
                <a href={figurePath(id)}>{label}</a>{' '}
                <span class="q-advice-value">
                  {typeof value === 'number' ? numberWords(value) : value.length === 3 ? 'par dossier' : 'par profil'}{' '}
                  <span class="q-advice-grade">{GRADE_WORDS[grade].short}</span>
                </span>
              </li>
            );
          })}
        </ul>
        <p>
          <a href={figuresPath}>Tous les chiffres du conseil</a>
        </p>
      </Disclosure>
    </Card>
  );
}

function thresholdWords(from: BreakEven): string {
  if (from === 'never') return 'jamais';
  return from === 'always' ? 'dès le premier euro' : about(from);
}

function SensitivityList({ of }: { of: readonly Sensitivity[] }) {
  const switching = of.filter((s) => s.switchesAt !== undefined && s.to !== undefined);
  const fixed = of.filter((s) => s.switchesAt === undefined).map((s) => s.label.toLowerCase());
  if (switching.length === 0) return <p>Aucun chiffre, changé seul et raisonnablement, ne ferait proposer autre chose.</p>;
  return (
    <>
      <ul class="q-advice-more">
        {switching.map(({ label, now, switchesAt, to, grade }) => (
          <li>
            {label}&#8239;: {numberWords(round(now))} aujourd’hui <span class="q-advice-grade">{GRADE_WORDS[grade].short}</span>.{' '}
            {(switchesAt ?? 0) > now ? 'Au-dessus de' : 'Au-dessous de'} {numberWords(round(switchesAt ?? 0))}, ce serait
            plutôt&#8239;: {to && ACTION_WORDS[to].title.toLowerCase()}.
          </li>
        ))}
      </ul>
      {fixed.length > 0 && <p class="q-note">Sans effet à lui seul&#8239;: {listOf(fixed)}.</p>}
    </>
  );
}

const round = (x: number): number => Math.round(x * 100) / 100;
