import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { clockOf } from '#platform/clock.ts';
import { loadConfig } from '#platform/config.ts';
import type { Deps } from '#platform/deps.ts';
import { PlatformFailure } from '#platform/failure.ts';

/** `quitus demo load`, `remove` and `invoices`. */
export function registerDemo(program: Command, open: () => Promise<Deps>): void {
  const demo = program.command('demo').description('charge ou retire l’entreprise de démonstration, inventée');
  demo
    .command('load')
    .description('charge l’entreprise de démonstration, si elle n’est pas déjà là')
    .action(() =>
      withStore(open, async (deps) => {
        const { loadDemo } = await import('./load.ts');
        const company = await loadDemo(deps);
        console.log(`L’entreprise de démonstration « ${company.name} » est prête.`);
      }),
    );
  demo
    .command('remove')
    .description('retire l’entreprise de démonstration et tout ce qu’elle contient')
    .action(() =>
      withStore(open, async (deps) => {
        const { unloadDemo } = await import('./load.ts');
        const removed = await unloadDemo(deps);
        console.log(
          removed ? 'L’entreprise de démonstration est retirée.' : 'Il n’y a pas d’entreprise de démonstration : rien à retirer.',
        );
      }),
    );
  demo
    .command('invoices')
    .description('écrit les factures de démonstration (PDF Factur-X) dans un dossier, pour essayer de les déposer')
    .requiredOption('--out <dossier>', 'où les écrire ; le dossier est créé s’il manque')
    .action(async (options: { out: string }) => {
      const folder = resolve(options.out);
      const count = await writeInvoices(folder);
      console.log(`${count} documents écrits dans ${folder}`);
    });
}

async function withStore(open: () => Promise<Deps>, work: (deps: Deps) => Promise<void>): Promise<void> {
  const deps = await open();
  try {
    await work(deps);
  } finally {
    await deps.db.close();
  }
}

async function writeInvoices(folder: string): Promise<number> {
  const config = loadConfig();
  if (!config.ok) throw new PlatformFailure(config.refusal.code, config.refusal.message);
  const { demoDocuments } = await import('./documents.ts');
  const { renderInvoice } = await import('./invoice-pdf.ts');
  const documents = demoDocuments(clockOf(config.value).today());
  const pdfs = await Promise.all(documents.map(async (document) => ({ document, pdf: await renderInvoice(document) })));
  try {
    await mkdir(folder, { recursive: true });
    for (const { document, pdf } of pdfs) await writeFile(join(folder, document.fileName), pdf);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new PlatformFailure(
      'demo.out',
      `Les factures n’ont pas pu être écrites dans ${folder} (${why}). Choisissez un dossier où vous pouvez écrire.`,
      { cause: error },
    );
  }
  return documents.length;
}
