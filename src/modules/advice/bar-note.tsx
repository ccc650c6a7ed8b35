import { rulePath } from '#modules/law/index.ts';
import { Alert, Day } from '#ui/components/index.ts';
import type { Bar } from './case-claim.ts';

/** Limitation, where it has passed or is less than a year away: the deadline that nothing brings back. */
export function BarNote({ of: { on, days, from } }: { of: Bar }) {
  const why = <a href={rulePath('limitation')}>comprendre</a>;
  if (from === 'public')
    return (
      <Alert tone="soon" title="Créance ancienne">
        La prescription contre un acheteur public n’est pas dans Quitus&#8239;: faites vérifier le dernier jour pour agir.
      </Alert>
    );
  const counted =
    from === 'invoice'
      ? 'Comptée de la facture, faute de savoir quand la prestation s’est achevée'
      : 'Comptée de la fin de la prestation';
  const unless = 'Un paiement partiel, une dette reconnue ou un acte de justice la fait repartir\u202f: ce n’est pas compté ici.';
  return days <= 0 ? (
    <Alert tone="late" title="Créance peut-être prescrite">
      {counted}, la prescription est acquise depuis le <Day of={on} />
      &#8239;: le juge ne pourrait plus être saisi utilement. {unless} {why}
    </Alert>
  ) : (
    <Alert tone="soon" title="Prescription proche">
      {counted}, elle est acquise le <Day of={on} />
      &#8239;: après, plus d’action en justice.{' '}
      {from === 'invoice' &&
        'Si la prestation s’est achevée avant la facture, c’est plus tôt\u202f: dites son jour, le conseil en dépend. '}
      {unless} {why}
    </Alert>
  );
}
