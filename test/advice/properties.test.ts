import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { ACTIONS, type Action, TYPES } from '#core/advice/actions.ts';
import { advise } from '#core/advice/advise.ts';
import { beliefOf } from '#core/advice/belief.ts';
import type { AdviceClaim, Solvency } from '#core/advice/claim.ts';
import { legalFactsOf } from '#core/advice/legal.ts';
import { discountOf, survival } from '#core/advice/numbers.ts';
import { after } from '#core/advice/outcomes.ts';
import { DEFAULT_PARAMS, type DecisionParams, numbersOf, withUserValues } from '#core/advice/params.ts';
import { distributionOf, pathsOf } from '#core/advice/paths.ts';
import { GraphCache, type Problem, solveClaim } from '#core/advice/problem.ts';
import { optionsNow } from '#core/advice/solve.ts';
import { pack, unpack } from '#core/advice/state.ts';
import { perfectInformation } from '#core/advice/value-of-information.ts';
import { claims, lateClaims } from './random-claims.ts';

/** What must hold whatever the claim. Seeds are fixed: a failure repeats. */
const cache = new GraphCache();
const run = { numRuns: 60, seed: 2026 };
const solved = (claim: AdviceClaim, params: DecisionParams = DEFAULT_PARAMS): Problem =>
  solveClaim(claim, legalFactsOf(claim), params, cache);
const worth = (claim: AdviceClaim, params?: DecisionParams): number => solved(claim, params).solved.worth[0] as number;
const optionsOf = (p: Problem): ReadonlyMap<Action, number> => optionsNow(p.graph, p.instance, p.solved);
const bestOf = (p: Problem): Action => [...optionsOf(p)].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'WRITEOFF';
/** Same to a millionth, or to a tenth of a cent. */
const same = (a: number, b: number, what = ''): void =>
  assert.ok(Math.abs(a - b) <= 1e-3 + 1e-9 * Math.abs(b), `${what} ${a} and ${b}`);
const atLeast = (a: number, b: number, what: string): void =>
  assert.ok(a >= b - 1e-6 - 1e-9 * Math.abs(b), `${what}: ${a} < ${b}`);

function own(values: Record<string, unknown>): DecisionParams {
  const changed = withUserValues(DEFAULT_PARAMS, values);
  assert.ok(changed.ok);
  return changed.value;
}

