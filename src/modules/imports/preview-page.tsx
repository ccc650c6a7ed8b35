import { money } from '#core/kernel/money.ts';
import {
  Actions,
  Alert,
  Amount,
  Card,
  Checkbox,
  type Column,
  ConfirmButton,
  DataTable,
  Disclosure,
  Form,
  LinkButton,
  PageHeader,
  Submit,
} from '#ui/components/index.ts';
import { count, fileSize, longDay } from '#ui/format.ts';
import { Page } from '#ui/layout.tsx';
import type { ViewContext } from '#ui/view.ts';
import type { AbsentInvoice } from './comparing.ts';
import type { LineError } from './errors.ts';
import { settlesMuch } from './imports.ts';
import { FIELD_WORDS } from './options-form.ts';
import { abandonPath, columnsPath, errorsPath, IMPORTS_PATH, importPath } from './paths.ts';
import type { Import, ImportSummary } from './store.ts';
import { type Change, changesIn, publicLookingWords, sumWords } from './words.ts';

/** Lines to correct that the page shows; the file holds them all. */
export const ERRORS_SHOWN = 10;

interface Props {
  view: ViewContext;
  of: Import;
  summary: ImportSummary;
  /** the first of them */
  errors: readonly LineError[];
  /** why it was not applied just now */
  refused?: string | undefined;
}

/** A list before it is taken in: what it changes, in counts and amounts, what it would settle, the lines to correct. */
export function PreviewPage({ view, of, summary, errors, refused }: Props) {
  const { absent, new: added, newCredits, reduced, amended } = summary;
  const moves = added.count + newCredits.count + reduced.count + amended.count + absent.count;
  return (
    <Page view={view} title="Vérifier avant d’importer">
      <PageHeader
        title="Vérifier avant d’importer"
        subtitle={`${of.fileName}, liste du ${longDay(of.listedOn)}. Rien n’est encore enregistré.`}
        back={{ href: IMPORTS_PATH, label: 'Importer mes factures ouvertes' }}
      />
      {refused && (
        <Alert tone="late" live title="La liste n’a pas été importée">
          <p>{refused}</p>
        </Alert>
      )}
      {settlesMuch(summary) && <MuchSettled summary={summary} />}
      <Card title="Ce que cette liste change" icon="read" flush>
        <Changes summary={summary} mode={of.mode} />
      </Card>
      {summary.absentSample.length > 0 && <Absent summary={summary} />}
      {errors.length > 0 && <ToCorrect of={of} errors={errors} rejected={summary.rejected} />}
      <Card
        title={moves > 0 ? 'Importer' : 'Rien à importer'}
        icon="check"
        footer={
          <ConfirmButton
            view={view}
            action={abandonPath(of.id)}
            label="Abandonner cette liste"
            question="Elle disparaît d’ici, rien d’autre ne change. Vous pourrez la déposer de nouveau."
            confirm="Abandonner"
            icon="cross"
          />
        }
      >
        {moves > 0 ? (
          <Form view={view} action={importPath(of.id)}>
            {settlesMuch(summary) && (
              <Checkbox
                name="sure"
                label={`La liste est bien complète\u202f: ${countAbsent(absent.count)} ${absent.count > 1 ? 'sont réglées' : 'est réglée'}`}
              />
            )}
            {summary.looksPublic && <PublicLooking of={of} found={summary.looksPublic} />}
            <Actions>
              <Submit icon="check">{`Importer (${count(moves, 'changement')})`}</Submit>
              <LinkButton href={columnsPath(of.id)} weight="plain" icon="settings">
                Changer la lecture
              </LinkButton>
            </Actions>
          </Form>
        ) : (
          <>
            <p>Tout est déjà connu&#8239;: cette liste ne change rien.</p>
            <Actions>
              <LinkButton href={columnsPath(of.id)} weight="plain" icon="settings">
                Changer la lecture
              </LinkButton>
            </Actions>
          </>
        )}
      </Card>
      <Disclosure summary="Comment elle a été lue">
        <ul>
          {Object.entries(summary.recognised).map(([field, header]) => (
            <li>
              {FIELD_WORDS[field as keyof typeof FIELD_WORDS]}&#8239;: {header}
            </li>
          ))}
        </ul>
        <p>
          {count(summary.lines, 'ligne lue', 'lignes lues')}, {fileSize(of.sizeBytes)}.
        </p>
      </Disclosure>
    </Page>
  );
}

