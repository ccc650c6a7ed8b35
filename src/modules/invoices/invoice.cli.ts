import { type Command, InvalidArgumentError } from 'commander';
import {
  CSV_FIELDS,
  type CsvField,
  type CsvMapping,
  DEFAULT_LIMITS,
  isForeignToInvoices,
  type ReadOptions,
  refuseInvoice,
} from '#formats/invoice/index.ts';
import { filesUnder, loadFile, parseSize } from '#platform/cli-files.ts';
import { filesProgress } from '#ui/files-progress.ts';
import { jsonLines, summary } from './cli-output.ts';
import { createInvoiceReader } from './reader.ts';

interface Flags {
  readonly json?: true;
  readonly maxSize: number;
  readonly mapping?: CsvMapping;
  readonly ignoreXml?: true;
}

const isField = (name: string): name is CsvField => (CSV_FIELDS as readonly string[]).includes(name);

/** "total_gross=Montant TTC" or "number=3", added to those given before. */
function parseMapping(text: string, before: CsvMapping = {}): CsvMapping {
  const [field = '', column = ''] = text.split(/=(.*)/s);
  if (!isField(field) || column === '') {
    throw new InvalidArgumentError(`Indiquez champ=colonne, où champ est l’un de : ${CSV_FIELDS.join(', ')}.`);
  }
  return { ...before, [field]: /^\d+$/.test(column) ? Number(column) : column };
}

async function readAll(paths: readonly string[], flags: Flags): Promise<void> {
  const reader = createInvoiceReader();
  const options: ReadOptions = {
    maxBytes: flags.maxSize,
    ...(flags.mapping ? { mapping: flags.mapping } : {}),
    ...(flags.ignoreXml ? { embeddedXml: 'ignore' } : {}),
  };
  let refused = 0;
  let files = 0;
  const report = filesProgress();
  try {
    for await (const path of filesUnder(paths)) {
      const loaded = await loadFile(path, flags.maxSize, isForeignToInvoices);
      const result =
        'bytes' in loaded ? await reader.read(loaded.bytes, path, options) : refuseInvoice(loaded.code, path, loaded.data);
      if (!result.ok || result.rejected_rows) refused += 1;
      files += 1;
      report.clear();
      for (const line of flags.json ? jsonLines(path, result) : summary(path, result)) process.stdout.write(`${line}\n`);
      report.at(files);
    }
  } finally {
    report.clear();
    await reader.close();
  }
  if (refused > 0) process.exitCode = 1;
}

/** Adds `quitus invoice read` to the program; answers the `invoice` command, for its other verbs. */
export function registerInvoice(program: Command): Command {
  const invoice = program.command('invoice').description('lit des factures');
  invoice
    .command('read')
    .description('lit des factures (PDF, Factur-X, ZUGFeRD, CII, UBL, XRechnung, CSV) et montre ce qui y est écrit')
    .argument('<fichiers...>', 'fichiers à lire ; un dossier est lu avec ses sous-dossiers')
    .option('--json', 'une ligne JSON par facture : {file, …champs} ou {file, error: {code, message}}')
    .option(
      '--max-size <taille>',
      'taille maximale d’un fichier, par exemple 50M (20M si rien n’est dit)',
      parseSize,
      DEFAULT_LIMITS.maxBytes,
    )
    .option(
      '--mapping <champ=colonne>',
      'CSV : la colonne d’un champ, par son titre ou son rang (option répétable)',
      parseMapping,
    )
    .option('--ignore-xml', 'lit les mots de la page même si le PDF contient un XML')
    .addHelpText('after', '\nCode de sortie : 0 si tout a été lu, 1 si un fichier ou une ligne a été refusé.')
    .action((paths: string[], flags: Flags) => readAll(paths, flags));
  return invoice;
}
