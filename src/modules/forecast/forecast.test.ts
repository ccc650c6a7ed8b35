import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day } from '#core/kernel/day.ts';
import { act } from '#modules/cases/index.ts';
import { freshDeps } from '../../../test/support/app.ts';
import { aCase, aCompany, done, story } from '../../../test/support/cases.ts';
import { madeUpBook } from '../../../test/support/made-up-payments.ts';
import { aPaymentHistory, booksBefore } from '../../../test/support/payment-history.ts';
import { invoicesRows, weeksCsv } from './forecast-csv.ts';
import { forecastOn } from './forecasting.ts';
import { currentRun, expectedOf, listInvoices, sumsOf } from './runs.ts';

const TODAY = '2026-11-21';
const invoice = (number: string, issuedOn: string, dueOn: string, amount: string, currency = 'EUR') => ({
  ...{ number, issuedOn, dueOn, amount, currency },
});

test('promises and plans are known dates, never counted twice; contested, insolvent and closed cases are apart; euros only', async (t) => {
  const deps = await freshDeps(t, { today: TODAY });
  const tenantId = await aCompany(deps);
  const late = [invoice('A-1', '2026-09-01', '2026-10-01', '1000.00'), invoice('A-2', '2026-10-01', '2026-10-31', '500.00')];
  const promised = await aCase(deps, tenantId, { name: 'Promet', invoices: late });
  const contested = await aCase(deps, tenantId, {
    name: 'Conteste',
    invoices: [invoice('B-1', '2026-09-01', '2026-10-01', '300.00')],
  });
  await aCase(deps, tenantId, { name: 'Dollars', invoices: [invoice('C-1', '2026-09-01', '2026-10-01', '700.00', 'USD')] });
  done(await act(deps, tenantId, promised, 'promise', { on: '2026-11-20', amount: '1200', payBy: '2026-12-03' }));
  done(await act(deps, tenantId, contested, 'dispute', { on: '2026-11-20', text: 'panne' }));
  const forecast = await forecastOn(deps, tenantId, day(TODAY));
  const by = new Map(forecast.invoices.map((i) => [i.number, i]));
  assert.deepEqual([by.get('A-1')?.leftCents, by.get('A-1')?.announcedCents], [0n, 100_000n]);
  assert.deepEqual([by.get('A-2')?.leftCents, by.get('A-2')?.announcedCents], [30_000n, 20_000n]);
  assert.equal(by.get('B-1')?.apart, 'disputed');
  assert.equal(forecast.foreign, 1);
  assert.deepEqual(
    forecast.announced.map((a) => [a.on.toString(), a.cents]),
    [['2026-12-03', 120_000n]],
  );
  assert.ok(forecast.total.mean > 0n && forecast.total.mean <= 30_000n);
  // The day before the promise nothing of it was known.
  const before = await forecastOn(deps, tenantId, day('2026-11-19'));
  assert.deepEqual([before.announced.length, before.invoices.length], [0, 0]);
  const run = await currentRun(deps, tenantId);
  assert.equal(run.report.weeks[1]?.announced, 120_000n);
  assert.equal(
    run.report.weeks.reduce((sum, w) => sum + w.announced, 0n),
    run.report.total.announced,
  );
  const sums = await deps.db.tenant(tenantId, (tx) => sumsOf(tx, tenantId));
  assert.deepEqual(sums, {
    ...{ invoices: 1, leftCents: 30_000n, announcedCents: 120_000n },
    apart: [{ why: 'disputed', invoices: 1, cents: 30_000n }],
  });
});

test('a run is kept until something happens or the day changes; the choice of model lasts a week', async (t) => {
  const real = await freshDeps(t, { today: TODAY });
  const { deps, on } = story(real, TODAY);
  const tenantId = await aCompany(deps);
  const cases = await aPaymentHistory(deps.db, tenantId, day(TODAY), booksBefore(madeUpBook(20, 15), 70));
  const first = await currentRun(deps, tenantId);
  const made = async () =>
    (await deps.db.tenant(tenantId, (tx) => tx.selectFrom('forecast_runs').selectAll().executeTakeFirstOrThrow())).computed_at;
  const at = await made();
  assert.deepEqual(await currentRun(deps, tenantId), first);
  assert.ok((await made()).equals(at));
  assert.ok(first.report.choice.contests.length > 5 && first.report.choice.record);
  const list = await deps.db.tenant(tenantId, (tx) => listInvoices(tx, tenantId, { order: 'amount', limit: 100, at: 0 }));
  assert.ok(list.length > 5);
  assert.deepEqual(
    list.map((r) => r.left_cents),
    list.map((r) => r.left_cents).sort((a, b) => (a > b ? -1 : 1)),
  );
  const [largest] = list;
  const caseId = largest?.case_id ?? '';
  assert.ok([...cases.values()].includes(caseId));
  const expected = (today: string) => deps.db.tenant(tenantId, (tx) => expectedOf(tx, tenantId, caseId, day(today)));
  assert.equal((await expected(TODAY))?.asOf.toString(), TODAY);
  assert.equal(await expected('2026-12-05'), undefined);
  // A dispute: the next run leaves the case out, with the model chosen before.
  done(await act(deps, tenantId, caseId, 'dispute', { on: TODAY, text: 'panne' }));
  const second = await currentRun(deps, tenantId);
  assert.ok(!(await made()).equals(at));
  assert.equal(await expected(TODAY), undefined);
  assert.deepEqual(second.report.choice, first.report.choice);
  // What is kept is the last forecast and nothing of those before, whichever rows changed.
  const kept = async () => {
    const rows = await deps.db.tenant(tenantId, (tx) =>
      tx.selectFrom('forecast_rows').selectAll().orderBy('invoice_id').execute(),
    );
    return rows.map((r) => [r.invoice_id, r.left_cents, r.apart ?? undefined, r.by_30, `${r.expected_on ?? undefined}`]);
  };
  const foreseen = async (today: string) => {
    const { invoices } = await forecastOn(deps, tenantId, day(today));
    const rows = invoices.map((i) => [i.invoiceId, i.leftCents, i.apart, i.by[1], `${i.expectedOn}`]);
    return rows.sort(([a], [b]) => ((a as string) < (b as string) ? -1 : 1));
  };
  assert.deepEqual(await kept(), await foreseen(TODAY));
  on('2026-11-30');
  assert.equal((await currentRun(deps, tenantId)).report.chosenOn.toString(), '2026-11-30');
  assert.deepEqual(await kept(), await foreseen('2026-11-30'));
});

test('the exports: French columns, and a name that a spreadsheet would run is led by an apostrophe', () => {
  const row = invoicesRows([
    {
      ...{
        invoice_id: 'i',
        case_id: null,
        number: 'F-1',
        debtor: '=HYPERLINK("x")',
        due_on: day('2026-12-01'),
        left_cents: 123_456n,
      },
      ...{ by_7: 5, by_30: 500, by_60: 900, by_90: 1000, expected_on: day('2026-12-10'), low_on: null, high_on: null },
    },
  ]);
  assert.equal(row, `"F-1";"'=HYPERLINK(""x"")";01/12/2026;1234,56;10/12/2026;;;0,5;50,0;90,0;100,0\r\n`);
  const week = { from: day('2026-11-22'), to: day('2026-11-28'), mean: 100n, p10: 0n, p50: 0n, p90: 250n, announced: 0n };
  assert.equal(weeksCsv([week]).split('\r\n')[1], '22/11/2026;28/11/2026;1,00;0,00;2,50;0,00');
});
