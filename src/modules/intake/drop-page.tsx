import { parseDay } from '#core/kernel/day.ts';
import { parseTypedAmount } from '#core/kernel/money.ts';
import type { WaitingStatus } from '#modules/einvoicing/index.ts';
import { IMPORTS_PATH } from '#modules/imports/index.ts';
import {
  Amount,
  Card,
  type Column,
  DataTable,
  Day,
  Disclosure,
  FileDrop,
  Form,
  LinkButton,
  PageHeader,
  Pager,
  Status,
  Submit,
} from '#ui/components/index.ts';
import { count } from '#ui/format.ts';
import { Page } from '#ui/layout.tsx';
import { PATHS, type ViewContext } from '#ui/view.ts';
import { casePath, LOT_PATH, NEXT_PATH, readingPath } from './paths.ts';
import { sourceOf, titleOf } from './reading-words.ts';
import type { Reading } from './readings.ts';

/** Documents of one page of the list. */
export const PAGE = 50;

interface Props {
  view: ViewContext;
  maxBytes: number;
  pending: readonly Reading[];
  pendingCount: number;
  page: number;
  leftOut: readonly Reading[];
  /** statuses of e-invoicing whose invoice is not in Quitus */
  waiting: readonly WaitingStatus[];
  /** what was wrong with what was just sent */
  error?: string;
}

/** Drop invoices; below, those that wait to be confirmed and those that were not taken. */
export function DropPage({ view, maxBytes, pending, pendingCount, page, leftOut, waiting, error }: Props) {
  const pages = Math.max(1, Math.ceil(pendingCount / PAGE));
  return (
    <Page view={view} title="Déposer des factures" scripts={['drop.js']}>
      <PageHeader
        title="Déposer des factures"
        subtitle="Quitus les lit, vous confirmez. Rien n’est enregistré sans vous."
        action={
          <LinkButton href={IMPORTS_PATH} icon="upload" weight="plain">
            Importer mes factures ouvertes
          </LinkButton>
        }
      />
      <FileDrop
        view={view}
        action={PATHS.drop}
        name="files"
        label="Déposez vos factures ici"
        hint="PDF, facture électronique (Factur-X, XML) ou liste de factures en CSV, et les statuts que votre plateforme envoie (refusée, en litige, encaissée…). Plusieurs fichiers à la fois si vous voulez."
        accept=".pdf,.xml,.csv,.txt,application/pdf,application/xml,text/xml,text/csv"
        maxBytes={maxBytes}
        submit="Lire ces factures"
        next={NEXT_PATH}
        error={error}
      >
        <div data-drop-folder hidden>
          <Disclosure summary="Déposer un dossier entier">
            <label class="form-label" for="champ-folder">
              Dossier de factures, sous-dossiers compris
            </label>
            <input class="form-control" type="file" id="champ-folder" webkitdirectory multiple />
          </Disclosure>
        </div>
      </FileDrop>
      {pendingCount > 0 && (
        <Card
          title={`À confirmer${pendingCount > 1 ? ` (${count(pendingCount, 'document')})` : ''}`}
          icon="read"
          flush
          aside={
            pendingCount > 1 && (
              <LinkButton href={LOT_PATH} icon="check" weight="plain">
                Confirmer plusieurs factures d’un coup
              </LinkButton>
            )
          }
        >
          <DataTable
            caption="Documents à confirmer"
            captionHidden
            columns={PENDING}
            rows={pending}
            href={(item) => readingPath(item.id)}
          />
          <Pager page={page} pages={pages} href={(n) => `${PATHS.drop}?page=${n}`} label="Pages des documents à confirmer" />
        </Card>
      )}
      {waiting.length > 0 && <Waiting view={view} statuses={waiting} />}
      {leftOut.length > 0 && <LeftOut view={view} items={leftOut} />}
    </Page>
  );
}

const PENDING: readonly Column<Reading>[] = [
  {
    header: 'Document',
    title: true,
    cell: ({ reading, fileName }) => (
      <>
        {reading ? titleOf(reading) : fileName}
        <span class="q-note q-file-name">{fileName}</span>
      </>
    ),
  },
  {
    header: 'Client',
    cell: ({ reading }) => reading?.buyer?.name ?? reading?.buyer?.trading_name ?? <Unknown />,
  },
  {
    header: 'À payer',
    align: 'end',
    cell: ({ reading }) => {
      const text = reading?.payable ?? reading?.total_gross;
      const amount = text ? parseTypedAmount(text, reading?.currency ?? 'EUR') : undefined;
      return amount ? <Amount of={amount} /> : <Unknown />;
    },
  },
  {
    header: 'Échéance',
    cell: ({ reading }) => {
      const due = reading?.due_date ? parseDay(reading.due_date) : undefined;
      return due ? <Day of={due} form="short" /> : <Unknown />;
    },
  },
  { header: 'Lecture', cell: ({ reading }) => reading && <SourceStatus reading={reading} /> },
];

const Unknown = () => <span class="q-unknown">non lu</span>;

function SourceStatus({ reading }: { reading: NonNullable<Reading['reading']> }) {
  const { kind, text } = sourceOf(reading);
  return (
    <Status tone={kind === 'data' ? 'good' : 'soon'} icon={kind === 'data' ? 'check' : kind === 'guess' ? 'question' : 'edit'}>
      {text}
    </Status>
  );
}

/** Statuses that came before their invoice. */
function Waiting({ view, statuses }: { view: ViewContext; statuses: readonly WaitingStatus[] }) {
  return (
    <Card
      title="Statuts en attente de leur facture"
      icon="soon"
      aside={
        <Form view={view} action={`${PATHS.drop}/statuts`}>
          <Submit weight="quiet" icon="cross">
            Vider cette liste
          </Submit>
        </Form>
      }
    >
      <p class="q-note">Déposez la facture&#8239;: le statut lui sera rattaché, à sa date.</p>
      <ul class="q-left-out">
        {statuses.map(({ documentKind, number, issuedOn, label, on }) => (
          <li>
            <strong>
              {documentKind === 'invoice' ? 'Facture' : 'Avoir'} {number}
            </strong>
            {issuedOn && (
              <>
                {' '}
                du <Day of={issuedOn} />
              </>
            )}
            <p>
              {label}, le <Day of={on} />.
            </p>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** What was not taken, with the reason, until the user clears the list. */
function LeftOut({ view, items }: { view: ViewContext; items: readonly Reading[] }) {
  return (
    <Card
      title="Non retenus"
      icon="warning"
      aside={
        <Form view={view} action={`${PATHS.drop}/non-retenus`}>
          <Submit weight="quiet" icon="cross">
            Vider cette liste
          </Submit>
        </Form>
      }
    >
      <ul class="q-left-out">
        {items.map(({ fileName, refusal, reading, invoice, id }) => (
          <li>
            <strong class="q-file-name">{fileName}</strong>
            {refusal && <p>{refusal.message}</p>}
            {!refusal && reading && (
              <p>
                {titleOf(reading)} est déjà dans Quitus.{' '}
                {invoice?.caseId && <a href={casePath(invoice.caseId)}>Voir son dossier</a>}{' '}
                <a href={readingPath(id)}>Ce n’est pas la même</a>
              </p>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
