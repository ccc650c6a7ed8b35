import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Answer, Job } from './protocol.ts';

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url));

export type JobEnd = Answer | { readonly kind: 'crashed'; readonly detail: string } | { readonly kind: 'timeout' };

/** One child process of the renderer. It holds the event loop only while a document is being written. */
export class RenderChild {
  readonly #process: ChildProcess;
  #settle: ((end: JobEnd) => void) | undefined;
  #stderr = '';
  #dead = false;

  constructor() {
    // Only what it needs: a template has no business with the database address that the environment may hold.
    const env = { RAYON_NUM_THREADS: '1', ...(process.env.SystemRoot ? { SystemRoot: process.env.SystemRoot } : {}) };
    this.#process = fork(WORKER, [], {
      env,
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr = (this.#stderr + text).slice(-2000);
    });
    this.#process.on('message', (answer: Answer) => this.#end(answer));
    this.#process.on('error', (error) => this.#died(error.message));
    this.#process.on('exit', (code, signal) => this.#died(`${signal ?? `exit ${code}`} ${this.#stderr}`.trim()));
    this.#holdLoop(false);
  }

  get dead(): boolean {
    return this.#dead;
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  get busy(): boolean {
    return this.#settle !== undefined;
  }

  /** Writes one document. A process that does not answer in time is killed. */
  run(job: Job, timeoutMs: number): Promise<JobEnd> {
    if (this.busy || this.#dead) throw new Error('this process cannot take a document now');
    this.#holdLoop(true);
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#end({ kind: 'timeout' });
        this.kill();
      }, timeoutMs);
      this.#settle = (end) => {
        clearTimeout(timer);
        resolve(end);
      };
      this.#process.send(job, (error) => {
        if (error) this.#died(error.message);
      });
    });
  }

  /** Ends the process at once; a document under way is reported as crashed. */
  kill(): void {
    this.#process.kill('SIGKILL');
    this.#died('killed');
  }

  #died(detail: string): void {
    this.#dead = true;
    this.#end({ kind: 'crashed', detail });
  }

  #end(end: JobEnd): void {
    const settle = this.#settle;
    this.#settle = undefined;
    this.#holdLoop(false);
    settle?.(end);
  }

  #holdLoop(hold: boolean): void {
    const { stderr, channel } = this.#process;
    const handle = stderr as unknown as { ref?(): void; unref?(): void } | null;
    if (hold) {
      this.#process.ref();
      channel?.ref();
    } else {
      this.#process.unref();
      channel?.unref();
      handle?.unref?.();
    }
  }
}
