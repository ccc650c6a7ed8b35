import { type Command, Option } from 'commander';
import { caseReferences } from '#modules/cases/index.ts';
import { inCompany } from '#modules/companies/index.ts';
import { receivedWords } from '#modules/einvoicing/index.ts';
import type { Deps } from '#platform/deps.ts';
import { filesProgress } from '#ui/files-progress.ts';
import { count, listOf, NNBSP } from '#ui/format.ts';
import { type Taken, type TakenFile, takeFiles, type UnknownKind } from './folder.ts';
import { titleOf } from './reading-words.ts';

interface Flags {
  readonly company?: string;
  readonly debtors?: NonNullable<UnknownKind>;
  readonly json?: true;
}

/** Adds `quitus invoice import` to the verbs of invoices. */
export function registerInvoiceImport(invoice: Command, open: () => Promise<Deps>): void {
  invoice
    .command('import')
    .description('met des factures dans Quitus, comme si vous les déposiez dans la page')
    .argument('<fichiers...>', 'factures (PDF, XML, CSV) ; un dossier est lu avec ses sous-dossiers')
    .addOption(
      new Option(
        '--debtors <sorte>',
        'ce que sont les clients dont la facture ne le dit pas (sinon leurs factures attendent)',
      ).choices(['business', 'consumer']),
    )
    .option('--company <nom>', 'l’entreprise, s’il y en a plusieurs')
    .option('--json', 'une ligne JSON par fichier : {file, documents: […]} ou {file, error: {code, message}}')
    .addHelpText(
      'after',
      '\nCe qui est lu avec certitude devient un dossier ; le reste attend votre confirmation dans la page « Déposer ». Les mêmes fichiers une seconde fois ne changent rien.\nCode de sortie : 0 si tout a été pris, 1 si un fichier a été refusé.',
    )
    .action((paths: string[], flags: Flags) =>
      inCompany(open, flags.company, (deps, tenantId) => importAll(deps, tenantId, paths, flags)),
    );
}

async function importAll(deps: Deps, tenantId: string, paths: readonly string[], flags: Flags): Promise<void> {
  const sums = { added: 0, known: 0, waiting: 0, refused: 0, 'set-aside': 0 };
  let files = 0;
  const report = filesProgress();
  for await (const file of takeFiles(deps, tenantId, paths, flags.debtors)) {
    files += 1;
    for (const { outcome } of file.documents) sums[outcome] += 1;
    if (file.refusal) sums.refused += 1;
    const cases = await referencesOf(deps, tenantId, file.documents);
    report.clear();
    for (const line of flags.json ? [jsonLine(file, cases)] : textLines(file, cases)) process.stdout.write(`${line}\n`);
    report.at(files);
  }
  report.clear();
  if (!flags.json) process.stdout.write(`${told(files, sums)}\n`);
  if (sums.refused > 0) process.exitCode = 1;
}

async function referencesOf(deps: Deps, tenantId: string, documents: readonly Taken[]): Promise<ReadonlyMap<string, string>> {
  const ids = documents.flatMap(({ reading }) => reading.invoice?.caseId ?? []);
  return ids.length === 0 ? new Map() : deps.db.tenant(tenantId, (tx) => caseReferences(tx, tenantId, ids));
}

const caseOf = ({ reading }: Taken, cases: ReadonlyMap<string, string>): string | undefined =>
  cases.get(reading.invoice?.caseId ?? '');

function jsonLine({ path, documents, statuses, refusal }: TakenFile, cases: ReadonlyMap<string, string>): string {
  if (refusal) return JSON.stringify({ file: path, error: { code: refusal.code, message: refusal.message } });
  return JSON.stringify({
    file: path,
    documents: documents.map((one) => ({
      number: one.reading.reading?.number ?? null,
      outcome: one.outcome,
      case: caseOf(one, cases) ?? null,
      reasons: one.reasons,
      ...(one.reading.refusal ? { error: { code: one.reading.refusal.code, message: one.reading.refusal.message } } : {}),
    })),
    ...(statuses ? { statuses: statuses.length } : {}),
  });
}

function* textLines({ path, documents, statuses, refusal }: TakenFile, cases: ReadonlyMap<string, string>): Generator<string> {
  if (refusal) yield `${path}${NNBSP}: REFUSÉ (${refusal.code}). ${refusal.message}`;
  for (const status of statuses ?? []) yield `${path}${NNBSP}: ${receivedWords(status)}`;
  for (const one of documents) yield `${path}${NNBSP}: ${words(one, caseOf(one, cases))}`;
}

function words({ reading, outcome, reasons }: Taken, reference: string | undefined): string {
  const what = reading.reading ? titleOf(reading.reading) : 'document';
  const where = reference ? `, dossier ${reference}` : '';
  switch (outcome) {
    case 'added':
      return `${what} dans Quitus${where}`;
    case 'known':
      return `${what} y était déjà${where}`;
    case 'waiting':
      return `${what} à confirmer${reasons.length > 0 ? ` (${reasons.join('\u202f; ')})` : ''}`;
    case 'set-aside':
      return `${what}, que vous avez écarté`;
    case 'refused':
      return `REFUSÉ (${reading.refusal?.code ?? ''}). ${reading.refusal?.message ?? ''}`;
  }
}

function told(files: number, sums: Readonly<Record<Taken['outcome'], number>>): string {
  const parts = [
    ...(sums.added > 0 ? [`${count(sums.added, 'document ajouté', 'documents ajoutés')}`] : []),
    ...(sums.known > 0 ? [`${count(sums.known, 'document')} déjà dans Quitus`] : []),
    ...(sums.waiting > 0 ? [`${count(sums.waiting, 'document')} à confirmer dans la page « Déposer »`] : []),
    ...(sums.refused > 0 ? [count(sums.refused, 'document refusé', 'documents refusés')] : []),
  ];
  if (files === 0) return 'Aucun fichier de facture (PDF, XML, CSV) à cet endroit.';
  return `${count(files, 'fichier')}${NNBSP}: ${parts.length > 0 ? listOf(parts) : 'rien de nouveau'}.`;
}
