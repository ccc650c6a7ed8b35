import { ACTION_WORDS } from '#core/advice/actions.ts';
import type { ClosedCase } from '#core/history/closed-case.ts';
import { money } from '#core/kernel/money.ts';
import { fr } from '#core/letters/typography.ts';
import {
  Actions,
  Alert,
  Amount,
  Card,
  type Column,
  ColumnChoices,
  DataTable,
  Form,
  PageHeader,
  Submit,
} from '#ui/components/index.ts';
import { count } from '#ui/format.ts';
import { Page } from '#ui/layout.tsx';
import type { ViewContext } from '#ui/view.ts';
import { CLOSED_CASE_FIELDS, type ClosedCaseField } from './closed-cases.ts';
import type { Preview } from './importing.ts';
import { historyPath, previewPath } from './paths.ts';

const FIELD_WORDS: Readonly<Record<ClosedCaseField, string>> = {
  case: 'Numéro du dossier',
  customer: 'Client',
  segment: 'Secteur ou catégorie',
  action: 'Étape',
  on: 'Date de l’étape',
  face: 'Montant dû',
  received: 'Encaissé',
  cost: 'Frais avancés',
  minutes: 'Temps en minutes',
  hours: 'Temps en heures',
};
const NEEDED: ReadonlySet<ClosedCaseField> = new Set(['case', 'action', 'on', 'face', 'received']);

/** Cases and lines shown; the rest is counted. */
const SHOWN = 10;

const COLUMNS: readonly Column<ClosedCase>[] = [
  { header: 'Dossier', title: true, cell: (c) => c.id },
  { header: 'Étapes', cell: (c) => c.steps.map((s) => ACTION_WORDS[s.action].title.toLowerCase()).join(', puis ') },
  { header: 'Montant dû', align: 'end', tight: true, cell: (c) => <Amount of={money(c.faceCents)} /> },
  {
    header: 'Encaissé',
    align: 'end',
    tight: true,
    cell: (c) => <Amount of={money(c.steps.reduce((sum, s) => sum + s.receivedCents, 0n))} />,
  },
];

/** A table before it is taken in: its columns, its first cases, the lines that could not be read, what would change. */
export function PreviewPage({ view, of }: { view: ViewContext; of: Preview }) {
  const { sha256, name, columns, read } = of;
  return (
    <Page view={view} title="Relire le tableau">
      <PageHeader
        title="Relire le tableau"
        subtitle={fr`${name}. Rien n’est encore ajouté.`}
        overline={view.tenant?.name ?? ''}
        back={{ href: historyPath, label: 'Vos dossiers clos' }}
      />
      {read.ok ? (
        <Found of={of} read={read.value} view={view} />
      ) : (
        <Alert tone="late" title="Ce tableau ne peut pas être lu ainsi">
          <p>{read.refusal.message}</p>
        </Alert>
      )}
      {columns && (
        <Card title="Les colonnes" icon="settings">
          <form method="get" action={previewPath(sha256)} class="q-form">
            <ColumnChoices
              fields={CLOSED_CASE_FIELDS.map((name) => ({ name, label: FIELD_WORDS[name], needed: NEEDED.has(name) }))}
              columns={columns.headers.map((title) => ({ value: title, label: title }))}
              chosen={(name) => String(columns.used[name] ?? '')}
            />
            <Actions>
              <Submit weight="plain">Relire avec ces colonnes</Submit>
            </Actions>
          </form>
        </Card>
      )}
    </Page>
  );
}

interface FoundProps {
  view: ViewContext;
  of: Preview;
  read: Extract<Preview['read'], { ok: true }>['value'];
}

function Found({ view, of: { sha256, columns, added, changed, same }, read: { cases, rejected } }: FoundProps) {
  const moves = added + changed;
  return (
    <>
      <Card title="Ce qui a été lu" icon="check" flush>
        <DataTable
          caption={fr`${count(cases.length, 'dossier lu', 'dossiers lus')} : ${count(added, 'nouveau', 'nouveaux')}, ${count(changed, 'changé')}, ${count(same, 'déjà connu', 'déjà connus')}.${cases.length > SHOWN ? ` Voici les ${SHOWN} premiers.` : ''}`}
          columns={COLUMNS}
          rows={cases.slice(0, SHOWN)}
        />
        <div class="q-card-body">
          {moves > 0 ? (
            <Form view={view} action={previewPath(sha256)}>
              {Object.entries(columns?.used ?? {}).map(([field, title]) => (
                <input type="hidden" name={field} value={String(title)} />
              ))}
              <Submit>{`Ajouter ${count(moves, 'dossier')}`}</Submit>
            </Form>
          ) : (
            <p>Tout est déjà connu&#8239;: il n’y a rien à ajouter.</p>
          )}
        </div>
      </Card>
      {rejected.length > 0 && (
        <Alert
          tone="soon"
          title={`${count(rejected.length, 'ligne illisible', 'lignes illisibles')}\u202f: leurs dossiers sont laissés de côté`}
        >
          <ul>
            {rejected.slice(0, SHOWN).map(({ line, reason }) => (
              <li>{line > 0 ? `Ligne ${line}\u202f: ${reason}.` : `${reason}.`}</li>
            ))}
          </ul>
          {rejected.length > SHOWN && <p>{fr`Et ${rejected.length - SHOWN} autres.`}</p>}
        </Alert>
      )}
    </>
  );
}
