export const advicePath = (caseId: string): string => `/dossiers/${caseId}/conseil`;
export const sensitivityPath = (caseId: string): string => `${advicePath(caseId)}/sensibilite`;
export const cluesPath = (caseId: string): string => `${advicePath(caseId)}/remarques`;
export const forgetPath = (caseId: string): string => `${advicePath(caseId)}/effacer`;
export const timePath = (caseId: string): string => `/dossiers/${caseId}/temps`;
export const timeRemovePath = (caseId: string, entryId: string): string => `${timePath(caseId)}/${entryId}/retirer`;
export const portfolioPath = '/conseil';
/** the pages of what the user's own past says, which the module insights owns */
export const closedCasesPath = `${portfolioPath}/historique`;
export const simulationPath = `${portfolioPath}/simulation`;
export const figuresPath = '/reglages/conseil';
export const figurePath = (figure: string): string => `${figuresPath}/${figure}`;
export const figureResetPath = (figure: string): string => `${figurePath(figure)}/retablir`;
