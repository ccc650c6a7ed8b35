import { sql } from 'kysely';
import { z } from 'zod';
import type { CashBand } from '#core/forecast/cash.ts';
import { MODEL_IDS } from '#core/forecast/catalogue.ts';
import { NEEDED_FOR_HAZARD, NEEDED_TO_CHOOSE, type OwnChoice } from '#core/forecast/own.ts';
import { type Day, day, daysBetween } from '#core/kernel/day.ts';
import { fromEpochDay } from '#core/kernel/epoch-day.ts';
import type { Load } from '#platform/db/bulk.ts';
import type { Tx } from '#platform/db/database.ts';
import { jsonText } from '#platform/db/json.ts';
import type { Deps } from '#platform/deps.ts';
import { type AnnouncedIn, announcedBetween, type Forecast, type ForecastInvoice, forecastOn } from './forecasting.ts';

const Cents = z
  .string()
  .regex(/^-?\d+$/)
  .transform(BigInt);
const DayText = z.string().transform(day);
const Share = z.number();

const Contest = z.object({ id: z.enum(MODEL_IDS), n: Share, logLoss: Share, gain: Share, error: Share.nullable() });
const Record = z.object({
  ...{ n: Share, announced: Share, observed: Share, paid: Share, covered: Share, medianMiss: Share },
  reliability: z.array(z.object({ from: Share, to: Share, n: Share, announced: Share, observed: Share })),
});
const Choice = z.object({
  ...{ settled: Share, incumbent: z.enum(MODEL_IDS), chosen: z.enum(MODEL_IDS), contests: z.array(Contest) },
  record: Record.optional(),
});
const Week = z.object({ from: DayText, to: DayText, mean: Cents, p10: Cents, p50: Cents, p90: Cents, announced: Cents });

/** What a run says besides its invoices, as it is kept: cents as text, days in ISO. */
const Report = z.object({
  choice: Choice,
  chosenOn: DayText,
  weeks: z.array(Week),
  total: Week,
  announced: z.array(z.object({ caseId: z.string(), on: DayText, cents: Cents })),
  announcedCount: z.number().int(),
  foreign: z.number().int(),
});
export type Report = z.output<typeof Report>;
export type ForecastWeek = z.output<typeof Week>;

/** The last forecast of a company. */
export interface Run {
  readonly asOf: Day;
  readonly report: Report;
}

/** A choice of model is made again after this many days, or when a tenth more invoices have been paid. */
const CHOICE_DAYS = 7;
/** Dates announced that a run keeps one by one, the next ones; the sums count them all. */
const ANNOUNCED_KEPT = 50;

const underWay = new Map<string, Promise<Run>>();

/** The forecast of today, made again when anything happened since the last one. One at a time for each company. */
export async function currentRun(deps: Pick<Deps, 'db' | 'clock'>, tenantId: string): Promise<Run> {
  const asOf = deps.clock.today();
  const kept = await deps.db.tenant(tenantId, (tx) => keptRun(tx, tenantId));
  if (kept?.asOf.equals(asOf) && kept.seq === kept.journalSeq) return { asOf, report: kept.report };
  const going = underWay.get(tenantId);
  if (going) return going;
  const run = makeRun(deps, tenantId, asOf, kept).finally(() => underWay.delete(tenantId));
  underWay.set(tenantId, run);
  return run;
}

interface KeptRun extends Run {
  /** where the journal was then, and where it is now */
  readonly seq: bigint;
  readonly journalSeq: bigint;
}

const journalSeq = async (tx: Tx, tenantId: string): Promise<bigint> =>
  (await tx.selectFrom('journal_heads').select('seq').where('tenant_id', '=', tenantId).executeTakeFirst())?.seq ?? 0n;

async function keptRun(tx: Tx, tenantId: string): Promise<KeptRun | undefined> {
  const row = await tx
    .selectFrom('forecast_runs')
    .select(['as_of', 'journal_seq', 'report'])
    .where('tenant_id', '=', tenantId)
    .executeTakeFirst();
  // A report that another version wrote in another form is made again.
  const report = Report.safeParse(row?.report);
  if (!row || !report.success) return undefined;
  return { asOf: row.as_of, report: report.data, seq: row.journal_seq, journalSeq: await journalSeq(tx, tenantId) };
}

async function makeRun(deps: Pick<Deps, 'db' | 'clock'>, tenantId: string, asOf: Day, last: KeptRun | undefined): Promise<Run> {
  // Read before the books: what happens meanwhile makes this run out of date, never unseen.
  const seq = await deps.db.tenant(tenantId, (tx) => journalSeq(tx, tenantId));
  let chosenOn = asOf;
  const forecast = await forecastOn(deps, tenantId, asOf, (settled) => {
    if (!last || !stillHolds(last.report, asOf, settled)) return undefined;
    chosenOn = last.report.chosenOn;
    const { record, contests, ...choice } = last.report.choice;
    const told = contests.map((c) => ({ ...c, error: c.error ?? Number.POSITIVE_INFINITY }));
    return { ...choice, settled, contests: told, ...(record ? { record } : {}) };
  });
  const kept = reportOf(forecast, chosenOn);
  const text = jsonText(kept);
  await deps.db.bulk(tenantId, async (tx, load) => {
    const run = { tenant_id: tenantId, as_of: asOf, journal_seq: seq, report: text, computed_at: deps.clock.now() };
    await tx
      .insertInto('forecast_runs')
      .values(run)
      .onConflict((c) => c.column('tenant_id').doUpdateSet(run))
      .execute();
    await replaceRows(tx, load, tenantId, forecast);
  });
  return { asOf, report: Report.parse(JSON.parse(text)) };
}

