import { readListSheet } from '#formats/open-items/index.ts';
import { serveThread } from '#platform/reading-thread.ts';

serveThread(readListSheet);
