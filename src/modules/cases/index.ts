export { type ActionKind, act, setContractRate, takePaymentBack } from './actions.ts';
export { openOrJoinCase, recordFact, recordFacts } from './cases.ts';
export { factsOf } from './facts.ts';
export { type CaseRow, listCases } from './lists.ts';
export { allows } from './moves.ts';
export { portfolio } from './portfolio.ts';
export type { Stage } from './state.ts';
export { type CaseView, findCaseByReference, viewCase } from './views.ts';
