import { type Money, money } from '#core/kernel/money.ts';
import type { Tx } from '#platform/db/database.ts';
import { Amount, Card, EmptyState, LinkButton, PageHeader } from '#ui/components/index.ts';
import { count, fullDay, longDay, relativeDay } from '#ui/format.ts';
import { Icon } from '#ui/icons.tsx';
import { Page } from '#ui/layout.tsx';
import { PATHS, type ViewContext } from '#ui/view.ts';
import { type AdvisedStep, callOf } from './advised.ts';
import { type CaseRow, type DaysLate, listCases } from './lists.ts';
import { ADVICE_PATH, casePath } from './paths.ts';
import { type Portfolio, portfolio } from './portfolio.ts';
import { lateWords, situation } from './situation.ts';
import { StageStatus } from './stage-status.tsx';

/** Cases to do that the first screen shows; the others are one press away. */
const SHOWN = 10;
/** Up to this many open cases, what the law adds to all of them is computed for the first screen. */
const COUNTED = 200;

interface Today {
  readonly totals: Portfolio;
  readonly toDo: readonly CaseRow[];
  /** interest and indemnities of all open cases; undefined when they are too many to be counted at once, or cannot be told */
  readonly added: Money | undefined;
}

/** What the first screen shows, in a few queries whatever the number of invoices. */
export async function loadToday(tx: Tx, tenantId: string, today: ViewContext['today']): Promise<Today> {
  const totals = await portfolio(tx, tenantId, today);
  if (totals.openCases > BigInt(COUNTED)) {
    const toDo = await listCases(tx, tenantId, { which: 'to-do' }, today, { limit: SHOWN, offset: 0 });
    return { totals, toDo, added: undefined };
  }
  const all = await listCases(tx, tenantId, { which: 'open' }, today, { limit: COUNTED, offset: 0 });
  const toDo = all.filter(({ state }) => state.nextOn && !isLater(state.nextOn, today)).slice(0, SHOWN);
  let cents = 0n;
  for (const { total } of all) {
    if (total.status !== 'computed') return { totals, toDo, added: undefined };
    cents += total.value.interest.cents + total.value.indemnity.cents;
  }
  return { totals, toDo, added: money(cents) };
}

const isLater = (day: ViewContext['today'], than: ViewContext['today']): boolean => Temporal.PlainDate.compare(day, than) > 0;

/** What the bank asks of the user. */
export interface BankNews {
  /** lines that wait for a word */
  readonly toLookAt: number;
  /** why nothing should leave before a statement comes, and what to do; undefined when it is recent enough */
  readonly stale: string | undefined;
}

interface Props extends Today {
  view: ViewContext;
  /** dropped documents that wait to be confirmed */
  pending: number;
  bank: BankNews;
  /** the steps that the advice proposes, by case */
  steps: ReadonlyMap<string, AdvisedStep>;
}

/** « Aujourd'hui »: the money, then what to do. */
export function TodayPage({ view, totals, toDo, added, pending, bank, steps }: Props) {
  const nothingYet = totals.openCases === 0n && pending === 0;
  return (
    <Page view={view} title="Aujourd’hui">
      <PageHeader title="Aujourd’hui" subtitle={fullDay(view.today)} />
      {pending > 0 && <Pending count={pending} />}
      <Bank of={bank} />
      {nothingYet ? <Empty /> : <Owed totals={totals} added={added} />}
      {!nothingYet && <ToDo view={view} totals={totals} rows={toDo} steps={steps} />}
    </Page>
  );
}

function Empty() {
  return (
    <Card>
      <EmptyState
        icon="drop"
        title="Aucun dossier en cours"
        action={
          <LinkButton href={PATHS.drop} icon="drop">
            Déposer une facture
          </LinkButton>
        }
      >
        <p>
          Déposez une facture impayée, en PDF ou en XML. Quitus la lit, ouvre le dossier de votre client et calcule ce qui vous
          est dû.
        </p>
      </EmptyState>
    </Card>
  );
}

function Pending({ count: n }: { count: number }) {
  return (
    <a class="q-nudge" href={PATHS.drop}>
      <Icon name="read" />
      <span>
        <strong>{count(n, 'document')}</strong> {n > 1 ? 'attendent' : 'attend'} votre confirmation
      </span>
      <Icon name="chevron" />
    </a>
  );
}

function Bank({ of: { toLookAt, stale } }: { of: BankNews }) {
  return (
    <>
      {toLookAt > 0 && (
        <a class="q-nudge" href={`${PATHS.money}?suite=oui`}>
          <Icon name="payment" />
          <span>
            <strong>{count(toLookAt, 'encaissement')}</strong> à regarder
          </span>
          <Icon name="chevron" />
        </a>
      )}
      {stale && (
        <a class="q-nudge q-nudge-soon" href={PATHS.money}>
          <Icon name="warning" />
          <span>{stale}</span>
          <Icon name="chevron" />
        </a>
      )}
    </>
  );
}

