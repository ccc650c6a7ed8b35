import { Command, CommanderError } from 'commander';
import { registerAdvise } from '#modules/advice/advise.cli.ts';
import { registerCases } from '#modules/cases/case.cli.ts';
import { registerOwed } from '#modules/claims/owed.cli.ts';
import { registerCourts } from '#modules/courts/courts.cli.ts';
import { registerDemo } from '#modules/demo/demo.cli.ts';
import { registerInvoiceStatus } from '#modules/einvoicing/status.cli.ts';
import { registerExport } from '#modules/exports/exports.cli.ts';
import { registerForecast } from '#modules/forecast/forecast.cli.ts';
import { registerImport } from '#modules/imports/import.cli.ts';
import { registerBench } from '#modules/insights/forecast.cli.ts';
import { registerInvoiceImport } from '#modules/intake/folder.cli.ts';
import { registerInvoice } from '#modules/invoices/invoice.cli.ts';
import { registerLaw } from '#modules/law/law.cli.ts';
import { registerLetter } from '#modules/letters/letter.cli.ts';
import { registerBank } from '#modules/payments/bank.cli.ts';
import { clockOf } from '#platform/clock.ts';
import { loadConfig } from '#platform/config.ts';
import { PlatformFailure } from '#platform/failure.ts';
import { registerDoctor } from './doctor.ts';
import { commandLine, complaint, speakFrench } from './french-help.ts';
import { registerServe } from './serve.ts';
import { VERSION } from './version.ts';

/** What opens the store, loaded only by the verbs that need it: the others answer at once. */
const open = async () => {
  const deps = await (await import('./open-deps.ts')).openDeps();
  let left: Promise<void> | undefined;
  const close = (): Promise<void> => {
    left ??= deps.db.close();
    return left;
  };
  leaving.add(close);
  return { ...deps, db: { ...deps.db, close } };
};

/** How each store that this command opened is left: once, whoever asks. */
const leaving = new Set<() => Promise<void>>();

/** A query that goes on for nobody is not waited for longer than this. */
const PATIENCE_MS = 5_000;

/** Leaves the stores, so that no server stays behind, then ends. */
function end(): void {
  const done = (): never => process.exit(0);
  setTimeout(done, PATIENCE_MS);
  Promise.all([...leaving].map((leave) => leave())).then(done, done);
}

function program(): Command {
  const today = () => {
    const config = loadConfig();
    return clockOf(config.ok ? config.value : {}).today();
  };
  const quitus = new Command('quitus')
    .description('Quitus fait payer une facture impayée : le dossier, le montant dû selon la loi, la lettre, les délais.')
    .version(VERSION, '-V, --version', 'montre la version');
  registerServe(quitus, open);
  registerDemo(quitus, open);
  const invoice = registerInvoice(quitus);
  registerInvoiceImport(invoice, open);
  registerInvoiceStatus(invoice, open);
  registerImport(quitus, open);
  registerBank(quitus);
  registerOwed(quitus, { today });
  registerLetter(quitus, { today, open });
  registerCases(quitus, open);
  registerExport(quitus, open);
  registerForecast(quitus, open);
  registerAdvise(quitus, open);
  registerLaw(quitus, { today });
  registerCourts(quitus, open);
  registerBench(quitus);
  registerDoctor(quitus);
  quitus
    .command('version')
    .description('montre la version de Quitus et de ce qui le fait tourner')
    .option('--json', 'répond en JSON')
    .action((options: { json?: boolean }) => {
      const about = { quitus: VERSION, node: process.versions.node, system: `${process.platform} ${process.arch}` };
      console.log(options.json ? JSON.stringify(about) : `Quitus ${about.quitus} (Node ${about.node}, ${about.system})`);
    });
  speakFrench(quitus);
  return quitus;
}

/** Runs one command line. Answers the exit code: 0 done, 1 refused or failed, 2 wrong usage; messages go to stderr. */
export async function runCli(args: readonly string[]): Promise<number> {
  const quitus = program();
  // A reader that stops early (head) is not a failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    end();
  });
  if (args.length === 0) {
    quitus.outputHelp();
    return 0;
  }
  try {
    await quitus.parseAsync(['node', 'quitus', ...args]);
    return typeof process.exitCode === 'number' ? process.exitCode : 0;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0;
      // A command that only groups others, alone: its help was shown, which says it all.
      if (error.code === 'commander.help') return 2;
      console.error(`quitus\u202f: ${complaint(error, `./${commandLine(quitus, args)}`)}`);
      return 2;
    }
    if (error instanceof PlatformFailure) {
      console.error(`quitus\u202f: ${error.message}`);
      return 1;
    }
    throw error;
  }
}
