import { Hono } from 'hono';
import { readCreditor } from '#modules/companies/index.ts';
import { listWaiting, type ReceivedStatus, receivedWords, setWaitingAside } from '#modules/einvoicing/index.ts';
import type { Deps } from '#platform/deps.ts';
import { fieldErrors, type Typed } from '#platform/form.ts';
import { isId } from '#platform/ids.ts';
import { count, integer } from '#ui/format.ts';
import { wantsJson } from '#ui/problem.tsx';
import { PATHS } from '#ui/view.ts';
import {
  filesIn,
  redirectWith,
  sendDocument,
  tenantOf,
  typedIn,
  viewOf,
  type WebContext,
  type WebEnv,
  type WebModule,
} from '#ui/web.ts';
import { confirmLot, pendingLot } from './bulk.ts';
import { ADOPT, ConfirmPage } from './confirm-page.tsx';
import { DropPage, PAGE } from './drop-page.tsx';
import { answerTo, caseOf, type Dropped, dropFiles, droppedAgain, summary } from './dropping.ts';
import { adoptSeller, type Confirmed, confirmReading, discardReading } from './intake.ts';
import { LotPage } from './lot-page.tsx';
import { casePath, LOT_PATH, NEXT_PATH, readingPath } from './paths.ts';
import { titleOf } from './reading-words.ts';
import { clearLeftOut, countPending, type Reading, readingsOf } from './readings.ts';

/** Dropping invoices, and confirming what was read of them. */
export const intakeWeb: WebModule = {
  uploads: [PATHS.drop],
  routes: (deps) =>
    new Hono<WebEnv>()
      .use(`${PATHS.drop}/*`, (c, next) => (tenantOf(c) === undefined ? Promise.resolve(c.redirect(PATHS.welcome, 303)) : next()))
      .route('/', dropRoutes(deps))
      .route('/', lotRoutes(deps))
      .route('/', readingRoutes(deps)),
};

/** The company of the page: these pages are not reached without one. */
function companyOf(c: WebContext): string {
  const tenant = tenantOf(c);
  if (tenant === undefined) throw new Error('no company');
  return tenant;
}

function dropRoutes(deps: Deps): Hono<WebEnv> {
  return new Hono<WebEnv>()
    .get(PATHS.drop, (c) => dropPage(deps, c))
    .post(PATHS.drop, async (c) => {
      const files = await filesIn(c, 'files');
      const most = deps.config.limits.filesPerUpload;
      if (files.length === 0) return dropPage(deps, c, 'Choisissez d’abord une ou plusieurs factures.');
      if (files.length > most) {
        const message = `${count(files.length, 'fichier')} d’un coup, c’est trop\u202f: ${integer(most)} au plus. Recommencez avec moins.`;
        return dropPage(deps, c, message);
      }
      const dropped = await dropFiles(deps, companyOf(c), files);
      const [only] = dropped;
      if (only && dropped.length === 1 && wantsJson(c)) return fileAnswer(c, only);
      const unread = dropped.flatMap(({ refusal }) => refusal ?? []);
      const readings = dropped.flatMap((one) => one.readings);
      const statuses = dropped.flatMap((one) => one.statuses ?? []);
      const told = `${summary(readings, unread.length, statuses)}${droppedAgain(dropped)}`;
      if (unread.length > 0) return dropPage(deps, c, [told, ...unread.map(({ message }) => message)].join(' '));
      if (readings.length === 0) return statusesTaken(c, statuses, told);
      return redirectWith(c, NEXT_PATH, told, readings.every(({ status }) => status === 'to-confirm') ? 'good' : 'info');
    })
    .get(NEXT_PATH, async (c) => {
      const { first, pending } = await firstPending(deps, companyOf(c));
      return c.redirect(first && pending === 1 ? readingPath(first.id) : PATHS.drop, 303);
    })
    .post(`${PATHS.drop}/non-retenus`, async (c) => {
      const tenant = companyOf(c);
      await deps.db.tenant(tenant, (tx) => clearLeftOut(tx, tenant));
      return redirectWith(c, PATHS.drop, 'La liste est vidée.');
    })
    .post(`${PATHS.drop}/statuts`, async (c) => {
      const tenant = companyOf(c);
      await deps.db.tenant(tenant, (tx) => setWaitingAside(tx, deps, tenant));
      return redirectWith(c, PATHS.drop, 'La liste est vidée. Si une de ces factures arrive, son statut lui sera rattaché.');
    });
}

