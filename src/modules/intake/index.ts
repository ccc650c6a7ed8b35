export { completeCreditor, draftOf, foreignSeller } from './draft.ts';
export { adoptSeller, type Confirmed, confirmReading, discardReading, type Reading, readingsOf, receiveFile } from './intake.ts';
