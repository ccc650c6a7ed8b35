import type { Typed } from '#platform/form.ts';
import {
  Actions,
  Card,
  DescriptionList,
  ErrorSummary,
  Form,
  LinkButton,
  PageHeader,
  Steps,
  Submit,
} from '#ui/components/index.ts';
import { Icon } from '#ui/icons.tsx';
import { Page } from '#ui/layout.tsx';
import { type Children, PATHS, type ViewContext } from '#ui/view.ts';
import type { Creditor } from './creditor.ts';
import { factsOn, type Subject } from './facts-list.tsx';
import { MissingFacts } from './missing-facts.tsx';
import { CompanyQuestion } from './questions.tsx';
import { STEPS, type Step } from './subjects.ts';

export const stepPath = (slug: string): string => `${PATHS.newCompany}/${slug}`;
/** Where the answers are checked. */
export const CHECK = 'verification';

const [FIRST] = STEPS;

/** The step after a step; the check after the last one. */
export function nextPath(step: Step): string {
  const next = STEPS[STEPS.indexOf(step) + 1];
  return stepPath(next?.slug ?? CHECK);
}

/** Where one stands; a question left without an answer was skipped, and can be answered after all. */
function Trail({ at, creditor }: { at: string; creditor?: Creditor | undefined }) {
  const all = [...STEPS.map(({ slug, label }) => ({ slug, label })), { slug: CHECK, label: 'Relecture' }];
  const now = all.findIndex(({ slug }) => slug === at);
  const state = (slug: string, index: number) => {
    if (index >= now) return index === now ? 'current' : 'todo';
    return creditor && answerTo(slug, creditor).value === undefined ? 'skipped' : 'done';
  };
  return (
    <Steps
      label="Création de l’entreprise"
      steps={all.map(({ slug, label }, index) => ({ label, state: state(slug, index), href: stepPath(slug) }))}
    />
  );
}

interface StepProps {
  view: ViewContext;
  step: Step;
  typed: Typed;
  /** what was answered so far; nothing before the company exists */
  creditor?: Creditor | undefined;
  errors?: Readonly<Record<string, string>>;
  /** before the company exists: the identifier it will have, so that a form sent twice makes one company */
  newId?: string;
  /** one came from the check and goes back there */
  checking?: boolean;
}

/** One question of the creation of a company. */
export function StepPage({ view, step, typed, creditor, errors = {}, newId, checking = false }: StepProps) {
  const first = step === FIRST;
  const before = STEPS[STEPS.indexOf(step) - 1];
  const back = checking
    ? { href: stepPath(CHECK), label: 'Vos réponses' }
    : before
      ? { href: stepPath(before.slug), label: 'Question précédente' }
      : { href: PATHS.welcome, label: 'Bienvenue' };
  return (
    <Page view={view} title={step.question} width="narrow">
      <ErrorSummary errors={errors} />
      <div>
        <Trail at={step.slug} creditor={creditor} />
        <PageHeader title={step.question} subtitle={step.why} {...(newId && view.undecided !== true ? {} : { back })} />
      </div>
      <Form view={view} action={newId ? PATHS.newCompany : stepPath(step.slug)}>
        {newId && <input type="hidden" name="id" value={newId} />}
        {checking && <input type="hidden" name="suite" value={CHECK} />}
        {step.questions.map((name) => (
          <CompanyQuestion name={name} value={typed[name]} error={errors[name]} />
        ))}
        {first && <ReadingTip />}
        <Actions>
          <Submit>{checking ? 'Enregistrer' : 'Continuer'}</Submit>
          {!first && !checking && (
            <LinkButton href={nextPath(step)} weight="quiet">
              Passer cette question
            </LinkButton>
          )}
        </Actions>
      </Form>
      {!first && !checking && (
        <p>
          <a href={PATHS.drop}>Arrêter là et déposer une facture</a>&#8239;: Quitus y lira ce qu’il peut.
        </p>
      )}
    </Page>
  );
}

function ReadingTip() {
  return (
    <p class="q-tip">
      <Icon name="read" />
      <span>
        Vous pouvez aussi laisser Quitus lire votre SIREN, votre adresse et votre IBAN sur votre première facture&#8239;: donnez
        le nom, puis passez directement au dépôt.
      </span>
    </p>
  );
}

/** All the answers before going on, each to be corrected where it was given. */
export function CheckPage({ view, creditor }: { view: ViewContext; creditor: Creditor }) {
  const last = STEPS.at(-1);
  return (
    <Page view={view} title="Vérifiez vos réponses" width="narrow">
      <div>
        <Trail at={CHECK} creditor={creditor} />
        <PageHeader
          title="Vérifiez vos réponses"
          subtitle="Tout est enregistré. Vous pourrez compléter et corriger à tout moment dans les réglages."
          {...(last ? { back: { href: stepPath(last.slug), label: 'Question précédente' } } : {})}
        />
      </div>
      <Card>
        <DescriptionList
          items={STEPS.map((step) => ({
            term: step.label,
            ...answerTo(step.slug, creditor),
            note: (
              <a href={`${stepPath(step.slug)}?suite=${CHECK}`}>
                Modifier<span class="visually-hidden">&#8239;: {step.question}</span>
              </a>
            ),
          }))}
        />
      </Card>
      <MissingFacts creditor={creditor} />
      <Actions>
        <LinkButton href={PATHS.drop} icon="upload">
          Déposer ma première facture
        </LinkButton>
        <LinkButton href={PATHS.today} weight="quiet">
          Plus tard
        </LinkButton>
      </Actions>
    </Page>
  );
}

/** What was answered at a step, in a few words. */
function answerTo(slug: string, creditor: Creditor): { value?: Children } {
  const facts = slug === 'nom' || slug === 'siren' ? factsOn('identite', creditor) : factsOn(slug as Subject, creditor);
  const kept = slug === 'nom' ? facts.slice(0, 1) : slug === 'siren' ? facts.slice(1, 2) : facts;
  const values = kept.flatMap(({ value }) => (value === undefined ? [] : [<span class="q-line">{value}</span>]));
  return values.length > 0 ? { value: <>{values}</> } : {};
}
