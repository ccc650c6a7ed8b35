import { Hono } from 'hono';
import { isBefore, parseTypedDay } from '#core/kernel/day.ts';
import type { Result } from '#core/kernel/result.ts';
import { caseReferences } from '#modules/cases/index.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import { isId } from '#platform/ids.ts';
import { count } from '#ui/format.ts';
import { problem, wantsJson } from '#ui/problem.tsx';
import { PATHS } from '#ui/view.ts';
import { filesIn, forCompany, redirectWith, typedIn, viewOf, type WebContext, type WebEnv, type WebModule } from '#ui/web.ts';
import { agreementRoutes } from './agreements.pages.tsx';
import { forgetAlias, listAliases } from './aliases.ts';
import { balanceRoutes } from './balance.pages.tsx';
import { openCasesOf, payableChoices } from './choices.ts';
import { applyMatch, type Decided, ignoreLine, placeLine, rejectMatch, restoreLine, undoMatch } from './decisions.ts';
import { type DroppedStatements, dropStatements } from './dropping.ts';
import { amendAccount, declareComplete, freshness } from './freshness.ts';
import { handRoutes } from './hand.pages.tsx';
import { CHOICES } from './invoice-choices.tsx';
import { LinePage } from './line-page.tsx';
import { type BankLine, countLines, type LineQuery, listLines } from './lines.ts';
import { matchPending } from './matching.ts';
import { MoneyPage, moneyHref, PAGE, readMoneyQuery, receivedWords, statementHref } from './money-page.tsx';
import { accountPath, linePath, MONEY_SETTINGS_PATH, matchPath, PAYERS_PATH, tablePath } from './paths.ts';
import { aliasOf, PayersPage } from './payers-page.tsx';
import { paymentRoutes } from './payment.pages.tsx';
import { countPayments } from './payment-list.ts';
import { moneySettings, saveMoneySettings } from './settings.ts';
import { MoneySettingsPage, readSettings } from './settings-page.tsx';
import { tableRoutes } from './table.pages.tsx';

/** Bank statements in, what they pay and why, who pays, and how far the bank is known. */
export const paymentsWeb: WebModule = {
  uploads: [PATHS.money],
  routes: (deps) =>
    new Hono<WebEnv>()
      .route('/', statementRoutes(deps))
      .route('/', tableRoutes(deps))
      .route('/', handRoutes(deps))
      .route('/', paymentRoutes(deps))
      .route('/', decisionRoutes(deps))
      .route('/', payerRoutes(deps))
      .route('/', settingRoutes(deps))
      .route('/', balanceRoutes(deps))
      .route('/', agreementRoutes(deps)),
};

function statementRoutes(deps: Deps): Hono<WebEnv> {
  return new Hono<WebEnv>()
    .get(
      PATHS.money,
      forCompany((c, tenantId) => moneyPage(deps, c, tenantId)),
    )
    .post(
      PATHS.money,
      forCompany(async (c, tenantId) => {
        const files = await filesIn(c, 'files');
        const { account } = await typedIn(c);
        if (files.length === 0) return moneyPage(deps, c, tenantId, 'Choisissez d’abord un relevé.');
        const dropped = await dropStatements(deps, tenantId, files, isId(account ?? '') ? account : undefined);
        const told = receivedWords(dropped);
        const [refusal] = dropped.refusals;
        const [table] = dropped.tables;
        if (wantsJson(c)) {
          if (!refusal) return droppedAlone(c, dropped, told);
          const ask = table ? { href: tablePath(table), see: 'Indiquer les colonnes', go: true } : {};
          const body = { type: `urn:quitus:${refusal.code}`, status: 422, code: refusal.code, detail: refusal.message, ...ask };
          return c.json(body, 422, { 'content-type': 'application/problem+json; charset=utf-8' });
        }
        if (!refusal)
          return redirectWith(c, moneyHref('waiting', 1, true), told, dropped.before && dropped.added === 0 ? 'info' : 'good');
        if (table && dropped.refusals.length === dropped.tables.length) {
          const others = dropped.tables.length - 1;
          const more =
            others > 0 ? ` Déposez ensuite de nouveau ${count(others, 'autre fichier', 'autres fichiers')} à expliquer.` : '';
          const before = dropped.files > 0 ? `${told} ` : '';
          return redirectWith(c, tablePath(table), `${before}Dites ce que contiennent ces colonnes.${more}`, 'info');
        }
        const said = dropped.refusals.map(({ message }) => message).join(' ');
        return moneyPage(deps, c, tenantId, dropped.files > 0 ? `${told} ${said}` : said);
      }),
    );
}

