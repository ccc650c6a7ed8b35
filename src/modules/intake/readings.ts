import { sql } from 'kysely';
import type { Refusal } from '#core/kernel/result.ts';
import { type InvoiceReading, isCreditNote } from '#formats/invoice/index.ts';
import type { Tx } from '#platform/db/database.ts';
import { jsonText } from '#platform/db/json.ts';
import type { Deps } from '#platform/deps.ts';
import type { Typed } from '#platform/form.ts';
import { newId } from '#platform/ids.ts';

export type ReadingStatus = 'to-confirm' | 'confirmed' | 'duplicate' | 'refused' | 'discarded';

/** A dropped file, or one row of it, on its way to the books. */
export interface Reading {
  readonly id: string;
  readonly fileName: string;
  readonly sha256: string;
  readonly mediaType: string;
  readonly status: ReadingStatus;
  readonly reading: InvoiceReading | null;
  readonly refusal: Refusal | null;
  /** what the user typed so far */
  readonly draft: Typed | null;
  /** the invoice it became, or that it repeats */
  readonly invoice: { readonly id: string; readonly number: string; readonly caseId: string | null } | null;
}

/** What was found in a file: a reading, or why there is none. */
export interface Found {
  readonly reading: InvoiceReading | null;
  readonly refusal: Refusal | null;
}

/** Rows of one statement. */
const BATCH = 1000;

/**
 * Records what was found in a file. The same content again: what was confirmed stays so, what was refused, a duplicate or set aside gets
 * another chance.
 */
export async function recordReadings(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  tenantId: string,
  file: { sha256: string; name: string },
  found: readonly Found[],
): Promise<void> {
  const now = deps.clock.now();
  const rows = found.map(({ reading, refusal }, ordinal) => ({
    tenant_id: tenantId,
    reading_id: newId(),
    file_sha256: file.sha256,
    file_name: file.name,
    ordinal,
    status: refusal ? ('refused' as const) : ('to-confirm' as const),
    reading: reading && jsonText(reading),
    refusal: refusal && jsonText(refusal),
    created_at: now,
  }));
  for (let start = 0; start < rows.length; start += BATCH) {
    await tx
      .insertInto('readings')
      .values(rows.slice(start, start + BATCH))
      .onConflict((c) =>
        c.columns(['tenant_id', 'file_sha256', 'ordinal']).doUpdateSet({
          file_name: sql`excluded.file_name`,
          status: sql`case when readings.status in ('confirmed', 'to-confirm') then readings.status else excluded.status end`,
          reading: sql`excluded.reading`,
          refusal: sql`excluded.refusal`,
        }),
      )
      .execute();
  }
}

/** Marks the readings of a file whose kind, number and date are on the books already, each with the invoice it repeats. */
export async function markDuplicates(tx: Tx, tenantId: string, sha256: string): Promise<void> {
  const { rows } = await sql<{ reading_id: string; reading: InvoiceReading; invoice_id: string; document_kind: string }>`
    select r.reading_id, r.reading, i.invoice_id, i.document_kind
    from readings r join invoices i
      on i.tenant_id = r.tenant_id and i.number = r.reading->>'number' and i.issued_on::text = r.reading->>'issue_date'
    where r.tenant_id = ${tenantId} and r.file_sha256 = ${sha256} and r.status = 'to-confirm'`.execute(tx);
  for (const { reading_id, reading, invoice_id, document_kind } of rows) {
    const kind = isCreditNote(reading.type_code, reading.format) ? 'credit-note' : 'invoice';
    if (kind === document_kind) await setReading(tx, tenantId, reading_id, { status: 'duplicate', invoice_id }, ['to-confirm']);
  }
}

export type Which = { readonly sha256: string } | { readonly id: string } | 'pending' | 'left-out';

/** Readings in the order in which they came: one, those of a file, those that wait for the user, or those that were not taken. */
export async function readingsOf(
  tx: Tx,
  tenantId: string,
  which: Which,
  page: { limit: number; offset?: number } = { limit: 500 },
): Promise<Reading[]> {
  let query = tx
    .selectFrom('readings')
    .innerJoin('files', (join) =>
      join.onRef('files.tenant_id', '=', 'readings.tenant_id').onRef('files.sha256', '=', 'readings.file_sha256'),
    )
    .leftJoin('invoices', (join) =>
      join.onRef('invoices.tenant_id', '=', 'readings.tenant_id').onRef('invoices.invoice_id', '=', 'readings.invoice_id'),
    )
    .select([
      'reading_id',
      'file_name',
      'readings.file_sha256',
      'media_type',
      'status',
      'reading',
      'refusal',
      'draft',
      'invoices.invoice_id',
      'invoices.number',
      'invoices.case_id',
    ])
    .where('readings.tenant_id', '=', tenantId);
  if (which === 'pending') query = query.where('status', '=', 'to-confirm');
  else if (which === 'left-out') query = query.where('status', 'in', ['refused', 'duplicate']);
  else if ('id' in which) query = query.where('reading_id', '=', which.id);
  else query = query.where('readings.file_sha256', '=', which.sha256);
  const rows = await query
    .orderBy('readings.created_at')
    .orderBy('ordinal')
    .orderBy('reading_id')
    .limit(page.limit)
    .offset(page.offset ?? 0)
    .execute();
  return rows.map((row) => ({
    id: row.reading_id,
    fileName: row.file_name,
    sha256: row.file_sha256,
    mediaType: row.media_type,
    status: row.status as ReadingStatus,
    reading: row.reading as InvoiceReading | null,
    refusal: row.refusal as Refusal | null,
    draft: row.draft as Typed | null,
    invoice: row.invoice_id && row.number !== null ? { id: row.invoice_id, number: row.number, caseId: row.case_id } : null,
  }));
}

/** How many readings wait for the user. */
export async function countPending(tx: Tx, tenantId: string): Promise<number> {
  const row = await tx
    .selectFrom('readings')
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .where('tenant_id', '=', tenantId)
    .where('status', '=', 'to-confirm')
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

interface Change {
  readonly status?: ReadingStatus;
  readonly invoice_id?: string;
  readonly draft?: string | null;
}

/** Changes one reading, if it is in one of the states given. Says whether it was. */
export async function setReading(
  tx: Tx,
  tenantId: string,
  readingId: string,
  change: Change,
  from: readonly ReadingStatus[],
): Promise<boolean> {
  const done = await tx
    .updateTable('readings')
    .set(change)
    .where('tenant_id', '=', tenantId)
    .where('reading_id', '=', readingId)
    .where('status', 'in', from)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}

/** Clears the list of what was not taken. The files stay. */
export async function clearLeftOut(tx: Tx, tenantId: string): Promise<void> {
  await tx
    .updateTable('readings')
    .set({ status: 'discarded' })
    .where('tenant_id', '=', tenantId)
    .where('status', 'in', ['refused', 'duplicate'])
    .execute();
}

/** When the same content was first dropped, and under which name; undefined the first time. */
export async function droppedBefore(
  tx: Tx,
  tenantId: string,
  sha256: string,
): Promise<{ readonly at: Temporal.Instant; readonly name: string } | undefined> {
  // The name under which it is kept is the first one; readings carry the latest.
  const row = await tx
    .selectFrom('files')
    .select(['created_at', 'name'])
    .where('tenant_id', '=', tenantId)
    .where('sha256', '=', sha256)
    .where(({ exists, selectFrom }) =>
      exists(selectFrom('readings').select('reading_id').where('tenant_id', '=', tenantId).where('file_sha256', '=', sha256)),
    )
    .executeTakeFirst();
  return row && { at: row.created_at, name: row.name };
}
