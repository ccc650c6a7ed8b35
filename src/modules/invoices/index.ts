export {
  type Allocation,
  allocate,
  applyCreditNote,
  findInvoice,
  type NewInvoice,
  type Purpose,
  recordInvoice,
  rewriteBalances,
} from './ledger.ts';
export {
  isGivenUp,
  type NewPayment,
  type PaymentPart,
  type Reversal,
  recordPayments,
  refundPayment,
  reversePayment,
  reverseRefund,
  type StandingPayment,
  standingPayment,
} from './payments.ts';
export { readInvoiceSafely } from './reader.ts';
