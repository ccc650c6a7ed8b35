import type { History } from './claim.ts';

/** Codes of the little counters: what changes a later chance is part of the state. */
export const SIGNAL = { none: 0, promise: 1, dispute: 2 } as const;
export const PLAN = { none: 0, refusedSilent: 1, brokenSilent: 2, refusedAnswered: 3, brokenAnswered: 4 } as const;
/** tried before or after the formal notice */
export const TRIED = { no: 0, beforeNotice: 1, afterNotice: 2 } as const;
/** tried on a debtor who never answered, or who had */
export const PSR = { no: 0, silent: 1, answered: 2 } as const;
export const ORDER = { none: 0, rejected: 1, opposed: 2, title: 3 } as const;
export const INTERIM = { none: 0, failed: 1, title: 2 } as const;

/** Everything the model remembers of a claim: 26 bits. */
export interface State {
  readonly emails: number;
  readonly calls: number;
  readonly waits: number;
  readonly notice: number;
  readonly plan: number;
  readonly credit: number;
  readonly mediation: number;
  readonly agency: number;
  readonly psr: number;
  readonly order: number;
  readonly interim: number;
  readonly suit: number;
  readonly signal: number;
  readonly silent: number;
}

/** The state as one whole number. */
export const pack = (s: State): number =>
  s.emails |
  (s.calls << 2) |
  (s.waits << 4) |
  (s.notice << 5) |
  (s.plan << 6) |
  (s.credit << 9) |
  (s.mediation << 11) |
  (s.agency << 13) |
  (s.psr << 14) |
  (s.order << 16) |
  (s.interim << 18) |
  (s.suit << 20) |
  (s.signal << 21) |
  (s.silent << 23);

export const unpack = (code: number): State => ({
  emails: code & 3,
  calls: (code >> 2) & 3,
  waits: (code >> 4) & 1,
  notice: (code >> 5) & 1,
  plan: (code >> 6) & 7,
  credit: (code >> 9) & 3,
  mediation: (code >> 11) & 3,
  agency: (code >> 13) & 1,
  psr: (code >> 14) & 3,
  order: (code >> 16) & 3,
  interim: (code >> 18) & 3,
  suit: (code >> 20) & 1,
  signal: (code >> 21) & 3,
  silent: (code >> 23) & 7,
});

export const contactsOf = (s: State): number => s.emails + s.calls + s.notice;
export const hasTitle = (s: State): boolean => s.order === ORDER.title || s.interim === INTERIM.title || s.suit === 1;
export const inCourt = (s: State): boolean => s.order !== ORDER.none || s.interim !== INTERIM.none;
export const disputed = (s: State): boolean => s.signal === SIGNAL.dispute;
/** The plan's first instalment was cashed: two thirds of the principal are left. */
export const planBroken = (s: State): boolean => s.plan === PLAN.brokenSilent || s.plan === PLAN.brokenAnswered;

/** The state a history leads to. A debtor who never answered left every contact silent, unless the history says how many. */
export function stateOf(h: History): State {
  const signal = h.signal ? SIGNAL[h.signal] : SIGNAL.none;
  const answered = signal !== SIGNAL.none;
  const tried = (done?: boolean): number => (done ? (h.med ? TRIED.afterNotice : TRIED.beforeNotice) : TRIED.no);
  const base = { emails: h.emails ?? 0, calls: h.calls ?? 0, notice: h.med ? 1 : 0 };
  return {
    ...base,
    waits: h.waits ?? 0,
    plan: planCode(h.plan, answered),
    credit: tried(h.credit),
    mediation: tried(h.mediation),
    agency: h.agency ? 1 : 0,
    psr: h.psr ? (answered ? PSR.answered : PSR.silent) : PSR.no,
    order: h.ip ? ORDER[h.ip] : ORDER.none,
    interim: h.refere ? INTERIM[h.refere] : INTERIM.none,
    suit: h.suit ? 1 : 0,
    signal,
    silent: h.silent ?? (answered ? 0 : base.emails + base.calls + base.notice),
  };
}

function planCode(plan: History['plan'], answered: boolean): number {
  if (plan === undefined) return PLAN.none;
  if (plan === 'refused') return answered ? PLAN.refusedAnswered : PLAN.refusedSilent;
  return answered ? PLAN.brokenAnswered : PLAN.brokenSilent;
}
