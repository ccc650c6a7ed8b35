import type { Refusal, Result } from '#core/kernel/result.ts';
import type { ImportProgress, Report } from './working.ts';

/** What is being done with an import, by this process: a long one goes on while its page shows how far it is. */
export interface Job {
  progress: ImportProgress;
  ended: boolean;
  /** why it was refused */
  refusal: Refusal | undefined;
  /** it met a failure; nothing of it stays, and it can be asked for again */
  failed: boolean;
  readonly finished: Promise<void>;
}

/** By import. Those that ended are kept until others come: their page may still be to be shown. */
const jobs = new Map<string, Job>();
const KEPT = 100;
/** One at a time: each holds a connection, and all that the machine has to give. */
let queue: Promise<unknown> = Promise.resolve();

export const jobOf = (importId: string): Job | undefined => jobs.get(importId);

/** Starts what is to be done with an import; when something is under way with it already, answers that. */
export function startJob(importId: string, work: (report: Report) => Promise<Result<unknown>>): Job {
  const before = jobs.get(importId);
  if (before && !before.ended) return before;
  const { promise, resolve } = Promise.withResolvers<void>();
  const job: Job = { progress: { step: 'reading' }, ended: false, refusal: undefined, failed: false, finished: promise };
  jobs.delete(importId);
  for (const [id, { ended }] of jobs) if (jobs.size >= KEPT && ended) jobs.delete(id);
  jobs.set(importId, job);
  const end = (): void => {
    job.ended = true;
    resolve();
  };
  const turn = queue.then(() =>
    work((progress) => {
      job.progress = progress;
    }),
  );
  queue = turn.catch(() => undefined);
  turn
    .then(
      (done) => {
        job.refusal = done.ok ? undefined : done.refusal;
      },
      (error: unknown) => {
        job.failed = true;
        console.error(`import ${importId}: ${error instanceof Error ? error.stack : String(error)}`);
      },
    )
    .finally(end);
  return job;
}

/** Waits for a job, but not for long: a page that shows how far it is takes over. */
export async function waitAMoment(job: Job, ms = 2500): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  await Promise.race([job.finished, promise]);
  clearTimeout(timer);
}
