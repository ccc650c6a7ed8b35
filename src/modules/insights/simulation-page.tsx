import { centsOf } from '#core/advice/claim.ts';
import { wholeEuros } from '#core/advice/words.ts';
import type { Result } from '#core/kernel/result.ts';
import { fr } from '#core/letters/typography.ts';
import { FIXED_POLICIES } from '#core/simulation/policy.ts';
import type { PolicyResult } from '#core/simulation/simulate.ts';
import { portfolioPath, simulationPath } from '#modules/advice/index.ts';
import { fieldErrors, type Typed } from '#platform/form.ts';
import {
  Actions,
  Alert,
  Card,
  Checkbox,
  type Column,
  DataTable,
  ErrorSummary,
  Field,
  LinkButton,
  PageHeader,
  Select,
  Submit,
} from '#ui/components/index.ts';
import { count, NBSP } from '#ui/format.ts';
import { Page } from '#ui/layout.tsx';
import type { ViewContext } from '#ui/view.ts';
import { simulationCsvPath } from './paths.ts';
import { MOST_REPLAYED, ruleField, type Simulated } from './simulation.ts';
import { PolicyPicture } from './simulation-picture.tsx';

/** « −1 305 € », from euros */
const about = (euros: number): string => wholeEuros(centsOf(euros)).replace(/^-/, '\u2212');
const decimal = (x: number): string => String(Math.round(x * 100) / 100).replace('.', ',');

const columns = (bestFixed: string | undefined): readonly Column<PolicyResult>[] => [
  {
    header: 'Façon de faire',
    title: true,
    cell: (p) => (
      <>
        {p.label}
        {p.id === bestFixed && <span class="q-advice-mark q-advice-tie">la meilleure des règles fixes</span>}
      </>
    ),
  },
  { header: 'Net par dossier', align: 'end', tight: true, cell: (p) => <strong>{about(p.netPerClaim.value)}</strong> },
  {
    header: 'Neuf chances sur dix',
    align: 'end',
    tight: true,
    cell: (p) => `${about(p.netPerClaim.low)} à ${about(p.netPerClaim.high)}`,
  },
  { header: 'Part du montant dû', align: 'end', tight: true, cell: (p) => `${Math.round(p.shareOfFace.value * 100)}${NBSP}%` },
  {
    header: 'Le conseil ajoute',
    align: 'end',
    tight: true,
    cell: (p) => (p.id === 'advice' ? '–' : `${about(p.shortOfAdvice.value)} par dossier`),
  },
];

/** A rule as a choice: its threshold is asked for beside. */
const ruleWords = (label: string): string => {
  const [rule = ''] = label.split(' à partir de ');
  const whole = rule.startsWith('puis ') ? `relances et mise en demeure, ${rule}` : rule;
  return `${whole.charAt(0).toUpperCase()}${whole.slice(1)}${rule === label ? '' : ' à partir du seuil'}`;
};

interface Props {
  view: ViewContext;
  typed: Typed;
  of: Result<Simulated>;
}

/** « La petite simulation »: the same claims under several ways of chasing. */
export function SimulationPage({ view, typed, of }: Props) {
  const errors = of.ok ? {} : fieldErrors(of.refusal);
  return (
    <Page view={view} title="La petite simulation">
      <ErrorSummary errors={errors} />
      <PageHeader
        title="La petite simulation"
        subtitle={fr`Les mêmes dossiers, suivis de plusieurs façons : ce que chacune aurait laissé, votre temps et les frais déduits.`}
        overline={view.tenant?.name ?? ''}
        back={{ href: portfolioPath, label: 'Où mettre votre temps' }}
      />
      {of.ok ? (
        <Results of={of.value} typed={typed} />
      ) : (
        Object.keys(errors).length === 0 && (
          <Alert tone="late">
            <p>{of.refusal.message}</p>
          </Alert>
        )
      )}
      <Card title="Changer quelque chose" icon="settings" id="changer">
        <Questions typed={typed} errors={errors} of={of.ok ? of.value : undefined} />
      </Card>
    </Page>
  );
}

