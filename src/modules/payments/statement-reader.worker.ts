import { readStatementFile } from '#formats/bank/index.ts';
import { serveThread } from '#platform/reading-thread.ts';

serveThread(readStatementFile);