/** Life-cycle messages alone lead to the case they speak of, or back to the page when there are several. */
function statusesTaken(c: WebContext, statuses: readonly ReceivedStatus[], told: string): Response {
  const caseId = caseOf(statuses);
  const [only] = statuses;
  const words = only && statuses.length === 1 ? receivedWords(only) : told;
  const tone = statuses.some(({ outcome }) => outcome === 'attached') ? 'good' : 'info';
  return redirectWith(c, caseId ? casePath(caseId) : PATHS.drop, words, tone);
}

/** Documents not taken that the page tells of: beyond, nobody reads. */
const LEFT_OUT = 50;

async function dropPage(deps: Deps, c: WebContext, error?: string) {
  const tenant = companyOf(c);
  const asked = /^\d{1,6}$/.test(c.req.query('page') ?? '') ? Number(c.req.query('page')) : 1;
  const found = await deps.db.tenant(tenant, async (tx) => {
    const pendingCount = await countPending(tx, tenant);
    const page = Math.min(Math.max(1, asked), Math.max(1, Math.ceil(pendingCount / PAGE)));
    const pending = await readingsOf(tx, tenant, 'pending', { limit: PAGE, offset: (page - 1) * PAGE });
    const leftOut = await readingsOf(tx, tenant, 'left-out', { limit: LEFT_OUT });
    return { pendingCount, page, pending, leftOut, waiting: await listWaiting(tx, tenant, LEFT_OUT) };
  });
  const props = { view: viewOf(c), maxBytes: deps.config.limits.fileBytes, ...found };
  return c.html(<DropPage {...props} {...(error === undefined ? {} : { error })} />, error === undefined ? 200 : 422);
}

/** What the script that sends the files one by one is told (see `FileDrop`). */
function fileAnswer(c: WebContext, dropped: Dropped): Response {
  const answer = answerTo(dropped);
  if (answer.taken) {
    const [first] = answer.pending;
    const one = first && answer.pending.length === 1 ? readingPath(first.id) : PATHS.drop;
    const href = answer.caseId ? casePath(answer.caseId) : one;
    if (dropped.before) c.set('flash', { tone: 'info', text: answer.message });
    if (dropped.statuses) c.set('flash', { tone: answer.caseId ? 'good' : 'info', text: answer.message });
    return c.json({ message: answer.message, href, ...(answer.caseId ? { go: true } : {}) });
  }
  const status = answer.code === 'invoice.duplicate' ? 409 : 422;
  const body = {
    type: `urn:quitus:${answer.code}`,
    status,
    code: answer.code,
    detail: answer.message,
    ...(answer.caseId ? { href: casePath(answer.caseId) } : {}),
  };
  return c.json(body, status, { 'content-type': 'application/problem+json; charset=utf-8' });
}

const firstPending = (deps: Deps, tenant: string) =>
  deps.db.tenant(tenant, async (tx) => {
    const [first] = await readingsOf(tx, tenant, 'pending', { limit: 1 });
    return { first, pending: await countPending(tx, tenant) };
  });

function lotRoutes(deps: Deps): Hono<WebEnv> {
  return new Hono<WebEnv>()
    .get(LOT_PATH, async (c) => c.html(<LotPage view={viewOf(c)} lot={await pendingLot(deps, companyOf(c))} />))
    .post(LOT_PATH, async (c) => {
      const tenant = companyOf(c);
      const typed = await typedIn(c);
      const ids = new Set((await c.req.formData()).getAll('id').map(String).filter(isId));
      const lot = await pendingLot(deps, tenant);
      const asks = lot.clean.some(({ item, kindUnknown }) => kindUnknown && ids.has(item.id));
      if (asks && !['business', 'consumer', 'later'].includes(typed.kind ?? '')) {
        const errors = { kind: 'Dites qui sont ces clients, ou que vous préférez vérifier à part.' };
        return c.html(<LotPage view={viewOf(c)} lot={lot} typed={typed} errors={errors} />, 422);
      }
      const kind = typed.kind === 'business' || typed.kind === 'consumer' ? typed.kind : undefined;
      const { confirmed, left } = await confirmLot(deps, tenant, ids, kind);
      const done = count(confirmed, 'document enregistré', 'documents enregistrés');
      if (left === 0) return redirectWith(c, (await firstPending(deps, tenant)).first ? PATHS.drop : PATHS.today, `${done}.`);
      return redirectWith(
        c,
        PATHS.drop,
        `${done}, ${count(left, 'document reste', 'documents restent')} à vérifier un par un.`,
        'info',
      );
    });
}

