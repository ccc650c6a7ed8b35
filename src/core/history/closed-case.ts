import type { Action } from '../advice/actions.ts';
import type { Day } from '../kernel/day.ts';
import type { ClosedChoice } from './decided.ts';

/** A step of a closed case: what it cost, and what came in because the debtor paid after it and before the next. */
export interface ClosedStep {
  readonly action: Action;
  /** money advanced, cents */
  readonly costCents: bigint;
  /** own time, minutes */
  readonly minutes: number;
  /** cents received between this step and the next one */
  readonly receivedCents: bigint;
  /** days from this step to the next, or to the closing */
  readonly days?: number;
}

/** A case that is over, with its steps in order. No name: a customer is an id. */
export interface ClosedCase {
  readonly id: string;
  readonly customer?: string;
  /** a group the user compares: kind of debtor, size, trade */
  readonly segment?: string;
  /** the day it ended, and what its debtor was, when that is known */
  readonly closedOn?: Day;
  readonly debtor?: 'business' | 'consumer' | 'public';
  readonly faceCents: bigint;
  readonly steps: readonly ClosedStep[];
  /** what was chosen, and what the advice proposed then; only of cases followed in Quitus */
  readonly choices?: readonly ClosedChoice[];
}

/** A step worked when what came in after it settles the case. Of a part payment it did not. */
export function worked(of: ClosedCase, at: number): boolean {
  const step = of.steps[at];
  if (!step || step.receivedCents <= 0n) return false;
  const before = of.steps.slice(0, at).reduce((sum, s) => sum + s.receivedCents, 0n);
  return before + step.receivedCents >= of.faceCents;
}
