export { type Letter, lettersOf, readLetter } from './letters.repo.ts';
export {
  draftNotice,
  type NoticeChoices,
  type NoticeDraft,
  noticeChoices,
  prepareNotice,
  renderDraft,
  USUAL_DEADLINE_DAYS,
} from './notices.ts';
export { markPosted, recordOutcome } from './posting.ts';
