export { completeCreditor, draftOf, foreignSeller } from './draft.ts';
export { adoptSeller, type Confirmed, confirmReading, discardReading, receiveFile } from './intake.ts';
export { countPending, type Reading, readingsOf } from './readings.ts';
