import { Worker } from 'node:worker_threads';
import { sql } from 'kysely';
import type { CashBand } from '#core/forecast/cash.ts';
import { HORIZONS } from '#core/forecast/outlook.ts';
import type { OwnChoice } from '#core/forecast/own.ts';
import { addDays, type Day, isAfter } from '#core/kernel/day.ts';
import { fromEpochDay, toEpochDay } from '#core/kernel/epoch-day.ts';
import { type Announced, announcedMoney, CASES_AT_ONCE, factsByCase } from '#modules/cases/index.ts';
import type { Tx } from '#platform/db/database.ts';
import type { Deps } from '#platform/deps.ts';
import { type Apart, booksOn, type OpenInvoiceRow } from './books.ts';
import { type ForecastAnswer, type ForecastJob, NEVER } from './job.ts';

/** An open invoice and what is foreseen of it. Cents; chances in thousandths. */
export interface ForecastInvoice {
  readonly invoiceId: string;
  readonly caseId: string | null;
  readonly number: string;
  readonly dueOn: Day;
  /** forecast; 0 when a promise or a plan announces it all */
  readonly leftCents: bigint;
  readonly announcedCents: bigint;
  readonly apart: Apart | undefined;
  readonly by: readonly number[];
  readonly expectedOn: Day | undefined;
  readonly lowOn: Day | undefined;
  readonly highOn: Day | undefined;
}

/** Money that a promise or a plan announces, on its day. */
export interface AnnouncedIn extends Announced {
  readonly caseId: string;
}

export interface Forecast {
  /** what happened until the end of that day is known to it */
  readonly asOf: Day;
  readonly choice: OwnChoice;
  readonly invoices: readonly ForecastInvoice[];
  /** by day */
  readonly announced: readonly AnnouncedIn[];
  readonly weeks: readonly CashBand[];
  readonly total: CashBand;
  /** open invoices in other currencies: not looked at */
  readonly foreign: number;
}

/**
 * Forecasts every open invoice of a company with what had happened until the end of `asOf`, and nothing later. `kept`: a choice of model
 * to go on with. The models run in a thread of their own: others are served meanwhile.
 */
export async function forecastOn(
  deps: Pick<Deps, 'db'>,
  tenantId: string,
  asOf: Day,
  kept?: (settled: number) => OwnChoice | undefined,
): Promise<Forecast> {
  const on = addDays(asOf, 1);
  const { past, rows, agreed, foreign } = await deps.db.tenant(tenantId, async (tx) => {
    const { open, past } = await booksOn(tx, tenantId, on);
    return {
      past,
      ...(await withAnnounced(tx, tenantId, open, asOf)),
      foreign: await foreignInvoices(tx, tenantId, on),
    };
  });
  const asked = rows.filter((row) => row.apart === undefined && row.leftCents > 0n);
  const choice = kept?.(past.filter((i) => i.settledOn !== undefined).length);
  const answer = await inThread({
    on: toEpochDay(on),
    past,
    open: asked.map(({ invoice, asOf: history, leftCents }) => ({ invoice, asOf: history, leftCents })),
    ...(choice ? { kept: choice } : {}),
  });
  const rank = new Map(asked.map((row, i) => [row, i]));
  return {
    asOf,
    choice: answer.choice,
    invoices: rows.map((row) => foreseen(row, answer, rank.get(row))),
    announced: agreed,
    weeks: answer.weeks,
    total: answer.total,
    foreign,
  };
}

interface Row extends OpenInvoiceRow {
  readonly announcedCents: bigint;
}

function foreseen(row: Row, { by, days }: ForecastAnswer, rank: number | undefined): ForecastInvoice {
  const { invoice, caseId, number, leftCents, announcedCents, apart } = row;
  const day = (k: number): Day | undefined => {
    const at = rank === undefined ? NEVER : (days[rank * 3 + k] as number);
    return at === NEVER ? undefined : fromEpochDay(at);
  };
  return {
    ...{ invoiceId: invoice.id, caseId, number, dueOn: fromEpochDay(invoice.dueOn), leftCents, announcedCents, apart },
    by: HORIZONS.map((_, k) => (rank === undefined ? 0 : (by[rank * HORIZONS.length + k] as number))),
    ...{ expectedOn: day(0), lowOn: day(1), highOn: day(2) },
  };
}

/** What running promises and plans announce, taken off the invoices of their case, the oldest due first: nothing counts twice. */
async function withAnnounced(
  tx: Tx,
  tenantId: string,
  open: readonly OpenInvoiceRow[],
  asOf: Day,
): Promise<{ rows: Row[]; agreed: AnnouncedIn[] }> {
  const cases = [...new Set(open.flatMap((o) => (o.agreed && o.apart === undefined && o.caseId !== null ? [o.caseId] : [])))];
  const agreed: AnnouncedIn[] = [];
  for (let start = 0; start < cases.length; start += CASES_AT_ONCE)
    for (const [caseId, facts] of await factsByCase(tx, tenantId, cases.slice(start, start + CASES_AT_ONCE)))
      agreed.push(...announcedMoney(facts, asOf).map((announced) => ({ caseId, ...announced })));
  const toCover = new Map<string, bigint>();
  for (const { caseId, cents } of agreed) toCover.set(caseId, (toCover.get(caseId) ?? 0n) + cents);
  const rows = open.map((row): Row => {
    const cover = row.caseId === null || row.apart ? 0n : (toCover.get(row.caseId) ?? 0n);
    const announcedCents = cover < row.leftCents ? cover : row.leftCents;
    if (row.caseId !== null && announcedCents > 0n) toCover.set(row.caseId, cover - announcedCents);
    return { ...row, leftCents: row.leftCents - announcedCents, announcedCents };
  });
  return { rows, agreed: agreed.sort((a, b) => Temporal.PlainDate.compare(a.on, b.on) || (a.caseId < b.caseId ? -1 : 1)) };
}

async function foreignInvoices(tx: Tx, tenantId: string, on: Day): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from invoices
    where tenant_id = ${tenantId} and document_kind = 'invoice' and balance_cents > 0 and currency <> 'EUR' and issued_on < ${on}`.execute(
    tx,
  );
  return rows[0]?.n ?? 0;
}

/** Money announced from `from` to `to`; what is late by a day or two counts with the first week. */
export const announcedBetween = (announced: readonly Announced[], from: Day | undefined, to: Day): bigint =>
  announced.reduce((sum, { on, cents }) => (isAfter(on, to) || (from && isAfter(from, on)) ? sum : sum + cents), 0n);

const inThread = (job: ForecastJob): Promise<ForecastAnswer> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./job.worker.ts', import.meta.url), { workerData: job, env: {} });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the forecasting thread ended with ${code}`)));
  });
