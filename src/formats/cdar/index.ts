/** Reading the life-cycle statuses of French e-invoicing (CDAR messages). */

export { readStatusFile, STATUS_LIMITS } from './read.ts';
export { refuseStatus, STATUS_REFUSAL_CODES, type StatusRefusalCode } from './refusals.ts';
export type { InvoiceStatus, StatusAmount, StatusParty, StatusReason } from './status.ts';
export type { StatusMeaning } from './statuses.ts';
