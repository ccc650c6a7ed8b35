import type { Result } from '#core/kernel/result.ts';
import { type InvoiceStatus, refuseStatus } from '#formats/cdar/index.ts';
import { createThreadReader } from '#platform/reading-thread.ts';

export interface StatusReader {
  /** Reads a file like `readStatusFile`, within a budget of time and memory. */
  read(bytes: Uint8Array, name: string): Promise<Result<readonly InvoiceStatus[]>>;
  close(): Promise<void>;
}

/** A reader in a thread of its own, for life-cycle messages from outside. */
export function createStatusReader(): StatusReader {
  const reader = createThreadReader<Result<readonly InvoiceStatus[]>, null>(
    new URL('./status-reader.worker.ts', import.meta.url),
    {
      timeout: (name, seconds) => refuseStatus('reading-timeout', name, { seconds }),
      memory: (name) => refuseStatus('reading-memory', name),
      failed: (name) => refuseStatus('reading-failed', name),
    },
  );
  return { read: (bytes, name) => reader.read(bytes, name, null), close: reader.close };
}

const shared = createStatusReader();

/** Reads a message from outside in the process's shared reading thread: see `createStatusReader`. */
export const readStatusSafely = (bytes: Uint8Array, name: string): Promise<Result<readonly InvoiceStatus[]>> =>
  shared.read(bytes, name);