/** What the script that sends the files one by one is told; one that was dropped before leads to what it brought then. */
function droppedAlone(c: WebContext, { before, added }: DroppedStatements, told: string): Response {
  const known = added === 0 ? before : undefined;
  if (known) c.set('flash', { tone: 'info', text: told });
  const href = known?.statementId ? statementHref(known.statementId) : moneyHref('waiting', 1, true);
  return c.json({ message: told, href, ...(known?.statementId ? { go: true } : {}) });
}

async function moneyPage(deps: Deps, c: WebContext, tenantId: string, error?: string) {
  const asked = readMoneyQuery((name) => c.req.query(name));
  const view = viewOf(c);
  const found = await deps.db.tenant(tenantId, async (tx) => {
    const counts = {
      waiting: await countLines(tx, tenantId, { which: 'waiting' }),
      applied: await countLines(tx, tenantId, { which: 'applied' }),
      ignored: await countLines(tx, tenantId, { which: 'ignored' }),
    };
    const { statementId } = asked;
    const query: LineQuery = statementId ? { which: 'all', statementId } : { which: asked.which };
    const statement = statementId ? { id: statementId, lines: await countLines(tx, tenantId, query) } : undefined;
    const page = Math.min(asked.page, Math.max(1, Math.ceil((statement?.lines ?? counts[asked.which]) / PAGE)));
    const lines = await listLines(tx, tenantId, query, { limit: PAGE, offset: (page - 1) * PAGE });
    const free = await countPayments(tx, tenantId, { free: true });
    return {
      counts,
      statement,
      page,
      lines,
      free,
      bank: await freshness(tx, tenantId, view.today),
      ...(await aroundLines(tx, tenantId, lines)),
    };
  });
  const props = {
    view,
    maxBytes: deps.config.limits.fileBytes,
    which: asked.which,
    next: c.req.query('suite') !== undefined,
    ...found,
  };
  return c.html(<MoneyPage {...props} {...(error === undefined ? {} : { error })} />, error === undefined ? 200 : 422);
}

/** The cases that lines hold, and the references of those that their readings name. */
async function aroundLines(tx: Tx, tenantId: string, lines: readonly BankLine[]) {
  const payers = lines.flatMap(({ payer }) => payer?.partyId ?? []);
  const named = lines.flatMap(({ readings }) => readings.flatMap(({ parts }) => parts.flatMap(({ caseId }) => caseId ?? [])));
  return { held: await openCasesOf(tx, tenantId, payers), cases: await caseReferences(tx, tenantId, named) };
}

const findLine = async (tx: Tx, tenantId: string, lineId: string): Promise<BankLine | undefined> =>
  isId(lineId) ? (await listLines(tx, tenantId, { which: 'all', lineId }, { limit: 1, offset: 0 }))[0] : undefined;

async function linePage(deps: Deps, c: WebContext, tenantId: string, lineId: string, error?: string, asked = c.req.query('q')) {
  const text = asked?.replaceAll('\0', '').slice(0, 200) || undefined;
  const found = await deps.db.tenant(tenantId, async (tx) => {
    const line = await findLine(tx, tenantId, lineId);
    if (!line) return undefined;
    const partyId = line.payer?.partyId ?? line.readings[0]?.party?.partyId;
    const choices = await payableChoices(tx, tenantId, { currency: line.currency, partyId, text }, CHOICES);
    const { held, cases } = await aroundLines(tx, tenantId, [line]);
    return { line, choices, cases, held: line.payer ? (held.get(line.payer.partyId) ?? []) : [] };
  });
  if (!found) return problem(c, 404, { code: 'bank.unknown-line', message: 'Ce mouvement n’existe pas dans cette entreprise.' });
  return c.html(<LinePage view={viewOf(c)} {...found} text={text} error={error} />, error === undefined ? 200 : 422);
}

