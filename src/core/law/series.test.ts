import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addDays, day } from '../kernel/day.ts';
import { formatPercent, percent } from '../kernel/ratio.ts';
import { currentLaw, lawWith, seriesOf } from './book.ts';
import { clauseFloor, defaultRate, legalRate, rateTable } from './rates.ts';
import { series, valueOn } from './series.ts';

const table = rateTable(currentLaw);
const all = [...seriesOf(currentLaw), table.business, table.public, table.clauseFloor];

test('every series of the law is seen', () => {
  assert.ok(all.length === 12, `${all.length} series`);
  assert.equal(new Set(currentLaw.semesterReference.values.map((v) => v.from.toString())).size, 38);
});

for (const one of all) {
  test(`${one.id}: no gap, no overlap, a source for each value`, () => {
    assert.ok(one.values.length > 0);
    one.values.forEach((value, i) => {
      const next = one.values[i + 1];
      if (next) assert.equal(value.to && addDays(value.to, 1).toString(), next.from.toString());
      assert.ok(value.source.length > 3, `${one.id} ${value.from}`);
      // Both sides of each change are neighbours: the last day of one value, the first day of the next.
      assert.equal(valueOn(one, value.from), value);
      if (value.to) assert.equal(valueOn(one, value.to), value);
      if (next && value.to) assert.equal(valueOn(one, addDays(value.to, 1)), next);
    });
    const first = one.values[0];
    assert.equal(first && valueOn(one, addDays(first.from, -1)), undefined);
    if (one.knownUntil) {
      assert.notEqual(valueOn(one, one.knownUntil), undefined);
      assert.equal(valueOn(one, addDays(one.knownUntil, 1)), undefined);
    }
  });
}

test('the semester reference is the ECB rate of its first day, from 2009 on', () => {
  for (const value of currentLaw.semesterReference.values.filter((v) => v.from.year >= 2009)) {
    const ecb = valueOn(currentLaw.ecbMainRefinancing, value.from);
    assert.equal(ecb && formatPercent(ecb.value), formatPercent(value.value), value.from.toString());
  }
});

const rateOn = (outcome: ReturnType<typeof defaultRate>): string =>
  outcome.status === 'computed' ? formatPercent(outcome.value) : outcome.status;

test('both sides of each reform', () => {
  const sides: readonly (readonly [string, string, string])[] = [
    // margin of 7 then 10 points between professionals
    ['business 2008-12-31', rateOn(defaultRate('business', day('2008-12-31'))), '11.07'],
    ['business 2009-01-01', rateOn(defaultRate('business', day('2009-01-01'))), '12.50'],
    // margin of 7 then 8 points for public buyers
    ['public 2013-03-15', rateOn(defaultRate('public', day('2013-03-15'))), '7.75'],
    ['public 2013-03-16', rateOn(defaultRate('public', day('2013-03-16'))), '8.75'],
    // one column of the legal rate, then two
    ['legal individual 2014-12-31', rateOn(legalRate(day('2014-12-31'), 'individual')), '0.04'],
    ['legal individual 2015-01-01', rateOn(legalRate(day('2015-01-01'), 'individual')), '4.06'],
    ['legal other 2015-01-01', rateOn(legalRate(day('2015-01-01'), 'other')), '0.93'],
    // an ECB change inside a half-year does nothing before the next
    ['business 2026-06-30', rateOn(defaultRate('business', day('2026-06-30'))), '12.15'],
    ['business 2026-07-01', rateOn(defaultRate('business', day('2026-07-01'))), '12.40'],
    ['business 2026-12-31', rateOn(defaultRate('business', day('2026-12-31'))), '12.40'],
    ['business 2027-01-01', rateOn(defaultRate('business', day('2027-01-01'))), 'not-encoded'],
    ['floor 2027-01-01', rateOn(clauseFloor(day('2027-01-01'))), 'not-encoded'],
    ['floor 2008-12-31', rateOn(clauseFloor(day('2008-12-31'))), '5.985'],
    ['floor 2009-01-01', rateOn(clauseFloor(day('2009-01-01'))), '11.37'],
  ];
  for (const [what, got, expected] of sides) assert.equal(got, expected, what);
});

test('the user’s figure prolongs a series, shows in the trace, and may not hide unknown days', () => {
  const override = {
    from: day('2027-01-01'),
    to: day('2027-06-30'),
    value: percent('2.65'),
    note: 'JO du 30 décembre',
    on: day('2027-01-02'),
  };
  const law = lawWith({ semesterReference: [override] });
  const answer = defaultRate('business', day('2027-01-15'), law);
  assert.equal(rateOn(answer), '12.65');
  assert.match(answer.status === 'computed' ? (answer.trace[0]?.says ?? '') : '', /saisie le 2.janvier.2027.*JO du 30 décembre/u);
  assert.equal(rateOn(defaultRate('business', day('2026-12-31'), law)), '12.40');
  assert.equal(rateOn(defaultRate('business', day('2027-07-01'), law)), 'not-encoded');
  assert.throws(() => lawWith({ semesterReference: [{ ...override, from: day('2027-07-01') }] }), RangeError);
});

test('an override inside a series leaves what is before and after it', () => {
  const law = lawWith({
    legalRateOther: [
      { from: day('2026-03-01'), to: day('2026-03-31'), value: percent('1'), note: 'essai', on: day('2026-02-01') },
    ],
  });
  const of = law.legalRate.other;
  assert.deepEqual(
    ['2026-02-28', '2026-03-01', '2026-03-31', '2026-04-01'].map((d) =>
      formatPercent(valueOn(of, day(d))?.value ?? percent('99')),
    ),
    ['2.62', '1.00', '1.00', '2.62'],
  );
  for (const [i, value] of of.values.slice(1).entries()) {
    assert.equal(addDays(of.values[i]?.to ?? value.from, 1).toString(), value.from.toString());
  }
});

test('entries out of order are refused', () => {
  const entry = { value: 1, source: 'essai', certainty: 'official' } as const;
  assert.throws(
    () =>
      series({ id: 'x', title: 'x', unit: 'percent', cites: [] }, [
        { from: '2026-02-01', ...entry },
        { from: '2026-01-01', ...entry },
      ]),
    RangeError,
  );
});
