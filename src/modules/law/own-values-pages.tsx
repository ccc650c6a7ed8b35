import type { Refusal } from '#core/kernel/result.ts';
import { currentLaw, type LawBook } from '#core/law/book.ts';
import type { Series } from '#core/law/series.ts';
import { fr } from '#core/letters/typography.ts';
import { fieldErrors, type Typed } from '#platform/form.ts';
import {
  Actions,
  Alert,
  Card,
  DayField,
  DescriptionList,
  EmptyState,
  ErrorSummary,
  Field,
  Form,
  LinkButton,
  MoneyField,
  PageHeader,
  Refused,
  Select,
  Status,
  Submit,
  TextField,
} from '#ui/components/index.ts';
import { shortDay } from '#ui/format.ts';
import { Page } from '#ui/layout.tsx';
import { PATHS, type ViewContext } from '#ui/view.ts';
import { isRate, type OwnValue, type Subject } from './own-values.ts';
import { figure, periodWords, SUBJECTS, semesterWords } from './own-values-words.ts';
import { ownValuePath, ownValuesPath, rulePath, withdrawPath } from './paths.ts';
import { semesterId, semestersFor } from './semesters.ts';

interface ListProps {
  view: ViewContext;
  values: readonly OwnValue[];
}

/** « Vos valeurs »: the figures a company set itself, those withdrawn too, and what may be set. */
export function OwnValuesPage({ view, values }: ListProps) {
  const latestFirst = values.toReversed();
  return (
    <Page view={view} title="Vos valeurs" width="normal">
      <PageHeader
        title="Vos valeurs"
        subtitle={fr`Un taux paru que Quitus ne connaît pas encore, un tarif qu'on vous a donné : vos chiffres remplacent les siens, dans les décomptes, les lettres et les calculs. Chacun y est signalé avec sa date et votre note.`}
        overline={view.tenant?.name ?? ''}
        back={{ href: PATHS.law, label: 'Le droit' }}
      />
      {latestFirst.length === 0 ? (
        <EmptyState icon="law" title="Aucune valeur saisie">
          <p>{fr`Quitus calcule avec les chiffres de la page « Le droit ».`}</p>
        </EmptyState>
      ) : (
        latestFirst.map((value) => <ValueCard of={value} />)
      )}
      <Card title="Saisir une valeur" icon="add">
        <ul class="q-choices-list">
          {(Object.keys(SUBJECTS) as Subject[]).map((subject) => (
            <li>
              <a href={ownValuePath(SUBJECTS[subject].slug)}>{SUBJECTS[subject].title}</a>
              <span class="q-note">{SUBJECTS[subject].when}</span>
            </li>
          ))}
        </ul>
      </Card>
    </Page>
  );
}

function ValueCard({ of }: { of: OwnValue }) {
  const { title, rule } = SUBJECTS[of.subject];
  return (
    <Card title={title} aside={<strong>{of.withdrawn ? <s>{figure(of.value)}</s> : figure(of.value)}</strong>}>
      <DescriptionList
        items={[
          {
            term: 'État',
            value: of.withdrawn ? (
              <Status tone="quiet" icon="cross">
                Retirée le {shortDay(of.withdrawn.on)}
              </Status>
            ) : (
              <Status tone="good" icon="check">
                Utilisée dans les calculs
              </Status>
            ),
            ...(of.withdrawn && { note: of.withdrawn.reason }),
          },
          { term: 'Vaut', value: periodWords(of) },
          { term: 'Saisie le', value: shortDay(of.on) },
          { term: 'Votre note', value: <span class="q-prewrap">{of.note}</span> },
        ]}
      />
      <p class="q-card-links">
        <a href={rulePath(rule)}>Comprendre cette règle</a>
        {!of.withdrawn && (
          <a href={withdrawPath(of.id)}>
            Retirer<span class="visually-hidden"> cette valeur&#8239;: {title}</span>
          </a>
        )}
      </p>
    </Card>
  );
}

