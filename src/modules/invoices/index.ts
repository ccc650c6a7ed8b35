export { type Allocation, allocate, findInvoice, type NewInvoice, recordInvoice } from './ledger.ts';
export { type NewPayment, recordPayment, reversePayment } from './payments.ts';
export { readInvoiceSafely } from './reader.ts';
