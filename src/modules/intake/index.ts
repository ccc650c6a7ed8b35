export { draftOf } from './draft.ts';
export { type Confirmed, confirmReading, receiveFile } from './intake.ts';
export { countPending, type Reading } from './readings.ts';
