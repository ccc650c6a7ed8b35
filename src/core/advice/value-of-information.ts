import type { Vector } from './numbers.ts';
import { type Problem, valueAt } from './problem.ts';
import { newSolution, solveByType } from './solve.ts';

/** What knowing the type of the debtor for sure would be worth, euros: never negative. */
export function perfectInformation(problem: Problem): number {
  const { belief } = problem.belief;
  const sure = solveByType(problem.graph, problem.instance, problem.solved);
  const informed = belief.reduce((sum, b, t) => (b > 0 ? sum + b * (sure[t] as number) : sum), 0);
  return Math.max(0, informed - (problem.solved.worth[0] as number));
}

/**
 * What a test is worth before its price, euros: the mean of the best values after each result, less the value without it.
 * `results` holds the chance of each result by type; for each type they sum to 1.
 */
export function testInformation(problem: Problem, results: readonly Vector[]): number {
  const scratch = newSolution(problem.graph);
  const { belief } = problem.belief;
  let informed = 0;
  for (const result of results) {
    // An unnormalised belief gives an unnormalised value: the chance of the result is inside it.
    const joint = belief.map((b, t) => b * (result[t] ?? 0));
    if (joint.some((x) => x > 0)) informed += valueAt(problem, joint, scratch);
  }
  return Math.max(0, informed - (problem.solved.worth[0] as number));
}

/** What a solvency report is worth before its price, euros. */
export const solvencyCheck = (problem: Problem): number =>
  testInformation(problem, [problem.numbers.checkGood, problem.numbers.checkMiddling, problem.numbers.checkBad]);
