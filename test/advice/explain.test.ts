import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TYPES } from '#core/advice/actions.ts';
import { advise } from '#core/advice/advise.ts';
import { beliefOf, priorAt } from '#core/advice/belief.ts';
import type { AdviceClaim } from '#core/advice/claim.ts';
import { legalFactsOf, withRatesOf } from '#core/advice/legal.ts';
import { buildLibrary, planRow, scoreBatch, stepOf } from '#core/advice/library.ts';
import { DEFAULT_PARAMS, type DecisionParams, numbersOf, withUserValues } from '#core/advice/params.ts';
import { GraphCache, solveClaim } from '#core/advice/problem.ts';
import { sensitivity } from '#core/advice/sensitivity.ts';
import { newSolution, solve } from '#core/advice/solve.ts';
import { day } from '#core/kernel/day.ts';

/** What the advice says of itself: what it hangs on, what moved it, what a library of plans loses. */
const cache = new GraphCache();
const n = numbersOf(DEFAULT_PARAMS);
const SILENT: AdviceClaim = {
  principal: 800_000n,
  ageDays: 75,
  vat: { regime: 'franchise', rate: 0.2 },
  business: true,
  solvency: 'good',
  file: 2,
  history: { emails: 2, calls: 2, med: true, silent: 5, plan: 'refused' },
};

function bestWith(claim: AdviceClaim, params: DecisionParams): string {
  const answer = advise(claim, legalFactsOf(claim), params, cache);
  assert.ok(answer.ok);
  return answer.value.best;
}

test('the three numbers the advice hangs on: past each switch the best step is the one announced', () => {
  const found = sensitivity(SILENT, legalFactsOf(SILENT), DEFAULT_PARAMS, cache);
  assert.equal(found.length, 3);
  assert.equal(bestWith(SILENT, DEFAULT_PARAMS), 'IP');
  const scalars = found.filter((s) => s.switchesAt !== undefined && typeof n[s.param as 'agyFee'] === 'number');
  assert.ok(scalars.length > 0, JSON.stringify(found));
  for (const { param, now, switchesAt = 0, to } of scalars) {
    const at = (value: number): string => {
      const params = withUserValues(DEFAULT_PARAMS, { [param]: value });
      assert.ok(params.ok);
      return bestWith(SILENT, params.value);
    };
    const back = now + (switchesAt - now) * 0.98;
    assert.equal(at(back), 'IP', `${param} at ${back}`);
    assert.equal(at(switchesAt), to, `${param} at ${switchesAt}`);
    assert.notEqual(to, 'IP');
  }
});

test('the trace of a belief goes from the prior to the belief, one event at a time', () => {
  const { prior, belief, trace } = beliefOf({ ...SILENT, events: ['bouncedPayment'] }, n);
  assert.deepEqual(
    trace.map((s) => s.what),
    ['solvency', 'emails', 'calls', 'notice', 'silence', 'plan-refused', 'bouncedPayment'],
  );
  assert.deepEqual(trace[0]?.before, prior);
  assert.deepEqual(trace.at(-1)?.after, belief);
  trace.forEach((step, i) => {
    const next = trace[i + 1];
    if (next) assert.deepEqual(step.after, next.before);
    const weights = step.before.map((b, t) => b * (step.ratio[t] ?? 0));
    const total = weights.reduce((a, b) => a + b, 0);
    weights.forEach((w, t) => {
      assert.ok(Math.abs(w / total - (step.after[t] ?? 0)) < 1e-12);
    });
  });
});

test('a customer who is often late is less likely to have forgotten', () => {
  const [often, never] = [
    priorAt(10, 'unknown', { invoices: 10, late: 9 }, n),
    priorAt(10, 'unknown', { invoices: 10, late: 0 }, n),
  ];
  assert.ok((often[1] ?? 0) > (never[1] ?? 0) && (often[0] ?? 0) < (never[0] ?? 0));
});

