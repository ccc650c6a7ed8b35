import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { aTenant, emptyDatabase, freshDatabase, withClient } from '../../../test/support/database.ts';
import { newId } from '../ids.ts';
import { type Database, openDatabase, type Tx } from './database.ts';

const now = Temporal.Instant.from('2026-11-21T09:00:00Z');

const aParty = (tenant_id: string, name: string) => ({
  tenant_id,
  party_id: newId(),
  kind: 'business' as const,
  name,
  created_at: now,
  updated_at: now,
});

async function addParty(db: Database, tenantId: string, name: string): Promise<string> {
  const party = aParty(tenantId, name);
  await db.tenant(tenantId, async (tx) => {
    await tx.insertInto('parties').values(party).execute();
    const [hash, on_day] = ['0'.repeat(64), Temporal.PlainDate.from('2026-11-21')];
    await tx.insertInto('journal_heads').values({ tenant_id: tenantId, seq: 1n, hash }).execute();
    const entry = { tenant_id: tenantId, seq: 1n, kind: 'party-added', on_day, recorded_at: now, actor: 'test', payload: '{}' };
    await tx
      .insertInto('journal')
      .values({ ...entry, prev_hash: hash, hash })
      .execute();
  });
  return party.party_id;
}

const names = (tx: Tx) =>
  tx
    .selectFrom('parties')
    .select('name')
    .orderBy('name')
    .execute()
    .then((rows) => rows.map((r) => r.name));

/** Two companies, whose queries forget their `where`: nothing must pass from one to the other. */
async function provesIsolation(db: Database): Promise<void> {
  const [a, b] = [await aTenant(db), await aTenant(db)];
  await addParty(db, a, 'débiteur de A');
  const ofB = await addParty(db, b, 'débiteur de B');

  assert.deepEqual(await db.tenant(a, names), ['débiteur de A']);
  assert.deepEqual(await db.tenant(b, names), ['débiteur de B']);
  assert.deepEqual(await db.tenant(newId(), names), []);
  for (const table of ['journal', 'journal_heads'] as const) {
    const rows = await db.tenant(a, (tx) => tx.selectFrom(table).select('tenant_id').execute());
    assert.deepEqual([...new Set(rows.map((r) => r.tenant_id))], [a], table);
  }

  const changed = await db.tenant(a, (tx) =>
    tx.updateTable('parties').set({ name: 'pris' }).where('party_id', '=', ofB).executeTakeFirst(),
  );
  assert.equal(changed.numUpdatedRows, 0n);
  const removed = await db.tenant(a, (tx) => tx.deleteFrom('parties').where('party_id', '=', ofB).executeTakeFirst());
  assert.equal(removed.numDeletedRows, 0n);
  await assert.rejects(
    db.tenant(a, (tx) => tx.insertInto('parties').values(aParty(b, 'intrus')).execute()),
    { code: '42501' },
  );
  await assert.rejects(
    db.tenant(a, (tx) => tx.updateTable('parties').set({ tenant_id: b }).execute()),
    { code: '42501' },
  );
  assert.deepEqual(await db.tenant(b, names), ['débiteur de B']);
}

test('one company neither sees nor writes the rows of another', async (t) => {
  const db = await freshDatabase(t);
  assert.equal(db.about.isolation, 'role');
  await provesIsolation(db);
});

test('inside a company, the server tables and the past are out of reach', async (t) => {
  const db = await freshDatabase(t);
  const tenant = await aTenant(db);
  await addParty(db, tenant, 'débiteur');
  for (const statement of [
    'select * from users',
    'select * from sessions',
    'select * from tenants',
    `update journal set kind = 'autre'`,
    'delete from journal',
    'delete from journal_heads',
    'truncate journal',
    'delete from payments',
    'alter table parties disable row level security',
    'create table mine (id int)',
  ])
    await assert.rejects(
      db.tenant(tenant, (tx) => sql.raw(statement).execute(tx)),
      { code: '42501' },
      statement,
    );
});

