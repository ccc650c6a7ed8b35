import { access, writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Day, parseDay } from '#core/kernel/day.ts';
import type { Result } from '#core/kernel/result.ts';
import { OPEN_ITEM_FIELDS, type OpenItemField, type OpenItemMapping } from '#formats/open-items/index.ts';
import { inCompany } from '#modules/companies/index.ts';
import type { Deps } from '#platform/deps.ts';
import { PlatformFailure } from '#platform/failure.ts';
import { count } from '#ui/format.ts';
import { errorsCsv, importErrors } from './errors.ts';
import { abandonImport, importNow, lookAtImport, receiveImport } from './imports.ts';
import type { Import, ImportOptions } from './store.ts';
import { changesIn, publicLookingWords, stepWords, sumWords } from './words.ts';
import type { ImportProgress } from './working.ts';

interface Flags {
  readonly mode: 'full' | 'delta';
  readonly map?: OpenItemMapping;
  readonly terms?: number;
  readonly on?: Day;
  readonly debtors?: 'business' | 'consumer' | 'public';
  readonly publicByName?: true;
  readonly settle: number;
  readonly strict?: true;
  readonly dryRun?: true;
  readonly rejected?: string;
  readonly company?: string;
  readonly json?: true;
}

const isField = (name: string): name is OpenItemField => (OPEN_ITEM_FIELDS as readonly string[]).includes(name);

/** "Pièce=number" or "3=payable", added to those given before. */
function parseMap(text: string, before: OpenItemMapping = {}): OpenItemMapping {
  const [, column = '', field = ''] = /^(.*)=([^=]*)$/s.exec(text) ?? [];
  if (!isField(field) || column === '')
    throw new InvalidArgumentError(`Indiquez colonne=champ, où champ est l’un de : ${OPEN_ITEM_FIELDS.join(', ')}.`);
  return { ...before, [field]: /^[1-9]\d*$/.test(column) ? Number(column) : column };
}

function parseWhole(text: string): number {
  if (!/^\d{1,7}$/.test(text)) throw new InvalidArgumentError('Indiquez un nombre entier.');
  return Number(text);
}

function parseOn(text: string): Day {
  const on = parseDay(text);
  if (!on) throw new InvalidArgumentError('Indiquez un jour, par exemple 2026-11-30.');
  return on;
}

/** Adds `quitus import` to the program. */
export function registerImport(program: Command, open: () => Promise<Deps>): void {
  program
    .command('import')
    .description('importe la liste des factures ouvertes d’un autre logiciel (CSV, XLSX, FEC)')
    .argument('<fichier>', 'la liste, telle que l’autre logiciel l’exporte')
    .addOption(
      new Option('--mode <mode>', 'full : liste complète, ce qui n’y figure plus est soldé ; delta : nouveautés seulement')
        .choices(['full', 'delta'])
        .makeOptionMandatory(),
    )
    .option('--map <colonne=champ>', 'une colonne que Quitus ne reconnaît pas, par son titre ou son rang (répétable)', parseMap)
    .option('--terms <jours>', 'délai de paiement habituel, si la liste ne dit pas les échéances (FEC)', parseWhole)
    .option('--on <jour>', 'jour où la liste a été établie (aujourd’hui sinon)', parseOn)
    .addOption(new Option('--debtors <sorte>', 'ce que sont les nouveaux clients').choices(['business', 'consumer', 'public']))
    .option('--public-by-name', 'note acheteurs publics les nouveaux clients dont le nom commence comme le leur (mairie, CHU…)')
    .option('--settle <nombre>', 'full : combien de factures la liste solde par absence, vu dans l’aperçu', parseWhole, 0)
    .option('--strict', 'n’importe rien si une seule ligne ne peut pas être prise')
    .option('--dry-run', 'montre ce qui changerait, sans rien changer')
    .option('--rejected <fichier>', 'où écrire les lignes à corriger (sinon à côté de la liste)')
    .option('--company <nom>', 'l’entreprise, s’il y en a plusieurs')
    .option('--json', 'répond en JSON')
    .addHelpText(
      'after',
      '\nTout est importé, ou rien : interrompu, l’import se relance par la même commande, sans perte ni doublon.\nCode de sortie : 0 si la liste est importée (ou montrée), 1 si elle est refusée.',
    )
    .action((file: string, flags: Flags) =>
      inCompany(open, flags.company, async (deps, tenantId) => {
        const answer = await runImport(deps, tenantId, resolve(file), flags);
        await tell(deps, tenantId, resolve(file), flags, answer);
      }),
    );
}

