import { closedCasesPath, simulationPath, timingPath } from '#modules/advice/index.ts';

export const historyPath = closedCasesPath;
export const previewPath = (sha256: string): string => `${historyPath}/tableau/${sha256}`;
export const acceptPath = `${historyPath}/reprendre`;
export const forgetImportedPath = `${historyPath}/effacer`;
export const simulationCsvPath = `${simulationPath}.csv`;
export { timingPath, timingReleasePath } from '#modules/advice/index.ts';
export const timingStopPath = `${timingPath}/arreter`;
