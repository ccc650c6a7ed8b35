import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dayOrderOf, decimalSignOf, findAmounts, findDates, fold, readAmount, readDate } from './values.ts';

test('folding keeps every position', () => {
  assert.equal(fold('Échéance\u202f: L’Été — ÇA'), "echeance : l'ete - ca");
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => assert.equal(fold(text).length, text.length)));
});

test('amounts as people write them', () => {
  const cases: [string, string | undefined][] = [
    ['1 234,56 €', '1234.56'],
    ['1\u202f234,56', '1234.56'],
    ['1.234,56', '1234.56'],
    ['1,234.56', '1234.56'],
    ["CHF 1'234.50", '1234.50'],
    ['12.345.678,90', '12345678.90'],
    ['-12,5', '-12.5'],
    ['\u2212515,00 €', '-515.00'],
    ['(120,00)', '-120.00'],
    ['120,00-', '-120.00'],
    ['0,025', '0.025'],
    ['4800', '4800'],
    ['007', '7'],
    ['douze', undefined],
    ['1,2,3', undefined],
    ['12 34,00', undefined],
    ['(12', undefined],
    ['', undefined],
  ];
  for (const [text, expected] of cases) assert.equal(readAmount(text), expected, text);
});

test('one separator before three digits is ambiguous until the file tells', () => {
  assert.equal(readAmount('1,234'), 'ambiguous');
  assert.equal(readAmount('1,234', ','), '1.234');
  assert.equal(readAmount('1,234', '.'), '1234');
  assert.equal(readAmount('1.234', ','), '1234');
  assert.equal(decimalSignOf(['1,234', '5,20']), ',');
  assert.equal(decimalSignOf(['1,234', '5.20']), '.');
  assert.equal(decimalSignOf(['5,20', '5.20']), undefined);
});

test('every amount written in French, English or Swiss reads back as itself', () => {
  const grouped = (digits: string, by: string): string => digits.replace(/\B(?=(\d{3})+$)/g, by);
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
      fc.constantFrom([' ', ','], ['\u202f', ','], ['.', ','], [',', '.'], ["'", '.'], ['', ',']),
      (cents, [by = '', decimal = '']) => {
        const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0');
        const [whole, fraction] = [digits.slice(0, -2), digits.slice(-2)];
        const written = `${cents < 0n ? '-' : ''}${grouped(whole, by)}${decimal}${fraction}`;
        assert.equal(readAmount(written), `${cents < 0n ? '-' : ''}${whole}.${fraction}`, written);
      },
    ),
  );
});

test('dates in French, English and German', () => {
  const cases: [string, string | undefined][] = [
    ['31/12/2026', '2026-12-31'],
    ['31.12.26', '2026-12-31'],
    ['1er mars 2026', '2026-03-01'],
    ['12 août 2026', '2026-08-12'],
    ['3. März 2026', '2026-03-03'],
    ['March 3rd, 2026', '2026-03-03'],
    ['15-Dez-2026', '2026-12-15'],
    ['2026-02-28', '2026-02-28'],
    ['20260228', '2026-02-28'],
    ['2026-02-28T10:00:00Z', '2026-02-28'],
    ['31/02/2026', undefined],
    ['32/01/2026', undefined],
    ['12/2026', undefined],
    ['demain', undefined],
    ['le 12/01/2026', undefined],
  ];
  for (const [text, expected] of cases) assert.equal(readDate(text), expected, text);
});

test('the order of day and month is told by the days that only fit one', () => {
  assert.equal(dayOrderOf(['03/04/2026', '03/20/2026']), 'mdy');
  assert.equal(dayOrderOf(['03/04/2026', '20/03/2026', '03/20/2026']), 'dmy');
  assert.equal(dayOrderOf(['03/04/2026']), 'dmy');
  assert.equal(readDate('03/04/2026', 'mdy'), '2026-03-04');
});

test('every day reads back from each of its writings', () => {
  const months = [
    'janvier',
    'février',
    'mars',
    'avril',
    'mai',
    'juin',
    'juillet',
    'août',
    'septembre',
    'octobre',
    'novembre',
    'décembre',
  ];
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20_000 }), (offset) => {
      const day = Temporal.PlainDate.from('1995-01-01').add({ days: offset });
      const [d, m] = [String(day.day).padStart(2, '0'), String(day.month).padStart(2, '0')];
      for (const text of [
        `${d}/${m}/${day.year}`,
        `${d}.${m}.${day.year}`,
        `${day.day} ${months[day.month - 1]} ${day.year}`,
        day.toString(),
      ]) {
        assert.equal(readDate(text), day.toString(), text);
      }
    }),
  );
});

test('values inside a sentence, with their place', () => {
  assert.deepEqual(findDates('du 01/03/2026 au 31/03/2026'), [
    { value: '2026-03-01', start: 3, end: 13 },
    { value: '2026-03-31', start: 17, end: 27 },
  ]);
  const found = findAmounts('Total TTC 20 % : 1 200,00 € dont 12');
  assert.deepEqual(
    found.map((a) => [a.value, a.currency, a.sure]),
    [
      ['1200.00', 'EUR', true],
      ['12', null, false],
    ],
  );
});
