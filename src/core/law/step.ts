import type { Certainty, TraceStep } from '../kernel/outcome.ts';

/** Builds the steps of one rule: its name is written once. */
export const steps =
  (rule: string) =>
  (cites: readonly string[], certainty: Certainty, says: string, values?: Readonly<Record<string, string>>): TraceStep => ({
    rule,
    cites,
    certainty,
    says,
    ...(values && { values }),
  });
