import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { Accounts } from '#modules/accounts/index.ts';
import type { Deps } from '#platform/deps.ts';
import { PlatformFailure } from '#platform/failure.ts';
import { DamagedFile } from '#platform/files.ts';
import { problem, sentFields } from '#ui/problem.tsx';
import type { CompanyChoice } from '#ui/view.ts';
import type { WebContext, WebEnv, WebModule } from '#ui/web.ts';
import { accountRoutes, requireSession } from './accounts.tsx';
import { preferenceRoutes } from './preferences.ts';
import { bodyLimits, hostCheck, needsAccounts, sameOrigin, securityHeaders, tokenCheck } from './security.ts';
import { assetRoutes } from './static.ts';
import { companyOf, visitor } from './visitor.ts';

export interface WebOptions {
  readonly modules: readonly WebModule[];
  readonly deps: Deps;
  readonly version: string;
  /** signs form tokens and messages: `loadWebSecret` */
  readonly secret: Uint8Array;
  /** the companies this user may look at; without accounts, all of them */
  readonly companies: (email?: string) => Promise<readonly CompanyChoice[]>;
  /** required as soon as Quitus listens on more than loopback */
  readonly accounts?: Accounts;
  /** where failures are written, for whoever runs Quitus; never holds what was sent */
  readonly log?: (line: string) => void;
}

/** The web application: the shell that every page lives in, and the pages of the modules. Throws when accounts are required and absent. */
export function createApp(options: WebOptions): Hono<WebEnv> {
  const { modules, deps, secret, version, accounts, companies, log = console.error } = options;
  const { host, allowedHosts, limits } = deps.config;
  const guarded = needsAccounts(host);
  if (guarded && !accounts) throw new Error(`listening on ${host} requires accounts`);

  const app = new Hono<WebEnv>();
  app.onError((error, c) => failed(error, c, log));
  app.notFound((c) =>
    problem(c, 404, {
      code: 'web.not-found',
      message: 'Il n’y a rien à cette adresse. Le lien est peut-être ancien, ou mal recopié.',
    }),
  );

  app.use(securityHeaders);
  app.use(visitor({ secret, clock: deps.clock, version }));
  app.use(hostCheck(host, allowedHosts));
  app.route('/', assetRoutes());
  app.use(sameOrigin);
  if (guarded && accounts) app.use(requireSession(accounts));
  app.use(
    bodyLimits(
      modules.flatMap((m) => m.uploads ?? []),
      limits.requestBytes,
    ),
  );
  app.use(tokenCheck);
  if (guarded && accounts) app.route('/', accountRoutes(accounts));
  app.use(companyOf(companies));
  app.route('/', preferenceRoutes());
  for (const module of modules) app.route('/', module.routes(deps));
  return app;
}

/** A failure is written under a reference, shown with it, and what was typed can be sent again. */
async function failed(error: Error, c: WebContext, log: (line: string) => void): Promise<Response> {
  if (error instanceof HTTPException && error.status < 500) {
    const message = error.message || 'Cette demande ne peut pas être traitée.';
    return problem(c, error.status === 404 ? 404 : error.status === 403 ? 403 : 400, { code: `web.${error.status}`, message });
  }
  const reference = randomBytes(4).toString('hex').toUpperCase();
  log(`[${reference}] ${c.req.method} ${c.req.path}: ${error.stack ?? error.message}`);
  const sent = await sentFields(c);
  if (error instanceof DamagedFile) return problem(c, 503, { code: 'file.damaged', message: error.message }, { reference, sent });
  if (error instanceof PlatformFailure) return problem(c, 503, { code: error.code, message: error.message }, { reference, sent });
  return problem(
    c,
    500,
    {
      code: 'web.failure',
      message:
        'Quitus n’a pas pu terminer cette action. Réessayez\u202f; si cela continue, donnez la référence ci-dessous à la personne qui s’occupe de Quitus.',
    },
    { reference, sent },
  );
}
