import type { TestContext } from 'node:test';
import type { Config } from '#platform/config.ts';
import type { Deps } from '#platform/deps.ts';
import { serve } from '#surfaces/web/server.ts';
import type { WebModule } from '#ui/web.ts';
import { testDeps } from './deps.ts';

interface AppOptions {
  /** "2026-11-21" unless said otherwise */
  readonly today?: string;
  readonly limits?: Partial<Config['limits']>;
  /** loads the demo company */
  readonly demo?: boolean;
  /** some modules only; all of them when left out */
  readonly modules?: readonly WebModule[];
}

/** The whole of Quitus on a database and files of the test's own, listening on a free port of this machine until the test ends. */
export async function startQuitus(t: TestContext, options: AppOptions = {}): Promise<{ url: string; deps: Deps }> {
  const own = await testDeps(t, options.today);
  const deps = { ...own, config: { ...own.config, limits: { ...own.config.limits, ...options.limits } } };
  if (options.demo) await (await import('#modules/demo/index.ts')).loadDemo(deps);
  const server = await serve(await application(deps, options.modules), deps.config);
  t.after(() => server.close());
  return { url: server.url, deps };
}

async function application(deps: Deps, modules: readonly WebModule[] | undefined) {
  if (!modules) return (await import('#surfaces/web/quitus.ts')).quitusApp(deps, '0.0.0');
  const { createApp } = await import('#surfaces/web/app.tsx');
  const { listCompanies } = await import('#modules/companies/index.ts');
  return createApp({ modules, deps, version: '0.0.0', secret: new Uint8Array(32), companies: () => listCompanies(deps) });
}
