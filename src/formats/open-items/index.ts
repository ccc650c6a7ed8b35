/** Reading lists of open invoices, as invoicing and accounting tools export them: CSV, XLSX, FEC. */

export { OPEN_ITEM_FIELDS, type OpenItemField, type OpenItemMapping } from './columns.ts';
export type { OpenItem, RejectedLine } from './item.ts';
export { type OpenItemsOptions, readOpenItems } from './read.ts';
