import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, day } from '#core/kernel/day.ts';
import { money } from '#core/kernel/money.ts';
import { percent as rate } from '#core/kernel/ratio.ts';
import {
  count,
  dateTime,
  dueIn,
  euros,
  fileSize,
  fullDay,
  iban,
  integer,
  listOf,
  longDay,
  NBSP,
  NNBSP,
  percent,
  relativeDay,
  shortDay,
  siren,
} from './format.ts';

test('amounts: French spaces, exact at any size, a true minus sign', () => {
  assert.equal(euros(480_000n), `4${NNBSP}800,00${NBSP}€`);
  assert.equal(euros(5n), `0,05${NBSP}€`);
  assert.equal(euros(-123_456n), `\u22121${NNBSP}234,56${NBSP}€`);
  assert.equal(euros(12_345_678_901_234_567_890n), `123${NNBSP}456${NNBSP}789${NNBSP}012${NNBSP}345${NNBSP}678,90${NBSP}€`);
  assert.equal(euros(money(100n, 'CHF')), `1,00${NBSP}CHF`);
});

test('any amount can be read back to the cent', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), (cents) => {
      const digits = euros(cents)
        .replace('\u2212', '-')
        .replace(/[^\d-]/g, '');
      assert.equal(BigInt(digits), cents);
    }),
  );
});

test('days', () => {
  assert.equal(longDay(day('2026-03-31')), `31${NBSP}mars${NBSP}2026`);
  assert.equal(longDay(day('2026-04-01')), `1er${NBSP}avril${NBSP}2026`);
  assert.equal(shortDay(day('2026-03-01')), '01/03/2026');
  assert.equal(fullDay(day('2026-03-31')), `mardi 31${NBSP}mars${NBSP}2026`);
  assert.equal(dateTime(Temporal.Instant.from('2026-06-30T22:05:00Z')), '01/07/2026 00:05');
});

test('where a day stands from today', () => {
  const today = day('2026-11-21');
  const said = (days: number): string => relativeDay(addDays(today, days), today);
  assert.equal(said(0), 'aujourd’hui');
  assert.equal(said(1), 'demain');
  assert.equal(said(3), `dans 3${NBSP}jours`);
  assert.equal(said(-1), 'hier');
  assert.equal(said(-12), `il y a 12${NBSP}jours`);
  assert.equal(dueIn(day('2026-03-31'), today), `en retard de 235${NBSP}jours`);
  assert.equal(dueIn(addDays(today, -1), today), `en retard de 1${NBSP}jour`);
  assert.equal(dueIn(today, today), 'échéance aujourd’hui');
  assert.equal(dueIn(addDays(today, 3), today), `échéance dans 3${NBSP}jours`);
});

test('counts: zero and one are singular', () => {
  assert.equal(count(0, 'facture'), `0${NBSP}facture`);
  assert.equal(count(1, 'facture'), `1${NBSP}facture`);
  assert.equal(count(2, 'facture'), `2${NBSP}factures`);
  assert.equal(count(1_234_567, 'cheval', 'chevaux'), `1${NNBSP}234${NNBSP}567${NBSP}chevaux`);
  assert.equal(integer(-12_345n), `\u221212${NNBSP}345`);
  assert.equal(listOf(['A', 'B', 'C']), 'A, B et C');
});

test('rates, numbers of companies and accounts', () => {
  assert.equal(percent(rate('12.4')), `12,40${NBSP}%`);
  assert.equal(percent(rate('2.1525')), `2,1525${NBSP}%`);
  assert.equal(siren('123456789'), `123${NBSP}456${NBSP}789`);
  assert.equal(siren('123 456 789 00012'), `123${NBSP}456${NBSP}789${NBSP}00012`);
  assert.equal(siren('12345'), '12345');
  assert.equal(iban('fr7630006000011234567890189'), ['FR76', '3000', '6000', '0112', '3456', '7890', '189'].join(NBSP));
});

test('sizes of files', () => {
  assert.equal(fileSize(0), `0${NBSP}octet`);
  assert.equal(fileSize(380), `380${NBSP}octets`);
  assert.equal(fileSize(12_288), `12${NBSP}Ko`);
  assert.equal(fileSize(1_474_560), `1,4${NBSP}Mo`);
  assert.equal(fileSize(20 * 1024 * 1024), `20${NBSP}Mo`);
  assert.equal(fileSize(2 ** 31), `2${NBSP}Go`);
  assert.equal(fileSize(2 ** 20 - 1), `1${NBSP}Mo`);
});
