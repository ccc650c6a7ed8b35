import { fr } from '#core/letters/typography.ts';
import { Card, Day } from '#ui/components/index.ts';
import { shortDay } from '#ui/format.ts';
import { forecastPath } from './paths.ts';
import type { Expected } from './runs.ts';
import { bandWords, chance } from './words.ts';

/** When a case may be paid in full, on its page. */
export function ExpectedCard({ of }: { of: Expected }) {
  return (
    <Card title="Prévision" icon="calendar" id="prevision">
      <p>
        {of.expectedOn ? (
          <>
            Paiement probable vers le <Day of={of.expectedOn} />
            {of.highOn && `, ${bandWords(of.lowOn, of.highOn)} huit fois sur dix`}.
          </>
        ) : (
          'Pas de date probable : rien ne dit que ce client paiera de lui-même.'.replace(' :', '\u202f:')
        )}{' '}
        {fr`Chance d’être payé d’ici 30 jours : ${chance(of.by30)}.`}
      </p>
      <p class="q-note">
        {fr`Une estimation du ${shortDay(of.asOf)}, d’après les habitudes de paiement. `}
        <a href={forecastPath}>Toutes les prévisions</a>
      </p>
    </Card>
  );
}
