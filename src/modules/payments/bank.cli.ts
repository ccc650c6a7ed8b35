import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Result } from '#core/kernel/result.ts';
import {
  BANK_FIELDS,
  type BankField,
  type BankMapping,
  DEFAULT_STATEMENT_LIMITS,
  isForeignToBanks,
  refuseStatement,
  type Statement,
  type StatementFile,
  type StatementOptions,
} from '#formats/bank/index.ts';
import { formatAmountFr } from '#formats/text/french-amount.ts';
import { filesUnder, loadFile, parseSize } from '#platform/cli-files.ts';
import { filesProgress } from '#ui/files-progress.ts';
import { createStatementReader } from './statement-reader.ts';

interface Flags {
  readonly json?: true;
  readonly maxSize: number;
  readonly mapping?: BankMapping;
  readonly invertSign?: true;
  readonly dayOrder?: 'dmy' | 'mdy';
}

const isField = (name: string): name is BankField => (BANK_FIELDS as readonly string[]).includes(name);

/** "amount=Montant" or "booked=1", added to those given before. */
function parseMapping(text: string, before: BankMapping = {}): BankMapping {
  const [field = '', column = ''] = text.split(/=(.*)/s);
  if (!isField(field) || column === '') {
    throw new InvalidArgumentError(`Indiquez champ=colonne, où champ est l’un de : ${BANK_FIELDS.join(', ')}.`);
  }
  return { ...before, [field]: /^\d+$/.test(column) ? Number(column) : column };
}

/** What was read as one line of JSON. `file` is the path as it was given. */
function jsonLine(file: string, result: Result<StatementFile>): string {
  if (!result.ok) return JSON.stringify({ file, error: { code: result.refusal.code, message: result.refusal.message } });
  return JSON.stringify({ ...result.value, file });
}

const money = (amount: string | null, currency: string | null): string =>
  amount === null ? '?' : `${formatAmountFr(amount)}${currency ? `\u00a0${currency === 'EUR' ? '€' : currency}` : ''}`;

const frenchDay = (iso: string | null): string => (iso === null ? '' : ` au ${iso.split('-').reverse().join('/')}`);

function summary({ account, currency, opening, openingOn, closing, closingOn, entries }: Statement): string {
  const count = entries.length === 1 ? '1 mouvement' : `${entries.length} mouvements`;
  const pending = entries.filter((e) => e.status === 'pending').length;
  return [
    `compte ${account ?? 'non nommé'}`,
    `solde initial ${money(opening, currency)}${frenchDay(openingOn)}`,
    `${count}${pending > 0 ? ` (dont ${pending} en attente)` : ''}`,
    `solde final ${money(closing, currency)}${frenchDay(closingOn)}`,
  ].join(' · ');
}

/** What was read as people read it: a line a statement, then its warnings. */
function* lines(file: string, result: Result<StatementFile>): Generator<string> {
  if (!result.ok) {
    yield `${file}\u202f: REFUSÉ (${result.refusal.code}). ${result.refusal.message}`;
    return;
  }
  for (const statement of result.value.statements) {
    yield `${file} (${result.value.format})\u202f: ${summary(statement)}`;
    for (const { message } of statement.warnings) yield `  À vérifier\u202f: ${message}`;
  }
}

async function readAll(paths: readonly string[], flags: Flags): Promise<void> {
  const reader = createStatementReader();
  const options: StatementOptions = {
    maxBytes: flags.maxSize,
    ...(flags.mapping ? { mapping: flags.mapping } : {}),
    ...(flags.invertSign ? { invertSign: true } : {}),
    ...(flags.dayOrder ? { dayOrder: flags.dayOrder } : {}),
  };
  let refused = 0;
  let files = 0;
  const report = filesProgress();
  try {
    for await (const path of filesUnder(paths)) {
      const loaded = await loadFile(path, flags.maxSize, isForeignToBanks);
      const result =
        'bytes' in loaded ? await reader.read(loaded.bytes, path, options) : refuseStatement(loaded.code, path, loaded.data);
      if (!result.ok) refused += 1;
      files += 1;
      report.clear();
      for (const line of flags.json ? [jsonLine(path, result)] : lines(path, result)) process.stdout.write(`${line}\n`);
      report.at(files);
    }
  } finally {
    report.clear();
    await reader.close();
  }
  if (refused > 0) process.exitCode = 1;
}

/** Adds `quitus bank read` to the program. */
export function registerBank(program: Command): void {
  const bank = program.command('bank').description('lit des relevés bancaires');
  bank
    .command('read')
    .description('lit des relevés (camt.052/053/054, CFONB 120, MT940, MT942, OFX, QIF, CSV, XLSX) et montre leurs mouvements')
    .argument('<fichiers...>', 'fichiers à lire ; un dossier est lu avec ses sous-dossiers')
    .option('--json', 'une ligne JSON par fichier : {file, format, statements: […]} ou {file, error: {code, message}}')
    .option('--max-size <taille>', 'taille maximale d’un fichier', parseSize, DEFAULT_STATEMENT_LIMITS.maxBytes)
    .option(
      '--mapping <champ=colonne>',
      'CSV et XLSX : la colonne d’un champ, par son titre ou son rang (option répétable)',
      parseMapping,
    )
    .option('--invert-sign', 'CSV et XLSX : les dépenses y sont écrites sans signe (relevé de carte)')
    .addOption(
      new Option('--day-order <ordre>', 'CSV, XLSX et QIF : dmy (jour d’abord) ou mdy, si les dates ne le disent pas').choices([
        'dmy',
        'mdy',
      ]),
    )
    .addHelpText('after', '\nCode de sortie : 0 si tout a été lu, 1 si un fichier a été refusé.')
    .action((paths: string[], flags: Flags) => readAll(paths, flags));
}
