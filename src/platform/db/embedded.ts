import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, openSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { errorCode, PlatformFailure } from '../failure.ts';
import { type Binaries, findBinaries } from './binaries.ts';
import {
  createCluster,
  logFile,
  logTail,
  madeBy,
  OWNER,
  type Settings,
  SOCKET_PORT,
  type Starting,
  startServer,
} from './cluster.ts';
import { disownPidFile, namedProcess, serves } from './postmaster.ts';
import { chooseRunner } from './run-as.ts';

/** How to reach a PostgreSQL server by its socket. */
export interface SocketAddress {
  /** the folder of the socket */
  readonly host: string;
  readonly port: number;
  readonly user: string;
}

/** A running PostgreSQL that several Quitus processes share. */
export interface EmbeddedServer {
  readonly address: SocketAddress;
  /** Says that this process no longer uses the server; the last one to say so stops it, and waits until it has. */
  leave(): Promise<void>;
}

/** What tests vary. */
export interface EmbeddedOptions {
  readonly installed?: readonly Binaries[];
  readonly settings?: Settings;
}

/** Recovery after a power cut may take minutes on a slow disk; a server that neither answers nor ends does not. */
const PATIENCE_MS = 5 * 60_000;
const STEP_MS = 25;
/** Held shared by every process that uses the server, and alone by the one that stops it: nobody can join a server about to stop. */
const PRESENCE_LOCK = 4_747_001;

/**
 * Joins the PostgreSQL that serves `directory`, and starts one when there is none (making its files the first time). Any number of
 * processes may do so at once. Throws a PlatformFailure with what to do when that is impossible.
 */
export async function joinEmbedded(directory: string, options: EmbeddedOptions = {}): Promise<EmbeddedServer> {
  openFolder(directory);
  const address: SocketAddress = { host: '', port: SOCKET_PORT, user: OWNER };
  let reach: string | undefined;
  const here = (): SocketAddress => {
    reach ??= shortPathTo(directory);
    return { ...address, host: reach };
  };
  let leaving = false;
  const enter = (): Promise<pg.Client> => enterServer(directory, here, options, () => leaving);

  let presence = await enter();
  let healing: Promise<void> = Promise.resolve();
  const watch = (client: pg.Client): void => {
    client.once('end', () => {
      // The server went away under us (out of memory, killed): bring it back, so that the next request finds it.
      if (!leaving) healing = heal();
    });
  };
  const heal = async (): Promise<void> => {
    for (let wait = 100; !leaving; wait = Math.min(wait * 2, 5000)) {
      try {
        presence = await enter();
        watch(presence);
        return;
      } catch (error) {
        console.error(error instanceof Error ? error.message : error);
        await sleep(wait, undefined, { ref: false });
      }
    }
  };
  watch(presence);

  return {
    address: here(),
    async leave() {
      if (leaving) return;
      leaving = true;
      await healing;
      await leaveServer(directory, presence);
    },
  };
}

