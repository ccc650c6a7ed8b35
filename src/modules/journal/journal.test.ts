import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import type { Json } from '#core/kernel/canonical.ts';
import { day } from '#core/kernel/day.ts';
import { newId } from '#platform/ids.ts';
import { aTenant, freshDatabase } from '../../../test/support/database.ts';
import { chain, GENESIS, sealOf } from './entry.ts';
import { appendJournal, type NewEntry, readJournal, verifyJournal } from './index.ts';

const at = Temporal.Instant.from('2026-11-21T09:00:00.123456789Z');
const note = (text: string, caseId?: string): NewEntry => ({
  ...(caseId === undefined ? {} : { caseId }),
  kind: 'note-added',
  on: day('2026-11-20'),
  at,
  actor: 'user',
  payload: { text },
});

test('entries are numbered from one and chained, whether recorded one by one or together', async (t) => {
  const db = await freshDatabase(t);
  const tenant = await aTenant(db);
  const caseId = newId();
  assert.deepEqual(await verifyJournal(db, tenant), { intact: true, entries: 0n, head: GENESIS });
  assert.equal(await db.tenant(tenant, (tx) => appendJournal(tx, tenant, note('un', caseId))), 1n);
  assert.equal(await db.tenant(tenant, (tx) => appendJournal(tx, tenant, note('deux'), note('trois', caseId))), 3n);
  const entries = await db.tenant(tenant, (tx) => readJournal(tx, tenant, caseId));
  assert.deepEqual(
    entries.map((e) => [e.seq, e.kind, e.on.toString(), e.at.toString(), e.payload]),
    [
      [1n, 'note-added', '2026-11-20', '2026-11-21T09:00:00.123456Z', { text: 'un' }],
      [3n, 'note-added', '2026-11-20', '2026-11-21T09:00:00.123456Z', { text: 'trois' }],
    ],
  );
  const checked = await verifyJournal(db, tenant);
  assert.deepEqual(checked, { intact: true, entries: 3n, head: entries[1]?.hash });
});

test('an entry rolled back leaves no trace and no gap', async (t) => {
  const db = await freshDatabase(t);
  const tenant = await aTenant(db);
  await db.tenant(tenant, (tx) => appendJournal(tx, tenant, note('un')));
  await assert.rejects(
    db.tenant(tenant, async (tx) => {
      await appendJournal(tx, tenant, note('perdu'));
      throw new Error('no');
    }),
  );
  assert.equal(await db.tenant(tenant, (tx) => appendJournal(tx, tenant, note('deux'))), 2n);
  assert.equal((await verifyJournal(db, tenant)).intact, true);
});

test('many at once, in two companies: each journal has one order', async (t) => {
  const db = await freshDatabase(t);
  const tenants = [await aTenant(db), await aTenant(db)];
  const all = Array.from({ length: 60 }, (_, i) => tenants[i % 2] as string);
  const ranks = await Promise.all(all.map((id, i) => db.tenant(id, (tx) => appendJournal(tx, id, note(`${i}`)))));
  for (const [which, id] of tenants.entries()) {
    const own = ranks.filter((_, i) => i % 2 === which).sort((a, b) => Number(a - b));
    assert.deepEqual(
      own,
      Array.from({ length: 30 }, (_, i) => BigInt(i + 1)),
    );
    const checked = await verifyJournal(db, id);
    assert.ok(checked.intact && checked.entries === 30n);
  }
});

test('any payload that JSON can hold is sealed as it will be read back', async (t) => {
  const db = await freshDatabase(t);
  const tenant = await aTenant(db);
  const text = fc.string({ unit: 'binary', maxLength: 30 });
  const { payload } = fc.letrec<{ payload: Json }>((tie) => ({
    payload: fc.oneof(
      { depthSize: 'small' },
      fc.oneof(text, fc.maxSafeInteger(), fc.boolean(), fc.constant(null), fc.constant('\0\ud800 -')),
      fc.array(tie('payload'), { maxLength: 4 }),
      fc.dictionary(
        fc.string({ maxLength: 8 }).filter((k) => !k.includes('\0') && k !== '__proto__'),
        tie('payload'),
        { maxKeys: 4 },
      ),
    ),
  }));
  const batches = fc.array(fc.array(payload, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 3 });
  let expected = 0n;
  await fc.assert(
    fc.asyncProperty(batches, async (all) => {
      for (const payloads of all) {
        const [first, ...rest] = payloads.map((p): NewEntry => ({ ...note(''), payload: p }));
        if (!first) continue;
        expected += BigInt(payloads.length);
        assert.equal(await db.tenant(tenant, (tx) => appendJournal(tx, tenant, first, ...rest)), expected);
      }
    }),
    { numRuns: 40 },
  );
  const checked = await verifyJournal(db, tenant);
  assert.ok(
    checked.intact && checked.entries === expected,
    JSON.stringify(checked, (_, v) => (typeof v === 'bigint' ? `${v}` : v)),
  );
});

