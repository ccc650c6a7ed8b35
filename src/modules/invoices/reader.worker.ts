import { parentPort } from 'node:worker_threads';
import { type ReadInvoiceResult, type ReadOptions, readInvoiceFile } from '#formats/invoice/index.ts';

export interface ReadJob {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly options: ReadOptions;
}

export type ReadAnswer = { readonly result: ReadInvoiceResult } | { readonly failure: string };

/** The thread that reads: one file at a time, so that it can be ended when a file is too much for it. */
parentPort?.on('message', async ({ bytes, name, options }: ReadJob) => {
  let answer: ReadAnswer;
  try {
    answer = { result: await readInvoiceFile(bytes, name, options) };
  } catch (error) {
    answer = { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  parentPort?.postMessage(answer);
});
