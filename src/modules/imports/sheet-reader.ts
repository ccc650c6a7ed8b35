import type { Result } from '#core/kernel/result.ts';
import { type readListSheet, refuseOpenItems } from '#formats/open-items/index.ts';
import { createThreadReader } from '#platform/reading-thread.ts';

type Rows = Awaited<ReturnType<typeof readListSheet>> extends Result<infer T> ? T : never;

const shared = createThreadReader<Result<Rows>, null>(
  new URL('./sheet-reader.worker.ts', import.meta.url),
  {
    timeout: (name, seconds) => refuseOpenItems('reading-timeout', name, { seconds }),
    memory: (name) => refuseOpenItems('reading-memory', name),
    failed: (name) => refuseOpenItems('reading-failed', name),
  },
  { timeoutMs: 60_000, maxMemoryBytes: 1_500_000_000 },
);

/** Reads a workbook from outside in a thread of its own, within a budget of time and memory. */
export const readSheetSafely: typeof readListSheet = (bytes, name) => shared.read(bytes, name, null);
