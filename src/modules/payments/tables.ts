import { ok, type Result, refuse } from '#core/kernel/result.ts';
import {
  BANK_FIELDS,
  type BankField,
  type BankRanks,
  type BankTableOutline,
  mappingOf,
  type StatementFile,
} from '#formats/bank/index.ts';
import { bare } from '#formats/table/columns.ts';
import { findFile, recordFile } from '#modules/companies/index.ts';
import type { Deps } from '#platform/deps.ts';
import type { Typed } from '#platform/form.ts';
import { isId } from '#platform/ids.ts';
import { type KnownReading, recallReading, type TableReading } from './bank-mappings.ts';
import { type AccountFreshness, freshness } from './freshness.ts';
import { readStatementSafely } from './statement-reader.ts';
import { type ReceivedFile, type ReceiveOptions, receiveStatement } from './statements.ts';
import { outlineSafely } from './table-reader.ts';

/** Refusals that someone who sees the columns can mend. */
const MENDABLE: readonly string[] = [
  'table-no-header',
  'table-missing-columns',
  'table-unknown-column',
  'bad-value',
  'bank.which-account',
] as const;

/** Keeps a table that could not be read alone, so that its columns can be asked for; undefined when it is no table, or asking would not help. */
export async function keepTable(
  deps: Deps,
  tenantId: string,
  file: { readonly name: string; readonly bytes: Uint8Array },
  code: string,
): Promise<string | undefined> {
  if (!MENDABLE.includes(code) || !(await outlineSafely(file.bytes, file.name))) return undefined;
  const sha256 = await deps.files.write(tenantId, file.bytes);
  await deps.db.tenant(tenantId, (tx) => recordFile(tx, deps, tenantId, { ...file, sha256, mediaType: 'text/plain' }));
  return sha256;
}

/** What the page of a table asks, as answered so far. */
export interface TableAnswers {
  /** the row that names the columns, from 0; -1: none does */
  readonly header: number;
  readonly ranks: BankRanks;
  readonly invertSign: boolean;
  readonly dayOrder: 'dmy' | 'mdy' | undefined;
  readonly accountId: string | undefined;
  readonly accountNumber: string | undefined;
}

/** A table of an unknown bank, with what would be read of it. */
export interface TablePreview {
  readonly sha256: string;
  readonly name: string;
  readonly outline: BankTableOutline;
  readonly answers: TableAnswers;
  readonly read: Result<StatementFile>;
  readonly accounts: readonly AccountFreshness[];
  /** columns like these were explained before: the answers are those */
  readonly recalled: boolean;
}

/** The choice of an account that is not known yet. */
export const NEW_ACCOUNT = 'nouveau';
const numberIn = (text: string | undefined): number | undefined => (/^\d{1,3}$/.test(text ?? '') ? Number(text) : undefined);

/** What was answered in a form; undefined when nothing was asked yet. `whose` is the account of the movements. */
function answersIn(typed: Typed, outline: BankTableOutline): TableAnswers | undefined {
  if (typed.booked === undefined) return undefined;
  const line = numberIn(typed.header);
  const ranks = BANK_FIELDS.flatMap((field) => {
    const rank = typed[field] === undefined ? undefined : (numberIn(typed[field]) ?? 0);
    return rank === undefined ? [] : [[field, rank] as const];
  });
  return {
    header: line === undefined ? outline.header : line - 1,
    ranks: Object.fromEntries(ranks),
    invertSign: typed.invertSign === 'oui',
    dayOrder: typed.dayOrder === 'mdy' || typed.dayOrder === 'dmy' ? typed.dayOrder : undefined,
    accountId: isId(typed.whose ?? '') ? typed.whose : undefined,
    accountNumber: typed.whose === NEW_ACCOUNT ? typed.whoseNumber?.trim().slice(0, 100) || undefined : undefined,
  };
}

const noAccount = { accountId: undefined, accountNumber: undefined };

/** The answers that were given for columns like these. */
function answersOf(known: KnownReading, outline: BankTableOutline): TableAnswers {
  const names = Object.values(known.mapping).filter((column): column is string => typeof column === 'string');
  const header = names.length === 0 ? -1 : outline.rows.findIndex((row) => names.every((name) => rankOf(row.cells, name) > 0));
  const cells = outline.rows[header]?.cells ?? [];
  const ranks = Object.entries(known.mapping).map(([field, column]) => [
    field,
    typeof column === 'string' ? rankOf(cells, column) : column,
  ]);
  return {
    ...{ header, ranks: Object.fromEntries(ranks) as BankRanks },
    ...{ invertSign: known.invertSign ?? false, dayOrder: known.dayOrder },
    ...{ ...noAccount, accountId: known.accountId },
  };
}

