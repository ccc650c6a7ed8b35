import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { sql } from 'kysely';
import { type Database, openDatabase } from '#platform/db/database.ts';
import { isAlive, namedProcess, serves } from '#platform/db/postmaster.ts';
import { PlatformFailure } from '#platform/failure.ts';
import { aTenant } from '../support/database.ts';
import { dataFolder, gone, startWorker } from './processes.ts';

/** The PostgreSQL that Quitus runs itself: started, shared, left, found again after a crash. */

const serverOf = (dataDir: string): number => {
  const pid = namedProcess(join(dataDir, 'postgres'));
  assert.ok(pid !== undefined, 'no server');
  return pid;
};
const companies = (db: Database): Promise<number> =>
  db.system(async (tx) => (await tx.selectFrom('tenants').select('tenant_id').execute()).length);
const isRoot = process.getuid?.() === 0;

test('the first start makes the store, closed to others; the last to leave stops the server; what was written is there again', async (t) => {
  const dataDir = join(dataFolder(t), 'data');
  const db = await openDatabase({ dataDir });
  const pid = serverOf(dataDir);
  assert.ok(serves(pid, join(dataDir, 'postgres')));
  assert.deepEqual([db.about.embedded, db.about.isolation, db.about.migrated.length > 0], [true, 'role', true]);
  for (const path of [dataDir, join(dataDir, 'postgres')]) assert.equal(statSync(path).mode & 0o777, 0o700, path);
  const { rows } = await db.system((tx) =>
    sql<{ name: string; setting: string }>`select name, setting from pg_settings
      where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses', 'data_checksums', 'server_encoding') order by 1`.execute(
      tx,
    ),
  );
  assert.deepEqual(Object.fromEntries(rows.map((r) => [r.name, r.setting])), {
    data_checksums: 'on',
    fsync: 'on',
    full_page_writes: 'on',
    listen_addresses: '',
    server_encoding: 'UTF8',
    synchronous_commit: 'on',
  });
  await aTenant(db);
  await db.close();
  await gone(pid);
  const again = await openDatabase({ dataDir });
  assert.deepEqual(again.about.migrated, []);
  assert.equal(await companies(again), 1);
  await again.close();
});

test('the folder may lie deeper than a socket’s name may be long', async (t) => {
  const dataDir = join(dataFolder(t), 'é'.repeat(60), 'un dossier profond');
  const db = await openDatabase({ dataDir });
  const worker = startWorker(t, [dataDir, 'hold']);
  assert.equal(await worker.line(), `server ${serverOf(dataDir)}`);
  await aTenant(db);
  await worker.leave();
  await db.close();
});

test('a second process joins the server, and either may leave first', async (t) => {
  const dataDir = dataFolder(t);
  const db = await openDatabase({ dataDir });
  const pid = serverOf(dataDir);
  const first = startWorker(t, [dataDir, 'hold']);
  assert.equal(await first.line(), `server ${pid}`);
  await first.leave();
  assert.equal(await companies(db), 0);
  const second = startWorker(t, [dataDir, 'hold']);
  assert.equal(await second.line(), `server ${pid}`);
  await db.close();
  assert.ok(isAlive(pid), 'the server was stopped under the second process');
  await second.leave();
  await gone(pid);
});

test('several first starts at once end with one store and one server', async (t) => {
  const dataDir = dataFolder(t);
  const workers = [1, 2, 3].map(() => startWorker(t, [dataDir, 'hold']));
  const lines = await Promise.all(workers.map((w) => w.line()));
  assert.deepEqual(lines, Array(3).fill(`server ${serverOf(dataDir)}`));
  await Promise.all(workers.map((w) => w.leave()));
  await gone(Number(lines[0]?.split(' ')[1]));
});

test('joining and leaving at the same moment never leaves a process without its server', async (t) => {
  const dataDir = dataFolder(t);
  for (let round = 0; round < 8; round += 1) {
    const [one, two] = await Promise.all([openDatabase({ dataDir }), openDatabase({ dataDir })]);
    const [third] = await Promise.all([openDatabase({ dataDir }), one.close(), two.close()]);
    assert.equal(await companies(third), 0);
    await third.close();
  }
});

test('a killed Quitus leaves the server running, and the next start joins it', async (t) => {
  const dataDir = dataFolder(t);
  const worker = startWorker(t, [dataDir, 'hold']);
  const line = await worker.line();
  await worker.kill();
  const db = await openDatabase({ dataDir });
  assert.equal(line, `server ${serverOf(dataDir)}`);
  await db.close();
  await gone(Number(line.split(' ')[1]));
});

