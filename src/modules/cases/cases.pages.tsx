import { Hono } from 'hono';
import type { Day } from '#core/kernel/day.ts';
import { money } from '#core/kernel/money.ts';
import type { Refusal } from '#core/kernel/result.ts';
import { findFile, readCreditor } from '#modules/companies/index.ts';
import { courtOfCase } from '#modules/courts/index.ts';
import type { Deps } from '#platform/deps.ts';
import type { Typed } from '#platform/form.ts';
import { isId } from '#platform/ids.ts';
import { problem } from '#ui/problem.tsx';
import { type Children, PATHS, type ViewContext } from '#ui/view.ts';
import {
  forCompany,
  redirectWith,
  sendDocument,
  tenantOf,
  typedIn,
  viewOf,
  type WebContext,
  type WebEnv,
  type WebModule,
} from '#ui/web.ts';
import { ACTION_PAGES } from './action-forms.tsx';
import { ActionPage, DebtorPage, RatePage, UndoPaymentPage } from './action-pages.tsx';
import { type ActionKind, act, setContractRate, takePaymentBack } from './actions.ts';
import type { AdvisedStep } from './advised.ts';
import { CasePage } from './case-page.tsx';
import { editDebtor } from './debtor.ts';
import { factsOf, mistakesIn } from './facts.ts';
import { ListPage, PAGE_ROWS, readListQuery } from './list-page.tsx';
import { countCases, listCases } from './lists.ts';
import { MISTAKES, MistakePage } from './mistake-page.tsx';
import { isTakeable, noteMistake, type Takeable } from './mistakes.ts';
import { allows } from './moves.ts';
import { ACTION_SLUGS, casePath, debtorPath } from './paths.ts';
import { reminderOf } from './reminder.tsx';
import { RoadsPage } from './roads-page.tsx';
import { type BankNews, loadToday, TodayPage } from './today-page.tsx';
import { type CaseView, viewCase } from './views.ts';
import { OPENED, type Witness } from './witness.ts';

interface Options {
  /** how many dropped documents wait to be confirmed in a company */
  readonly pendingDocuments: (deps: Deps, tenantId: string) => Promise<number>;
  /** what the bank asks of the user: lines to look at, and why the statements are too old to press anybody */
  readonly bank: (deps: Deps, tenantId: string) => Promise<BankNews>;
  /** what a case page shows of the advice, and the step it proposes */
  readonly adviceOnCase?: (
    deps: Deps,
    view: ViewContext,
    tenantId: string,
    of: CaseView,
  ) => Promise<{ readonly card: Children; readonly warning: Children; readonly step: AdvisedStep | undefined }>;
  /** the steps that the advice proposes on a few cases */
  readonly advisedSteps?: (
    deps: Deps,
    tenantId: string,
    caseIds: readonly string[],
    today: Day,
  ) => Promise<ReadonlyMap<string, AdvisedStep>>;
  /** who looks on while the user acts, since the page was opened: keeps what the advice proposed then */
  readonly witness?: (deps: Deps, opened: string) => Witness;
}

