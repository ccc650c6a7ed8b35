import { Hono } from 'hono';
import type { Deps } from '#platform/deps.ts';
import { newId } from '#platform/ids.ts';
import { forCompany, redirectWith, typedIn, viewOf, type WebContext, type WebEnv } from '#ui/web.ts';
import { lawOf, type OwnValue, ownValues, setOwnValue, withdrawOwnValue } from './own-values.ts';
import { OwnValuesPage, SetValuePage, WithdrawPage } from './own-values-pages.tsx';
import { SUBJECTS, subjectOfSlug } from './own-values-words.ts';
import { ownValuePath, ownValuesPath, withdrawPath } from './paths.ts';

/** The pages of a company's own figures. */
export function ownValueRoutes(deps: Deps): Hono<WebEnv> {
  const app = new Hono<WebEnv>();
  const valuesOf = (tenantId: string) => deps.db.tenant(tenantId, (tx) => ownValues(tx, tenantId));
  const lawFor = (tenantId: string) => deps.db.tenant(tenantId, (tx) => lawOf(tx, tenantId));

  app.get(
    ownValuesPath,
    forCompany(async (c, tenantId) => c.html(<OwnValuesPage view={viewOf(c)} values={await valuesOf(tenantId)} />)),
  );

  app.get(ownValuePath(':slug'), (c, next) => {
    const subject = subjectOfSlug(c.req.param('slug') ?? '');
    if (!subject) return next();
    return forCompany(async (_, tenantId) =>
      c.html(<SetValuePage view={viewOf(c)} subject={subject} law={await lawFor(tenantId)} newId={newId()} />),
    )(c);
  });
  app.post(ownValuePath(':slug'), (c, next) => {
    const subject = subjectOfSlug(c.req.param('slug') ?? '');
    if (!subject) return next();
    return forCompany(async (_, tenantId) => {
      const typed = await typedIn(c);
      const done = await setOwnValue(deps, tenantId, subject, typed);
      if (done.ok) return redirectWith(c, ownValuesPath, `${SUBJECTS[subject].title}\u202f: votre valeur est utilisée.`);
      const law = await lawFor(tenantId);
      const page = (
        <SetValuePage view={viewOf(c)} subject={subject} law={law} newId={newId()} typed={typed} refusal={done.refusal} />
      );
      return c.html(page, 422);
    })(c);
  });

  /** The figure of the address, when it counts still. */
  const counting = async (c: WebContext, tenantId: string): Promise<OwnValue | undefined> =>
    (await valuesOf(tenantId)).find((one) => one.id === c.req.param('id') && !one.withdrawn);
  const gone = (c: WebContext) => redirectWith(c, ownValuesPath, 'Cette valeur est déjà retirée, ou n’existe pas.', 'info');

  app.get(
    withdrawPath(':id'),
    forCompany(async (c, tenantId) => {
      const of = await counting(c, tenantId);
      return of ? c.html(<WithdrawPage view={viewOf(c)} of={of} />) : gone(c);
    }),
  );
  app.post(
    withdrawPath(':id'),
    forCompany(async (c, tenantId) => {
      const of = await counting(c, tenantId);
      if (!of) return gone(c);
      const typed = await typedIn(c);
      const done = await withdrawOwnValue(deps, tenantId, of.id, typed);
      if (done.ok) return redirectWith(c, ownValuesPath, `${SUBJECTS[of.subject].title}\u202f: la valeur est retirée.`);
      return c.html(<WithdrawPage view={viewOf(c)} of={of} typed={typed} refusal={done.refusal} />, 422);
    }),
  );
  return app;
}