interface FormProps {
  view: ViewContext;
  subject: Subject;
  law: LawBook;
  newId: string;
  typed?: Typed;
  refusal?: Refusal;
}

const seriesFor = (law: LawBook, subject: Subject): Series<unknown> | undefined =>
  ({
    'semester-reference': law.semesterReference,
    'legal-rate-other': law.legalRate.other,
    'legal-rate-individual': law.legalRate.individual,
  })[subject as string];

/** The form of one figure. */
export function SetValuePage({ view, subject, law, newId, typed = {}, refusal }: FormProps) {
  const { title, when, slug } = SUBJECTS[subject];
  const errors = refusal ? fieldErrors(refusal) : {};
  const asked = (name: string) => ({ name, value: typed[name], error: errors[name] });
  const series = seriesFor(law, subject);
  const known = seriesFor(currentLaw, subject)?.values.at(-1)?.to;
  return (
    <Page view={view} title={title} width="narrow">
      <ErrorSummary errors={errors} />
      <PageHeader title={title} subtitle={when} back={{ href: ownValuesPath, label: 'Vos valeurs' }} />
      {known && (
        <Alert tone="info">
          <p>Quitus connaît ce taux jusqu’au {shortDay(known)}.</p>
        </Alert>
      )}
      <Form view={view} action={ownValuePath(slug)}>
        <input type="hidden" name="id" value={typed.id ?? newId} />
        {isRate(subject) && series ? (
          <>
            <Select
              {...asked('semester')}
              label="Semestre"
              options={semestersFor(series).map((one) => ({ value: semesterId(one), label: semesterWords(one.from) }))}
            />
            <Field
              {...asked('rate')}
              label="Taux annuel, en pour cent"
              hint={fr`Celui de la BCE ou de l'arrêté, sans les 10 points : par exemple 2,65.`}
              inputmode="decimal"
              width="short"
            />
          </>
        ) : (
          <>
            <MoneyField {...asked('amount')} label="Montant" />
            <DayField {...asked('from')} label="À partir du" />
            <DayField {...asked('to')} label="Jusqu’au" hint="Dernier jour où il vaut." optional />
          </>
        )}
        <TextField
          {...asked('note')}
          label={fr`D'où vient ce chiffre ?`}
          hint={fr`Le texte, le devis, la personne et le jour. Cette note paraîtra dans chaque décompte qui s'en sert.`}
          rows={3}
        />
        <Actions>
          <Submit>Utiliser cette valeur</Submit>
          <LinkButton href={ownValuesPath} weight="quiet">
            Annuler
          </LinkButton>
        </Actions>
      </Form>
    </Page>
  );
}

interface WithdrawProps {
  view: ViewContext;
  of: OwnValue;
  typed?: Typed;
  refusal?: Refusal;
}

/** Taking a figure back. */
export function WithdrawPage({ view, of, typed = {}, refusal }: WithdrawProps) {
  const errors = refusal ? fieldErrors(refusal) : {};
  return (
    <Page view={view} title="Retirer une valeur" width="narrow">
      <Refused refusal={refusal} />
      <PageHeader
        title={fr`Retirer cette valeur ?`}
        subtitle={fr`${SUBJECTS[of.subject].title}, ${figure(of.value)}, ${periodWords(of)}. Elle reste dans la liste, barrée ; les calculs reviennent au chiffre de Quitus. Les lettres déjà faites ne changent pas.`}
        back={{ href: ownValuesPath, label: 'Vos valeurs' }}
      />
      <Form view={view} action={withdrawPath(of.id)}>
        <TextField name="reason" label={fr`Pourquoi ?`} rows={2} value={typed.reason} error={errors.reason} />
        <Actions>
          <Submit>Retirer la valeur</Submit>
          <LinkButton href={ownValuesPath} weight="quiet">
            Garder
          </LinkButton>
        </Actions>
      </Form>
    </Page>
  );
}
