import { Hono } from 'hono';
import type { Deps } from '#platform/deps.ts';
import { fieldErrors } from '#platform/form.ts';
import { isId, newId } from '#platform/ids.ts';
import { problem } from '#ui/problem.tsx';
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
import { amendCreditor, createCompany, readCreditor, readPicture, removeDemo, savePicture } from './companies.ts';
import { type Creditor, typedOf } from './creditor.ts';
import { subjectPath } from './missing-facts.tsx';
import { CHECK, CheckPage, nextPath, StepPage, stepPath } from './new-company-pages.tsx';
import { PICTURES, PicturesPage, picturesPath } from './pictures-page.tsx';
import { RemoveDemoPage } from './remove-demo-page.tsx';
import { SettingsPage, SubjectPage } from './settings-pages.tsx';
import { STEPS, SUBJECTS } from './subjects.ts';
import { WelcomePage } from './welcome-page.tsx';

/** The first visit, the creation of a company, its settings, and the end of the demonstration. */
export const companiesWeb: WebModule = {
  uploads: [`${picturesPath}/:which`],
  routes: (deps) =>
    new Hono<WebEnv>()
      .get(PATHS.welcome, (c) => c.html(<WelcomePage view={viewOf(c)} />))
      .route('/', creationRoutes(deps))
      .route('/', pictureRoutes(deps))
      .route('/', settingsRoutes(deps))
      .get(PATHS.removeDemo, (c) => {
        const demo = demoOf(c);
        return demo ? c.html(<RemoveDemoPage view={viewOf(c)} demo={demo} />) : c.redirect(PATHS.today, 303);
      })
      .post(PATHS.removeDemo, async (c) => {
        const demo = demoOf(c);
        // Gone already: pressed twice, or from another window.
        if (demo) await removeDemo(deps, demo.id);
        return redirectWith(c, PATHS.today, 'La démonstration est supprimée.');
      }),
};

const demoOf = (c: WebContext) => viewOf(c).companies.find((company) => company.demo);

/** The company's identity; undefined before there is a company. */
async function creditorOf(deps: Deps, c: WebContext): Promise<Creditor | undefined> {
  const tenant = tenantOf(c);
  return tenant === undefined ? undefined : deps.db.tenant(tenant, (tx) => readCreditor(tx, tenant));
}

function creationRoutes(deps: Deps): Hono<WebEnv> {
  const [first] = STEPS;
  if (!first) throw new Error('the creation of a company has no step');
  return new Hono<WebEnv>()
    .get(PATHS.newCompany, (c) => c.html(<StepPage view={viewOf(c)} step={first} typed={{}} newId={newId()} />))
    .post(PATHS.newCompany, async (c) => {
      const view = viewOf(c);
      const typed = await typedIn(c);
      const id = typed.id !== undefined && isId(typed.id) ? typed.id : newId();
      const same = view.companies.find((one) => !one.demo && (one.id === id || sameName(one.name, typed.name ?? '')));
      if (same) {
        c.set('company', same.id);
        return redirectWith(c, nextPath(first), `${same.name} existe déjà dans Quitus\u202f: vous continuez avec elle.`, 'info');
      }
      const made = await createCompany(deps, { name: typed.name ?? '' }, 'own', id);
      if (!made.ok) {
        const errors = fieldErrors(made.refusal);
        return c.html(<StepPage view={view} step={first} typed={typed} errors={errors} newId={id} />, 422);
      }
      c.set('company', made.value.id);
      return c.redirect(nextPath(first), 303);
    })
    .get(stepPath(CHECK), async (c) => {
      const creditor = await creditorOf(deps, c);
      if (!creditor || viewOf(c).tenant?.demo) return c.redirect(PATHS.newCompany, 303);
      return c.html(<CheckPage view={viewOf(c)} creditor={creditor} />);
    })
    .get(stepPath(':slug'), async (c, next) => {
      const step = STEPS.find(({ slug }) => slug === c.req.param('slug'));
      if (!step) return next();
      const creditor = await creditorOf(deps, c);
      // The demonstration has its own identity: these questions are for a company of one's own.
      if (!creditor || viewOf(c).tenant?.demo) return c.redirect(PATHS.newCompany, 303);
      const checking = c.req.query('suite') === CHECK;
      return c.html(<StepPage view={viewOf(c)} step={step} typed={typedOf(creditor)} creditor={creditor} checking={checking} />);
    })
    .post(stepPath(':slug'), async (c, next) => {
      const step = STEPS.find(({ slug }) => slug === c.req.param('slug'));
      const tenant = viewOf(c).tenant;
      if (!step) return next();
      if (!tenant || tenant.demo) return c.redirect(PATHS.newCompany, 303);
      const typed = await typedIn(c);
      const checking = typed.suite === CHECK;
      const saved = await amendCreditor(deps, tenant.id, only(step.questions, typed));
      if (saved.ok) return c.redirect(checking ? stepPath(CHECK) : nextPath(step), 303);
      const errors = fieldErrors(saved.refusal);
      const creditor = await creditorOf(deps, c);
      return c.html(
        <StepPage view={viewOf(c)} step={step} typed={typed} creditor={creditor} errors={errors} checking={checking} />,
        422,
      );
    });
}

