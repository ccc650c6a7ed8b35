import { Actions, Alert, Card, ConfirmButton, Form, LinkButton, PageHeader, Submit } from '#ui/components/index.ts';
import { count, dateTime, longDay } from '#ui/format.ts';
import { Page } from '#ui/layout.tsx';
import { PATHS, type ViewContext } from '#ui/view.ts';
import type { LineError } from './errors.ts';
import { abandonPath, IMPORTS_PATH, importPath } from './paths.ts';
import { Changes, ToCorrect } from './preview-page.tsx';
import type { Import, ImportSummary } from './store.ts';
import { publicLookingWords, stepWords } from './words.ts';
import type { ImportProgress } from './working.ts';

const BACK = { href: IMPORTS_PATH, label: 'Importer mes factures ouvertes' };

/** How far a long import is: the page asks again by itself. */
export function ProgressPage({ view, of, progress }: { view: ViewContext; of: Import; progress: ImportProgress }) {
  const applying = of.status === 'confirmed';
  const { done, total } = progress;
  return (
    <Page view={view} title={applying ? 'Import en cours' : 'Lecture en cours'} width="narrow">
      <PageHeader title={applying ? 'Import en cours' : 'Lecture en cours'} subtitle={of.fileName} back={BACK} />
      <Card title={`${stepWords(progress)}…`} icon="clock">
        <progress class="q-import-progress" max={100} value={done && total ? Math.floor((done / total) * 100) : undefined}>
          {stepWords(progress)}
        </progress>
        <p>
          {applying
            ? 'Tout sera enregistré, ou rien\u202f: si Quitus s’arrête maintenant, il suffira de reprendre.'
            : 'Rien n’est encore enregistré. Vous pouvez quitter cette page et y revenir.'}
        </p>
        <Actions>
          <LinkButton href={importPath(of.id)} weight="plain" icon="clock">
            Où en est-on&#8239;?
          </LinkButton>
        </Actions>
      </Card>
    </Page>
  );
}

/** An import that was confirmed and did not come to its end: nothing of it is in, and it can be taken up. */
export function InterruptedPage({ view, of }: { view: ViewContext; of: Import }) {
  return (
    <Page view={view} title="Import interrompu" width="narrow">
      <PageHeader title="Import interrompu" subtitle={of.fileName} back={BACK} />
      <Alert tone="soon">
        <p>
          Quitus s’est arrêté avant la fin. Rien de cette liste n’est enregistré&#8239;: reprenez-la, elle sera importée en entier
          et une seule fois.
        </p>
      </Alert>
      <Form view={view} action={importPath(of.id)}>
        <Actions>
          <Submit icon="next">Reprendre l’import</Submit>
        </Actions>
      </Form>
      <ConfirmButton
        view={view}
        action={abandonPath(of.id)}
        label="Abandonner cette liste"
        question="Rien n’en sera importé. Vous pourrez la déposer de nouveau."
        confirm="Abandonner"
        icon="cross"
      />
    </Page>
  );
}

/** A file that no answer makes readable. */
export function UnreadablePage({ view, of, message }: { view: ViewContext; of: Import; message: string }) {
  return (
    <Page view={view} title="Liste illisible" width="narrow">
      <PageHeader title="Cette liste ne peut pas être lue" subtitle={of.fileName} back={BACK} />
      <Alert tone="late">
        <p>{message}</p>
      </Alert>
      <Form view={view} action={abandonPath(of.id)}>
        <Actions>
          <Submit icon="upload">Déposer une autre liste</Submit>
        </Actions>
      </Form>
    </Page>
  );
}

interface ResultProps {
  view: ViewContext;
  of: Import;
  summary: ImportSummary;
  errors: readonly LineError[];
}

/** What an import did, and the lines left to correct. */
export function ResultPage({ view, of, summary, errors }: ResultProps) {
  return (
    <Page view={view} title="Liste importée">
      <PageHeader
        title="Liste importée"
        subtitle={`${of.fileName}, liste du ${longDay(of.listedOn)}${of.appliedAt ? `, importée le ${dateTime(of.appliedAt)}` : ''}.`}
        back={BACK}
        action={
          <LinkButton href={PATHS.today} icon="today">
            Voir quoi faire aujourd’hui
          </LinkButton>
        }
      />
      <Card title="Ce qui a changé" icon="check" flush>
        <Changes summary={summary} mode={of.mode} />
      </Card>
      {of.options.publicByName && summary.looksPublic && (
        <Alert tone="good">
          <p>Notés acheteurs publics&#8239;: {publicLookingWords(summary.looksPublic)}.</p>
        </Alert>
      )}
      {summary.closedCases > 0 && (
        <Alert tone="good">
          <p>{count(summary.closedCases, 'dossier s’est fermé de lui-même', 'dossiers se sont fermés d’eux-mêmes')}.</p>
        </Alert>
      )}
      {errors.length > 0 && <ToCorrect of={of} errors={errors} rejected={summary.rejected} />}
    </Page>
  );
}
