import { type Action, rankOf, TYPES } from './actions.ts';
import {
  contactPays,
  creditAccepted,
  fileNow,
  interimWon,
  mediationAgreed,
  orderChances,
  planAccepted,
  psrAgreed,
  reaction,
  suitWon,
  tailPays,
} from './chances.ts';
import type { FileStrength } from './claim.ts';
import { discountOf, type Numbers, type Vector } from './numbers.ts';
import { disputed, INTERIM, ORDER, PLAN, PSR, planBroken, SIGNAL, type State, TRIED } from './state.ts';

/** Money at the end of a branch, independent of the type: shares of what is owed, then fixed euros. */
export interface Settlement {
  /** share of the principal received (VAT on receipts comes off it) */
  readonly principal: number;
  /** share of the principal paid out, VAT untouched: an agency's fee */
  readonly fee: number;
  /** share of late interest and flat indemnity received */
  readonly extras: number;
  /** share of the principal whose loss is proven: its VAT comes back in the débits regime */
  readonly lost: number;
  /** euros */
  readonly fixed: number;
  /** hours spent then */
  readonly hours: number;
  /** euros advanced on the way, already inside `fixed`: for the account of what was at risk */
  readonly advanced: number;
}

/** One thing a step may lead to. */
export interface Branch {
  readonly steps: number;
  /** chance by type */
  readonly chance: Vector;
  /** the end, with its money at the end of the branch; or the next state */
  readonly end?: Settlement;
  readonly next?: Partial<State>;
  /** money of a branch that goes on, at its end: fixed euros, and a share of the whole principal */
  readonly cash?: { readonly fixed: number; readonly principal: number; readonly advanced: number };
}

/** A step: what it costs at once, and where it may lead. The chances of the branches sum to 1 for each type. */
export interface Step {
  readonly cash: number;
  readonly hours: number;
  /** cash that later branches will ask for (service of an order): counts towards the user's limit */
  readonly later: number;
  readonly branches: readonly Branch[];
}

const NOTHING: Settlement = { principal: 0, fee: 0, extras: 0, lost: 0, fixed: 0, hours: 0, advanced: 0 };
const paid = (over: Partial<Settlement>): Settlement => ({ ...NOTHING, principal: 1, ...over });
const vector = (of: (type: number) => number): Vector => Array.from({ length: TYPES }, (_, type) => of(type));

/** Steps by action and by the few facts that change them, built once for a set of numbers and a file. */
export class StepBook {
  readonly #known = new Map<number, Step>();
  readonly #n: Numbers;
  readonly #file: FileStrength;

  constructor(numbers: Numbers, file: FileStrength) {
    this.#n = numbers;
    this.#file = file;
  }

