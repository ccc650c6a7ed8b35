import { PATHS } from '#ui/view.ts';

export const readingPath = (readingId: string): string => `${PATHS.drop}/${readingId}`;
export const casePath = (caseId: string): string => `${PATHS.cases}/${caseId}`;
/** Leads to the one document that is pending, or to the list. */
export const NEXT_PATH = `${PATHS.drop}/suite`;
/** Several documents confirmed at once. */
export const LOT_PATH = `${PATHS.drop}/lot`;
