import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { advise } from '#core/advice/advise.ts';
import { GraphCache } from '#core/advice/problem.ts';
import { readClaim } from '#modules/advice/claim-form.ts';
import { decisionJson } from '#modules/advice/decision-view.ts';

/*
 * Claims of our own, answered by a second solver: written in another language from the text of the model alone, without this code,
 * as plain recursion with no graph, no templates and no sharing. It gave the worked cases back to the cent before it answered these.
 * They reach every step, outcome and rule: who owes, what was done, the file, VAT, hours, refusals, limits of time and of amount.
 */
interface Answered {
  readonly claim: Readonly<Record<string, unknown>>;
  readonly best: string;
  readonly tie: readonly string[];
  readonly value: number;
  readonly q: Readonly<Record<string, number>>;
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
  readonly pPositive: number;
  readonly belief: Readonly<Record<string, number>>;
  readonly evpi: number;
  readonly course: readonly string[];
  readonly breakEven: number | null;
}

const answered = readFileSync(join(import.meta.dirname, 'independent.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Answered);
const cache = new GraphCache();

/** Answers are rounded: to the cent, to four decimals, to six. */
function near(got: unknown, expected: number, rounding: number, what: string): void {
  const off = Math.abs(Number(got) - expected);
  assert.ok(off <= rounding / 2 + 1e-6 * Math.abs(expected) + rounding * 0.01, `${what}: ${got}, expected ${expected}`);
}

describe('a second solver, written from the model alone, answers the same', () => {
  for (const expected of answered) test(JSON.stringify(expected.claim), () => same(expected));

  test('they reach every step', () => {
    const best = new Set(answered.map((a) => a.best));
    assert.deepEqual([...best].sort(), [
      'AGENCY',
      'CALL',
      'CREDIT',
      'DECLARE',
      'EMAIL',
      'ENFORCE',
      'IP',
      'MED',
      'MEDIATION',
      'PLAN',
      'PSR',
      'REFERE',
      'SUIT',
      'WAIT',
      'WRITEOFF',
    ]);
  });
});

function same(expected: Answered): void {
  const read = readClaim(expected.claim);
  assert.ok(read.ok, read.ok ? '' : read.refusal.message);
  const decided = advise(read.value.claim, read.value.legal, read.value.params, cache);
  assert.ok(decided.ok, decided.ok ? '' : decided.refusal.message);
  const got = decisionJson(decided.value) as Record<string, unknown>;
  assert.equal(got.best, expected.best);
  assert.deepEqual(got.tie, expected.tie);
  assert.deepEqual(got.course, expected.course);
  const q = got.q as Record<string, number>;
  assert.deepEqual(Object.keys(q).sort(), Object.keys(expected.q).sort(), 'the steps open');
  for (const [action, value] of Object.entries(expected.q)) near(q[action], value, 0.01, `q.${action}`);
  for (const key of ['value', 'p10', 'p50', 'p90', 'evpi'] as const) near(got[key], expected[key], 0.01, key);
  near(got.pPositive, expected.pPositive, 1e-4, 'pPositive');
  const belief = got.belief as Record<string, number>;
  for (const [type, chance] of Object.entries(expected.belief)) near(belief[type], chance, 1e-6, `belief.${type}`);
  if (expected.breakEven === null || got.breakEven === null) assert.equal(got.breakEven, expected.breakEven, 'breakEven');
  else near(got.breakEven, expected.breakEven, 0.02, 'breakEven');
}
