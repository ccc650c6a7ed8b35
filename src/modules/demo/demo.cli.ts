import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { clockOf } from '#platform/clock.ts';
import { loadConfig } from '#platform/config.ts';
import type { Deps } from '#platform/deps.ts';
import { PlatformFailure } from '#platform/failure.ts';

/** `quitus demo load`, `remove`, `invoices` and `statement`. */
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
  demo
    .command('statement')
    .description('écrit un relevé bancaire (camt.053) de l’entreprise de démonstration, pour essayer de le déposer')
    .requiredOption('--out <fichier>', 'où l’écrire')
    .action((options: { out: string }) =>
      withStore(open, async (deps) => {
        const { loadDemo } = await import('./load.ts');
        const { demoStatement } = await import('./statement.ts');
        const made = await demoStatement(deps, (await loadDemo(deps)).id);
        if (!made) {
          const message =
            'L’entreprise de démonstration n’a plus assez de factures en retard pour un relevé. Retirez-la (quitus demo remove), puis recommencez.';
          throw new PlatformFailure('demo.statement', message);
        }
        const file = resolve(options.out);
        await writing(file, () => writeFile(file, made.xml));
        console.log(`Relevé écrit dans ${file}`);
      }),
    );
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
  await writing(folder, async () => {
    await mkdir(folder, { recursive: true });
    for (const { document, pdf } of pdfs) await writeFile(join(folder, document.fileName), pdf);
  });
  return documents.length;
}

/** Writes; a place where one cannot is told as such. */
async function writing(where: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const message = `Rien n’a pu être écrit dans ${where} (${why}). Choisissez un dossier où vous pouvez écrire.`;
    throw new PlatformFailure('demo.out', message, { cause: error });
  }
}
