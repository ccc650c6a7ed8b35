import { money } from '#core/kernel/money.ts';
import { Amount, Card, type Column, DataTable, Day, DescriptionList, LinkButton } from '#ui/components/index.ts';
import { dateTime, siren } from '#ui/format.ts';
import { Icon, type IconName } from '#ui/icons.tsx';
import { countryName, DEBTOR_KINDS } from './debtor-words.ts';
import { debtorPath, filePath } from './paths.ts';
import type { CaseDocument, CaseInvoice, CaseView } from './views.ts';

const INVOICE_COLUMNS: readonly Column<CaseInvoice>[] = [
  {
    header: 'Pièce',
    title: true,
    cell: (i) => {
      const name = `${i.documentKind === 'invoice' ? 'Facture' : 'Avoir'} ${i.number}`;
      return i.sha256 ? <a href={filePath(i.sha256)}>{name}</a> : name;
    },
  },
  { header: 'Émise le', cell: (i) => <Day of={i.issuedOn} form="short" /> },
  { header: 'Échéance', cell: (i) => (i.documentKind === 'invoice' ? <Day of={i.dueOn} form="short" /> : '–') },
  {
    header: 'Montant',
    align: 'end',
    cell: (i) => <Amount of={money(i.documentKind === 'invoice' ? i.payableCents : -i.payableCents, i.currency)} />,
  },
  {
    header: 'Reste',
    align: 'end',
    cell: (i) => <Remainder of={i} />,
  },
];

const isPartlyPaid = (of: CaseInvoice): boolean =>
  of.documentKind === 'invoice' && of.balanceCents > 0n && of.balanceCents < of.payableCents;

/** What an invoice has left to pay; what was paid too much, or credited beyond its invoice, is to give back. */
function Remainder({ of }: { of: CaseInvoice }) {
  const owed = of.documentKind === 'invoice' ? of.balanceCents : -of.balanceCents;
  if (owed >= 0n) return of.documentKind === 'invoice' ? <Amount of={money(owed, of.currency)} /> : <>–</>;
  return (
    <>
      <Amount of={money(-owed, of.currency)} /> à rendre
    </>
  );
}

/** The invoices and credit notes, each with its kept file. */
export function InvoicesCard({ of }: { of: CaseView }) {
  return (
    <Card title="Factures et avoirs" icon="invoice" flush>
      <DataTable
        caption="Factures et avoirs du dossier"
        captionHidden
        columns={INVOICE_COLUMNS}
        rows={of.invoices}
        empty={<p class="q-card-body">Aucune facture dans ce dossier.</p>}
      />
      {of.claim.imputation !== 'principal-first' && of.invoices.some(isPartlyPaid) && (
        <p class="q-card-body q-note">
          Le reste est celui de vos comptes. Devant la loi, un paiement partiel éteint d’abord les intérêts&#8239;: c’est le
          décompte qui dit ce qui est dû.
        </p>
      )}
    </Card>
  );
}

const DOCUMENT_ICONS: Readonly<Record<CaseDocument['kind'], IconName>> = {
  invoice: 'invoice',
  letter: 'letter',
  receipt: 'receipt',
  proof: 'file',
};

/** Everything that was kept for the case. */
export function DocumentsCard({ of }: { of: CaseView }) {
  return (
    <Card title="Documents" icon="file">
      {of.documents.length === 0 ? (
        <p class="q-note">Les factures, les lettres et les avis de réception se rangeront ici.</p>
      ) : (
        <ul class="q-documents">
          {of.documents.map((document) => (
            <li>
              <Icon name={DOCUMENT_ICONS[document.kind]} />
              <span>
                <a href={filePath(document.sha256)}>{document.title}</a>
                <span class="q-note">Ajouté le {dateTime(document.addedAt)}</span>
              </span>
              <a class="q-document-get" href={filePath(document.sha256)} download>
                <Icon name="download" label={`Télécharger ${document.title}`} />
              </a>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** Who owes, and how to reach them. */
export function DebtorCard({ of }: { of: CaseView }) {
  const { party } = of;
  const town = [party.postcode, party.city].filter(Boolean).join(' ');
  const address = [party.street, town, party.country === 'FR' ? undefined : countryName(party.country)].filter(Boolean);
  return (
    <Card
      title="Le client"
      icon="debtor"
      aside={
        <LinkButton href={debtorPath(of.id)} weight="quiet" icon="edit">
          Corriger
        </LinkButton>
      }
    >
      <DescriptionList
        items={[
          { term: 'Nom', value: party.name },
          { term: 'Qualité', value: DEBTOR_KINDS[party.kind].label },
          ...(party.kind === 'consumer' ? [] : [{ term: 'SIREN', value: party.siren && siren(party.siren) }]),
          {
            term: 'Adresse',
            value: address.length > 0 && address.map((line) => <span class="q-line q-prewrap">{line}</span>),
          },
          { term: 'Courriel', value: party.email && <a href={`mailto:${party.email}`}>{party.email}</a> },
          { term: 'Téléphone', value: party.phone && <a href={`tel:${party.phone.replace(/[^+\d]/g, '')}`}>{party.phone}</a> },
        ].map(({ term, value }) => ({ term, ...(value ? { value } : {}) }))}
      />
    </Card>
  );
}
