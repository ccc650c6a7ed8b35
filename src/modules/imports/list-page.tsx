import { Card, type Column, DataTable, FileDrop, PageHeader, RadioCards, Status } from '#ui/components/index.ts';
import { count, dateTime } from '#ui/format.ts';
import { Page } from '#ui/layout.tsx';
import { PATHS, type ViewContext } from '#ui/view.ts';
import { IMPORTS_PATH, importPath } from './paths.ts';
import type { Import } from './store.ts';
import { sumWords } from './words.ts';

export const MODES = [
  {
    value: 'delta',
    label: 'Nouveautés et changements seulement',
    hint: 'Ce qui n’est pas dans le fichier ne bouge pas.',
  },
  {
    value: 'full',
    label: 'La liste complète de mes factures ouvertes',
    hint: 'Une facture ouverte ici et absente du fichier est soldée. Vous verrez combien avant de confirmer.',
  },
];

interface Props {
  view: ViewContext;
  maxBytes: number;
  before: readonly Import[];
  typed?: Readonly<Record<string, string>>;
  error?: string | undefined;
}

/** Drop the list of open invoices of another tool; below, the lists that came before. */
export function ListPage({ view, maxBytes, before, typed = {}, error }: Props) {
  return (
    <Page view={view} title="Importer mes factures ouvertes" scripts={['drop.js']}>
      <PageHeader
        title="Importer mes factures ouvertes"
        subtitle="La liste que votre logiciel de facturation ou votre comptabilité exporte. Vous verrez ce qui change avant que rien ne soit enregistré."
        back={{ href: PATHS.drop, label: 'Déposer des factures' }}
      />
      <FileDrop
        view={view}
        action={IMPORTS_PATH}
        name="files"
        label="Déposez votre liste ici"
        hint="CSV, Excel (.xlsx) ou FEC. Déposée deux fois, elle ne compte qu’une fois."
        accept=".csv,.tsv,.txt,.xlsx,text/csv,text/plain"
        maxBytes={maxBytes}
        multiple={false}
        submit="Lire cette liste"
        error={error}
        before={<RadioCards name="mode" label="Que contient ce fichier&#8239;?" value={typed.mode ?? 'delta'} options={MODES} />}
      />
      {before.length > 0 && (
        <Card title="Listes déjà déposées" icon="history" flush>
          <DataTable
            caption="Listes déjà déposées"
            captionHidden
            columns={COLUMNS}
            rows={before}
            href={({ id }) => importPath(id)}
          />
        </Card>
      )}
    </Page>
  );
}

const COLUMNS: readonly Column<Import>[] = [
  { header: 'Liste', title: true, cell: ({ fileName }) => <span class="q-file-name">{fileName}</span> },
  { header: 'Déposée le', cell: ({ createdAt }) => dateTime(createdAt) },
  { header: 'Nouvelles factures', cell: ({ summary }) => (summary ? count(summary.new.count, 'facture') : '–') },
  { header: 'Montant', align: 'end', tight: true, cell: ({ summary }) => (summary ? sumWords(summary.new) : '–') },
  {
    header: 'État',
    cell: ({ status, refusal }) => {
      if (status === 'applied')
        return (
          <Status tone="good" icon="check">
            importée
          </Status>
        );
      if (status === 'confirmed')
        return (
          <Status tone="late" icon="warning">
            à terminer
          </Status>
        );
      return (
        <Status tone="soon" icon={refusal ? 'question' : 'reading'}>
          {refusal ? 'colonnes à préciser' : 'à confirmer'}
        </Status>
      );
    },
  },
];
