import { statementOfAccount } from '#core/claim/account.ts';
import type { StatementOfAccount } from '#core/claim/statement.ts';
import { type Day as CivilDay, parseTypedDay } from '#core/kernel/day.ts';
import { money } from '#core/kernel/money.ts';
import type { Outcome } from '#core/kernel/outcome.ts';
import { parsePercent } from '#core/kernel/ratio.ts';
import { fr } from '#core/letters/typography.ts';
import { CourtCard, type CourtCardContent } from '#modules/courts/index.ts';
import { rulePath } from '#modules/law/index.ts';
import { Alert, Amount, Card, Day, LinkButton, PageHeader, Statement, Timeline } from '#ui/components/index.ts';
import { percent } from '#ui/format.ts';
import { Icon } from '#ui/icons.tsx';
import { Page } from '#ui/layout.tsx';
import { type Children, PATHS, type ViewContext } from '#ui/view.ts';
import { ACTION_LOOKS, ACTION_ORDER } from './action-looks.ts';
import { type AdvisedStep, callOf } from './advised.ts';
import { DebtorCard, DocumentsCard, InvoicesCard } from './case-cards.tsx';
import { standingWaiver } from './closing.ts';
import { factsOf } from './facts.ts';
import { historyOf } from './history.tsx';
import { allows } from './moves.ts';
import { actionPath, imputationPath, letterPath, noticePath, ratePath } from './paths.ts';
import { isHeld, Pressure } from './pressure.tsx';
import { situation } from './situation.ts';
import { StageStatus } from './stage-status.tsx';
import { STAGE_WORDS } from './stage-words.ts';
import { letterAwaited, letterToPost } from './state.ts';
import type { CaseView } from './views.ts';

interface Props {
  view: ViewContext;
  of: CaseView;
  /** which court the debtor depends on; absent when there is nobody to sue */
  court?: CourtCardContent | undefined;
  /** the day the user asks the account for, as typed */
  typedDay: string | undefined;
  /** the step proposed, and why */
  advice?: Children;
  /** what must be seen before anything else */
  warning?: Children;
  step?: AdvisedStep | undefined;
}

/** A case: what is owed, the one next thing, the account, the story and the papers. */
export function CasePage({ view, of, court, typedDay, advice, warning, step }: Props) {
  return (
    <Page view={view} title={`${of.party.name}, dossier ${of.reference}`}>
      <PageHeader title={of.party.name} overline={`Dossier ${of.reference}`} back={{ href: PATHS.cases, label: 'Dossiers' }} />
      {view.tenant && (
        <p class="q-print-only">
          Créancier&#8239;: {view.tenant.name}. Imprimé le <Day of={view.today} />.
        </p>
      )}
      <Owed view={view} of={of} step={step} />
      {warning}
      <Pressure view={view} of={of} />
      <div class="q-columns">
        <div class="q-stack">
          <Account view={view} of={of} typedDay={typedDay} />
          <InvoicesCard of={of} />
          <DocumentsCard of={of} />
          <DebtorCard of={of} />
          {court && <CourtCard content={court} />}
        </div>
        <div class="q-stack">
          {advice}
          <NoteCard of={of} />
          <Card title="Ce qui s’est passé" icon="history">
            <Timeline events={historyOf(of.id, of.story, of.state)} today={view.today} />
          </Card>
        </div>
      </div>
    </Page>
  );
}

