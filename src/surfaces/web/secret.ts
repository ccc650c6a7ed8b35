import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const LENGTH = 32;

/** The secret that signs form tokens, made at the first start and kept in the data folder, so that open pages survive a restart. */
export async function loadWebSecret(dataDir: string): Promise<Uint8Array> {
  const path = join(dataDir, 'web.key');
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  // Another process may make it at the same time: the first one wins, both read what it wrote.
  await writeFile(path, randomBytes(LENGTH), { flag: 'wx', mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const secret = await readFile(path);
  if (secret.length !== LENGTH) throw new Error(`${path} is damaged: delete it, a new one is made at the next start`);
  return secret;
}
