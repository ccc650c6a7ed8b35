/** Lists of open invoices from other tools: looked at, then applied whole or not at all. */
export { importNow } from './imports.ts';
export { IMPORTS_PATH } from './paths.ts';
