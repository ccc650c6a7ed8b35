import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AdviceClaim } from '#core/advice/claim.ts';
import { legalFactsOf } from '#core/advice/legal.ts';
import { insolvencyWorth, settle, worthOf } from '#core/advice/money.ts';
import { MONTH_DAYS } from '#core/advice/numbers.ts';
import { after, principalLeft } from '#core/advice/outcomes.ts';
import { DEFAULT_PARAMS } from '#core/advice/params.ts';
import { chosenIn, distributionOf, pathsOf } from '#core/advice/paths.ts';
import { GraphCache, type Problem, solveClaim } from '#core/advice/problem.ts';
import { pack, unpack } from '#core/advice/state.ts';

/** A sampler that knows no mixture: it draws who the debtor is, then lives one story at a time. */
const RUNS = 40_000;

function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function pick(chances: readonly number[], x: number): number {
  let left = x;
  for (let i = 0; i < chances.length; i += 1) {
    left -= chances[i] ?? 0;
    if (left < 0) return i;
  }
  return chances.length - 1;
}

/** The net of one story, euros of today. */
function story({ graph, solved, belief, money }: Problem, random: () => number): number {
  const n = graph.numbers;
  const type = pick(belief.belief, random());
  const today = (days: number): number => (1 + n.discountAnnual) ** (-days / 365);
  let s = unpack(graph.codes[0] as number);
  let days = 0;
  let net = 0;
  for (;;) {
    const action = chosenIn(graph, solved, pack(s));
    assert.ok(action);
    const step = graph.book.step(action, s);
    net -= (step.cash + step.hours * n.hourlyRate) * today(days);
    const branch =
      step.branches[
        pick(
          step.branches.map(({ chance }) => chance[type] ?? 0),
          random(),
        )
      ];
    assert.ok(branch);
    days += branch.steps * n.stepDays;
    if (branch.end)
      return net + today(days) * worthOf(settle(branch.end, principalLeft(n, s), days / n.stepDays, n, money), money);
    const cash = branch.cash ? branch.cash.fixed + branch.cash.principal * money.kept * money.principal : 0;
    net += today(days) * cash;
    s = after(action, s, branch);
    const hazard = ((n.lamMonth[type] ?? 0) * branch.steps * n.stepDays) / MONTH_DAYS;
    if (random() > Math.exp(-hazard))
      return net + today(days) * worthOf(insolvencyWorth(principalLeft(n, s), n, money).worth, money);
  }
}

const base = { vat: { regime: 'franchise', rate: 0.2 }, business: true, solvency: 'unknown', file: 1 } as const;
const claims: readonly (AdviceClaim & { readonly name: string })[] = [
  { ...base, name: '8 000 € at 45 days', principal: 800_000n, ageDays: 45, history: {} },
  { ...base, name: '1 200 € at 30 days', principal: 120_000n, ageDays: 30, history: {} },
  { ...base, name: '2 000 € in dispute', principal: 200_000n, ageDays: 40, history: { emails: 1, signal: 'dispute' } },
  {
    ...base,
    name: '2 400 €, VAT on débits',
    principal: 240_000n,
    ageDays: 45,
    history: {},
    vat: { regime: 'debits', rate: 0.2 },
  },
];

for (const { name, ...claim } of claims) {
  test(`Monte Carlo: ${name}, within 2.6 standard errors; the quantiles too`, (t) => {
    const problem = solveClaim(claim, legalFactsOf(claim), DEFAULT_PARAMS, new GraphCache());
    const first = chosenIn(problem.graph, problem.solved, problem.graph.codes[0] as number);
    assert.ok(first);
    const exact = distributionOf(pathsOf(problem.graph, problem.solved, problem.belief.belief, problem.money, first));
    const random = generator(7);
    const nets = Float64Array.from({ length: RUNS }, () => story(problem, random)).sort();
    const mean = nets.reduce((a, b) => a + b, 0) / RUNS;
    const variance = nets.reduce((a, b) => a + (b - mean) ** 2, 0) / (RUNS - 1);
    const error = Math.sqrt(variance / RUNS);
    const value = problem.solved.worth[0] as number;
    t.diagnostic(`value ${value.toFixed(2)}, sampled ${mean.toFixed(2)} ± ${error.toFixed(2)}`);
    assert.ok(Math.abs(mean - value) < 2.6 * error, `${mean} against ${value}, error ${error}`);
    for (const [at, expected] of [
      [0.1, exact.p10],
      [0.5, exact.p50],
      [0.9, exact.p90],
    ] as const) {
      // Where the exact chance of ending at or below lies within the sampling error of the quantile, either side may be drawn.
      const below = nets.filter((x) => x < expected - 0.005).length / RUNS;
      const upTo = nets.filter((x) => x <= expected + 0.005).length / RUNS;
      const slack = 3 * Math.sqrt((at * (1 - at)) / RUNS);
      assert.ok(below <= at + slack && upTo >= at - slack, `quantile ${at}: ${below} < ${at} <= ${upTo} at ${expected}`);
    }
  });
}
