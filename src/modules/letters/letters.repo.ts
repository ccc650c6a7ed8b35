import type { Selectable } from 'kysely';
import type { Day } from '#core/kernel/day.ts';
import type { FormalNotice } from '#core/letters/formal-notice-model.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Schema } from '#platform/db/schema.ts';
import type { Deps } from '#platform/deps.ts';
import { newId } from '#platform/ids.ts';

/** A letter of a case, as it was made. */
export interface Letter {
  readonly id: string;
  readonly caseId: string;
  readonly asOf: Day;
  readonly deadlineOn: Day;
  readonly sha256: string;
  readonly createdAt: Temporal.Instant;
  readonly model: FormalNotice;
  readonly postedOn: Day | null;
  readonly trackingNumber: string | null;
  readonly outcome: 'delivered' | 'refused' | 'unclaimed' | 'returned' | null;
  readonly outcomeOn: Day | null;
  readonly receiptSha256: string | null;
}

/** One letter, or undefined. */
export async function readLetter(tx: Tx, tenantId: string, letterId: string, lock = false): Promise<Letter | undefined> {
  const query = tx.selectFrom('letters').selectAll().where('tenant_id', '=', tenantId).where('letter_id', '=', letterId);
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst();
  return row && toLetter(row);
}

/** The letters of a case, oldest first. */
export async function lettersOf(tx: Tx, tenantId: string, caseId: string): Promise<Letter[]> {
  const rows = await tx
    .selectFrom('letters')
    .selectAll()
    .where('tenant_id', '=', tenantId)
    .where('case_id', '=', caseId)
    .orderBy('created_at')
    .execute();
  return rows.map(toLetter);
}

function toLetter(row: Selectable<Schema['letters']>): Letter {
  return {
    id: row.letter_id,
    caseId: row.case_id,
    asOf: row.as_of,
    deadlineOn: row.deadline_on,
    sha256: row.file_sha256,
    createdAt: row.created_at,
    model: row.model as unknown as FormalNotice,
    postedOn: row.posted_on,
    trackingNumber: row.tracking_number,
    outcome: row.outcome as Letter['outcome'],
    outcomeOn: row.outcome_on,
    receiptSha256: row.receipt_sha256,
  };
}

/** Adds a paper to the case's documents. */
export async function addDocument(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  tenantId: string,
  caseId: string,
  kind: 'letter' | 'receipt',
  title: string,
  sha256: string,
): Promise<void> {
  await tx
    .insertInto('documents')
    .values({
      tenant_id: tenantId,
      document_id: newId(),
      case_id: caseId,
      kind,
      title,
      file_sha256: sha256,
      added_at: deps.clock.now(),
    })
    .execute();
}
