import { sql } from 'kysely';
import { addDays, type Day, earlier, isBefore, parseDay } from '#core/kernel/day.ts';
import { ok, type Result, refuse } from '#core/kernel/result.ts';
import type { BankTableOutline, Statement, StatementFile } from '#formats/bank/index.ts';
import { recordFile } from '#modules/companies/index.ts';
import { appendJournal } from '#modules/journal/index.ts';
import type { Tx } from '#platform/db/database.ts';
import { jsonText } from '#platform/db/json.ts';
import type { Deps } from '#platform/deps.ts';
import { newId } from '#platform/ids.ts';
import { recallReading, rememberReading, remembersReadings, type TableReading } from './bank-mappings.ts';
import { rewriteCoverage, unknownAccount } from './freshness.ts';
import { type BookedEntry, bookedEntries, centsOf, type KnownEntry, unknownEntries, wordsOf } from './known-lines.ts';
import { readStatementSafely } from './statement-reader.ts';
import { outlineSafely } from './table-reader.ts';

/** What one statement of a file brought. */
export interface ReceivedStatement {
  readonly statementId: string;
  readonly accountId: string;
  readonly accountName: string;
  readonly from: Day | undefined;
  readonly until: Day | undefined;
  /** booked movements it holds, and those of them that were not known yet */
  readonly lines: number;
  readonly added: number;
  /** movements announced but not booked: left to a later statement */
  readonly pending: number;
  /** movements without a day, or with a fraction of a cent */
  readonly unusable: number;
  /** the account is complete until this day, this statement included */
  readonly completeUntil: Day | undefined;
  /** in French */
  readonly warnings: readonly string[];
}

/** What a bank file brought. */
export interface ReceivedFile {
  readonly sha256: string;
  readonly format: string;
  /** the same file was received before: nothing was added */
  readonly again: boolean;
  /** when it came the first time, and under which name */
  readonly before?: { readonly at: Temporal.Instant; readonly name: string };
  readonly statements: readonly ReceivedStatement[];
}

export interface ReceiveOptions {
  /** the account, for files that name none */
  readonly accountId?: string;
  /** the same, for an account not known yet: its IBAN, or what it is called */
  readonly accountNumber?: string;
  /** how a table is read, and its row of headers (from 0; -1: none): remembered for those with the same columns */
  readonly table?: TableReading & Pick<BankTableOutline, 'rows' | 'header'>;
}

/**
 * Takes a bank file in: keeps it, adds the movements that no earlier file told, and says until when each account is complete. The file is
 * stored before its rows, and its rows come in one transaction: dropping it again ends in the same state. Matching is for `matchPending`.
 * Refusals: those of reading (docs/reference/errors.md), `bank.unknown-account`, `bank.which-account` (the file names none and several
 * exist: give `accountId`).
 */
export async function receiveStatement(
  deps: Deps,
  tenantId: string,
  file: { readonly name: string; readonly bytes: Uint8Array },
  options: ReceiveOptions = {},
): Promise<Result<ReceivedFile>> {
  const { table } = options;
  const { mapping, invertSign, dayOrder } = table ?? (await explainedBefore(deps, tenantId, file)) ?? {};
  const read = await readStatementSafely(file.bytes, file.name, {
    ...(mapping ? { mapping } : {}),
    ...(invertSign ? { invertSign } : {}),
    ...(dayOrder ? { dayOrder } : {}),
    maxBytes: deps.config.limits.fileBytes,
  });
  if (!read.ok) return read;
  const sha256 = await deps.files.write(tenantId, file.bytes);
  return deps.db.tenant(tenantId, async (tx) => {
    // Statements of one company come in one after the other: the same movement told by two files at once is added once.
    await tx.selectFrom('creditors').select('tenant_id').where('tenant_id', '=', tenantId).forUpdate().execute();
    const mediaType = read.value.format === 'xlsx' ? 'application/octet-stream' : 'text/plain';
    await recordFile(tx, deps, tenantId, { sha256, bytes: file.bytes, mediaType, name: file.name });
    const before = await statementsOf(tx, tenantId, sha256);
    if (before.length > 0) {
      const kept = await tx
        .selectFrom('files')
        .select(['created_at', 'name'])
        .where('tenant_id', '=', tenantId)
        .where('sha256', '=', sha256)
        .executeTakeFirstOrThrow();
      const first = { at: kept.created_at, name: kept.name };
      return ok({ sha256, format: read.value.format, again: true, before: first, statements: before });
    }
    const statements: ReceivedStatement[] = [];
    for (const [ordinal, statement] of read.value.statements.entries()) {
      const account = await accountOf(tx, deps, tenantId, statement, options);
      if (!account.ok) return account;
      statements.push(await add(tx, deps, tenantId, { sha256, ordinal, statement, format: read.value.format, ...account.value }));
    }
    const whose = statements[0]?.accountId;
    if (table) await rememberReading(tx, deps, tenantId, table, { ...table, ...(whose ? { accountId: whose } : {}) });
    await tell(tx, deps, tenantId, { sha256, file: read.value, statements });
    return ok({ sha256, format: read.value.format, again: false, statements });
  });
}

