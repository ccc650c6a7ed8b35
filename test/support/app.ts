import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, type TestContext } from 'node:test';
import { day } from '#core/kernel/day.ts';
import { clockOn } from '#platform/clock.ts';
import { type Config, loadConfig } from '#platform/config.ts';
import type { Deps } from '#platform/deps.ts';
import { openFileStore } from '#platform/files.ts';
import { serve } from '#surfaces/web/server.ts';
import type { WebModule } from '#ui/web.ts';
import { freshDatabase, templateWith } from './database.ts';

interface DepsOptions {
  /** "2026-11-21" unless said otherwise */
  readonly today?: string;
  readonly limits?: Partial<Config['limits']>;
}

/** All that use cases need, real and the test's own: a fresh database, files in a folder that goes away, a day that stands still. */
export async function freshDeps(t: TestContext, options: DepsOptions = {}, from?: Kept): Promise<Deps> {
  const dataDir = mkdtempSync(join(tmpdir(), 'quitus-files-'));
  t.after(() => rmSync(dataDir, { recursive: true, force: true }));
  if (from) cpSync(from.dataDir, dataDir, { recursive: true });
  return { ...depsOn(dataDir, options), db: await freshDatabase(t, from?.database) };
}

/** A store to copy: the name of its database, and its files. */
interface Kept {
  readonly database: string;
  readonly dataDir: string;
}

function depsOn(dataDir: string, { today = '2026-11-21', limits = {} }: DepsOptions): Omit<Deps, 'db'> {
  const loaded = loadConfig({ QUITUS_DATA: dataDir, PORT: '0' });
  if (!loaded.ok) throw new Error(loaded.refusal.message);
  const config = { ...loaded.value, limits: { ...loaded.value.limits, ...limits } };
  return { files: openFileStore(dataDir), clock: clockOn(day(today)), config };
}

const demos = new Map<string, Promise<Kept>>();
after(async () => {
  for (const kept of demos.values()) rmSync((await kept).dataDir, { recursive: true, force: true });
});

/** The demonstration as it stands on a day, loaded once a process and copied from then on. */
function demoOn(today: string): Promise<Kept> {
  const kept =
    demos.get(today) ??
    (async () => {
      const dataDir = mkdtempSync(join(tmpdir(), 'quitus-demo-'));
      const { loadDemo } = await import('#modules/demo/index.ts');
      const database = await templateWith(async (db) => {
        await loadDemo({ ...depsOn(dataDir, { today }), db });
      });
      return { database, dataDir };
    })();
  demos.set(today, kept);
  return kept;
}

interface AppOptions extends DepsOptions {
  /** loads the demo company */
  readonly demo?: boolean;
  /** some modules only; all of them when left out */
  readonly modules?: readonly WebModule[];
}

/** The whole of Quitus on a database and files of the test's own, listening on a free port of this machine until the test ends. */
export async function startQuitus(t: TestContext, options: AppOptions = {}): Promise<{ url: string; deps: Deps }> {
  const deps = await freshDeps(t, options, options.demo ? await demoOn(options.today ?? '2026-11-21') : undefined);
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
