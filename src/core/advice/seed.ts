/** The seed thread's arithmetic, in closed form: to explain a threshold, and to check the full model against. */

export interface ActionFigures {
  /** euros advanced, hours of one's own, euros an hour */
  readonly cash: number;
  readonly hours: number;
  readonly rate: number;
  /** expected share of the debt recovered */
  readonly recovery: number;
  /** annual discount and months until the money comes */
  readonly discount?: number;
  readonly months?: number;
  /** late interest collected, per euro of debt, and flat indemnity collected, euros */
  readonly interest?: number;
  readonly flat?: number;
  /** costs awarded back on success, euros */
  readonly recoveredCosts?: number;
  /** share of the debt that comes back anyway once the loss is proven: the VAT */
  readonly backAnyway?: number;
}

/** The amount from which an action beats doing nothing, euros; infinite when it never does. */
export function breakEvenAmount(f: ActionFigures): number {
  const yearsAhead = (f.months ?? 0) / 12;
  const reached = (1 + (f.discount ?? 0)) ** -yearsAhead * f.recovery;
  const perEuro = reached * (1 + (f.interest ?? 0)) - reached * (f.backAnyway ?? 0);
  if (perEuro <= 0) return Number.POSITIVE_INFINITY;
  return (f.cash + f.hours * f.rate - reached * ((f.recoveredCosts ?? 0) + (f.flat ?? 0))) / perEuro;
}

/** The own time a threshold supposes, euros: what is left of the money recovered at the threshold once the cash is paid. */
export const impliedOwnTime = (threshold: number, cash: number, recovery: number): number => threshold * recovery - cash;

export interface SeedFigures {
  readonly amicableSuccess: number;
  readonly amicableHours: number;
  readonly amicableCash: number;
  readonly litigationCash: number;
  readonly litigationHours: number;
  readonly litigationRecovery: number;
  readonly hourlyRate: number;
}

/** The thread's figures, with the ten hours its 2 000 € threshold supposes. */
export const SEED_FIGURES: SeedFigures = {
  amicableSuccess: 0.4,
  amicableHours: 3,
  amicableCash: 8,
  litigationCash: 800,
  litigationHours: 10,
  litigationRecovery: 0.65,
  hourlyRate: 50,
};

export type SeedPolicy = 'amicableThenStop' | 'litigateAtOnce' | 'amicableThenLitigate';

/** The thread's two-stage tree: what each policy nets on an amount, euros, without interest or delay. */
export function seedTree(amount: number, f: SeedFigures = SEED_FIGURES): Readonly<Record<SeedPolicy, number>> {
  const amicable = amount * f.amicableSuccess - (f.amicableHours * f.hourlyRate + f.amicableCash);
  const litigation = amount * f.litigationRecovery - f.litigationCash - f.litigationHours * f.hourlyRate;
  return {
    amicableThenStop: amicable,
    litigateAtOnce: litigation,
    amicableThenLitigate: amicable + (1 - f.amicableSuccess) * litigation,
  };
}
