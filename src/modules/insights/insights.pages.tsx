import { Hono } from 'hono';
import { ACTION_WORDS, ACTIONS } from '#core/advice/actions.ts';
import { simulationPath } from '#modules/advice/index.ts';
import type { Deps } from '#platform/deps.ts';
import { count } from '#ui/format.ts';
import { problem, wantsJson } from '#ui/problem.tsx';
import { filesIn, forCompany, redirectWith, typedIn, viewOf, type WebContext, type WebEnv, type WebModule } from '#ui/web.ts';
import { HistoryPage } from './history-page.tsx';
import { forgetImported, importTable, keepTable, mappingIn, previewTable } from './importing.ts';
import { acceptRate, ratesOf } from './own-rates.ts';
import { acceptPath, forgetImportedPath, historyPath, previewPath, simulationCsvPath } from './paths.ts';
import { PreviewPage } from './preview-page.tsx';
import { simulatePolicies } from './simulation.ts';
import { simulationCsv } from './simulation-csv.ts';
import { SimulationPage } from './simulation-page.tsx';

/** The user's own past: closed cases and what the advice learns of them. */
export const insightsWeb: WebModule = {
  uploads: [historyPath],
  routes: (deps) =>
    new Hono<WebEnv>().route('/', historyRoutes(deps)).route('/', tableRoutes(deps)).route('/', simulationRoutes(deps)),
};

async function historyPage(deps: Deps, c: WebContext, tenantId: string, error?: string) {
  const { own, rates } = await ratesOf(deps, tenantId);
  const props = { view: viewOf(c), own, rates, maxBytes: deps.config.limits.fileBytes };
  return c.html(<HistoryPage {...props} {...(error === undefined ? {} : { error })} />, error === undefined ? 200 : 422);
}

function historyRoutes(deps: Deps): Hono<WebEnv> {
  return new Hono<WebEnv>()
    .get(
      historyPath,
      forCompany((c, tenantId) => historyPage(deps, c, tenantId)),
    )
    .post(
      historyPath,
      forCompany(async (c, tenantId) => {
        const [file] = await filesIn(c, 'files');
        if (!file) return historyPage(deps, c, tenantId, 'Choisissez d’abord un tableau.');
        const kept = await keepTable(deps, tenantId, file);
        if (wantsJson(c)) {
          if (kept.ok) return c.json({ message: 'Tableau reçu\u202f: relisez-le.', href: previewPath(kept.value) });
          return problem(c, 422, kept.refusal);
        }
        if (!kept.ok) return historyPage(deps, c, tenantId, kept.refusal.message);
        return c.redirect(previewPath(kept.value), 303);
      }),
    )
    .post(
      acceptPath,
      forCompany(async (c, tenantId) => {
        const typed = await typedIn(c);
        const action = ACTIONS.find((one) => one === typed.action);
        if (!action) return redirectWith(c, historyPath, 'Cette étape n’existe pas.', 'late');
        const done = await acceptRate(deps, tenantId, action);
        if (!done.ok) return redirectWith(c, historyPath, done.refusal.message, 'late');
        return redirectWith(c, historyPath, `Le conseil compte maintenant avec votre taux\u202f: ${ACTION_WORDS[action].noun}.`);
      }),
    )
    .post(
      forgetImportedPath,
      forCompany(async (c, tenantId) => {
        const gone = await forgetImported(deps, tenantId);
        return redirectWith(c, historyPath, `${count(gone, 'dossier retiré', 'dossiers retirés')}.`);
      }),
    );
}

function tableRoutes(deps: Deps): Hono<WebEnv> {
  return new Hono<WebEnv>()
    .get(
      previewPath(':sha256'),
      forCompany(async (c, tenantId) => {
        const of = await previewTable(deps, tenantId, c.req.param('sha256') ?? '', mappingIn(c.req.query()));
        if (!of)
          return problem(c, 404, {
            code: 'closed-cases-unknown-file',
            message: 'Ce tableau n’est plus là. Déposez-le de nouveau.',
          });
        return c.html(<PreviewPage view={viewOf(c)} of={of} />);
      }),
    )
    .post(
      previewPath(':sha256'),
      forCompany(async (c, tenantId) => {
        const sha256 = c.req.param('sha256') ?? '';
        const done = await importTable(deps, tenantId, sha256, mappingIn(await typedIn(c)));
        if (!done.ok) return redirectWith(c, historyPath, done.refusal.message, 'late');
        const { added, changed, same } = done.value;
        const said = `${count(added, 'dossier ajouté', 'dossiers ajoutés')}, ${count(changed, 'changé')}, ${count(same, 'déjà connu', 'déjà connus')}.`;
        return redirectWith(c, historyPath, said);
      }),
    );
}

function simulationRoutes(deps: Deps): Hono<WebEnv> {
  return new Hono<WebEnv>()
    .get(
      simulationPath,
      forCompany(async (c, tenantId) => {
        const typed = c.req.query();
        const done = await simulatePolicies(deps, tenantId, viewOf(c).today, typed);
        return c.html(<SimulationPage view={viewOf(c)} typed={typed} of={done} />, done.ok ? 200 : 422);
      }),
    )
    .get(
      simulationCsvPath,
      forCompany(async (c, tenantId) => {
        const done = await simulatePolicies(deps, tenantId, viewOf(c).today, c.req.query());
        if (!done.ok) return problem(c, 422, done.refusal);
        c.header('content-type', 'text/csv; charset=utf-8');
        c.header('content-disposition', 'attachment; filename="simulation.csv"');
        return c.body(simulationCsv(done.value));
      }),
    );
}
