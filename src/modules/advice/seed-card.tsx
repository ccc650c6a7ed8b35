import { centsOf } from '#core/advice/claim.ts';
import { breakEvenAmount, impliedOwnTime, SEED_FIGURES } from '#core/advice/seed.ts';
import { Card, DescriptionList } from '#ui/components/index.ts';
import type { Advised } from './advice.ts';
import { figuresPath } from './paths.ts';
import { about, chanceWords, GRADE_WORDS } from './words.ts';

/** The thread's rule of thumb, taken apart: what its threshold supposes, and what it becomes with one's own hour. */
export function SeedCard({ of }: { of: Advised }) {
  const s = SEED_FIGURES;
  const figures = { cash: s.litigationCash, hours: 0, rate: s.hourlyRate, recovery: s.litigationRecovery };
  const bare = centsOf(breakEvenAmount(figures));
  const full = centsOf(breakEvenAmount({ ...figures, hours: s.litigationHours }));
  const ownRate = of.params.values.hourlyRate.value;
  const own = centsOf(breakEvenAmount({ ...figures, hours: s.litigationHours, rate: ownRate }));
  const time = centsOf(impliedOwnTime(2000, s.litigationCash, s.litigationRecovery));
  const grade = <span class="q-advice-grade">{GRADE_WORDS.seed.short}</span>;
  return (
    <Card title="La règle des 2&#8239;000&#160;€, démontée" icon="calculator">
      <div class="q-advice-seed">
        <DescriptionList
          items={[
            {
              term: 'Un procès coûte',
              value: (
                <>
                  {about(centsOf(s.litigationCash))} {grade}
                </>
              ),
            },
            {
              term: 'Il fait revenir',
              value: (
                <>
                  {chanceWords(s.litigationRecovery)} de la somme {grade}
                </>
              ),
            },
            {
              term: 'L’amiable suffit',
              value: (
                <>
                  dans {chanceWords(s.amicableSuccess)} des cas {grade}
                </>
              ),
            },
            {
              term: 'Seuil donné',
              value: (
                <>
                  {about(200_000n)} {grade}
                </>
              ),
            },
          ]}
        />
      </div>
      <p>
        2&#8239;000&#160;€ × 65&#160;% = 1&#8239;300&#160;€, soit les 800&#160;€ de frais plus {about(time)} de votre
        temps&#8239;: le seuil de 2&#8239;000&#160;€ revient à compter 10&#160;h à 50&#160;€/h. Sans compter votre temps, il tombe
        à {about(bare)}.
      </p>
      <p>
        {ownRate === s.hourlyRate ? (
          <>Avec vos chiffres, c’est le même&#8239;: {about(full)}.</>
        ) : (
          <>
            À {about(centsOf(ownRate))} l’heure, il devient {about(own)}.
          </>
        )}{' '}
        Ce n’est qu’un point de départ&#8239;: la solvabilité, le dossier et l’étape le déplacent beaucoup. Le calcul ci-dessus en
        tient compte.
      </p>
      <p class="q-note">
        Les 10&#160;heures sont déduites, personne ne les a données. <a href={figuresPath}>Voir et changer tous les chiffres</a>
      </p>
    </Card>
  );
}
