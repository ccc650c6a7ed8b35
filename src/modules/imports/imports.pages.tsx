import { Hono } from 'hono';
import { sampleOpenItems } from '#formats/open-items/index.ts';
import type { Deps } from '#platform/deps.ts';
import { fieldErrors, type Typed } from '#platform/form.ts';
import { isId } from '#platform/ids.ts';
import { fileSize } from '#ui/format.ts';
import { problem, wantsJson } from '#ui/problem.tsx';
import { filesIn, forCompany, redirectWith, typedIn, viewOf, type WebContext, type WebEnv, type WebModule } from '#ui/web.ts';
import { ColumnsPage } from './columns-page.tsx';
import { errorsCsv, importErrors } from './errors.ts';
import { abandonImport, applyImport, changeImport, lookAtImport, receiveImport, settlesMuch } from './imports.ts';
import { jobOf, startJob, waitAMoment } from './jobs.ts';
import { ListPage } from './list-page.tsx';
import { optionsIn } from './options-form.ts';
import { abandonPath, columnsPath, errorsPath, IMPORTS_PATH, importPath } from './paths.ts';
import { ERRORS_SHOWN, PreviewPage } from './preview-page.tsx';
import { readSheetSafely } from './sheet-reader.ts';
import { InterruptedPage, ProgressPage, ResultPage, UnreadablePage } from './state-pages.tsx';
import { type Import, listImports, readImport } from './store.ts';

/** Lists of open invoices from other tools: dropped, read, looked at, taken in. */
export const importsWeb: WebModule = {
  uploads: [IMPORTS_PATH],
  routes: (deps) => new Hono<WebEnv>().route('/', dropRoutes(deps)).route('/', importRoutes(deps)).route('/', columnRoutes(deps)),
};

/** Lists that came before, shown below. */
const BEFORE = 10;

async function listPage(deps: Deps, c: WebContext, tenantId: string, typed?: Typed, error?: string) {
  const before = await deps.db.tenant(tenantId, (tx) => listImports(tx, tenantId, BEFORE));
  const props = { view: viewOf(c), maxBytes: deps.config.limits.fileBytes, before, error };
  return c.html(<ListPage {...props} {...(typed ? { typed } : {})} />, error === undefined ? 200 : 422);
}

function dropRoutes(deps: Deps): Hono<WebEnv> {
  return new Hono<WebEnv>()
    .get(
      IMPORTS_PATH,
      forCompany((c, tenantId) => listPage(deps, c, tenantId)),
    )
    .post(
      IMPORTS_PATH,
      forCompany(async (c, tenantId) => {
        const [file] = await filesIn(c, 'files');
        const typed = await typedIn(c);
        const limit = deps.config.limits.fileBytes;
        if (!file) return listPage(deps, c, tenantId, typed, 'Choisissez d’abord une liste.');
        if (file.size > limit) {
          const message = `Cette liste dépasse ${fileSize(limit)}. Importez-la en ligne de commande\u202f: ./quitus import.`;
          return wantsJson(c) ? problem(c, 422, { code: 'too-large', message }) : listPage(deps, c, tenantId, typed, message);
        }
        const source = { name: file.name || 'liste.csv', bytes: new Uint8Array(await file.arrayBuffer()) };
        const received = await receiveImport(deps, tenantId, source, { mode: typed.mode === 'full' ? 'full' : 'delta' });
        if (!received.ok) return listPage(deps, c, tenantId, typed, received.refusal.message);
        await look(deps, tenantId, received.value);
        if (wantsJson(c))
          return c.json({ message: 'Liste reçue\u202f: vérifiez-la.', href: importPath(received.value), go: true });
        return c.redirect(importPath(received.value), 303);
      }),
    );
}

const look = (deps: Deps, tenantId: string, id: string): Promise<void> =>
  waitAMoment(startJob(id, (report) => lookAtImport(deps, tenantId, id, report)));

/** The answer to a page of one import; one that is not there is not found. */
const forImport = (deps: Deps, answer: (c: WebContext, tenantId: string, of: Import) => Response | Promise<Response>) =>
  forCompany(async (c, tenantId) => {
    const id = c.req.param('id') ?? '';
    const found = isId(id) ? await deps.db.tenant(tenantId, (tx) => readImport(tx, tenantId, id)) : undefined;
    if (found && found.status !== 'abandoned') return answer(c, tenantId, found);
    return problem(c, 404, { code: 'import.unknown', message: 'Cette liste n’est plus là. Déposez-la de nouveau.' });
  });

