import type { BankTableOutline, outlineBankTable } from '#formats/bank/index.ts';
import { createThreadReader } from '#platform/reading-thread.ts';

type Options = NonNullable<Parameters<typeof outlineBankTable>[2]>;

const nothing = (): undefined => undefined;
const shared = createThreadReader<BankTableOutline | undefined, Options>(
  new URL('./table-reader.worker.ts', import.meta.url),
  { timeout: nothing, memory: nothing, failed: nothing },
  { maxMemoryBytes: 1_500_000_000 },
);

/** `outlineBankTable` of a file from outside, in a thread of its own; undefined, too, for a file that asks too much of it. */
export const outlineSafely = (bytes: Uint8Array, name: string, options: Options = {}): Promise<BankTableOutline | undefined> =>
  shared.read(bytes, name, options);