/** How a table with the same columns was explained; undefined for other files, and for one that only looks alike. */
async function explainedBefore(
  deps: Deps,
  tenantId: string,
  file: { readonly name: string; readonly bytes: Uint8Array },
): Promise<TableReading | undefined> {
  if (!(await deps.db.tenant(tenantId, (tx) => remembersReadings(tx, tenantId)))) return undefined;
  const outline = await outlineSafely(file.bytes, file.name);
  const known = outline && (await deps.db.tenant(tenantId, (tx) => recallReading(tx, tenantId, outline)));
  return known?.sure ? known : undefined;
}

async function tell(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  tenantId: string,
  of: { sha256: string; file: StatementFile; statements: readonly ReceivedStatement[] },
): Promise<void> {
  const statements = of.statements.map((s) => ({
    accountId: s.accountId,
    from: s.from?.toString() ?? null,
    until: s.until?.toString() ?? null,
    lines: s.lines,
    added: s.added,
  }));
  await appendJournal(tx, tenantId, {
    kind: 'bank-file-received',
    on: deps.clock.today(),
    at: deps.clock.now(),
    actor: 'user',
    payload: { sha256: of.sha256, format: of.file.format, statements },
  });
}

/** What a file brought when it first came. */
async function statementsOf(tx: Tx, tenantId: string, sha256: string): Promise<ReceivedStatement[]> {
  const rows = await tx
    .selectFrom('bank_statements')
    .innerJoin('bank_accounts', (join) =>
      join
        .onRef('bank_accounts.tenant_id', '=', 'bank_statements.tenant_id')
        .onRef('bank_accounts.account_id', '=', 'bank_statements.account_id'),
    )
    .select(['statement_id', 'bank_statements.account_id', 'name', 'from_on', 'until_on', 'lines', 'complete_on', 'warnings'])
    .where('bank_statements.tenant_id', '=', tenantId)
    .where('file_sha256', '=', sha256)
    .orderBy('ordinal')
    .execute();
  return rows.map((row) => ({
    statementId: row.statement_id,
    accountId: row.account_id,
    accountName: row.name,
    from: row.from_on ?? undefined,
    until: row.until_on ?? undefined,
    lines: row.lines,
    added: 0,
    pending: 0,
    unusable: 0,
    completeUntil: row.complete_on ?? undefined,
    warnings: row.warnings as string[],
  }));
}

interface Account {
  readonly accountId: string;
  readonly accountName: string;
}

