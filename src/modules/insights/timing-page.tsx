import { ARM_AT_LEAST, type Comparison, OFFERED, smallestGap, type TrialDesign } from '#core/history/trial.ts';
import { fr } from '#core/letters/typography.ts';
import {
  Actions,
  Alert,
  Card,
  type Column,
  ConfirmButton,
  DataTable,
  Day,
  Form,
  PageHeader,
  RadioCards,
  Submit,
} from '#ui/components/index.ts';
import { count, NBSP } from '#ui/format.ts';
import { Page } from '#ui/layout.tsx';
import type { ViewContext } from '#ui/view.ts';
import { historyPath, timingPath, timingStopPath } from './paths.ts';
import { HORIZON_DAYS, type TrialResult } from './timing.ts';

const CONTACT = { EMAIL: 'Premier rappel par courriel', CALL: 'Premier appel' } as const;
const contactOf = ({ action }: Pick<TrialDesign, 'action'>): string => (action === 'CALL' ? CONTACT.CALL : CONTACT.EMAIL);
const pairOf = (design: Pick<TrialDesign, 'action' | 'days'>): string =>
  `${contactOf(design)}\u202f: J+${design.days[0]} ou J+${design.days[1]}`;
const pointsFor = (cases: number): string => `${Math.round(smallestGap(cases) * 100)}${NBSP}points`;

interface Props {
  view: ViewContext;
  results: readonly TrialResult[];
}

/** « Comparer deux délais »: two harmless moments of the first reminder, drawn by lot, and what they gave. */
export function TimingPage({ view, results }: Props) {
  const running = results.find(({ trial }) => trial.stoppedOn === undefined);
  const over = results.filter((one) => one !== running);
  return (
    <Page view={view} title="Comparer deux délais">
      <PageHeader
        title="Comparer deux délais"
        subtitle={fr`Vaut-il mieux rappeler au bout de trois jours, ou de huit ? Vos dossiers peuvent répondre.`}
        overline={view.tenant?.name ?? ''}
        back={{ href: historyPath, label: 'Vos dossiers clos' }}
      />
      {running && <Result view={view} of={running} />}
      <Why />
      {!running && <Start view={view} />}
      {over.map((one) => (
        <Result view={view} of={one} />
      ))}
    </Page>
  );
}

/** Why a coin is tossed, in plain words. */
function Why() {
  return (
    <Card title="Pourquoi tirer au sort" icon="question">
      <div class="q-timing">
        <p>
          {fr`Si vous choisissez vous-même, vous rappelez plus tôt les clients qui vous inquiètent : à la fin, on ne sait plus si c'est le délai ou le client qui explique le résultat. À pile ou face, les deux groupes se ressemblent, et seul le délai les sépare.`}
        </p>
        <ul class="q-plain">
          <li>{fr`Seul le jour d'un premier contact aimable est tiré, entre deux jours que chacun trouverait normaux. Jamais une mise en demeure, un délai de la loi, une procédure ni le ton d'un message.`}</li>
          <li>{fr`Vous gardez la main : rien ne part seul, vous pouvez relancer plus tôt, retirer un dossier, ou tout arrêter.`}</li>
          <li>{fr`Une contestation, une promesse, une procédure collective passent toujours avant le tirage.`}</li>
          <li>
            {fr`Un dossier retiré ou relancé plus tôt reste compté dans son groupe : sinon la comparaison serait faussée. Chacun est regardé ${HORIZON_DAYS} jours après l'échéance.`}
          </li>
        </ul>
        <p class="q-note">
          {fr`Avec ${ARM_AT_LEAST} dossiers de chaque côté, seul un écart d'environ ${pointsFor(ARM_AT_LEAST)} se verrait ; avec 100, environ ${pointsFor(100)}. Si vous en suivez peu, la réponse peut ne jamais venir : c'est honnête de le savoir avant.`}
        </p>
      </div>
    </Card>
  );
}