test('where the best step gains adds up to its lead', () => {
  const answer = advise(SILENT, legalFactsOf(SILENT), DEFAULT_PARAMS, cache);
  assert.ok(answer.ok);
  const { contributions, options } = answer.value;
  const lead = Number((options[0]?.net ?? 0n) - (options[1]?.net ?? 0n)) / 100;
  assert.ok(Math.abs(contributions.reduce((a, b) => a + b, 0) - lead) < 0.02);
});

test('options add up: outlay, hours and days come from the same paths', () => {
  const answer = advise(SILENT, legalFactsOf(SILENT), DEFAULT_PARAMS, cache);
  assert.ok(answer.ok);
  const order = answer.value.options.find((o) => o.action === 'IP');
  const stop = answer.value.options.find((o) => o.action === 'WRITEOFF');
  assert.ok(order && stop);
  assert.equal(order.cashNow, 3_400n);
  assert.ok(order.outlay > 13_400n && order.hours > n.ipHours && (order.daysToMoney ?? 0) >= 90);
  assert.deepEqual([stop.outlay, stop.hours, stop.daysToMoney], [0n, n.woH, 90]);
  assert.ok(Math.abs(order.chanceOfGain + order.chanceOfLoss - 1) < 1e-9);
});

test('rates are read from the law by day; a day it does not know keeps the figures', () => {
  const now = withRatesOf(DEFAULT_PARAMS, day('2026-11-21'));
  assert.equal(now.values.lateRate.value, 0.124);
  assert.equal(now.values.lateRateB2C.value, 0.0275);
  const before = withRatesOf(DEFAULT_PARAMS, day('2024-03-01'));
  assert.equal(before.values.lateRate.value, 0.145);
  assert.equal(withRatesOf(DEFAULT_PARAMS, day('2090-01-01')).values.lateRate.value, 0.124);
});

test('a library of plans never beats the exact solution, and loses little', () => {
  const fresh: AdviceClaim = {
    ...SILENT,
    principal: 250_000n,
    ageDays: 30,
    solvency: 'unknown',
    file: 1,
    history: { emails: 1, silent: 1 },
  };
  const { graph, instance } = solveClaim(fresh, legalFactsOf(fresh), DEFAULT_PARAMS, cache);
  const samples = Array.from({ length: 120 }, (_, i) => ({
    belief: priorAt(10 + i, (['good', 'unknown', 'bad'] as const)[i % 3] ?? 'good', undefined, n),
    principal: 2_000 + 20 * i,
    ageDays: 10 + i,
  }));
  const learnt = samples.filter((_, i) => i % 2 === 0);
  const library = buildLibrary(graph, instance.permissions, learnt, 16);
  assert.ok(library.plans > 1 && library.plans <= 16);
  const scratch = newSolution(graph);
  let [exact, scored, agreed, tested] = [0, 0, 0, 0];
  for (const sample of samples.filter((_, i) => i % 2 === 1)) {
    solve(graph, { ...instance, ...sample }, scratch);
    const value = scratch.worth[0] as number;
    const row = planRow(graph, scratch);
    let again = 0;
    for (let t = 0; t < TYPES; t += 1)
      again +=
        (sample.belief[t] ?? 0) *
        ((row[t] ?? 0) + sample.principal * ((row[TYPES + t] ?? 0) + sample.ageDays * (row[2 * TYPES + t] ?? 0)));
    assert.ok(Math.abs(again - value) < 1e-6, 'the plan is affine, exactly');
    const score = scoreBatch(library, Float32Array.of(...sample.belief, sample.principal, sample.ageDays));
    const found = score.value[0] as number;
    assert.ok(found <= value + 1e-3 * Math.max(1, Math.abs(value) / 1000));
    exact += value;
    scored += found;
    tested += 1;
    if (stepOf(score.step[0] as number) === stepOf(graph.action[scratch.choice[0] as number] as number)) agreed += 1;
  }
  assert.ok((exact - scored) / exact < 0.005, `loss ${(exact - scored) / exact}`);
  assert.ok(agreed / tested > 0.9, `${agreed} of ${tested}`);
});
