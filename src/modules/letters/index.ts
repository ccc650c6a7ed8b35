export { lettersOf } from './letters.repo.ts';
export { draftNotice, noticeChoices, prepareNotice, USUAL_DEADLINE_DAYS } from './notices.ts';
export { markPosted, recordOutcome } from './posting.ts';
