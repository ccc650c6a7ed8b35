import { ACTION_WORDS } from '#core/advice/actions.ts';
import { centsOf } from '#core/advice/claim.ts';
import { money } from '#core/kernel/money.ts';
import { fr } from '#core/letters/typography.ts';
import { Amount, Card, type Column, DataTable, Day, EmptyState, LinkButton, PageHeader, Pager } from '#ui/components/index.ts';
import { count, integer } from '#ui/format.ts';
import { Icon } from '#ui/icons.tsx';
import { Page } from '#ui/layout.tsx';
import { PATHS, type ViewContext } from '#ui/view.ts';
import { advicePath, closedCasesPath, forecastPath, portfolioPath, simulationPath } from './paths.ts';
import { PORTFOLIO_ROWS, type PortfolioQuery, type PortfolioView, SHARES, type Share, USUAL_HOURS } from './portfolio.ts';
import type { Progress, Weighed } from './weighed-book.ts';
import { about, ESTIMATE, hoursWords } from './words.ts';

const DEBTOR: Column<Weighed> = { header: 'Dossier', title: true, cell: (w) => w.debtor };
const OWED: Column<Weighed> = { header: 'Reste dû', align: 'end', tight: true, cell: (w) => <Amount of={money(w.owed)} /> };
const STEP: Column<Weighed> = { header: 'Étape proposée', cell: (w) => ACTION_WORDS[w.proposed].title };
const GAIN: Column<Weighed> = { header: 'Gain sur l’abandon', align: 'end', tight: true, cell: (w) => about(w.gain) };
const HOURS: Column<Weighed> = { header: 'Votre temps', align: 'end', tight: true, cell: (w) => hoursWords(w.hours) };
const PER_HOUR: Column<Weighed> = {
  header: 'Par heure',
  align: 'end',
  tight: true,
  cell: (w) => <strong>{about(centsOf(w.perHour / 100))}</strong>,
};
const UNTIL: Column<Weighed> = {
  header: 'Attendre',
  cell: (w) =>
    w.hold ? (
      <>
        jusqu’au <Day of={w.hold.until} form="short" />
      </>
    ) : (
      'deux semaines'
    ),
};

const PARTS: Readonly<Record<Share, { readonly tab: string; readonly caption: string; readonly columns: Column<Weighed>[] }>> = {
  semaine: {
    tab: 'À faire',
    caption: 'Les dossiers qui méritent une heure, l’heure la plus utile d’abord',
    columns: [DEBTOR, OWED, STEP, GAIN, HOURS, PER_HOUR],
  },
  attente: {
    tab: 'Rien pour l’instant',
    caption: 'Les dossiers où quelque chose court encore',
    columns: [DEBTOR, OWED, UNTIL, STEP, GAIN],
  },
  laisser: {
    tab: 'À laisser',
    caption: 'Les dossiers qu’il vaut mieux arrêter',
    columns: [DEBTOR, OWED, STEP],
  },
};

/** The address of a part of the portfolio. */
function hrefOf({ share, step, text, hours, page }: PortfolioQuery, to: Partial<PortfolioQuery>): string {
  const asked = { share, step, text, hours, page: 1, ...to };
  const parameters = new URLSearchParams();
  if (asked.share !== 'semaine') parameters.set('liste', asked.share);
  if (asked.step) parameters.set('etape', asked.step);
  if (asked.text) parameters.set('q', asked.text);
  if (asked.hours !== USUAL_HOURS) parameters.set('heures', hoursTyped(asked.hours));
  if (asked.page > 1) parameters.set('page', String(asked.page ?? page));
  const search = parameters.toString();
  return search ? `${portfolioPath}?${search}` : portfolioPath;
}

const hoursTyped = (hours: number): string => String(hours).replace('.', ',');

