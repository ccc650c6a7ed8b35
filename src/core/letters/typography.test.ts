import assert from 'node:assert/strict';
import { test } from 'node:test';
import { counted, fr, frenchList, frenchSiren, groupedIban, printable } from './typography.ts';

test('our sentences get their no-break spaces and curly apostrophes', () => {
  assert.equal(fr`Qui paie ? Vous : « oui » ; l'un !`, 'Qui paie\u202f? Vous\u202f: «\u202foui\u202f»\u202f; l’un\u202f!');
  assert.equal(fr`une indemnité de 40 € à 12 %`, 'une indemnité de 40\u00a0€ à 12\u00a0%');
  assert.equal(fr`articles L441-10, II et D441-5, article 1344`, 'articles\u00a0L441-10, II et\u00a0D441-5, article\u00a01344');
  assert.equal(fr`facture n° 12 du 2 mars 2026`, 'facture n°\u00a012 du 2\u00a0mars 2026');
});

test('what is inserted in a sentence is left as it is', () => {
  assert.equal(fr`Chez ${"L'Entr'acte : bar"} :`, "Chez L'Entr'acte : bar\u202f:");
});

test('lists, counts and numbers read as French writes them', () => {
  assert.equal(frenchList([]), '');
  assert.equal(frenchList(['a']), 'a');
  assert.equal(frenchList(['a', 'b', 'c']), 'a, b et c');
  assert.equal(counted(1, 'facture', 'factures'), '1\u00a0facture');
  assert.equal(counted(0, 'facture', 'factures'), '0\u00a0facture');
  assert.equal(counted(2, 'facture', 'factures'), '2\u00a0factures');
  assert.equal(frenchSiren('900000001'), '900\u00a0000\u00a0001');
  assert.equal(frenchSiren('HRB 1234'), 'HRB 1234');
  assert.equal(groupedIban('FR7630006000011234567890189'), 'FR76 3000 6000 0112 3456 7890 189');
});

test('what a typeface cannot draw is replaced in sight, never dropped in silence', () => {
  assert.deepEqual(printable('Zoé 🙂 שלום'), { text: 'Zoé ☐ ☐☐☐☐', replaced: ['🙂', 'ש', 'ל', 'ו', 'ם'] });
  assert.deepEqual(printable('Łukasz Nguyễn Ωμέγα Жанна'), { text: 'Łukasz Nguyễn Ωμέγα Жанна', replaced: [] });
});

test('letters are composed, blanks are one space, invisible controls disappear', () => {
  assert.equal(printable('Cafe\u0301  du\tPort\n').text, 'Café du Port');
  assert.equal(printable('abc\u202edcba\u202c\u200b\u0000x').text, 'abcdcbax');
  assert.equal(printable('1\u202f000\u00a0€').text, '1\u202f000\u00a0€');
});
