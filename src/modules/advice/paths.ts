import type { Action } from '#core/advice/actions.ts';

export const advicePath = (caseId: string): string => `/dossiers/${caseId}/conseil`;
export const sensitivityPath = (caseId: string): string => `${advicePath(caseId)}/sensibilite`;
export const cluesPath = (caseId: string): string => `${advicePath(caseId)}/remarques`;
export const forgetPath = (caseId: string): string => `${advicePath(caseId)}/effacer`;
export const decisionPath = (caseId: string): string => `${advicePath(caseId)}/decision`;
export const timePath = (caseId: string): string => `/dossiers/${caseId}/temps`;
export const timeRemovePath = (caseId: string, entryId: string): string => `${timePath(caseId)}/${entryId}/retirer`;
const timeProposalPath = (caseId: string, id: string): string => `${timePath(caseId)}/propositions/${id}`;
export const timeAcceptPath = (caseId: string, id: string): string => `${timeProposalPath(caseId, id)}/noter`;
export const timeDismissPath = (caseId: string, id: string): string => `${timeProposalPath(caseId, id)}/ecarter`;
export const portfolioPath = '/conseil';
/** the pages of what the user's own past says, which the module insights owns */
export const closedCasesPath = `${portfolioPath}/historique`;
export const simulationPath = `${portfolioPath}/simulation`;
/** which the module forecast owns */
export const forecastPath = `${portfolioPath}/previsions`;
export const timingPath = `${closedCasesPath}/delais`;
export const timingReleasePath = (caseId: string): string => `/dossiers/${caseId}/delai-ordinaire`;
export const figuresPath = '/reglages/conseil';
export const figurePath = (figure: string): string => `${figuresPath}/${figure}`;
export const ownTimePath = '/reglages/conseil-temps';
export const figureResetPath = (figure: string): string => `${figurePath(figure)}/retablir`;
export const figureSetPath = (hash: string): string => `${figuresPath}/jeu/${hash}`;
export const figuresThenPath = `${figuresPath}/au`;

/** Where a step is done, once decided. */
const DOING: Readonly<Partial<Record<Action, string>>> = {
  EMAIL: 'noter/contact',
  CALL: 'noter/contact',
  PLAN: 'noter/echeancier',
  MED: 'mise-en-demeure',
  DECLARE: 'noter/declaration',
  WRITEOFF: 'noter/cloture',
  MEDIATION: 'suite',
  AGENCY: 'suite',
  PSR: 'suite',
  IP: 'suite',
  REFERE: 'suite',
  SUIT: 'suite',
  ENFORCE: 'suite',
};
export const doingPath = (caseId: string, action: Action | undefined): string => {
  const page = action && DOING[action];
  return page ? `/dossiers/${caseId}/${page}` : `/dossiers/${caseId}`;
};