const sameName = (a: string, b: string): boolean => a.trim().toLocaleLowerCase('fr') === b.trim().toLocaleLowerCase('fr');

/** Of what was sent, the answers to the questions of the page: a form changes nothing else. */
const only = (questions: readonly string[], typed: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(questions.map((name) => [name, typed[name] ?? '']));

function settingsRoutes(deps: Deps): Hono<WebEnv> {
  return new Hono<WebEnv>()
    .get(PATHS.settings, async (c) => {
      const creditor = await creditorOf(deps, c);
      if (!creditor) return c.redirect(PATHS.welcome, 303);
      return c.html(<SettingsPage view={viewOf(c)} creditor={creditor} />);
    })
    .get(subjectPath(':subject'), async (c, next) => {
      const subject = SUBJECTS.find((one) => one.subject === c.req.param('subject'));
      if (!subject) return next();
      const creditor = await creditorOf(deps, c);
      if (!creditor) return c.redirect(PATHS.welcome, 303);
      return c.html(<SubjectPage view={viewOf(c)} subject={subject} typed={typedOf(creditor)} />);
    })
    .post(subjectPath(':subject'), async (c, next) => {
      const subject = SUBJECTS.find((one) => one.subject === c.req.param('subject'));
      const tenant = tenantOf(c);
      if (!subject) return next();
      if (tenant === undefined) return c.redirect(PATHS.welcome, 303);
      const typed = await typedIn(c);
      const saved = await amendCreditor(deps, tenant, only(subject.questions, typed));
      if (saved.ok) return redirectWith(c, PATHS.settings, `${subject.title}\u202f: c’est enregistré.`);
      const errors = fieldErrors(saved.refusal);
      return c.html(<SubjectPage view={viewOf(c)} subject={subject} typed={typed} errors={errors} />, 422);
    });
}

function pictureRoutes(deps: Deps): Hono<WebEnv> {
  const kindOf = (c: WebContext) => PICTURES.find(({ which }) => which === c.req.param('which'));
  return new Hono<WebEnv>()
    .get(picturesPath, async (c) => {
      const creditor = await creditorOf(deps, c);
      if (!creditor) return c.redirect(PATHS.welcome, 303);
      return c.html(<PicturesPage view={viewOf(c)} creditor={creditor} />);
    })
    .get(`${picturesPath}/:which`, async (c, next) => {
      const kind = kindOf(c);
      const tenant = tenantOf(c);
      const picture = kind && tenant !== undefined ? await readPicture(deps, tenant, kind.which) : undefined;
      return picture ? sendDocument(c, picture.bytes, picture) : next();
    })
    .post(`${picturesPath}/:which`, async (c, next) => {
      const kind = kindOf(c);
      const tenant = tenantOf(c);
      if (!kind || tenant === undefined) return next();
      const [file] = await filesIn(c, kind.which);
      const bytes = file && new Uint8Array(await file.arrayBuffer());
      const saved = bytes
        ? await savePicture(deps, tenant, kind.which, bytes)
        : {
            ok: false as const,
            refusal: { data: { fields: { [kind.which]: 'Choisissez d’abord une image sur votre appareil.' } } },
          };
      if (saved.ok) return redirectWith(c, picturesPath, `${kind.label}\u202f: l’image est enregistrée.`);
      const creditor = await creditorOf(deps, c);
      if (!creditor) return problem(c, 404, { code: 'web.company', message: 'Cette entreprise n’existe pas, ou plus.' });
      return c.html(<PicturesPage view={viewOf(c)} creditor={creditor} errors={fieldErrors(saved.refusal)} />, 422);
    })
    .post(`${picturesPath}/:which/retirer`, async (c, next) => {
      const kind = kindOf(c);
      const tenant = tenantOf(c);
      if (!kind || tenant === undefined) return next();
      await savePicture(deps, tenant, kind.which, undefined);
      return redirectWith(c, picturesPath, `${kind.label}\u202f: l’image est retirée.`);
    });
}
