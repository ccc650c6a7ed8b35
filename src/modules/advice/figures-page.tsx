import { DEBTOR_TYPES, TYPE_WORDS } from '#core/advice/actions.ts';
import type { ParamId } from '#core/advice/numbers.ts';
import { DEFAULT_PARAMS, type DecisionParams, PARAM_IDS } from '#core/advice/params.ts';
import { formatCents } from '#core/kernel/money.ts';
import type { Refusal } from '#core/kernel/result.ts';
import { fr } from '#core/letters/typography.ts';
import { fieldErrors, type Typed } from '#platform/form.ts';
import {
  Actions,
  Card,
  ConfirmButton,
  Disclosure,
  ErrorSummary,
  Field,
  Form,
  LinkButton,
  MoneyField,
  PageHeader,
  RadioCards,
  Refused,
  Select,
  Submit,
  TextField,
} from '#ui/components/index.ts';
import { count } from '#ui/format.ts';
import { Page } from '#ui/layout.tsx';
import { PATHS, type ViewContext } from '#ui/view.ts';
import { OwnTimesCard } from './own-times-card.tsx';
import { figurePath, figureResetPath, figuresPath, figuresThenPath } from './paths.ts';
import { type CompanyAdvice, flatNumbers } from './settings.ts';
import type { OwnTime } from './time-proposals.ts';
import { GRADE_WORDS, numberWords, QUALITY_CHOICES } from './words.ts';

/** The figures by subject; what no subject claims falls in the last one. */
const SUBJECTS: readonly { readonly title: string; readonly holds: (id: ParamId) => boolean }[] = [
  {
    title: 'Votre temps et votre argent',
    holds: (id) => /^(hourlyRate|discountAnnual|stepDays|eH|cH|medH|medCash|planH|woH|declH)$/.test(id),
  },
  { title: 'À l’amiable', holds: (id) => /^(p[ECMW]|decay|q|qStick|plan|cred|mdn|agy|psr|tail|harden|waitMaxAge)/.test(id) },
  { title: 'En justice', holds: (id) => /^(ip|ref|suit|enf|costBack)/.test(id) },
  { title: 'Intérêts, indemnités et procédures collectives', holds: (id) => /^(k[AJP]|late|flat40|dividend)/.test(id) },
  { title: 'Profils et solvabilité', holds: () => true },
];

function bySubject(): ReadonlyMap<string, readonly ParamId[]> {
  return Map.groupBy(PARAM_IDS, (id) => SUBJECTS.find(({ holds }) => holds(id))?.title ?? '');
}

interface Props {
  view: ViewContext;
  company: CompanyAdvice;
  params: DecisionParams;
  times: readonly OwnTime[];
  typed?: Typed;
  refusal?: Refusal;
}

/** « Les chiffres du conseil »: what the company is, and every number of the model with its grade and source. */
export function FiguresPage({ view, company, params, times, typed = {}, refusal }: Props) {
  const errors = refusal ? fieldErrors(refusal) : {};
  const groups = bySubject();
  const cents = (amount: bigint | undefined) => (amount === undefined ? undefined : formatCents(amount).replace('.', ','));
  const asked = (name: string, known: string | undefined) => ({ name, value: typed[name] ?? known, error: errors[name] });
  return (
    <Page view={view} title="Les chiffres du conseil" width="normal">
      <ErrorSummary errors={errors} />
      <PageHeader
        title="Les chiffres du conseil"
        subtitle={fr`Tout ce dont le conseil se sert, avec sa source. Chaque chiffre se change, et se rétablit.`}
        overline={view.tenant?.name ?? ''}
        back={{ href: PATHS.settings, label: 'Réglages' }}
      />
      <Card title="Votre entreprise" icon="company">
        <Form view={view} action={figuresPath}>
          <RadioCards
            {...asked('vatRegime', company.vatRegime ?? 'encaissements')}
            label="TVA"
            options={[
              { value: 'franchise', label: 'En franchise', hint: 'Vous ne facturez pas la TVA.' },
              {
                value: 'encaissements',
                label: 'Sur les encaissements',
                hint: 'Le cas ordinaire des services. Rien n’est dû tant que le client n’a pas payé.',
              },
              {
                value: 'debits',
                label: 'Sur les débits',
                hint: 'Vous l’avez déjà versée. Elle ne revient que si la perte est prouvée.',
              },
            ]}
          />
          <Select
            {...asked('quality', company.quality)}
            label={fr`Vous êtes`}
            hint="Le tribunal et les procédures possibles en dépendent."
            placeholder="À préciser"
            options={QUALITY_CHOICES}
          />
          <MoneyField
            {...asked('turnover', cents(company.turnover))}
            label="Chiffre d’affaires annuel"
            hint="Pour peser une créance à sa mesure."
            optional
          />
          <MoneyField
            {...asked('outlayCap', cents(company.outlayCap))}
            label="Au plus, avancer par dossier"
            hint="Les étapes qui demandent davantage sont fermées."
            optional
          />
          <MoneyField {...asked('lossCap', cents(company.lossCap))} label="Au plus, perdre dans un cas sur dix" optional />
          <Actions>
            <Submit>Enregistrer</Submit>
          </Actions>
        </Form>
      </Card>
      <OwnTimesCard view={view} of={times} />
      <Card title="Les nombres du modèle" icon="interest">
        <dl class="q-advice-grades">
          {Object.values(GRADE_WORDS).map(({ short, long }) => (
            <div>
              <dt>
                <span class="q-advice-grade">{short}</span>
              </dt>
              <dd>{long}</dd>
            </div>
          ))}
        </dl>
        <form method="get" action={figuresThenPath} class="q-asof">
          <label for="jour">En vigueur le</label>
          <input
            class="form-control"
            type="date"
            id="jour"
            name="jour"
            value={view.today.toString()}
            max={view.today.toString()}
          />
          <button type="submit" class="btn q-btn-plain">
            Voir
          </button>
        </form>
        {SUBJECTS.map(({ title }, i) => {
          const ids = groups.get(title) ?? [];
          const own = ids.filter((id) => company.own.has(id)).length;
          return (
            <Disclosure
              summary={`${title} (${count(ids.length, 'chiffre')}${own > 0 ? `, dont ${own} à vous` : ''})`}
              open={i === 0}
            >
              <ul class="q-advice-figures">
                {ids.map((id) => (
                  <Line id={id} params={params} note={company.own.get(id)?.note} />
                ))}
              </ul>
            </Disclosure>
          );
        })}
      </Card>
    </Page>
  );
}