/** « Où mettre votre temps »: the open cases, the dearest hour first; those that wait; those to let go. */
export function PortfolioPage({ view, of }: { view: ViewContext; of: PortfolioView }) {
  const { asked, rows, found, weighed } = of;
  const part = PARTS[asked.share];
  return (
    <Page view={view} title="Où mettre votre temps">
      <Header view={view} />
      {weighed === 0 ? (
        <EmptyState icon="paid" title="Aucun dossier en retard">
          <p>Il n’y a rien à peser.</p>
        </EmptyState>
      ) : (
        <>
          <WeekCard of={of} />
          <nav class="q-tabs" aria-label="Quels dossiers">
            {SHARES.map((share) => (
              <a
                href={hrefOf({ share, hours: asked.hours, page: 1 }, {})}
                aria-current={asked.share === share ? 'page' : undefined}
              >
                {PARTS[share].tab} <span class="q-tab-count">{integer(of.totals[share].cases)}</span>
              </a>
            ))}
          </nav>
          <Filters of={of} />
          <Card flush>
            <p class="q-card-body q-note">{saidOf(of)}</p>
            <DataTable
              caption={part.caption}
              captionHidden
              columns={part.columns}
              rows={rows}
              href={(w) => advicePath(w.caseId)}
              empty={
                <EmptyState icon="search" title="Aucun dossier ici">
                  <p>
                    {asked.step || asked.text
                      ? 'Essayez un autre mot ou une autre étape.'
                      : 'Rien dans cette partie aujourd’hui.'}
                  </p>
                </EmptyState>
              }
            />
            {asked.share === 'laisser' && rows.length > 0 && (
              <p class="q-card-body q-note">
                Arrêter les frais n’efface pas la dette&#8239;: fermer le dossier reste votre décision.
              </p>
            )}
          </Card>
          <Pager
            page={asked.page}
            pages={Math.ceil(found / PORTFOLIO_ROWS)}
            href={(page) => hrefOf(asked, { page })}
            label="Pages des dossiers"
          />
          <p class="q-note">{precisionOf(of)}</p>
        </>
      )}
      <p>
        Ces chiffres viennent de Quitus tant que vous ne les avez pas changés&#8239;:{' '}
        <a href={closedCasesPath}>voir ce que disent vos dossiers clos</a>, ou{' '}
        <a href={simulationPath}>comparer des façons de relancer</a>.
      </p>
      <p>
        <a href={forecastPath}>Prévisions</a>&#8239;: quand vos factures seront payées, et ce qui rentrera chaque semaine.
      </p>
    </Page>
  );
}

function Header({ view }: { view: ViewContext }) {
  return (
    <PageHeader
      title="Où mettre votre temps"
      subtitle={fr`Ce que rapporte en moyenne une heure passée sur chaque dossier, votre temps et les frais déjà déduits. ${ESTIMATE}`}
      overline={view.tenant?.name ?? ''}
      back={{ href: PATHS.today, label: 'Aujourd’hui' }}
    />
  );
}

/** How far the hours of a week go. */
function WeekCard({ of: { asked, week, totals } }: { of: PortfolioView }) {
  return (
    <Card title="Cette semaine" icon="today">
      <form method="get" action={portfolioPath} class="q-filters q-week-form">
        <div class="q-filter">
          <label for="heures">Heures que vous avez</label>
          <input
            class="form-control"
            id="heures"
            name="heures"
            inputmode="decimal"
            value={hoursTyped(asked.hours)}
            maxlength={6}
          />
        </div>
        <div class="q-filter-go">
          <button type="submit" class="btn q-btn-plain">
            <Icon name="calculator" />
            <span>Compter</span>
          </button>
        </div>
      </form>
      {week.cases === 0 ? (
        <p>Rien ne presse cette semaine.</p>
      ) : (
        <p>
          <strong>
            {week.cases === totals.semaine.cases
              ? week.cases === 1
                ? fr`Le seul dossier à faire`
                : fr`Les ${integer(week.cases)} dossiers à faire`
              : week.cases === 1
                ? fr`Le premier dossier de la liste`
                : fr`Les ${integer(week.cases)} premiers dossiers de la liste`}
          </strong>
          {fr` : ${hoursWords(week.hoursNow)} pour faire l’étape suivante ${week.cases === 1 ? '' : 'de chacun '}et, la suite faite au mieux, ${about(week.gain)} de plus en moyenne que d’arrêter tout. `}
          {week.nextHour === undefined
            ? fr`Une heure de plus n’aurait plus d’emploi ici.`
            : fr`L’heure suivante en vaudrait environ ${about(centsOf(week.nextHour / 100))}.`}
        </p>
      )}
    </Card>
  );
}

