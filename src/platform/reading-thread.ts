import { parentPort, Worker } from 'node:worker_threads';

const MEGA = 1_000_000;

/** What reading one file may take before it is stopped. */
export interface ReadingBudget {
  readonly timeoutMs: number;
  /** memory of the reading thread, heap and buffers together, in bytes */
  readonly maxMemoryBytes: number;
  /** the thread is let go after this time without a file */
  readonly idleMs: number;
}

export const DEFAULT_BUDGET: ReadingBudget = { timeoutMs: 20_000, maxMemoryBytes: 600 * MEGA, idleMs: 30_000 };

/** How often the memory of a thread at work is looked at: a bomb unfolds about 100 MB meanwhile. */
const WATCH_MS = 50;

/** What a reading thread answers: what was read, or the trace of the defect that stopped it. */
export type ThreadAnswer<T> = { readonly result: T } | { readonly failure: string };

/** A file as it is handed to a reading thread. */
export interface ThreadJob<O> {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly options: O;
}

type Outcome<T> = ThreadAnswer<T> | 'timeout' | 'memory';

/** One thread and the file it is at. */
class ReadingThread<T, O> {
  readonly #worker: Worker;
  readonly #budget: ReadingBudget;
  #settle: ((outcome: Outcome<T>) => void) | undefined;
  #dead = false;

  constructor(worker: URL, budget: ReadingBudget) {
    this.#budget = budget;
    this.#worker = new Worker(worker, {
      resourceLimits: { maxOldGenerationSizeMb: Math.ceil(budget.maxMemoryBytes / MEGA) },
      // A reader has no business with the settings and secrets that the environment may hold.
      env: {},
    });
    this.#worker.unref();
    this.#worker.on('message', (answer: ThreadAnswer<T>) => this.#end(answer));
    this.#worker.on('error', (error: NodeJS.ErrnoException) => {
      this.#dead = true;
      this.#end(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : { failure: error.stack ?? error.message });
    });
    this.#worker.on('exit', (code) => {
      this.#dead = true;
      this.#end({ failure: `the reading thread ended with ${code}` });
    });
  }

  get dead(): boolean {
    return this.#dead;
  }

  #end(outcome: Outcome<T>): void {
    this.#settle?.(outcome);
    this.#settle = undefined;
  }

  /** Reads one file. When it takes too long or too much, the thread is ended, and another must be made. */
  async read(job: ThreadJob<O>): Promise<Outcome<T>> {
    this.#worker.ref();
    const timer = setTimeout(() => this.#end('timeout'), this.#budget.timeoutMs);
    const watch = setInterval(() => void this.#watchMemory(), WATCH_MS);
    const outcome = await new Promise<Outcome<T>>((resolve) => {
      this.#settle = resolve;
      this.#worker.postMessage(job, [job.bytes.buffer as ArrayBuffer]);
    });
    clearTimeout(timer);
    clearInterval(watch);
    if (typeof outcome === 'string') await this.stop();
    else this.#worker.unref();
    return outcome;
  }

  async #watchMemory(): Promise<void> {
    try {
      const heap = await this.#worker.getHeapStatistics();
      if (heap.total_heap_size + heap.external_memory > this.#budget.maxMemoryBytes) this.#end('memory');
    } catch {
      // The thread has just ended: its "exit" or its "error" tells.
    }
  }

  async stop(): Promise<void> {
    this.#dead = true;
    await this.#worker.terminate();
  }
}

/** What is answered for a file that was too much, or that met a defect. */
export interface ThreadRefusals<T> {
  readonly timeout: (name: string, seconds: number) => T;
  readonly memory: (name: string) => T;
  readonly failed: (name: string) => T;
}

export interface ThreadReader<T, O> {
  /** Reads one file within the budget: what goes over it is refused, and nothing is thrown for a bad file. */
  read(bytes: Uint8Array, name: string, options: O): Promise<T>;
  close(): Promise<void>;
}

/**
 * A reader in a thread of its own, for files from outside. Files are read one after the other, in the order they come. `worker` is a module
 * that calls `serveThread`.
 */
export function createThreadReader<T, O>(
  worker: URL,
  refusals: ThreadRefusals<T>,
  budget: Partial<ReadingBudget> = {},
): ThreadReader<T, O> {
  const limits = { ...DEFAULT_BUDGET, ...budget };
  let thread: ReadingThread<T, O> | undefined;
  let idle: NodeJS.Timeout | undefined;
  let queue: Promise<unknown> = Promise.resolve();

  const close = async (): Promise<void> => {
    clearTimeout(idle);
    const ending = thread;
    thread = undefined;
    await ending?.stop();
  };

  const readNow = async (bytes: Uint8Array, name: string, options: O): Promise<T> => {
    clearTimeout(idle);
    if (!thread || thread.dead) thread = new ReadingThread(worker, limits);
    // The copy is handed over: the caller keeps its own bytes.
    const outcome = await thread.read({ bytes: new Uint8Array(bytes), name, options });
    idle = setTimeout(() => void close(), limits.idleMs).unref();
    if (outcome === 'timeout') return refusals.timeout(name, Math.round(limits.timeoutMs / 1000));
    if (outcome === 'memory') return refusals.memory(name);
    if ('result' in outcome) return outcome.result;
    console.error(`reading ${name}: ${outcome.failure}`);
    return refusals.failed(name);
  };

  return {
    read(bytes, name, options) {
      const turn = queue.then(() => readNow(bytes, name, options));
      queue = turn.catch(() => undefined);
      return turn;
    },
    close: () => queue.then(close),
  };
}

/** The thread's side: reads one file at a time, so that it can be ended when a file is too much for it. */
export function serveThread<T, O>(read: (bytes: Uint8Array, name: string, options: O) => Promise<T>): void {
  parentPort?.on('message', async ({ bytes, name, options }: ThreadJob<O>) => {
    let answer: ThreadAnswer<T>;
    try {
      answer = { result: await read(bytes, name, options) };
    } catch (error) {
      answer = { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
    parentPort?.postMessage(answer);
  });
}
