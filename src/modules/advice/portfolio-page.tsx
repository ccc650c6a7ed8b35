import { ACTION_WORDS } from '#core/advice/actions.ts';
import { money } from '#core/kernel/money.ts';
import { fr } from '#core/letters/typography.ts';
import { Alert, Amount, Card, type Column, DataTable, Day, EmptyState, PageHeader } from '#ui/components/index.ts';
import { Page } from '#ui/layout.tsx';
import { PATHS, type ViewContext } from '#ui/view.ts';
import { advicePath, closedCasesPath, simulationPath } from './paths.ts';
import { MOST_WEIGHED, type Portfolio, type Weighed } from './portfolio.ts';
import { about, ESTIMATE, hoursWords } from './words.ts';

const DEBTOR: Column<Weighed> = { header: 'Dossier', title: true, cell: (w) => w.debtor };
const OWED: Column<Weighed> = { header: 'Reste dû', align: 'end', tight: true, cell: (w) => <Amount of={money(w.owed)} /> };
const STEP: Column<Weighed> = { header: 'Étape proposée', cell: (w) => ACTION_WORDS[w.proposed].title };
const GAIN: Column<Weighed> = { header: 'Gain sur l’abandon', align: 'end', tight: true, cell: (w) => about(w.gain) };
const HOURS: Column<Weighed> = { header: 'Votre temps', align: 'end', tight: true, cell: (w) => hoursWords(w.hours) };
const PER_HOUR: Column<Weighed> = {
  header: 'Par heure',
  align: 'end',
  tight: true,
  cell: (w) => <strong>{about(w.perHour)}</strong>,
};
const UNTIL: Column<Weighed> = {
  header: 'Attendre',
  cell: (w) =>
    w.hold ? (
      <>
        jusqu’au <Day of={w.hold.until} form="short" />
      </>
    ) : (
      'deux semaines'
    ),
};

const href = (w: Weighed): string => advicePath(w.caseId);

/** « Où mettre votre temps »: the open cases, the dearest hour first; those that wait; those to let go. */
export function PortfolioPage({ view, of }: { view: ViewContext; of: Portfolio }) {
  const { worth, waiting, drop, more } = of;
  const none = worth.length + waiting.length + drop.length === 0;
  return (
    <Page view={view} title="Où mettre votre temps">
      <PageHeader
        title="Où mettre votre temps"
        subtitle={fr`Ce que rapporte en moyenne une heure passée sur chaque dossier, votre temps et les frais déjà déduits. ${ESTIMATE}`}
        overline={view.tenant?.name ?? ''}
        back={{ href: PATHS.today, label: 'Aujourd’hui' }}
      />
      {none && (
        <EmptyState icon="paid" title="Aucun dossier en retard">
          <p>Il n’y a rien à peser.</p>
        </EmptyState>
      )}
      {worth.length > 0 && (
        <Card title="Cette semaine, dans cet ordre" icon="today" flush>
          <DataTable
            caption="Les dossiers qui méritent une heure"
            captionHidden
            columns={[DEBTOR, OWED, STEP, GAIN, HOURS, PER_HOUR]}
            rows={worth}
            href={href}
          />
        </Card>
      )}
      {waiting.length > 0 && (
        <Card title="Rien pour l’instant" icon="soon" flush>
          <DataTable
            caption="Les dossiers où quelque chose court encore"
            captionHidden
            columns={[DEBTOR, OWED, UNTIL, STEP, GAIN]}
            rows={waiting}
            href={href}
          />
        </Card>
      )}
      {drop.length > 0 && (
        <Card title="À laisser" icon="stop" flush>
          <DataTable
            caption="Les dossiers qu’il vaut mieux arrêter"
            captionHidden
            columns={[DEBTOR, OWED, STEP]}
            rows={drop}
            href={href}
          />
          <p class="q-card-body q-note">
            Arrêter les frais n’efface pas la dette&#8239;: fermer le dossier reste votre décision.
          </p>
        </Card>
      )}
      {more && (
        <Alert tone="info">
          <p>{fr`Seuls les ${MOST_WEIGHED} plus gros dossiers sont pesés sur cette page.`}</p>
        </Alert>
      )}
      <p>
        Ces chiffres viennent de Quitus tant que vous ne les avez pas changés&#8239;:{' '}
        <a href={closedCasesPath}>voir ce que disent vos dossiers clos</a>, ou{' '}
        <a href={simulationPath}>comparer des façons de relancer</a>.
      </p>
    </Page>
  );
}