function Results({ of: { asked, wanted, own, ofYear, simulation, bestFixed }, typed }: { of: Simulated; typed: Typed }) {
  const { policies, claims, informed } = simulation;
  const query = new URLSearchParams(typed).toString();
  const replayable = asked.period === 'year' ? ofYear : own;
  return (
    <>
      <Alert tone="info" title="Une comparaison, pas une preuve">
        <p>
          {asked.portfolio === 'own'
            ? fr`Vos dossiers clos sont rejoués par le modèle : montants réels, mais solvabilité inconnue et dossier moyen, car rien ne les dit. `
            : fr`Ces dossiers sont inventés, toujours les mêmes pour un même tirage. `}
          {fr`Les issues sont celles que les chiffres du conseil supposent. La fourchette dit seulement ce que changerait un autre lot de dossiers semblables.`}
        </p>
        {claims < wanted && <p>{fr`Le temps imparti a suffi pour ${claims} dossiers sur ${wanted}.`}</p>}
        {asked.portfolio === 'own' && replayable < 10 && (
          <p>{fr`Avec ${count(replayable, 'dossier')}, la comparaison ne vaut que pour ceux-là.`}</p>
        )}
      </Alert>
      <Card
        title={
          asked.portfolio !== 'own'
            ? 'Sur des dossiers inventés'
            : asked.period === 'year'
              ? 'Sur vos dossiers clos ces douze derniers mois'
              : 'Sur vos dossiers clos'
        }
        icon="history"
        aside={
          <LinkButton
            href={`${simulationCsvPath}${query ? `?${query}` : ''}`}
            weight="quiet"
            icon="download"
            download="simulation.csv"
          >
            Tableur
          </LinkButton>
        }
        flush
      >
        <div class="q-card-body">
          <PolicyPicture policies={policies} />
        </div>
        <DataTable
          caption={fr`${count(claims, 'dossier rejoué', 'dossiers rejoués')}. Trois relances et une mise en demeure d’abord, puis ce que dit chaque ligne.`}
          columns={columns(bestFixed)}
          rows={[...policies].sort((a, b) => b.netPerClaim.value - a.netPerClaim.value)}
        />
        <p class="q-card-body q-note">
          {fr`Même en sachant d’avance à qui on a affaire, on ne dépasserait pas ${about(informed)} par dossier.`}
        </p>
      </Card>
    </>
  );
}

function Questions({ typed, errors, of }: { typed: Typed; errors: Readonly<Record<string, string>>; of: Simulated | undefined }) {
  const ask = (name: string, known: number | undefined) => ({
    name,
    value: typed[name] ?? (known === undefined ? undefined : decimal(known)),
    error: errors[name],
  });
  const asked = of?.asked;
  return (
    <form method="get" action={simulationPath} class="q-form">
      <div class="q-field-grid">
        <Select
          name="portfolio"
          label="Dossiers"
          value={asked?.portfolio ?? typed.portfolio}
          error={errors.portfolio}
          options={[
            ...(of && of.own === 0 ? [] : [{ value: 'own', label: 'Mes dossiers clos' }]),
            { value: 'made', label: 'Des dossiers inventés' },
          ]}
        />
        {of && of.own > 0 && (
          <Select
            name="period"
            label="Clos quand"
            value={asked?.period ?? typed.period}
            error={errors.period}
            options={[
              { value: 'year', label: fr`Les douze derniers mois (${of.ofYear})` },
              { value: 'all', label: fr`Tous (${of.own})` },
            ]}
          />
        )}
        <Field {...ask('claims', asked?.claims)} label="Combien" hint={fr`De 5 à ${MOST_REPLAYED}.`} />
        <Field
          {...ask('seed', asked?.seed)}
          label="Tirage"
          hint={fr`Pour les dossiers inventés : le même nombre donne les mêmes.`}
        />
        <Field {...ask('hourlyRate', asked?.hourlyRate)} label="Une heure de votre temps, en euros" />
        <Field {...ask('refCash', asked?.refCash)} label="Un référé avec avocat, en euros" />
        <Field {...ask('medHours', asked?.medHours)} label="Une mise en demeure, en heures" />
        <Field {...ask('ipServe', asked?.ipServe)} label="Signifier une injonction, en euros" />
        <Field {...ask('agyFee', asked?.agyFee)} label={fr`Part d'une société de recouvrement, en %`} />
        <Field {...ask('lawyerFrom', asked?.thresholds.lawyer)} label="Règle de l’avocat, à partir de (euros)" />
        <Field {...ask('orderFrom', asked?.thresholds.order)} label="Règle de l’injonction, à partir de (euros)" />
        <Select
          name="success"
          label="Ce que rapportent relances, appels et mises en demeure"
          value={asked?.success ?? typed.success}
          error={errors.success}
          options={[
            { value: 'same', label: 'Ce que suppose le conseil' },
            { value: 'less', label: 'Un tiers de moins' },
            { value: 'more', label: 'Un tiers de plus' },
          ]}
        />
      </div>
      <fieldset class="q-fieldset q-insight-rules">
        <legend class="form-label">Règles fixes à comparer avec Quitus</legend>
        {FIXED_POLICIES.map(({ id, label }) => (
          <Checkbox
            name={ruleField(id)}
            checked={asked ? asked.rules.includes(id) : typed[ruleField(id)] === 'oui'}
            label={ruleWords(label)}
          />
        ))}
      </fieldset>
      <Actions>
        <Submit>Rejouer</Submit>
      </Actions>
    </form>
  );
}