describe('the twelve properties', () => {
  test('paths sum to 1 and their mean is the value, on 200 claims', () => {
    fc.assert(
      fc.property(claims, (claim) => {
        const p = solved(claim);
        const d = distributionOf(pathsOf(p.graph, p.solved, p.belief.belief, p.money, bestOf(p)));
        assert.ok(Math.abs(d.total - 1) < 1e-9, `paths sum to ${d.total}`);
        same(d.mean, p.solved.worth[0] as number, 'mean and value');
        assert.ok(d.p10 <= d.p50 && d.p50 <= d.p90);
      }),
      { numRuns: 200, seed: 2026 },
    );
  });

  test('the value is that of the best option, and at least that of stopping', () => {
    fc.assert(
      fc.property(claims, (claim) => {
        const p = solved(claim);
        const options = optionsOf(p);
        same(Math.max(...options.values()), p.solved.worth[0] as number);
        atLeast(p.solved.worth[0] as number, options.get('WRITEOFF') ?? Number.NaN, 'stopping');
      }),
      run,
    );
  });

  test('the value grows with the amount, convexly inside a legal bucket', () => {
    fc.assert(
      fc.property(lateClaims, (claim) => {
        // Above the ceiling of the small-claims procedure no law changes with the amount.
        const at = (euros: number): number => worth({ ...claim, principal: BigInt(euros) * 100n });
        const values = [8_000, 9_000, 10_000, 11_000, 12_000].map(at);
        for (let i = 1; i < values.length; i += 1) atLeast(values[i] as number, values[i - 1] as number, 'growing');
        for (let i = 2; i < values.length; i += 1)
          atLeast(
            (values[i] as number) - (values[i - 1] as number),
            (values[i - 1] as number) - (values[i - 2] as number),
            'convex',
          );
      }),
      run,
    );
  });

  test('the value falls with the hourly rate and with the discount rate', () => {
    const [dear, patient] = [own({ hourlyRate: 90 }), own({ discountAnnual: 0.2 })];
    fc.assert(
      fc.property(lateClaims, (claim) => {
        const now = worth(claim);
        atLeast(now, worth(claim, dear), 'hourly rate');
        if (now > 50) atLeast(now, worth(claim, patient), 'discount');
      }),
      run,
    );
  });

  test('forbidding a step never raises the value; forbidding one the plan never takes changes nothing', () => {
    fc.assert(
      fc.property(lateClaims, fc.constantFrom(...ACTIONS.filter((a) => a !== 'WRITEOFF')), (claim, action) => {
        const p = solved(claim);
        const without = worth({ ...claim, forbid: [action] });
        atLeast(p.solved.worth[0] as number, without, action);
        const rank = ACTIONS.indexOf(action);
        if (![...p.solved.choice].some((move) => p.graph.action[move] === rank)) same(without, p.solved.worth[0] as number);
      }),
      run,
    );
  });

  test('information is never worth less than nothing', () => {
    fc.assert(
      fc.property(lateClaims, (claim) => {
        const p = solved(claim);
        assert.ok(perfectInformation(p) >= 0);
        const { belief } = p.belief;
        // The most that knowing could bring is no less than each type alone could.
        assert.ok(belief.every((b) => b >= 0) && Math.abs(belief.reduce((a, b) => a + b, 0) - 1) < 1e-12);
      }),
      run,
    );
  });

  test('a stronger file and a better solvency never lower the value', () => {
    const order: readonly Solvency[] = ['bad', 'fragile', 'unknown', 'good'];
    fc.assert(
      fc.property(lateClaims, (claim) => {
        const files = ([0, 1, 2] as const).map((file) =>
          worth({ ...claim, file, history: { ...claim.history, ip: undefined, refere: undefined } as never }),
        );
        atLeast(files[1] as number, files[0] as number, 'file');
        atLeast(files[2] as number, files[1] as number, 'file');
        // Beyond a year or so selection has done its work: what a report says of so old a claim is not worth a cent.
        const recent = { ...claim, ageDays: claim.ageDays % 400 };
        const solvencies = order.map((solvency) => worth({ ...recent, solvency }));
        for (let i = 1; i < solvencies.length; i += 1)
          atLeast(solvencies[i] as number, solvencies[i - 1] as number, order[i] ?? '');
      }),
      run,
    );
  });

  test('VAT on receipts nets less than none; VAT back on proven losses never lowers the value', () => {
    fc.assert(
      fc.property(lateClaims, (claim) => {
        const at = (regime: AdviceClaim['vat']['regime']): number => worth({ ...claim, vat: { regime, rate: 0.2 } });
        atLeast(at('franchise'), at('encaissements'), 'receipts');
        atLeast(at('debits'), at('franchise'), 'débits');
      }),
      run,
    );
  });

  test('a barred claim leaves no court, no agency, no small-claims step, and says so', () => {
    fc.assert(
      fc.property(lateClaims, (claim) => {
        const old = {
          ...claim,
          ageDays: 1825 + (claim.ageDays % 400),
          history: { ...claim.history, ip: undefined, refere: undefined } as never,
        };
        const decided = advise(old, legalFactsOf(old), DEFAULT_PARAMS, cache);
        assert.ok(decided.ok);
        for (const step of ['AGENCY', 'PSR', 'IP', 'REFERE', 'SUIT'] as const) {
          assert.ok(!decided.value.options.some((o) => o.action === step), step);
          assert.ok(!decided.value.course.includes(step), step);
        }
        const barred = decided.value.blocked.find((b) => b.action === 'REFERE' && b.rule === 'limitation');
        assert.match(barred?.says ?? '', /prescrite/);
      }),
      run,
    );
  });

  test('every state is reached with the same weights and at the same time by every path', () => {
    const starts: readonly Partial<AdviceClaim>[] = [
      {},
      { principal: 800_000n, disputeFounded: true, ageDays: 3 },
      { history: { emails: 1, calls: 1, silent: 1, signal: 'promise' } },
    ];
    for (const start of starts) {
      const { graph } = solved({ ...BASE, ...start });
      const n = graph.numbers;
      const [alive, d] = [survival(n), discountOf(n)];
      let again = 0;
      for (let move = 0; move < graph.from.length; move += 1) {
        const from = graph.from[move] as number;
        const action = ACTIONS[graph.action[move] as number] as Action;
        const s = unpack(graph.codes[from] as number);
        graph.book.step(action, s).branches.forEach((branch, b) => {
          if (!branch.next) return;
          const next = graph.index.get(pack(after(action, s, branch))) as number;
          assert.equal(graph.steps[next], (graph.steps[from] as number) + branch.steps, 'time');
          if (graph.parentMove[next] === move && graph.parentBranch[next] === b) return;
          again += 1;
          for (let t = 0; t < TYPES; t += 1) {
            const weight =
              (graph.reach[from * TYPES + t] as number) *
              (branch.chance[t] as number) *
              (alive(branch.steps)[t] as number) *
              d ** branch.steps;
            const known = graph.reach[next * TYPES + t] as number;
            assert.ok(Math.abs(weight - known) <= 1e-12 + 1e-9 * known, `${action} to ${next}, type ${t}: ${weight}, ${known}`);
          }
        });
      }
      assert.ok(again > 100, `${again} ways back to a known state`);
    }
  });
});

