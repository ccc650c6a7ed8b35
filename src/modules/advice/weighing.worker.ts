import { parentPort } from 'node:worker_threads';
import { PortfolioScorer } from '#core/advice/portfolio.ts';
import { GraphCache } from '#core/advice/problem.ts';
import { day } from '#core/kernel/day.ts';
import type { Answer, Order } from './weighing.ts';

/** Weighs portfolios beside the thread that answers requests: one at a time, with the graphs of those before. */
const cache = new GraphCache(24);
const TELL_EVERY = 1000;

const say = (answer: Answer): void => parentPort?.postMessage(answer);
let on = day('1970-01-01');
let scorer: PortfolioScorer | undefined;

parentPort?.on('message', (order: Order) => {
  try {
    if (order.kind === 'start') {
      on = day(order.on);
      scorer = new PortfolioScorer(order.params, cache);
    }
    if (order.kind === 'add')
      scorer?.add(
        order.items.map(({ claim, legal, relation }) => ({ claim, legal: { ...legal, on }, ...(relation && { relation }) })),
      );
    if (order.kind === 'finish') finish();
  } catch (error) {
    scorer = undefined;
    say({ kind: 'failed', why: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});

function finish(): void {
  const steps = scorer?.finish();
  if (!steps) return;
  let told = 0;
  let step = steps.next();
  for (; !step.done; step = steps.next()) {
    if (step.value - told < TELL_EVERY) continue;
    told = step.value;
    say({ kind: 'progress', done: told });
  }
  scorer = undefined;
  say({ kind: 'done', weights: step.value });
}
