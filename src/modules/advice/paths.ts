export const advicePath = (caseId: string): string => `/dossiers/${caseId}/conseil`;
export const sensitivityPath = (caseId: string): string => `${advicePath(caseId)}/sensibilite`;
export const forgetPath = (caseId: string): string => `${advicePath(caseId)}/effacer`;
export const timePath = (caseId: string): string => `/dossiers/${caseId}/temps`;
export const timeRemovePath = (caseId: string, entryId: string): string => `${timePath(caseId)}/${entryId}/retirer`;
export const portfolioPath = '/conseil';
export const figuresPath = '/reglages/conseil';
export const figurePath = (figure: string): string => `${figuresPath}/${figure}`;
export const figureResetPath = (figure: string): string => `${figurePath(figure)}/retablir`;
