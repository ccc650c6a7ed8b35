import { OPEN_ITEM_FIELDS, type OpenItemMapping, sampleOpenItems } from '#formats/open-items/index.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import { readSheetSafely } from './sheet-reader.ts';

/** Remembers which column of lists with these headers holds what. */
export async function rememberMapping(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  tenantId: string,
  signature: string,
  mapping: OpenItemMapping,
): Promise<void> {
  const row = { mapping: JSON.stringify(mapping), updated_at: deps.clock.now() };
  await tx
    .insertInto('column_mappings')
    .values({ tenant_id: tenantId, subject: 'invoices', signature, ...row })
    .onConflict((c) => c.columns(['tenant_id', 'subject', 'signature']).doUpdateSet(row))
    .execute();
}

/** The mapping given before for a list with the same headers, if any. Reads the start of the list. */
export async function recallMapping(
  tx: Tx,
  tenantId: string,
  source: AsyncIterable<Uint8Array>,
  name: string,
): Promise<OpenItemMapping | undefined> {
  const rows = await tx
    .selectFrom('column_mappings')
    .select(['signature', 'mapping'])
    .where('tenant_id', '=', tenantId)
    .where('subject', '=', 'invoices')
    .orderBy('updated_at', 'desc')
    .execute();
  if (rows.length === 0) return undefined;
  const sample = await sampleOpenItems(source, name, { readSheet: readSheetSafely });
  const row = rows.find(({ signature }) => signature === sample?.signature);
  if (!row) return undefined;
  const known: readonly string[] = OPEN_ITEM_FIELDS;
  const entries = Object.entries(row.mapping as { [field: string]: string | number }).filter(([field]) => known.includes(field));
  return Object.fromEntries(entries) as OpenItemMapping;
}