const bracket = (settled: number): number => (settled < NEEDED_TO_CHOOSE ? 0 : settled < NEEDED_FOR_HAZARD ? 1 : 2);

function stillHolds({ choice, chosenOn }: Report, asOf: Day, settled: number): boolean {
  const age = daysBetween(chosenOn, asOf);
  return age >= 0 && age < CHOICE_DAYS && bracket(settled) === bracket(choice.settled) && settled <= choice.settled * 1.1;
}

/** The report of a forecast, in the form that is kept and that `--json` shows. */
export function reportOf({ choice, weeks, total, announced, foreign, asOf }: Forecast, chosenOn: Day = asOf) {
  const week = (band: CashBand, from: Day | undefined) => ({
    ...{ from: fromEpochDay(band.from).toString(), to: fromEpochDay(band.to).toString() },
    ...{ mean: `${band.mean}`, p10: `${band.p10}`, p50: `${band.p50}`, p90: `${band.p90}` },
    announced: `${announcedBetween(announced, from, fromEpochDay(band.to))}`,
  });
  return {
    choice: choiceOf(choice),
    chosenOn: chosenOn.toString(),
    // What is announced for today counts with the first week.
    weeks: weeks.map((band, k) => week(band, k === 0 ? undefined : fromEpochDay(band.from))),
    total: week(total, undefined),
    announced: announced.slice(0, ANNOUNCED_KEPT).map(announcedText),
    announcedCount: announced.length,
    foreign,
  };
}

const announcedText = ({ caseId, on, cents }: AnnouncedIn) => ({ caseId, on: on.toString(), cents: `${cents}` });

/** JSON has no infinity: the error of a model tested on one customer is not known. */
const choiceOf = ({ contests, ...choice }: OwnChoice) => ({
  ...choice,
  contests: contests.map((c) => ({ ...c, error: Number.isFinite(c.error) ? c.error : null })),
});

const COLUMNS = [
  ...['invoice_id', 'case_id', 'left_cents', 'announced_cents', 'apart', 'by_7', 'by_30', 'by_60', 'by_90'],
  ...['expected_on', 'low_on', 'high_on'],
];
const columns = (of: string) => sql.join(COLUMNS.map((name) => sql.ref(`${of}.${name}`)));
const ROWS_AT_ONCE = 1000;

/** Puts the rows of a forecast in place of those of the last one; of a day when little happened, few differ. */
async function replaceRows(tx: Tx, load: Load, tenantId: string, { invoices }: Forecast): Promise<void> {
  await sql`create temporary table foreseen on commit drop as select ${columns('r')} from forecast_rows r limit 0`.execute(tx);
  const rows = async function* (): AsyncGenerator<string> {
    for (let start = 0; start < invoices.length; start += ROWS_AT_ONCE)
      yield invoices
        .slice(start, start + ROWS_AT_ONCE)
        .map(rowOf)
        .join('');
  };
  await load('copy foreseen from stdin', rows());
  await sql`analyze foreseen`.execute(tx);
  await sql`
    delete from forecast_rows r where tenant_id = ${tenantId} and not exists (
      select from foreseen f where f.invoice_id = r.invoice_id and (${columns('f')}) is not distinct from (${columns('r')}))`.execute(
    tx,
  );
  await sql`
    insert into forecast_rows (tenant_id, ${sql.join(COLUMNS.map((name) => sql.ref(name)))})
    select ${tenantId}::uuid, ${columns('f')} from foreseen f
    where not exists (select from forecast_rows r where r.tenant_id = ${tenantId} and r.invoice_id = f.invoice_id)`.execute(tx);
}

const rowOf = (r: ForecastInvoice): string =>
  `${[r.invoiceId, r.caseId, r.leftCents, r.announcedCents, r.apart, ...r.by, r.expectedOn, r.lowOn, r.highOn]
    .map((value) => value ?? '\\N')
    .join('\t')}\n`;

/** Open amounts by what is foreseen of them. Cents. */
export interface Sums {
  readonly invoices: number;
  readonly leftCents: bigint;
  readonly announcedCents: bigint;
  readonly apart: readonly {
    readonly why: 'disputed' | 'insolvent' | 'closed';
    readonly invoices: number;
    readonly cents: bigint;
  }[];
}

