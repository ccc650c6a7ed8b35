import type { Command } from 'commander';
import type { Deps } from '#platform/deps.ts';
import { PlatformFailure } from '#platform/failure.ts';
import { VERSION } from './version.ts';

/** `quitus serve`: the database, the pages, and the demo company on an empty store; until it is told to stop. */
export function registerServe(program: Command, open: () => Promise<Deps>): void {
  program
    .command('serve')
    .description('démarre Quitus et donne son adresse (PORT, HOST, QUITUS_DATA, DATABASE_URL)')
    .option('--no-demo', 'ne charge pas l’entreprise de démonstration sur une base vide')
    .action(async (options: { demo: boolean }) => {
      const deps = await open();
      try {
        await serveUntilStopped(deps, options.demo);
      } finally {
        const { closePdf } = await import('#platform/pdf/pdf.ts');
        closePdf();
        await deps.db.close();
      }
    });
}

async function serveUntilStopped(deps: Deps, withDemo: boolean): Promise<void> {
  const { quitusApp } = await import('../web/quitus.ts');
  const { onStopSignal, serve } = await import('../web/server.ts');
  const { isLoopback } = await import('#platform/config.ts');
  const { openAccounts } = await import('#modules/accounts/index.ts');
  const stopped = new Promise<void>((resolve) => onStopSignal(() => resolve()));
  if (withDemo) await loadDemoOnEmptyStore(deps);
  const accounts = isLoopback(deps.config.host) ? undefined : openAccounts(deps);
  const server = await serve(await quitusApp(deps, VERSION, accounts), deps.config);
  console.log(`\n  Quitus est prêt : ${server.url}\n\n  Pour l’arrêter : Ctrl-C`);
  if (accounts && !(await accounts.hasAdministrator())) {
    console.log(
      `\n  Ouvert au réseau. À la première visite, créez le compte administrateur avec ce code : ${accounts.setupCode()}`,
    );
  }
  await stopped;
  console.log('\nQuitus s’arrête…');
  await server.close();
}

/** A first visitor finds something to look at. A demo that cannot be made (no PDF compiler) is no reason not to start. */
async function loadDemoOnEmptyStore(deps: Deps): Promise<void> {
  const { listCompanies } = await import('#modules/companies/index.ts');
  const { loadDemo } = await import('#modules/demo/index.ts');
  if ((await listCompanies(deps)).some((company) => !company.demo)) return;
  try {
    await loadDemo(deps);
  } catch (error) {
    if (!(error instanceof PlatformFailure)) throw error;
    console.error(`L’entreprise de démonstration n’a pas été chargée : ${error.message}`);
  }
}
