import type { Day } from '#core/kernel/day.ts';

/** The text of the two months, as core/law names it. */
export const DECLARATION_CITES = ['ccom-L622-24', 'cpc-641'] as const;

/**
 * The last day to declare a claim: two months from the notice in the BODACC (C. com. L622-24, R622-24), on the day of the same number
 * or, where the month has none, on its last day (CPC 641). A week-end or a holiday would only lengthen it (CPC 642): the day given is
 * always in time.
 */
export const declarationDeadline = (publishedOn: Day): Day => publishedOn.add({ months: 2 });
