import { fr } from '#core/letters/typography.ts';
import { Alert, Card, CertaintyMark, Disclosure, ReasonList } from '#ui/components/index.ts';
import { longDay } from '#ui/format.ts';
import type { Commune } from './communes.ts';
import type { CourtAnswer, CourtCase, NamedCourt } from './courts.ts';
import { OFFICIAL_DIRECTORY } from './paths.ts';

/** What the card has to show: the courts; communes to choose from; or why it cannot tell. */
export type CourtCardContent =
  | { readonly show: 'courts'; readonly answer: CourtAnswer }
  | { readonly show: 'choose'; readonly postcode: string; readonly communes: readonly Commune[] }
  | { readonly show: 'abroad' }
  | { readonly show: 'no-address'; readonly href: string; readonly postcode: string | null };

/** « Devant quel juge ? »: the court of the debtor's commune, why, and its name when a source gives it. */
export function CourtCard({ content }: { content: CourtCardContent }) {
  return (
    <Card title={fr`Devant quel juge ?`} icon="law" id="juge">
      <Content of={content} />
    </Card>
  );
}

function Content({ of }: { of: CourtCardContent }) {
  switch (of.show) {
    case 'courts':
      return <Courts of={of.answer} />;
    case 'choose':
      return <Choose postcode={of.postcode} communes={of.communes} />;
    case 'abroad':
      return (
        <p>
          Votre client est hors de France. <a href="/comprendre/cross-border-claim">Les voies dans l’Union européenne</a>
        </p>
      );
    case 'no-address':
      return (
        <p>
          {of.postcode
            ? fr`Aucune commune ne porte le code postal ${of.postcode} sous ce nom.`
            : fr`Le tribunal dépend de la commune de votre client.`}{' '}
          <a href={of.href}>Compléter son adresse</a>
        </p>
      );
  }
}

/** A postcode serves several communes: one press tells which, and works without script. */
function Choose({ postcode, communes }: { postcode: string; communes: readonly Commune[] }) {
  return (
    <form method="get" action="#juge" class="q-form">
      <div class="q-field">
        <label class="form-label" for="commune">
          {fr`Le code postal ${postcode} sert plusieurs communes. Où est votre client ?`}
        </label>
        <select class="form-select q-w-medium" id="commune" name="commune">
          {communes.map((one) => (
            <option value={one.insee}>{one.name}</option>
          ))}
        </select>
      </div>
      <div class="q-actions">
        <button type="submit" class="btn q-btn-plain">
          Voir le tribunal
        </button>
      </div>
    </form>
  );
}

function Courts({ of }: { of: CourtAnswer }) {
  const { directory, commune } = of;
  const unnamed = of.cases.some(
    ({ answer }) => answer.status === 'computed' && answer.value.courts.some((court) => court.names.length === 0),
  );
  return (
    <>
      {of.cases.map((one) => (
        <OneCase of={one} commune={commune} />
      ))}
      <p class="q-note">
        {directory
          ? fr`Noms tirés de la liste du ministère de la Justice (${directory.vintage}), chargée le ${longDay(directory.loadedAt.toZonedDateTimeISO('Europe/Paris').toPlainDate())}. `
          : fr`La liste officielle des juridictions par commune n'est pas chargée : Quitus connaît le genre de tribunal, pas son nom. `}
        {unnamed && fr`Aucune source ouverte ne donne le tribunal de commerce d'une commune. `}
        <a href={OFFICIAL_DIRECTORY} rel="noreferrer external">
          Vérifier dans l’annuaire officiel
        </a>
      </p>
    </>
  );
}

function OneCase({ of: { when, answer }, commune }: { of: CourtCase; commune: Commune }) {
  if (answer.status !== 'computed') {
    return (
      <Alert tone="info">
        <p>{answer.reason}</p>
      </Alert>
    );
  }
  const { courts, paymentOrderOpen } = answer.value;
  const [first, ...others] = courts;
  return (
    <section class="q-court">
      {when && <p class="q-court-when">{when.charAt(0).toLocaleUpperCase('fr') + when.slice(1)}&#8239;:</p>}
      {first && <CourtName of={first} commune={commune} />}
      {others.map((court) => (
        <>
          <p class="q-note">ou, à votre choix&#8239;:</p>
          <CourtName of={court} commune={commune} />
        </>
      ))}
      {!paymentOrderOpen && <p>L’injonction de payer n’y est pas ouverte.</p>}
      <Disclosure summary={fr`Pourquoi ce tribunal ?`}>
        <ReasonList steps={answer.trace} />
      </Disclosure>
    </section>
  );
}

function CourtName({ of, commune }: { of: NamedCourt; commune: Commune }) {
  const [name] = of.names;
  const title = of.title.charAt(0).toLocaleUpperCase('fr') + of.title.slice(1);
  if (!name) {
    return (
      <p class="q-court-name">
        <strong>{title}</strong> dont dépend {commune.name}
      </p>
    );
  }
  return (
    <>
      <p class="q-court-name">
        <strong>{of.names.join(' ou ')}</strong> {of.names.length === 1 && <CertaintyMark of="official" />}
      </p>
      {of.names.length > 1 && (
        <p class="q-note">La liste officielle en nomme plusieurs pour cette commune&#8239;: le greffe vous dira lequel.</p>
      )}
      {of.proximity.length > 0 && (
        <p>
          Jusqu’à 10&#8239;000&#160;€, sa chambre de proximité&#8239;: <strong>{of.proximity.join(' ou ')}</strong>
        </p>
      )}
    </>
  );
}
