import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { advise } from '#core/advice/advise.ts';
import type { AdviceClaim } from '#core/advice/claim.ts';
import { tieBand } from '#core/advice/decision.ts';
import { gateSignature, lawGate } from '#core/advice/gate.ts';
import { legalFactsOf } from '#core/advice/legal.ts';
import { buildLibrary, planHours } from '#core/advice/library.ts';
import { DEFAULT_PARAMS, numbersOf } from '#core/advice/params.ts';
import { distributionOf, pathsOf } from '#core/advice/paths.ts';
import { PortfolioScorer, perHour, type Scored } from '#core/advice/portfolio.ts';
import { GraphCache, gateFactsOf, solveClaim } from '#core/advice/problem.ts';
import { permissionsOf } from '#core/advice/solve.ts';
import { HARSH, weigh } from '#core/advice/weigh.ts';
import { claims, lateClaims } from './random-claims.ts';

const cache = new GraphCache(64);
const n = numbersOf(DEFAULT_PARAMS);

function scored(all: readonly AdviceClaim[], exactAtMost: number): readonly (Scored | undefined)[] {
  const scorer = new PortfolioScorer(DEFAULT_PARAMS, cache, exactAtMost);
  scorer.add(all.map((claim) => ({ claim, legal: legalFactsOf(claim) })));
  const steps = scorer.finish();
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

test('weighing is advising without the words: same step, same value, same hours', () => {
  fc.assert(
    fc.property(lateClaims, fc.option(fc.bigInt({ min: 0n, max: 300_000n })), (claim, loss) => {
      const capped = loss === null ? claim : { ...claim, caps: { loss } };
      const legal = legalFactsOf(capped);
      const answer = advise(capped, legal, DEFAULT_PARAMS, cache);
      const weight = weigh({ claim: capped, legal }, DEFAULT_PARAMS, cache);
      assert.ok(answer.ok && weight);
      const { proposed, value, options } = answer.value;
      assert.deepEqual([weight.proposed, weight.value], [proposed, value]);
      assert.equal(weight.hours, options.find((o) => o.action === proposed)?.hours);
      assert.equal(weight.stop, options.find((o) => o.action === 'WRITEOFF')?.net);
    }),
    { numRuns: 25 },
  );
});

test('two claims with the same signature have the same permissions, every day of the horizon', () => {
  const seen = new Map<string, Uint8Array>();
  let met = 0;
  fc.assert(
    fc.property(lateClaims, fc.integer({ min: -20, max: 900 }), fc.boolean(), fc.boolean(), (claim, bar, known, vulnerable) => {
      const asked = { ...claim, vulnerable, forbid: [] };
      const legal = { ...legalFactsOf(asked) };
      const dated = {
        on: legal.on,
        ...(legal.creditor && { creditor: legal.creditor }),
        ...(legal.debtor && { debtor: legal.debtor }),
      };
      const facts = gateFactsOf(asked, known ? { ...dated, daysToBar: bar } : dated, n);
      const gate = lawGate(facts);
      const { graph } = solveClaim(asked, legal, DEFAULT_PARAMS, cache);
      const key = `${graph.longest}|${gateSignature(gate, facts, n.stepDays, graph.longest)}`;
      const table = permissionsOf(graph, gate);
      const before = seen.get(key);
      if (before) {
        met += 1;
        assert.deepEqual(table, before, key);
      }
      seen.set(key, table);
    }),
    { numRuns: 400 },
  );
  assert.ok(met > 50, `only ${met} met twice`);
});

test('the hours of a plan are those of its paths', () => {
  fc.assert(
    fc.property(lateClaims, (claim) => {
      const { graph, solved, belief, money, instance } = solveClaim(claim, legalFactsOf(claim), DEFAULT_PARAMS, cache);
      const best = buildLibrary(graph, instance.permissions, [instance], 1);
      const hours = planHours(graph, solved).reduce((sum, h, t) => sum + h * (belief.belief[t] ?? 0), 0);
      const decision = advise(claim, legalFactsOf(claim), DEFAULT_PARAMS, cache);
      assert.ok(decision.ok && best.plans === 1);
      const exact = distributionOf(pathsOf(graph, solved, belief.belief, money, decision.value.best)).hours;
      assert.ok(Math.abs(hours - exact) < 1e-9, `${hours} ${exact}`);
    }),
    { numRuns: 25 },
  );
});

test('a portfolio scored by libraries: never above the exact value, close to it, and the top solved exactly', () => {
  const all = fc.sample(claims, { numRuns: 240, seed: 5 });
  // Ten of each kind, so that groups have claims that taught nothing.
  const many = all.slice(0, 12).flatMap((claim) =>
    Array.from({ length: 60 }, (_, i) => ({
      ...claim,
      principal: claim.principal + BigInt(i * 1_700),
      ageDays: claim.ageDays + (i % 9),
    })),
  );
  const found = scored(many, 50);
  assert.equal(found.length, many.length);
  let [value, lost, agreed, approximate] = [0, 0, 0, 0];
  many.forEach((claim, i) => {
    const quick = found[i];
    const exact = weigh({ claim, legal: legalFactsOf(claim) }, DEFAULT_PARAMS, cache);
    assert.ok(quick && exact);
    if (quick.exact) {
      assert.deepEqual({ ...exact, exact: true }, quick);
      return;
    }
    approximate += 1;
    assert.ok(quick.value <= exact.value + 1n && quick.value >= quick.stop, `${quick.value} over ${exact.value}`);
    assert.ok(quick.stop - exact.stop <= 1n && exact.stop - quick.stop <= 1n);
    value += Number(exact.value);
    lost += Number(exact.value - quick.value);
    if (quick.proposed === exact.proposed) agreed += 1;
    assert.ok(exact.value - quick.value <= tieBand(claim.principal) * 5n, `${i}: ${quick.value} for ${exact.value}`);
  });
  assert.ok(approximate >= many.length - 50);
  assert.ok(lost / value < 0.001, `loss ${lost / value}`);
  assert.ok(agreed / approximate > 0.95, `${agreed} of ${approximate}`);
  const least = Math.min(...found.filter((f) => f?.exact).map(perHour));
  assert.ok(found.filter((f) => f && !f.exact).every((f) => perHour(f) <= least * 1.01 + 1));
});

test('few claims are all solved exactly; a customer worth keeping shuts the harsh steps; nonsense is left out', () => {
  const silent: AdviceClaim = {
    principal: 800_000n,
    ageDays: 75,
    vat: { regime: 'franchise', rate: 0 },
    business: true,
    solvency: 'good',
    file: 2,
    history: { emails: 2, calls: 2, med: true, plan: 'refused' },
  };
  const legal = legalFactsOf(silent);
  const scorer = new PortfolioScorer(DEFAULT_PARAMS, cache);
  scorer.add([
    { claim: silent, legal },
    { claim: silent, legal, relation: 100_000_000n },
    { claim: { ...silent, principal: 0n }, legal },
    { claim: { ...silent, solvency: 'published', vat: { regime: 'debits', rate: 0.2 } }, legal },
  ]);
  const steps = scorer.finish();
  let step = steps.next();
  while (!step.done) step = steps.next();
  const [free, kept, nonsense, published] = step.value;
  assert.equal(free?.proposed, 'IP');
  assert.ok(kept && free && !HARSH.includes(kept.proposed) && kept.value < free.value);
  assert.equal(nonsense, undefined);
  assert.equal(published?.proposed, 'DECLARE');
  assert.ok([free, kept, published].every((f) => f?.exact));
});
