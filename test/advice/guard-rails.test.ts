import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { ACTION_WORDS, ACTIONS, type Action, TYPE_WORDS } from '#core/advice/actions.ts';
import { advise } from '#core/advice/advise.ts';
import type { AdviceClaim } from '#core/advice/claim.ts';
import type { Decision } from '#core/advice/decision.ts';
import { legalFactsOf } from '#core/advice/legal.ts';
import { DEFAULT_PARAMS, withUserValues } from '#core/advice/params.ts';
import { GraphCache, type LegalFacts } from '#core/advice/problem.ts';
import { claims, lateClaims } from './random-claims.ts';

/** The guard rails of the design, one test each: what the advice must never do, whatever the figures. */
const cache = new GraphCache();
const LATE: AdviceClaim = {
  principal: 400_000n,
  ageDays: 80,
  vat: { regime: 'franchise', rate: 0.2 },
  business: true,
  solvency: 'good',
  file: 2,
  history: { emails: 2, calls: 1, med: true, silent: 4 },
};

function decide(claim: AdviceClaim, legal: LegalFacts = legalFactsOf(claim)): Decision {
  const answer = advise(claim, legal, DEFAULT_PARAMS, cache);
  assert.ok(answer.ok, answer.ok ? '' : answer.refusal.message);
  return answer.value;
}
const open = (d: Decision): readonly Action[] => d.options.map((o) => o.action);
const closedBy = (d: Decision, action: Action) => d.blocked.find((b) => b.action === action);

