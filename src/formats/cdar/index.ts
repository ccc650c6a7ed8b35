/** Reading the life-cycle statuses of French e-invoicing (CDAR messages). */

export { looksLikeStatus, readStatusFile, STATUS_LIMITS } from './read.ts';
export { refuseStatus, STATUS_REFUSAL_CODES } from './refusals.ts';
export type { InvoiceStatus } from './status.ts';
export type { StatusMeaning } from './statuses.ts';
