import { fr } from '#core/letters/typography.ts';
import { isId } from '#platform/ids.ts';
import { Alert, Card, Day, EmptyState, FileDrop, LinkButton, PageHeader, Pager, Select, Status } from '#ui/components/index.ts';
import { count, integer, longDay } from '#ui/format.ts';
import { Icon } from '#ui/icons.tsx';
import { Page } from '#ui/layout.tsx';
import { PATHS, type ViewContext } from '#ui/view.ts';
import type { OpenCase } from './choices.ts';
import type { AccountFreshness, Freshness } from './freshness.ts';
import { LineCard } from './line-card.tsx';
import type { BankLine, LineQuery } from './lines.ts';
import { HAND_PATH, MONEY_SETTINGS_PATH, PAYERS_PATH, PAYMENTS_PATH } from './paths.ts';

/** Lines of one page of a list. */
export const PAGE = 20;

/** The lists of the page, under the words of its address. */
const VIEWS = [
  { word: '', which: 'waiting', label: 'À regarder' },
  { word: 'rapproches', which: 'applied', label: 'Rapprochés' },
  { word: 'ecartes', which: 'ignored', label: 'Mis de côté' },
] as const;
export type Which = (typeof VIEWS)[number]['which'];

/** What the address asks for; what it says wrongly is left out. */
export function readMoneyQuery(query: (name: string) => string | undefined): {
  which: Which;
  page: number;
  /** the lines of one statement, whatever became of them */
  statementId: string | undefined;
} {
  const which = VIEWS.find(({ word }) => word !== '' && word === query('vue'))?.which ?? 'waiting';
  const page = /^[1-9]\d{0,5}$/.test(query('page') ?? '') ? Number(query('page')) : 1;
  const statement = query('releve') ?? '';
  return { which, page, statementId: isId(statement) ? statement : undefined };
}

/** The address of a list; `next`: the first button to confirm has the keyboard, so that one goes on with the same key. */
export function moneyHref(which: LineQuery['which'], page = 1, next = false): string {
  const parameters = new URLSearchParams();
  const word = VIEWS.find((view) => view.which === which)?.word;
  if (word) parameters.set('vue', word);
  if (page > 1) parameters.set('page', String(page));
  if (next) parameters.set('suite', 'oui');
  const search = parameters.toString();
  return search ? `${PATHS.money}?${search}` : PATHS.money;
}

/** The lines that a statement brought. */
export const statementHref = (statementId: string, page = 1): string =>
  `${PATHS.money}?releve=${statementId}${page > 1 ? `&page=${page}` : ''}`;

interface Props {
  view: ViewContext;
  /** only the lines of this statement, and how many they are */
  statement?: { readonly id: string; readonly lines: number } | undefined;
  maxBytes: number;
  bank: Freshness;
  which: Which;
  page: number;
  /** lines of each list in all */
  counts: Readonly<Record<Which, number>>;
  lines: readonly BankLine[];
  /** payments of which something is left to place or to give back */
  free: number;
  /** open cases of the debtors who probably paid, by debtor */
  held: ReadonlyMap<string, readonly OpenCase[]>;
  /** references of the cases that readings name */
  cases: ReadonlyMap<string, string>;
  /** the keyboard goes to the first button to confirm */
  next: boolean;
  /** what was wrong with what was just sent */
  error?: string;
}

