import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DEBTOR_TYPES } from '#core/advice/actions.ts';
import { advise } from '#core/advice/advise.ts';
import { beliefOf, priorAt } from '#core/advice/belief.ts';
import { breakEven } from '#core/advice/break-even.ts';
import { tieBand } from '#core/advice/decision.ts';
import { EVENT_RATIOS } from '#core/advice/events.ts';
import { betaBinomial } from '#core/advice/learning.ts';
import { discountOf } from '#core/advice/numbers.ts';
import { DEFAULT_PARAMS, numbersOf } from '#core/advice/params.ts';
import { GraphCache, solveClaim } from '#core/advice/problem.ts';
import { breakEvenAmount, impliedOwnTime, seedTree } from '#core/advice/seed.ts';
import { SMALL_CLAIMS_CEILING } from '#core/law/procedures.ts';
import { readClaim } from '#modules/advice/claim-form.ts';
import { decisionJson } from '#modules/advice/decision-view.ts';
import { amicableShare } from './amicable.ts';
import { ABSENT, cases, type Scenario } from './cases.ts';

/*
 * Every worked case of the decision model, by id, as programs ask it: the claim goes through the form of `quitus advise --json`
 * and the answer through its view. Nothing expected is known to the product.
 */
const n = numbersOf(DEFAULT_PARAMS);
const cache = new GraphCache();
const near = (got: number, expected: number, what: string): void =>
  assert.ok(Math.abs(got - expected) <= Math.max(0.02, 1e-6 * Math.abs(expected)), `${what}: ${got}, expected ${expected}`);
/** Probabilities are written with four decimals. */
const sameBelief = (got: readonly number[], expected: Readonly<Record<string, number>>): void =>
  DEBTOR_TYPES.forEach((type, i) => {
    assert.ok(Math.abs((got[i] ?? 0) - (expected[type] ?? 0)) <= 6e-5, `${type}: ${got[i]}, expected ${expected[type]}`);
  });

function asked(value: unknown) {
  const read = readClaim(value);
  assert.ok(read.ok, read.ok ? '' : read.refusal.message);
  return read.value;
}

function answer(claim: unknown): Record<string, unknown> {
  const { claim: facts, legal, params } = asked(claim);
  const decided = advise(facts, legal, params, cache);
  assert.ok(decided.ok, decided.ok ? '' : decided.refusal.message);
  return decisionJson(decided.value) as Record<string, unknown>;
}

