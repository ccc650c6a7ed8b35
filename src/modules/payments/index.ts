/** Money in: payments by hand, bank statements, what they pay, and how far the bank is known. */

export { agreeImputation, waiveAccessories } from './agreements.ts';
export { listAliases, type PayerAlias } from './aliases.ts';
export { type HandPayment, holdPayment, placeMoney, recordPayment } from './by-hand.ts';
export { applyMatch, type Decided, ignoreLine, placeLine, rejectMatch, undoMatch } from './decisions.ts';
export { type AccountFreshness, declareComplete, type Freshness, freshness, knownUntil } from './freshness.ts';
export { type BankLine, type LineQuery, type LineReading, listLines } from './lines.ts';
export { type MatchedLines, matchPending } from './matching.ts';
export { type FreeMoney, listFreeMoney } from './payment-list.ts';
export { type MoneySettings, saveMoneySettings } from './settings.ts';
export { type ReceivedFile, type ReceivedStatement, type ReceiveOptions, receiveStatement } from './statements.ts';
export { bounce, refund } from './taking-back.ts';
