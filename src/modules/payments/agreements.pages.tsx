import { Hono } from 'hono';
import { frenchAmount } from '#core/kernel/french.ts';
import type { Refusal } from '#core/kernel/result.ts';
import { type CaseView, viewCase } from '#modules/cases/index.ts';
import type { Deps } from '#platform/deps.ts';
import type { Typed } from '#platform/form.ts';
import { isId } from '#platform/ids.ts';
import { problem } from '#ui/problem.tsx';
import { forCompany, redirectWith, typedIn, viewOf, type WebContext, type WebEnv } from '#ui/web.ts';
import { accessoriesLeft, agreeImputation, compareOrders, waiveAccessories } from './agreements.ts';
import { ImputationPage } from './imputation-page.tsx';
import { LeftPage } from './left-page.tsx';
import { casePath, closingPath, imputationPath, leftPath } from './paths.ts';

/** What the creditor agrees to on a case: the principal first, or no interest in the end. */
export function agreementRoutes(deps: Deps): Hono<WebEnv> {
  const ofCase = (work: (c: WebContext, of: CaseView, tenantId: string) => Response | Promise<Response>) =>
    forCompany(async (c, tenantId) => {
      const caseId = c.req.param('id') ?? '';
      const { today } = viewOf(c);
      const of = isId(caseId) ? await deps.db.tenant(tenantId, (tx) => viewCase(tx, tenantId, caseId, today)) : undefined;
      if (!of) return problem(c, 404, { code: 'case.unknown', message: 'Ce dossier n’existe pas dans cette entreprise.' });
      if (of.state.stage === 'closed')
        return redirectWith(c, casePath(of.id), 'Ce dossier est fermé. Rouvrez-le d’abord.', 'info');
      return work(c, of, tenantId);
    });

  const imputation = (c: WebContext, of: CaseView, typed: Typed = {}, refusal?: Refusal) => {
    const props = { view: viewOf(c), of, compared: compareOrders(of, viewOf(c).today), typed, refusal };
    return c.html(<ImputationPage {...props} />, refusal ? 422 : 200);
  };
  const whatIsLeft = (c: WebContext, of: CaseView, typed: Typed = {}, refusal?: Refusal) => {
    const left = accessoriesLeft(of);
    // Nothing to claim nor to give up: there is only the case to close.
    if (!left) return of.state.stage === 'settled' ? c.redirect(closingPath(of.id), 303) : c.redirect(casePath(of.id), 303);
    return c.html(<LeftPage view={viewOf(c)} of={of} left={left} typed={typed} refusal={refusal} />, refusal ? 422 : 200);
  };

  return new Hono<WebEnv>()
    .get(
      imputationPath(':id'),
      ofCase((c, of) => imputation(c, of)),
    )
    .post(
      imputationPath(':id'),
      ofCase(async (c, of, tenantId) => {
        const typed = await typedIn(c);
        // The order that the page showed: sent twice, or from an old page, it changes nothing back.
        const order = typed.order === 'interest-first' ? 'interest-first' : 'principal-first';
        const done = await agreeImputation(deps, tenantId, of.id, order, typed);
        if (!done.ok) {
          if (done.refusal.code === 'case.imputation-same') return redirectWith(c, casePath(of.id), done.refusal.message, 'info');
          return imputation(c, of, typed, done.refusal);
        }
        const { before, after } = done.value;
        const told = before && after ? ` Dû ce jour\u202f: ${frenchAmount(after)}, au lieu de ${frenchAmount(before)}.` : '';
        const what = order === 'principal-first' ? 'Accord noté.' : 'Retour à la règle de la loi.';
        return redirectWith(c, casePath(of.id), before?.cents === after?.cents ? what : `${what}${told}`);
      }),
    )
    .get(
      leftPath(':id'),
      ofCase((c, of) => whatIsLeft(c, of)),
    )
    .post(
      leftPath(':id'),
      ofCase(async (c, of, tenantId) => {
        const typed = await typedIn(c);
        const done = await waiveAccessories(deps, tenantId, of.id, typed);
        if (!done.ok) return whatIsLeft(c, of, typed, done.refusal);
        return redirectWith(c, casePath(of.id), `Dossier fermé\u202f: vous avez renoncé à ${frenchAmount(done.value.waived)}.`);
      }),
    );
}
