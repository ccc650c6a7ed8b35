import { sql } from 'kysely';
import { money } from '#core/kernel/money.ts';

import type { Tx } from '#platform/db/database.ts';
import { euros } from '#ui/format.ts';
import { ERRORS_KEPT, type Staged } from './staging.ts';

/** A line of a list that was not taken, or not as it stands, and why. */
export interface LineError {
  readonly line: number;
  /** `unreadable`: cannot be used; `repeated`: told before; `debtor`: could be several; `differing`: the books say otherwise, nothing changed */
  readonly kind: 'unreadable' | 'repeated' | 'debtor' | 'differing';
  /** the title of the column, when one is to blame */
  readonly column: string | null;
  readonly value: string | null;
  /** in French, a sentence */
  readonly reason: string;
}

interface Told {
  readonly kind: LineError['kind'];
  readonly line: bigint;
  readonly first_line: bigint | null;
  readonly reason: string | null;
  readonly number: string;
  readonly name: string | null;
  readonly currency: string;
  readonly open_cents: bigint;
  readonly known_cents: bigint | null;
}

/** All that is to be told of the lines of a list, by line: the first `ERRORS_KEPT`. To be called once the list was compared. */
export async function lineErrors(tx: Tx, staged: Staged): Promise<LineError[]> {
  const { rows } = await sql<Told>`
    select l.kind, l.line, l.first_line, l.reason, s.number, coalesce(s.name, s.buyer_key, s.siren) as name, s.currency, s.open_cents,
      null::bigint as known_cents
    from left_out l join staged s on s.line = l.line
    union all
    select 'differing', m.line, null, m.reason, s.number, coalesce(s.name, s.buyer_key, s.siren), s.currency, s.open_cents, m.known_cents
    from matched m join staged s on s.line = m.line where m.fate = 'differing'
    order by 2 limit ${ERRORS_KEPT}`.execute(tx);
  const unreadable = staged.errors.flatMap(({ line, problems }) =>
    problems.map((problem): LineError => ({ line, kind: 'unreadable', ...problem })),
  );
  const told = rows.map((row) => tell(row, (field) => staged.recognised[field] ?? null));
  return [...unreadable, ...told].sort((a, b) => a.line - b.line).slice(0, ERRORS_KEPT);
}

function tell(row: Told, column: (field: string) => string | null): LineError {
  const { kind, number, name, reason } = row;
  const line = Number(row.line);
  const of = (field: string, value: string | null, why: string): LineError => ({
    line,
    kind,
    column: column(field),
    value,
    reason: why,
  });
  if (kind === 'repeated')
    return of('number', number, `Ce document est déjà à la ligne ${row.first_line}\u202f: cette ligne n’a pas été prise.`);
  if (kind === 'debtor') return of(column('buyer.name') === null ? 'buyer.key' : 'buyer.name', name, reason ?? '');
  const amount = (cents: bigint): string => euros(money(cents, row.currency));
  switch (reason) {
    case 'key':
      return of(
        'external_key',
        number,
        'Ce numéro est ici celui d’un document que l’autre logiciel appelait autrement. Rien n’a changé.',
      );
    case 'currency':
      return of('currency', row.currency, `La facture ${number} est ici dans une autre devise. Rien n’a changé.`);
    case 'debtor':
      return of('buyer.name', name, `La facture ${number} est ici au nom d’un autre client. Rien n’a changé.`);
    default:
      return of(
        'payable',
        amount(row.open_cents),
        `Ici, il ne reste que ${amount(row.known_cents ?? 0n)} à payer sur ${number}. Rien n’a changé.`,
      );
  }
}

/** Keeps what is to be told of an import, in place of what was kept before. */
export async function keepErrors(tx: Tx, tenantId: string, importId: string, errors: readonly LineError[]): Promise<void> {
  await tx.deleteFrom('import_errors').where('tenant_id', '=', tenantId).where('import_id', '=', importId).execute();
  const text = (value: string | null): string | null => value?.toWellFormed().replaceAll('\0', '\ufffd') ?? null;
  const of = <T>(pick: (row: LineError, rank: number) => T): T[] => errors.map(pick);
  await sql`
    insert into import_errors (tenant_id, import_id, ordinal, line, kind, header, value, reason)
    select ${tenantId}::uuid, ${importId}::uuid, n.* from unnest(
      ${of((_, rank) => rank)}::int[], ${of((e) => e.line)}::bigint[], ${of((e) => e.kind)}::text[], ${of((e) => text(e.column))}::text[],
      ${of((e) => text(e.value))}::text[], ${of((e) => text(e.reason))}::text[]) as n`.execute(tx);
}

/** What is told of an import, by line. */
export async function importErrors(tx: Tx, tenantId: string, importId: string, limit = ERRORS_KEPT): Promise<LineError[]> {
  const rows = await tx
    .selectFrom('import_errors')
    .select(['line', 'kind', 'header', 'value', 'reason'])
    .where('tenant_id', '=', tenantId)
    .where('import_id', '=', importId)
    .orderBy('ordinal')
    .limit(limit)
    .execute();
  return rows.map(({ line, header, ...row }) => ({ ...row, line: Number(line), column: header }));
}

const HEADERS = ['Ligne', 'Colonne', 'Valeur', 'Raison'] as const;

/** A cell that no spreadsheet takes for a formula, nor for the end of a cell. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** The lines that were not taken as a table for a French spreadsheet: semicolons, a mark that says UTF-8. */
export function errorsCsv(errors: readonly LineError[]): string {
  const rows = errors.map(({ line, column, value, reason }) => [
    String(line),
    cell(column ?? ''),
    cell(value ?? ''),
    cell(reason),
  ]);
  return `\ufeff${[HEADERS.map(cell), ...rows].map((row) => row.join(';')).join('\r\n')}\r\n`;
}