function Start({ view }: { view: ViewContext }) {
  return (
    <Card title="Commencer une comparaison" icon="calendar" id="commencer">
      <Form view={view} action={timingPath}>
        <RadioCards
          name="design"
          label={fr`Quels délais comparer ?`}
          hint="Comptés en jours après l’échéance de la facture."
          value="1"
          options={OFFERED.map((design, rank) => ({ value: `${rank}`, label: pairOf(design) }))}
        />
        <p class="q-note">
          Les dossiers pas encore échus, et ceux qui s’ouvriront, reçoivent un des deux jours au sort. Quitus vous propose alors
          le premier contact ce jour-là.
        </p>
        <Actions>
          <Submit icon="check">Commencer</Submit>
        </Actions>
      </Form>
    </Card>
  );
}

interface Group {
  readonly day: number;
  readonly cases: number;
  readonly paid: number;
}
const GROUPS: readonly Column<Group>[] = [
  { header: 'Délai', title: true, cell: (g) => `J+${g.day}` },
  { header: 'Dossiers suivis jusqu’au bout', align: 'end', cell: (g) => `${g.cases}` },
  {
    header: `Payés en entier à J+${HORIZON_DAYS}`,
    align: 'end',
    cell: (g) => (g.cases === 0 ? '–' : `${g.paid} (${Math.round((100 * g.paid) / g.cases)}${NBSP}%)`),
  },
];

function Result({ view, of }: { view: ViewContext; of: TrialResult }) {
  const { trial, groups, waiting, early, comparison } = of;
  const rows = groups.map((group, arm) => ({ ...group, day: trial.days[arm === 0 ? 0 : 1] }));
  const running = trial.stoppedOn === undefined;
  return (
    <Card title={pairOf(trial)} icon="interest" {...(running && { id: 'en-cours' })}>
      <div class="q-timing">
        <p>
          {running ? 'En cours depuis le ' : 'Du '}
          <Day of={trial.startedOn} />
          {trial.stoppedOn && (
            <>
              {' '}
              au <Day of={trial.stoppedOn} />
            </>
          )}
          .{' '}
          {waiting === 0
            ? 'Tous les dossiers tirés ont été suivis jusqu’au bout.'
            : `${count(waiting, 'dossier tiré n’est', 'dossiers tirés ne sont')} pas encore au bout des ${HORIZON_DAYS}${NBSP}jours.`}
        </p>
        <DataTable caption={pairOf(trial)} captionHidden columns={GROUPS} rows={rows} />
        {comparison.ok ? <Told of={comparison.value} /> : <Untold why={comparison.refusal.message} />}
        {early > 0 && (
          <p class="q-note">
            {fr`${count(early, 'dossier a été relancé', 'dossiers ont été relancés')} avant le jour tiré : l'écart réel entre les deux délais peut être plus grand que celui-ci.`}
          </p>
        )}
        {running && (
          <ConfirmButton
            view={view}
            action={timingStopPath}
            label="Arrêter la comparaison"
            question="Plus aucun dossier n’est tiré au sort, et ceux qui attendent leur premier contact reviennent au jour ordinaire. Ce qui a été suivi reste."
            confirm="Arrêter"
            icon="stop"
          />
        )}
      </div>
    </Card>
  );
}

function Told({ of }: { of: Comparison }) {
  return (
    <>
      <Alert tone={of.told ? 'good' : 'info'} title={of.told ? 'Un écart se voit' : 'Aucun écart ne se voit'}>
        <p>{of.sentence}</p>
      </Alert>
      <p class="q-note">
        {fr`L'intervalle contient le vrai écart dix-neuf fois sur vingt, si l'on regarde une fois. Regarder chaque jour et s'arrêter au premier écart trompe : choisissez d'avance quand conclure.`}
      </p>
    </>
  );
}

function Untold({ why }: { why: string }) {
  return (
    <Alert tone="info" title="Pas encore assez de dossiers">
      <p>{why} Rien n’est dit avant.</p>
    </Alert>
  );
}
