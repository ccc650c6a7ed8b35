import { addDays, type Day as CivilDay } from '#core/kernel/day.ts';
import type { Refusal } from '#core/kernel/result.ts';
import type { FactNeeded } from '#core/letters/facts.ts';
import { fr } from '#core/letters/typography.ts';
import { type CaseView, OPENED } from '#modules/cases/index.ts';
import type { Freshness } from '#modules/payments/index.ts';
import { fieldErrors } from '#platform/form.ts';
import {
  Actions,
  Alert,
  Amount,
  Card,
  Checkbox,
  Day,
  DayField,
  DescriptionList,
  ErrorSummary,
  Form,
  LinkButton,
  PageHeader,
  PdfPreview,
  RadioCards,
  Steps,
  Submit,
} from '#ui/components/index.ts';
import { count, fullDay } from '#ui/format.ts';
import { Icon } from '#ui/icons.tsx';
import { Page } from '#ui/layout.tsx';
import type { ViewContext } from '#ui/view.ts';
import { BankAge } from './bank-age.tsx';
import { carried, queryOf, type TypedChoices, USUAL_DELAYS } from './choices.ts';
import type { NoticeDraft } from './notices.ts';
import { casePath, noticePath, pathOfFact, previewPath, previewPdfPath } from './paths.ts';

type Composed = Extract<NoticeDraft, { status: 'composed' }>;

/** Where one stands on the way to a posted letter. */
export function NoticeSteps({ at, caseId, choices }: { at: 1 | 2 | 3; caseId: string; choices?: TypedChoices }) {
  const state = (step: number) => (step < at ? 'done' : step === at ? 'current' : 'todo');
  const back = choices ? `${noticePath(caseId)}${queryOf(choices)}` : undefined;
  return (
    <Steps
      label="Étapes de la mise en demeure"
      steps={[
        { label: 'Choisir', state: state(1), ...(at === 2 && back ? { href: back } : {}) },
        { label: 'Relire', state: state(2) },
        { label: 'Poster', state: state(3) },
      ]}
    />
  );
}

interface ChooseProps {
  view: ViewContext;
  of: CaseView;
  choices: TypedChoices;
  /** what a letter written now would be, or why there can be none */
  draft: NoticeDraft | Refusal;
  /** how far the bank is known */
  bank: Freshness;
  refusal?: Refusal | undefined;
}

/** The first step: how long to wait, and what to offer. The usual answers are given already. */
export function ChooseNoticePage({ view, of, choices, draft, bank, refusal }: ChooseProps) {
  const errors = refusal ? fieldErrors(refusal) : {};
  return (
    <Page view={view} title="Mise en demeure" width="narrow">
      <ErrorSummary errors={errors} />
      <PageHeader
        title="Mise en demeure"
        subtitle="Une lettre recommandée qui dit ce qui est dû, jusqu’à quand, et comment vous répondre."
        back={{ href: casePath(of.id), label: `${of.party.name}, ${of.reference}` }}
      />
      <NoticeSteps at={1} caseId={of.id} />
      {'code' in draft ? (
        <Alert tone="late" title="Cette lettre ne peut pas être écrite">
          <p>{draft.message}</p>
        </Alert>
      ) : draft.status === 'missing' ? (
        <Missing facts={draft.facts} caseId={of.id} />
      ) : (
        <>
          <Warning of={of} />
          <BankAge bank={bank} today={view.today} />
          <ChooseForm view={view} caseId={of.id} kind={of.party.kind} choices={choices} errors={errors} />
        </>
      )}
    </Page>
  );
}

/** What the letter lacks, each with the page that completes it. */
function Missing({ facts, caseId }: { facts: readonly FactNeeded[]; caseId: string }) {
  return (
    <Alert tone="soon" title={fr`Avant d'écrire, il manque encore :`}>
      <ul class="q-missing">
        {facts.map(({ key, label }) => (
          <li>
            <a href={pathOfFact(key, caseId)}>
              <Icon name="edit" />
              Compléter {label}
            </a>
          </li>
        ))}
      </ul>
      <p>Revenez ensuite sur cette page&#8239;: rien n’est perdu.</p>
    </Alert>
  );
}

const WARNINGS: Partial<Record<CaseView['state']['stage'], { readonly title: string; readonly text: string }>> = {
  disputed: {
    title: fr`Votre client conteste`,
    text: fr`Répondez d'abord à ce qu'il conteste : une mise en demeure qui l'ignore affaiblit votre dossier. Vous pouvez l'envoyer pour la part qu'il ne conteste pas.`,
  },
  promised: {
    title: fr`Un paiement est promis`,
    text: fr`La date promise n'est pas passée. Écrire maintenant rompt la parole donnée ; poster cette lettre met fin à l'attente.`,
  },
  'plan-running': {
    title: fr`Un échéancier est en cours`,
    text: fr`Il est respecté à ce jour. Poster cette lettre revient à y mettre fin.`,
  },
  'to-contact': {
    title: fr`Le retard est tout récent`,
    text: fr`Un appel ou un courriel suffit souvent, et garde la relation. La lettre peut attendre quelques jours.`,
  },
  'notice-running': {
    title: fr`Une lettre est déjà en route`,
    text: fr`Son délai court encore. Une seconde lettre avant la fin du premier délai sème le doute.`,
  },
  settled: {
    title: fr`Les factures sont payées`,
    text: fr`Cette lettre ne réclame plus que ce que le retard a fait naître.`,
  },
};

