/** The journal: every fact of a company, in order, each entry sealed by the one before. Nothing in it is ever changed. */
export type { Entry, NewEntry } from './entry.ts';
export { appendJournal, readJournal, type Verification, verifyJournal } from './journal.ts';
