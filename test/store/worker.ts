// A Quitus process of its own, for the tests of the store. Arguments: the data folder, what to do, a company.
import { join } from 'node:path';
import { appendJournal } from '#modules/journal/index.ts';
import { openDatabase } from '#platform/db/database.ts';
import { namedProcess } from '#platform/db/postmaster.ts';
import { PlatformFailure } from '#platform/failure.ts';
import { newId } from '#platform/ids.ts';

const [dataDir = '', task = '', tenantId = ''] = process.argv.slice(2);
const say = (what: string): void => {
  process.stdout.write(`${what}\n`);
};

const db = await openDatabase({ dataDir }).catch((error: unknown) => {
  if (!(error instanceof PlatformFailure)) throw error;
  say(`${error.code} ${error.message.replaceAll('\n', ' | ')}`);
  process.exit(1);
});
say(`server ${namedProcess(join(dataDir, 'postgres'))}`);

if (task === 'write') {
  const now = Temporal.Instant.from('2026-11-21T09:00:00Z');
  const on = Temporal.PlainDate.from('2026-11-21');
  for (let i = 0; ; i += 1) {
    // A party and the entry that tells it: both or neither.
    const seq = await db.tenant(tenantId, async (tx) => {
      const party_id = newId();
      const party = {
        tenant_id: tenantId,
        party_id,
        kind: 'business' as const,
        name: `n° ${i}`,
        created_at: now,
        updated_at: now,
      };
      await tx.insertInto('parties').values(party).execute();
      return appendJournal(tx, tenantId, { kind: 'party-added', on, at: now, actor: 'test', payload: { party_id } });
    });
    say(`committed ${seq}`);
  }
}

// Stays until its standard input closes.
for await (const _ of process.stdin);
await db.close();
say('left');