function Warning({ of }: { of: CaseView }) {
  const warning = WARNINGS[of.state.stage];
  if (!warning) return null;
  return (
    <Alert tone="soon" title={warning.title}>
      <p>{warning.text}</p>
    </Alert>
  );
}

interface FormProps {
  view: ViewContext;
  caseId: string;
  kind: CaseView['party']['kind'];
  choices: TypedChoices;
  errors: Readonly<Record<string, string>>;
}

function ChooseForm({ view, caseId, kind, choices, errors }: FormProps) {
  const until = (days: number): CivilDay => addDays(view.today, days);
  return (
    <form method="get" action={previewPath(caseId)} class="q-form" novalidate>
      <RadioCards
        name="delai"
        label="Combien de temps laissez-vous pour payer&#8239;?"
        hint={fr`La loi ne fixe pas ce délai : 8 à 15 jours sont d'usage.`}
        value={choices.delay}
        options={[
          ...USUAL_DELAYS.map((days) => ({
            value: String(days),
            label: count(days, 'jour'),
            hint: fr`Jusqu'au ${fullDay(until(days))}.`,
          })),
          { value: 'date', label: 'Une autre date', hint: 'À indiquer ci-dessous.' },
        ]}
      />
      <DayField
        name="deadlineOn"
        label="Autre date"
        hint="Seulement si vous avez choisi une autre date."
        value={choices.date}
        error={errors.deadlineOn}
        min={until(1).toString()}
        optional
      />
      <fieldset class="q-field">
        <legend class="form-label">Ce que vous proposez</legend>
        <Checkbox
          name="echeances"
          label="Écouter une proposition d’échéancier"
          hint="Un client en difficulté répond plus volontiers."
          checked={choices.instalments}
        />
        {kind !== 'public' && (
          <Checkbox
            name="mediation"
            label={kind === 'business' ? 'Accepter le Médiateur des entreprises' : 'Accepter un conciliateur de justice'}
            hint="Gratuit. Le proposer montre votre bonne foi."
            checked={choices.mediation}
          />
        )}
      </fieldset>
      <Actions>
        <Submit icon="next">Relire la lettre</Submit>
        <LinkButton href={casePath(caseId)} weight="quiet">
          Pas maintenant
        </LinkButton>
      </Actions>
    </form>
  );
}

interface PreviewProps {
  view: ViewContext;
  of: CaseView;
  choices: TypedChoices;
  draft: Composed;
  deadline: CivilDay;
  /** when the page was shown, for the time the letter takes */
  opened: string;
}

/** The second step: the very letter, before it is made. */
export function PreviewNoticePage({ view, of, choices, draft, deadline, opened }: PreviewProps) {
  const { statement, letter, advice, fileName } = draft;
  return (
    <Page view={view} title="Relire la mise en demeure">
      <PageHeader
        title="Relire la mise en demeure"
        back={{ href: `${noticePath(of.id)}${queryOf(choices)}`, label: 'Changer les choix' }}
      />
      <NoticeSteps at={2} caseId={of.id} choices={choices} />
      <div class="q-columns q-columns-letter">
        <div>
          <PdfPreview
            title={`Mise en demeure à ${of.party.name}`}
            href={`${previewPdfPath(of.id)}${queryOf(choices)}`}
            fileName={fileName}
          />
        </div>
        <div class="q-stack">
          <Card title="Ce que dit la lettre" icon="letter">
            <DescriptionList
              items={[
                { term: 'Somme demandée', value: <Amount of={statement.total} size="large" /> },
                { term: 'Dont principal', value: <Amount of={statement.principal} /> },
                { term: 'Dont intérêts', value: <Amount of={statement.interest} /> },
                { term: 'Dont indemnité', value: <Amount of={statement.indemnity} /> },
                { term: 'À payer au plus tard le', value: <Day of={deadline} /> },
                { term: 'Adressée à', value: letter.recipient.map((line) => <span class="q-line">{line}</span>) },
              ]}
            />
          </Card>
          {advice.length > 0 && (
            <Alert tone="info" title={fr`À savoir avant de signer`}>
              <ul class="q-plain">
                {advice.map(({ message }) => (
                  <li>{message}</li>
                ))}
              </ul>
            </Alert>
          )}
          <Warning of={of} />
          <Form view={view} action={noticePath(of.id)}>
            <input type="hidden" name={OPENED} value={opened} />
            {Object.entries(carried(choices)).map(([name, value]) => (
              <input type="hidden" name={name} value={value} />
            ))}
            <p>Rien ne part&#8239;: la lettre est rangée dans le dossier, à imprimer, signer et poster vous-même.</p>
            <Actions>
              <Submit icon="check">Préparer la lettre</Submit>
              <LinkButton href={`${noticePath(of.id)}${queryOf(choices)}`} weight="quiet">
                Changer les choix
              </LinkButton>
            </Actions>
          </Form>
        </div>
      </div>
    </Page>
  );
}
