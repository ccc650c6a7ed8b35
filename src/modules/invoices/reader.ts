import { type ReadInvoiceResult, type ReadOptions, refuseInvoice } from '#formats/invoice/index.ts';
import { createThreadReader, type ReadingBudget } from '#platform/reading-thread.ts';

export interface InvoiceReader {
  /** Reads a file like `readInvoiceFile`, within the budget: what goes over it is refused, and nothing is thrown for a bad file. */
  read(bytes: Uint8Array, name: string, options?: ReadOptions): Promise<ReadInvoiceResult>;
  close(): Promise<void>;
}

/** A reader in a thread of its own, for files from outside. Files are read one after the other, in the order they come. */
export function createInvoiceReader(budget: Partial<ReadingBudget> = {}): InvoiceReader {
  const reader = createThreadReader<ReadInvoiceResult, ReadOptions>(
    new URL('./reader.worker.ts', import.meta.url),
    {
      timeout: (name, seconds) => refuseInvoice('reading-timeout', name, { seconds }),
      memory: (name) => refuseInvoice('reading-memory', name),
      failed: (name) => refuseInvoice('reading-failed', name),
    },
    budget,
  );
  return { read: (bytes, name, options = {}) => reader.read(bytes, name, options), close: reader.close };
}

const shared = createInvoiceReader();

/** Reads an invoice file from outside in the process's shared reading thread: see `createInvoiceReader`. */
export const readInvoiceSafely = (bytes: Uint8Array, name: string, options: ReadOptions = {}): Promise<ReadInvoiceResult> =>
  shared.read(bytes, name, options);
