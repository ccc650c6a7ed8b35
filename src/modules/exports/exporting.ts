import { isAfter } from '#core/kernel/day.ts';
import { formatCents } from '#core/kernel/money.ts';
import { ok, type Result, refuse } from '#core/kernel/result.ts';
import { type AccountingEntry, writeFec } from '#formats/fec/index.ts';
import { type Cell, CSV_START, csvRow } from '#formats/table/write.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import { entriesOf, type Period } from './entries.ts';
import type { Gap } from './gaps.ts';
import { JOURNAL, OPEN_ITEMS, PAYMENTS, type Table } from './tables.ts';

/** What can be exported. `to-complete`: what the entries of the period leave to be done by hand. */
export const EXPORTS = ['open-items', 'payments', 'journal', 'entries', 'to-complete'] as const;
export type ExportKind = (typeof EXPORTS)[number];
export const FORMATS = ['csv', 'fec', 'json'] as const;
export type ExportFormat = (typeof FORMATS)[number];

export interface ExportRequest extends Period {
  readonly what: ExportKind;
  readonly format: ExportFormat;
  /** of the first entry */
  readonly firstNumber?: number | undefined;
}

/** What was exported. */
export interface Exported {
  /** rows, or entries */
  readonly count: number;
  /** what the entries leave to be done by hand, the first of it; and how much of it there is in all */
  readonly gaps: readonly Gap[];
  readonly gapCount: number;
}

/** Gaps kept to be told: beyond, `to-complete` holds them all. */
const GAPS_TOLD = 200;

/** Whether a request makes sense. Refusals `export.no-fec` (only entries have that layout), `export.period`. */
export function checkExport({ what, format, from, to, firstNumber = 1 }: ExportRequest): Result<void> {
  if (format === 'fec' && what !== 'entries')
    return refuse('export.no-fec', 'Seules les écritures s’exportent au format FEC\u202f: choisissez CSV ou JSON.');
  if (from && isAfter(from, to))
    return refuse('export.period', 'La période finit avant de commencer\u202f: corrigez l’une de ses deux dates.');
  if (!Number.isSafeInteger(firstNumber) || firstNumber < 1)
    return refuse('export.number', 'Le numéro de la première écriture est un nombre entier, à partir de 1.');
  return ok(undefined);
}

type Write = (text: string) => Promise<void>;

/**
 * Writes an export as it is read: one moment of the store, in memory that does not grow with it. CSV: semicolons, decimal commas, UTF-8 with
 * its mark, nothing that a spreadsheet would run. JSON: an object a line, amounts as decimal strings. Refusals: those of `checkExport`.
 */
export async function exportTo(
  deps: Pick<Deps, 'db'>,
  tenantId: string,
  request: ExportRequest,
  write: Write,
): Promise<Result<Exported>> {
  const checked = checkExport(request);
  if (!checked.ok) return checked;
  return ok(await deps.db.tenant(tenantId, (tx) => exportIn(tx, tenantId, request, gathered(write))));
}

/** Pieces written together: a piece a row would be slow to send. */
function gathered(write: Write): { readonly push: Write; readonly end: () => Promise<void> } {
  let waiting = '';
  return {
    async push(text) {
      waiting += text;
      if (waiting.length < 60_000) return;
      const whole = waiting;
      waiting = '';
      await write(whole);
    },
    end: () => (waiting === '' ? Promise.resolve() : write(waiting)),
  };
}

