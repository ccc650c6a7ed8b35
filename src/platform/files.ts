import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from './failure.ts';
import { isId, newId } from './ids.ts';

/**
 * Documents, kept by what they contain: one folder a company, one file a content, named after its SHA-256. Nothing a user types
 * becomes part of a path. The database holds what a file is called and what it is for.
 */
export interface FileStore {
  /** Keeps the bytes and returns their SHA-256 (hex), on disk for good when it returns. The same bytes again are the same file. */
  write(tenantId: string, bytes: Uint8Array): Promise<string>;
  /** Like `write`, for a file that is never held whole. */
  writeStream(tenantId: string, source: AsyncIterable<Uint8Array>): Promise<{ sha256: string; sizeBytes: number }>;
  /** The bytes as they are read. Throws a DamagedFile when they are missing, or at the end when they are not what they were. */
  readStream(tenantId: string, sha256: string): AsyncIterable<Uint8Array>;
  /** The bytes, checked against their name. Throws a DamagedFile when they are missing or not what they were. */
  read(tenantId: string, sha256: string): Promise<Buffer>;
  /** Whether the file is there and whole. */
  verify(tenantId: string, sha256: string): Promise<'intact' | 'missing' | 'damaged'>;
  /** Removes one file; removing what is not there is no error. */
  remove(tenantId: string, sha256: string): Promise<void>;
  /** Removes every file of a company. */
  removeTenant(tenantId: string): Promise<void>;
}

/** A document that the store should hold, whole, and does not. `message` is French. */
export class DamagedFile extends Error {
  override readonly name = 'DamagedFile';
  readonly sha256: string;

  constructor(sha256: string, state: 'missing' | 'damaged') {
    const what = state === 'missing' ? 'manque' : 'est endommagé';
    super(`Un document ${what} dans le dossier des fichiers (${sha256}). Remettez-le depuis une sauvegarde.`);
    this.sha256 = sha256;
  }
}

const SHA256 = /^[0-9a-f]{64}$/;
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The store under `dataDir`/files. Folders are made when first written to, with mode 0700; files have mode 0600. */
export function openFileStore(dataDir: string): FileStore {
  const root = join(dataDir, 'files');
  const folderOf = (tenantId: string): string => {
    if (!isId(tenantId)) throw new TypeError('not a tenant');
    return join(root, tenantId.toLowerCase());
  };
  const pathOf = (tenantId: string, sha256: string): string => {
    if (!SHA256.test(sha256)) throw new TypeError('not a SHA-256');
    return join(folderOf(tenantId), sha256.slice(0, 2), sha256);
  };
  const readRaw = async (path: string): Promise<Buffer | undefined> => {
    try {
      return await readFile(path);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return undefined;
      throw error;
    }
  };
  const stateOf = (bytes: Buffer | undefined, sha256: string) =>
    bytes === undefined ? 'missing' : hashOf(bytes) === sha256 ? 'intact' : 'damaged';

  const makeFolder = async (company: string, folder: string): Promise<void> => {
    if (await mkdir(folder, { recursive: true, mode: 0o700 })) for (const made of [dataDir, root, company]) await sync(made);
  };
  /** Writes a file aside, then puts it in its place, on disk for good; what fails leaves nothing. */
  const keep = async (tenantId: string, fill: (file: FileHandle) => Promise<string>): Promise<string> => {
    const company = folderOf(tenantId);
    await makeFolder(company, company);
    const aside = join(company, `.${newId()}`);
    try {
      const file = await open(aside, 'wx', 0o600);
      let sha256: string;
      try {
        sha256 = await fill(file);
        await file.sync();
      } finally {
        await file.close();
      }
      const folder = join(company, sha256.slice(0, 2));
      await makeFolder(company, folder);
      await rename(aside, pathOf(tenantId, sha256));
      await sync(folder);
      return sha256;
    } catch (error) {
      await rm(aside, { force: true });
      throw error;
    }
  };

  return {
    async write(tenantId, bytes) {
      const sha256 = hashOf(bytes);
      // A damaged copy is replaced by the good one at hand.
      if (stateOf(await readRaw(pathOf(tenantId, sha256)), sha256) === 'intact') return sha256;
      return keep(tenantId, async (file) => {
        await file.writeFile(bytes);
        return sha256;
      });
    },
    async writeStream(tenantId, source) {
      let sizeBytes = 0;
      const sha256 = await keep(tenantId, async (file) => {
        const hash = createHash('sha256');
        for await (const piece of source) {
          hash.update(piece);
          sizeBytes += piece.length;
          await file.writeFile(piece);
        }
        return hash.digest('hex');
      });
      return { sha256, sizeBytes };
    },
    async *readStream(tenantId, sha256) {
      const hash = createHash('sha256');
      try {
        for await (const piece of createReadStream(pathOf(tenantId, sha256), { highWaterMark: 1 << 18 })) {
          hash.update(piece);
          yield piece as Buffer;
        }
      } catch (error) {
        if (errorCode(error) === 'ENOENT') throw new DamagedFile(sha256, 'missing');
        throw error;
      }
      if (hash.digest('hex') !== sha256) throw new DamagedFile(sha256, 'damaged');
    },
    async read(tenantId, sha256) {
      const bytes = await readRaw(pathOf(tenantId, sha256));
      const state = stateOf(bytes, sha256);
      if (bytes === undefined || state !== 'intact') throw new DamagedFile(sha256, state === 'missing' ? 'missing' : 'damaged');
      return bytes;
    },
    async verify(tenantId, sha256) {
      return stateOf(await readRaw(pathOf(tenantId, sha256)), sha256);
    },
    async remove(tenantId, sha256) {
      await rm(pathOf(tenantId, sha256), { force: true });
    },
    async removeTenant(tenantId) {
      await rm(folderOf(tenantId), { recursive: true, force: true });
    },
  };
}

/** Makes the names in a folder durable. */
async function sync(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
