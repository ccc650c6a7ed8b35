import type { Result } from '#core/kernel/result.ts';
import { refuseStatement, type StatementFile, type StatementOptions } from '#formats/bank/index.ts';
import { createThreadReader, type ReadingBudget } from '#platform/reading-thread.ts';

/** A year of statements is larger than an invoice. */
const BUDGET: Partial<ReadingBudget> = { timeoutMs: 60_000, maxMemoryBytes: 1_500_000_000 };

export interface StatementReader {
  /** Reads a file like `readStatementFile`, within the budget: what goes over it is refused, and nothing is thrown for a bad file. */
  read(bytes: Uint8Array, name: string, options?: StatementOptions): Promise<Result<StatementFile>>;
  close(): Promise<void>;
}

/** A reader in a thread of its own, for bank files from outside. Files are read one after the other, in the order they come. */
export function createStatementReader(budget: Partial<ReadingBudget> = {}): StatementReader {
  const reader = createThreadReader<Result<StatementFile>, StatementOptions>(
    new URL('./statement-reader.worker.ts', import.meta.url),
    {
      timeout: (name, seconds) => refuseStatement('reading-timeout', name, { seconds }),
      memory: (name) => refuseStatement('reading-memory', name),
      failed: (name) => refuseStatement('reading-failed', name),
    },
    { ...BUDGET, ...budget },
  );
  return { read: (bytes, name, options = {}) => reader.read(bytes, name, options), close: reader.close };
}

const shared = createStatementReader();

/** Reads a bank file from outside in the process's shared reading thread: see `createStatementReader`. */
export const readStatementSafely = (
  bytes: Uint8Array,
  name: string,
  options: StatementOptions = {},
): Promise<Result<StatementFile>> => shared.read(bytes, name, options);