function decisionRoutes(deps: Deps): Hono<WebEnv> {
  const unknownMatch = () => ({
    ok: false as const,
    refusal: { code: 'match.unknown', message: 'Cette proposition n’existe plus\u202f: le rapprochement a été relancé depuis.' },
  });
  /** What a decision on a reading led to, told on the list one came from. */
  const onMatch = (
    work: (tenantId: string, matchId: string, typed: Readonly<Record<string, string>>) => Promise<Result<string>>,
    list: 'waiting' | 'applied',
  ) =>
    forCompany(async (c, tenantId) => {
      const matchId = c.req.param('id') ?? '';
      const done = isId(matchId) ? await work(tenantId, matchId, await typedIn(c)) : unknownMatch();
      const next = moneyHref(list, 1, list === 'waiting');
      return done.ok ? redirectWith(c, next, done.value) : redirectWith(c, moneyHref(list), done.refusal.message, 'late');
    });
  const onLine = (work: (tenantId: string, lineId: string) => Promise<Result<void>>, told: string, list: 'waiting' | 'ignored') =>
    forCompany(async (c, tenantId) => {
      const lineId = c.req.param('id') ?? '';
      if (!isId(lineId)) return linePage(deps, c, tenantId, lineId);
      const done = await work(tenantId, lineId);
      if (!done.ok) return redirectWith(c, moneyHref(list), done.refusal.message, 'late');
      return redirectWith(c, moneyHref(list, 1, list === 'waiting'), told);
    });
  return new Hono<WebEnv>()
    .post(
      `${matchPath(':id')}/confirmer`,
      onMatch(async (tenantId, matchId, { escompte }) => {
        const done = await applyMatch(deps, tenantId, matchId, escompte === 'accorde' ? { giveUpShort: true } : {});
        return done.ok ? { ok: true, value: decidedWords(done.value) } : done;
      }, 'waiting'),
    )
    .post(
      `${matchPath(':id')}/ecarter`,
      onMatch(async (tenantId, matchId, { payeur }) => {
        const done = await rejectMatch(deps, tenantId, matchId, { wrongPayer: payeur === 'faux' });
        return done.ok ? { ok: true, value: 'Proposition écartée\u202f: elle ne sera plus faite.' } : done;
      }, 'waiting'),
    )
    .post(
      `${matchPath(':id')}/annuler`,
      onMatch(async (tenantId, matchId) => {
        const done = await undoMatch(deps, tenantId, matchId, '');
        return done.ok ? { ok: true, value: 'Rapprochement annulé\u202f: le mouvement est revenu à regarder.' } : done;
      }, 'applied'),
    )
    .post(
      `${linePath(':id')}/ecarter`,
      onLine((tenantId, lineId) => ignoreLine(deps, tenantId, lineId, 'Pas un paiement de client'), 'Mis de côté.', 'waiting'),
    )
    .post(
      `${linePath(':id')}/reprendre`,
      onLine(
        async (tenantId, lineId) => {
          const done = await restoreLine(deps, tenantId, lineId);
          if (done.ok) await matchPending(deps, tenantId);
          return done;
        },
        'Mouvement repris\u202f: il est de nouveau rapproché de vos factures.',
        'ignored',
      ),
    )
    .get(
      linePath(':id'),
      forCompany((c, tenantId) => linePage(deps, c, tenantId, c.req.param('id') ?? '')),
    )
    .post(
      `${linePath(':id')}/placer`,
      forCompany(async (c, tenantId) => {
        const lineId = c.req.param('id') ?? '';
        if (!isId(lineId)) return linePage(deps, c, tenantId, lineId);
        const form = await c.req.formData();
        const invoices = form.getAll('invoice').map(String).filter(isId);
        const done = await placeLine(deps, tenantId, lineId, invoices);
        const { q } = await typedIn(c);
        if (!done.ok) return linePage(deps, c, tenantId, lineId, done.refusal.message, q);
        const more = done.value.excessCents > 0n ? ' Il reste de l’argent que ces factures ne doivent pas.' : '';
        return redirectWith(c, moneyHref('waiting', 1, true), `${decidedWords(done.value)}${more}`);
      }),
    );
}

