/** Money in: payments by hand, bank statements, what they pay, and how far the bank is known. */
export { listAliases, type PayerAlias } from './aliases.ts';
export {
  agreeImputation,
  bounce,
  type HandPayment,
  holdPayment,
  placeMoney,
  recordPayment,
  refund,
  waiveAccessories,
} from './by-hand.ts';
export { applyMatch, type Decided, ignoreLine, placeLine, rejectMatch, undoMatch } from './decisions.ts';
export { type AccountFreshness, declareComplete, type Freshness, freshness } from './freshness.ts';
export {
  type BankLine,
  type FreeMoney,
  type LineQuery,
  type LineReading,
  listFreeMoney,
  listLines,
} from './lines.ts';
export { type MatchedLines, matchPending } from './matching.ts';
export { type MoneySettings, saveMoneySettings } from './settings.ts';
export { type ReceivedFile, type ReceivedStatement, type ReceiveOptions, receiveStatement } from './statements.ts';
