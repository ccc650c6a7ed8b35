import { money } from '#core/kernel/money.ts';
import { Amount, Card, type Column, DataTable, EmptyState, LinkButton, PageHeader, Pager } from '#ui/components/index.ts';
import { count } from '#ui/format.ts';
import { Icon } from '#ui/icons.tsx';
import { Page } from '#ui/layout.tsx';
import { cx, PATHS, type ViewContext } from '#ui/view.ts';
import type { CaseQuery, CaseRow, DaysLate } from './lists.ts';
import { casePath } from './paths.ts';
import { AGING } from './portfolio.ts';
import { lateWords, situation } from './situation.ts';
import { StageStatus } from './stage-status.tsx';
import { STAGE_WORDS } from './stage-words.ts';
import { STAGES, type Stage } from './state.ts';

export const PAGE_ROWS = 50;

/** The words of addresses. */
const VIEWS = { ouverts: 'open', 'a-traiter': 'to-do', fermes: 'closed' } as const;
type ViewWord = keyof typeof VIEWS;
const TABS: readonly { word: ViewWord; label: string }[] = [
  { word: 'ouverts', label: 'Ouverts' },
  { word: 'a-traiter', label: 'À traiter' },
  { word: 'fermes', label: 'Fermés' },
];

/** What the address asks for; what it says wrongly is left out. */
export function readListQuery(query: (name: string) => string | undefined): { asked: CaseQuery; page: number } {
  const which = VIEWS[query('vue') as ViewWord] ?? 'open';
  const stage = STAGES.find((s) => s === query('etat'));
  const [, from, to] = /^(\d{1,5})-(\d{1,5})?$/.exec(query('retard') ?? '') ?? [];
  const late = from === undefined ? undefined : { from: Number(from), to: to === undefined ? undefined : Number(to) };
  const page = /^[1-9]\d{0,5}$/.test(query('page') ?? '') ? Number(query('page')) : 1;
  return { asked: { which, stage, late, text: query('q')?.replaceAll('\0', '').slice(0, 200) }, page };
}

const lateText = ({ from, to }: DaysLate): string => `${from}-${to ?? ''}`;

/** The address of a list. */
function listHref({ which, stage, late, text }: CaseQuery, page = 1): string {
  const parameters = new URLSearchParams();
  const word = TABS.find((tab) => VIEWS[tab.word] === which)?.word;
  if (word && word !== 'ouverts') parameters.set('vue', word);
  if (stage) parameters.set('etat', stage);
  if (late) parameters.set('retard', lateText(late));
  if (text) parameters.set('q', text);
  if (page > 1) parameters.set('page', String(page));
  const search = parameters.toString();
  return search ? `${PATHS.cases}?${search}` : PATHS.cases;
}

interface Props {
  view: ViewContext;
  asked: CaseQuery;
  rows: readonly CaseRow[];
  found: number;
  page: number;
}

/** « Dossiers »: every case, found by what one remembers of it. */
export function ListPage({ view, asked, rows, found, page }: Props) {
  const narrowed = Boolean(asked.stage || asked.late || asked.text);
  return (
    <Page view={view} title="Dossiers">
      <PageHeader
        title="Dossiers"
        subtitle={narrowed ? `${count(found, 'dossier')} pour cette recherche` : count(found, 'dossier')}
      />
      <Tabs asked={asked} />
      <Filters asked={asked} narrowed={narrowed} />
      <Card flush>
        <DataTable
          caption="Dossiers, du plus gros au plus petit"
          captionHidden
          columns={columns(view)}
          rows={rows}
          href={(row) => casePath(row.id)}
          empty={<Nothing asked={asked} narrowed={narrowed} />}
        />
      </Card>
      <Pager page={page} pages={Math.ceil(found / PAGE_ROWS)} href={(n) => listHref(asked, n)} label="Pages des dossiers" />
    </Page>
  );
}

