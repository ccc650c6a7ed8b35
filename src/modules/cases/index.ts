export { ACTION_FORMS, type ActionKind, act, setContractRate, takePaymentBack } from './actions.ts';
export { openOrJoinCase, recordFact } from './cases.ts';
export { type Fact, factsOf } from './facts.ts';
export { type CaseQuery, type CaseRow, countCases, type DaysLate, listCases } from './lists.ts';
export { allows, type Move } from './moves.ts';
export { type Portfolio, portfolio } from './portfolio.ts';
export { STAGE_WORDS } from './stage-words.ts';
export type { CaseState, NextMove, Stage } from './state.ts';
export { type CaseView, findCaseByReference, viewCase } from './views.ts';
