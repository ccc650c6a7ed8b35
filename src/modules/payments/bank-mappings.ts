import { createHash } from 'node:crypto';
import { BANK_FIELDS, type BankMapping } from '#formats/bank/index.ts';
import { decodeText } from '#formats/text/decode.ts';
import { fold } from '#formats/text/values.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';

/** Lines within which the headers stand. */
const WITHIN = 30;
const HEAD_BYTES = 16_000;

const hashOf = (line: string): string => createHash('sha256').update(fold(line).trim()).digest('hex');

/** The first lines of a file as text; those of a spreadsheet or an archive say nothing. */
function headLines(bytes: Uint8Array): string[] {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return [];
  return decodeText(bytes.subarray(0, HEAD_BYTES))
    .split(/\r?\n/, WITHIN)
    .filter((line) => line.trim() !== '');
}

/** The line of the headers: the one that holds every column the mapping names; the first line when columns are named by rank alone. */
function headerOf(lines: readonly string[], mapping: BankMapping): string | undefined {
  const names = Object.values(mapping).filter((column): column is string => typeof column === 'string');
  return lines.find((line) => names.every((name) => fold(line).includes(fold(name).trim())));
}

/** Remembers which column of files with these headers holds what. */
export async function rememberBankMapping(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  tenantId: string,
  bytes: Uint8Array,
  mapping: BankMapping,
): Promise<void> {
  const header = headerOf(headLines(bytes), mapping);
  if (header === undefined) return;
  const row = { mapping: JSON.stringify(mapping), updated_at: deps.clock.now() };
  await tx
    .insertInto('column_mappings')
    .values({ tenant_id: tenantId, subject: 'bank', signature: hashOf(header), ...row })
    .onConflict((c) => c.columns(['tenant_id', 'subject', 'signature']).doUpdateSet(row))
    .execute();
}

/** The mapping that was given for a file with the same headers, if any. */
export async function recallBankMapping(
  deps: Pick<Deps, 'db'>,
  tenantId: string,
  bytes: Uint8Array,
): Promise<BankMapping | undefined> {
  const signatures = headLines(bytes).map(hashOf);
  if (signatures.length === 0) return undefined;
  const row = await deps.db.tenant(tenantId, (tx) =>
    tx
      .selectFrom('column_mappings')
      .select('mapping')
      .where('tenant_id', '=', tenantId)
      .where('subject', '=', 'bank')
      .where('signature', 'in', signatures)
      .orderBy('updated_at', 'desc')
      .executeTakeFirst(),
  );
  const known: readonly string[] = BANK_FIELDS;
  const entries = Object.entries((row?.mapping ?? {}) as Record<string, unknown>);
  const mapping = Object.fromEntries(entries.filter(([field]) => known.includes(field)));
  return row ? (mapping as BankMapping) : undefined;
}