function Filters({ of: { asked, steps } }: { of: PortfolioView }) {
  if (steps.length === 0) return null;
  return (
    <form method="get" action={portfolioPath} class="q-filters">
      {asked.share !== 'semaine' && <input type="hidden" name="liste" value={asked.share} />}
      {asked.hours !== USUAL_HOURS && <input type="hidden" name="heures" value={hoursTyped(asked.hours)} />}
      <div class="q-filter q-filter-text">
        <label for="recherche">Client ou référence</label>
        <input class="form-control" type="search" id="recherche" name="q" value={asked.text} maxlength={200} />
      </div>
      <div class="q-filter">
        <label for="etape">Étape</label>
        <select class="form-select" id="etape" name="etape">
          <option value="">Toutes</option>
          {steps.map(([step, cases]) => (
            <option value={step} selected={step === asked.step}>
              {ACTION_WORDS[step].title} ({integer(cases)})
            </option>
          ))}
        </select>
      </div>
      <div class="q-filter-go">
        <button type="submit" class="btn q-btn-plain">
          <Icon name="search" />
          <span>Chercher</span>
        </button>
        {(asked.step || asked.text) && (
          <LinkButton href={hrefOf({ share: asked.share, hours: asked.hours, page: 1 }, {})} weight="quiet">
            Tout montrer
          </LinkButton>
        )}
      </div>
    </form>
  );
}

/** The totals of the part shown. */
function saidOf({ asked, totals }: PortfolioView): string {
  const { cases, owed, gain } = totals[asked.share];
  const said = `${count(cases, 'dossier')}, ${about(owed)} dus`;
  if (asked.share === 'laisser') return `${said}.`;
  return fr`${said}, ${about(gain)} de plus en moyenne que d’arrêter tout.`;
}

/** How the figures were found. */
function precisionOf({ exact, weighed, nothing }: PortfolioView): string {
  const rest =
    nothing === 0
      ? ''
      : fr` ${count(nothing, 'dossier ouvert n’a', 'dossiers ouverts n’ont')} rien à peser : rien n’y est en retard, ou pas en euros.`;
  if (exact === weighed) return `Chaque dossier est résolu exactement.${rest}`;
  return fr`Les ${integer(exact)} dossiers où une heure vaut le plus sont résolus exactement ; les autres suivent le meilleur plan déjà calculé pour un dossier semblable, à moins de 1 % près en moyenne. Ouvrir un dossier donne son calcul exact.${rest}`;
}

/** While the portfolio is being weighed: how far it is. The page asks again by itself. */
export function WeighingPage({ view, of: { read, weighed, total } }: { view: ViewContext; of: Progress }) {
  const done = total === 0 ? 0 : (read + weighed) / (2 * total);
  return (
    <Page view={view} title="Où mettre votre temps">
      <Header view={view} />
      <Card title="Quitus pèse vos dossiers" icon="clock">
        <p id="avancement">
          {read < total
            ? fr`${integer(read)} dossiers lus sur ${integer(total)}.`
            : fr`Tous les dossiers sont lus, ${integer(Math.min(weighed, total))} sont pesés sur ${integer(total)}.`}
        </p>
        <progress class="q-progress" max={1} value={done} aria-labelledby="avancement" />
        <p class="q-note">
          Quelques secondes la première fois de la journée&#8239;; ensuite, seul ce qui change est pesé de nouveau. Cette page se
          recharge d’elle-même.
        </p>
        <LinkButton href={portfolioPath} weight="plain">
          Voir où cela en est
        </LinkButton>
      </Card>
    </Page>
  );
}
