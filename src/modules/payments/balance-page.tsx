import { money } from '#core/kernel/money.ts';
import { Amount, Card, type Column, DataTable, EmptyState, PageHeader, Pager } from '#ui/components/index.ts';
import { count, NBSP } from '#ui/format.ts';
import { Icon } from '#ui/icons.tsx';
import { Page } from '#ui/layout.tsx';
import { PATHS, type ViewContext } from '#ui/view.ts';
import type { DebtorBalance } from './balance.ts';
import { debtorStatementPath } from './paths.ts';

/** Debtors of one page. */
export const DEBTORS = 50;

/** Days late of a bucket, its sum over all debtors, and how many invoices it holds. */
export interface Bucket {
  readonly from: number;
  readonly to: number | undefined;
  readonly cents: bigint;
  readonly invoices: bigint;
}

interface Props {
  view: ViewContext;
  /** of the whole company */
  owedCents: bigint;
  buckets: readonly Bucket[];
  foreignInvoices: bigint;
  rows: readonly DebtorBalance[];
  found: number;
  page: number;
  text?: string | undefined;
}

/** « 31 à 60 j », « plus de 90 j » */
const shortWords = ({ from, to }: Bucket): string =>
  to === undefined ? `Plus de ${from - 1}${NBSP}j` : `${from} à ${to}${NBSP}j`;

/** « Balance âgée »: who owes, by how late it is; each bucket leads to its cases, each debtor to the statement of the account. */
export function BalancePage({ view, owedCents, buckets, foreignInvoices, rows, found, page, text }: Props) {
  const notDue = owedCents - buckets.reduce((sum, { cents }) => sum + cents, 0n);
  const href = (n: number): string => {
    const parameters = new URLSearchParams({ ...(text ? { q: text } : {}), ...(n > 1 ? { page: String(n) } : {}) }).toString();
    return parameters ? `${PATHS.balance}?${parameters}` : PATHS.balance;
  };
  return (
    <Page view={view} title="Balance âgée" width="wide">
      <PageHeader
        title="Balance âgée"
        subtitle="Ce que chaque client doit sur ses factures, par ancienneté du retard. Intérêts et indemnités en plus, dossier par dossier."
      />
      <dl class="q-buckets">
        <div>
          <dt>Pas encore échu</dt>
          <dd>
            <Amount of={money(notDue)} size="large" />
          </dd>
        </div>
        {buckets.map((bucket) => (
          <div>
            <dt>
              <a href={`${PATHS.cases}?retard=${bucket.from}-${bucket.to ?? ''}`}>{shortWords(bucket)}</a>
            </dt>
            <dd>
              <Amount of={money(bucket.cents)} size="large" />
              <span class="q-note">{count(bucket.invoices, 'facture')}</span>
            </dd>
          </div>
        ))}
      </dl>
      {foreignInvoices > 0n && (
        <p class="q-note">Sans {count(foreignInvoices, 'facture en autre devise', 'factures en autre devise')}.</p>
      )}
      <form method="get" action={PATHS.balance} class="q-filters">
        <div class="q-filter q-filter-text">
          <label for="recherche">Client</label>
          <input class="form-control" type="search" id="recherche" name="q" value={text} maxlength={200} />
        </div>
        <div class="q-filter-go">
          <button type="submit" class="btn q-btn-plain">
            <Icon name="search" />
            <span>Chercher</span>
          </button>
        </div>
      </form>
      <div class="q-balance">
        <Card flush>
          <DataTable
            caption={`Clients qui doivent, du plus gros au plus petit (${count(found, 'client')})`}
            columns={columns(buckets)}
            rows={rows}
            href={({ partyId }) => debtorStatementPath(partyId)}
            empty={
              <EmptyState
                icon={text ? 'search' : 'check'}
                title={text ? 'Aucun client ne correspond' : 'Personne ne vous doit rien'}
              >
                <p>{text ? 'Essayez un autre mot.' : 'Toutes les factures connues sont payées.'}</p>
              </EmptyState>
            }
          />
        </Card>
      </div>
      <Pager page={page} pages={Math.ceil(found / DEBTORS)} href={href} label="Pages des clients" />
    </Page>
  );
}

const columns = (buckets: readonly Bucket[]): Column<DebtorBalance>[] => {
  const figure = (cents: bigint) => (cents === 0n ? <span class="q-none">–</span> : <Amount of={money(cents)} />);
  return [
    { header: 'Client', title: true, cell: ({ name }) => name },
    { header: 'Pas échu', align: 'end', cell: ({ cents }) => figure(cents[0] ?? 0n) },
    ...buckets.map(
      (bucket, i): Column<DebtorBalance> => ({
        header: shortWords(bucket),
        align: 'end',
        cell: ({ cents }) => figure(cents[i + 1] ?? 0n),
      }),
    ),
    { header: 'Total', align: 'end', cell: ({ totalCents }) => <Amount of={money(totalCents)} /> },
  ];
};