/** The account a statement is of: the one it names (made when new), the one given, or the only one. */
async function accountOf(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  tenantId: string,
  statement: Statement,
  { accountId, accountNumber }: Pick<ReceiveOptions, 'accountId' | 'accountNumber'>,
): Promise<Result<Account>> {
  const known = await tx
    .selectFrom('bank_accounts')
    .select(['account_id', 'number', 'name'])
    .where('tenant_id', '=', tenantId)
    .execute();
  const asAccount = (row: { account_id: string; name: string }): Account => ({
    accountId: row.account_id,
    accountName: row.name,
  });
  const named = statement.account?.replace(/\s/g, '') ?? '';
  if (accountId && named === '') {
    const found = known.find((row) => row.account_id === accountId);
    return found ? ok(asAccount(found)) : unknownAccount();
  }
  const number = named || (accountNumber?.replace(/\s/g, '') ?? '');
  const same = known.find((row) => row.number === number);
  if (same && (number !== '' || known.length === 1)) return ok(asAccount(same));
  if (number === '' && known.length > 0) {
    const [only, ...others] = known;
    if (only && others.length === 0) return ok(asAccount(only));
    return refuse('bank.which-account', 'Ce fichier ne dit pas de quel compte il s’agit\u202f: choisissez-le.', {
      accounts: known.map((row) => ({ id: row.account_id, name: row.name })),
    });
  }
  const made = newId();
  const called = accountNumber?.trim() ?? '';
  const name = number === '' ? 'Compte principal' : /\d{4}$/.test(number) || !called ? `Compte …${number.slice(-4)}` : called;
  await tx
    .insertInto('bank_accounts')
    .values({
      tenant_id: tenantId,
      account_id: made,
      number,
      name,
      currency: currencyOf(statement),
      created_at: deps.clock.now(),
    })
    .execute();
  return ok({ accountId: made, accountName: name });
}

const currencyOf = (statement: Statement): string =>
  statement.currency ?? statement.entries.find((entry) => entry.currency)?.currency ?? 'EUR';

/** Formats that tell a day while it is not over, and those that tell some movements only. */
const INTRADAY: ReadonlySet<string> = new Set(['camt.052', 'mt942']);
const NOTIFICATIONS: ReadonlySet<string> = new Set(['camt.054']);

/** The days that a statement tells whole. */
function stretchOf(statement: Statement, booked: readonly BookedEntry[], format: string, today: Day) {
  const nothing = { from: undefined, until: undefined };
  if (NOTIFICATIONS.has(format)) return nothing;
  const days = booked.map((entry) => entry.bookedOn).sort();
  const from = parseDay([statement.openingOn, days[0]].filter((day) => day != null).sort()[0] ?? '');
  const last = parseDay(
    [statement.closingOn, days.at(-1)]
      .filter((day) => day != null)
      .sort()
      .at(-1) ?? '',
  );
  const until = last && earlier(INTRADAY.has(format) ? addDays(last, -1) : last, today);
  return from && until && !isBefore(until, from) ? { from, until } : nothing;
}

interface Adding extends Account {
  readonly sha256: string;
  readonly ordinal: number;
  readonly statement: Statement;
  readonly format: string;
}

async function add(tx: Tx, deps: Pick<Deps, 'clock'>, tenantId: string, of: Adding): Promise<ReceivedStatement> {
  const { statement, format, accountId } = of;
  const currency = currencyOf(statement);
  const { booked, pending, unusable } = bookedEntries(statement.entries, currency, statement.closingOn);
  const fresh = unknownEntries(booked, await knownEntries(tx, tenantId, accountId, booked), format);
  const stretch = stretchOf(statement, booked, format, deps.clock.today());
  const statementId = newId();
  const at = deps.clock.now();
  const warnings = statement.warnings.map((warning) => warning.message);
  if (unusable > 0) warnings.push(`${unusable} mouvement(s) sans date, ou avec une fraction de centime, laissé(s) de côté.`);
  await tx
    .insertInto('bank_statements')
    .values({
      tenant_id: tenantId,
      statement_id: statementId,
      account_id: accountId,
      file_sha256: of.sha256,
      ordinal: of.ordinal,
      format,
      from_on: stretch.from ?? null,
      until_on: stretch.until ?? null,
      opening_cents: statement.opening === null ? null : (centsOf(statement.opening) ?? null),
      closing_cents: statement.closing === null ? null : (centsOf(statement.closing) ?? null),
      currency,
      lines: booked.length,
      added: fresh.length,
      warnings: jsonText(warnings),
      created_at: at,
    })
    .execute();
  await insertLines(tx, tenantId, { accountId, statementId, format, at }, fresh);
  return {
    statementId,
    accountId,
    accountName: of.accountName,
    from: stretch.from,
    until: stretch.until,
    lines: booked.length,
    added: fresh.length,
    pending,
    unusable,
    completeUntil: await rewriteCoverage(tx, tenantId, accountId),
    warnings,
  };
}

