import { Hono } from 'hono';
import type { Deps } from '#platform/deps.ts';
import type { Typed } from '#platform/form.ts';
import { problem } from '#ui/problem.tsx';
import { forCompany, redirectWith, typedIn, viewOf, type WebContext, type WebEnv } from '#ui/web.ts';
import { matchPending } from './matching.ts';
import { moneyHref, receivedWords } from './money-page.tsx';
import { tablePath } from './paths.ts';
import { TablePage } from './table-page.tsx';
import { previewTable, takeTable, unknownTable } from './tables.ts';

/** The columns of a bank's table that no one knows: asked, shown as read, taken. */
export function tableRoutes(deps: Deps): Hono<WebEnv> {
  const page = async (c: WebContext, tenantId: string, typed: Typed, error?: string) => {
    const of = await previewTable(deps, tenantId, c.req.param('sha256') ?? '', typed);
    if (!of) return problem(c, 404, unknownTable().refusal);
    return c.html(<TablePage view={viewOf(c)} of={of} {...(error ? { error } : {})} />, error ? 422 : 200);
  };
  return new Hono<WebEnv>()
    .get(
      tablePath(':sha256'),
      forCompany((c, tenantId) => page(c, tenantId, c.req.query())),
    )
    .post(
      tablePath(':sha256'),
      forCompany(async (c, tenantId) => {
        const typed = await typedIn(c);
        const taken = await takeTable(deps, tenantId, c.req.param('sha256') ?? '', typed);
        if (!taken.ok) return page(c, tenantId, typed, taken.refusal.message);
        const { applied, proposed, unmatched } = await matchPending(deps, tenantId);
        const added = taken.value.statements.reduce((sum, one) => sum + one.added, 0);
        const told = receivedWords({ before: taken.value.before, added, applied, waiting: proposed + unmatched });
        return redirectWith(c, moneyHref('waiting', 1, true), told);
      }),
    );
}