test('a connection keeps nothing of the company it served', async (t) => {
  const db = await freshDatabase(t);
  const tenant = await aTenant(db);
  await addParty(db, tenant, 'débiteur');
  await assert.rejects(
    db.tenant(tenant, async (tx) => {
      await tx.insertInto('counters').values({ tenant_id: tenant, name: 'x', value: 1n }).execute();
      throw new Error('rolled back');
    }),
    /rolled back/,
  );
  assert.deepEqual(await db.tenant(tenant, (tx) => tx.selectFrom('counters').selectAll().execute()), []);
  for (let i = 0; i < 20; i += 1) {
    const state = await db.system((tx) =>
      sql<{ tenant: string; same: boolean }>`select coalesce(current_setting('quitus.tenant', true), '') as tenant,
      current_user = session_user as same`.execute(tx),
    );
    assert.deepEqual(state.rows, [{ tenant: '', same: true }]);
  }
  await assert.rejects(db.tenant(`${tenant}' or true --`, names), TypeError);
});

/** An account that may only use its own database, as managed hosting gives them. */
async function asPlainOwner(t: TestContext): Promise<Database> {
  const url = new URL(await emptyDatabase(t));
  const name = `owner_${randomBytes(6).toString('hex')}`;
  const database = url.pathname.slice(1);
  await withClient(url.toString(), async (c) => {
    await c.query(`create role ${name} login nosuperuser nocreaterole nobypassrls`);
    await c.query(`alter database ${database} owner to ${name}`);
  });
  const maintenance = new URL(url);
  maintenance.pathname = '/postgres';
  url.username = name;
  const db = await openDatabase({ dataDir: '', databaseUrl: url.toString() });
  // Hooks run in the order they were given: the database, and all the account owns, are gone by then.
  t.after(async () => {
    await db.close();
    await withClient(maintenance.toString(), (c) => c.query(`drop role ${name}`));
  });
  return db;
}

test('without the right to take the role, forced row-level security keeps companies apart', async (t) => {
  const db = await asPlainOwner(t);
  assert.equal(db.about.isolation, 'forced');
  await provesIsolation(db);
});

for (const [how, open] of [
  ['the role', freshDatabase],
  ['forced row-level security', asPlainOwner],
] as const)
  test(`a company goes with everything it holds, under ${how}`, async (t) => {
    const db = await open(t);
    const [gone, kept] = [await aTenant(db, 'Démonstration', 'demo'), await aTenant(db)];
    for (const tenantId of [gone, kept]) {
      const party_id = await addParty(db, tenantId, 'débiteur');
      const case_id = newId();
      const opened_on = Temporal.PlainDate.from('2026-01-05');
      await db.tenant(tenantId, async (tx) => {
        await tx
          .insertInto('cases')
          .values({ tenant_id: tenantId, case_id, reference: 'D-1', party_id, opened_on, stage: 'open' })
          .execute();
        const file = {
          tenant_id: tenantId,
          sha256: 'a'.repeat(64),
          size_bytes: 1n,
          media_type: 'text/plain',
          name: 'x',
          created_at: now,
        };
        await tx.insertInto('files').values(file).execute();
        const document = { tenant_id: tenantId, document_id: newId(), case_id, kind: 'proof' as const, title: 'x' };
        await tx
          .insertInto('documents')
          .values({ ...document, file_sha256: file.sha256, added_at: now })
          .execute();
      });
    }
    await db.system((tx) => tx.deleteFrom('tenants').where('tenant_id', '=', gone).execute());
    for (const [tenantId, count] of [
      [gone, 0],
      [kept, 1],
    ] as const)
      for (const table of ['parties', 'cases', 'files', 'documents', 'journal', 'journal_heads'] as const) {
        const rows = await db.tenant(tenantId, (tx) => tx.selectFrom(table).select('tenant_id').execute());
        assert.equal(rows.length, count, table);
      }
  });
