import { PATHS } from '#ui/view.ts';

/** The lists of open invoices: drop one, and those that came before. */
export const IMPORTS_PATH = `${PATHS.drop}/liste`;
export const importPath = (importId: string): string => `${IMPORTS_PATH}/${importId}`;
/** Which column holds what, and how the list is to be taken. */
export const columnsPath = (importId: string): string => `${importPath(importId)}/colonnes`;
export const errorsPath = (importId: string): string => `${importPath(importId)}/a-corriger.csv`;
export const abandonPath = (importId: string): string => `${importPath(importId)}/abandonner`;
