import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { day } from '#core/kernel/day.ts';
import { freshDatabase } from '../../../test/support/database.ts';

test('values come back as they went: no float, no local time, no lost digit', async (t) => {
  const db = await freshDatabase(t);
  const instant = Temporal.Instant.from('2026-03-29T00:59:59.123456Z');
  const days = ['0001-01-01', '1900-02-28', '2026-03-29', '9999-12-31'].map(day);
  const amounts = [0n, -1n, 2n ** 62n, -(2n ** 63n), 2n ** 63n - 1n];
  const { rows } = await db.system((tx) =>
    sql<Record<string, unknown>>`select ${amounts[2]}::int8 as amount, ${days[1]}::date as day, ${instant}::timestamptz as at,
      0.10::numeric(7,4) as rate, ${amounts}::int8[] as amounts, ${days}::date[] as days, ${[instant, null]}::timestamptz[] as instants,
      array[1.50, null]::numeric[] as rates, array[]::int8[] as none, null::date as nothing`.execute(tx),
  );
  const row = rows[0] ?? {};
  assert.equal(row.amount, amounts[2]);
  assert.equal(row.rate, '0.1000');
  assert.ok(row.day instanceof Temporal.PlainDate && row.at instanceof Temporal.Instant);
  assert.equal(row.day.toString(), '1900-02-28');
  assert.ok(row.at.equals(instant));
  assert.deepEqual(row.amounts, amounts);
  assert.deepEqual((row.days as unknown[]).map(String), days.map(String));
  assert.deepEqual(
    (row.instants as unknown[]).map((i) => i && String(i)),
    [instant.toString(), null],
  );
  assert.deepEqual(row.rates, ['1.50', null]);
  assert.deepEqual(row.none, []);
  assert.equal(row.nothing, null);
});

test('the day does not depend on the zone of the session', async (t) => {
  const db = await freshDatabase(t);
  for (const zone of ['Pacific/Auckland', 'America/Los_Angeles', 'Asia/Kolkata']) {
    const { rows } = await db.system(async (tx) => {
      await sql`select set_config('TimeZone', ${zone}, true)`.execute(tx);
      return sql<{ day: Temporal.PlainDate; at: Temporal.Instant }>`select ${day('2026-01-01')}::date as day,
        ${Temporal.Instant.from('2026-01-01T00:00:00Z')}::timestamptz as at`.execute(tx);
    });
    assert.equal(rows[0]?.day.toString(), '2026-01-01');
    assert.equal(rows[0]?.at.toString(), '2026-01-01T00:00:00Z');
  }
});
