import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { Hono } from 'hono';
import { PlatformFailure } from '#platform/failure.ts';
import { loadWebSecret } from './secret.ts';
import { serve } from './server.ts';

const app = new Hono()
  .get('/', (c) => c.text('ok'))
  .get('/slow', async (c) => {
    await wait(300);
    return c.text('done');
  });

test('a port that is taken is said in French, with what to do', async () => {
  const first = await serve(app, { host: '127.0.0.1', port: 0 });
  await assert.rejects(serve(app, { host: '127.0.0.1', port: first.port }), (error) => {
    assert.ok(error instanceof PlatformFailure);
    assert.equal(error.code, 'web.port-taken');
    assert.match(error.message, new RegExp(`port ${first.port} est déjà pris.*PORT=`));
    return true;
  });
  await first.close();
});

test('closing lets a running request finish, then refuses the next', async () => {
  const server = await serve(app, { host: '127.0.0.1', port: 0 });
  const slow = fetch(`${server.url}/slow`);
  await wait(50);
  const closed = server.close();
  assert.equal(server.close(), closed);
  assert.equal(await (await slow).text(), 'done');
  const started = performance.now();
  await closed;
  assert.ok(performance.now() - started < 1000, 'a connection kept for later held the exit');
  await assert.rejects(fetch(server.url));
});

test('closing does not wait for an idle connection', async () => {
  const server = await serve(app, { host: '127.0.0.1', port: 0 });
  await (await fetch(server.url)).text();
  const started = performance.now();
  await server.close();
  assert.ok(performance.now() - started < 1000);
});

test('closing does not wait more than the grace for a client that says nothing', async () => {
  const server = await serve(app, { host: '127.0.0.1', port: 0 });
  const socket = connect(server.port, '127.0.0.1');
  socket.on('error', () => undefined);
  socket.write('GET / HTTP/1.1\r\n');
  await wait(50);
  const started = performance.now();
  await server.close();
  assert.ok(performance.now() - started < 6500);
  socket.destroy();
});

test('the secret is made once, private, and a damaged one is refused', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'quitus-secret-'));
  const data = join(folder, 'data');
  const [one, two] = await Promise.all([loadWebSecret(data), loadWebSecret(data)]);
  assert.deepEqual(one, two);
  assert.deepEqual(new Uint8Array(await readFile(join(data, 'web.key'))), new Uint8Array(one));
  assert.equal((await stat(join(data, 'web.key'))).mode & 0o777, 0o600);
  await writeFile(join(data, 'web.key'), 'short');
  await assert.rejects(loadWebSecret(data), /damaged/);
  await rm(folder, { recursive: true });
});
