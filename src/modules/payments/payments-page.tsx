import { money } from '#core/kernel/money.ts';
import {
  Amount,
  Card,
  type Column,
  DataTable,
  Day,
  EmptyState,
  LinkButton,
  PageHeader,
  Pager,
  Status,
} from '#ui/components/index.ts';
import { integer } from '#ui/format.ts';
import { Page } from '#ui/layout.tsx';
import { PATHS, type ViewContext } from '#ui/view.ts';
import { SearchForm } from './invoice-choices.tsx';
import { HAND_PATH, PAYMENTS_PATH, paymentPath } from './paths.ts';
import type { PaymentRow } from './payment-list.ts';

/** Payments of one page of the list. */
export const PAYMENTS = 50;

interface Props {
  view: ViewContext;
  /** only what is left to place or to give back */
  free: boolean;
  text?: string | undefined;
  page: number;
  counts: { readonly free: number; readonly all: number };
  rows: readonly PaymentRow[];
}

/** The address of the list. */
export function paymentsHref({ free, text, page = 1 }: { free: boolean; text?: string | undefined; page?: number }): string {
  const query = new URLSearchParams();
  if (!free) query.set('vue', 'tous');
  if (text) query.set('q', text);
  if (page > 1) query.set('page', String(page));
  return query.size > 0 ? `${PAYMENTS_PATH}?${query}` : PAYMENTS_PATH;
}

/** What came in, by hand or from the bank: first what still waits for a place, then all of it. */
export function PaymentsPage({ view, free, text, page, counts, rows }: Props) {
  const tabs = [
    { free: true, label: `À placer ou à rendre (${integer(counts.free)})` },
    { free: false, label: text ? 'Tous' : `Tous (${integer(counts.all)})` },
  ];
  return (
    <Page view={view} title="Paiements">
      <PageHeader
        title="Paiements"
        back={{ href: PATHS.money, label: 'Encaissements' }}
        action={
          <LinkButton href={HAND_PATH} icon="add" weight="plain">
            Saisir un encaissement
          </LinkButton>
        }
      />
      <nav class="q-tabs" aria-label="Quels paiements">
        {tabs.map((tab) => (
          <a href={paymentsHref({ free: tab.free })} aria-current={tab.free === free ? 'page' : undefined}>
            {tab.label}
          </a>
        ))}
      </nav>
      {!free && <SearchForm action={PAYMENTS_PATH} label="Client, libellé ou facture" text={text} carried={{ vue: 'tous' }} />}
      <Card flush>
        <DataTable
          caption="Paiements, le dernier d’abord"
          captionHidden
          columns={columns(free)}
          rows={rows}
          href={({ paymentId }) => paymentPath(paymentId)}
          empty={<Nothing free={free} text={text} />}
        />
      </Card>
      <Pager
        page={page}
        pages={Math.ceil((free ? counts.free : counts.all) / PAYMENTS)}
        href={(n) => paymentsHref({ free, text, page: n })}
        label="Pages des paiements"
      />
    </Page>
  );
}

const Nothing = ({ free, text }: { free: boolean; text: string | undefined }) =>
  free ? (
    <EmptyState icon="check" title="Rien à placer">
      <p>Tout ce qui est arrivé a réglé une facture, ou a été rendu.</p>
    </EmptyState>
  ) : (
    <EmptyState icon="search" title={text ? 'Aucun paiement ne correspond' : 'Aucun paiement'} />
  );

/** Where a payment stands, in a word. */
export function PaymentStatus({ of }: { of: PaymentRow }) {
  if (of.reversedOn) return <Status tone="quiet">annulé</Status>;
  if (of.held === 'wrong-entity' && of.freeCents > 0n) return <Status tone="soon">pour une autre entreprise</Status>;
  if (of.freeCents > 0n) return <Status tone="soon">à placer</Status>;
  return <Status tone="good">placé</Status>;
}

const columns = (free: boolean): readonly Column<PaymentRow>[] => [
  { header: 'Client', title: true, cell: ({ partyName }) => partyName },
  { header: 'Date', tight: true, cell: ({ receivedOn }) => <Day of={receivedOn} form="short" /> },
  { header: 'Libellé', cell: ({ reference, note }) => (reference ?? note ?? '').slice(0, 60) },
  { header: 'État', cell: (row) => <PaymentStatus of={row} /> },
  {
    header: 'Montant',
    align: 'end',
    tight: true,
    cell: ({ amountCents, currency }) => <Amount of={money(amountCents, currency)} />,
  },
  ...(free
    ? [
        {
          header: 'Reste à placer',
          align: 'end' as const,
          tight: true,
          cell: ({ freeCents, currency }: PaymentRow) => <Amount of={money(freeCents, currency)} />,
        },
      ]
    : []),
];
