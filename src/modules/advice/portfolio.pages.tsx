import { Hono } from 'hono';
import { ACTIONS } from '#core/advice/actions.ts';
import type { Deps } from '#platform/deps.ts';
import { forCompany, viewOf, type WebEnv } from '#ui/web.ts';
import { portfolioPath } from './paths.ts';
import { portfolioView, readPortfolioQuery } from './portfolio.ts';
import { PortfolioPage, WeighingPage } from './portfolio-page.tsx';
import { weighings } from './weighed-book.ts';

/** What a page may take before it says how far the weighing is, and when it asks again. */
const PATIENCE_MS = 1200;
const AGAIN_SECONDS = 1;

/** « Où mettre votre temps ». */
export function portfolioRoutes(deps: Deps): Hono<WebEnv> {
  return new Hono<WebEnv>().get(
    portfolioPath,
    forCompany(async (c, tenantId) => {
      const view = viewOf(c);
      const of = await weighings(deps, tenantId, view.today, PATIENCE_MS);
      if ('ready' in of)
        return c.html(<PortfolioPage view={view} of={portfolioView(of.ready, readPortfolioQuery(c.req.query(), ACTIONS))} />);
      c.header('refresh', String(AGAIN_SECONDS));
      return c.html(<WeighingPage view={view} of={of.working} />);
    }),
  );
}
