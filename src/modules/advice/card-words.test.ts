import assert from 'node:assert/strict';
import { test } from 'node:test';
import { advise } from '#core/advice/advise.ts';
import type { AdviceClaim } from '#core/advice/claim.ts';
import { legalFactsOf } from '#core/advice/legal.ts';
import { DEFAULT_PARAMS } from '#core/advice/params.ts';
import { done } from '../../../test/support/cases.ts';
import type { Advised } from './advice.ts';
import { scriptFor } from './phone.ts';
import { sentencesOf } from './sentences.ts';

const CLAIM: AdviceClaim = {
  principal: 174_000n,
  ageDays: 12,
  vat: { regime: 'franchise', rate: 0 },
  business: true,
  solvency: 'unknown',
  file: 1,
  history: {},
};

function advised(over: Partial<AdviceClaim>): Advised {
  const claim = { ...CLAIM, ...over };
  const legal = legalFactsOf(claim);
  const decision = done(advise(claim, legal, DEFAULT_PARAMS));
  return { claim, legal, params: DEFAULT_PARAMS, decision, known: [] };
}

test('two steps that are worth the same are said to be, without a figure that looks like a loss', () => {
  const of = advised({ ageDays: 40, history: { emails: 1 } });
  assert.deepEqual(of.decision.tie.slice(0, 2), ['EMAIL', 'CALL']);
  assert.equal(of.decision.proposed, 'EMAIL');
  assert.match(sentencesOf(of)[0], /, à peu près autant qu’avec un appel\.$/);
  const clear = advised({
    principal: 800_000n,
    solvency: 'good',
    file: 2,
    history: { emails: 2, calls: 2, med: true, plan: 'refused' },
  });
  assert.match(sentencesOf(clear)[0], /, contre [\d\u202f]+\u00a0€ avec une société de recouvrement\.$/);
});

test('on the phone: what fits where the claim stands; a plan that led nowhere is not offered again', () => {
  const said = (history: AdviceClaim['history']) => scriptFor({ ...CLAIM, history });
  assert.equal(said({}).situation, 'Premier appel');
  assert.match(said({ calls: 2 }).opening, /j’ai essayé plusieurs fois de vous joindre/);
  assert.equal(said({ emails: 1, signal: 'dispute' }).situation, 'Il conteste');
  const notice = said({ emails: 2, med: true }).questions;
  assert.ok(notice.some((q) => q.includes('échéancier')));
  const refused = said({ emails: 2, med: true, plan: 'refused' }).questions;
  assert.ok(refused.length >= 2 && !refused.some((q) => /échéancier|deux ou trois fois/.test(q)));
});
