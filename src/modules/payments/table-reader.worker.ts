import { outlineBankTable } from '#formats/bank/index.ts';
import { serveThread } from '#platform/reading-thread.ts';

serveThread(outlineBankTable);
