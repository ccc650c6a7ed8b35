import { readStatusFile } from '#formats/cdar/index.ts';
import { serveThread } from '#platform/reading-thread.ts';

serveThread(readStatusFile);
