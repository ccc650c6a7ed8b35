import { sql } from 'kysely';
import { type Refusal, refuse } from '#core/kernel/result.ts';
import { appendJournal } from '#modules/journal/index.ts';
import type { Load } from '#platform/db/bulk.ts';
import type { Tx } from '#platform/db/database.ts';
import { asStored } from '#platform/db/json.ts';
import type { Deps } from '#platform/deps.ts';
import { applyStaged } from './applying.ts';
import { compare } from './comparing.ts';
import { keepErrors, lineErrors } from './errors.ts';
import type { Beforehand } from './imports.ts';
import { recallMapping, rememberMapping } from './mappings.ts';
import { readSheetSafely } from './sheet-reader.ts';
import { type Staged, stage } from './staging.ts';
import { type Import, type ImportSummary, readImport, saveOutcome } from './store.ts';

/** How far an import is. While reading, `done` of `total` bytes. */
export interface ImportProgress {
  readonly step: 'reading' | 'comparing' | 'debtors' | 'invoices' | 'payments' | 'cases';
  readonly done?: number;
  readonly total?: number;
}
export type Report = (progress: ImportProgress) => void;

/** Thrown to leave a transaction with a refusal, so that nothing of it stays. */
export class Refused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.code);
    this.refusal = refusal;
  }
}

const stop = (code: string, message: string, data?: Readonly<Record<string, unknown>>): never => {
  throw new Refused(refuse(code, message, data).refusal);
};

/**
 * Reads a list and compares it with the books; to `look` keeps what was found, to `apply` puts it on the books, all in the transaction of the
 * caller. Throws a `Refused`.
 */
export async function work(
  deps: Deps,
  tx: Tx,
  load: Load,
  tenantId: string,
  importId: string,
  task: { readonly what: 'look' } | { readonly what: 'apply'; readonly beforehand?: Beforehand },
  report: Report,
): Promise<void> {
  // Lists and invoices of one company enter one after the other.
  if (task.what === 'apply')
    await tx.selectFrom('creditors').select('tenant_id').where('tenant_id', '=', tenantId).forUpdate().execute();
  await sql`select from imports where tenant_id = ${tenantId} and import_id = ${importId} for update`.execute(tx);
  const given = await readImport(tx, tenantId, importId);
  if (given?.status === 'applied') return;
  if (!given || given.status === 'abandoned')
    return stop('import.unknown', 'Cet import n’existe pas, ou a été abandonné\u202f: déposez la liste de nouveau.');
  const staged = await read(deps, tx, load, tenantId, given, report);
  report({ step: 'comparing' });
  const { mode, listedOn } = given;
  const changes = await compare(tx, tenantId, { mode, listedOn, rejectedNumbers: staged.rejectedNumbers });
  const { rows } = await sql<{ n: bigint }>`select count(*) as n from left_out`.execute(tx);
  const rejected = staged.rejected + Number(rows[0]?.n ?? 0n);
  const summary: ImportSummary = { ...changes, lines: staged.items, rejected, recognised: staged.recognised, closedCases: 0 };
  await keepErrors(tx, tenantId, importId, await lineErrors(tx, staged));
  if (given.options.mapping) await rememberMapping(tx, deps, tenantId, staged.signature, given.options.mapping);
  if (task.what === 'look') return saveOutcome(tx, tenantId, importId, summary);
  await mayApply(tx, tenantId, given, summary, staged, task.beforehand);
  const { closedCases } = await applyStaged(
    tx,
    deps,
    tenantId,
    {
      importId,
      listedOn,
      fileName: given.fileName,
      debtorKind: given.options.debtorKind ?? 'business',
      publicByName: given.options.publicByName ?? false,
    },
    (step) => report({ step }),
  );
  const at = deps.clock.now();
  const done = { ...summary, closedCases };
  await saveOutcome(tx, tenantId, importId, done, at);
  const { recognised: _recognised, absentSample: _sample, looksPublic, ...counts } = done;
  const payload = asStored({
    importId,
    sha256: given.sha256,
    mode,
    listedOn: `${listedOn}`,
    ...(given.options.publicByName ? { publicByName: looksPublic?.count ?? 0 } : {}),
    ...JSON.parse(JSON.stringify(counts)),
  });
  await appendJournal(tx, tenantId, { kind: 'import-applied', on: deps.clock.today(), at, actor: 'user', payload });
}