test('a killed server comes back under an open store, with all that was committed', async (t) => {
  const dataDir = dataFolder(t);
  const db = await openDatabase({ dataDir });
  await aTenant(db);
  const pid = serverOf(dataDir);
  const underWay = assert.rejects(db.system((tx) => sql`select pg_sleep(60)`.execute(tx)));
  await new Promise((resolve) => setTimeout(resolve, 100));
  process.kill(pid, 'SIGKILL');
  await Promise.all([underWay, gone(pid)]);
  let found: number | undefined;
  for (let tries = 0; tries < 100 && found === undefined; tries += 1) {
    found = await companies(db).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.equal(found, 1);
  assert.notEqual(serverOf(dataDir), pid);
  await db.close();
});

test('after a crash the pid file may name a dead process, or another program: the store opens all the same', async (t) => {
  const dataDir = dataFolder(t);
  const pidFile = join(dataDir, 'postgres', 'postmaster.pid');
  const socketLock = join(dataDir, 'postgres', '.s.PGSQL.5432.lock');
  const crash = async (db: Database): Promise<void> => {
    // Both at once, as when the power goes: first Quitus loses its server, then nobody brings it back.
    const pid = serverOf(dataDir);
    process.kill(pid, 'SIGSTOP');
    const [left, lock] = [readFileSync(pidFile), readFileSync(socketLock)];
    process.kill(pid, 'SIGCONT');
    await db.close();
    writeFileSync(pidFile, left);
    writeFileSync(socketLock, lock);
  };
  let db = await openDatabase({ dataDir });
  await aTenant(db);
  await crash(db);
  db = await openDatabase({ dataDir });
  assert.equal(await companies(db), 1);
  await crash(db);

  const other = spawn('sleep', ['60'], { stdio: 'ignore' });
  t.after(() => other.kill());
  for (const file of [pidFile, socketLock]) writeFileSync(file, readFileSync(file, 'utf8').replace(/^\d+/, String(other.pid)));
  db = await openDatabase({ dataDir });
  assert.equal(await companies(db), 1);
  assert.notEqual(serverOf(dataDir), other.pid);
  assert.ok(other.pid !== undefined && isAlive(other.pid), 'the other program was harmed');
  await db.close();
});

test('a store that cannot start says why, and where to read more', async (t) => {
  const dataDir = dataFolder(t);
  await (await openDatabase({ dataDir })).close();
  rmSync(join(dataDir, 'postgres', 'global', 'pg_control'));
  await assert.rejects(openDatabase({ dataDir }), (error) => {
    assert.ok(error instanceof PlatformFailure);
    assert.equal(error.code, 'db.start');
    assert.match(error.message, /postgres\.log/);
    assert.match(error.message, /pg_control/);
    return true;
  });
});

test('files made by another version of PostgreSQL are said so', async (t) => {
  const dataDir = dataFolder(t);
  await (await openDatabase({ dataDir })).close();
  writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '13\n');
  await assert.rejects(openDatabase({ dataDir }), (error) => {
    assert.ok(error instanceof PlatformFailure);
    assert.equal(error.code, 'db.unavailable');
    assert.match(error.message, /PostgreSQL 13/);
    return true;
  });
});

/** A folder of programs put first in the PATH, where `unshare` fails as it does in many containers. */
function withoutNamespaces(dataDir: string): Readonly<Record<string, string>> {
  const programs = join(dataDir, '..', 'programs');
  mkdirSync(programs);
  writeFileSync(join(programs, 'unshare'), '#!/bin/sh\necho "unshare failed: Operation not permitted" >&2\nexit 1\n', {
    mode: 0o755,
  });
  return { PATH: `${programs}:${process.env.PATH}` };
}

test('started by root under a home of mode 0700, the files stay root’s', { skip: isRoot ? false : 'needs root' }, async (t) => {
  const home = dataFolder(t);
  const dataDir = join(home, 'data');
  const db = await openDatabase({ dataDir });
  assert.equal(statSync(home).mode & 0o777, 0o700);
  assert.equal(statSync(join(dataDir, 'postgres')).uid, 0);
  await aTenant(db);
  await db.close();

  // The same store where user namespaces have been forbidden since: no account can pass through the home, and this is said.
  const refused = startWorker(t, [dataDir, 'hold'], withoutNamespaces(dataDir));
  const line = await refused.line();
  assert.match(line, /^db\.unavailable /);
  assert.match(line, /Operation not permitted/);
  assert.match(line, /compte ordinaire/);
  // Nothing was given away in trying.
  assert.equal(statSync(join(dataDir, 'postgres')).uid, 0);
});

test('started by root without user namespaces, another account serves, and keeps its files', {
  skip: isRoot ? false : 'needs root',
}, async (t) => {
  const root = dataFolder(t);
  chmodSync(root, 0o755);
  const dataDir = join(root, 'data');
  const db = await openDatabase({ dataDir });
  await aTenant(db);
  await db.close();
  const path = withoutNamespaces(dataDir);
  const worker = startWorker(t, [dataDir, 'hold'], path);
  const pid = Number((await worker.line()).split(' ')[1]);
  const { uid } = statSync(join(dataDir, 'postgres'));
  assert.notEqual(uid, 0);
  assert.match(readFileSync(`/proc/${pid}/status`, 'utf8'), new RegExp(`^Uid:\\t${uid}\\t`, 'm'));
  assert.equal(statSync(dataDir).mode & 0o777, 0o710);
  await worker.leave();

  // With namespaces again, the folder keeps its owner.
  const again = await openDatabase({ dataDir });
  assert.equal(await companies(again), 1);
  assert.equal(statSync(join(dataDir, 'postgres', 'postmaster.pid')).uid, uid);
  await again.close();
});

test('started by root on the folder of an ordinary account, it serves as that account', {
  skip: isRoot ? false : 'needs root',
}, async (t) => {
  const root = dataFolder(t);
  chmodSync(root, 0o755);
  const dataDir = join(root, 'data');
  mkdirSync(join(dataDir, 'postgres'), { recursive: true, mode: 0o700 });
  // "daemon", on every Linux
  for (const path of [dataDir, join(dataDir, 'postgres')]) chownSync(path, 1, 1);
  const db = await openDatabase({ dataDir });
  for (const path of ['postgres/PG_VERSION', 'postgres.log']) assert.equal(statSync(join(dataDir, path)).uid, 1, path);
  await db.close();
});
