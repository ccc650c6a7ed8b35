export { lettersOf } from './letters.repo.ts';
export { creditorProfile, draftNotice, noticeChoices, postalAddress, prepareNotice, USUAL_DEADLINE_DAYS } from './notices.ts';
export { markPosted, recordOutcome } from './posting.ts';