if (!cases) test('oracles of the advice', (t) => t.skip(ABSENT));
else {
  const all = cases;

  test('params: our defaults are the machine-readable copy, figure by figure', () => {
    for (const [id, value] of Object.entries(all.params)) {
      if (id === 'psrMax') assert.equal(SMALL_CLAIMS_CEILING.cents, BigInt(Number(value) * 100), id);
      else assert.deepEqual((n as unknown as Record<string, unknown>)[id], value, id);
    }
    assert.ok(Object.keys(all.params).length > 80);
  });

  test('params: the likelihood ratios of events, event by event', () => {
    assert.deepEqual(all.eventLikelihoodRatios.order, [...DEBTOR_TYPES]);
    assert.deepEqual(EVENT_RATIOS, all.eventLikelihoodRatios.table);
  });

  describe('closed forms', () => {
    const own: Readonly<Record<string, () => number>> = {
      C09: () => (1000 * n.lateRate * 90) / 365,
      C10: () => discountOf(n),
      C11: () => amicableShare(n),
      C12: () => betaBinomial(0.4, n.kappaAction, 12, 20).mean,
      C13: () => betaBinomial(0.4, n.kappaAction, 3, 40).mean,
      C14: () => betaBinomial(0.355, n.kappaCustomer, 4, 5).mean,
    };
    for (const { id, name, inputs, expected } of all.closedForm) {
      test(`${id} ${name}`, () => {
        const { cash = 0, hours = 0, rate = 0, recovery = 0, threshold, amount, ...rest } = inputs ?? {};
        const got =
          own[id]?.() ??
          (threshold !== undefined
            ? impliedOwnTime(threshold, cash, recovery)
            : amount !== undefined
              ? amount * recovery - cash
              : breakEvenAmount({ cash, hours, rate, recovery, ...rest }));
        const digits = id === 'C10' ? 1e-8 : id === 'C11' ? 5e-4 : ['C12', 'C13', 'C14'].includes(id) ? 1e-6 : 0.005;
        assert.ok(Math.abs(got - expected) <= digits + 1e-12, `${got}, expected ${expected}`);
      });
    }
  });

  describe('the seed’s tree', () => {
    for (const row of all.seedTree.rows) {
      test(`${row.amount} €`, () => {
        const tree = seedTree(row.amount as number);
        for (const policy of ['amicableThenStop', 'litigateAtOnce', 'amicableThenLitigate'] as const)
          assert.ok(Math.abs(tree[policy] - (row[policy] as number)) < 1e-9, policy);
        const ranked = Object.entries(tree).sort((a, b) => b[1] - a[1]);
        const [first, second] = ranked;
        const best =
          (first?.[1] ?? 0) <= 0
            ? 'STOP'
            : Math.abs((first?.[1] ?? 0) - (second?.[1] ?? 0)) < 1e-9
              ? 'TIE amicableThenStop = amicableThenLitigate'
              : first?.[0];
        assert.equal(best, row.best);
      });
    }
  });

  describe('beliefs', () => {
    for (const { ageDays, belief } of all.priors)
      test(`prior at ${ageDays} days`, () => sameBelief(priorAt(ageDays, 'unknown', undefined, n), belief));
    for (const { name, claim, belief } of all.beliefs)
      test(name, () => sameBelief(beliefOf(asked(claim).claim, n).belief, belief));
    for (const { name, claim, events, belief } of all.eventBeliefs)
      test(name, () => sameBelief(beliefOf(asked({ amount: 1000, ...claim, events }).claim, n).belief, belief));
  });

  describe('break-even after amicable failure', () => {
    for (const row of all.breakEvenAfterAmicableFailure) {
      test(`${row.solvency}, file ${row.evidence}`, () => {
        const { claim, legal, params } = asked({
          amount: 3000,
          ageDays: 45,
          solvency: row.solvency,
          evidence: row.evidence,
          hist: { emails: 2, calls: 1, med: true, silent: 4 },
        });
        for (const action of ['IP', 'REFERE', 'SUIT'] as const) {
          const got = breakEven(action, solveClaim(claim, legal, params, cache), legal, params, cache);
          assert.ok(
            typeof got === 'bigint' && Math.abs(Number(got) / 100 - row[action]) <= 0.6,
            `${action}: ${got}, expected ${row[action]} €`,
          );
        }
      });
    }
  });

  describe('scenarios', () => {
    for (const scenario of all.scenarios) test(`${scenario.id} ${scenario.name}`, () => checkScenario(scenario));
  });

  test('a changed figure fails', () => {
    const scenario = all.scenarios.find(({ id }) => id === 'S06');
    assert.ok(scenario);
    assert.throws(() => checkScenario({ ...scenario, q: { ...scenario.q, IP: (scenario.q.IP ?? 0) + 0.05 } }), /q.IP/);
    assert.throws(() => checkScenario({ ...scenario, p50: scenario.p50 + 0.05 }), /p50/);
    assert.throws(() => checkScenario({ ...scenario, claim: { ...scenario.claim, amount: scenario.claim.amount + 1 } }));
  });

  test('the registered notice pays from 274 €, after two mails and a call', () => {
    const { claim, legal, params } = asked({ amount: 1000, ageDays: 45, hist: { emails: 2, calls: 1, silent: 3 } });
    const got = breakEven('MED', solveClaim(claim, legal, params, cache), legal, params, cache);
    assert.ok(typeof got === 'bigint' && Math.abs(Number(got) / 100 - 274) < 0.5, String(got));
  });

  test('a solvency check is worth nothing where the step is clear, and most in between', () => {
    const worth = (amount: number): unknown =>
      answer({ amount, ageDays: 75, hist: { emails: 2, calls: 2, med: true, silent: 5, plan: 'refused' } }).evsi;
    assert.deepEqual([500, 800, 1500, 3000, 8000, 20000].map(worth), [0, 31, 66.66, 29.39, 50.43, 0]);
  });
}

function checkScenario(scenario: Scenario): void {
  const got = answer(scenario.claim);
  const q = got.q as Record<string, number>;
  assert.deepEqual(Object.keys(q).sort(), Object.keys(scenario.q).sort(), 'the options allowed');
  for (const [action, expected] of Object.entries(scenario.q)) near(q[action] ?? Number.NaN, expected, `q.${action}`);
  for (const key of ['value', 'p10', 'p50', 'p90', 'evpi'] as const) near(got[key] as number, scenario[key], key);
  assert.ok(Math.abs((got.pPositive as number) - scenario.pPositive) <= 0.0051, `pPositive: ${String(got.pPositive)}`);
  sameBelief(Object.values(got.belief as Record<string, number>), scenario.belief);
  const [first = 0, second = 0] = Object.values(scenario.q).sort((a, b) => b - a);
  const band = Number(tieBand(BigInt(Math.round(scenario.claim.amount * 100)))) / 100;
  if (first - second >= band) assert.equal(got.best, scenario.best);
  else assert.ok((got.tie as string[]).includes(scenario.best), `tie ${String(got.tie)}`);
  assert.deepEqual(got.course, scenario.course);
}
