import { Worker } from 'node:worker_threads';
import type { DecisionParams } from '#core/advice/params.ts';
import type { Scored } from '#core/advice/portfolio.ts';
import type { Weighable } from '#core/advice/weigh.ts';
import type { Day } from '#core/kernel/day.ts';

/** A claim on its way to the thread: the day, the same for all, is told once (a day does not cross to another thread). */
export interface Item extends Omit<Weighable, 'legal'> {
  readonly legal: Omit<Weighable['legal'], 'on'>;
}

export type Order =
  | { readonly kind: 'start'; readonly on: string; readonly params: DecisionParams }
  | { readonly kind: 'add'; readonly items: readonly Item[] }
  | { readonly kind: 'finish' };

export type Answer =
  | { readonly kind: 'progress'; readonly done: number }
  | { readonly kind: 'done'; readonly weights: readonly (Scored | undefined)[] }
  | { readonly kind: 'failed'; readonly why: string };

/** The thread is let go after this time without work; its graphs go with it. */
const IDLE_MS = 60_000;

let worker: Worker | undefined;
let idle: NodeJS.Timeout | undefined;
let queue: Promise<unknown> = Promise.resolve();

/** Where the claims of a portfolio go, as they are loaded. */
export interface Weighing {
  add(items: readonly Weighable[]): void;
}

/**
 * Weighs a portfolio in a thread of its own. `feed` gives the claims; their weights come in the same order. `told` hears how many are
 * weighed. Portfolios wait for each other. Throws when the thread fails: that is a bug.
 */
export function weighApart(
  on: Day,
  params: DecisionParams,
  feed: (weighing: Weighing) => Promise<void>,
  told: (done: number) => void,
): Promise<readonly (Scored | undefined)[]> {
  const turn = queue.then(() => run(on, params, feed, told));
  queue = turn.catch(() => undefined);
  return turn;
}

async function run(
  on: Day,
  params: DecisionParams,
  feed: (weighing: Weighing) => Promise<void>,
  told: (done: number) => void,
): Promise<readonly (Scored | undefined)[]> {
  clearTimeout(idle);
  // The settings and secrets that the environment may hold are none of its business.
  worker ??= new Worker(new URL('./weighing.worker.ts', import.meta.url), { env: {} });
  const thread = worker;
  thread.ref();
  let end: (() => void) | undefined;
  const answered = new Promise<readonly (Scored | undefined)[]>((resolve, reject) => {
    const heard = (answer: Answer): void => {
      if (answer.kind === 'progress') told(answer.done);
      if (answer.kind === 'done') resolve(answer.weights);
      if (answer.kind === 'failed') reject(new Error(answer.why));
    };
    const broke = (error: Error): void => reject(error);
    const left = (): void => reject(new Error('the weighing thread ended'));
    thread.on('message', heard).on('error', broke).on('exit', left);
    end = () => thread.off('message', heard).off('error', broke).off('exit', left);
  });
  const tell = (order: Order): void => thread.postMessage(order);
  try {
    tell({ kind: 'start', on: on.toString(), params });
    const add = (items: readonly Weighable[]): void =>
      tell({ kind: 'add', items: items.map(({ legal: { on: _, ...legal }, ...rest }) => ({ ...rest, legal })) });
    await Promise.race([feed({ add }), answered]);
    tell({ kind: 'finish' });
    const weights = await answered;
    thread.unref();
    idle = setTimeout(() => void letGo(thread), IDLE_MS).unref();
    return weights;
  } catch (error) {
    answered.catch(() => undefined);
    await letGo(thread);
    throw error;
  } finally {
    end?.();
  }
}

async function letGo(thread: Worker): Promise<void> {
  if (worker === thread) worker = undefined;
  await thread.terminate();
}
