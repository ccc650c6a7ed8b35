import { Hono } from 'hono';
import { ruleNamed } from '#core/claim/rules.ts';
import { currentLaw } from '#core/law/book.ts';
import type { Deps } from '#platform/deps.ts';
import { PATHS } from '#ui/view.ts';
import { tenantOf, viewOf, type WebContext, type WebEnv, type WebModule } from '#ui/web.ts';
import { GuidePage } from './guide/index-page.tsx';
import { RulePage } from './guide/rule-page.tsx';
import { lawOf, ownValues } from './own-values.ts';
import { ownValueRoutes } from './own-values-routes.tsx';
import { guidePath } from './paths.ts';
import { RatesPage } from './rates-page.tsx';

/** « Le droit »: what the program knows of the law, what a company set itself, and a page for each rule. */
export const lawWeb: WebModule = {
  routes: (deps) =>
    new Hono<WebEnv>()
      .get(PATHS.law, async (c) => c.html(<RatesPage view={viewOf(c)} {...(await lawHere(deps, c))} />))
      .get(guidePath, (c) => c.html(<GuidePage view={viewOf(c)} />))
      .get(`${guidePath}/:rule`, async (c, next) => {
        const rule = ruleNamed(c.req.param('rule'));
        if (!rule) return next();
        const { essai, ...typed } = c.req.query();
        const { law } = await lawHere(deps, c);
        return c.html(<RulePage view={viewOf(c)} rule={rule} law={law} typed={essai === undefined ? undefined : typed} />);
      })
      .route('/', ownValueRoutes(deps)),
};

/** The law as the company looked at applies it, and how many figures of its own it uses; the encoded law before there is a company. */
async function lawHere(deps: Deps, c: WebContext) {
  const tenantId = tenantOf(c);
  if (tenantId === undefined) return { law: currentLaw, own: 0 };
  return deps.db.tenant(tenantId, async (tx) => {
    const values = await ownValues(tx, tenantId);
    return { law: await lawOf(tx, tenantId), own: values.filter((one) => !one.withdrawn).length };
  });
}
