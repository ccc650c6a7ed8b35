import { rulePath } from '#modules/law/index.ts';
import { Alert } from '#ui/components/index.ts';
import { longDay } from '#ui/format.ts';
import type { Bar } from './case-claim.ts';
import { advicePath } from './paths.ts';

/** From here on, days are counted. */
const PRESSING = 60;
const left = (days: number): string =>
  days >= PRESSING ? '' : days === 0 ? ', aujourd’hui' : days === 1 ? ', demain' : `, dans ${days}\u00a0jours`;

/** Limitation, where it has passed or is less than a year away: the deadline that nothing brings back. */
export function BarNote({ caseId, of: { on, days, from } }: { caseId: string; of: Bar }) {
  if (from === 'public')
    return (
      <Alert tone="soon" title="Créance ancienne">
        <p>La prescription contre un acheteur public n’est pas dans Quitus&#8239;: faites vérifier le dernier jour pour agir.</p>
      </Alert>
    );
  const title =
    days <= 0
      ? `Peut-être prescrite depuis le ${longDay(on)}`
      : `Dernier jour pour agir en justice\u202f: le ${longDay(on.subtract({ days: 1 }))}${left(days - 1)}`;
  return (
    <Alert tone={days <= PRESSING ? 'late' : 'soon'} title={title}>
      <p>
        {from === 'invoice' ? (
          <>
            Prescription comptée de la facture&#8239;; si la prestation s’est achevée avant, c’est plus tôt&#8239;:{' '}
            <a href={`${advicePath(caseId)}#champ-performedOn`}>dites son jour</a>.
          </>
        ) : (
          'Prescription comptée de la fin de la prestation.'
        )}{' '}
        Un paiement partiel, une dette reconnue ou un acte de justice la fait repartir&#8239;: ce n’est pas compté ici.{' '}
        <a href={rulePath('limitation')}>Comprendre</a>
      </p>
    </Alert>
  );
}