const decidedWords = ({ closedCases }: Decided): string =>
  closedCases.length > 0
    ? `Encaissement rapproché\u202f: ${closedCases.length > 1 ? `${closedCases.length} dossiers se ferment` : 'le dossier se ferme'}, tout est payé.`
    : 'Encaissement rapproché.';

function payerRoutes(deps: Deps): Hono<WebEnv> {
  return new Hono<WebEnv>()
    .get(
      PAYERS_PATH,
      forCompany(async (c, tenantId) => {
        const aliases = await deps.db.tenant(tenantId, (tx) => listAliases(tx, tenantId));
        return c.html(<PayersPage view={viewOf(c)} aliases={aliases.filter((one) => one.confirmed + one.rejected > 0)} />);
      }),
    )
    .post(
      `${PAYERS_PATH}/oublier`,
      forCompany(async (c, tenantId) => {
        const alias = aliasOf(await typedIn(c));
        const done = alias && (await forgetAlias(deps, tenantId, alias));
        if (!done?.ok) return redirectWith(c, PAYERS_PATH, 'Ce payeur n’est plus dans la liste.', 'info');
        return redirectWith(c, PAYERS_PATH, 'Payeur oublié\u202f: vos prochaines confirmations diront qui il est.');
      }),
    );
}

function settingRoutes(deps: Deps): Hono<WebEnv> {
  const page = async (
    c: WebContext,
    tenantId: string,
    typed?: Readonly<Record<string, string>>,
    errors: Readonly<Record<string, string>> = {},
  ) => {
    const { today } = viewOf(c);
    const found = await deps.db.tenant(tenantId, async (tx) => ({
      settings: await moneySettings(tx, tenantId),
      bank: await freshness(tx, tenantId, today),
    }));
    return c.html(<MoneySettingsPage view={viewOf(c)} {...found} typed={typed} errors={errors} />, typed ? 422 : 200);
  };
  return new Hono<WebEnv>()
    .get(
      MONEY_SETTINGS_PATH,
      forCompany((c, tenantId) => page(c, tenantId)),
    )
    .post(
      MONEY_SETTINGS_PATH,
      forCompany(async (c, tenantId) => {
        const typed = await typedIn(c);
        const read = readSettings(typed);
        if ('errors' in read) return page(c, tenantId, typed, read.errors);
        await saveMoneySettings(deps, tenantId, read.settings);
        return redirectWith(c, MONEY_SETTINGS_PATH, 'Réglages enregistrés.');
      }),
    )
    .post(
      accountPath(':id'),
      forCompany(async (c, tenantId) => {
        const { name = '', watched } = await typedIn(c);
        const id = c.req.param('id') ?? '';
        const done = isId(id) ? await amendAccount(deps, tenantId, id, { name, watched: watched === 'oui' }) : undefined;
        if (!done?.ok)
          return redirectWith(c, MONEY_SETTINGS_PATH, 'Ce compte bancaire n’existe pas dans cette entreprise.', 'late');
        return redirectWith(c, MONEY_SETTINGS_PATH, 'Compte enregistré.');
      }),
    )
    .post(
      `${accountPath(':id')}/complet`,
      forCompany(async (c, tenantId) => {
        const typed = await typedIn(c);
        const [from, until] = [parseTypedDay(typed.from ?? ''), parseTypedDay(typed.until ?? '')];
        const id = c.req.param('id') ?? '';
        if (!isId(id) || !from || !until || isBefore(until, from))
          return redirectWith(c, MONEY_SETTINGS_PATH, 'Indiquez deux jours qui se suivent.', 'late');
        const done = await declareComplete(deps, tenantId, id, { from, until });
        if (!done.ok) return redirectWith(c, MONEY_SETTINGS_PATH, done.refusal.message, 'late');
        return redirectWith(c, MONEY_SETTINGS_PATH, 'C’est noté\u202f: rien ne manque entre ces deux jours.');
      }),
    );
}
