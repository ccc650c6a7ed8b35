import { forecastPath } from '#modules/advice/index.ts';

export { forecastPath };
export const invoicesCsvPath = `${forecastPath}/factures.csv`;
export const weeksCsvPath = `${forecastPath}/semaines.csv`;
