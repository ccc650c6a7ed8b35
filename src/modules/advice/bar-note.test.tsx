import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day } from '#core/kernel/day.ts';
import { BarNote } from './bar-note.tsx';
import type { Bar } from './case-claim.ts';

const said = (days: number, from: Bar['from'] = 'invoice'): string =>
  String(<BarNote caseId="c" of={{ on: day('2027-01-05'), days, from, near: true }} />)
    .replace(/<[^>]*>/g, ' ')
    .replace(/[\s\u00a0\u202f]+/g, ' ');

test('limitation names its last day and counts the days when few are left', () => {
  assert.match(said(61), /Dernier jour pour agir en justice : le 4 janvier 2027 Prescription comptée de la facture ;/);
  assert.match(said(60), /le 4 janvier 2027, dans 59 jours/);
  assert.match(said(3), /le 4 janvier 2027, dans 2 jours/);
  assert.match(said(2), /le 4 janvier 2027, demain/);
  assert.match(said(1), /le 4 janvier 2027, aujourd’hui/);
  assert.match(said(0), /Peut-être prescrite depuis le 5 janvier 2027/);
  assert.match(
    said(-400, 'performance'),
    /Peut-être prescrite depuis le 5 janvier 2027 Prescription comptée de la fin de la prestation\./,
  );
  assert.match(said(30, 'public'), /n’est pas dans Quitus : faites vérifier/);
});
