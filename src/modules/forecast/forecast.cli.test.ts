import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { Command } from 'commander';
import { day } from '#core/kernel/day.ts';
import type { Deps } from '#platform/deps.ts';
import { freshDeps } from '../../../test/support/app.ts';
import { aCompany } from '../../../test/support/cases.ts';
import { madeUpBook } from '../../../test/support/made-up-payments.ts';
import { aPaymentHistory, booksBefore } from '../../../test/support/payment-history.ts';
import { registerForecast } from './forecast.cli.ts';

const TODAY = '2026-11-21';

/** Runs `quitus forecast` on a store of the test's own; answers what it printed. */
async function run(t: TestContext, deps: Deps, ...args: string[]): Promise<string> {
  const log = t.mock.method(console, 'log', () => undefined);
  const program = new Command().exitOverride();
  registerForecast(program, async () => ({ ...deps, db: { ...deps.db, close: async () => undefined } }));
  await program.parseAsync(['node', 'quitus', 'forecast', ...args]);
  const printed = log.mock.calls.map((call) => String(call.arguments[0])).join('\n');
  log.mock.restore();
  return printed;
}

test('quitus forecast: thirteen weeks in French, the same as JSON, and as known on an earlier day', async (t) => {
  const deps = await freshDeps(t, { today: TODAY });
  const tenantId = await aCompany(deps);
  const book = booksBefore(madeUpBook(4, 12), 70);
  await aPaymentHistory(deps.db, tenantId, day(TODAY), book);
  const said = await run(t, deps);
  const plain = said.replace(/[\u00a0\u202f]/g, ' ');
  assert.match(plain, /factures à recevoir, .* à la fin du 21 novembre 2026\. Une estimation, jamais une certitude\./);
  assert.match(plain, /Méthode : Courbe publiée, corrigée par vos factures \(\d+ factures payées dans Quitus\)/);
  assert.equal(plain.match(/^\d\d\/\d\d au \d\d\/\d\d /gm)?.length, 13);
  const json = JSON.parse(await run(t, deps, '--json'));
  assert.equal(json.asOf, TODAY);
  assert.equal(json.weeks.length, 13);
  assert.equal(json.invoices.length, book.filter((i) => i.settledOn === undefined).length);
  for (const invoice of json.invoices) {
    assert.match(invoice.left, /^\d+\.\d\d$/);
    assert.ok(invoice.paidBy['7'] <= invoice.paidBy['90']);
  }
  // Six months earlier other invoices were open, and fewer had been paid.
  const then = JSON.parse(await run(t, deps, '--as-of', '2026-05-21', '--json'));
  assert.equal(then.asOf, '2026-05-21');
  assert.equal(then.weeks[0].from, '2026-05-22');
  assert.ok(then.model.settled < json.model.settled && then.model.settled > 0);
  await assert.rejects(run(t, deps, '--as-of', 'hier'), /Écrivez un jour/);
});