async function runImport(deps: Deps, tenantId: string, path: string, flags: Flags): Promise<Result<Import>> {
  await access(path).catch(() => {
    throw new PlatformFailure('import.file', `Le fichier ${path} n’existe pas, ou Quitus n’a pas le droit de le lire.`);
  });
  const source = { name: basename(path), path };
  const options: ImportOptions = {
    mode: flags.mode,
    ...(flags.map ? { mapping: flags.map } : {}),
    ...(flags.terms === undefined ? {} : { termDays: flags.terms }),
    ...(flags.on ? { listedOn: flags.on } : {}),
    ...(flags.debtors ? { debtorKind: flags.debtors } : {}),
    ...(flags.publicByName ? { publicByName: true } : {}),
  };
  const report = progressOnStderr();
  if (!flags.dryRun)
    return importNow(deps, tenantId, source, options, { settles: flags.settle, strict: flags.strict ?? false }, report);
  const received = await receiveImport(deps, tenantId, source, options);
  if (!received.ok) return received;
  const looked = await lookAtImport(deps, tenantId, received.value, report);
  await abandonImport(deps, tenantId, received.value);
  return looked;
}

/** Each step on a line of its own; on a terminal, one line that changes. */
function progressOnStderr(): (at: ImportProgress) => void {
  let last = '';
  return (at) => {
    const text = stepWords(process.stderr.isTTY ? at : { step: at.step });
    if (text === last) return;
    last = text;
    process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${text}…` : `${text}…\n`);
  };
}

async function tell(deps: Deps, tenantId: string, path: string, flags: Flags, answer: Result<Import>): Promise<void> {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  if (!answer.ok) {
    process.exitCode = 1;
    const { code, message } = answer.refusal;
    if (flags.json) console.log(JSON.stringify({ file: path, error: { code, message } }));
    else console.error(`REFUSÉ (${code}). ${message}`);
    return;
  }
  const done = answer.value;
  const errors = await deps.db.tenant(tenantId, (tx) => importErrors(tx, tenantId, done.id));
  const rejected = errors.length > 0 ? resolve(flags.rejected ?? `${path}.a-corriger.csv`) : undefined;
  if (rejected !== undefined) await write(rejected, errorsCsv(errors));
  if (flags.json)
    console.log(
      JSON.stringify({ file: path, applied: !flags.dryRun, mode: done.mode, ...done.summary, rejectedFile: rejected ?? null }),
    );
  else for (const line of lines(done, flags, rejected, errors.length)) console.log(line);
}

async function write(path: string, text: string): Promise<void> {
  await writeFile(path, text).catch((error: unknown) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new PlatformFailure('import.file', `Les lignes à corriger n’ont pas pu être écrites dans ${path} (${why}).`, {
      cause: error,
    });
  });
}

function* lines(
  { summary, mode, fileName }: Import,
  flags: Flags,
  rejected: string | undefined,
  told: number,
): Generator<string> {
  if (!summary) return;
  const head = flags.dryRun ? 'ce qui changerait (rien n’est encore importé)' : 'importé';
  yield `${fileName}\u202f: ${head}`;
  for (const { what, of, means } of changesIn(summary, mode))
    yield `  ${what}\u202f: ${count(of.count, 'document')}, ${sumWords(of)}${means && of.count > 0 ? ` (${means})` : ''}`;
  if (summary.looksPublic && flags.debtors !== 'public') {
    const words = publicLookingWords(summary.looksPublic);
    yield flags.publicByName
      ? `  Acheteurs publics\u202f: ${words}`
      : `  Peut-être des acheteurs publics, à noter comme tels avec --public-by-name\u202f: ${words}`;
  }
  if (summary.closedCases > 0) yield `  Dossiers fermés d’eux-mêmes\u202f: ${summary.closedCases}`;
  if (rejected !== undefined) yield `  À corriger\u202f: ${count(told, 'remarque')}, dans ${rejected}`;
  if (flags.dryRun && summary.absent.count > 0)
    yield `  Pour importer et solder ces factures absentes, ajoutez --settle ${summary.absent.count}`;
}
