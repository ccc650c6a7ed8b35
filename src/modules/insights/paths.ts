export const historyPath = '/conseil/historique';
export const previewPath = (sha256: string): string => `${historyPath}/tableau/${sha256}`;
export const acceptPath = `${historyPath}/reprendre`;
export const forgetImportedPath = `${historyPath}/effacer`;