test('a seal depends on every part of its entry', () => {
  const [entry] = chain('t', { seq: 0n, hash: GENESIS }, [note('un', 'c')]);
  assert.ok(entry);
  assert.equal(sealOf('t', entry), entry.hash);
  const others: Parameters<typeof sealOf>[1][] = [
    { ...entry, seq: 2n },
    { ...entry, caseId: null },
    { ...entry, kind: 'x' },
    { ...entry, on: day('2026-11-21') },
    { ...entry, at: at.add({ seconds: 1 }) },
    { ...entry, actor: 'x' },
    { ...entry, payload: { text: 'Un' } },
    { ...entry, prevHash: 'f'.repeat(64) },
  ];
  const seals = new Set([entry.hash, sealOf('u', entry), ...others.map((other) => sealOf('t', other))]);
  assert.equal(seals.size, others.length + 2);
});

/** What somebody with the database's own password could do, and the first entry that gives it away. */
const TAMPERINGS: readonly [what: string, statement: string, seq: bigint, reason: string][] = [
  ['a payload', `update journal set payload = '{"text":"autre"}' where seq = 1500`, 1500n, 'altered'],
  ['a payload, with a number that is no integer', `update journal set payload = '1.5' where seq = 7`, 7n, 'altered'],
  ['a day', `update journal set on_day = on_day + 1 where seq = 1`, 1n, 'altered'],
  ['an actor', `update journal set actor = 'personne' where seq = 2500`, 2500n, 'altered'],
  ['a case', `update journal set case_id = gen_random_uuid() where seq = 3`, 3n, 'altered'],
  ['a seal', `update journal set hash = repeat('0', 64) where seq = 1000`, 1000n, 'altered'],
  ['a removal', `delete from journal where seq = 1001`, 1001n, 'missing'],
  [
    'a removal, the rest moved up',
    `delete from journal where seq = 5; update journal set seq = seq - 1 where seq > 5`,
    5n,
    'altered',
  ],
  ['the end cut off', `delete from journal where seq > 2498`, 2499n, 'missing'],
  [
    'the end cut off, the head moved',
    `delete from journal where seq = 2500; update journal_heads set seq = 2499`,
    2499n,
    'altered',
  ],
  [
    'an entry added',
    `insert into journal select tenant_id, seq + 1, case_id, kind, on_day, recorded_at, actor, payload, prev_hash, hash from journal where seq = 2500`,
    2501n,
    'added',
  ],
  ['the head removed', `delete from journal_heads`, 1n, 'added'],
  [
    'two entries swapped',
    `update journal set seq = -1 where seq = 10; update journal set seq = 10 where seq = 11; update journal set seq = 11 where seq = -1`,
    10n,
    'altered',
  ],
];

test('whatever is changed afterwards, the first false entry is named', async (t) => {
  const db = await freshDatabase(t);
  const tenant = await aTenant(db);
  const [first, ...rest] = Array.from({ length: 2500 }, (_, i) => note(`entrée ${i + 1}`));
  await db.tenant(tenant, (tx) => appendJournal(tx, tenant, first as NewEntry, ...rest));
  assert.equal((await verifyJournal(db, tenant)).intact, true);
  for (const [what, statement, seq, reason] of TAMPERINGS) {
    await db.system((tx) =>
      sql.raw(`create table j as table journal; create table h as table journal_heads; ${statement}`).execute(tx),
    );
    assert.deepEqual(await verifyJournal(db, tenant), { intact: false, seq, reason }, what);
    const restore =
      'truncate journal, journal_heads; insert into journal table j; insert into journal_heads table h; drop table j, h';
    await db.system((tx) => sql.raw(restore).execute(tx));
  }
  assert.equal((await verifyJournal(db, tenant)).intact, true);
});