async function exportIn(
  tx: Tx,
  tenantId: string,
  request: ExportRequest,
  out: { readonly push: Write; readonly end: () => Promise<void> },
): Promise<Exported> {
  const { what, format, firstNumber } = request;
  const gaps: Gap[] = [];
  let [count, gapCount] = [0, 0];
  if (what === 'entries' || what === 'to-complete') {
    const entries = async function* (): AsyncGenerator<AccountingEntry> {
      for await (const booked of entriesOf(tx, tenantId, request, firstNumber)) {
        if (booked.kind === 'entry') {
          count += 1;
          yield booked.entry;
          continue;
        }
        gapCount += 1;
        if (gaps.length < GAPS_TOLD) gaps.push(booked.gap);
        if (what === 'to-complete') await out.push(rowText(GAP_COLUMNS, gapCells(booked.gap), format));
      }
    };
    if (what === 'to-complete') {
      await out.push(headText(GAP_COLUMNS, format));
      for await (const _ of entries());
      count = gapCount;
    } else if (format === 'fec') for await (const text of writeFec(entries())) await out.push(text);
    else {
      await out.push(headText(ENTRY_COLUMNS, format));
      for await (const entry of entries())
        for (const row of entryRows(entry)) await out.push(rowText(ENTRY_COLUMNS, row, format));
    }
  } else {
    const table = { 'open-items': OPEN_ITEMS, payments: PAYMENTS, journal: JOURNAL }[what];
    await out.push(headText(table.columns, format));
    for await (const row of table.rows(tx, tenantId, request)) {
      count += 1;
      await out.push(rowText(table.columns, row, format));
    }
  }
  await out.end();
  return { count, gaps, gapCount };
}

type Columns = Table['columns'];

const headText = (columns: Columns, format: ExportFormat): string =>
  format === 'csv' ? CSV_START + csvRow(columns.map(({ title }) => title)) : '';

function rowText(columns: Columns, cells: readonly Cell[], format: ExportFormat): string {
  if (format === 'csv') return csvRow(cells);
  return `${JSON.stringify(Object.fromEntries(columns.map(({ key }, i) => [key, plain(cells[i] ?? null)])))}\n`;
}

function plain(cell: Cell): string | number | null {
  if (cell === null || typeof cell === 'string' || typeof cell === 'number') return cell;
  return 'cents' in cell ? formatCents(cell.cents) : cell.toString();
}

const ENTRY_COLUMNS: Columns = [
  { title: 'Journal', key: 'journal' },
  { title: 'Écriture', key: 'number' },
  { title: 'Date', key: 'date' },
  { title: 'Compte', key: 'account' },
  { title: 'Libellé du compte', key: 'accountLabel' },
  { title: 'Compte auxiliaire', key: 'auxiliary' },
  { title: 'Nom du client', key: 'customer' },
  { title: 'Pièce', key: 'piece' },
  { title: 'Date de la pièce', key: 'pieceDate' },
  { title: 'Libellé', key: 'label' },
  { title: 'Débit', key: 'debit' },
  { title: 'Crédit', key: 'credit' },
  { title: 'Lettrage', key: 'lettering' },
  { title: 'Date de lettrage', key: 'letteredOn' },
];

const entryRows = (entry: AccountingEntry): Cell[][] =>
  entry.lines.map((line) => [
    entry.journalCode,
    entry.number,
    entry.date,
    line.account,
    line.accountLabel,
    line.auxiliary ?? null,
    line.auxiliaryLabel ?? null,
    line.pieceRef ?? entry.pieceRef,
    line.pieceDate ?? entry.pieceDate,
    entry.label,
    { cents: line.side === 'debit' ? line.cents : 0n },
    { cents: line.side === 'credit' ? line.cents : 0n },
    line.lettering ?? null,
    line.letteredOn ?? null,
  ]);

const GAP_COLUMNS: Columns = [
  { title: 'Date', key: 'on' },
  { title: 'Client', key: 'customer' },
  { title: 'Pièce', key: 'piece' },
  { title: 'Montant', key: 'amount' },
  { title: 'Devise', key: 'currency' },
  { title: 'À faire', key: 'says' },
  { title: 'Nature', key: 'kind' },
];

const gapCells = ({ on, customer, piece, cents, currency, says, kind }: Gap): Cell[] => [
  on,
  customer,
  piece,
  { cents },
  currency,
  says,
  kind,
];

const NAMES: Readonly<Record<ExportKind, string>> = {
  'open-items': 'pieces-ouvertes',
  payments: 'paiements',
  journal: 'journal',
  entries: 'ecritures',
  'to-complete': 'a-completer',
};

/** What a file of an export is called: a FEC as the law names it (SIREN, FEC, last day), the others by what they hold. */
export function exportName({ what, format, to }: ExportRequest, siren: string | null): string {
  if (format === 'fec') return `${siren ?? 'quitus-'}FEC${to.toString().replaceAll('-', '')}.txt`;
  return `quitus-${NAMES[what]}-${to}.${format === 'json' ? 'jsonl' : 'csv'}`;
}
