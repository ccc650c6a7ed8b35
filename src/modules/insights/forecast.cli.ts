import { type Command, InvalidArgumentError } from 'commander';
import { type Day, parseDay } from '#core/kernel/day.ts';
import type { Refusal } from '#core/kernel/result.ts';
import type { Mapping } from '#formats/table/columns.ts';
import { loadFile, parseSize } from '#platform/cli-files.ts';
import { runBench } from './bench.ts';
import { benchLines } from './bench-text.ts';
import {
  describePayments,
  isPaymentField,
  PAYMENT_FIELDS,
  type PaymentField,
  readPastPayments,
  refusePayments,
} from './past-payments.ts';

interface Flags {
  readonly cut?: Day;
  readonly mapping?: Mapping<PaymentField>;
  readonly draws: number;
  readonly maxSize: number;
  readonly fast?: true;
  readonly json?: true;
}

function cutDay(text: string): Day {
  const read = parseDay(text);
  if (!read) throw new InvalidArgumentError('Écrivez un jour, par exemple 2026-05-06.');
  return read;
}

function drawsOf(text: string): number {
  if (!/^\d{1,4}$/.test(text)) throw new InvalidArgumentError('Indiquez un nombre de tirages, de 0 à 9999.');
  return Number(text);
}

/** "due=Échéance" or "customer=3", added to those given before. */
function parseMapping(text: string, before: Mapping<PaymentField> = {}): Mapping<PaymentField> {
  const [field = '', column = ''] = text.split(/=(.*)/s);
  if (!isPaymentField(field) || column === '')
    throw new InvalidArgumentError(`Indiquez champ=colonne, où champ est l’un de\u202f: ${PAYMENT_FIELDS.join(', ')}.`);
  return { ...before, [field]: /^\d+$/.test(column) ? Number(column) : column };
}

function refused({ code, message }: Refusal, json: boolean): void {
  if (json) console.log(JSON.stringify({ error: { code, message } }));
  else console.error(message);
  process.exitCode = 1;
}

async function benchForecast(file: string, flags: Flags): Promise<void> {
  const json = flags.json === true;
  const loaded = await loadFile(file, flags.maxSize);
  const read =
    'bytes' in loaded ? readPastPayments(loaded.bytes, file, flags.mapping) : refusePayments(loaded.code, file, loaded.data);
  if (!read.ok) return refused(read.refusal, json);
  const { invoices } = read.value;
  const report = runBench(invoices, { draws: flags.draws, fast: flags.fast === true, ...(flags.cut && { cut: flags.cut }) });
  if (!report) return refused(refusePayments('payments-cut', file).refusal, json);
  if (json) return console.log(JSON.stringify({ file, invoices: invoices.length, leftOut: read.value.leftOut, ...report }));
  console.log(`${describePayments(read.value)}.`);
  for (const line of benchLines(report)) console.log(line);
}

/** Adds `quitus bench forecast`: what the payment-date models are worth on a file of past invoices, by a protocol that cannot look ahead. */
export function registerBench(program: Command): void {
  const bench = program.command('bench').description('mesure ce que valent les modèles, sur vos fichiers');
  bench
    .command('forecast')
    .description(
      'prévision des dates de paiement\u202f: chaque modèle et ses points de comparaison, sur un fichier de factures passées',
    )
    .argument('<fichier>', 'CSV de factures et de leurs paiements (export comptable, IBM, Cassandra, HighRadius)')
    .option('--cut <jour>', 'premier jour qui n’est pas appris (par défaut, 30\u00a0% des factures restent à prévoir)', cutDay)
    .option('--mapping <champ=colonne>', 'la colonne d’un champ, par son titre ou son rang (option répétable)', parseMapping)
    .option('--draws <n>', 'tirages pour les intervalles', drawsOf, 300)
    .option('--fast', 'sans le modèle moyen ni les encaissements, longs sur un grand fichier')
    .option('--max-size <taille>', 'taille maximale du fichier', parseSize, 100_000_000)
    .option('--json', 'répond par un objet JSON')
    .action(benchForecast);
}
