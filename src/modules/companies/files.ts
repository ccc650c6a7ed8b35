import type { Tx } from '#platform/db/database.ts';

/** What the store knows of a kept file. */
export interface KeptFile {
  readonly sha256: string;
  readonly mediaType: string;
  /** the name it came with, or was given */
  readonly name: string;
}

/** A file of this company by its content hash; undefined when the company has none such. */
export async function findFile(tx: Tx, tenantId: string, sha256: string): Promise<KeptFile | undefined> {
  const row = await tx
    .selectFrom('files')
    .select(['media_type', 'name'])
    .where('tenant_id', '=', tenantId)
    .where('sha256', '=', sha256)
    .executeTakeFirst();
  return row && { sha256, mediaType: row.media_type, name: row.name };
}
