import { Card, type Column, ConfirmButton, DataTable, EmptyState, PageHeader } from '#ui/components/index.ts';
import { count, iban } from '#ui/format.ts';
import { Page } from '#ui/layout.tsx';
import { PATHS, type ViewContext } from '#ui/view.ts';
import type { PayerAlias } from './aliases.ts';
import { PAYERS_PATH } from './paths.ts';

/** « Payeurs reconnus »: what confirmations taught, each removable. */
export function PayersPage({ view, aliases }: { view: ViewContext; aliases: readonly PayerAlias[] }) {
  return (
    <Page view={view} title="Payeurs reconnus">
      <PageHeader
        title="Payeurs reconnus"
        subtitle="Qui paie pour qui, appris de vos confirmations. Oubliez ce qui est faux."
        back={{ href: PATHS.money, label: 'Encaissements' }}
      />
      <Card flush>
        <DataTable
          caption="Payeurs reconnus, par client"
          captionHidden
          columns={columns(view)}
          rows={aliases}
          empty={
            <EmptyState icon="debtor" title="Aucun payeur appris">
              <p>Chaque encaissement que vous confirmez apprend à Quitus qui paie, et sous quel nom.</p>
            </EmptyState>
          }
        />
      </Card>
    </Page>
  );
}

const shown = ({ kind, value }: PayerAlias): string => (kind === 'iban' ? iban(value) : value);

const columns = (view: ViewContext): readonly Column<PayerAlias>[] => [
  { header: 'Client', title: true, cell: (row) => row.partyName },
  { header: 'Reconnu par', cell: ({ kind }) => (kind === 'iban' ? 'IBAN' : 'Nom') },
  { header: 'Ce que la banque écrit', cell: (row) => shown(row) },
  {
    header: 'Vos réponses',
    cell: ({ confirmed, rejected }) =>
      [confirmed > 0 && count(confirmed, 'confirmation'), rejected > 0 && count(rejected, 'refus', 'refus')]
        .filter(Boolean)
        .join(', '),
  },
  {
    header: 'Oublier',
    cell: (row) => (
      <ConfirmButton
        view={view}
        action={`${PAYERS_PATH}/oublier`}
        label="Oublier"
        question={`Quitus ne reconnaîtra plus ${row.partyName} à ${shown(row)}. Les encaissements déjà rapprochés ne changent pas.`}
        confirm="Oublier ce payeur"
        fields={{ kind: row.kind, value: row.value, partyId: row.partyId }}
      />
    ),
  },
];

/** The alias that a form names. */
export function aliasOf(typed: Readonly<Record<string, string>>): Pick<PayerAlias, 'kind' | 'value' | 'partyId'> | undefined {
  const { kind, value, partyId } = typed;
  if ((kind !== 'iban' && kind !== 'name') || !value || !/^[0-9a-f-]{36}$/.test(partyId ?? '') || !partyId) return undefined;
  return { kind, value, partyId };
}