  /** The step from a state. What the key holds is all that a step depends on. */
  step(action: Action, s: State): Step {
    const key = rankOf(action) | (variant(action, s) << 4) | (fileNow(this.#file, s) << 12);
    const known = this.#known.get(key);
    if (known) return known;
    const built = build(action, s, this.#n, fileNow(this.#file, s));
    this.#known.set(key, built);
    return built;
  }
}

/** What of the state a step's chances and money depend on, in eight bits. */
function variant(action: Action, s: State): number {
  const answer = s.signal === SIGNAL.none ? s.silent : 7;
  switch (action) {
    case 'EMAIL':
      return s.emails | (answer << 3);
    case 'CALL':
      return s.calls | (answer << 3);
    case 'MED':
      return answer;
    case 'PLAN':
    case 'PSR':
      return s.signal === SIGNAL.none ? 1 : 0;
    case 'CREDIT':
    case 'MEDIATION':
      return s.notice;
    case 'IP':
    case 'REFERE':
      return disputed(s) ? 1 : 0;
    case 'SUIT':
      return s.order === ORDER.opposed ? 1 : 0;
    case 'ENFORCE':
      return s.suit ? 2 : s.interim ? 1 : 0;
    case 'WAIT':
    case 'AGENCY':
    case 'DECLARE':
    case 'WRITEOFF':
      return 0;
  }
}

function build(action: Action, s: State, n: Numbers, file: FileStrength): Step {
  const d = discountOf(n);
  switch (action) {
    case 'EMAIL':
      return contact(n, s, { cash: 0, hours: n.eH }, (t) => contactPays(n, n.pE, s.emails, t));
    case 'CALL':
      return contact(n, s, { cash: 0, hours: n.cH }, (t) => contactPays(n, n.pC, s.calls, t));
    case 'MED':
      return contact(n, s, { cash: n.medCash, hours: n.medH }, (t) => contactPays(n, n.pM, 0, t));
    case 'WAIT':
      return tryOnce({ cash: 0, hours: 0 }, 1, (t) => n.pW[t] ?? 0, paid({ extras: n.kAmi }));
    case 'PLAN':
      return plan(n, s, d);
    case 'CREDIT':
      return tryOnce(
        { cash: 0, hours: n.credHours },
        n.credSteps,
        (t) => creditAccepted(n, s.notice === 1, t),
        paid({ principal: 1 - n.credShare }),
      );
    case 'MEDIATION':
      return tryOnce(
        { cash: n.mdnCash, hours: n.mdnHours },
        n.mdnSteps,
        (t) => mediationAgreed(n, s.notice === 1, t),
        paid({ principal: n.mdnShare }),
      );
    case 'AGENCY':
      return tryOnce({ cash: 0, hours: n.agyHours }, n.agySteps, (t) => n.agyAcc[t] ?? 0, paid({ fee: n.agyFee }));
    case 'PSR':
      return tryOnce(
        { cash: n.psrCash, hours: n.psrHours },
        n.psrSteps,
        (t) => psrAgreed(n, s.signal === SIGNAL.none, t),
        paid({ extras: n.kPsr }),
      );
    case 'IP':
      return paymentOrder(n, s, file, d);
    case 'REFERE':
      return interim(n, s, file);
    case 'SUIT':
      return suit(n, s, file);
    case 'ENFORCE':
      return enforce(n, s);
    case 'WRITEOFF':
      return stop(n);
    case 'DECLARE':
      throw new TypeError('a claim is declared only once an insolvency is published: that needs no tree');
  }
}

type Price = { readonly cash: number; readonly hours: number };

function contact(n: Numbers, s: State, price: Price, pays: (type: number) => number): Step {
  const end: Branch = { steps: 1, chance: vector(pays), end: paid({ extras: n.kAmi }) };
  if (s.signal !== SIGNAL.none)
    return { ...price, later: 0, branches: [end, { steps: 1, chance: vector((t) => 1 - pays(t)), next: {} }] };
  const answers = [SIGNAL.none, SIGNAL.promise, SIGNAL.dispute].map(
    (kind): Branch => ({
      steps: 1,
      chance: vector((t) => (1 - pays(t)) * reaction(n, s.silent, kind, t)),
      next: kind === SIGNAL.none ? { silent: s.silent + 1 } : { signal: kind },
    }),
  );
  return { ...price, later: 0, branches: [end, ...answers] };
}

function tryOnce(price: Price, steps: number, works: (type: number) => number, end: Settlement): Step {
  return {
    ...price,
    later: 0,
    branches: [
      { steps, chance: vector(works), end },
      { steps, chance: vector((t) => 1 - works(t)), next: {} },
    ],
  };
}

function plan(n: Numbers, s: State, d: number): Step {
  const silent = s.signal === SIGNAL.none;
  const accepts = (t: number): number => planAccepted(n, silent, t);
  const keeps = (t: number): number => n.planDone[t] ?? 0;
  const steps = n.planN * n.planPace;
  // Each instalment is worth what it was worth on its day, brought to the end of the plan.
  let worth = 0;
  for (let j = 1; j <= n.planN; j += 1) worth += d ** (j * n.planPace - steps) / n.planN;
  return {
    cash: 0,
    hours: n.planH,
    later: 0,
    branches: [
      { steps, chance: vector((t) => accepts(t) * keeps(t)), end: paid({ principal: worth }) },
      {
        steps: n.planBrokenSteps,
        chance: vector((t) => accepts(t) * (1 - keeps(t))),
        next: { plan: silent ? PLAN.brokenSilent : PLAN.brokenAnswered },
        cash: { fixed: 0, principal: d ** (n.planPace - n.planBrokenSteps) / n.planN, advanced: 0 },
      },
      {
        steps: 1,
        chance: vector((t) => 1 - accepts(t)),
        next: { plan: silent ? PLAN.refusedSilent : PLAN.refusedAnswered },
      },
    ],
  };
}

function paymentOrder(n: Numbers, s: State, file: FileStrength, d: number): Step {
  const of = (t: number) => orderChances(n, file, disputed(s), t);
  const serve = -n.ipServe * d ** (n.ipServeStep - n.ipSteps);
  const back = n.costBack * (n.ipFile + n.ipServe);
  const served = { fixed: serve, principal: 0, advanced: n.ipServe };
  return {
    cash: n.ipFile,
    hours: n.ipHours,
    later: n.ipServe,
    branches: [
      {
        steps: n.ipSteps,
        chance: vector((t) => of(t).paid),
        end: paid({ extras: n.kJud, fixed: back + serve, advanced: n.ipServe }),
      },
      { steps: n.ipRejectedSteps, chance: vector((t) => of(t).rejected), next: { order: ORDER.rejected } },
      { steps: n.ipSteps, chance: vector((t) => of(t).opposed), next: { order: ORDER.opposed }, cash: served },
      { steps: n.ipSteps, chance: vector((t) => of(t).title), next: { order: ORDER.title }, cash: served },
    ],
  };
}

function interim(n: Numbers, s: State, file: FileStrength): Step {
  const won = (t: number): number => interimWon(n, file, disputed(s), t);
  const pays = (t: number): number => n.refPay[t] ?? 0;
  return {
    cash: n.refCash,
    hours: n.refHours,
    later: 0,
    branches: [
      { steps: n.refSteps, chance: vector((t) => won(t) * pays(t)), end: paid({ extras: n.kJud, fixed: n.refAward }) },
      { steps: n.refSteps, chance: vector((t) => 1 - won(t)), next: { interim: 1 } },
      { steps: n.refSteps, chance: vector((t) => won(t) * (1 - pays(t))), next: { interim: 2 } },
    ],
  };
}

function suit(n: Numbers, s: State, file: FileStrength): Step {
  const opposed = s.order === ORDER.opposed;
  const steps = opposed ? n.suitStepsOpp : n.suitSteps;
  const won = (t: number): number => suitWon(n, file, t);
  const pays = (t: number): number => n.suitPay[t] ?? 0;
  return {
    cash: opposed ? n.suitCashOpp : n.suitCash,
    hours: opposed ? n.suitHoursOpp : n.suitHours,
    later: n.suitLose,
    branches: [
      { steps, chance: vector((t) => won(t) * pays(t)), end: paid({ extras: n.kJud, fixed: n.suitAward }) },
      { steps, chance: vector((t) => 1 - won(t)), end: { ...NOTHING, fixed: -n.suitLose, advanced: n.suitLose } },
      { steps, chance: vector((t) => won(t) * (1 - pays(t))), next: { suit: 1 } },
    ],
  };
}

function enforce(n: Numbers, s: State): Step {
  const awarded = s.suit ? n.suitAward : s.interim === INTERIM.title ? n.refAward : n.costBack * (n.ipFile + n.ipServe);
  const full = (t: number): number => n.enfFull[t] ?? 0;
  const half = (t: number): number => n.enfHalf[t] ?? 0;
  const steps = n.enfSteps;
  return {
    cash: n.enfCash,
    hours: n.enfHours,
    later: 0,
    branches: [
      { steps, chance: vector(full), end: paid({ extras: n.kJud, fixed: awarded + n.costBack * n.enfCash }) },
      { steps, chance: vector(half), end: { ...NOTHING, principal: 0.5, lost: 0.5 } },
      { steps, chance: vector((t) => 1 - full(t) - half(t)), end: { ...NOTHING, lost: 1, hours: n.woH } },
    ],
  };
}

/** Giving up: money may still come by itself. */
function stop(n: Numbers): Step {
  const comes = (t: number): number => tailPays(n, t);
  return {
    cash: 0,
    hours: n.woH,
    later: 0,
    branches: [
      { steps: n.tailPaidSteps, chance: vector(comes), end: paid({}) },
      { steps: 0, chance: vector((t) => 1 - comes(t)), end: NOTHING },
    ],
  };
}

/** The state after a branch that goes on. Each step leaves its own mark; the branch adds what it found out. */
export function after(action: Action, s: State, branch: Branch): State {
  const mark = s.notice ? TRIED.afterNotice : TRIED.beforeNotice;
  const own: Partial<State> =
    action === 'EMAIL'
      ? { emails: s.emails + 1 }
      : action === 'CALL'
        ? { calls: s.calls + 1 }
        : action === 'WAIT'
          ? { waits: s.waits + 1 }
          : action === 'MED'
            ? { notice: 1 }
            : action === 'CREDIT'
              ? { credit: mark }
              : action === 'MEDIATION'
                ? { mediation: mark }
                : action === 'AGENCY'
                  ? { agency: 1 }
                  : action === 'PSR'
                    ? { psr: s.signal === SIGNAL.none ? PSR.silent : PSR.answered }
                    : {};
  return { ...s, ...own, ...branch.next };
}

/** What is left of the principal in a state, as a share: a broken plan has paid one instalment. */
export const principalLeft = (n: Numbers, s: State): number => (planBroken(s) ? (n.planN - 1) / n.planN : 1);
