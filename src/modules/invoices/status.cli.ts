import type { Command } from 'commander';
import type { Result } from '#core/kernel/result.ts';
import { type InvoiceStatus, refuseStatus, STATUS_LIMITS } from '#formats/cdar/index.ts';
import { formatAmountFr } from '#formats/text/french-amount.ts';
import { filesUnder, loadFile } from '#platform/cli-files.ts';
import { createStatusReader } from './status-reader.ts';

function* jsonLines(file: string, result: Result<readonly InvoiceStatus[]>): Generator<string> {
  if (!result.ok) yield JSON.stringify({ file, error: { code: result.refusal.code, message: result.refusal.message } });
  else for (const status of result.value) yield JSON.stringify({ file, ...status });
}

const day = (moment: string | null): string => moment?.slice(0, 10).split('-').reverse().join('/') ?? '?';

function* lines(file: string, result: Result<readonly InvoiceStatus[]>): Generator<string> {
  if (!result.ok) {
    yield `${file}\u202f: REFUSÉ (${result.refusal.code}). ${result.refusal.message}`;
    return;
  }
  for (const { status, label, statusAt, invoice, reasons, amounts } of result.value) {
    const sums = amounts.map((a) => `${formatAmountFr(a.amount)}\u00a0${a.currency ?? ''}`.trim());
    const why = reasons.flatMap((r) => r.text ?? r.code ?? []);
    const parts = [
      `facture ${invoice.number} du ${day(invoice.issuedOn)}`,
      `${label} (${status}) le ${day(statusAt)}`,
      ...sums,
      ...why,
    ];
    yield `${file}\u202f: ${parts.join(' · ')}`;
  }
}

async function readAll(paths: readonly string[], asJson: boolean): Promise<void> {
  const reader = createStatusReader();
  let refused = 0;
  try {
    for await (const path of filesUnder(paths)) {
      const loaded = await loadFile(path, STATUS_LIMITS.maxBytes);
      const result = 'bytes' in loaded ? await reader.read(loaded.bytes, path) : refuseStatus(loaded.code, path, loaded.data);
      if (!result.ok) refused += 1;
      for (const line of asJson ? jsonLines(path, result) : lines(path, result)) process.stdout.write(`${line}\n`);
    }
  } finally {
    await reader.close();
  }
  if (refused > 0) process.exitCode = 1;
}

/** Adds `quitus invoice status` to the `invoice` command. */
export function registerInvoiceStatus(invoice: Command): void {
  invoice
    .command('status')
    .description('lit des statuts de facture électronique (messages de cycle de vie CDAR) et montre ce qu’ils disent')
    .argument('<fichiers...>', 'fichiers à lire ; un dossier est lu avec ses sous-dossiers')
    .option('--json', 'une ligne JSON par statut : {file, …champs} ou {file, error: {code, message}}')
    .addHelpText('after', '\nCode de sortie : 0 si tout a été lu, 1 si un fichier a été refusé.')
    .action((paths: string[], flags: { json?: true }) => readAll(paths, flags.json ?? false));
}
