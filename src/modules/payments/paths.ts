import { PATHS } from '#ui/view.ts';

export const casePath = (caseId: string): string => `${PATHS.cases}/${caseId}`;
export const linePath = (lineId: string): string => `${PATHS.money}/lignes/${lineId}`;
export const matchPath = (matchId: string): string => `${PATHS.money}/rapprochements/${matchId}`;
export const PAYERS_PATH = `${PATHS.money}/payeurs`;
export const MONEY_SETTINGS_PATH = `${PATHS.money}/reglages`;
export const accountPath = (accountId: string): string => `${PATHS.money}/comptes/${accountId}`;
export const debtorStatementPath = (partyId: string): string => `/clients/${partyId}/releve`;
/** What the columns of a table that no one knows are. */
export const tablePath = (sha256: string): string => `${PATHS.money}/colonnes/${sha256}`;
/** A payment typed by hand, step by step. */
export const HAND_PATH = `${PATHS.money}/saisir`;
export const HAND_INVOICES_PATH = `${HAND_PATH}/factures`;
export const HAND_CHECK_PATH = `${HAND_PATH}/verifier`;
export const PAYMENTS_PATH = `${PATHS.money}/paiements`;
export const paymentPath = (paymentId: string): string => `${PAYMENTS_PATH}/${paymentId}`;
export const refundPath = (refundId: string): string => `${PATHS.money}/remboursements/${refundId}`;
/** On a case: in which order payments extinguish the debt, and what is left once its invoices are paid (linked by module cases). */
export const imputationPath = (caseId: string): string => `${casePath(caseId)}/imputation`;
export const leftPath = (caseId: string): string => `${casePath(caseId)}/reste`;
export const noticePath = (caseId: string): string => `${casePath(caseId)}/mise-en-demeure`;
export const closingPath = (caseId: string): string => `${casePath(caseId)}/noter/cloture`;
