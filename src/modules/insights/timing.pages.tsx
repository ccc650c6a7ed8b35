import { Hono } from 'hono';
import { count } from '#ui/format.ts';
import { forCompany, redirectWith, typedIn, viewOf, type WebEnv, type WebModule } from '#ui/web.ts';
import { timingPath, timingReleasePath, timingStopPath } from './paths.ts';
import { releaseCase, startTrial, stopTrial, trialResult, trialsOf } from './timing.ts';
import { TimingPage } from './timing-page.tsx';

/** « Comparer deux délais »: opt-in, stopped at any time, case by case. */
export const timingWeb: WebModule = {
  routes: (deps) =>
    new Hono<WebEnv>()
      .get(
        timingPath,
        forCompany(async (c, tenantId) => {
          const view = viewOf(c);
          const results = await deps.db.tenant(tenantId, async (tx) => {
            const found = [];
            for (const trial of await trialsOf(tx, tenantId)) found.push(await trialResult(tx, tenantId, trial, view.today));
            return found;
          });
          return c.html(<TimingPage view={view} results={results} />);
        }),
      )
      .post(
        timingPath,
        forCompany(async (c, tenantId) => {
          const done = await startTrial(deps, tenantId, (await typedIn(c)).design ?? '');
          if (!done.ok) return redirectWith(c, timingPath, done.refusal.message, 'late');
          return redirectWith(
            c,
            timingPath,
            `Comparaison commencée\u202f: ${count(done.value.drawn, 'dossier tiré', 'dossiers tirés')} au sort.`,
          );
        }),
      )
      .post(
        timingStopPath,
        forCompany(async (c, tenantId) => {
          const done = await stopTrial(deps, tenantId);
          if (!done.ok) return redirectWith(c, timingPath, done.refusal.message, 'late');
          return redirectWith(c, timingPath, 'Comparaison arrêtée.');
        }),
      )
      .post(
        timingReleasePath(':id'),
        forCompany(async (c, tenantId) => {
          const caseId = c.req.param('id') ?? '';
          const done = await releaseCase(deps, tenantId, caseId);
          if (!done.ok) return redirectWith(c, timingPath, done.refusal.message, 'late');
          return redirectWith(c, `/dossiers/${caseId}`, 'Dossier retiré\u202f: son premier rappel revient au jour ordinaire.');
        }),
      ),
};
