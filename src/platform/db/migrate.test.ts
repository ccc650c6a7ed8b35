import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type pg from 'pg';
import { emptyDatabase, withClient } from '../../../test/support/database.ts';
import { PlatformFailure } from '../failure.ts';
import { openDatabase } from './database.ts';
import { MIGRATIONS, type Migration, migrate, readMigrations } from './migrate.ts';

test('the registry: names, numbers, and no edit of what others have applied', () => {
  const migrations = readMigrations();
  assert.ok(migrations.length > 0);
  const recorded = readFileSync(join(MIGRATIONS, 'CHECKSUMS'), 'utf8');
  const expected = migrations.map((m) => `${m.sha256}  ${m.name}.sql\n`).join('');
  const how =
    'A migration that others may have applied is never edited: write a new one. Then, in migrations/: sha256sum *.sql > CHECKSUMS';
  assert.equal(recorded, expected, how);
  for (const { name, sql } of migrations) assert.doesNotMatch(sql, /create (or replace )?trigger|concurrently/i, name);
});

function folder(t: TestContext, files: Readonly<Record<string, string>>): string {
  const path = mkdtempSync(join(tmpdir(), 'quitus-migrations-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return path;
}

test('gaps, repeated numbers and free names are refused', (t) => {
  for (const names of [
    ['0002-a.sql'],
    ['0001-a.sql', '0003-b.sql'],
    ['0001-a.sql', '0001-b.sql'],
    ['0001_a.sql'],
    ['0001-A.sql'],
  ]) {
    const path = folder(t, Object.fromEntries(names.map((name) => [name, ''])));
    assert.throws(() => readMigrations(path), /expected/, names.join());
  }
  assert.deepEqual(
    readMigrations(folder(t, { '0001-first.sql': '', '0002-the-second.sql': '', 'README.md': '' })).map((m) => [
      m.number,
      m.name,
    ]),
    [
      [1, '0001-first'],
      [2, '0002-the-second'],
    ],
  );
});

const step = (number: number, sql: string): Migration => ({
  number,
  name: `000${number}-step`,
  sql,
  sha256: `${number}`.repeat(64),
});
const tables = async (c: pg.Client): Promise<string[]> =>
  (
    await c.query(`select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`)
  ).rows.map((r) => r.relname);

test('what is missing is applied, once; a step that fails leaves nothing', async (t) => {
  const url = await emptyDatabase(t);
  await withClient(url, async (c) => {
    const steps = [step(1, 'create table a (x int)'), step(2, 'create table b (x int); create table c (x int)')];
    assert.deepEqual(await migrate(c, steps.slice(0, 1)), ['0001-step']);
    assert.deepEqual(await migrate(c, steps), ['0002-step']);
    assert.deepEqual(await migrate(c, steps), []);
    await assert.rejects(migrate(c, [...steps, step(3, 'create table d (x int); select 1/0')]), /0003-step: division by zero/);
    assert.deepEqual(await tables(c), ['a', 'b', 'c', 'migrations']);
    assert.deepEqual(await migrate(c, [...steps, step(3, 'create table d (x int)')]), ['0003-step']);
  });
});

test('an edited step and a database of a newer Quitus are refused, in words', async (t) => {
  const url = await emptyDatabase(t);
  await withClient(url, async (c) => {
    const steps = [step(1, 'create table a (x int)'), step(2, '')];
    await migrate(c, steps);
    const refused = (code: string) => (error: unknown) => error instanceof PlatformFailure && error.code === code;
    await assert.rejects(migrate(c, steps.slice(0, 1)), refused('db.newer'));
    await assert.rejects(migrate(c, [step(1, ''), { ...step(2, ''), sha256: 'edited' }]), refused('db.migration-changed'));
    assert.deepEqual(await migrate(c, steps), []);
  });
});

test('several starts at once: one migrates, the others wait', async (t) => {
  const url = await emptyDatabase(t);
  const opened = await Promise.all(Array.from({ length: 4 }, () => openDatabase({ dataDir: '', databaseUrl: url })));
  assert.equal(opened.filter((db) => db.about.migrated.length > 0).length, 1);
  assert.deepEqual([...new Set(opened.map((db) => db.about.isolation))], ['role']);
  await Promise.all(opened.map((db) => db.close()));
});

test('a database that cannot be reached is said so, without its password', async () => {
  const databaseUrl = 'postgresql://ada:secret@127.0.0.1:1/quitus';
  await assert.rejects(openDatabase({ dataDir: '', databaseUrl }), (error) => {
    assert.ok(error instanceof PlatformFailure);
    assert.equal(error.code, 'db.unreachable');
    assert.ok(!error.message.includes('secret'));
    return true;
  });
});
