import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { createCompany } from '#modules/companies/index.ts';
import { verifyJournal } from '#modules/journal/index.ts';
import { systemClock } from '#platform/clock.ts';
import { openDatabase } from '#platform/db/database.ts';
import { writeOpenItems } from '../../bench/support/open-items-file.ts';
import { dataFolder } from './processes.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const INVOICES = 12_000;
const DEBTORS = 1500;
/** The moments of the kill: the step of the import that was just begun, and milliseconds into it. */
const MOMENTS: readonly (readonly [step: string, ms: number])[] = [
  ['Lecture', 0],
  ['Lecture', 120],
  ['Comparaison', 50],
  ['Clients', 30],
  ['Clients', 250],
  ['Enregistrement', 20],
  ['Enregistrement', 250],
  ['Mise à jour', 0],
];

test('an import killed at any moment and started again: the same invoices, none twice, the chain intact', async (t) => {
  const dataDir = dataFolder(t);
  const setup = await openDatabase({ dataDir });
  const company = await createCompany({ db: setup, clock: systemClock }, { name: 'Grand livre SAS' });
  assert.ok(company.ok);
  const tenant = company.value.id;
  const list = join(dataDir, 'liste.csv');
  await writeOpenItems(list, INVOICES, DEBTORS);

  const start = (): ChildProcess =>
    spawn(process.execPath, ['--import', './tools/tsx-hook.mjs', 'src/main.ts', 'import', list, '--mode', 'full', '--strict'], {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, QUITUS_DATA: dataDir, DATABASE_URL: '' },
    });
  const invoices = () =>
    setup.tenant(tenant, async (tx) => (await sql<{ n: bigint }>`select count(*) as n from invoices`.execute(tx)).rows[0]?.n);
  try {
    for (const [step, ms] of MOMENTS) {
      const child = start();
      t.after(() => child.kill('SIGKILL'));
      const exited = once(child, 'exit');
      let said = '';
      for await (const text of child.stderr ?? []) {
        said += text;
        if (said.includes(step)) break;
      }
      assert.ok(said.includes(step), `never came to « ${step} »: ${said}`);
      await wait(ms);
      child.kill('SIGKILL');
      await exited;
      const held = await invoices();
      assert.ok(held === 0n || held === BigInt(INVOICES), `${held} invoices after a kill at « ${step} »`);
    }
    for (let again = 0; again < 2; again += 1) {
      const child = start();
      child.stderr?.resume();
      const [code] = await once(child, 'exit');
      assert.equal(code, 0);
    }
    assert.equal(await invoices(), BigInt(INVOICES));
    const { rows } = await setup.tenant(tenant, (tx) =>
      sql<{ numbers: bigint; parties: bigint; cases: bigint; drift: bigint; cents: bigint; opened: bigint; unfinished: bigint }>`
        select (select count(distinct number) from invoices) as numbers, (select count(*) from parties) as parties,
          (select count(*) from cases) as cases, (select sum(balance_cents)::bigint from invoices) as cents,
          (select count(*) from cases c where balance_cents <> (
            select sum(balance_cents) from invoices i where i.tenant_id = c.tenant_id and i.case_id = c.case_id)) as drift,
          (select count(*) from journal where kind = 'case-opened') as opened,
          (select count(*) from imports where status <> 'applied') as unfinished`.execute(tx),
    );
    const debtors = BigInt(DEBTORS);
    assert.deepEqual(
      { ...rows[0], cents: undefined },
      {
        numbers: BigInt(INVOICES),
        parties: debtors,
        cases: debtors,
        drift: 0n,
        opened: debtors,
        unfinished: 0n,
        cents: undefined,
      },
    );
    let expected = 0n;
    for (let i = 0; i < INVOICES; i += 1) {
      const net = 1000 + ((i * 104_729) % 900_000);
      expected += BigInt(net + Math.floor(net / 5));
    }
    assert.equal(rows[0]?.cents, expected);
    const chain = await verifyJournal(setup, tenant);
    assert.ok(chain.intact, 'the journal was altered');
  } finally {
    await setup.close();
  }
});