const BASE: AdviceClaim = {
  principal: 120_000n,
  ageDays: 30,
  vat: { regime: 'franchise', rate: 0.2 },
  business: true,
  solvency: 'unknown',
  file: 1,
  history: {},
};

describe('and more', () => {
  test('permuting the events changes neither the belief nor the decision', () => {
    fc.assert(
      fc.property(claims, (claim) => {
        const turned = { ...claim, events: [...(claim.events ?? [])].reverse() };
        assert.deepEqual(beliefOf(turned, numbersOf(DEFAULT_PARAMS)).belief, beliefOf(claim, numbersOf(DEFAULT_PARAMS)).belief);
      }),
      run,
    );
  });

  test('doubling all money doubles the value', () => {
    const n = numbersOf(DEFAULT_PARAMS);
    const money = [
      'hourlyRate',
      'mdnCash',
      'psrCash',
      'ipFile',
      'ipServe',
      'refCash',
      'refAward',
      'suitCash',
      'suitCashOpp',
    ] as const;
    const more = ['suitAward', 'suitLose', 'enfCash', 'medCash', 'flat40'] as const;
    const doubled = own(Object.fromEntries([...money, ...more].map((id) => [id, 2 * n[id]])));
    fc.assert(
      fc.property(lateClaims, (claim) => {
        // The law's own thresholds do not double: stay where none lies between an amount and its double.
        const one = {
          ...claim,
          forbid: ['PSR'] as const,
          principal: claim.business ? claim.principal : claim.principal + 600_000n,
        };
        same(worth({ ...one, principal: 2n * one.principal }, doubled), 2 * worth(one));
      }),
      run,
    );
  });

  test('never NaN, even for a certain, hopeless or absurdly old claim', () => {
    const certain = [0, 1, 2, 3, 4, 5, 6].map((type) => Array.from({ length: TYPES }, (_, t) => (t === type ? 1 : 0)));
    for (const prior of certain)
      for (const history of [
        {},
        { emails: 1, silent: 1 },
        { emails: 1, calls: 1, med: true, silent: 1, signal: 'dispute' as const },
      ]) {
        const p = solved({ ...BASE, prior, history });
        assert.ok(Number.isFinite(p.solved.worth[0]));
      }
    for (const ageDays of [0, 7.5, 36_500]) assert.ok(Number.isFinite(worth({ ...BASE, ageDays })));
    assert.ok(Number.isFinite(worth({ ...BASE, principal: 10n ** 13n })));
    assert.ok(Number.isFinite(worth({ ...BASE, principal: 1n })));
  });

  test('wrong facts are refused with their field', () => {
    const wrong: readonly [Partial<AdviceClaim>, string][] = [
      [{ principal: 0n }, 'amount'],
      [{ ageDays: -1 }, 'ageDays'],
      [{ ageDays: Number.NaN }, 'ageDays'],
      [{ history: { emails: 4 } }, 'hist.emails'],
      [{ history: { calls: 1, silent: 2 } }, 'hist.silent'],
      [{ history: { signal: 'dispute' } }, 'hist.signal'],
      [{ prior: [1] }, 'prior'],
      [{ customer: { invoices: 1, late: 2 } }, 'customer'],
    ];
    for (const [part, field] of wrong) {
      const answer = advise({ ...BASE, ...part }, legalFactsOf(BASE), DEFAULT_PARAMS, cache);
      assert.ok(!answer.ok && answer.refusal.code === 'advice.claim-invalid', field);
      assert.equal(answer.refusal.data?.field, field);
    }
  });
});