/** The figure the page is about, and the next thing to do. */
function Owed({ view, of, step }: Pick<Props, 'view' | 'of' | 'step'>) {
  const { state, statement } = of;
  const at = { id: of.id, state, letterToPost: letterToPost(state, of.facts) };
  const [call, usual] = [callOf(at, step), callOf(at, undefined)];
  // What was given up no longer grows: it is the sum of that day.
  const waived = state.stage === 'closed' ? standingWaiver(of.facts) : undefined;
  const awaited = letterAwaited(state, of.facts);
  const where = situation(state, oldestDue(of), view.today);
  return (
    <section class="card q-card q-case-owed" aria-labelledby="du-titre">
      <div class="q-case-sum">
        <h2 id="du-titre" class="q-owed-label">
          {waived ? 'Abandonné' : state.stage === 'closed' ? 'Resté dû' : 'Dû aujourd’hui'}
        </h2>
        {waived ? (
          <p class="q-owed-sum">
            <Amount of={money(waived.payload.amount)} size="hero" />
          </p>
        ) : statement.status === 'computed' ? (
          <Sum of={statement.value} />
        ) : (
          <Untold of={of} statement={statement} />
        )}
      </div>
      <div class="q-case-next">
        <p class="q-case-stage">
          <StageStatus of={state.stage} />
          {where && <span>{where}</span>}
        </p>
        {!isHeld(state.stage) && <p>{STAGE_WORDS[state.stage].meaning}</p>}
        {call && usual && (
          <div class="q-actions">
            <LinkButton href={call.href} icon="next">
              {call.words}
            </LinkButton>
            {usual.href.split('?')[0] !== call.href.split('?')[0] && (
              <LinkButton href={usual.href} weight="plain">
                {usual.words}
              </LinkButton>
            )}
          </div>
        )}
        {awaited && (
          <div class="q-actions">
            <LinkButton href={letterPath(awaited)} weight="plain" icon="letter">
              Noter l’avis de réception
            </LinkButton>
          </div>
        )}
        {state.stage === 'closed' && (
          <div class="q-actions">
            <LinkButton href={actionPath(of.id, 'reopen')} weight="plain" icon="history">
              Rouvrir le dossier
            </LinkButton>
          </div>
        )}
      </div>
    </section>
  );
}

const oldestDue = (of: CaseView): CivilDay | undefined =>
  of.invoices
    .filter((i) => i.documentKind === 'invoice' && i.balanceCents > 0n)
    .map((i) => i.dueOn)
    .sort(Temporal.PlainDate.compare)[0];

function Sum({ of }: { of: StatementOfAccount }) {
  return (
    <>
      <p class="q-owed-sum">
        <Amount of={of.total} size="hero" why="#decompte" />
      </p>
      <dl class="q-sum-parts">
        <div>
          <dt>Principal</dt>
          <dd>
            <Amount of={of.principal} why={rulePath('payment-imputation')} />
          </dd>
        </div>
        <div>
          <dt>Intérêts de retard</dt>
          <dd>
            <Amount of={of.interest} why={rulePath('late-interest')} />
          </dd>
        </div>
        <div>
          <dt>Indemnité forfaitaire</dt>
          <dd>
            <Amount of={of.indemnity} why={rulePath('recovery-indemnity')} />
          </dd>
        </div>
      </dl>
    </>
  );
}

/** The amount cannot be told: what is known, and plainly why the rest is not. */
function Untold({ of, statement }: { of: CaseView; statement: Exclude<Outcome<StatementOfAccount>, { status: 'computed' }> }) {
  const balances = new Map<string, bigint>();
  for (const { documentKind, currency, balanceCents } of of.invoices) {
    if (documentKind === 'invoice') balances.set(currency, (balances.get(currency) ?? 0n) + balanceCents);
  }
  return (
    <>
      {[...balances].map(([currency, cents]) => (
        <p class="q-owed-sum">
          <Amount of={money(cents, currency)} size="hero" />
        </p>
      ))}
      <p>Sans les intérêts ni l’indemnité. {statement.reason}</p>
    </>
  );
}

