import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { insolvency, judgment, vat } from './answers/after-judgment.ts';
import { b2bInterest } from './answers/b2b-interest.ts';
import { anatocism, imputation, indemnity } from './answers/claim.ts';
import { consumer, publicBuyers } from './answers/consumer-public.ts';
import { contract } from './answers/contract.ts';
import { costs, europe, jurisdiction } from './answers/courts.ts';
import { dueDates, procedureDeadlines } from './answers/dates.ts';
import { limitations } from './answers/limitation.ts';
import { rates } from './answers/rates.ts';
import { type Answers, Facts } from './facts.ts';

/*
 * The worked cases of the law (../shared/law/cases.json), each reported by its id. What the product answers is compared with
 * the whole of `expected`: every figure of it is asserted, and nothing of it is known to the answer.
 */
interface Case {
  readonly id: string;
  readonly area: string;
  readonly title: string;
  readonly inputs: unknown;
  readonly expected: unknown;
}

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const path = join(process.env.QUITUS_SHARED ?? join(root, '..', 'shared'), 'law', 'cases.json');

const answers: Readonly<Record<string, Answers>> = {
  rates,
  b2b_interest: b2bInterest,
  b2c: consumer,
  public: publicBuyers,
  imputation,
  indemnity,
  anatocism,
  due_date: dueDates,
  procedure_deadline: procedureDeadlines,
  limitation: limitations,
  judgment_interest: judgment,
  insolvency,
  vat,
  jurisdiction,
  costs,
  contract,
  eu: europe,
};

if (!existsSync(path)) {
  test('the worked cases of the law', (t) =>
    t.skip(`NOT RUN: ${path} is absent; set QUITUS_SHARED to the folder that holds law/cases.json`));
} else {
  const { cases } = JSON.parse(readFileSync(path, 'utf8')) as { readonly cases: readonly Case[] };

  test('every area of the file is mapped', () => {
    assert.deepEqual(
      [...new Set(cases.map((c) => c.area))].filter((area) => !Object.hasOwn(answers, area)),
      [],
    );
    assert.ok(cases.length >= 173, `${cases.length} cases`);
  });

  for (const [area, mapped] of Object.entries(answers)) {
    describe(`law cases: ${area}`, () => {
      for (const one of cases.filter((c) => c.area === area)) {
        test(`${one.id}: ${one.title}`, () => {
          const answer = mapped[one.id];
          assert.ok(answer, `case ${one.id} is mapped to no rule`);
          assert.deepEqual(answer(new Facts(one.inputs)), one.expected);
        });
      }
      test('every mapped case exists', () => {
        const ids = new Set(cases.filter((c) => c.area === area).map((c) => c.id));
        assert.deepEqual(
          Object.keys(mapped).filter((id) => !ids.has(id)),
          [],
        );
      });
    });
  }

  test('a change of any expected figure would be seen by its case', () => {
    let figures = 0;
    for (const one of cases) {
      const answer = answers[one.area]?.[one.id]?.(new Facts(one.inputs));
      for (const changed of withOneChange(one.expected)) {
        figures += 1;
        assert.notDeepEqual(answer, changed, one.id);
      }
    }
    assert.ok(figures > 500, `${figures} figures`);
  });
}

/** Every version of a value with one of its leaves changed. */
function withOneChange(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap((part, i) => withOneChange(part).map((changed) => value.with(i, changed)));
  if (value !== null && typeof value === 'object') {
    return Object.entries(value).flatMap(([key, part]) => withOneChange(part).map((changed) => ({ ...value, [key]: changed })));
  }
  if (typeof value === 'number') return [value + 0.01];
  if (typeof value === 'boolean') return [!value];
  return [value === null ? 0 : `${value}.`];
}