export async function sumsOf(tx: Tx, tenantId: string): Promise<Sums> {
  const { rows } = await sql<{
    why: 'disputed' | 'insolvent' | 'closed' | null;
    n: number;
    left_cents: bigint;
    announced_cents: bigint;
  }>`
    select apart as why, (count(*) filter (where apart is not null or left_cents > 0))::int as n, sum(left_cents)::bigint as left_cents,
      sum(announced_cents)::bigint as announced_cents
    from forecast_rows where tenant_id = ${tenantId} group by 1 order by 3 desc`.execute(tx);
  const expected = rows.find((row) => row.why === null);
  return {
    invoices: expected?.n ?? 0,
    leftCents: expected?.left_cents ?? 0n,
    announcedCents: expected?.announced_cents ?? 0n,
    apart: rows.flatMap(({ why, n, left_cents }) => (why === null ? [] : [{ why, invoices: n, cents: left_cents }])),
  };
}

/** A row of the list, of the table and of the export. */
export interface ListedInvoice {
  readonly invoice_id: string;
  readonly case_id: string | null;
  readonly number: string;
  readonly debtor: string;
  readonly due_on: Day;
  readonly left_cents: bigint;
  readonly by_7: number;
  readonly by_30: number;
  readonly by_60: number;
  readonly by_90: number;
  readonly expected_on: Day | null;
  readonly low_on: Day | null;
  readonly high_on: Day | null;
}

export type Order = 'date' | 'amount';

/** The invoices of the last run, those expected soonest first or the largest first; `at` from 0. */
export async function listInvoices(
  tx: Tx,
  tenantId: string,
  { order, limit, at }: { readonly order: Order; readonly limit: number; readonly at: number },
): Promise<ListedInvoice[]> {
  const sorted = (of: string) =>
    order === 'date'
      ? sql`${sql.ref(`${of}.expected_on`)}, ${sql.ref(`${of}.invoice_id`)}`
      : sql`${sql.ref(`${of}.left_cents`)} desc, ${sql.ref(`${of}.invoice_id`)}`;
  const { rows } = await sql<ListedInvoice>`
    select r.invoice_id, r.case_id, i.number, p.name as debtor, i.due_on, r.left_cents, r.by_7, r.by_30, r.by_60, r.by_90,
      r.expected_on, r.low_on, r.high_on
    from (
      select * from forecast_rows f where f.tenant_id = ${tenantId} and f.apart is null and f.left_cents > 0
      order by ${sorted('f')} limit ${limit} offset ${at}) r
    join invoices i on i.tenant_id = r.tenant_id and i.invoice_id = r.invoice_id
    join parties p on p.tenant_id = i.tenant_id and p.party_id = i.party_id
    order by ${sorted('r')}`.execute(tx);
  return rows;
}

/** Whose money is announced: names and references of cases. */
export async function namesOf(
  tx: Tx,
  tenantId: string,
  caseIds: readonly string[],
): Promise<ReadonlyMap<string, { readonly debtor: string; readonly reference: string }>> {
  const { rows } = await sql<{ case_id: string; name: string; reference: string }>`
    select c.case_id, p.name, c.reference from cases c join parties p on p.tenant_id = c.tenant_id and p.party_id = c.party_id
    where c.tenant_id = ${tenantId} and c.case_id = any(${caseIds}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.case_id, { debtor: row.name, reference: row.reference }]));
}

/** When the invoices of a case may all be paid. */
export interface Expected {
  readonly asOf: Day;
  readonly expectedOn: Day | undefined;
  readonly lowOn: Day | undefined;
  readonly highOn: Day | undefined;
  /** that the slowest of them is paid within thirty days, in thousandths */
  readonly by30: number;
}

/** A forecast older than this says nothing on the page of a case. */
const SHOWN_DAYS = 7;

/** What the last forecast said of a case: undefined when it is too old, or left the case out. */
export async function expectedOf(tx: Tx, tenantId: string, caseId: string, today: Day): Promise<Expected | undefined> {
  const { rows } = await sql<{
    as_of: Day;
    by_30: number;
    expected_on: Day | null;
    low_on: Day | null;
    high_on: Day | null;
  }>`
    select f.as_of, r.by_30, r.expected_on, r.low_on, r.high_on
    from forecast_runs f join forecast_rows r using (tenant_id)
    where f.tenant_id = ${tenantId} and r.case_id = ${caseId} and r.apart is null and r.left_cents > 0
      and r.invoice_id in (select invoice_id from invoices where tenant_id = ${tenantId} and case_id = ${caseId} and balance_cents > 0)
    order by r.expected_on desc nulls first, r.by_30 limit 1`.execute(tx);
  const [slowest] = rows;
  if (!slowest || daysBetween(slowest.as_of, today) > SHOWN_DAYS || daysBetween(slowest.as_of, today) < 0) return undefined;
  return {
    ...{ asOf: slowest.as_of, by30: slowest.by_30, expectedOn: slowest.expected_on ?? undefined },
    ...{ lowOn: slowest.low_on ?? undefined, highOn: slowest.high_on ?? undefined },
  };
}