function readingRoutes(deps: Deps): Hono<WebEnv> {
  const find = async (c: WebContext): Promise<Reading | undefined> => {
    const id = c.req.param('id') ?? '';
    const tenant = companyOf(c);
    return isId(id) ? (await deps.db.tenant(tenant, (tx) => readingsOf(tx, tenant, { id })))[0] : undefined;
  };
  return new Hono<WebEnv>()
    .get(readingPath(':id'), async (c, next) => {
      const item = await find(c);
      if (!item) return next();
      const over = alreadyOver(c, item);
      return over ?? confirmPage(deps, c, item);
    })
    .get(`${readingPath(':id')}/document`, async (c, next) => {
      const item = await find(c);
      if (!item) return next();
      const bytes = new Uint8Array(await deps.files.read(companyOf(c), item.sha256));
      return sendDocument(c, bytes, { mediaType: item.mediaType, name: item.fileName, framed: true });
    })
    .post(readingPath(':id'), async (c, next) => {
      const item = await find(c);
      if (!item) return next();
      const over = alreadyOver(c, item);
      if (over) return over;
      const tenant = companyOf(c);
      const { geste, ...typed } = await typedIn(c);
      if (geste === 'ecarter') {
        await discardReading(deps, tenant, item.id);
        return goOn(deps, c, 'Document mis de côté.', PATHS.drop);
      }
      const done = await confirmReading(deps, tenant, item.id, typed);
      if (done.ok) return confirmed(deps, c, item, typed, done.value);
      const caseId = done.refusal.data?.caseId;
      const refused = { message: done.refusal.message, ...(typeof caseId === 'string' ? { caseId } : {}) };
      const errors = fieldErrors(done.refusal);
      return confirmPage(deps, c, item, { typed, errors, ...(Object.keys(errors).length === 0 ? { refused } : {}) });
    });
}

/** A document that waits no more is not confirmed twice: leads to what it became. */
function alreadyOver(c: WebContext, item: Reading): Response | undefined {
  const { status, invoice, reading } = item;
  if (status === 'confirmed') {
    const to = invoice?.caseId ? casePath(invoice.caseId) : PATHS.drop;
    return redirectWith(c, to, `${reading ? titleOf(reading) : 'Ce document'}\u202f: déjà enregistré.`, 'info');
  }
  if (status === 'discarded' || !reading) {
    return redirectWith(c, PATHS.drop, 'Ce document n’est plus en attente. Déposez-le de nouveau pour le reprendre.', 'info');
  }
  return undefined;
}

interface Answered {
  readonly typed?: Typed;
  readonly errors?: Readonly<Record<string, string>>;
  readonly refused?: { readonly message: string; readonly caseId?: string };
}

async function confirmPage(deps: Deps, c: WebContext, item: Reading, answered: Answered = {}) {
  const tenant = companyOf(c);
  const found = await deps.db.tenant(tenant, async (tx) => ({
    creditor: await readCreditor(tx, tenant),
    pending: await countPending(tx, tenant),
  }));
  const status = answered.typed ? 422 : 200;
  return c.html(<ConfirmPage view={viewOf(c)} item={item} {...found} {...answered} />, status);
}

async function confirmed(deps: Deps, c: WebContext, item: Reading, typed: Typed, { caseId }: Confirmed) {
  const what = typed.documentKind === 'credit-note' ? `Avoir ${typed.number} enregistré` : `Facture ${typed.number} enregistrée`;
  const adopted =
    typed[ADOPT] !== undefined && item.reading ? (await adoptSeller(deps, companyOf(c), item.reading)).length > 0 : false;
  return goOn(
    deps,
    c,
    adopted ? `${what}, et la fiche de votre entreprise est remplie.` : `${what}.`,
    caseId ? casePath(caseId) : PATHS.drop,
  );
}

/** To the next document that waits, told how many are left; when there is none, to where the work led. */
async function goOn(deps: Deps, c: WebContext, told: string, end: string): Promise<Response> {
  const { first, pending } = await firstPending(deps, companyOf(c));
  if (!first) return redirectWith(c, end, told);
  const left =
    pending > 1 ? `Il reste ${count(pending, 'document')} à confirmer.` : 'Il reste un document à confirmer\u202f: le voici.';
  return redirectWith(c, readingPath(first.id), `${told} ${left}`);
}