/** « Aujourd'hui », the lists and the pages of cases, and the kept files. */
export const casesWeb = ({ pendingDocuments, bank, adviceOnCase, advisedSteps, witness }: Options): WebModule => ({
  routes: (deps) => {
    const app = new Hono<WebEnv>();
    const todayOf = (c: WebContext) => viewOf(c).today;

    app.get(
      PATHS.today,
      forCompany(async (c, tenantId) => {
        if (viewOf(c).undecided) return c.redirect(PATHS.welcome, 303);
        const [today, pending, news] = await Promise.all([
          deps.db.tenant(tenantId, (tx) => loadToday(tx, tenantId, todayOf(c))),
          pendingDocuments(deps, tenantId),
          bank(deps, tenantId),
        ]);
        const listed = today.toDo.map(({ id }) => id);
        const steps = (await advisedSteps?.(deps, tenantId, listed, todayOf(c))) ?? new Map<string, AdvisedStep>();
        return c.html(<TodayPage view={viewOf(c)} {...today} pending={pending} bank={news} steps={steps} />);
      }),
    );

    app.get(
      PATHS.cases,
      forCompany(async (c, tenantId) => {
        const { asked, page: wanted } = readListQuery((name) => c.req.query(name));
        const { rows, found, page } = await deps.db.tenant(tenantId, async (tx) => {
          const found = await countCases(tx, tenantId, asked, todayOf(c));
          // An address kept from when the list was longer shows its last page, not an empty one.
          const page = Math.max(1, Math.min(wanted, Math.ceil(found / PAGE_ROWS)));
          const rows = await listCases(tx, tenantId, asked, todayOf(c), { limit: PAGE_ROWS, offset: (page - 1) * PAGE_ROWS });
          return { rows, found, page };
        });
        return c.html(<ListPage view={viewOf(c)} asked={asked} rows={rows} found={found} page={page} />);
      }),
    );

    /** A page about one case of the company: the case as it stands, or « page introuvable ». */
    const ofCase = (work: (c: WebContext, of: CaseView, tenantId: string) => Response | Promise<Response>) =>
      forCompany(async (c, tenantId) => {
        const caseId = c.req.param('id') ?? '';
        const of = isId(caseId) ? await deps.db.tenant(tenantId, (tx) => viewCase(tx, tenantId, caseId, todayOf(c))) : undefined;
        return of ? work(c, of, tenantId) : notFound(c, 'case.unknown', 'Ce dossier n’existe pas dans cette entreprise.');
      });

    /** The court of the debtor's commune, while there is somebody to sue. */
    const courtFor = async (of: CaseView, tenantId: string, asOf: Day, insee: string | undefined) => {
      const { party, state, statement } = of;
      if (state.stage === 'closed' || state.stage === 'insolvent') return undefined;
      const { legalForm } = await deps.db.tenant(tenantId, (tx) => readCreditor(tx, tenantId));
      const balances = of.invoices.filter((i) => i.documentKind === 'invoice').map((i) => i.balanceCents);
      const principal = money(balances.reduce((sum, cents) => sum + cents, 0n));
      return courtOfCase(deps, {
        debtor: party.kind,
        postcode: party.postcode,
        city: party.city,
        country: party.country,
        legalForm,
        amount: statement.status === 'computed' ? statement.value.total : principal,
        asOf,
        insee,
        addressHref: debtorPath(of.id),
      });
    };

    app.get(
      '/dossiers/:id',
      ofCase(async (c, of, tenantId) => {
        const court = await courtFor(of, tenantId, todayOf(c), c.req.query('commune'));
        const advice = await adviceOnCase?.(deps, viewOf(c), tenantId, of);
        const typedDay = c.req.query('au') || undefined;
        const shown = {
          view: viewOf(c),
          of,
          court,
          typedDay,
          advice: advice?.card,
          warning: advice?.warning,
          step: advice?.step,
        };
        return c.html(<CasePage {...shown} />);
      }),
    );

    app.get(
      '/dossiers/:id/suite',
      ofCase((c, of) => c.html(<RoadsPage view={viewOf(c)} of={of} />)),
    );

    /** The mail that could be sent, on the page of an exchange. */
    const reminderFor = async (c: WebContext, tenantId: string, of: CaseView, kind: ActionKind) =>
      kind === 'contact'
        ? reminderOf(of, await deps.db.tenant(tenantId, (tx) => readCreditor(tx, tenantId)), todayOf(c))
        : undefined;

    /** The kind of fact that an address names. */
    const kindOf = (c: WebContext): ActionKind | undefined =>
      (Object.keys(ACTION_SLUGS) as ActionKind[]).find((kind) => ACTION_SLUGS[kind] === c.req.param('kind'));

    app.get(
      '/dossiers/:id/noter/:kind',
      ofCase(async (c, of, tenantId) => {
        const kind = kindOf(c);
        if (!kind) return notFound(c, 'web.not-found', 'Il n’y a rien à cette adresse.');
        if (!allows(of.state.stage, kind)) {
          return redirectWith(c, casePath(of.id), 'Cela n’a plus lieu d’être\u202f: le dossier a changé.', 'info');
        }
        const by = c.req.query('moyen');
        const typed: Typed = by ? { channel: by } : {};
        const asking = { view: viewOf(c), of, kind, opened: `${deps.clock.now()}`, typed };
        return c.html(<ActionPage {...asking} reminder={await reminderFor(c, tenantId, of, kind)} />);
      }),
    );
    app.post(
      '/dossiers/:id/noter/:kind',
      ofCase(async (c, of, tenantId) => {
        const kind = kindOf(c);
        if (!kind) return notFound(c, 'web.not-found', 'Il n’y a rien à cette adresse.');
        const typed = await typedIn(c);
        const done = await act(deps, tenantId, of.id, kind, typed, witness?.(deps, typed[OPENED] ?? ''));
        if (!done.ok) {
          const again = { view: viewOf(c), of, kind, opened: `${deps.clock.now()}`, typed, refusal: done.refusal };
          return c.html(<ActionPage {...again} reminder={await reminderFor(c, tenantId, of, kind)} />, 422);
        }
        const settled = done.value.settled ? ' Le dossier est soldé, il se ferme.' : '';
        return redirectWith(c, casePath(of.id), `${ACTION_PAGES[kind].done}${settled}`);
      }),
    );

    app.get(
      '/dossiers/:id/taux',
      ofCase((c, of) => c.html(<RatePage view={viewOf(c)} of={of} />)),
    );
    app.post(
      '/dossiers/:id/taux',
      ofCase(async (c, of, tenantId) => {
        const typed = await typedIn(c);
        const done = await setContractRate(deps, tenantId, of.id, typed.contractRate ?? '');
        if (!done.ok) return c.html(<RatePage view={viewOf(c)} of={of} typed={typed} refusal={done.refusal} />, 422);
        return redirectWith(c, casePath(of.id), 'Taux enregistré\u202f: le décompte est refait.');
      }),
    );

    app.get(
      '/dossiers/:id/client',
      ofCase((c, of) => c.html(<DebtorPage view={viewOf(c)} of={of} />)),
    );
    app.post(
      '/dossiers/:id/client',
      ofCase(async (c, of, tenantId) => {
        const typed = await typedIn(c);
        const done = await editDebtor(deps, tenantId, of.id, typed);
        if (!done.ok) return c.html(<DebtorPage view={viewOf(c)} of={of} typed={typed} refusal={done.refusal} />, 422);
        return redirectWith(c, casePath(of.id), 'Fiche du client enregistrée.');
      }),
    );

    const paymentOf = (c: WebContext, of: CaseView) =>
      factsOf(of.facts, 'payment-recorded').find((f) => f.payload.paymentId === c.req.param('payment'));
    app.get(
      '/dossiers/:id/paiements/:payment/annuler',
      ofCase((c, of) => {
        const payment = paymentOf(c, of);
        if (!payment) return notFound(c, 'payment.unknown', 'Ce paiement n’est pas dans ce dossier.');
        return c.html(<UndoPaymentPage view={viewOf(c)} of={of} payment={payment} />);
      }),
    );
    app.post(
      '/dossiers/:id/paiements/:payment/annuler',
      ofCase(async (c, of, tenantId) => {
        const payment = paymentOf(c, of);
        if (!payment) return notFound(c, 'payment.unknown', 'Ce paiement n’est pas dans ce dossier.');
        const typed = await typedIn(c);
        const done = await takePaymentBack(deps, tenantId, of.id, payment.payload.paymentId, typed.reason ?? '');
        if (!done.ok) {
          return c.html(<UndoPaymentPage view={viewOf(c)} of={of} payment={payment} typed={typed} refusal={done.refusal} />, 422);
        }
        return redirectWith(c, casePath(of.id), 'Paiement annulé\u202f: la somme est de nouveau due.');
      }),
    );

    /** The page on an entry of the story; where it is no longer to be taken back, the way to the case. */
    const ofEntry = (page: (c: WebContext, of: CaseView, fact: Takeable, tenantId: string) => Response | Promise<Response>) =>
      ofCase((c, of, tenantId) => {
        const fact = of.story.find((one): one is Takeable => isTakeable(one) && `${one.seq}` === c.req.param('entry'));
        if (!fact) return notFound(c, 'case.fact-unknown', 'Rien de tel n’est noté dans ce dossier.');
        if (of.state.stage === 'closed' || mistakesIn(of.story).has(fact.seq))
          return redirectWith(c, casePath(of.id), 'Cela n’a plus lieu d’être\u202f: le dossier a changé.', 'info');
        return page(c, of, fact, tenantId);
      });
    app.get(
      '/dossiers/:id/histoire/:entry/erreur',
      ofEntry((c, of, fact) => c.html(<MistakePage view={viewOf(c)} of={of} fact={fact} />)),
    );
    app.post(
      '/dossiers/:id/histoire/:entry/erreur',
      ofEntry(async (c, of, fact, tenantId) => {
        const typed = await typedIn(c);
        const done = await noteMistake(deps, tenantId, of.id, fact.seq, typed.reason ?? '');
        if (!done.ok)
          return c.html(<MistakePage view={viewOf(c)} of={of} fact={fact} typed={typed} refusal={done.refusal} />, 422);
        return redirectWith(c, casePath(of.id), MISTAKES[fact.kind].done);
      }),
    );

    app.get('/fichiers/:sha256', async (c) => {
      const tenantId = tenantOf(c);
      const sha256 = c.req.param('sha256');
      const known =
        tenantId && /^[0-9a-f]{64}$/.test(sha256)
          ? await deps.db.tenant(tenantId, (tx) => findFile(tx, tenantId, sha256))
          : undefined;
      if (!tenantId || !known) return notFound(c, 'file.unknown', 'Ce document n’est pas dans cette entreprise.');
      return sendDocument(c, new Uint8Array(await deps.files.read(tenantId, sha256)), { ...known, framed: true });
    });
    return app;
  },
});

const notFound = (c: WebContext, code: Refusal['code'], message: string) => problem(c, 404, { code, message });
