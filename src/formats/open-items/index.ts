/** Reading lists of open invoices, as invoicing and accounting tools export them: CSV, XLSX, FEC. */

export { OPEN_ITEM_FIELDS, type OpenItemField, type OpenItemMapping } from './columns.ts';
export type { LineProblem, OpenItem, RejectedLine } from './item.ts';
export type { ListSample } from './list-table.ts';
export { type OpenItemsOptions, readOpenItems, sampleOpenItems } from './read.ts';
export { refuseOpenItems } from './refusals.ts';
export { readListSheet } from './sheet.ts';
