import { sql } from 'kysely';
import type { Tx } from '#platform/db/database.ts';

/** The references of cases, by identifier. */
export async function caseReferences(tx: Tx, tenantId: string, caseIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx
    .selectFrom('cases')
    .select(['case_id', 'reference'])
    .where('tenant_id', '=', tenantId)
    .where(sql<boolean>`case_id = any(${[...new Set(caseIds)]}::uuid[])`)
    .execute();
  return new Map(rows.map((row) => [row.case_id, row.reference]));
}
