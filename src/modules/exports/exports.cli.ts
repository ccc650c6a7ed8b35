import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Day, parseDay } from '#core/kernel/day.ts';
import { frenchDay } from '#core/kernel/french.ts';
import { inCompany } from '#modules/companies/index.ts';
import type { Deps } from '#platform/deps.ts';
import { PlatformFailure } from '#platform/failure.ts';
import { type Exported, type ExportFormat, type ExportKind, exportTo, FORMATS } from './exporting.ts';

interface Flags {
  readonly from?: Day;
  readonly to?: Day;
  readonly asOf?: Day;
  readonly format: ExportFormat;
  readonly firstNumber: number;
  readonly out?: string;
  readonly company?: string;
}

function parseDate(text: string): Day {
  const day = parseDay(text);
  if (!day) throw new InvalidArgumentError('Indiquez une date, par exemple 2026-03-31.');
  return day;
}

function parseNumber(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('Indiquez un nombre entier, à partir de 1.');
  return Number(text);
}

const WHAT: readonly (readonly [ExportKind, string])[] = [
  ['open-items', 'les factures et avoirs dont il reste quelque chose, avec leur compte (411, 416, 654)'],
  ['payments', 'les paiements et ce qu’ils ont réglé'],
  ['journal', 'tous les faits, dans l’ordre, avec leur empreinte'],
  ['entries', 'les écritures comptables : règlements, intérêts, créances douteuses, pertes'],
  ['to-complete', 'ce que les écritures laissent à faire à la main'],
];

/** Adds `quitus export` to the program. */
export function registerExport(program: Command, open: () => Promise<Deps>): void {
  const exporting = program.command('export').description('exporte pour le comptable ou le tableur');
  for (const [what, described] of WHAT) {
    exporting
      .command(what)
      .description(`exporte ${described}`)
      .option('--from <date>', 'premier jour (AAAA-MM-JJ) ; depuis le début si rien n’est dit', parseDate)
      .option('--to <date>', 'dernier jour ; aujourd’hui si rien n’est dit', parseDate)
      .option('--as-of <date>', 'l’état à ce jour : la même chose que --to', parseDate)
      .addOption(
        new Option('--format <format>', 'csv, json (un objet par ligne) ou, pour les écritures, fec')
          .choices([...FORMATS])
          .default('csv'),
      )
      .option('--first-number <n>', 'écritures : numéro de la première', parseNumber, 1)
      .option('--out <fichier>', 'écrit dans ce fichier plutôt qu’à l’écran')
      .option('--company <nom>', 'l’entreprise, quand il y en a plusieurs')
      .action((flags: Flags) => inCompany(open, flags.company, (deps, tenantId) => run(deps, tenantId, what, flags)));
  }
}

async function run(deps: Deps, tenantId: string, what: ExportKind, flags: Flags): Promise<void> {
  const { from, format, firstNumber, out } = flags;
  const to = flags.asOf ?? flags.to ?? deps.clock.today();
  const stream = out === undefined ? process.stdout : createWriteStream(out);
  let failed: unknown;
  stream.on('error', (error) => {
    failed = error;
  });
  const write = async (text: string): Promise<void> => {
    if (failed) throw unwritable(out, failed);
    if (!stream.write(text)) await Promise.race([once(stream, 'drain'), once(stream, 'close')]);
  };
  const done = await exportTo(deps, tenantId, { what, format, from, to, firstNumber }, write);
  if (out !== undefined) {
    stream.end();
    await finished(stream).catch((error: unknown) => {
      throw unwritable(out, error);
    });
  }
  if (!done.ok) throw new PlatformFailure(done.refusal.code, done.refusal.message);
  tell(what, done.value, out);
}

const unwritable = (out: string | undefined, cause: unknown): PlatformFailure =>
  new PlatformFailure('file.unwritable', `le fichier ${out ?? 'de sortie'} ne peut pas être écrit.`, { cause });

/** What is left to be done by hand, on the error output: the export itself stays clean. */
function tell(what: ExportKind, { count, gaps, gapCount }: Exported, out: string | undefined): void {
  if (out !== undefined) console.error(`${count} ${what === 'entries' ? 'écritures' : 'lignes'} dans ${out}.`);
  if (what !== 'entries' || gapCount === 0) return;
  console.error(`À compléter à la main (${gapCount}) :`);
  for (const { on, customer, piece, says } of gaps) console.error(`- ${frenchDay(on)}, ${customer}, ${piece} : ${says}`);
  if (gapCount > gaps.length) console.error(`… et ${gapCount - gaps.length} autres : ./quitus export to-complete`);
}