/** « Encaissements »: the statement in, how far the bank is known, what waits for a word, what was matched and why. */
export function MoneyPage({
  view,
  statement,
  maxBytes,
  bank,
  which,
  page,
  counts,
  lines,
  free,
  held,
  cases,
  next,
  error,
}: Props) {
  const first = lines.find((line) => line.readings[0]?.status === 'proposed')?.id;
  const proposals = lines.some((line) => line.readings[0]?.status === 'proposed');
  return (
    <Page view={view} title="Encaissements" scripts={['drop.js']}>
      <PageHeader
        title="Encaissements"
        subtitle={fr`Déposez vos relevés de banque : Quitus reconnaît ce qui paie vos factures et vous dit pourquoi.`}
      />
      <FileDrop
        view={view}
        action={PATHS.money}
        name="files"
        label="Déposez vos relevés bancaires ici"
        hint={fr`Le fichier que donne votre banque : camt.053, CFONB 120, MT940, OFX, QIF, CSV ou Excel. Déposé deux fois, il ne compte qu’une fois.`}
        accept=".xml,.ofx,.qfx,.qif,.csv,.tsv,.txt,.sta,.mt940,.940,.942,.cfonb,.afb,.dat,.zip,.xlsx"
        maxBytes={maxBytes}
        submit="Lire ces relevés"
        next={moneyHref('waiting', 1, true)}
        error={error}
      >
        {bank.accounts.length > 1 && <WhichAccount accounts={bank.accounts} />}
      </FileDrop>
      <Accounts bank={bank} view={view} />
      <nav class="q-tabs" aria-label="Quels mouvements">
        {VIEWS.map((one) => (
          <a href={moneyHref(one.which)} aria-current={!statement && which === one.which ? 'page' : undefined}>
            {one.label} ({integer(counts[one.which])})
          </a>
        ))}
        {statement && (
          <a href={statementHref(statement.id)} aria-current="page">
            Ce relevé ({integer(statement.lines)})
          </a>
        )}
      </nav>
      {which === 'waiting' && proposals && (
        <p class="q-note q-keys">
          <kbd>Entrée</kbd> confirme la proposition qui a le focus, et passe à la suivante. <kbd>Tab</kbd> va aux autres choix.
        </p>
      )}
      {lines.length === 0 ? (
        <Card>
          <Nothing which={which} bank={bank} />
        </Card>
      ) : (
        <ol class="q-lines">
          {lines.map((line) => (
            <li>
              <LineCard
                view={view}
                line={line}
                held={line.payer ? (held.get(line.payer.partyId) ?? []) : []}
                cases={cases}
                focused={next && line.id === first}
              />
            </li>
          ))}
        </ol>
      )}
      <Pager
        page={page}
        pages={Math.ceil((statement ? statement.lines : counts[which]) / PAGE)}
        href={(n) => (statement ? statementHref(statement.id, n) : moneyHref(which, n))}
        label="Pages des mouvements"
      />
      {free > 0 && (
        <p class="q-note">
          <a href={PAYMENTS_PATH}>{count(free, 'encaissement')} à placer ou à rendre</a>
        </p>
      )}
      <div class="q-actions">
        <LinkButton href={HAND_PATH} weight="plain" icon="add">
          Saisir un encaissement
        </LinkButton>
        <LinkButton href={`${PAYMENTS_PATH}?vue=tous`} weight="plain" icon="payment">
          Tous les paiements
        </LinkButton>
        <LinkButton href={PATHS.balance} weight="plain" icon="cases">
          Balance âgée
        </LinkButton>
        <LinkButton href={PATHS.exports} weight="plain" icon="download">
          Exports
        </LinkButton>
        <LinkButton href={PAYERS_PATH} weight="plain" icon="debtor">
          Payeurs reconnus
        </LinkButton>
        <LinkButton href={MONEY_SETTINGS_PATH} weight="plain" icon="settings">
          Réglages des encaissements
        </LinkButton>
      </div>
    </Page>
  );
}

function WhichAccount({ accounts }: { accounts: readonly AccountFreshness[] }) {
  return (
    <Select
      name="account"
      label="Compte, si le fichier ne le dit pas"
      optional
      placeholder="Celui que le fichier nomme"
      options={accounts.map(({ accountId, name }) => ({ value: accountId, label: name }))}
    />
  );
}

/** How far each account is known. */
function Accounts({ bank, view }: { bank: Freshness; view: ViewContext }) {
  if (bank.accounts.length === 0) return null;
  return (
    <section aria-label="Comptes bancaires">
      {bank.reason && (
        <Alert tone="soon" title="Relances en attente du relevé">
          <p>{bank.reason}</p>
        </Alert>
      )}
      <ul class="q-accounts">
        {bank.accounts.map((account) => (
          <li>
            <Icon name="transfer" />
            <span class="q-account-name">{account.name}</span>
            <Status tone={account.stale ? 'late' : 'good'} icon={account.stale ? 'warning' : 'check'}>
              {account.completeUntil ? (
                <>
                  complet jusqu’au <Day of={account.completeUntil} today={view.today} />
                </>
              ) : (
                'aucun relevé complet'
              )}
            </Status>
            {account.gaps.map(({ from, until }) => (
              <span class="q-note">
                manque du {longDay(from)} au {longDay(until)}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Nothing({ which, bank }: { which: Which; bank: Freshness }) {
  if (which === 'applied')
    return (
      <EmptyState icon="search" title="Aucun encaissement rapproché">
        <p>Ce qui paie vos factures apparaîtra ici, avec les raisons.</p>
      </EmptyState>
    );
  if (which === 'ignored')
    return (
      <EmptyState icon="search" title="Aucun mouvement mis de côté">
        <p>Les dépenses et ce qui n’est pas un paiement de client viennent ici.</p>
      </EmptyState>
    );
  if (bank.accounts.length === 0)
    return (
      <EmptyState icon="transfer" title="Aucun relevé pour l’instant">
        <p>Déposez le relevé de votre banque&#8239;: rien n’est à saisir, et plus personne n’est relancé après avoir payé.</p>
      </EmptyState>
    );
  return (
    <EmptyState icon="check" title="Rien à regarder">
      <p>Chaque encaissement connu est rapproché ou mis de côté.</p>
    </EmptyState>
  );
}

/** What a statement brought, in a sentence. */
export function receivedWords(of: {
  readonly before?: { readonly at: Temporal.Instant; readonly name: string } | undefined;
  readonly added: number;
  readonly applied: number;
  readonly waiting: number;
}): string {
  if (of.before && of.added === 0) {
    const on = longDay(of.before.at.toZonedDateTimeISO('Europe/Paris').toPlainDate());
    return `Déjà déposé le ${on} sous le nom ${of.before.name}\u202f: rien n’est compté deux fois.`;
  }
  const parts = [
    count(of.added, 'mouvement nouveau', 'mouvements nouveaux'),
    count(of.applied, 'encaissement rapproché', 'encaissements rapprochés'),
    count(of.waiting, 'à regarder', 'à regarder'),
  ];
  return `${parts.join(', ')}.`;
}