const rankOf = (cells: readonly string[], name: string): number => cells.map(bare).indexOf(bare(name)) + 1;

const readingOf = (outline: BankTableOutline, { header, ranks, invertSign, dayOrder }: TableAnswers): TableReading => ({
  mapping: mappingOf(outline, header, ranks),
  invertSign,
  ...(dayOrder ? { dayOrder } : {}),
});

/** The fields that the page asks for; the others are left to the names of the columns. */
export const ASKED: readonly BankField[] = [
  ...(['booked', 'text', 'amount', 'debit', 'credit', 'value', 'text2'] as const),
  ...(['name', 'iban', 'reference', 'sign', 'currency', 'balance', 'account'] as const),
];

/** A kept table as it would be read; undefined when the company has none such. */
export async function previewTable(
  deps: Deps,
  tenantId: string,
  sha256: string,
  typed: Typed,
): Promise<TablePreview | undefined> {
  const file = await deps.db.tenant(tenantId, (tx) => findFile(tx, tenantId, sha256));
  if (!file) return undefined;
  const bytes = new Uint8Array(await deps.files.read(tenantId, sha256));
  const line = numberIn(typed.header);
  const outline = await outlineSafely(bytes, file.name, line === undefined ? {} : { header: line - 1 });
  if (!outline) return undefined;
  const found = await deps.db.tenant(tenantId, async (tx) => ({
    known: await recallReading(tx, tenantId, outline),
    accounts: (await freshness(tx, tenantId, deps.clock.today())).accounts,
  }));
  const typedAnswers = answersIn(typed, outline);
  const guessed = Object.fromEntries(ASKED.map((field) => [field, outline.guess[field] ?? 0]));
  const answers =
    typedAnswers ??
    (found.known
      ? answersOf(found.known, outline)
      : { header: outline.header, ranks: guessed, invertSign: false, dayOrder: undefined, ...noAccount });
  const read =
    usedTwice(answers.ranks) ??
    (await readStatementSafely(bytes, file.name, {
      ...readingOf(outline, answers),
      maxBytes: deps.config.limits.fileBytes,
    }));
  const recalled = !typedAnswers && found.known !== undefined;
  return { sha256, name: file.name, outline, answers, read, accounts: found.accounts, recalled };
}

/** One column cannot be two things: what was answered last would win without a word. */
function usedTwice(ranks: BankRanks): Result<never> | undefined {
  const used = Object.values(ranks).filter((rank) => rank > 0);
  if (new Set(used).size === used.length) return undefined;
  return refuse('bank.column-twice', 'La même colonne est choisie deux fois\u202f: chacune ne peut contenir qu’une chose.');
}

/**
 * Takes a kept table in, its columns read as answered, and remembers them. Refusals of `receiveStatement`, `bank.unknown-table`,
 * `bank.which-account`.
 */
export async function takeTable(deps: Deps, tenantId: string, sha256: string, typed: Typed): Promise<Result<ReceivedFile>> {
  const of = await previewTable(deps, tenantId, sha256, typed);
  if (!of) return unknownTable();
  if (!of.read.ok) return of.read;
  const { outline, answers } = of;
  const { accountId, accountNumber, header } = answers;
  if (asksAccount(of) && of.accounts.length > 0 && !accountId && !accountNumber)
    return refuse('bank.which-account', 'Ce fichier ne dit pas de quel compte il s’agit\u202f: choisissez-le.');
  const options: ReceiveOptions = {
    table: { ...readingOf(outline, answers), rows: outline.rows, header },
    ...(accountId ? { accountId } : {}),
    ...(accountNumber ? { accountNumber } : {}),
  };
  const bytes = new Uint8Array(await deps.files.read(tenantId, sha256));
  const received = await receiveStatement(deps, tenantId, { name: of.name, bytes }, options);
  return received.ok ? ok(received.value) : received;
}

/** Whether the account must be asked for: the file names none. */
export const asksAccount = ({ read }: Pick<TablePreview, 'read'>): boolean =>
  !read.ok || read.value.statements.some(({ account }) => !account);

export const unknownTable = () =>
  refuse('bank.unknown-table', 'Ce tableau n’est plus là, ou n’est pas un relevé en CSV ou en Excel. Déposez-le de nouveau.');
