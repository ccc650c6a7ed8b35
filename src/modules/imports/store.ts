import { createReadStream } from 'node:fs';
import { canonicalJson } from '#core/kernel/canonical.ts';
import type { Day } from '#core/kernel/day.ts';
import type { Refusal } from '#core/kernel/result.ts';
import type { OpenItemMapping } from '#formats/open-items/index.ts';
import type { Tx } from '#platform/db/database.ts';
import { asStored, jsonText } from '#platform/db/json.ts';
import type { Deps } from '#platform/deps.ts';
import { newId } from '#platform/ids.ts';
import type { Changes } from './comparing.ts';

/** How a list is to be taken. */
export interface ImportOptions {
  /** full: an open invoice that the list no longer shows is settled; delta: it is left alone */
  readonly mode: 'full' | 'delta';
  /** the day the list was drawn up; today when left out */
  readonly listedOn?: Day;
  readonly mapping?: OpenItemMapping;
  /** the usual delay to pay, in days, of lines without a due date */
  readonly termDays?: number;
  /** what new debtors are; businesses when left out */
  readonly debtorKind?: 'business' | 'consumer' | 'public';
  /** new debtors whose name begins like a public body's are public buyers, whatever the others are */
  readonly publicByName?: boolean;
}

/** What is kept of the options beside the columns of the table. */
export type Kept = Pick<ImportOptions, 'mapping' | 'termDays' | 'debtorKind' | 'publicByName'>;

/** A list: held in memory, or a file of this machine that is read as it comes. */
export type ImportSource =
  | { readonly name: string; readonly bytes: Uint8Array }
  | { readonly name: string; readonly path: string };

/** What an import changes, or changed. */
export interface ImportSummary extends Changes {
  /** lines of the list that could be read */
  readonly lines: number;
  /** lines that could not be read, lines told twice, lines whose debtor is not sure */
  readonly rejected: number;
  /** which column was read as what: field → header */
  readonly recognised: Readonly<Record<string, string>>;
  /** cases that closed by themselves; known once it is applied */
  readonly closedCases: number;
}

/** An import and where it stands. */
export interface Import {
  readonly id: string;
  readonly fileName: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly mode: 'full' | 'delta';
  readonly listedOn: Day;
  readonly options: Kept;
  /** `confirmed`: the user said yes, and it is under way or was interrupted: `applyImport` takes it up */
  readonly status: 'to-confirm' | 'confirmed' | 'applied' | 'abandoned';
  /** undefined until it was looked at */
  readonly summary: ImportSummary | undefined;
  /** why it could not be read, or applied */
  readonly refusal: Refusal | undefined;
  readonly createdAt: Temporal.Instant;
  readonly appliedAt: Temporal.Instant | undefined;
}

const keptOf = ({ mapping, termDays, debtorKind, publicByName }: Kept): Kept => ({
  ...(mapping && Object.keys(mapping).length > 0 ? { mapping } : {}),
  ...(termDays === undefined ? {} : { termDays }),
  ...(debtorKind ? { debtorKind } : {}),
  ...(publicByName ? { publicByName } : {}),
});

/** Keeps the file itself, as it comes. */
export async function keepFile(deps: Deps, tenantId: string, source: ImportSource): Promise<string> {
  const kept =
    'bytes' in source
      ? { sha256: await deps.files.write(tenantId, source.bytes), sizeBytes: source.bytes.length }
      : await deps.files.writeStream(tenantId, createReadStream(source.path, { highWaterMark: 1 << 18 }));
  await deps.db.tenant(tenantId, (tx) =>
    tx
      .insertInto('files')
      .values({
        tenant_id: tenantId,
        sha256: kept.sha256,
        size_bytes: BigInt(kept.sizeBytes),
        media_type: 'application/octet-stream',
        name: source.name,
        created_at: deps.clock.now(),
      })
      .onConflict((c) => c.columns(['tenant_id', 'sha256']).doNothing())
      .execute(),
  );
  return kept.sha256;
}

/**
 * A new import of a kept file; or, when the same one was dropped and not confirmed, that one, taken the new way; or, when the same was
 * confirmed and interrupted, that one, to be taken up.
 */
