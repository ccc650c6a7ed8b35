import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { day } from '#core/kernel/day.ts';
import { clockOn } from '#platform/clock.ts';
import { freshDatabase, withClient } from '../../../test/support/database.ts';
import { courtsOf, importCourts } from './directory.ts';

/** The official list put in force: whole or not at all, again and again. 35 000 invented rows. */

const HEAD = 'Commune;Libellé;Orig. CA;N° CA;CA;Orig. TJ;N° TJ;TJ;Orig. TPRX;N° TPRX;TPRX;Orig. CPH;N° CPH;CPH';
const ROWS = 35_000;

function aList(seed: string, rows = ROWS): Uint8Array {
  const lines = [HEAD];
  for (let i = 0; i < rows; i += 1) {
    const insee = `${String(1 + Math.floor(i / 999)).padStart(2, '0')}${String(1 + (i % 999)).padStart(3, '0')}`;
    const near = i % 3 === 0 ? `Tribunal de proximité ${seed} ${i % 125}` : '';
    lines.push(
      `${insee};Commune ${i};L;1;Cour d’appel ${seed} ${i % 36};L;2;Tribunal judiciaire ${seed} ${i % 164};L;3;${near};L;4;Conseil de prud’hommes ${seed} ${i % 210}`,
    );
    if (i % 5000 === 7) lines.push('xx;ligne abîmée', `99999999;Trop long${';'.repeat(12)}`);
  }
  return new TextEncoder().encode(lines.join('\n'));
}

const clock = clockOn(day('2026-11-21'));
const options = { vintage: '2026 juillet', fileName: 'liste.csv' };
const judicial = async (db: Parameters<typeof courtsOf>[0], insee = '01004') =>
  (await courtsOf(db, insee)).areas.map((area) => area.judicialCourt);

test('35 000 communes are in force at once, bad rows told by line; the same file again changes nothing, a new vintage replaces all', async (t) => {
  const db = await freshDatabase(t);
  assert.deepEqual(await courtsOf(db, '01004'), { directory: undefined, areas: [] });
  const steps: number[] = [];
  const first = await importCourts({ db, clock }, aList('A'), { ...options, progress: (done) => steps.push(done) });
  assert.ok(first.ok);
  assert.deepEqual([first.value.communes, first.value.refused.length, first.value.already], [ROWS, 14, false]);
  assert.equal(first.value.refused[0]?.line, 10);
  assert.deepEqual(steps, [5000, 10_000, 15_000, 20_000, 25_000, 30_000, 35_000]);
  assert.deepEqual(await judicial(db), ['Tribunal judiciaire A 3']);
  const { directory } = await courtsOf(db, '01004');
  assert.deepEqual([directory?.vintage, directory?.communes], ['2026 juillet', ROWS]);

  const again = await importCourts({ db, clock }, aList('A'), options);
  assert.ok(again.ok && again.value.already);
  const next = await importCourts({ db, clock }, aList('B'), { ...options, vintage: '2027 janvier' });
  assert.ok(next.ok && !next.value.already);
  assert.deepEqual(await judicial(db), ['Tribunal judiciaire B 3']);
  const kept = await db.system((tx) =>
    tx.selectFrom('court_directories').select(['vintage', 'refused_rows']).orderBy('loaded_at').execute(),
  );
  assert.deepEqual(kept, [
    { vintage: '2026 juillet', refused_rows: 14 },
    { vintage: '2027 janvier', refused_rows: 14 },
  ]);
});

test('a commune named twice with other courts keeps both, with the same ones is one', async (t) => {
  const db = await freshDatabase(t);
  const line = (tj: string) => `44109;Villefictive;L;1;CA;L;2;${tj};L;3;;L;4;CPH`;
  const bytes = new TextEncoder().encode([HEAD, line('TJ Un'), line('TJ Un'), line('TJ Deux')].join('\n'));
  const refused = await importCourts({ db, clock }, bytes, options);
  assert.equal(refused.ok ? '' : refused.refusal.code, 'courts.incomplete');
  assert.equal((await courtsOf(db, '44109')).directory, undefined);
  const done = await importCourts({ db, clock }, bytes, { ...options, partial: true });
  assert.ok(done.ok);
  assert.equal(done.value.communes, 1);
  assert.deepEqual(await judicial(db, '44109'), ['TJ Un', 'TJ Deux']);
});

test('a list cut short is refused and the former one stays', async (t) => {
  const db = await freshDatabase(t);
  await importCourts({ db, clock }, aList('A'), options);
  const cut = aList('B').subarray(0, 1_500_000);
  const refused = await importCourts({ db, clock }, cut, options);
  assert.equal(refused.ok ? '' : refused.refusal.code, 'courts.incomplete');
  assert.deepEqual(await judicial(db), ['Tribunal judiciaire A 3']);
});

test('two imports at once: one after the other, one list in the end', async (t) => {
  const db = await freshDatabase(t);
  await Promise.all([importCourts({ db, clock }, aList('A'), options), importCourts({ db, clock }, aList('B'), options)]);
  const rows = await db.system((tx) =>
    tx
      .selectFrom('court_areas')
      .select(({ fn }) => fn.countAll<bigint>().as('n'))
      .executeTakeFirstOrThrow(),
  );
  assert.equal(rows.n, BigInt(ROWS));
});

test('killed in the middle, nothing of it is seen; run again, all of it is', async (t) => {
  const db = await freshDatabase(t);
  await importCourts({ db, clock }, aList('A'), options);
  const folder = mkdtempSync(join(tmpdir(), 'quitus-courts-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'liste.csv');
  writeFileSync(file, aList('B'));
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  const program = `
    import { readFileSync } from 'node:fs';
    import { openDatabase } from '#platform/db/database.ts';
    import { systemClock } from '#platform/clock.ts';
    import { importCourts } from '#modules/courts/directory.ts';
    const db = await openDatabase({ dataDir: '', databaseUrl: process.env.URL_OF_DATABASE });
    await importCourts({ db, clock: systemClock }, readFileSync(process.env.FILE), {
      vintage: 'B', fileName: 'liste.csv', progress: (done) => { if (done === 20000) process.kill(process.pid, 'SIGKILL'); },
    });`;
  const child = spawnSync(process.execPath, ['--import', './tools/tsx-hook.mjs', '--input-type=module', '-e', program], {
    cwd: root,
    env: { ...process.env, URL_OF_DATABASE: db.url, FILE: file },
    encoding: 'utf8',
  });
  assert.equal(child.signal, 'SIGKILL', child.stderr);
  assert.deepEqual(await judicial(db), ['Tribunal judiciaire A 3']);
  const done = await importCourts({ db, clock }, aList('B'), { ...options, vintage: 'B' });
  assert.ok(done.ok && !done.value.already);
  assert.deepEqual(await judicial(db), ['Tribunal judiciaire B 3']);
  await withClient(db.url, async (client) => {
    const { rows } = await client.query('select count(*)::int as n from court_directories');
    assert.equal(rows[0].n, 2);
  });
});
