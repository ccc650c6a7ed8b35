import { money } from '#core/kernel/money.ts';
import { fr } from '#core/letters/typography.ts';
import { portfolioPath } from '#modules/advice/index.ts';
import {
  Alert,
  Amount,
  Card,
  type Column,
  DataTable,
  Day,
  DescriptionList,
  EmptyState,
  LinkButton,
  PageHeader,
  Pager,
} from '#ui/components/index.ts';
import { count, shortDay } from '#ui/format.ts';
import { Page } from '#ui/layout.tsx';
import { PATHS, type ViewContext } from '#ui/view.ts';
import { CashPicture } from './cash-picture.tsx';
import { forecastPath, invoicesCsvPath, weeksCsvPath } from './paths.ts';
import type { ForecastWeek, ListedInvoice, Order, Run, Sums } from './runs.ts';
import { SourceCard } from './source-card.tsx';
import { APART_WORDS, about, bandWords, chance, dayMonth } from './words.ts';

/** Invoices of one page. */
export const INVOICES = 50;

interface Props {
  view: ViewContext;
  run: Run;
  sums: Sums;
  rows: readonly ListedInvoice[];
  names: ReadonlyMap<string, { readonly debtor: string; readonly reference: string }>;
  order: Order;
  page: number;
  /** why the bank's word is missing or late, if it is */
  bank: string | undefined;
}

const casePath = (caseId: string): string => `${PATHS.cases}/${caseId}`;

/** « Prévisions »: the cash of thirteen weeks, when each open invoice gets paid, and what that is worth. */
export function ForecastPage({ view, run, sums, rows, names, order, page, bank }: Props) {
  const { report } = run;
  const none = sums.invoices === 0 && report.announcedCount === 0 && sums.apart.length === 0;
  return (
    <Page view={view} title="Prévisions" width="wide">
      <PageHeader
        title="Prévisions"
        subtitle={fr`Quand vos factures ouvertes seront payées, et ce qui rentrera chaque semaine. Des estimations, jamais des certitudes : elles disent quand vos clients paient d’habitude, pas ce qu’une relance changerait.`}
        overline={view.tenant?.name ?? ''}
        back={{ href: portfolioPath, label: 'Où mettre votre temps' }}
      />
      {bank && (
        <Alert tone="soon" title="Des paiements manquent peut-être">
          <p>{bank}</p>
        </Alert>
      )}
      {none ? (
        <EmptyState icon="paid" title="Aucune facture ouverte">
          <p>Il n’y a rien à prévoir.</p>
        </EmptyState>
      ) : (
        <>
          <CashCard run={run} sums={sums} />
          <AnnouncedCard run={run} names={names} />
          {sums.invoices > 0 && <InvoicesCard sums={sums} rows={rows} order={order} page={page} />}
          <ApartCard sums={sums} foreign={report.foreign} />
        </>
      )}
      <SourceCard report={report} />
    </Page>
  );
}

function CashCard({ run: { report, asOf }, sums }: Pick<Props, 'run' | 'sums'>) {
  const { weeks, total } = report;
  const announced = total.announced > 0n;
  const said = fr`De ${about(total.p10)} à ${about(total.p90)} en treize semaines, ${about(total.mean)} en moyenne.`;
  const columns: readonly Column<ForecastWeek>[] = [
    { header: 'Semaine', title: true, cell: (w) => `${dayMonth(w.from)} au ${dayMonth(w.to)}`, total: '13 semaines' },
    { header: 'Estimation', align: 'end', tight: true, cell: (w) => about(w.mean), total: <strong>{about(total.mean)}</strong> },
    {
      header: '8 chances sur 10',
      align: 'end',
      tight: true,
      cell: (w) => (w.p90 > 0n ? `${about(w.p10)} à ${about(w.p90)}` : 'le plus souvent rien'),
      total: `${about(total.p10)} à ${about(total.p90)}`,
    },
    ...(announced
      ? [
          {
            header: 'Promis',
            align: 'end',
            tight: true,
            cell: (w: ForecastWeek) => (w.announced > 0n ? about(w.announced) : <span class="q-none">–</span>),
            total: about(total.announced),
          } as const,
        ]
      : []),
  ];
  return (
    <Card
      title="Ce qui devrait rentrer en 13 semaines"
      icon="payment"
      aside={
        <LinkButton href={weeksCsvPath} weight="quiet" icon="download" download="previsions-semaines.csv">
          Tableur
        </LinkButton>
      }
      flush
    >
      <div class="q-card-body q-forecast-cash">
        <div>
          <p class="q-forecast-sum">{about(total.mean)}</p>
          <p class="q-forecast-band">
            {fr`en moyenne, sur ${about(sums.leftCents)} à recevoir sans date promise. Huit chances sur dix que ce soit entre ${about(total.p10)} et ${about(total.p90)}.`}
          </p>
          {announced && <p>{fr`S’y ajoutent ${about(total.announced)} promis par vos clients, aux dates dites.`}</p>}
          <p class="q-note">
            Avec ce qui est connu à la fin du <Day of={asOf} />. Une crise qui toucherait tous vos clients à la fois sortirait de
            la fourchette.
          </p>
        </div>
        <CashPicture weeks={weeks} said={said} />
      </div>
      <div class="q-forecast-weeks">
        <DataTable caption="Encaissements attendus, semaine par semaine" captionHidden columns={columns} rows={weeks} />
      </div>
    </Card>
  );
}