/** The list in the table `staged`, by the columns that were given, now or for a list with the same headers. */
async function read(deps: Deps, tx: Tx, load: Load, tenantId: string, given: Import, report: Report): Promise<Staged> {
  const { sha256, sizeBytes, options, fileName } = given;
  const mapping = options.mapping ?? (await recallMapping(tx, tenantId, deps.files.readStream(tenantId, sha256), fileName));
  const { termDays } = options;
  const staged = await stage(
    tx,
    load,
    deps.files.readStream(tenantId, sha256),
    fileName,
    { readSheet: readSheetSafely, ...(mapping ? { mapping } : {}), ...(termDays === undefined ? {} : { termDays }) },
    (done) => report({ step: 'reading', done, total: sizeBytes }),
  );
  if (staged.refusal) throw new Refused(staged.refusal);
  if (staged.items === 0) {
    const first = staged.errors[0];
    const why = first ? ` Ligne ${first.line}\u202f: ${first.problems.map(({ reason }) => reason).join(' ')}` : '';
    return stop('import.nothing', `Aucune ligne de cette liste n’est utilisable.${why}`);
  }
  return staged;
}

/** Throws unless what is about to be done is what the user agreed to. */
async function mayApply(
  tx: Tx,
  tenantId: string,
  given: Import,
  summary: ImportSummary,
  staged: Staged,
  beforehand: Beforehand | undefined,
): Promise<void> {
  if (given.mode === 'full' && staged.numberless > 0)
    stop(
      'import.unreadable',
      `Cette liste complète a des lignes sans numéro lisible (${staged.numberless})\u202f: Quitus ne peut pas savoir quelles factures manquent. Corrigez ces lignes, ou importez en mode «\u00a0nouveautés seulement\u00a0».`,
      { count: staged.numberless },
    );
  if (beforehand?.strict && summary.rejected > 0)
    stop(
      'import.rejected',
      `Des lignes ne peuvent pas être prises (${summary.rejected})\u202f: rien n’a été importé, comme demandé. --dry-run les écrit dans un fichier à corriger.`,
      {
        count: summary.rejected,
      },
    );
  if (beforehand && beforehand.settles !== summary.absent.count)
    stop(
      'import.settles',
      `Cette liste complète solderait ${summary.absent.count} des ${summary.openBefore.count} factures ouvertes, qui n’y figurent plus. Si c’est bien le cas, relancez avec --settle ${summary.absent.count}.`,
      { absent: summary.absent.count, open: summary.openBefore.count },
    );
  const seen = given.summary;
  const sums = ({ absent, reduced }: ImportSummary): string => JSON.stringify([absent.count, absent.cents, reduced.cents]);
  // What is settled is locked, and must still be what was compared.
  const { rows } = await sql<{ moved: boolean }>`
    with settled as (
      select invoice_id, cents from absent union all select invoice_id, known_cents from matched where fate = 'reduced'),
    locked as (
      select invoice_id, balance_cents from invoices
      where tenant_id = ${tenantId} and invoice_id in (select invoice_id from settled) for update)
    select exists (select from settled s left join locked l using (invoice_id) where l.balance_cents is distinct from s.cents) as moved`.execute(
    tx,
  );
  if (rows[0]?.moved || (seen && sums(seen) !== sums(summary)))
    stop(
      'import.changed',
      'Des paiements sont arrivés depuis l’aperçu\u202f: ce que cette liste solde n’est plus le même. Regardez l’aperçu de nouveau.',
    );
}
