import { createHash } from 'node:crypto';
import { BANK_FIELDS, type BankMapping, type BankTableOutline, type StatementOptions } from '#formats/bank/index.ts';
import { fold } from '#formats/text/values.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';

/** How the tables of a bank are read, as the user said it. */
export type TableReading = Pick<StatementOptions, 'invertSign' | 'dayOrder'> & { readonly mapping: BankMapping };

/** The same as it is remembered, with the account it was last said of: a proposal, for two accounts of one bank look alike. */
export type KnownReading = TableReading & { readonly accountId?: string };

const hashOf = (parts: readonly string[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('hex');

/** The names of the columns, whatever their case and blanks: files that share them hold the same. */
const ofNames = (cells: readonly string[]): string => hashOf(cells.map((cell) => fold(cell).trim()));

/** Without names, all that two exports of one bank share is how many columns they have. */
const ofWidth = (rows: BankTableOutline['rows']): string => hashOf(['columns', String(rows[0]?.cells.length ?? 0)]);

const isNamed = (mapping: BankMapping): boolean => Object.values(mapping).some((column) => typeof column === 'string');

/** Remembers how tables with these columns are read. */
export async function rememberReading(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  tenantId: string,
  { rows, header }: Pick<BankTableOutline, 'rows' | 'header'>,
  { mapping, invertSign, dayOrder, accountId }: KnownReading,
): Promise<void> {
  const kept = {
    columns: mapping,
    ...(invertSign ? { invertSign } : {}),
    ...(dayOrder ? { dayOrder } : {}),
    ...(accountId ? { accountId } : {}),
  };
  const row = { mapping: JSON.stringify(kept), updated_at: deps.clock.now() };
  const signature = isNamed(mapping) ? ofNames(rows[header]?.cells ?? []) : ofWidth(rows);
  await tx
    .insertInto('column_mappings')
    .values({ tenant_id: tenantId, subject: 'bank', signature, ...row })
    .onConflict((c) => c.columns(['tenant_id', 'subject', 'signature']).doUpdateSet(row))
    .execute();
}

/** Whether anything was ever remembered of a company's banks: most never need it, and no file is then opened twice. */
export async function remembersReadings(tx: Tx, tenantId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('column_mappings')
    .select('signature')
    .where('tenant_id', '=', tenantId)
    .where('subject', '=', 'bank')
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * How a table is read when one with the same columns was explained before. `sure`: its columns have the same names; without names, a table
 * as wide was explained, which only is a proposal.
 */
export async function recallReading(
  tx: Tx,
  tenantId: string,
  { rows }: Pick<BankTableOutline, 'rows'>,
): Promise<(KnownReading & { readonly sure: boolean }) | undefined> {
  const names = rows.map(({ cells }) => ofNames(cells));
  const found = await tx
    .selectFrom('column_mappings')
    .select(['mapping', 'signature'])
    .where('tenant_id', '=', tenantId)
    .where('subject', '=', 'bank')
    .where('signature', 'in', [...names, ofWidth(rows)])
    .orderBy('updated_at', 'desc')
    .execute();
  const row = found.find(({ signature }) => names.includes(signature)) ?? found[0];
  if (!row) return undefined;
  const { columns = {}, invertSign, dayOrder, accountId } = row.mapping as Omit<KnownReading, 'mapping'> & { columns?: object };
  const known: readonly string[] = BANK_FIELDS;
  const mapping = Object.fromEntries(Object.entries(columns).filter(([field]) => known.includes(field))) as BankMapping;
  return {
    mapping,
    ...(invertSign === true ? { invertSign } : {}),
    ...(dayOrder === 'dmy' || dayOrder === 'mdy' ? { dayOrder } : {}),
    ...(accountId ? { accountId } : {}),
    sure: isNamed(mapping),
  };
}
