import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

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
