import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Json } from '../kernel/canonical.ts';
import { addDays, day } from '../kernel/day.ts';
import { formatCents } from '../kernel/money.ts';
import type { Outcome } from '../kernel/outcome.ts';
import { currentLaw } from '../law/book.ts';
import { citations, isCitationKey } from '../law/citations.ts';
import { OPEN_QUESTIONS } from '../law/open-questions.ts';
import type { Field, Fields } from '../law/registry/fields.ts';
import { ruleNamed, rules } from './rules.ts';

const names = new Set(rules.map((rule) => rule.name));

function ask(name: string, facts: unknown): Outcome<Json> {
  const answer = ruleNamed(name)?.ask(facts, currentLaw);
  assert.ok(answer?.ok, `${name}: ${answer && !answer.ok ? answer.refusal.message : 'no such rule'}`);
  return answer.value;
}

test('every rule is described and named once', () => {
  assert.ok(rules.length >= 40, `${rules.length} rules`);
  assert.equal(names.size, rules.length);
  for (const rule of rules) {
    assert.match(rule.name, /^[a-z]+(-[a-z]+)*$/);
    assert.ok(rule.title.length > 5 && rule.formula.length > 10, rule.name);
    assert.ok(rule.articles.length > 0, `${rule.name} cites nothing`);
    for (const [name, field] of Object.entries(rule.inputs)) assert.ok(field.meaning.length > 2, `${rule.name}.${name}`);
  }
});

for (const rule of rules) {
  test(`${rule.name}: its worked example is computed, and its trace cites texts and rules that exist`, () => {
    const answer = ask(rule.name, rule.example);
    if (answer.status !== 'computed') return assert.fail(`${answer.status}: ${answer.reason}`);
    assert.ok(answer.trace.length > 0);
    for (const step of answer.trace) {
      assert.ok(names.has(step.rule), `${rule.name} speaks of ${step.rule}, which is no rule`);
      for (const key of step.cites) assert.ok(isCitationKey(key), key);
    }
    return undefined;
  });

  test(`${rule.name}: facts it does not know or cannot read are refused, facts it lacks are named`, () => {
    for (const facts of [null, 3, 'x', [], { ...rule.example, nonsense: 1 }]) assert.equal(rule.ask(facts, currentLaw).ok, false);
    for (const [name, field] of Object.entries(rule.inputs)) {
      const broken = rule.ask({ ...rule.example, [name]: { no: 'such thing' } }, currentLaw);
      assert.equal(broken.ok, false, `${name} accepted an object it does not know`);
      if (field.optional) continue;
      const answer = ask(rule.name, { ...rule.example, [name]: null });
      assert.deepEqual(answer.status === 'missing' && answer.facts, [name]);
    }
  });

  test(`${rule.name}: taking a fact away never turns missing into computed by another way than the rule says`, () => {
    // Adding a fact never turns computed into missing: for each subset of one less optional fact that computes, the example computes.
    for (const [name, field] of Object.entries(rule.inputs)) {
      if (!field.optional || !(name in rule.example)) continue;
      const { [name]: _, ...less } = rule.example;
      if (ask(rule.name, less).status === 'computed') assert.equal(ask(rule.name, rule.example).status, 'computed', name);
    }
  });
}

/** Any JSON that a field can read. */
function anyOf(field: Field<unknown, boolean>): fc.Arbitrary<Json> {
  switch (field.type) {
    case 'day':
      return fc.integer({ min: -8000, max: 40_000 }).map((n) => addDays(day('2000-01-01'), n).toString());
    case 'amount':
      return fc.integer({ min: -10_000, max: 1_000_000_000 }).map((n) => formatCents(BigInt(n)));
    case 'percent':
      return fc.integer({ min: 0, max: 9_999_999 }).map((n) => (n / 10_000).toFixed(4));
    case 'integer':
      return fc.integer({ min: -400, max: 4000 });
    case 'boolean':
      return fc.boolean();
    case 'choice':
      return fc.constantFrom(...(field.choices ?? []));
    case 'text':
      return fc.oneof(fc.constantFrom('FR', 'BE', 'Lyon', '67', 'A'), fc.string());
    case 'list':
      return fc.array(factsOf(field.fields ?? {}), { maxLength: 4 });
    case 'object':
      return factsOf(field.fields ?? {});
  }
}

function factsOf(fields: Fields): fc.Arbitrary<{ [key: string]: Json }> {
  const names = Object.keys(fields);
  const required = names.filter((name) => !fields[name]?.optional);
  return fc.record(Object.fromEntries(names.map((name) => [name, anyOf(fields[name] as Field<unknown, boolean>)])), {
    requiredKeys: required,
  });
}

/** A choice is left out: it may pick another regime, which has needs of its own. */
const SCALARS = new Set(['day', 'amount', 'percent', 'integer', 'boolean', 'text']);

for (const rule of rules) {
  test(`${rule.name}: any readable facts have an answer, and one more fact never makes it miss some`, () => {
    fc.assert(
      fc.property(factsOf(rule.inputs), (facts) => {
        const answer = ask(rule.name, facts);
        if (answer.status === 'computed') assert.ok(answer.trace.length > 0);
        for (const name of Object.keys(facts).filter((key) => rule.inputs[key]?.optional && SCALARS.has(rule.inputs[key].type))) {
          const { [name]: _, ...less } = facts;
          if (ask(rule.name, less).status === 'computed') assert.notEqual(answer.status, 'missing', name);
        }
      }),
      { numRuns: 25 },
    );
  });
}

test('open questions speak of rules that exist', () => {
  for (const question of OPEN_QUESTIONS) for (const name of question.rules) assert.ok(names.has(name), `${question.id}: ${name}`);
});

test('every citation serves: a rule names it, or a trace of the core does', async () => {
  const { readdirSync, readFileSync } = await import('node:fs');
  const core = new URL('../', import.meta.url);
  const sources = readdirSync(core, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.includes('citations'))
    .map((path) => readFileSync(new URL(path, core), 'utf8'))
    .join('\n');
  assert.deepEqual(
    Object.keys(citations).filter((key) => !sources.includes(`'${key}'`)),
    [],
  );
});

test('late-interest has the shape that other programs rely on', () => {
  const facts = {
    debtor: 'business',
    amount: '10000.00',
    dueOn: '2026-04-30',
    asOf: '2026-08-31',
    rate: null,
    noticeOn: null,
    payments: [],
  };
  const answer = ask('late-interest', facts);
  assert.deepEqual(answer.status === 'computed' && answer.value, {
    principal: '10000.00',
    interest: '413.68',
    indemnity: '40.00',
    total: '10453.68',
    lines: [
      { from: '2026-05-01', to: '2026-06-30', days: 61, ratePercent: '12.15', base: '10000.00', amount: '203.05' },
      { from: '2026-07-01', to: '2026-08-31', days: 62, ratePercent: '12.40', base: '10000.00', amount: '210.63' },
    ],
  });
});

test('deadline has the shape that other programs rely on', () => {
  const answer = ask('deadline', { from: '2026-01-31', days: null, months: 1, zone: 'metropole' });
  assert.deepEqual(answer.status === 'computed' && answer.value, { raw: '2026-02-28', shifted: '2026-03-02' });
});