function importRoutes(deps: Deps): Hono<WebEnv> {
  return new Hono<WebEnv>()
    .get(
      importPath(':id'),
      forImport(deps, (c, tenantId, of) => importPage(deps, c, tenantId, of)),
    )
    .post(
      importPath(':id'),
      forImport(deps, async (c, tenantId, of) => {
        const typed = await typedIn(c);
        const answers = { sure: typed.sure !== undefined, publicByName: typed.publicByName !== undefined };
        if (of.status === 'to-confirm' && of.summary && settlesMuch(of.summary) && !answers.sure) {
          const ticked = { ...of, options: { ...of.options, publicByName: answers.publicByName } };
          const why = 'Cochez d’abord que la liste est bien complète, ou abandonnez-la.';
          return previewPage(deps, c, tenantId, ticked, why, 422);
        }
        await waitAMoment(startJob(of.id, (report) => applyImport(deps, tenantId, of.id, answers, report)));
        return c.redirect(importPath(of.id), 303);
      }),
    )
    .get(
      errorsPath(':id'),
      forImport(deps, async (c, tenantId, of) => {
        const errors = await deps.db.tenant(tenantId, (tx) => importErrors(tx, tenantId, of.id));
        c.header('content-type', 'text/csv; charset=utf-8');
        c.header('content-disposition', 'attachment; filename="a-corriger.csv"');
        return c.body(errorsCsv(errors));
      }),
    )
    .post(
      abandonPath(':id'),
      forImport(deps, async (c, tenantId, of) => {
        await abandonImport(deps, tenantId, of.id);
        return redirectWith(c, IMPORTS_PATH, 'Liste abandonnée\u202f: rien n’a changé.', 'info');
      }),
    );
}

/** Where an import stands: under way, interrupted, to be explained, to be confirmed, done. */
async function importPage(deps: Deps, c: WebContext, tenantId: string, of: Import): Promise<Response> {
  const view = viewOf(c);
  const job = jobOf(of.id);
  if (job && !job.ended) {
    c.header('refresh', '2');
    return c.html(<ProgressPage view={view} of={of} progress={job.progress} />);
  }
  if (of.status === 'applied' && of.summary) {
    const errors = await deps.db.tenant(tenantId, (tx) => importErrors(tx, tenantId, of.id, ERRORS_SHOWN));
    return c.html(<ResultPage view={view} of={of} summary={of.summary} errors={errors} />);
  }
  if (of.status === 'confirmed') return c.html(<InterruptedPage view={view} of={of} />);
  if (of.refusal) return columnsPage(deps, c, tenantId, of, { message: of.refusal.message });
  if (of.summary) return previewPage(deps, c, tenantId, of, job?.refusal?.message);
  if (job?.failed)
    return problem(c, 500, {
      code: 'import.failed',
      message: 'Quitus n’a pas pu lire cette liste. Rien n’est enregistré\u202f: déposez-la de nouveau.',
    });
  // Quitus stopped while it was looking.
  await look(deps, tenantId, of.id);
  return c.redirect(importPath(of.id), 303);
}

async function previewPage(
  deps: Deps,
  c: WebContext,
  tenantId: string,
  of: Import,
  refused?: string,
  status: 200 | 422 = 200,
): Promise<Response> {
  if (!of.summary) return c.redirect(importPath(of.id), 303);
  const errors = await deps.db.tenant(tenantId, (tx) => importErrors(tx, tenantId, of.id, ERRORS_SHOWN));
  const page = <PreviewPage view={viewOf(c)} of={of} summary={of.summary} errors={errors} refused={refused} />;
  return c.html(page, status);
}

interface Answered {
  readonly typed?: Typed;
  readonly errors?: Readonly<Record<string, string>>;
  readonly message?: string;
}

const sampleOf = (deps: Deps, tenantId: string, of: Import) =>
  sampleOpenItems(deps.files.readStream(tenantId, of.sha256), of.fileName, { readSheet: readSheetSafely });

async function columnsPage(deps: Deps, c: WebContext, tenantId: string, of: Import, answered: Answered = {}): Promise<Response> {
  const sample = await sampleOf(deps, tenantId, of);
  if (of.refusal && !sample && of.refusal.code !== 'import-terms')
    return c.html(<UnreadablePage view={viewOf(c)} of={of} message={of.refusal.message} />);
  const status = answered.errors ? 422 : 200;
  return c.html(<ColumnsPage view={viewOf(c)} of={of} sample={sample} {...answered} />, status);
}

function columnRoutes(deps: Deps): Hono<WebEnv> {
  return new Hono<WebEnv>()
    .get(
      columnsPath(':id'),
      forImport(deps, (c, tenantId, of) =>
        of.status === 'to-confirm' ? columnsPage(deps, c, tenantId, of) : c.redirect(importPath(of.id), 303),
      ),
    )
    .post(
      columnsPath(':id'),
      forImport(deps, async (c, tenantId, of) => {
        const typed = await typedIn(c);
        const options = optionsIn(typed, await sampleOf(deps, tenantId, of));
        const changed = options.ok ? await changeImport(deps, tenantId, of.id, options.value) : options;
        if (!changed.ok) {
          const errors = fieldErrors(changed.refusal);
          const message = Object.keys(errors).length === 0 ? changed.refusal.message : undefined;
          return columnsPage(deps, c, tenantId, of, { typed, errors, ...(message ? { message } : {}) });
        }
        await look(deps, tenantId, of.id);
        return c.redirect(importPath(of.id), 303);
      }),
    );
}