function Owed({ totals, added }: { totals: Portfolio; added: Money | undefined }) {
  return (
    <section class="card q-card q-owed" aria-labelledby="du-titre">
      <div class="q-owed-sums">
        <div>
          <h2 id="du-titre" class="q-owed-label">
            On vous doit
          </h2>
          <p class="q-owed-sum">
            <Amount of={money(totals.owedCents)} size="hero" />
          </p>
          <p class="q-note">
            {count(totals.openCases, 'dossier ouvert', 'dossiers ouverts')}
            {added === undefined && ', intérêts et indemnités en plus, comptés dossier par dossier'}
            {totals.foreignInvoices > 0n &&
              `, sans ${count(totals.foreignInvoices, 'facture en autre devise', 'factures en autre devise')}`}
          </p>
        </div>
        <dl class="q-owed-parts">
          <div>
            <dt>En retard</dt>
            <dd>
              <Amount of={money(totals.overdueCents)} size="large" />
            </dd>
            <dd class="q-note">{count(totals.overdueInvoices, 'facture')}</dd>
          </div>
          {added && added.cents > 0n && (
            <div>
              <dt>La loi y ajoute</dt>
              <dd>
                <Amount of={added} size="large" />
              </dd>
              <dd class="q-note">intérêts et indemnités à ce jour</dd>
            </div>
          )}
        </dl>
      </div>
      {totals.overdueCents > 0n && <Aging totals={totals} />}
    </section>
  );
}

/** The address of a bucket's list. */
const bucketHref = ({ from, to }: DaysLate): string => `${PATHS.cases}?retard=${from}-${to ?? ''}`;

/** The overdue amount by how late it is: one bar, and each of its parts leads to its cases. */
function Aging({ totals }: { totals: Portfolio }) {
  const total = Number(totals.overdueCents);
  let x = 0;
  return (
    <div class="q-aging">
      <h3>
        Retards par ancienneté <a href={PATHS.balance}>par client</a>
      </h3>
      <svg class="q-aging-bar" viewBox="0 0 1000 12" preserveAspectRatio="none" aria-hidden="true">
        {totals.buckets.map((bucket, i) => {
          const width = (Number(bucket.cents) / total) * 1000;
          x += width;
          return <rect class={`q-age-${i}`} x={String(x - width)} y="0" width={String(width)} height="12" />;
        })}
      </svg>
      <ul class="q-aging-list">
        {totals.buckets.map((bucket, i) => (
          <li>
            <span class={`q-aging-key q-age-${i}`} aria-hidden="true" />
            {bucket.invoices > 0n ? <a href={bucketHref(bucket)}>{lateWords(bucket)}</a> : <span>{lateWords(bucket)}</span>}
            <Amount of={money(bucket.cents)} />
            <span class="q-note">{count(bucket.invoices, 'facture')}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function ToDo({ view, totals, rows, steps }: Pick<Props, 'view' | 'totals' | 'steps'> & { rows: readonly CaseRow[] }) {
  const more = Number(totals.casesToDo) - rows.length;
  return (
    <section class="q-section" aria-labelledby="faire-titre">
      <h2 id="faire-titre">
        À faire
        {rows.length > 0 && <span class="q-note"> {count(totals.casesToDo, 'dossier')}, du plus gros au plus petit</span>}
      </h2>
      {rows.length === 0 ? (
        <Card>
          <EmptyState icon="check" title="Rien à faire aujourd’hui">
            <p>
              {totals.nextOn
                ? `La prochaine chose à faire viendra le ${longDay(totals.nextOn)}, ${relativeDay(totals.nextOn, view.today)}.`
                : 'Aucune échéance en vue.'}
            </p>
          </EmptyState>
        </Card>
      ) : (
        <ol class="q-todo">
          {rows.map((row) => (
            <ToDoRow row={row} view={view} step={steps.get(row.id)} />
          ))}
        </ol>
      )}
      {rows.length > 1 && (
        <p>
          <a href={ADVICE_PATH}>Où votre temps rapporte le plus</a>
        </p>
      )}
      {more > 0 && (
        <p>
          <LinkButton href={`${PATHS.cases}?vue=a-traiter`} weight="plain" icon="cases">
            Voir {count(more, 'autre dossier à traiter', 'autres dossiers à traiter')}
          </LinkButton>
        </p>
      )}
    </section>
  );
}

function ToDoRow({ row, view, step }: { row: CaseRow; view: ViewContext; step: AdvisedStep | undefined }) {
  const { state, total } = row;
  const call = callOf(row, step);
  return (
    <li class="q-todo-item">
      <div class="q-todo-who">
        <h3>
          <a href={casePath(row.id)}>{row.debtor}</a>
        </h3>
        <p class="q-todo-why">
          <StageStatus of={state.stage} />
          <span>{situation(state, row.oldestDueOn, view.today)}</span>
        </p>
      </div>
      <div class="q-todo-sum">
        {total.status === 'computed' ? (
          <>
            <Amount of={total.value.total} size="large" />
            <span class="q-note">dus aujourd’hui</span>
          </>
        ) : (
          <span class="q-note">Montant à voir dans le dossier</span>
        )}
      </div>
      {call && (
        <div class="q-todo-do">
          <LinkButton href={call.href} weight="plain">
            {call.words}
            <span class="visually-hidden">, {row.debtor}</span>
          </LinkButton>
        </div>
      )}
    </li>
  );
}
