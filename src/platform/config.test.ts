import assert from 'node:assert/strict';
import { isAbsolute } from 'node:path';
import { test } from 'node:test';
import { day } from '#core/kernel/day.ts';
import { clockOf, clockOn } from './clock.ts';
import { describeConfig, isLoopback, loadConfig } from './config.ts';
import { isId, newId } from './ids.ts';

test('without settings: this machine only, port 4747, files under the project', () => {
  const read = loadConfig({});
  assert.ok(read.ok);
  const { dataDir, host, port, databaseUrl, today, limits } = read.value;
  assert.deepEqual(
    { host, port, databaseUrl, today },
    { host: '127.0.0.1', port: 4747, databaseUrl: undefined, today: undefined },
  );
  assert.ok(isAbsolute(dataDir) && dataDir.endsWith('/data'));
  assert.ok(limits.fileBytes <= limits.requestBytes);
});

test('every setting is taken from the environment, an empty one counts for nothing', () => {
  const read = loadConfig({
    QUITUS_DATA: '/srv/mes données',
    PORT: '0',
    HOST: '',
    DATABASE_URL: 'postgresql://u:p@db/quitus',
    QUITUS_TODAY: '2026-11-21',
    QUITUS_MAX_FILE_MB: '300',
    QUITUS_ALLOWED_HOSTS: 'quitus.exemple.fr, , factures.local',
  });
  assert.ok(read.ok);
  assert.equal(read.value.dataDir, '/srv/mes données');
  assert.equal(read.value.port, 0);
  assert.equal(read.value.host, '127.0.0.1');
  assert.equal(read.value.today?.toString(), '2026-11-21');
  assert.deepEqual(read.value.allowedHosts, ['quitus.exemple.fr', 'factures.local']);
  assert.equal(read.value.limits.fileBytes, 300 * 1024 * 1024);
  assert.ok(read.value.limits.requestBytes >= read.value.limits.fileBytes);
});

test('what cannot be used is refused, all at once, and a password is never repeated', () => {
  const read = loadConfig({
    PORT: '80a',
    QUITUS_TODAY: '2026-02-30',
    DATABASE_URL: 'mysql://u:secret@db',
    QUITUS_MAX_FILES: '0',
    QUITUS_ALLOWED_HOSTS: 'quitus.exemple.fr,https://ailleurs/',
  });
  assert.ok(!read.ok);
  assert.equal(read.refusal.code, 'config.invalid');
  for (const name of ['PORT', 'QUITUS_TODAY', 'DATABASE_URL', 'QUITUS_MAX_FILES', 'QUITUS_ALLOWED_HOSTS'])
    assert.ok(read.refusal.message.includes(name), name);
  assert.ok(!JSON.stringify(read.refusal).includes('secret'));
});

test('the settings are shown without user nor password', () => {
  for (const url of ['postgresql://ada:secret@db:5433/quitus?sslpassword=secret', 'postgres://[bad:secret']) {
    const read = loadConfig({ DATABASE_URL: url });
    assert.ok(read.ok);
    assert.ok(!JSON.stringify(describeConfig(read.value)).includes('secret'));
  }
});

test('only addresses of this very machine are loopback', () => {
  for (const host of ['127.0.0.1', '127.8.0.1', 'localhost', '::1', '[::1]']) assert.ok(isLoopback(host), host);
  for (const host of ['0.0.0.0', '::', '192.168.1.2', 'quitus.example', '127.evil.example', ''])
    assert.ok(!isLoopback(host), host);
});

test('a fixed day stays the day, while instants go on', () => {
  const clock = clockOn(day('2026-11-21'));
  assert.equal(clock.today().toString(), '2026-11-21');
  assert.equal(clock.now().toZonedDateTimeISO('Europe/Paris').toPlainDate().toString(), '2026-11-21');
  assert.equal(
    clockOf({ today: day('2026-01-02') })
      .today()
      .toString(),
    '2026-01-02',
  );
  const real = clockOf({});
  assert.ok(Math.abs(real.now().epochMilliseconds - Date.now()) < 5000);
});

test('identifiers are UUIDv7: of this form, and growing with time', async () => {
  const first = newId();
  await new Promise((resolve) => setTimeout(resolve, 3));
  const second = newId();
  assert.match(first, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/);
  assert.ok(first < second);
  assert.ok(isId(first));
  for (const text of ['', '../x', `${first} `, first.slice(1)]) assert.ok(!isId(text), text);
});
