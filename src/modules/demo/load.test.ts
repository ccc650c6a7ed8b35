import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { day } from '#core/kernel/day.ts';
import { type CaseRow, factsOf, listCases, viewCase } from '#modules/cases/index.ts';
import { MOVES } from '#modules/cases/moves.ts';
import { createCompany, listCompanies, removeDemo } from '#modules/companies/index.ts';
import { verifyJournal } from '#modules/journal/index.ts';
import { lettersOf } from '#modules/letters/index.ts';
import { clockOn } from '#platform/clock.ts';
import type { Deps } from '#platform/deps.ts';
import { freshDeps } from '../../../test/support/app.ts';
import { storyDay } from './calendar.ts';
import { companyTyped } from './company.ts';
import { demoDocuments } from './documents.ts';
import { loadDemo, unloadDemo } from './load.ts';
import { STORY } from './story.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

async function casesOf(deps: Deps, tenantId: string): Promise<CaseRow[]> {
  const page = { limit: 100, offset: 0 };
  const today = deps.clock.today();
  return deps.db.tenant(tenantId, async (tx) => [
    ...(await listCases(tx, tenantId, { which: 'open' }, today, page)),
    ...(await listCases(tx, tenantId, { which: 'closed' }, today, page)),
  ]);
}

/** How many rows each table with a company's rows holds for it, the empty ones left out. */
async function rowsOf(deps: Deps, tenantId: string): Promise<Record<string, number>> {
  return deps.db.system(async (tx) => {
    const tables = await sql<{ name: string }>`
      select table_name as name from information_schema.columns
      where column_name = 'tenant_id' and table_schema = current_schema()`.execute(tx);
    assert.ok(tables.rows.length >= 14, 'the tables of a company were not seen');
    const counts: Record<string, number> = {};
    await sql`select set_config('quitus.tenant', ${tenantId}, true)`.execute(tx);
    for (const { name } of tables.rows) {
      const found = await sql<{
        n: number;
      }>`select count(*)::int as n from ${sql.table(name)} where tenant_id = ${tenantId}`.execute(tx);
      if (found.rows[0]?.n) counts[name] = found.rows[0].n;
    }
    return counts;
  });
}

const folders = (deps: Deps): string[] => {
  const root = join(deps.config.dataDir, 'files');
  return existsSync(root) ? readdirSync(root) : [];
};

/** What only a message of an e-invoicing platform makes of a case: the story tells of one that was suspended, and resumed since. */
const OF_PLATFORMS = new Set(['document-missing', 'not-delivered', 'payment-announced', 'withdrawn']);
const SHOWN = Object.keys(MOVES).filter((stage) => !OF_PLATFORMS.has(stage));

async function assertWhole(deps: Deps, tenantId: string): Promise<void> {
  const cases = await casesOf(deps, tenantId);
  assert.equal(cases.length, STORY.length);
  assert.deepEqual(new Set(cases.map((row) => row.state.stage)), new Set(SHOWN), 'a stage is not shown');
  assert.ok((await verifyJournal(deps.db, tenantId)).intact);
}

test('the demonstration shows every stage on its day, each case where its story says', async (t) => {
  const deps = await freshDeps(t);
  const company = await loadDemo(deps);
  assert.deepEqual(await listCompanies(deps), [company]);
  assert.ok(company.demo);
  await assertWhole(deps, company.id);

  const today = deps.clock.today();
  const named = new Map((await casesOf(deps, company.id)).map((row) => [row.debtor, row]));
  const stages = new Set<string>(SHOWN);
  for (const { key, debtor } of STORY) {
    const row = named.get(debtor.name);
    assert.ok(row, `${debtor.name} has no case`);
    assert.equal(row.debtorKind, debtor.kind);
    assert.equal(row.total.status, 'computed', debtor.name);
    // Cases are called after the stage they show, where they show one.
    assert.equal(row.state.stage, stages.has(key) ? key : 'overdue', debtor.name);
    const view = await deps.db.tenant(company.id, (tx) => viewCase(tx, company.id, row.id, today));
    assert.deepEqual(
      view?.invoices.map((i) => i.number).sort(),
      demoDocuments(today)
        .filter((d) => d.caseKey === key)
        .map((d) => d.number)
        .sort(),
    );
    for (const document of view?.documents ?? []) {
      assert.equal(await deps.files.verify(company.id, document.sha256), 'intact', document.title);
    }
    assert.ok(view?.facts.every((fact) => Temporal.PlainDate.compare(fact.on, today) <= 0));
  }
  // What the platforms said stands in the story at its dates; suspended, then completed and approved, it holds nothing up.
  const spoken = named.get('Clinique vétérinaire Mouflaine');
  assert.ok(spoken);
  const told = await deps.db.tenant(company.id, (tx) => viewCase(tx, company.id, spoken.id, today));
  const statuses = factsOf(told?.facts ?? [], 'einvoice-status');
  assert.deepEqual(
    statuses.map(({ on, payload }) => [on.toString(), payload.meaning]),
    [
      [storyDay(today, -54).toString(), 'issued'],
      [storyDay(today, -53).toString(), 'delivered'],
      [storyDay(today, -48).toString(), 'suspended'],
      [storyDay(today, -46).toString(), 'completed'],
      [storyDay(today, -40).toString(), 'approved'],
    ],
  );
  assert.match(statuses[2]?.payload.reason ?? '', /procès-verbal/);
  const reduced = named.get('Théâtre du Paon Distrait');
  assert.equal(reduced?.balanceCents, 300_000n - 60_000n + 144_000n);
  assert.equal(named.get('Clinique vétérinaire Mouflaine')?.balanceCents, 384_000n - 150_000n);

  const expired = named.get('Transports Galerne-Ouestrel');
  assert.ok(expired);
  const [letter] = await deps.db.tenant(company.id, (tx) => lettersOf(tx, company.id, expired.id));
  assert.equal(letter?.outcome, 'delivered');
  // Written then, with the amounts of then.
  assert.equal(letter?.asOf.toString(), storyDay(today, -48).toString());
  assert.equal(letter?.postedOn?.toString(), storyDay(today, -47).toString());
  assert.equal(letter?.model.date, letter?.asOf.toString());
});

