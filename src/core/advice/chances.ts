import { TYPES } from './actions.ts';
import type { FileStrength } from './claim.ts';
import type { Numbers, Vector } from './numbers.ts';
import { disputed, PLAN, PSR, planBroken, SIGNAL, type State, TRIED } from './state.ts';

/** The chances of the model, by type (index in DEBTOR_TYPES). One place for the solver, the beliefs and the sampler's figures. */

const at = (vector: Vector, type: number): number => vector[type] ?? 0;

/** Chance that the (k+1)-th contact of a kind brings the money: each repetition is worth half of the one before. */
export const contactPays = (n: Numbers, first: Vector, k: number, type: number): number => at(first, type) * n.decay ** k;

/** Reaction to a contact that brought nothing: silence, promise or dispute. Silence sticks: after one, half the answers are lost. */
export function reaction(n: Numbers, silentBefore: number, kind: number, type: number): number {
  const q = n.q[type] ?? [];
  if (silentBefore === 0) return at(q, kind);
  return kind === SIGNAL.none ? 1 - n.qStick * (1 - at(q, kind)) : n.qStick * at(q, kind);
}

export const planAccepted = (n: Numbers, silent: boolean, type: number): number =>
  at(n.planAcc, type) * (silent ? n.planSilent : 1);
export const creditAccepted = (n: Numbers, afterNotice: boolean, type: number): number =>
  at(n.credAcc, type) * (afterNotice ? n.harden : 1);
export const mediationAgreed = (n: Numbers, afterNotice: boolean, type: number): number =>
  at(n.mdnAcc, type) * (afterNotice ? n.harden : 1);
export const psrAgreed = (n: Numbers, silent: boolean, type: number): number => at(n.psrAcc, type) * (silent ? n.psrSilent : 1);

/** How strong the file is now: an accepted plan acknowledges the debt and raises it by one. */
export const fileNow = (file: FileStrength, s: State): FileStrength =>
  planBroken(s) ? (Math.min(2, file + 1) as FileStrength) : file;

/** The payment order: refused, or granted then paid, opposed or enforceable. The four sum to 1. */
export function orderChances(n: Numbers, file: FileStrength, dispute: boolean, type: number) {
  const granted = n.ipAcc[file] * (dispute ? n.ipDisputeFactor : 1);
  const pays = at(n.ipPay, type);
  const opposes = dispute ? Math.max(at(n.ipOpp, type), n.ipDisputeOpp) : at(n.ipOpp, type);
  return {
    rejected: 1 - granted,
    paid: granted * pays,
    opposed: granted * (1 - pays) * opposes,
    title: granted * (1 - pays) * (1 - opposes),
  };
}

/** A dispute, on record or real, is a serious objection: the interim judge mostly declines. */
export const interimWon = (n: Numbers, file: FileStrength, dispute: boolean, type: number): number =>
  dispute || type === 5 ? n.refWinDispute : n.refWin[file];

export function suitWon(n: Numbers, file: FileStrength, type: number): number {
  if (type === 5) return n.suitWinD[file];
  return type === 4 ? n.suitWinB[file] : n.suitWin[file];
}

/** Chance that money comes by itself once nothing is done any more. */
export const tailPays = (n: Numbers, type: number): number => 1 - (1 - n.tail * at(n.pW, type)) ** n.tailSteps;

/** A factor of the likelihood of a history: what happened, and how likely each type made it. */
export interface Factor {
  readonly what: FactorName;
  readonly likelihood: Vector;
}

export type FactorName =
  | 'emails'
  | 'calls'
  | 'waits'
  | 'notice'
  | 'silence'
  | 'promise'
  | 'dispute'
  | 'plan-refused'
  | 'plan-broken'
  | 'credit'
  | 'mediation'
  | 'agency'
  | 'psr'
  | 'order-rejected'
  | 'order-opposed'
  | 'order-title'
  | 'interim-failed'
  | 'interim-title'
  | 'suit-title';

/** The likelihood of everything a state holds, one factor a kind of event; a function of the state, so of no order. */
export function factorsOf(n: Numbers, file: FileStrength, s: State): readonly Factor[] {
  const found: Factor[] = [];
  const add = (what: FactorName, of: (type: number) => number): void => {
    found.push({ what, likelihood: Array.from({ length: TYPES }, (_, type) => of(type)) });
  };
  const unpaid =
    (first: Vector, times: number) =>
    (type: number): number => {
      let left = 1;
      for (let k = 0; k < times; k += 1) left *= 1 - contactPays(n, first, k, type);
      return left;
    };
  if (s.emails > 0) add('emails', unpaid(n.pE, s.emails));
  if (s.calls > 0) add('calls', unpaid(n.pC, s.calls));
  if (s.waits > 0) add('waits', (t) => (1 - at(n.pW, t)) ** s.waits);
  if (s.notice > 0) add('notice', unpaid(n.pM, 1));
  if (s.silent > 0) add('silence', (t) => reaction(n, 0, SIGNAL.none, t) * reaction(n, 1, SIGNAL.none, t) ** (s.silent - 1));
  if (s.signal !== SIGNAL.none)
    add(s.signal === SIGNAL.promise ? 'promise' : 'dispute', (t) => reaction(n, s.silent, s.signal, t));
  if (s.plan !== PLAN.none) {
    const silent = s.plan === PLAN.refusedSilent || s.plan === PLAN.brokenSilent;
    if (planBroken(s)) add('plan-broken', (t) => planAccepted(n, silent, t) * (1 - at(n.planDone, t)));
    else add('plan-refused', (t) => 1 - planAccepted(n, silent, t));
  }
  if (s.credit !== TRIED.no) add('credit', (t) => 1 - creditAccepted(n, s.credit === TRIED.afterNotice, t));
  if (s.mediation !== TRIED.no) add('mediation', (t) => 1 - mediationAgreed(n, s.mediation === TRIED.afterNotice, t));
  if (s.agency > 0) add('agency', (t) => 1 - at(n.agyAcc, t));
  if (s.psr !== PSR.no) add('psr', (t) => 1 - psrAgreed(n, s.psr === PSR.silent, t));
  const strength = fileNow(file, s);
  if (s.order > 0) {
    const outcome = (['rejected', 'opposed', 'title'] as const)[s.order - 1] ?? 'rejected';
    add(`order-${outcome}`, (t) => orderChances(n, strength, disputed(s), t)[outcome]);
  }
  if (s.interim === 1) add('interim-failed', (t) => 1 - interimWon(n, strength, disputed(s), t));
  if (s.interim === 2) add('interim-title', (t) => interimWon(n, strength, disputed(s), t) * (1 - at(n.refPay, t)));
  if (s.suit > 0) add('suit-title', (t) => suitWon(n, strength, t) * (1 - at(n.suitPay, t)));
  return found;
}
