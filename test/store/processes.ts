import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { isAlive, namedProcess } from '#platform/db/postmaster.ts';

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url));

/** A Quitus process started by a test. */
export interface Worker {
  readonly child: ChildProcess;
  /** Its next line, or what it wrote on stderr when it ended first. */
  line(): Promise<string>;
  /** Lets it leave, and waits until it has. */
  leave(): Promise<void>;
  /** Ends it as a power cut would, and waits until it has. */
  kill(): Promise<void>;
}

export function startWorker(t: TestContext, args: readonly string[], env: Readonly<Record<string, string>> = {}): Worker {
  const child = spawn(process.execPath, [WORKER, ...args], { stdio: 'pipe', env: { ...process.env, DATABASE_URL: '', ...env } });
  let errors = '';
  child.stderr?.on('data', (chunk) => {
    errors += chunk;
  });
  const exited = once(child, 'exit');
  const lines: Interface = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const iterator = lines[Symbol.asyncIterator]();
  const end = async (how: () => void): Promise<void> => {
    how();
    await exited;
  };
  t.after(() => child.kill('SIGKILL'));
  return {
    child,
    line: async () => (await iterator.next()).value ?? errors,
    leave: () => end(() => child.stdin?.end()),
    kill: () => end(() => child.kill('SIGKILL')),
  };
}

/** A data folder whose name holds a space; its server is stopped and its files removed when the test ends. */
export function dataFolder(t: TestContext, under = tmpdir()): string {
  const root = mkdtempSync(join(under, 'quitus store '));
  t.after(async () => {
    const pid = namedProcess(join(root, 'postgres'));
    if (pid !== undefined && pid !== process.pid && isAlive(pid)) {
      process.kill(pid, 'SIGQUIT');
      await gone(pid);
    }
    rmSync(root, { recursive: true, force: true });
  });
  return root;
}

/** Waits until a process has ended. */
export async function gone(pid: number): Promise<void> {
  for (const deadline = Date.now() + 20_000; isAlive(pid); ) {
    if (Date.now() > deadline) throw new Error(`process ${pid} does not end`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
