import { spawn, spawnSync } from 'node:child_process';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { totalmem } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { PlatformFailure } from '../failure.ts';
import { isAlive } from './postmaster.ts';
import { commandAs, giveTo, type Runner } from './run-as.ts';

/** The owner of everything inside PostgreSQL, known to its socket alone. */
export const OWNER = 'quitus';
/** Part of the socket's name; nothing listens on a network port. */
export const SOCKET_PORT = 5432;

/** The major version that made the files of a folder, or undefined when there are none yet. */
export function madeBy(directory: string): number | undefined {
  const file = join(directory, 'PG_VERSION');
  return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : undefined;
}

/**
 * Makes the database's files. They are made aside and take their name in one move: a start cut short leaves nothing half made,
 * and of two starts at once one wins, and both go on with its files.
 */
export function createCluster(directory: string, runner: Runner): void {
  removeLeftovers(directory);
  const aside = `${directory}.new-${process.pid}`;
  mkdirSync(aside, { mode: 0o700 });
  try {
    giveTo(runner.as, aside);
    const unicode = process.platform === 'linux' ? '--locale=C.UTF-8' : '--locale=C';
    const locale = runner.major >= 17 ? ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : [unicode];
    const trust = ['-A', 'trust', '--data-checksums', '--no-instructions'];
    const { program, args, options } = commandAs(runner.as, runner.binaries.initdb, [
      '-D',
      aside,
      '-U',
      OWNER,
      '-E',
      'UTF8',
      ...locale,
      ...trust,
    ]);
    const run = spawnSync(program, args, { ...options, encoding: 'utf8' });
    if (run.status !== 0) {
      const why = (run.stderr ?? '').trim() || run.error?.message || `code ${run.status}`;
      const what = `La base de données n’a pas pu être créée dans ${directory}. Vérifiez la place libre et les droits de ce dossier.`;
      throw new PlatformFailure('db.create', `${what}\n${why}`);
    }
    moveTo(aside, directory);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

function moveTo(aside: string, directory: string): void {
  try {
    renameSync(aside, directory);
  } catch (error) {
    // The folder is there and not empty: another process was first.
    if (madeBy(directory) === undefined) throw error;
  }
  const parent = openSync(dirname(directory), 'r');
  fsyncSync(parent);
  closeSync(parent);
}

/** What a start cut short left aside. */
function removeLeftovers(directory: string): void {
  for (const name of readdirSync(dirname(directory))) {
    const pid = name.startsWith(`${basename(directory)}.new-`) ? Number(name.split('-').at(-1)) : undefined;
    if (pid !== undefined && !isAlive(pid)) rmSync(join(dirname(directory), name), { recursive: true, force: true });
  }
}

/** Settings of the server, by name. */
export type Settings = Readonly<Record<string, string>>;

function settingsHere(): Settings {
  const megabytes = Math.floor(totalmem() / 1024 / 1024);
  return {
    // Reached by its socket only, in a folder of mode 0700. The path is relative to that folder, so its length does not matter.
    listen_addresses: '',
    unix_socket_directories: '.',
    unix_socket_permissions: '0700',
    max_connections: '60',
    // Nothing committed is ever lost; pages torn or damaged on disk are noticed.
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    wal_level: 'minimal',
    max_wal_senders: '0',
    // A laptop's share of memory.
    shared_buffers: `${Math.max(32, Math.min(512, Math.floor(megabytes / 16)))}MB`,
    effective_cache_size: `${Math.max(128, Math.floor(megabytes / 3))}MB`,
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    random_page_cost: '1.1',
    jit: 'off',
    // Shared memory as files: containers give /dev/shm too little, and systemd empties it when the user logs out.
    dynamic_shared_memory_type: 'mmap',
    TimeZone: 'UTC',
    log_timezone: 'UTC',
    // What users typed stays out of the log.
    log_min_error_statement: 'panic',
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
    log_line_prefix: '%m [%p] ',
    log_checkpoints: 'off',
    cluster_name: 'quitus',
  };
}

/** Where the server writes what it has to say: beside its folder. */
export const logFile = (directory: string): string => `${directory}.log`;
const LOG_BYTES = 4 * 1024 * 1024;

/** A server on its way up: how it ended, if it did. */
export interface Starting {
  /** undefined while it runs */
  ended(): string | undefined;
}

/** Starts the server in a session of its own: it outlives this process and does not hear the terminal's Ctrl-C. */
export function startServer(directory: string, runner: Runner, extra: Settings = {}): Starting {
  const log = logFile(directory);
  if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) > LOG_BYTES) renameSync(log, `${log}.1`);
  const output = openSync(log, 'a', 0o600);
  giveTo(runner.as, log);
  try {
    const settings = Object.entries({ ...settingsHere(), ...extra }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const { program, args, options } = commandAs(runner.as, runner.binaries.postgres, [
      '-D',
      directory,
      '-p',
      String(SOCKET_PORT),
      ...settings,
    ]);
    const server = spawn(program, args, { ...options, detached: true, stdio: ['ignore', output, output] });
    let end: string | undefined;
    server.once('error', (error) => {
      end = error.message;
    });
    server.once('exit', (code, signal) => {
      end ??= `fin du programme (${signal ?? `code ${code}`})`;
    });
    server.unref();
    return { ended: () => end };
  } finally {
    closeSync(output);
  }
}

/** The last lines of the server's log, for a message that says why it did not start. */
export function logTail(directory: string, lines = 6): string {
  const log = logFile(directory);
  return existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n').slice(-lines).join('\n') : '';
}