function AnnouncedCard({ run: { report }, names }: Pick<Props, 'run' | 'names'>) {
  const { announced, announcedCount } = report;
  if (announcedCount === 0) return null;
  type Row = (typeof announced)[number];
  const columns: readonly Column<Row>[] = [
    { header: 'Client', title: true, cell: (a) => names.get(a.caseId)?.debtor ?? '' },
    { header: 'Dossier', tight: true, cell: (a) => names.get(a.caseId)?.reference ?? '' },
    { header: 'Date promise', cell: (a) => <Day of={a.on} form="short" /> },
    { header: 'Montant', align: 'end', tight: true, cell: (a) => <Amount of={money(a.cents)} /> },
  ];
  return (
    <Card title="Dates promises" icon="promise" flush>
      <DataTable
        caption="Promesses et échéanciers en cours"
        captionHidden
        columns={columns}
        rows={announced}
        href={(a) => casePath(a.caseId)}
      />
      <p class="q-card-body q-note">
        {announcedCount > announced.length && `Les ${announced.length} prochaines sur ${announcedCount}. `}
        {fr`Ce que vos clients ont promis ou accepté de payer, à la date dite. Ces montants ne comptent pas une seconde fois dans l’estimation. Une date manquée ramène la facture dans l’estimation.`}
      </p>
    </Card>
  );
}

const ORDERS = [
  { order: 'date', label: 'Les plus proches', query: '' },
  { order: 'amount', label: 'Les plus grosses', query: 'tri=montant' },
] as const;

function InvoicesCard({ sums, rows, order, page }: Pick<Props, 'sums' | 'rows' | 'order' | 'page'>) {
  const href = (n: number): string => {
    const parameters = new URLSearchParams({
      ...(order === 'amount' ? { tri: 'montant' } : {}),
      ...(n > 1 ? { page: String(n) } : {}),
    }).toString();
    return `${forecastPath}${parameters && `?${parameters}`}#factures`;
  };
  const by = (days: 7 | 30 | 60 | 90): Column<ListedInvoice> => ({
    header: `${days} jours`,
    align: 'end',
    tight: true,
    cell: (r) => chance(r[`by_${days}`]),
  });
  const columns: readonly Column<ListedInvoice>[] = [
    {
      header: 'Facture',
      title: true,
      cell: (r) => (
        <>
          {r.debtor}
          <span class="q-note q-forecast-number">{r.number}</span>
        </>
      ),
    },
    { header: 'Échéance', tight: true, cell: (r) => shortDay(r.due_on) },
    { header: 'Reste attendu', align: 'end', tight: true, cell: (r) => <Amount of={money(r.left_cents)} /> },
    {
      header: 'Date probable',
      cell: (r) => (
        <span>
          {r.expected_on ? <strong>{shortDay(r.expected_on)}</strong> : 'pas de date probable'}
          <span class="q-note q-forecast-number">{bandWords(r.low_on, r.high_on)}</span>
        </span>
      ),
    },
    ...([7, 30, 60, 90] as const).map(by),
  ];
  return (
    <Card
      title="Facture par facture"
      icon="invoice"
      id="factures"
      aside={
        <LinkButton href={invoicesCsvPath} weight="quiet" icon="download" download="previsions-factures.csv">
          Tableur
        </LinkButton>
      }
      flush
    >
      <nav class="q-card-body q-forecast-orders" aria-label="Ordre des factures">
        {ORDERS.map((o) => (
          <a href={`${forecastPath}${o.query && `?${o.query}`}#factures`} aria-current={o.order === order ? 'true' : undefined}>
            {o.label}
          </a>
        ))}
      </nav>
      <div class="q-forecast-invoices">
        <DataTable
          caption={fr`${count(sums.invoices, 'facture')} : chance d’être payée d’ici 7, 30, 60 et 90 jours`}
          columns={columns}
          rows={rows}
          {...(rows.every((r) => r.case_id) ? { href: (r: ListedInvoice) => casePath(r.case_id ?? '') } : {})}
        />
      </div>
      <p class="q-card-body q-note">
        {fr`Date probable : une chance sur deux d’être payée avant. Fourchette : huit chances sur dix. À plus d’un an de retard, il n’y a plus de date probable.`}
      </p>
      <Pager page={page} pages={Math.ceil(sums.invoices / INVOICES)} href={href} label="Pages des factures" />
    </Card>
  );
}

function ApartCard({ sums, foreign }: { sums: Sums; foreign: number }) {
  if (sums.apart.length === 0 && foreign === 0) return null;
  return (
    <Card title="Laissé hors de la prévision" icon="stop">
      <DescriptionList
        items={[
          ...sums.apart.map(({ why, invoices, cents }) => ({
            term: APART_WORDS[why].noun,
            value: (
              <>
                {fr`${about(cents)}, ${count(invoices, 'facture')}. `}
                {APART_WORDS[why].why}
              </>
            ),
          })),
          ...(foreign > 0
            ? [{ term: 'Autres devises', value: fr`${count(foreign, 'facture')} : seules celles en euros sont prévues.` }]
            : []),
        ]}
      />
    </Card>
  );
}
