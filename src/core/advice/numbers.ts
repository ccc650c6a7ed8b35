/** One number per debtor type, in the order of DEBTOR_TYPES. */
export type Vector = readonly number[];
/** One number for a weak, a medium and a strong file. */
export type ByFile = readonly [number, number, number];

/**
 * Every number of the model, bare, for the solver. Money in euros, rates and probabilities as fractions, durations in steps
 * of `stepDays`. What each means, its grade and its source are in `defaults.ts`; this is only its shape.
 */
export interface Numbers {
  readonly stepDays: number;
  readonly discountAnnual: number;
  readonly hourlyRate: number;
  readonly prior0: Vector;
  readonly gMonth: Vector;
  readonly lamMonth: Vector;
  readonly pE: Vector;
  readonly pC: Vector;
  readonly pM: Vector;
  readonly pW: Vector;
  readonly decay: number;
  readonly qStick: number;
  /** by type: silence, promise, dispute */
  readonly q: readonly Vector[];
  readonly planAcc: Vector;
  readonly planSilent: number;
  readonly planDone: Vector;
  readonly planN: number;
  readonly planPace: number;
  readonly planBrokenSteps: number;
  readonly credAcc: Vector;
  readonly credShare: number;
  readonly credHours: number;
  readonly credSteps: number;
  readonly mdnAcc: Vector;
  readonly mdnShare: number;
  readonly mdnHours: number;
  readonly mdnCash: number;
  readonly mdnSteps: number;
  readonly agyAcc: Vector;
  readonly agyFee: number;
  readonly agySteps: number;
  readonly agyHours: number;
  readonly psrAcc: Vector;
  readonly psrSilent: number;
  readonly psrCash: number;
  readonly psrHours: number;
  readonly psrSteps: number;
  readonly ipAcc: ByFile;
  readonly ipFile: number;
  readonly ipServe: number;
  readonly ipHours: number;
  readonly ipPay: Vector;
  readonly ipOpp: Vector;
  readonly ipDisputeFactor: number;
  readonly ipDisputeOpp: number;
  readonly ipRejectedSteps: number;
  readonly ipServeStep: number;
  readonly ipSteps: number;
  readonly ipServiceDays: number;
  readonly refWin: ByFile;
  readonly refWinDispute: number;
  readonly refCash: number;
  readonly refHours: number;
  readonly refPay: Vector;
  readonly refAward: number;
  readonly refSteps: number;
  readonly suitWin: ByFile;
  readonly suitWinD: ByFile;
  readonly suitWinB: ByFile;
  readonly suitCash: number;
  readonly suitCashOpp: number;
  readonly suitHours: number;
  readonly suitHoursOpp: number;
  readonly suitAward: number;
  readonly suitLose: number;
  readonly suitSteps: number;
  readonly suitStepsOpp: number;
  readonly suitPay: Vector;
  readonly enfFull: Vector;
  readonly enfHalf: Vector;
  readonly enfCash: number;
  readonly enfHours: number;
  readonly enfSteps: number;
  readonly tail: number;
  readonly tailSteps: number;
  readonly tailPaidSteps: number;
  readonly harden: number;
  readonly waitMaxAge: number;
  readonly eH: number;
  readonly cH: number;
  readonly medCash: number;
  readonly medH: number;
  readonly planH: number;
  readonly woH: number;
  readonly declH: number;
  readonly costBack: number;
  readonly kAmi: number;
  readonly kJud: number;
  readonly kPsr: number;
  readonly lateRate: number;
  readonly lateRateB2C: number;
  readonly flat40: number;
  readonly dividend: number;
  readonly dividendYears: number;
  readonly solvencyGood: Vector;
  readonly solvencyFragile: Vector;
  readonly solvencyBad: Vector;
  readonly kappaAction: number;
  readonly kappaCustomer: number;
  /** what a solvency report says of each type: good, middling, bad */
  readonly checkGood: Vector;
  readonly checkMiddling: Vector;
  readonly checkBad: Vector;
}

export type ParamId = keyof Numbers;

/** The discount factor of one step. */
export const discountOf = (n: Pick<Numbers, 'discountAnnual' | 'stepDays'>): number =>
  (1 + n.discountAnnual) ** (-n.stepDays / 365);

/** The mean length of a month, in days, by which monthly hazards become daily. */
export const MONTH_DAYS = 30.4;

/** Survival without a published insolvency over k steps, by type; each k computed once. */
export function survival(n: Pick<Numbers, 'lamMonth' | 'stepDays'>): (steps: number) => Vector {
  const known: Vector[] = [];
  return (steps) => {
    known[steps] ??= n.lamMonth.map((hazard) => Math.exp((-hazard * steps * n.stepDays) / MONTH_DAYS));
    return known[steps];
  };
}
