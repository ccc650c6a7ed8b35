import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../failure.ts';

/** The file by which PostgreSQL says who serves a folder; its first line is the process. */
const pidFile = (directory: string): string => join(directory, 'postmaster.pid');
/** Higher than any process number a system gives out. */
const NO_PROCESS = 2_147_483_646;

/** True when a process of that number exists, whoever owns it. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** The process that the folder's pid file names, or undefined without such a file. */
export function namedProcess(directory: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(pidFile(directory), 'utf8'), 10);
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** True when the process is a PostgreSQL that serves this very folder, and not another program that was given the same number since. */
export function serves(pid: number, directory: string): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform === 'linux') {
    try {
      // PostgreSQL makes its folder the current one before it writes the file.
      return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(directory);
    } catch {
      return false;
    }
  }
  const { stdout } = spawnSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' });
  return stdout.includes('postgres') && stdout.includes(directory);
}

/**
 * After a crash the pid file stays. PostgreSQL gets over it by itself, unless another program now has that number: it then refuses to
 * start for ever. The file is kept, since it also guards against survivors of the crashed server; only the number in it is replaced.
 */
export function disownPidFile(directory: string): void {
  const pid = namedProcess(directory);
  if (pid === undefined || !isAlive(pid) || serves(pid, directory)) return;
  const rest = readFileSync(pidFile(directory), 'utf8').replace(/^\d+/, String(NO_PROCESS));
  // Another starter may have come first in the meantime: its file is left alone.
  if (namedProcess(directory) === pid) writeFileSync(pidFile(directory), rest);
  rmSync(join(directory, '.s.PGSQL.5432.lock'), { force: true });
}
