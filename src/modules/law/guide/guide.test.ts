import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rules } from '#core/claim/rules.ts';
import { isBefore, parseDay } from '#core/kernel/day.ts';
import { currentLaw } from '#core/law/book.ts';
import { OPEN_QUESTIONS } from '#core/law/open-questions.ts';
import type { Field, Fields } from '#core/law/registry/fields.ts';
import { factsOf, isGroup, questionsOf, typedFacts } from './form.ts';
import { GUIDES, QUESTIONS } from './guide.ts';
import { choiceWords, FIGURES, labelOf, partWords, TOLD_BY_TRACE } from './words.ts';

/** The pages are made of the rules themselves: none may lack its explanation, its words, its form. */

const names = rules.map((rule) => rule.name).sort();

test('every rule has its explanation and stands under one question; none is explained that does not exist', () => {
  assert.deepEqual(Object.keys(GUIDES).sort(), names);
  assert.deepEqual(QUESTIONS.flatMap((one) => one.rules).sort(), names);
  assert.ok(rules.length >= 40, `only ${rules.length} rules`);
  for (const doubt of OPEN_QUESTIONS) for (const rule of doubt.rules) assert.ok(names.includes(rule), `${doubt.id}: ${rule}`);
});

test('explanations are whole sentences, dates are days in order, series exist', () => {
  for (const [name, guide] of Object.entries(GUIDES)) {
    assert.ok(guide.says.length > 0 && guide.says.every((p) => /^[«A-ZÀÉÊ].*[.!?]$/u.test(p)), name);
    const days = (guide.dates ?? []).map((one) => parseDay(one.on));
    for (const [i, on] of days.entries()) {
      assert.ok(on, name);
      const next = days[i + 1];
      if (next) assert.ok(isBefore(on, next), `${name}: ${on} and ${next}`);
    }
    for (const series of guide.series?.(currentLaw) ?? []) assert.ok(series.values.length > 0, name);
  }
});

function everyField(fields: Fields, visit: (path: string, key: string, field: Field<unknown, boolean>) => void, path = ''): void {
  for (const [key, field] of Object.entries(fields)) {
    visit(`${path}${key}`, key, field);
    if (field.fields) everyField(field.fields, visit, `${path}${key}.`);
  }
}

test('no English on screen: each choice has French words of its own, each question a French label', () => {
  for (const rule of rules) {
    everyField(rule.inputs, (path, key, field) => {
      const words = (field.choices ?? []).map((choice) => choiceWords(key, choice));
      for (const [i, word] of words.entries())
        assert.ok(word !== field.choices?.[i] || /^(arrhes|acompte)$/.test(word), `${rule.name}.${path}: ${word}`);
      assert.equal(new Set(words).size, words.length, `${rule.name}.${path}: two choices read the same`);
      const label = labelOf(rule.name, path, field.meaning);
      for (const choice of field.choices ?? []) {
        if (choice.includes('-') || ['other', 'general', 'hospital', 'consumer', 'exempt'].includes(choice))
          assert.ok(!label.includes(choice), `${rule.name}.${path}: ${label}`);
      }
    });
  }
});

test('the form of each rule, filled with its example, gives back the facts of the example', () => {
  for (const rule of rules) {
    const { facts, errors } = factsOf(rule.inputs, typedFacts(rule.inputs, rule.example));
    assert.deepEqual(errors, {}, rule.name);
    const asked = rule.ask(facts, currentLaw);
    assert.deepEqual(asked, rule.ask(rule.example, currentLaw), rule.name);
    assert.ok(asked.ok && asked.value.status === 'computed', rule.name);
  }
});

test('an empty form asks each required fact at its own question, and nothing else', () => {
  for (const rule of rules) {
    const { errors } = factsOf(rule.inputs, {});
    const shown = new Set<string>();
    const walk = (questions: ReturnType<typeof questionsOf>): void => {
      for (const one of questions) {
        if (isGroup(one)) walk(one.questions);
        else shown.add(one.name);
      }
    };
    walk(questionsOf(rule.inputs, {}));
    for (const name of Object.keys(errors)) assert.ok(shown.has(name), `${rule.name}: ${name} is no question of the form`);
    const required = Object.values(rule.inputs).filter((field) => !field.optional).length;
    assert.equal(Object.keys(errors).length, required, rule.name);
  }
});

test('what cannot be read is said where it was typed; rows and objects left empty are left out', () => {
  const late = rules.find((rule) => rule.name === 'late-interest');
  assert.ok(late);
  const example = typedFacts(late.inputs, late.example);
  const wrong = factsOf(late.inputs, { ...example, amount: 'mille', dueOn: '31/02/2026', 'payments.1.on': '2026-08-15' });
  assert.deepEqual(Object.keys(wrong.errors).sort(), ['amount', 'dueOn', 'payments.1.amount']);
  const typed = factsOf(late.inputs, {
    ...example,
    amount: '10 000,00 €',
    dueOn: '30/04/2026',
    'payments.1.on': ' ',
    rate: '8,5 %',
  });
  assert.deepEqual(typed.errors, {});
  assert.equal(typed.facts.rate, '8.5');
  assert.deepEqual(typed.facts.payments, [{ on: '2026-08-01', amount: '1000.00' }]);
  const forum = rules.find((rule) => rule.name === 'forum');
  assert.ok(forum);
  const place = factsOf(forum.inputs, { ...typedFacts(forum.inputs, forum.example), 'debtorPlace.city': '' });
  assert.deepEqual(Object.keys(place.errors), ['debtorPlace.city']);
});

test('the answer of each example is shown: a figure, or parts that have words', () => {
  for (const rule of rules) {
    const answer = rule.ask(rule.example, currentLaw);
    assert.ok(answer.ok && answer.value.status === 'computed', rule.name);
    const { value } = answer.value;
    if (TOLD_BY_TRACE.has(rule.name)) {
      assert.ok(answer.value.trace.length > 0, rule.name);
      continue;
    }
    if (typeof value !== 'object' || value === null) {
      assert.ok(FIGURES[rule.name], `${rule.name} answers ${value}: say how it is written`);
      continue;
    }
    const parts = Array.isArray(value) ? value.flatMap((one) => Object.keys(one as object)) : Object.keys(value);
    assert.ok(parts.some((part) => partWords(rule.name, part)) || parts.includes('lines') || parts.includes('courts'), rule.name);
  }
});