/** The entries that the store holds of the days of a statement, each once whatever its payments. */
async function knownEntries(tx: Tx, tenantId: string, accountId: string, booked: readonly BookedEntry[]): Promise<KnownEntry[]> {
  const days = booked.map((entry) => entry.bookedOn).sort();
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return [];
  const rows = await tx
    .selectFrom('bank_lines')
    .select(['entry_key', 'occurrence', 'booked_on', 'currency', 'entry_cents', 'format', 'iban', 'reference', 'bank_reference'])
    .select(['name', 'text'])
    .where('tenant_id', '=', tenantId)
    .where('account_id', '=', accountId)
    .where(sql<boolean>`booked_on between ${first}::date and ${last}::date`)
    .where('part', '<=', 1)
    .execute();
  return rows.map((row) => ({
    key: row.entry_key,
    occurrence: row.occurrence,
    bookedOn: row.booked_on.toString(),
    currency: row.currency,
    cents: row.entry_cents,
    format: row.format,
    iban: row.iban,
    reference: row.reference,
    bankReference: row.bank_reference,
    words: wordsOf(row),
  }));
}

/** Lines of one insertion. */
const AT_ONCE = 5000;
const clean = (text: string | null): string | null => text?.toWellFormed().replaceAll('\0', '') ?? null;

async function insertLines(
  tx: Tx,
  tenantId: string,
  of: { accountId: string; statementId: string; format: string; at: Temporal.Instant },
  entries: readonly BookedEntry[],
): Promise<void> {
  const lines = entries.flatMap((entry) => entry.lines.map((line) => ({ entry, line, id: newId() })));
  for (let start = 0; start < lines.length; start += AT_ONCE) {
    const some = lines.slice(start, start + AT_ONCE);
    const of1 = <T>(pick: (one: (typeof some)[number]) => T): T[] => some.map(pick);
    await sql`
      insert into bank_lines (tenant_id, line_id, account_id, statement_id, entry_key, occurrence, part, format, booked_on, value_on,
        currency, amount_cents, entry_cents, name, iban, text, reference, bank_reference, return_reason, created_at)
      select ${tenantId}::uuid, n.line_id, ${of.accountId}::uuid, ${of.statementId}::uuid, n.entry_key, n.occurrence, n.part,
        ${of.format}, n.booked_on, n.value_on, n.currency, n.amount, n.entry_amount, n.name, n.iban, coalesce(n.text, ''), n.reference,
        n.bank_reference, n.return_reason, ${of.at}::timestamptz
      from unnest(${of1((l) => l.id)}::uuid[], ${of1((l) => l.entry.key)}::text[], ${of1((l) => l.entry.occurrence)}::int[],
        ${of1((l) => l.line.part)}::int[], ${of1((l) => l.entry.bookedOn)}::date[], ${of1((l) => l.entry.valueOn)}::date[],
        ${of1((l) => l.entry.currency)}::text[], ${of1((l) => l.line.cents)}::bigint[], ${of1((l) => l.entry.cents)}::bigint[],
        ${of1((l) => clean(l.line.name))}::text[], ${of1((l) => clean(l.line.iban))}::text[], ${of1((l) => clean(l.line.text))}::text[],
        ${of1((l) => clean(l.line.reference))}::text[], ${of1((l) => clean(l.entry.bankReference))}::text[],
        ${of1((l) => clean(l.line.returnReason))}::text[]
      ) as n (line_id, entry_key, occurrence, part, booked_on, value_on, currency, amount, entry_amount, name, iban, text, reference,
        bank_reference, return_reason)`.execute(tx);
  }
}