function Line({ id, params, note }: { id: ParamId; params: DecisionParams; note: string | undefined }) {
  const { label, value, grade, source } = params.values[id];
  return (
    <li>
      <span>
        <a href={figurePath(id)}>{label}</a>
        {(note ?? source) && <span class="q-note">{note ?? source}</span>}
      </span>
      <span class="q-advice-value">
        {typeof value === 'number'
          ? numberWords(value)
          : flatNumbers(value).length > 7
            ? 'tableau'
            : flatNumbers(value).map(numberWords).join(' · ')}{' '}
        <span class="q-advice-grade">{GRADE_WORDS[grade].short}</span>
      </span>
    </li>
  );
}

interface FigureProps {
  view: ViewContext;
  figure: ParamId;
  company: CompanyAdvice;
  params: DecisionParams;
  typed?: Typed;
  refusal?: Refusal;
}

const FILE_LABELS = ['Dossier faible', 'Dossier moyen', 'Dossier solide'] as const;
const REACTIONS = ['silence', 'promesse', 'contestation'] as const;

/** What each number of a figure is about. */
function labelsOf(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return ['Valeur'];
  if (value.length === FILE_LABELS.length) return FILE_LABELS;
  const types = DEBTOR_TYPES.map((type) => capital(TYPE_WORDS[type]));
  return value.some(Array.isArray) ? types.flatMap((type) => REACTIONS.map((reaction) => `${type}, ${reaction}`)) : types;
}

/** One figure: its value, where it comes from, one's own instead. */
export function FigurePage({ view, figure, company, params, typed = {}, refusal }: FigureProps) {
  const errors = refusal ? fieldErrors(refusal) : {};
  const { label, value, grade } = params.values[figure];
  const start = DEFAULT_PARAMS.values[figure];
  const own = company.own.get(figure);
  const numbers = flatNumbers(value);
  const began = flatNumbers(start.value);
  return (
    <Page view={view} title={label} width="narrow">
      <Refused refusal={refusal} />
      <PageHeader title={label} back={{ href: figuresPath, label: 'Les chiffres du conseil' }} />
      <p>
        <span class="q-advice-grade">{GRADE_WORDS[grade].short}</span> {GRADE_WORDS[grade].long}.{' '}
        {own ? own.note : start.source && capital(start.source) + (start.source.endsWith('.') ? '' : '.')}
      </p>
      <Form view={view} action={figurePath(figure)}>
        {labelsOf(value).map((name, i) => (
          <Field
            name={`v${i}`}
            label={name}
            hint={own ? `Au départ\u202f: ${numberWords(began[i] ?? 0)}` : undefined}
            value={typed[`v${i}`] ?? numberWords(numbers[i] ?? 0)}
            error={errors[`v${i}`]}
            inputmode="decimal"
            width="short"
          />
        ))}
        <TextField
          name="note"
          label={fr`D'où vient votre chiffre ?`}
          hint="Un devis, vos propres dossiers, un conseil reçu."
          value={typed.note ?? own?.note}
          error={errors.note}
          rows={2}
          maxlength={500}
        />
        <Actions>
          <Submit>Utiliser ce chiffre</Submit>
          <LinkButton href={figuresPath} weight="quiet">
            Annuler
          </LinkButton>
        </Actions>
      </Form>
      {own && (
        <ConfirmButton
          view={view}
          action={figureResetPath(figure)}
          label="Rétablir le chiffre de départ"
          question={`Votre chiffre est remplacé par celui de départ\u202f: ${began.map(numberWords).join(' · ')}.`}
          confirm="Rétablir"
          icon="history"
        />
      )}
    </Page>
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
