import type { ActionKind } from './actions.ts';
import type { NextMove } from './state.ts';

/** The words of addresses: what can be noted of a case. */
export const ACTION_SLUGS: Readonly<Record<ActionKind, string>> = {
  contact: 'contact',
  payment: 'paiement',
  promise: 'promesse',
  plan: 'echeancier',
  dispute: 'contestation',
  'dispute-settled': 'contestation-reglee',
  'status-answered': 'statut',
  insolvency: 'procedure-collective',
  declaration: 'declaration',
  doubtful: 'creance-douteuse',
  note: 'note',
  close: 'cloture',
  reopen: 'reouverture',
};

export const casePath = (caseId: string): string => `/dossiers/${caseId}`;
export const actionPath = (caseId: string, kind: ActionKind): string => `${casePath(caseId)}/noter/${ACTION_SLUGS[kind]}`;
export const noticePath = (caseId: string): string => `${casePath(caseId)}/mise-en-demeure`;
export const roadsPath = (caseId: string): string => `${casePath(caseId)}/suite`;
export const debtorPath = (caseId: string): string => `${casePath(caseId)}/client`;
export const ratePath = (caseId: string): string => `${casePath(caseId)}/taux`;
/** In which order payments extinguish the debt, and what is left once invoices are paid (module payments). */
export const imputationPath = (caseId: string): string => `${casePath(caseId)}/imputation`;
export const leftPath = (caseId: string): string => `${casePath(caseId)}/reste`;
export const undoPath = (caseId: string, paymentId: string): string => `${casePath(caseId)}/paiements/${paymentId}/annuler`;
/** Saying that an entry of the story, by its rank in the journal, was noted by mistake. */
export const mistakePath = (caseId: string, seq: bigint): string => `${casePath(caseId)}/histoire/${seq}/erreur`;
/** Which cases deserve an hour (module advice). */
export const ADVICE_PATH = '/conseil';
/** Two moments of the first reminder compared by lot (module insights). */
export const TIMING_PATH = '/conseil/historique/delais';
/** The figures that a decision was made with (module advice). */
export const figureSetPath = (hash: string): string => `/reglages/conseil/jeu/${hash}`;
/** Where what came in is matched to what is owed (module payments). */
export const MONEY_PATH = '/encaissements';
export const letterPath = (letterId: string): string => `/lettres/${letterId}`;
export const filePath = (sha256: string): string => `/fichiers/${sha256}`;

const ACTIONS: Partial<Readonly<Record<NextMove, ActionKind>>> = {
  contact: 'contact',
  'settle-dispute': 'dispute-settled',
  'answer-status': 'status-answered',
  'declare-claim': 'declaration',
};

/** The page on which the next thing is done. */
export function nextPath(caseId: string, next: NextMove, letterToPost: string | undefined): string {
  const action = ACTIONS[next];
  if (action) return actionPath(caseId, action);
  if (next === 'place-money' || next === 'check-payment') return MONEY_PATH;
  if (next === 'close') return leftPath(caseId);
  if (next === 'formal-notice') return noticePath(caseId);
  if (next === 'post-letter' && letterToPost) return letterPath(letterToPost);
  return next === 'choose-road' ? roadsPath(caseId) : casePath(caseId);
}
