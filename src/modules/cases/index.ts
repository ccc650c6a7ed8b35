export { ACTION_FORMS, type ActionKind, act, setContractRate, takePaymentBack } from './actions.ts';
export { openOrJoinCase, recordFact } from './cases.ts';
export { type Fact, factsOf } from './facts.ts';
export { STAGE_WORDS } from './stage-words.ts';
export type { CaseState, Stage } from './state.ts';
export {
  type CaseFilter,
  type CaseRow,
  type CaseView,
  findCaseByReference,
  listCases,
  type Portfolio,
  portfolio,
  viewCase,
} from './views.ts';
