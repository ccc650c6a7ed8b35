import type { Command } from 'commander';
import type { Result } from '#core/kernel/result.ts';
import { type InvoiceStatus, refuseStatus, STATUS_LIMITS } from '#formats/cdar/index.ts';
import { formatAmountFr } from '#formats/text/french-amount.ts';
import { inCompany } from '#modules/companies/index.ts';
import { filesUnder, loadFile } from '#platform/cli-files.ts';
import type { Deps } from '#platform/deps.ts';
import { createStatusReader } from './status-reader.ts';
import { type ReceivedStatus, receiveStatus } from './statuses.ts';
import { receivedWords } from './words.ts';

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

/** Takes messages in: a line, or an object, a status with what became of it. */
async function storeAll(deps: Deps, tenantId: string, paths: readonly string[], asJson: boolean): Promise<void> {
  let refused = 0;
  for await (const path of filesUnder(paths)) {
    const loaded = await loadFile(path, STATUS_LIMITS.maxBytes);
    const result =
      'bytes' in loaded
        ? await receiveStatus(deps, tenantId, { name: path, bytes: loaded.bytes })
        : refuseStatus(loaded.code, path, loaded.data);
    if (!result.ok) {
      refused += 1;
      const { code, message } = result.refusal;
      console.log(
        asJson ? JSON.stringify({ file: path, error: { code, message } }) : `${path}\u202f: REFUSÉ (${code}). ${message}`,
      );
      continue;
    }
    for (const status of result.value)
      console.log(asJson ? JSON.stringify({ file: path, ...received(status) }) : `${path}\u202f: ${receivedWords(status)}`);
  }
  if (refused > 0) process.exitCode = 1;
}

const received = ({ issuedOn, on, ...rest }: ReceivedStatus) => ({
  ...rest,
  issuedOn: issuedOn?.toString() ?? null,
  on: on.toString(),
});

interface Flags {
  readonly json?: boolean;
  readonly store?: true;
  readonly company?: string;
}

/** Adds `quitus invoice status` to the `invoice` command. */
export function registerInvoiceStatus(invoice: Command, open: () => Promise<Deps>): void {
  invoice
    .command('status')
    .description('lit des statuts de facture électronique (messages de cycle de vie CDAR) et montre ce qu’ils disent')
    .argument('<fichiers...>', 'fichiers à lire ; un dossier est lu avec ses sous-dossiers')
    .option('--json', 'une ligne JSON par statut : {file, …champs} ou {file, error: {code, message}}')
    .option('--store', 'note chaque statut dans le dossier de sa facture, ou le garde jusqu’à ce qu’elle arrive')
    .option('--company <nom>', 'avec --store : l’entreprise, quand il y en a plusieurs')
    .addHelpText('after', '\nCode de sortie : 0 si tout a été lu, 1 si un fichier a été refusé.')
    .action((paths: string[], { json = false, store, company }: Flags) =>
      store ? inCompany(open, company, (deps, tenantId) => storeAll(deps, tenantId, paths, json)) : readAll(paths, json),
    );
}
