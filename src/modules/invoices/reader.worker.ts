import { readInvoiceFile } from '#formats/invoice/index.ts';
import { serveThread } from '#platform/reading-thread.ts';

serveThread(readInvoiceFile);
