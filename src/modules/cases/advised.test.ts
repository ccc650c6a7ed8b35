import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ACTIONS } from '#core/advice/actions.ts';
import { day } from '#core/kernel/day.ts';
import { longDay } from '#ui/format.ts';
import { callOf } from './advised.ts';
import type { CaseState, NextMove, Stage } from './state.ts';

const at = (stage: Stage, next: NextMove | undefined) => ({
  id: 'c',
  state: { stage, ...(next && { next }) } as CaseState,
  letterToPost: undefined,
});

test('where the step is weighed, the one next thing is what the advice proposes', () => {
  assert.deepEqual(callOf(at('overdue', 'formal-notice'), { action: 'EMAIL' }), {
    href: '/dossiers/c/noter/contact?moyen=email',
    words: 'Relancer par courriel',
  });
  assert.equal(callOf(at('notice-expired', 'choose-road'), { action: 'IP' })?.words, 'Injonction de payer');
  assert.equal(
    callOf(at('to-contact', 'contact'), { action: 'WAIT', until: day('2026-12-01') })?.words,
    `Attendre jusqu’au ${longDay(day('2026-12-01'))}`,
  );
});

test('a fact that commands is not weighed; without advice, the case says what is next', () => {
  for (const [stage, next, words] of [
    ['disputed', 'settle-dispute', 'Dire où en est la contestation'],
    ['money-to-place', 'place-money', 'Rattacher le virement'],
    ['insolvent', 'declare-claim', 'Déclarer la créance'],
  ] as const)
    assert.equal(callOf(at(stage, next), { action: 'EMAIL' })?.words, words);
  assert.equal(callOf(at('overdue', 'formal-notice'), undefined)?.words, 'Préparer la mise en demeure');
  assert.equal(callOf(at('promised', undefined), { action: 'EMAIL' }), undefined, 'nothing to do is nothing to do');
});

test('every step leads to a page of the case', () => {
  for (const action of ACTIONS)
    assert.match(callOf(at('overdue', 'formal-notice'), { action })?.href ?? '', /^\/dossiers\/c(\/|$)/, action);
});
