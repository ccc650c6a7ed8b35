import { money } from '#core/kernel/money.ts';
import type { Purpose } from '#modules/invoices/index.ts';
import { Amount, type Column, DataTable } from '#ui/components/index.ts';
import { casePath } from './paths.ts';
import type { PaymentView } from './payment-list.ts';

const PURPOSES: Readonly<Record<Purpose, string>> = {
  principal: 'Facture',
  interest: 'Intérêts de retard',
  indemnity: 'Indemnité de 40\u00a0€',
  'bank-fee': 'Frais de banque abandonnés',
  discount: 'Escompte accordé',
};

type Part = PaymentView['parts'][number];

interface Props {
  parts: readonly Part[];
  currency: string;
  /** neither placed nor given back */
  leftCents: bigint;
}

/** Where the cents of a payment go. */
export function PartsTable({ parts, currency, leftCents }: Props) {
  return (
    <>
      {parts.length > 0 && <DataTable caption="Ce que ce paiement règle" columns={columns(currency)} rows={parts} />}
      {leftCents > 0n && (
        <p>
          Il reste <Amount of={money(leftCents, currency)} />, à placer sur d’autres factures ou à rendre.
        </p>
      )}
    </>
  );
}

const columns = (currency: string): readonly Column<Part>[] => [
  {
    header: 'Facture',
    title: true,
    cell: ({ number, caseId, caseReference }) => (
      <>
        {number}
        {caseId && (
          <>
            {' '}
            <a href={casePath(caseId)}>dossier {caseReference}</a>
          </>
        )}
      </>
    ),
  },
  { header: 'Pour', cell: ({ purpose }) => PURPOSES[purpose] },
  { header: 'Montant', align: 'end', tight: true, cell: ({ cents }) => <Amount of={money(cents, currency)} /> },
];
