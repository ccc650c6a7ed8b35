import { type SpawnOptions, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, lchownSync, lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PlatformFailure } from '../failure.ts';
import type { Binaries } from './binaries.ts';

/**
 * Under whose name PostgreSQL runs. It refuses to run as root, and rightly so. When Quitus itself is started by root:
 * - `namespace`: in a user namespace where root's files look like those of an ordinary user. Needs nothing of the folders above,
 *   so it works under a home of mode 0700; many containers forbid it;
 * - `user`: under another account, which then owns the database's folder. Needs the folders above to let that account pass.
 */
export type RunAs =
  | { readonly kind: 'self' }
  | { readonly kind: 'namespace' }
  | { readonly kind: 'user'; readonly uid: number; readonly gid: number };

/** A command made ready for `spawn`. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly options: Pick<SpawnOptions, 'uid' | 'gid' | 'env' | 'cwd'>;
}

/** Outside influences (PGPORT, PGDATA, LC_ALL…) do not reach the server, nor a current folder its account could not enter. */
const SURROUNDINGS = { env: { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }, cwd: '/' };

/** An ordinary account that exists here (initdb looks its own up): `nobody`, else the first that is not root. */
function ordinaryAccount(): { readonly uid: number; readonly gid: number } {
  const accounts = existsSync('/etc/passwd') ? readFileSync('/etc/passwd', 'utf8').split('\n') : [];
  const known = accounts.flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    return Number(uid) > 0 ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
  return known.find((account) => account.name === 'nobody') ?? known[0] ?? { uid: 65_534, gid: 65_534 };
}

export function commandAs(as: RunAs, program: string, args: readonly string[]): Command {
  if (as.kind === 'namespace') {
    const { uid, gid } = ordinaryAccount();
    const enter = ['--user', `--map-user=${uid}`, `--map-group=${gid}`, '--', program];
    return { program: 'unshare', args: [...enter, ...args], options: SURROUNDINGS };
  }
  const identity = as.kind === 'user' ? { uid: as.uid, gid: as.gid } : {};
  return { program, args, options: { ...SURROUNDINGS, ...identity } };
}

/** A PostgreSQL that runs here, and how. */
export interface Runner {
  readonly binaries: Binaries;
  readonly as: RunAs;
  /** 15, 16, 17, 18… */
  readonly major: number;
}

const OLDEST = 15;

/**
 * Picks the first installation, and the first way to run it, that work for `directory` (the folder of the database's files, in an existing one).
 * `wanted` is the major version that made the files, when there are some. Throws `db.unavailable`, which says what was tried.
 */
export function chooseRunner(installed: readonly Binaries[], directory: string, wanted: number | undefined): Runner {
  const tried: string[] = [];
  for (const binaries of installed) {
    for (const as of waysToRun(directory)) {
      if (as.kind === 'user') admit(as, directory);
      const { program, args, options } = commandAs(as, '/bin/sh', [
        '-c',
        'cd "$1" && "$2" --version',
        'sh',
        dirname(directory),
        binaries.postgres,
      ]);
      const run = spawnSync(program, args, { ...options, encoding: 'utf8', timeout: 20_000 });
      const major = Number(/PostgreSQL\) (\d+)/.exec(run.stdout ?? '')?.[1] ?? 0);
      if (major >= OLDEST && (wanted === undefined || major === wanted)) {
        if (existsSync(directory)) giveTo(as, directory);
        return { binaries, as, major };
      }
      const why = major > 0 ? `version ${major}` : (run.error?.message ?? (run.stderr ?? '').trim().split('\n')[0] ?? '');
      tried.push(`${binaries.postgres} (${wording(as)})\u202f: ${why || `code ${run.status}`}`);
    }
  }
  throw new PlatformFailure(
    'db.unavailable',
    [...unavailable(directory, wanted), ...tried.map((line) => `  – ${line}`)].join('\n'),
  );
}

function unavailable(directory: string, wanted: number | undefined): string[] {
  const version = wanted === undefined ? `${OLDEST} ou plus récent` : `${wanted} (la version qui a créé ${directory})`;
  return [
    `Aucun PostgreSQL ${version} ne peut démarrer ici pour le dossier ${directory}.`,
    'Que faire\u202f: lancez Quitus avec un compte ordinaire plutôt que root\u202f; ou placez Quitus et QUITUS_DATA dans un dossier ouvert à tous (par exemple /srv/quitus)\u202f; ou indiquez une base existante dans DATABASE_URL.',
    'Ce qui a été essayé\u202f:',
  ];
}

const wording = (as: RunAs): string =>
  as.kind === 'self' ? 'compte actuel' : as.kind === 'namespace' ? 'espace utilisateur isolé' : `compte ${as.uid}`;

/** The ways open to the current account, simplest first. An existing folder keeps the owner it has. */
function waysToRun(directory: string): RunAs[] {
  if (process.getuid?.() !== 0) return [{ kind: 'self' }];
  const owner = statSync(directory, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return [{ kind: 'user', uid: owner.uid, gid: owner.gid }];
  const project = [dirname(directory), dirname(dirname(directory))].map((d) => statSync(d)).find((d) => d.uid !== 0);
  const { uid, gid } = project ?? ordinaryAccount();
  return [{ kind: 'namespace' }, { kind: 'user', uid, gid }];
}

/** Lets the account pass through root's own data folder (mode 0710 by its group), without seeing what else lies there. */
function admit(as: { readonly gid: number }, directory: string): void {
  const data = dirname(directory);
  if (statSync(data).uid !== 0) return;
  chownSync(data, 0, as.gid);
  chmodSync(data, 0o710);
}

/** Gives a folder, and all it holds, to the account that PostgreSQL runs under. */
export function giveTo(as: RunAs, path: string): void {
  if (as.kind !== 'user') return;
  const stat = lstatSync(path);
  if (stat.isDirectory()) for (const name of readdirSync(path)) giveTo(as, join(path, name));
  if (stat.uid !== as.uid || stat.gid !== as.gid) lchownSync(path, as.uid, as.gid);
}