describe('guard rails', () => {
  test('1. every step is either open, or closed with its rule; a missing fact closes it with a question', () => {
    fc.assert(
      fc.property(lateClaims, (claim) => {
        const d = decide(claim);
        for (const action of ACTIONS) {
          const closed = closedBy(d, action);
          assert.notEqual(open(d).includes(action), closed !== undefined, action);
          if (closed) assert.ok(closed.rule !== '' && closed.says.endsWith('.'), action);
        }
      }),
      { numRuns: 40, seed: 3 },
    );
    const noLimit = decide(LATE, { on: legalFactsOf(LATE).on, creditor: 'company', debtor: 'company' });
    for (const step of ['IP', 'REFERE', 'SUIT', 'AGENCY'] as const)
      assert.equal(closedBy(noLimit, step)?.missing, 'limitation', step);
    assert.match(closedBy(noLimit, 'IP')?.says ?? '', /achevée\u202f\?/);
    const { debtor: _, ...known } = legalFactsOf(LATE);
    const nobody = decide(LATE, known);
    assert.equal(closedBy(nobody, 'IP')?.missing, 'debtor');
    assert.equal(closedBy(nobody, 'PSR')?.missing, 'debtor');
    assert.ok(!open(nobody).includes('SUIT'));
  });

  test('1. the law closes: between traders the small-claims step, against a public body the payment order, above the ceiling', () => {
    const traders = decide(LATE, { ...legalFactsOf(LATE), creditor: 'company', debtor: 'company' });
    assert.match(closedBy(traders, 'PSR')?.article ?? '', /L125-1/);
    const state = decide(LATE, { ...legalFactsOf(LATE), debtor: 'public-body' });
    assert.ok(!open(state).includes('IP') && closedBy(state, 'IP')?.rule === 'procedure-options');
    assert.ok(open(decide(LATE)).includes('PSR'));
    assert.ok(!open(decide({ ...LATE, principal: 490_000n })).includes('PSR'), 'interest counts towards the ceiling');
  });

  test('1. before the judicial court up to 5 000 €, no suit without an amicable attempt (CPC 750-1)', () => {
    const consumer: AdviceClaim = { ...LATE, business: false };
    const before = closedBy(decide(consumer), 'SUIT');
    assert.match(before?.article ?? '', /750-1/);
    const tried = { ...consumer, history: { ...consumer.history, silent: 3, signal: 'promise' as const, mediation: true } };
    assert.ok(open(decide(tried)).includes('SUIT'));
    assert.ok(open(decide({ ...consumer, principal: 500_001n })).includes('SUIT'));
    assert.ok(!open(decide({ ...consumer, principal: 500_000n })).includes('SUIT'));
  });

  test('2. nothing is announced but steps the plan takes: the course holds only lawful steps, none forbidden', () => {
    fc.assert(
      fc.property(claims, fc.subarray(['IP', 'REFERE', 'SUIT', 'AGENCY'] as const), (claim, forbid) => {
        const d = decide({ ...claim, forbid });
        for (const step of forbid) assert.ok(!d.course.includes(step) && !open(d).includes(step));
        assert.equal(d.course[0], d.best);
      }),
      { numRuns: 25, seed: 4 },
    );
  });

  test('4. one contact a week at most, and never after a dispute until it is answered', () => {
    const fresh: AdviceClaim = { ...LATE, history: { emails: 1, silent: 1 } };
    const d = decide({ ...fresh, lastContactDays: 3 });
    assert.equal(d.notBeforeDays, 4);
    assert.ok(d.reasons.some((r) => r.includes('une relance par semaine')));
    assert.equal(decide({ ...fresh, lastContactDays: 7 }).notBeforeDays, 0);
    const disputed = decide({ ...LATE, history: { emails: 1, signal: 'dispute' } });
    for (const step of ['EMAIL', 'CALL', 'PLAN', 'AGENCY', 'PSR'] as const) assert.ok(!open(disputed).includes(step), step);
    assert.ok(open(decide({ ...LATE, history: { emails: 3, calls: 2, silent: 5 } })).every((a) => a !== 'EMAIL' && a !== 'CALL'));
  });

  test('5. a dispute is founded only if the user says so; mediation comes before pressure', () => {
    const disputed: AdviceClaim = {
      ...LATE,
      solvency: 'unknown',
      principal: 800_000n,
      ageDays: 60,
      history: { emails: 1, calls: 1, med: true, silent: 1, signal: 'dispute' },
    };
    assert.equal(decide(disputed).best, 'MEDIATION');
    assert.equal(closedBy(decide(disputed), 'CREDIT')?.rule, 'dispute-not-founded');
    assert.ok(open(decide({ ...disputed, disputeFounded: true })).includes('CREDIT'));
    // A serious dispute, once the user has answered its questions, closes the interim procedure.
    const serious = decide(disputed, { ...legalFactsOf(disputed), seriousDispute: true });
    assert.equal(closedBy(serious, 'REFERE')?.rule, 'procedure-options');
  });

  test('6. someone in difficulty: a plan first, no agency', () => {
    const careful = decide({ ...LATE, vulnerable: true });
    assert.equal(closedBy(careful, 'AGENCY')?.rule, 'care');
    for (const step of ['IP', 'REFERE', 'SUIT', 'PSR'] as const) assert.equal(closedBy(careful, step)?.rule, 'care', step);
    assert.ok(open(careful).includes('PLAN'));
    const after = decide({ ...LATE, vulnerable: true, history: { ...LATE.history, plan: 'refused' } });
    assert.ok(open(after).includes('IP') && !open(after).includes('AGENCY'));
  });

  test('7. a published insolvency stops every chase', () => {
    const d = decide({ ...LATE, solvency: 'published' });
    assert.deepEqual([...open(d)].sort(), ['DECLARE', 'WRITEOFF']);
    assert.equal(d.blocked.length, ACTIONS.length - 2);
  });

  test('9. the user’s own limits: no step beyond the outlay anywhere in the plan, no bad tenth beyond the loss', () => {
    const big: AdviceClaim = {
      ...LATE,
      principal: 2_000_000n,
      history: { ...LATE.history, plan: 'refused', calls: 2, silent: 5 },
    };
    const capped = decide({ ...big, caps: { outlay: 40_000n } });
    for (const step of ['REFERE', 'SUIT'] as const) {
      assert.equal(closedBy(capped, step)?.rule, 'outlay-cap', step);
      assert.ok(!capped.course.includes(step));
    }
    for (const o of capped.options) assert.ok(o.outlay <= 40_000n, `${o.action} ${o.outlay}`);
    const shy = decide({ ...big, caps: { loss: 10_000n } });
    for (const o of shy.options) assert.ok(o.action === 'WRITEOFF' || o.band[0] >= -10_000n, o.action);
    assert.ok(shy.blocked.some((b) => b.rule === 'loss-cap'));
  });

  test('10. court, plan, credit note, stop: a person, always; only mails may go by themselves', () => {
    for (const action of ACTIONS) assert.equal(ACTION_WORDS[action].needsPerson, action !== 'EMAIL' && action !== 'WAIT', action);
  });

  test('11. the sentences never name a type of debtor, and always say it is an estimate', () => {
    fc.assert(
      fc.property(claims, (claim) => {
        const said = [...decide(claim).reasons, ...decide(claim).options.map((o) => o.reason)].join(' ');
        for (const words of [...Object.values(TYPE_WORDS), 'mauvaise foi']) assert.ok(!said.includes(words), words);
        assert.match(said, /C’est une estimation\u202f: vous décidez\./);
        assert.doesNotMatch(said, /NaN|undefined|Infinity| [:;?!]/);
      }),
      { numRuns: 25, seed: 5 },
    );
  });

  test('12. every number can be changed, only by a sensible one; the decision keeps its version', () => {
    const own = withUserValues(DEFAULT_PARAMS, { hourlyRate: 80, ipAcc: [0.5, 0.8, 0.95] }, 'mine-1');
    assert.ok(own.ok && own.value.values.hourlyRate.grade === 'user' && own.value.values.ipAcc.value[0] === 0.5);
    assert.equal(DEFAULT_PARAMS.values.hourlyRate.value, 50);
    const answer = advise(LATE, legalFactsOf(LATE), own.value, cache);
    assert.ok(answer.ok && answer.value.paramsVersion === 'mine-1');
    const wrong: readonly Record<string, unknown>[] = [
      { hourlyRate: -1 },
      { hourlyRate: Number.NaN },
      { ipAcc: [0.5] },
      { pE: [2, 0, 0, 0, 0, 0, 0] },
      { stepDays: 0 },
      { ipSteps: 2.5 },
      { nothing: 1 },
      { enfFull: [1, 1, 1, 1, 1, 1, 1] },
    ];
    for (const values of wrong) assert.ok(!withUserValues(DEFAULT_PARAMS, values).ok, JSON.stringify(values));
  });

  test('near ties are equivalent, and the gentler step is proposed', () => {
    const d = decide({ ...LATE, principal: 800_000n, ageDays: 10, history: {} });
    assert.equal(d.best, 'CALL');
    assert.deepEqual(d.tie, ['EMAIL', 'CALL']);
    assert.equal(d.proposed, 'EMAIL');
    assert.ok(d.reasons.some((r) => r.includes('Équivalent')));
  });

  test('stopping says that the VAT does not come back', () => {
    const d = decide({
      ...LATE,
      principal: 15_000n,
      vat: { regime: 'debits', rate: 0.2 },
      history: { ...LATE.history, calls: 2, silent: 5, plan: 'refused' },
    });
    assert.equal(d.proposed, 'WRITEOFF');
    assert.ok(d.reasons.some((r) => r.includes('TVA')));
  });
});
