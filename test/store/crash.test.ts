import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { verifyJournal } from '#modules/journal/index.ts';
import { openDatabase } from '#platform/db/database.ts';
import { namedProcess } from '#platform/db/postmaster.ts';
import { aTenant } from '../support/database.ts';
import { dataFolder, gone, startWorker } from './processes.ts';

const ROUNDS = 20;

test(`killed ${ROUNDS} times while it writes, every fourth time with its server: nothing committed is lost, nothing half done is kept`, async (t) => {
  const dataDir = dataFolder(t);
  let db = await openDatabase({ dataDir });
  const tenant = await aTenant(db);
  await db.close();

  let told = 0n;
  for (let round = 0; round < ROUNDS; round += 1) {
    const worker = startWorker(t, [dataDir, 'write', tenant]);
    const server = Number(/^server (\d+)$/.exec(await worker.line())?.[1]);
    // A different moment of the work each time.
    for (let lines = 0; lines <= round; lines += 1) {
      const line = await worker.line();
      assert.match(line, /^committed \d+$/);
      told = BigInt(line.split(' ')[1] ?? 0);
    }
    if (round % 4 === 3) {
      process.kill(server, 'SIGKILL');
      await Promise.all([worker.kill(), gone(server)]);
    } else {
      await worker.kill();
      assert.equal(namedProcess(join(dataDir, 'postgres')), server, 'the server outlives its client');
    }

    db = await openDatabase({ dataDir });
    const journal = await verifyJournal(db, tenant);
    assert.ok(
      journal.intact,
      JSON.stringify(journal, (_, v) => (typeof v === 'bigint' ? `${v}` : v)),
    );
    assert.ok(journal.entries >= told, `${told} were committed, ${journal.entries} are there`);
    const parties = await db.tenant(tenant, (tx) => tx.selectFrom('parties').select('party_id').execute());
    const entries = await db.tenant(tenant, (tx) => tx.selectFrom('journal').select('payload').execute());
    const inJournal = entries.map((e) => (e.payload as { party_id: string }).party_id);
    assert.deepEqual(parties.map((p) => p.party_id).sort(), inJournal.sort(), 'a fact without its entry, or the reverse');
    await db.close();
  }
  assert.ok(told > BigInt(ROUNDS));
});
