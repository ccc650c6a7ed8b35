import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { DamagedFile, openFileStore } from './files.ts';
import { newId } from './ids.ts';

function aStore(t: TestContext) {
  const root = mkdtempSync(join(tmpdir(), 'quitus files '));
  t.after(() => rmSync(root, { recursive: true, force: true }));
  return { root, store: openFileStore(root), tenant: newId() };
}
const bytes = Buffer.from('une facture');
const sha256 = createHash('sha256').update(bytes).digest('hex');

test('a file is kept under its hash, once, readable by its owner only', async (t) => {
  const { root, store, tenant } = aStore(t);
  assert.equal(await store.write(tenant, bytes), sha256);
  assert.deepEqual(await Promise.all([store.write(tenant, bytes), store.write(tenant, bytes)]), [sha256, sha256]);
  assert.deepEqual(await store.read(tenant, sha256), bytes);
  const company = join(root, 'files', tenant);
  assert.deepEqual(readdirSync(company), [sha256.slice(0, 2)]);
  assert.deepEqual(readdirSync(join(company, sha256.slice(0, 2))), [sha256]);
  assert.equal(statSync(join(company, sha256.slice(0, 2), sha256)).mode & 0o777, 0o600);
  for (const folder of [company, join(root, 'files')]) assert.equal(statSync(folder).mode & 0o777, 0o700);
});

test('one company never reads the file of another', async (t) => {
  const { store, tenant } = aStore(t);
  await store.write(tenant, bytes);
  assert.equal(await store.verify(newId(), sha256), 'missing');
  await assert.rejects(store.read(newId(), sha256), DamagedFile);
});

test('a changed file is noticed, and mended when the same content comes again', async (t) => {
  const { root, store, tenant } = aStore(t);
  await store.write(tenant, bytes);
  writeFileSync(join(root, 'files', tenant, sha256.slice(0, 2), sha256), 'une autre');
  assert.equal(await store.verify(tenant, sha256), 'damaged');
  await assert.rejects(store.read(tenant, sha256), DamagedFile);
  await store.write(tenant, bytes);
  assert.equal(await store.verify(tenant, sha256), 'intact');
});

test('nothing but a company and a hash makes a path', async (t) => {
  const { store, tenant } = aStore(t);
  for (const name of ['../../etc/passwd', '', sha256.toUpperCase(), `${sha256}/..`, `..${sha256.slice(2)}`]) {
    await assert.rejects(store.read(tenant, name), TypeError, name);
    await assert.rejects(store.remove(tenant, name), TypeError, name);
  }
  for (const name of ['..', '', '../other', `${tenant}/..`]) await assert.rejects(store.removeTenant(name), TypeError, name);
});

test('files are removed one by one, or with their company', async (t) => {
  const { root, store, tenant } = aStore(t);
  const other = newId();
  await store.write(tenant, bytes);
  const second = await store.write(tenant, Buffer.from('deux'));
  await store.write(other, bytes);
  await store.remove(tenant, sha256);
  await store.remove(tenant, sha256);
  assert.equal(await store.verify(tenant, sha256), 'missing');
  assert.equal(await store.verify(tenant, second), 'intact');
  await store.removeTenant(tenant);
  assert.ok(!existsSync(join(root, 'files', tenant)));
  assert.equal(await store.verify(other, sha256), 'intact');
});

async function* inPieces(of: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < of.length; at += size) yield of.subarray(at, at + size);
}
const whole = async (source: AsyncIterable<Uint8Array>): Promise<Buffer> => Buffer.concat(await Array.fromAsync(source));

test('a file too large to be held goes in and out in pieces, under the same hash', async (t) => {
  const { root, store, tenant } = aStore(t);
  assert.deepEqual(await store.writeStream(tenant, inPieces(bytes, 3)), { sha256, sizeBytes: bytes.length });
  assert.deepEqual(await whole(store.readStream(tenant, sha256)), bytes);
  assert.deepEqual(await store.read(tenant, sha256), bytes);
  writeFileSync(join(root, 'files', tenant, sha256.slice(0, 2), sha256), 'une autre');
  await assert.rejects(whole(store.readStream(tenant, sha256)), DamagedFile);
  await assert.rejects(whole(store.readStream(tenant, 'a'.repeat(64))), DamagedFile);
});

test('a stream that breaks leaves nothing behind', async (t) => {
  const { root, store, tenant } = aStore(t);
  const breaking = async function* (): AsyncGenerator<Uint8Array> {
    yield bytes;
    throw new Error('the cable was pulled');
  };
  await assert.rejects(store.writeStream(tenant, breaking()), /cable/);
  assert.deepEqual(readdirSync(join(root, 'files', tenant)), []);
});