function Tabs({ asked }: { asked: CaseQuery }) {
  return (
    <nav class="q-tabs" aria-label="Quels dossiers">
      {TABS.map(({ word, label }) => (
        <a href={listHref({ ...asked, which: VIEWS[word] })} aria-current={asked.which === VIEWS[word] ? 'page' : undefined}>
          {label}
        </a>
      ))}
    </nav>
  );
}

function Filters({ asked, narrowed }: { asked: CaseQuery; narrowed: boolean }) {
  const word = TABS.find((tab) => VIEWS[tab.word] === asked.which)?.word;
  const buckets = [...AGING];
  const { late } = asked;
  if (late && !buckets.some((b) => lateText(b) === lateText(late))) buckets.push(late);
  return (
    <form method="get" action={PATHS.cases} class="q-filters">
      <input type="hidden" name="vue" value={word} />
      <div class="q-filter q-filter-text">
        <label for="recherche">Client, facture ou référence</label>
        <input class="form-control" type="search" id="recherche" name="q" value={asked.text} maxlength={200} />
      </div>
      <div class="q-filter">
        <label for="etat">État</label>
        <select class="form-select" id="etat" name="etat">
          <option value="">Tous</option>
          {STAGES.filter((stage) => stage !== 'closed').map((stage: Stage) => (
            <option value={stage} selected={stage === asked.stage}>
              {STAGE_WORDS[stage].label}
            </option>
          ))}
        </select>
      </div>
      <div class="q-filter">
        <label for="retard">Retard</label>
        <select class="form-select" id="retard" name="retard">
          <option value="">Tous</option>
          {buckets.map((bucket) => (
            <option value={lateText(bucket)} selected={late !== undefined && lateText(late) === lateText(bucket)}>
              {lateWords(bucket)}
            </option>
          ))}
        </select>
      </div>
      <div class={cx('q-filter-go')}>
        <button type="submit" class="btn q-btn-plain">
          <Icon name="search" />
          <span>Chercher</span>
        </button>
        {narrowed && (
          <LinkButton href={listHref({ which: asked.which })} weight="quiet">
            Tout montrer
          </LinkButton>
        )}
      </div>
    </form>
  );
}

const columns = (view: ViewContext): Column<CaseRow>[] => [
  { header: 'Client', title: true, cell: (row) => row.debtor },
  { header: 'Référence', cell: (row) => <span class="q-nowrap">{row.reference}</span> },
  { header: 'État', cell: (row) => <StageStatus of={row.state.stage} /> },
  { header: 'Situation', cell: (row) => situation(row.state, row.oldestDueOn, view.today) || '–' },
  {
    header: 'Dû aujourd’hui',
    align: 'end',
    cell: (row) =>
      row.total.status === 'computed' ? (
        <Amount of={row.total.value.total} />
      ) : (
        <span>
          <Amount of={money(row.balanceCents)} /> <span class="q-note">hors intérêts</span>
        </span>
      ),
  },
];

function Nothing({ asked, narrowed }: { asked: CaseQuery; narrowed: boolean }) {
  if (narrowed) {
    return (
      <EmptyState icon="search" title="Aucun dossier ne correspond">
        <p>Essayez un autre mot, ou montrez tous les dossiers.</p>
      </EmptyState>
    );
  }
  if (asked.which === 'closed') {
    return (
      <EmptyState icon="lock" title="Aucun dossier fermé">
        <p>Un dossier fermé reste consultable ici.</p>
      </EmptyState>
    );
  }
  if (asked.which === 'to-do') {
    return (
      <EmptyState icon="check" title="Rien à faire aujourd’hui">
        <p>Aucun dossier ne demande d’action.</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon="drop"
      title="Aucun dossier ouvert"
      action={
        <LinkButton href={PATHS.drop} icon="drop">
          Déposer une facture
        </LinkButton>
      }
    >
      <p>Déposez une facture impayée&#8239;: son dossier s’ouvre tout seul.</p>
    </EmptyState>
  );
}
