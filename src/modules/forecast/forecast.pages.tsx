import { Readable } from 'node:stream';
import { Hono } from 'hono';
import type { CaseView } from '#modules/cases/index.ts';
import { freshness } from '#modules/payments/index.ts';
import type { Deps } from '#platform/deps.ts';
import type { Children, ViewContext } from '#ui/view.ts';
import { forCompany, viewOf, type WebEnv, type WebModule } from '#ui/web.ts';
import { ExpectedCard } from './expected-card.tsx';
import { invoicesHead, invoicesRows, weeksCsv } from './forecast-csv.ts';
import { ForecastPage, INVOICES } from './forecast-page.tsx';
import { forecastPath, invoicesCsvPath, weeksCsvPath } from './paths.ts';
import { currentRun, expectedOf, listInvoices, namesOf, type Order, sumsOf } from './runs.ts';

const CSV = 'text/csv; charset=utf-8';
/** Rows of the export fetched at a time. */
const ROWS = 5000;

/** « Prévisions » and its exports. */
export const forecastWeb: WebModule = {
  routes: (deps) =>
    new Hono<WebEnv>()
      .get(
        forecastPath,
        forCompany(async (c, tenantId) => {
          const order: Order = c.req.query('tri') === 'montant' ? 'amount' : 'date';
          const asked = Number(c.req.query('page') ?? 1);
          const page = Number.isInteger(asked) && asked > 0 && asked < 1e6 ? asked : 1;
          const run = await currentRun(deps, tenantId);
          const shown = await deps.db.tenant(tenantId, async (tx) => {
            const { reason, waitingLines } = await freshness(tx, tenantId, viewOf(c).today);
            return {
              sums: await sumsOf(tx, tenantId),
              rows: await listInvoices(tx, tenantId, { order, limit: INVOICES, at: (page - 1) * INVOICES }),
              names: await namesOf(tx, tenantId, [...new Set(run.report.announced.map((a) => a.caseId))]),
              bank: reason ?? waitingWords(waitingLines),
            };
          });
          return c.html(<ForecastPage view={viewOf(c)} run={run} order={order} page={page} {...shown} />);
        }),
      )
      .get(
        weeksCsvPath,
        forCompany(async (c, tenantId) => {
          const { report } = await currentRun(deps, tenantId);
          c.header('content-type', CSV);
          c.header('content-disposition', 'attachment; filename="previsions-semaines.csv"');
          return c.body(weeksCsv(report.weeks));
        }),
      )
      .get(
        invoicesCsvPath,
        forCompany(async (c, tenantId) => {
          await currentRun(deps, tenantId);
          c.header('content-type', CSV);
          c.header('content-disposition', 'attachment; filename="previsions-factures.csv"');
          return c.body(Readable.toWeb(Readable.from(invoicesCsv(deps, tenantId))) as ReadableStream);
        }),
      ),
};

/** The export as it is read, a few thousand rows at a time. */
async function* invoicesCsv(deps: Deps, tenantId: string): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(invoicesHead());
  for (let at = 0; ; at += ROWS) {
    const rows = await deps.db.tenant(tenantId, (tx) => listInvoices(tx, tenantId, { order: 'date', limit: ROWS, at }));
    if (rows.length > 0) yield encoder.encode(invoicesRows(rows));
    if (rows.length < ROWS) return;
  }
}

const waitingWords = (lines: number): string | undefined =>
  lines > 0
    ? `${lines} mouvement${lines > 1 ? 's' : ''} de votre banque ${lines > 1 ? 'attendent' : 'attend'} qu’on dise ce qu’il${lines > 1 ? 's' : ''} règle${lines > 1 ? 'nt' : ''}.`
    : undefined;

/** On the case page: when it may be paid, as the last forecast said. */
export async function expectedCard(deps: Deps, view: ViewContext, tenantId: string, of: CaseView): Promise<Children> {
  const expected = await deps.db.tenant(tenantId, (tx) => expectedOf(tx, tenantId, of.id, view.today));
  return expected && <ExpectedCard of={expected} />;
}