test('a second load changes nothing, nor do loads at the same time', async (t) => {
  const deps = await freshDeps(t);
  const [one, two] = await Promise.all([loadDemo(deps), loadDemo({ ...deps })]);
  assert.deepEqual(one, two);
  const before = await rowsOf(deps, one.id);
  assert.deepEqual(await loadDemo(deps), one);
  assert.deepEqual(await rowsOf(deps, one.id), before);
  assert.equal((await listCompanies(deps)).length, 1);
});

test('removal leaves no row and no file of it, and the user’s own company alone', async (t) => {
  const deps = await freshDeps(t);
  const own = await createCompany(deps, { ...companyTyped(), name: 'Atelier Essai' });
  assert.ok(own.ok);
  const ownRows = await rowsOf(deps, own.value.id);
  const demo = await loadDemo(deps);
  const held = await rowsOf(deps, demo.id);
  for (const table of [
    'tenants',
    'creditors',
    'files',
    'parties',
    'cases',
    'invoices',
    'payments',
    'allocations',
    'letters',
    'journal',
  ])
    assert.ok(held[table], `the demonstration puts nothing in ${table}`);
  assert.deepEqual(folders(deps), [demo.id]);

  assert.ok((await removeDemo(deps, demo.id)).ok);
  assert.deepEqual(await rowsOf(deps, demo.id), {});
  assert.deepEqual(folders(deps), []);
  assert.deepEqual(await rowsOf(deps, own.value.id), ownRows);
  assert.equal(await unloadDemo(deps), false);
  assert.ok(!(await removeDemo(deps, own.value.id)).ok, 'a company of the user’s own cannot be removed this way');
});

test('a load that fails half-way leaves nothing', async (t) => {
  const deps = await freshDeps(t);
  let writes = 0;
  const files = {
    ...deps.files,
    write: (tenantId: string, bytes: Uint8Array) => {
      writes += 1;
      return writes > 9 ? Promise.reject(new Error('disk full')) : deps.files.write(tenantId, bytes);
    },
  };
  await assert.rejects(loadDemo({ ...deps, files }), /disk full/);
  assert.deepEqual(await listCompanies(deps), []);
  assert.deepEqual(folders(deps), []);
});

test('a load that was killed half-way is removed and made anew', async (t) => {
  const deps = await freshDeps(t);
  const half = await killedHalfWay(t, deps);
  const company = await loadDemo(deps);
  assert.notEqual(company.id, half);
  assert.deepEqual(await rowsOf(deps, half), {});
  assert.deepEqual(folders(deps), [company.id]);
  assert.deepEqual(await listCompanies(deps), [company]);
  await assertWhole(deps, company.id);
});

/** Another process loads the demonstration and is killed once some of its cases are there. Answers the id of what it left. */
async function killedHalfWay(t: TestContext, deps: Deps): Promise<string> {
  const { url } = deps.db as Deps['db'] & { readonly url: string };
  const env = { ...process.env, DATABASE_URL: url, QUITUS_DATA: deps.config.dataDir, QUITUS_TODAY: '2026-11-21' };
  const child = spawn(process.execPath, ['--import', './tools/tsx-hook.mjs', 'src/main.ts', 'demo', 'load'], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  while (child.exitCode === null) {
    const [company] = await listCompanies(deps);
    const rows = company ? await rowsOf(deps, company.id) : {};
    if (company && (rows.invoices ?? 0) >= 3) {
      child.kill('SIGKILL');
      await ended;
      const left = await casesOf(deps, company.id);
      assert.ok(left.length > 0 && left.length < STORY.length, `killed too late: ${left.length} cases`);
      return company.id;
    }
    await wait(20);
  }
  throw new Error('the other process ended before it could be killed');
}

test('on another day the same stages are shown', async (t) => {
  const deps = { ...(await freshDeps(t)), clock: clockOn(day('2026-03-01')) };
  await assertWhole(deps, (await loadDemo(deps)).id);
});

test('on a day whose law is not known yet, the demonstration comes without its letters', async (t) => {
  const deps = { ...(await freshDeps(t)), clock: clockOn(day('2035-06-15')) };
  const company = await loadDemo(deps);
  assert.equal((await casesOf(deps, company.id)).length, STORY.length);
  assert.equal((await rowsOf(deps, company.id)).letters, undefined);
});
