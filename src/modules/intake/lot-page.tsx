import { money } from '#core/kernel/money.ts';
import {
  Actions,
  Amount,
  Card,
  type Column,
  DataTable,
  Day,
  EmptyState,
  ErrorSummary,
  Form,
  LinkButton,
  PageHeader,
  RadioCards,
  Submit,
} from '#ui/components/index.ts';
import { count } from '#ui/format.ts';
import { Page } from '#ui/layout.tsx';
import { PATHS, type ViewContext } from '#ui/view.ts';
import type { Checked } from './anomalies.ts';
import type { Lot } from './bulk.ts';
import { LOT_PATH, readingPath } from './paths.ts';
import { titleOf } from './reading-words.ts';

interface Props {
  view: ViewContext;
  lot: Lot;
  typed?: Readonly<Record<string, string>>;
  errors?: Readonly<Record<string, string>>;
}

/** « 12 factures et 1 avoir » */
function documents(items: readonly Checked[]): string {
  const credits = items.filter(({ input }) => input?.documentKind === 'credit-note').length;
  const invoices = items.length - credits;
  if (credits === 0) return count(invoices, 'facture');
  return invoices === 0 ? count(credits, 'avoir') : `${count(invoices, 'facture')} et ${count(credits, 'avoir')}`;
}

/** The documents that need no correction, counted and added up, confirmed by one press; the others, each with what to look at. */
export function LotPage({ view, lot, typed = {}, errors = {} }: Props) {
  const { clean, others } = lot;
  const beyond = lot.pending - clean.length - others.length;
  const unknown = clean.filter(({ kindUnknown }) => kindUnknown);
  const confirm = `Confirmer ${clean.length > 1 ? 'les ' : ''}${documents(clean)} sans anomalie`;
  return (
    <Page view={view} title="Confirmer plusieurs factures" width="normal">
      <ErrorSummary errors={errors} />
      <PageHeader
        title="Confirmer plusieurs factures"
        subtitle="Ce qui a été lu dans des données sûres et ne demande aucune correction peut être confirmé d’un coup."
        back={{ href: PATHS.drop, label: 'Déposer' }}
      />
      {clean.length === 0 && (
        <EmptyState
          icon="read"
          title="Rien à confirmer d’un coup"
          action={<LinkButton href={PATHS.drop}>Voir les documents</LinkButton>}
        >
          <p>Chaque document en attente est à vérifier un par un.</p>
        </EmptyState>
      )}
      {clean.length > 0 && (
        <>
          <Card title={`${documents(clean)} sans anomalie`} icon="check" flush>
            <DataTable caption="Documents sans anomalie" captionHidden columns={columns(clean)} rows={clean} href={toReading} />
          </Card>
          <Form view={view} action={LOT_PATH}>
            {clean.map(({ item }) => (
              <input type="hidden" name="id" value={item.id} />
            ))}
            {unknown.length > 0 && (
              <RadioCards
                name="kind"
                label={
                  unknown.length > 1
                    ? `Qui sont les clients de ces ${count(unknown.length, 'facture')} sans SIREN\u202f?`
                    : `Qui est ${unknown[0]?.typed['debtor.name'] ?? 'ce client'}, sans SIREN\u202f?`
                }
                hint="Rien ne le dit dans la facture, et la loi n’applique pas les mêmes règles."
                value={typed.kind}
                error={errors.kind}
                options={[
                  { value: 'business', label: unknown.length > 1 ? 'Des professionnels' : 'Un professionnel', icon: 'company' },
                  { value: 'consumer', label: unknown.length > 1 ? 'Des particuliers' : 'Un particulier', icon: 'consumer' },
                  { value: 'later', label: 'Je préfère vérifier à part', icon: 'read' },
                ]}
              />
            )}
            <Actions>
              <Submit icon="check">{confirm}</Submit>
              <LinkButton href={PATHS.drop} weight="quiet">
                Pas maintenant
              </LinkButton>
            </Actions>
            {beyond > 0 && (
              <p class="q-note">
                {count(beyond, 'autre document attend', 'autres documents attendent')}&#8239;: ils viendront ensuite.
              </p>
            )}
          </Form>
        </>
      )}
      {others.length > 0 && (
        <Card title={`${count(others.length, 'document')} à vérifier un par un`} icon="question" flush>
          <DataTable caption="Documents à vérifier" captionHidden columns={OTHERS} rows={others} href={toReading} />
        </Card>
      )}
    </Page>
  );
}

const toReading = ({ item }: Checked): string => readingPath(item.id);

const DOCUMENT: Column<Checked> = {
  header: 'Document',
  title: true,
  cell: ({ reading, item }) => (
    <>
      {titleOf(reading)}
      <span class="q-note q-file-name">{item.fileName}</span>
    </>
  ),
};

const OTHERS: readonly Column<Checked>[] = [
  DOCUMENT,
  { header: 'Client', cell: ({ typed }) => typed['debtor.name'] || <span class="q-unknown">non lu</span> },
  { header: 'À vérifier', cell: ({ anomalies }) => anomalies.join(' · ') },
];

/** Credit notes take off: the total is what the clients owe in all. */
function columns(clean: readonly Checked[]): readonly Column<Checked>[] {
  const signed = ({ input }: Checked): bigint =>
    input === undefined ? 0n : input.documentKind === 'credit-note' ? -input.payable : input.payable;
  const total = clean.reduce((sum, one) => sum + signed(one), 0n);
  return [
    { ...DOCUMENT, total: documents(clean) },
    { header: 'Client', cell: ({ typed }) => typed['debtor.name'] || <span class="q-unknown">non lu</span> },
    { header: 'Date', cell: ({ input }) => input && <Day of={input.issuedOn} form="short" /> },
    { header: 'Échéance', cell: ({ input }) => input?.documentKind === 'invoice' && <Day of={input.dueOn} form="short" /> },
    {
      header: 'À payer',
      align: 'end',
      cell: (one) => <Amount of={money(signed(one))} />,
      total: <Amount of={money(total)} />,
    },
  ];
}
