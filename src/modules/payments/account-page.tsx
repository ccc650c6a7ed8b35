import { money } from '#core/kernel/money.ts';
import { type DebtorAccount, type OpenItem, type RunningEntry, runningBalance } from '#core/letters/account-statement.ts';
import {
  Amount,
  Card,
  type Column,
  DataTable,
  Day,
  DueStatus,
  EmptyState,
  LinkButton,
  PageHeader,
  Pager,
} from '#ui/components/index.ts';
import { fullDay } from '#ui/format.ts';
import { Page } from '#ui/layout.tsx';
import { PATHS, type ViewContext } from '#ui/view.ts';
import type { OpenCase } from './choices.ts';
import { casePath, debtorStatementPath } from './paths.ts';

/** Entries of one page, the latest first. */
const ENTRIES = 100;

interface Props {
  view: ViewContext;
  partyId: string;
  name: string;
  account: DebtorAccount;
  /** all those of the debtor */
  currencies: readonly string[];
  cases: readonly OpenCase[];
  page: number;
}

/** « Relevé de compte »: what the books hold of a debtor, and what is left to pay. */
export function AccountPage({ view, partyId, name, account, currencies, cases, page }: Props) {
  const { currency } = account;
  const running = runningBalance(account.entries);
  const balance = running.at(-1)?.balanceCents ?? 0n;
  const latest = running.toReversed();
  const pages = Math.max(1, Math.ceil(latest.length / ENTRIES));
  const at = Math.min(page, pages);
  const base = debtorStatementPath(partyId);
  const href = (of: string, n = 1): string => {
    const parameters = new URLSearchParams({
      ...(of === 'EUR' ? {} : { devise: of }),
      ...(n > 1 ? { page: String(n) } : {}),
    }).toString();
    return parameters ? `${base}?${parameters}` : base;
  };
  return (
    <Page view={view} title={`Relevé de compte, ${name}`}>
      <PageHeader
        overline="Relevé de compte"
        title={name}
        subtitle={fullDay(view.today)}
        back={{ href: PATHS.balance, label: 'Balance âgée' }}
        action={
          <LinkButton href={`${base}.pdf${currency === 'EUR' ? '' : `?devise=${currency}`}`} icon="pdf" weight="plain">
            Ouvrir le PDF
          </LinkButton>
        }
      />
      {currencies.length > 1 && (
        <nav class="q-tabs" aria-label="Devises">
          {currencies.map((one) => (
            <a href={href(one)} aria-current={one === currency ? 'page' : undefined}>
              {one}
            </a>
          ))}
        </nav>
      )}
      <dl class="q-buckets">
        <div>
          <dt>Solde du compte</dt>
          <dd>
            <Amount of={money(balance, currency)} size="large" />
            {balance < 0n && <span class="q-note">vous lui devez cette somme, ou elle est à placer</span>}
          </dd>
        </div>
        {cases.length > 0 && (
          <div>
            <dt>{cases.length > 1 ? 'Dossiers ouverts' : 'Dossier ouvert'}</dt>
            <dd>
              {cases.slice(0, 5).map(({ id, reference }, i) => (
                <>
                  {i > 0 && ', '}
                  <a href={casePath(id)}>{reference}</a>
                </>
              ))}
            </dd>
          </div>
        )}
      </dl>
      <Card title="Factures qui restent à payer" icon="invoice" flush>
        <DataTable
          caption="Factures qui restent à payer"
          captionHidden
          columns={openColumns(view, currency, account.open)}
          rows={account.open.slice(0, ENTRIES)}
          empty={<EmptyState icon="check" title="Aucune facture ouverte" />}
        />
        {account.open.length > ENTRIES && (
          <p class="q-note q-table-note">Les {ENTRIES} plus anciennes&#8239;; toutes sont dans le PDF.</p>
        )}
      </Card>
      <Card title="Écritures, la dernière d’abord" icon="history" flush>
        <DataTable
          caption="Écritures du compte"
          captionHidden
          columns={entryColumns(currency)}
          rows={latest.slice((at - 1) * ENTRIES, at * ENTRIES)}
          empty={<EmptyState icon="search" title="Aucune écriture" />}
        />
        <Pager page={at} pages={pages} href={(n) => href(currency, n)} label="Pages des écritures" />
      </Card>
      <p class="q-note">
        Ce relevé compte les factures et ce qui les a réglées. Les intérêts de retard et l’indemnité qui ne sont pas payés n’y
        figurent pas&#8239;: voyez le décompte du dossier.
      </p>
    </Page>
  );
}

const openColumns = (view: ViewContext, currency: string, open: readonly OpenItem[]): Column<OpenItem>[] => [
  { header: 'Facture', title: true, cell: ({ number }) => number, total: 'Total' },
  { header: 'Émise le', cell: ({ issuedOn }) => <Day of={issuedOn} form="short" /> },
  { header: 'Échéance', cell: ({ dueOn }) => <Day of={dueOn} form="short" /> },
  { header: 'Situation', cell: ({ dueOn }) => <DueStatus due={dueOn} today={view.today} /> },
  { header: 'Montant', align: 'end', cell: ({ amountCents }) => <Amount of={money(amountCents, currency)} /> },
  {
    header: 'Reste dû',
    align: 'end',
    cell: ({ balanceCents }) => <Amount of={money(balanceCents, currency)} />,
    total: (
      <Amount
        of={money(
          open.reduce((sum, { balanceCents }) => sum + balanceCents, 0n),
          currency,
        )}
      />
    ),
  },
];

const entryColumns = (currency: string): Column<RunningEntry>[] => [
  {
    header: 'Écriture',
    title: true,
    cell: ({ label, reference }) => (
      <>
        {label} {reference}
      </>
    ),
  },
  { header: 'Date', cell: ({ on }) => <Day of={on} form="short" /> },
  { header: 'Débit', align: 'end', cell: ({ cents }) => cents > 0n && <Amount of={money(cents, currency)} /> },
  { header: 'Crédit', align: 'end', cell: ({ cents }) => cents < 0n && <Amount of={money(-cents, currency)} /> },
  { header: 'Solde', align: 'end', cell: ({ balanceCents }) => <Amount of={money(balanceCents, currency)} /> },
];
