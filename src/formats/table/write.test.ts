import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { day } from '#core/kernel/day.ts';
import { csvRow } from './write.ts';

test('a row as French spreadsheets read it', () => {
  const row = csvRow(['Brasserie ; « Le Port »', { cents: -120050n }, 12, day('2026-03-01'), null, 'dit "vite"']);
  assert.equal(row, '"Brasserie ; « Le Port »";-1200,50;12;2026-03-01;;"dit ""vite"""\r\n');
});

test('what would run as a formula is text', () => {
  for (const hostile of [
    '=1+1',
    '+33 1',
    '-2',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    ' =1',
    '\u00a0=1',
    '＝1',
    '=HYPERLINK("http://x";"y")',
  ])
    assert.match(csvRow([hostile]), /^"?'/, JSON.stringify(hostile));
  assert.equal(csvRow(['F-2026-12', 'a=b', "l'eau"]), "F-2026-12;a=b;l'eau\r\n");
});

test('whatever the words, a row is read back with its cells', () => {
  const words = fc.string({ unit: fc.constantFrom(...'aé";\t\n\r =+-@\'€'), maxLength: 12 });
  fc.assert(
    fc.property(fc.array(words, { minLength: 2, maxLength: 6 }), (cells) => {
      const [read = []] = parse(csvRow(cells), { delimiter: ';' }) as string[][];
      assert.equal(read.length, cells.length);
      for (const [i, cell] of cells.entries()) {
        const plain = cell.replace(/[\r\n]+/g, ' ');
        assert.ok(read[i] === plain || read[i] === `'${plain}`, JSON.stringify([cell, read[i]]));
        assert.doesNotMatch(read[i] ?? '', /^\s*[=+\-@]/);
      }
    }),
  );
});
