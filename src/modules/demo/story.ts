import { ANSWERED_CASES } from './story-answered.ts';
import { BANK_CASES } from './story-bank.ts';
import { EARLY_CASES } from './story-early.ts';
import type { StoryCase } from './story-model.ts';
import { NOTICE_CASES } from './story-notice.ts';
import { OTHER_CASES } from './story-other.ts';

/** The whole story of the demonstration: one debtor, one case. */
export const STORY: readonly StoryCase[] = [...EARLY_CASES, ...NOTICE_CASES, ...ANSWERED_CASES, ...OTHER_CASES, ...BANK_CASES];