/** A name proves nothing: the user says whether they are public buyers, who owe another interest than a business. */
function PublicLooking({ of, found }: { of: Import; found: NonNullable<ImportSummary['looksPublic']> }) {
  if (of.options.debtorKind === 'public') return null;
  const other = of.options.debtorKind === 'consumer' ? 'particulier' : 'professionnel';
  return (
    <Checkbox
      name="publicByName"
      label={found.count > 1 ? 'Ce sont des acheteurs publics' : 'C’est un acheteur public'}
      hint={`${publicLookingWords(found)}. Les intérêts d’un acheteur public ne sont pas ceux d’un ${other}.`}
      checked={of.options.publicByName ?? false}
    />
  );
}

const countAbsent = (n: number): string => count(n, 'facture absente', 'factures absentes');

function MuchSettled({ summary: { absent, openBefore } }: { summary: ImportSummary }) {
  const share = Math.round((absent.count / Math.max(1, openBefore.count)) * 100);
  return (
    <Alert tone="late" title={`Cette liste solderait ${share}\u00a0% de vos factures ouvertes`}>
      <p>
        {countAbsent(absent.count)} sur {openBefore.count}, soit {sumWords(absent)}. Si le fichier a été coupé, filtré, ou ne
        couvre qu’une partie de vos clients, abandonnez-le, ou importez-le comme «&nbsp;nouveautés et changements
        seulement&nbsp;».
      </p>
    </Alert>
  );
}

const CHANGES: readonly Column<Change>[] = [
  {
    header: 'Ce qui change',
    title: true,
    cell: ({ what, of, means }) => (
      <>
        {what}
        {means && of.count > 0 && <span class="q-note q-import-means">{means}</span>}
      </>
    ),
  },
  { header: 'Documents', align: 'end', tight: true, cell: ({ of }) => count(of.count, 'document') },
  { header: 'Montant', align: 'end', tight: true, cell: ({ of }) => sumWords(of) },
];

/** What an import changes, or changed, line by line. */
export function Changes({ summary, mode }: { summary: ImportSummary; mode: Import['mode'] }) {
  return <DataTable caption="Ce que cette liste change" captionHidden columns={CHANGES} rows={changesIn(summary, mode)} />;
}

const ABSENT: readonly Column<AbsentInvoice>[] = [
  { header: 'Facture', title: true, tight: true, cell: ({ number }) => number },
  { header: 'Client', cell: ({ debtor }) => debtor },
  {
    header: 'Reste dû ici',
    align: 'end',
    tight: true,
    cell: ({ cents, currency }) => <Amount of={money(BigInt(cents), currency)} />,
  },
];

function Absent({ summary: { absent, absentSample } }: { summary: ImportSummary }) {
  const shown = absentSample.length;
  return (
    <Card title="Absentes de la liste, donc soldées" icon="paid" flush>
      <DataTable
        caption={
          absent.count > shown
            ? `Les ${shown} plus grosses sur ${absent.count}`
            : `${countAbsent(absent.count)}, ${sumWords(absent)}`
        }
        columns={ABSENT}
        rows={absentSample}
      />
    </Card>
  );
}

const ERRORS: readonly Column<LineError>[] = [
  { header: 'Ligne', title: true, tight: true, cell: ({ line }) => `Ligne ${line}` },
  { header: 'Colonne', cell: ({ column }) => column ?? '–' },
  { header: 'Valeur', cell: ({ value }) => value ?? '–' },
  { header: 'Raison', cell: ({ reason }) => reason },
];

/** The lines that were not taken, or not as they stand: the first of them, and the file of them all. */
export function ToCorrect({ of, errors, rejected }: { of: Import; errors: readonly LineError[]; rejected: number }) {
  const title =
    rejected === 0 ? 'Lignes à vérifier' : `${count(rejected, 'ligne ne sera pas prise', 'lignes ne seront pas prises')}`;
  return (
    <Card
      title={
        of.status === 'applied' && rejected > 0 ? count(rejected, 'ligne laissée de côté', 'lignes laissées de côté') : title
      }
      icon="warning"
      flush
      aside={
        <LinkButton href={errorsPath(of.id)} icon="download" weight="plain" download="a-corriger.csv">
          Toutes les lignes à corriger (CSV)
        </LinkButton>
      }
    >
      <DataTable caption="Premières lignes à corriger" captionHidden columns={ERRORS} rows={errors.slice(0, ERRORS_SHOWN)} />
    </Card>
  );
}
