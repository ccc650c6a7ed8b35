import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import { day } from '#core/kernel/day.ts';
import { createCompany } from '#modules/companies/index.ts';
import { demoDocuments } from '#modules/demo/documents.ts';
import { facturX } from '#modules/demo/factur-x.ts';
import { verifyJournal } from '#modules/journal/index.ts';
import { systemClock } from '#platform/clock.ts';
import { openDatabase } from '#platform/db/database.ts';
import { openFileStore } from '#platform/files.ts';
import { dataFolder } from './processes.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** An invoice of the demo's story that needs no correction; each copy gets a number of its own. */
const [SAMPLE] = demoDocuments(day('2026-11-21')).filter(({ debtor }) => debtor.kind === 'business');
const ROUNDS = 20;
const FILES = 15;

/** The sample under another number: a different invoice of the same seller to the same buyer. */
const invoice = (number: string): string =>
  SAMPLE ? facturX({ ...SAMPLE, number }) : assert.fail('the demo has no business debtor');

async function startServer(t: TestContext, dataDir: string): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, ['--import', './tools/tsx-hook.mjs', 'src/main.ts', 'serve', '--no-demo'], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, QUITUS_DATA: dataDir, DATABASE_URL: '', PORT: '0', HOST: '' },
  });
  t.after(() => child.kill('SIGKILL'));
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/\S+/.exec(line)?.[0];
    if (url) return { child, url };
  }
  throw new Error('the server ended before it gave its address');
}

/** A visitor who drops files, then confirms them all at once, as the pages without script do. */
async function dropAndConfirm(url: string, round: number): Promise<void> {
  const first = await fetch(`${url}/deposer`);
  const cookie = first.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  const token = /name="_csrf" value="([^"]+)"/.exec(await first.text())?.[1] ?? '';
  const send = (path: string, body: FormData | URLSearchParams) =>
    fetch(`${url}${path}`, { method: 'POST', body, headers: { cookie, origin: url }, redirect: 'manual' });

  const files = new FormData();
  files.set('_csrf', token);
  for (let i = 0; i < FILES; i += 1) files.append('files', new Blob([invoice(`C-${round}-${i}`)]), `facture-${i}.xml`);
  await send('/deposer', files);

  const lot = await (await fetch(`${url}/deposer/lot`, { headers: { cookie } })).text();
  const choice = new URLSearchParams({ _csrf: token, kind: 'business' });
  for (const [, id] of lot.matchAll(/name="id"\s+value="([^"]+)"/g)) choice.append('id', id ?? '');
  await send('/deposer/lot', choice);
}

test(`the server killed ${ROUNDS} times during an import leaves a store that opens, its chain intact, no invoice half imported`, async (t) => {
  const dataDir = dataFolder(t);
  const setup = await openDatabase({ dataDir });
  const company = await createCompany(
    { db: setup, clock: systemClock },
    { name: 'Studio Brindille & Sextant', siren: '999991375' },
  );
  assert.ok(company.ok);
  const tenant = company.value.id;
  await setup.close();

  for (let round = 0; round < ROUNDS; round += 1) {
    const { child, url } = await startServer(t, dataDir);
    const importing = dropAndConfirm(url, round).catch(() => undefined);
    // A different moment of the work each time, from the first file to the last confirmation.
    await wait(20 + round * 50);
    child.kill('SIGKILL');
    await once(child, 'exit');
    await importing;
  }
  // What was interrupted can be done again, by the same gestures.
  const { child, url } = await startServer(t, dataDir);
  await dropAndConfirm(url, ROUNDS);

  const db = await openDatabase({ dataDir });
  const files = openFileStore(dataDir);
  try {
    const chain = await verifyJournal(db, tenant);
    assert.ok(chain.intact, 'the journal was altered');
    const counts = await db.tenant(tenant, async (tx) => {
      const { rows } = await sql<{
        invoices: bigint;
        documents: bigint;
        facts: bigint;
        confirmed: bigint;
        orphans: bigint;
        drift: bigint;
      }>`
        select (select count(*) from invoices) as invoices,
               (select count(*) from documents where kind = 'invoice') as documents,
               (select count(distinct payload ->> 'invoiceId') from journal where kind = 'invoice-added') as facts,
               (select count(*) from readings where status = 'confirmed') as confirmed,
               (select count(*) from readings r where status = 'confirmed'
                 and not exists (select from invoices i where i.tenant_id = r.tenant_id and i.invoice_id = r.invoice_id)) as orphans,
               (select count(*) from cases c where balance_cents <> (
                 select sum(balance_cents) from invoices i where i.tenant_id = c.tenant_id and i.case_id = c.case_id)) as drift`.execute(
        tx,
      );
      return rows[0];
    });
    assert.ok(counts && counts.invoices >= BigInt(FILES), `only ${counts?.invoices} invoices came in`);
    t.diagnostic(`${counts.invoices} invoices after ${ROUNDS} kills`);
    assert.equal(counts.documents, counts.invoices);
    assert.equal(counts.facts, counts.invoices);
    assert.equal(counts.confirmed, counts.invoices);
    assert.equal(counts.orphans, 0n);
    assert.equal(counts.drift, 0n);
    const kept = await db.tenant(tenant, (tx) => tx.selectFrom('files').select('sha256').execute());
    for (const { sha256 } of kept) assert.equal(await files.verify(tenant, sha256), 'intact');
  } finally {
    await db.close();
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
});