/** Makes the data folder, and checks that this account may use what is there. */
function openFolder(directory: string): void {
  try {
    mkdirSync(dirname(directory), { recursive: true, mode: 0o700 });
    accessSync(dirname(directory), constants.R_OK | constants.W_OK | constants.X_OK);
    if (existsSync(directory)) accessSync(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw forbidden(directory, error);
  }
}

function forbidden(directory: string, cause: unknown): PlatformFailure {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new PlatformFailure(
    'db.forbidden',
    `Ce compte n’a pas le droit d’utiliser le dossier de données ${directory}. Lancez Quitus avec le compte qui l’a créé, ou choisissez un autre dossier dans QUITUS_DATA.\n${why}`,
    { cause },
  );
}

async function enterServer(
  directory: string,
  address: () => SocketAddress,
  options: EmbeddedOptions,
  givenUp: () => boolean,
): Promise<pg.Client> {
  const deadline = Date.now() + PATIENCE_MS;
  let starting: Starting | undefined;
  let starts = 0;
  while (Date.now() < deadline && !givenUp()) {
    if (madeBy(directory) === undefined)
      createCluster(directory, chooseRunner(options.installed ?? findBinaries(), directory, undefined));
    const client = await knock(address());
    if (client) return client;
    const pid = namedProcess(directory);
    const served = pid !== undefined && serves(pid, directory);
    const underway = starting !== undefined && starting.ended() === undefined;
    if (!served && !underway) {
      // A start that lost the race against another process ends too: only the third one in a row says that it cannot be done.
      if (starts === 3) throw cannotStart(directory, starting?.ended());
      starts += 1;
      disownPidFile(directory);
      starting = startServer(
        directory,
        chooseRunner(options.installed ?? findBinaries(), directory, madeBy(directory)),
        options.settings,
      );
    }
    await sleep(STEP_MS);
  }
  throw cannotStart(directory, 'aucune réponse');
}

/** What a server answers while it starts, recovers or stops, or has no room for one more: worth another try. */
const NOT_YET = new Set(['57P01', '57P02', '57P03', '53300']);
/** What the system answers when the server may not be reached at all, which no second try changes. */
const FORBIDDEN = new Set(['EACCES', 'EPERM']);

/** Connects and announces this process; undefined when the server does not answer yet, or is about to stop. */
async function knock(address: SocketAddress): Promise<pg.Client | undefined> {
  const client = new pg.Client({ ...address, database: 'postgres', application_name: 'quitus presence', keepAlive: true });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query('select pg_try_advisory_lock_shared($1) as here', [PRESENCE_LOCK]);
    // A server that stops drops the lock of whoever stops it with the connection: by then it has told every other connection to end,
    // and the next question has no answer.
    if (rows[0].here === true && (await client.query('select 1'))) return client;
  } catch (error) {
    const code = errorCode(error) ?? '';
    if (FORBIDDEN.has(code)) throw forbidden(address.host, error);
    // Any other error that PostgreSQL itself did not state is a connection refused or cut: nobody there, or no longer.
    if (error instanceof pg.DatabaseError && !NOT_YET.has(code)) throw error;
  }
  await client.end().catch(() => undefined);
  return undefined;
}

async function leaveServer(directory: string, presence: pg.Client): Promise<void> {
  const pid = namedProcess(directory);
  try {
    await presence.query('select pg_advisory_unlock_shared($1)', [PRESENCE_LOCK]);
    const { rows } = await presence.query('select pg_try_advisory_lock($1) as last', [PRESENCE_LOCK]);
    if (rows[0].last === true && pid !== undefined) {
      process.kill(pid, 'SIGINT');
      // The lock is kept meanwhile: whoever arrives waits for the end, then starts the server anew.
      await ended(pid, directory);
    }
  } catch {
    // The server is gone already: nothing to leave.
  }
  await presence.end().catch(() => undefined);
}

async function ended(pid: number, directory: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  // The file that names it goes a moment before the process does.
  while (serves(pid, directory) && Date.now() < deadline) await sleep(STEP_MS);
}

function cannotStart(directory: string, end: string | undefined): PlatformFailure {
  const tail = logTail(directory);
  return new PlatformFailure(
    'db.start',
    `La base de données de ${directory} ne démarre pas (${end ?? 'cause inconnue'}). Voyez ${logFile(directory)}, dont voici la fin\u202f:\n${tail}`,
  );
}

/** Folder, "/.s.PGSQL.5432" and a final zero: the longest path that every system takes for a socket (Linux 108, macOS 104 bytes). */
const LONGEST_FOLDER = 103 - '/.s.PGSQL.5432'.length;

/**
 * A path to the folder short enough for its socket. The server listens in its own folder, however long the path; a client needs a
 * detour: on Linux through a handle on the folder, kept open as long as this process lives, elsewhere through a link.
 */
function shortPathTo(directory: string): string {
  if (Buffer.byteLength(directory) <= LONGEST_FOLDER) return directory;
  if (process.platform === 'linux') return `/proc/self/fd/${openSync(directory, 'r')}`;
  const link = join(mkdtempSync(join(tmpdir(), 'quitus-')), 'db');
  symlinkSync(directory, link);
  return link;
}