function Account({ view, of, typedDay }: Props) {
  const chosen = typedDay === undefined ? view.today : parseTypedDay(typedDay);
  const asOf = chosen ?? view.today;
  const statement = statementOfAccount(of.claim, asOf, of.law);
  const monthEnd = view.today.with({ day: view.today.daysInMonth });
  const rate = of.contractRatePercent === null ? undefined : parsePercent(of.contractRatePercent);
  return (
    <Card title="Décompte" icon="calculator" id="decompte">
      <p class="q-print-only">
        Arrêté au <Day of={asOf} />.
      </p>
      <form method="get" action="#decompte" class="q-asof">
        <label for="au">Arrêté au</label>
        <input
          class="form-control"
          type="date"
          id="au"
          name="au"
          value={asOf.toString()}
          aria-invalid={chosen ? undefined : 'true'}
          aria-describedby={chosen ? undefined : 'au-erreur'}
        />
        <button type="submit" class="btn q-btn-plain">
          Calculer
        </button>
        <span class="q-asof-quick">
          <a href="?#decompte">aujourd’hui</a>
          <a href={`?au=${monthEnd}#decompte`}>fin du mois</a>
        </span>
      </form>
      {!chosen && (
        <Alert tone="late" live>
          <p id="au-erreur">
            «&#160;{typedDay}&#160;» n’est pas une date. Écrivez-la ainsi&#8239;: 31/12/2026. Le décompte ci-dessous est celui
            d’aujourd’hui.
          </p>
        </Alert>
      )}
      {statement.status === 'computed' ? (
        <Statement of={statement.value} />
      ) : (
        <Alert tone="soon" title="Le décompte ne peut pas être arrêté à cette date">
          <p>{statement.reason}</p>
          {of.claim.invoices.length > 0 && asOf.toString() > view.today.toString() && (
            <p>
              Les taux sont publiés semestre par semestre&#8239;: choisissez un jour plus proche.{' '}
              <a href={PATHS.sources}>Jusqu’où va le droit connu</a>
            </p>
          )}
        </Alert>
      )}
      <p class="q-note q-no-print">
        {rate ? <>Taux du contrat&#8239;: {percent(rate)} par an.</> : 'Taux de la loi.'}{' '}
        <a href={ratePath(of.id)}>{rate ? 'Changer de taux' : fr`Votre contrat prévoit un autre taux ?`}</a>
      </p>
      <Order of={of} />
    </Card>
  );
}

/** What payments extinguish first, said where something is paid or to be paid by parts, and the way to an agreement on it. */
function Order({ of: { id, claim, facts, state } }: { of: CaseView }) {
  const agreed = claim.imputation === 'principal-first';
  const paid = claim.invoices.some(({ credits }) => credits.some(({ kind }) => kind === 'payment'));
  if (!agreed && !paid && factsOf(facts, 'plan-agreed').length === 0) return null;
  return (
    <p class="q-note q-no-print">
      {agreed
        ? fr`Par accord, les paiements vont d'abord au principal.`
        : fr`Les paiements vont d'abord aux intérêts, selon la loi.`}{' '}
      {state.stage !== 'closed' && (
        <a href={imputationPath(id)}>{agreed ? 'Revoir cet accord' : fr`Avez-vous convenu du principal d'abord ?`}</a>
      )}
    </p>
  );
}

/** « Noter quelque chose »: whatever happened, in one press. */
function NoteCard({ of }: { of: CaseView }) {
  const { stage } = of.state;
  return (
    <section class="card q-card q-no-print" aria-labelledby="noter-titre">
      <div class="q-card-head">
        <h2 class="q-card-title" id="noter-titre">
          <Icon name="edit" />
          Noter quelque chose
        </h2>
      </div>
      <ul class="q-note-links">
        {ACTION_ORDER.filter((kind) => allows(stage, kind)).map((kind) => (
          <li>
            <a href={actionPath(of.id, kind)}>
              <Icon name={ACTION_LOOKS[kind].icon} />
              {ACTION_LOOKS[kind].link}
            </a>
          </li>
        ))}
        {allows(stage, 'formal-notice') && (
          <li>
            <a href={noticePath(of.id)}>
              <Icon name="letter" />
              Écrire une mise en demeure
            </a>
          </li>
        )}
      </ul>
    </section>
  );
}