export async function addImport(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  tenantId: string,
  file: { readonly sha256: string; readonly name: string },
  options: ImportOptions & { readonly listedOn: Day },
  status: 'to-confirm' | 'confirmed',
): Promise<string> {
  const keptJson = asStored(keptOf(options));
  const mapping = jsonText(keptJson);
  const same = await tx
    .selectFrom('imports')
    .select(['import_id', 'mode', 'listed_on', 'mapping'])
    .where('tenant_id', '=', tenantId)
    .where('file_sha256', '=', file.sha256)
    .where('status', '=', status)
    .orderBy('created_at', 'desc')
    .execute();
  for (const { import_id, mode, listed_on, mapping: known } of same) {
    if (status === 'to-confirm') {
      await changeOptions(tx, tenantId, import_id, { ...(known as Kept), ...options });
      return import_id;
    }
    if (mode === options.mode && listed_on.equals(options.listedOn) && canonicalJson(known) === canonicalJson(keptJson))
      return import_id;
  }
  const importId = newId();
  const row = {
    tenant_id: tenantId,
    import_id: importId,
    file_sha256: file.sha256,
    file_name: file.name,
    mode: options.mode,
    listed_on: options.listedOn,
    mapping,
    status,
    summary: '{}',
    created_at: deps.clock.now(),
  };
  await tx.insertInto('imports').values(row).execute();
  return importId;
}

/** How an import that was not confirmed is to be taken from now on; false when there is none such. */
export async function changeOptions(
  tx: Tx,
  tenantId: string,
  importId: string,
  options: ImportOptions & { readonly listedOn: Day },
): Promise<boolean> {
  const done = await tx
    .updateTable('imports')
    .set({ mode: options.mode, listed_on: options.listedOn, mapping: jsonText(keptOf(options)), summary: '{}' })
    .where('tenant_id', '=', tenantId)
    .where('import_id', '=', importId)
    .where('status', '=', 'to-confirm')
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** Keeps what the user answered to the look at an import: whether its new debtors with a public body's name are public buyers. */
export async function keepAnswer(tx: Tx, tenantId: string, { id, options }: Import, publicByName: boolean): Promise<void> {
  await tx
    .updateTable('imports')
    .set({ mapping: jsonText(keptOf({ ...options, publicByName })) })
    .where('tenant_id', '=', tenantId)
    .where('import_id', '=', id)
    .execute();
}

/** Moves an import from some states to another; false when it is in none of them. */
export async function moveImport(
  tx: Tx,
  tenantId: string,
  importId: string,
  from: readonly Import['status'][],
  to: Import['status'],
): Promise<boolean> {
  const done = await tx
    .updateTable('imports')
    .set({ status: to })
    .where('tenant_id', '=', tenantId)
    .where('import_id', '=', importId)
    .where('status', 'in', from)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** Writes what was found, or why nothing could be. */
export async function saveOutcome(
  tx: Tx,
  tenantId: string,
  importId: string,
  found: ImportSummary | { readonly refusal: Refusal },
  appliedAt?: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable('imports')
    .set({ summary: jsonText(found), ...(appliedAt ? { status: 'applied', applied_at: appliedAt } : {}) })
    .where('tenant_id', '=', tenantId)
    .where('import_id', '=', importId)
    .execute();
}

/** An import by its identifier. */
export async function readImport(tx: Tx, tenantId: string, importId: string): Promise<Import | undefined> {
  return (await imports(tx, tenantId, { importId }))[0];
}

/** The imports of the company that were not given up, the latest first. */
export const listImports = (tx: Tx, tenantId: string, limit: number): Promise<Import[]> => imports(tx, tenantId, { limit });

async function imports(
  tx: Tx,
  tenantId: string,
  which: { readonly importId: string } | { readonly limit: number },
): Promise<Import[]> {
  let query = tx
    .selectFrom('imports')
    .innerJoin('files', (join) =>
      join.onRef('files.tenant_id', '=', 'imports.tenant_id').onRef('files.sha256', '=', 'imports.file_sha256'),
    )
    .selectAll('imports')
    .select('files.size_bytes')
    .where('imports.tenant_id', '=', tenantId);
  query =
    'importId' in which
      ? query.where('import_id', '=', which.importId)
      : query.where('status', '<>', 'abandoned').limit(which.limit);
  const rows = await query.orderBy('imports.created_at', 'desc').orderBy('import_id', 'desc').execute();
  return rows.map((row) => {
    const found = row.summary as unknown as ImportSummary | { readonly refusal: Refusal } | Record<string, never>;
    return {
      id: row.import_id,
      fileName: row.file_name,
      sha256: row.file_sha256,
      sizeBytes: Number(row.size_bytes),
      mode: row.mode,
      listedOn: row.listed_on,
      options: row.mapping as unknown as Kept,
      status: row.status,
      summary: 'lines' in found ? (found as ImportSummary) : undefined,
      refusal: 'refusal' in found ? (found as { refusal: Refusal }).refusal : undefined,
      createdAt: row.created_at,
      appliedAt: row.applied_at ?? undefined,
    };
  });
}
