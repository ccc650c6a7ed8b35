import { open, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidArgumentError } from 'commander';

const isFolder = async (path: string): Promise<boolean> => {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
};

async function* within(folder: string): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* within(path);
    else if (entry.isFile()) yield path;
  }
}

/**
 * The files given, and those inside the folders given, each once, as paths that start with what was given. A path that does not exist is
 * yielded as it is: reading it tells. Links inside folders are not followed.
 */
export async function* filesUnder(paths: readonly string[]): AsyncGenerator<string> {
  const seen = new Set<string>();
  for (const path of paths) {
    const files = (await isFolder(path)) ? within(path) : [path];
    for await (const file of files) {
      const key = join(file);
      if (seen.has(key)) continue;
      seen.add(key);
      yield file;
    }
  }
}

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1000, m: 1_000_000, g: 1_000_000_000 };

/** "20M", "500k", "1000000" as bytes. */
export function parseSize(text: string): number {
  const m = /^(\d+)([kmg]?)o?$/i.exec(text);
  if (!m) throw new InvalidArgumentError('Indiquez une taille, par exemple 20M ou 500k.');
  return Number(m[1]) * (UNITS[(m[2] ?? '').toLowerCase()] ?? 1);
}

const whyNot = (error: unknown): string => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return 'il n’existe pas';
  return code === 'EACCES' ? 'Quitus n’a pas le droit de le lire' : 'le système refuse de le lire';
};

/** The content of a file given on the command line, or the code and the data of its refusal. */
export type LoadedFile =
  | { readonly bytes: Uint8Array }
  | { readonly code: 'too-large' | 'file-not-readable'; readonly data: Readonly<Record<string, unknown>> };

/** First bytes that tell what a file is. */
const HEAD = 8192;

async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(new Uint8Array(HEAD), 0, HEAD, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/**
 * Loads a file. Its size is looked at before its content, so that a huge file is refused without being loaded; so is, by its first bytes, one
 * that `isForeign`: these alone are then loaded, enough for its reader to say what it is.
 */
export async function loadFile(
  path: string,
  maxBytes: number,
  isForeign: (head: Uint8Array, name: string) => boolean = () => false,
): Promise<LoadedFile> {
  try {
    const { size } = await stat(path);
    if (size > maxBytes) return { code: 'too-large', data: { what: 'il', size, limit: maxBytes } };
    if (size > HEAD) {
      const head = await headOf(path);
      if (isForeign(head, path)) return { bytes: head };
    }
    return { bytes: await readFile(path) };
  } catch (error) {
    return { code: 'file-not-readable', data: { why: whyNot(error) } };
  }
}
