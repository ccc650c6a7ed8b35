import assert from 'node:assert/strict';
import { test } from 'node:test';
import { madeUpBook } from '../../../test/support/made-up-payments.ts';
import type { AsOf } from './as-of.ts';
import { CATALOGUE } from './catalogue.ts';
import { paidBy } from './curve.ts';
import type { PastInvoice } from './invoices.ts';
import { HORIZONS, type OpenStart, outlookOf, WEEKS } from './outlook.ts';
import { chooseOwn, fitOwn, NEEDED_FOR_HAZARD, NEEDED_TO_CHOOSE, ownPast } from './own.ts';
import { fitPrior } from './prior.ts';
import { endOf, startsOf, trainingAt } from './protocol.ts';

const near = (actual: number, expected: number, within: number): void =>
  assert.ok(Math.abs(actual - expected) <= within, `${actual} is not ${expected} within ${within}`);

const NOTHING: AsOf = {
  ...{ settled: 0, late: 0, disputed: 0, days: 0, delay: 0, cents: 0, last: [], open: 0, overdue: 0 },
  all: { settled: 0, late: 0, days: 0, delay: 0, disputed: 0 },
};
const DUE = 20_030;
const INVOICE: PastInvoice = { id: 'a', customer: 'c', knownOn: DUE - 30, issuedOn: DUE - 30, dueOn: DUE, cents: 100_000n };

test('with nothing seen, the published curve: 48,7 % on the due date, 7,6 % beyond thirty days, thirteen days late on average', () => {
  const { curve, pLate } = fitPrior([]).forecast({ invoice: INVOICE, asOf: NOTHING });
  near(1 - pLate, 0.487, 0.015);
  near(1 - paidBy(curve, 60), 0.076, 0.003);
  let late = 0;
  for (let day = 30; day < 395; day += 1) late += 1 - (paidBy(curve, day) + paidBy(curve, day + 1)) / 2;
  near(late, 13, 0.6);
});

test('what is seen draws the published curve, and a customer is late as often as its own past says', () => {
  const paidAt = (days: number, customer: string): PastInvoice => ({
    ...{ ...INVOICE, id: `${customer}${days}`, customer },
    settledOn: INVOICE.knownOn + days,
  });
  // Everybody pays five days early: after a hundred invoices the curve says so, after four it hesitates.
  const many = Array.from({ length: 100 }, (_, i) => paidAt(25, `c${i}`));
  const late = (past: readonly PastInvoice[]): number =>
    fitPrior(trainingAt(startsOf(past), DUE + 400)).forecast({ invoice: INVOICE, asOf: NOTHING }).pLate;
  assert.ok(late(many) < 0.15 && late(many.slice(0, 4)) > 0.35 && late(many.slice(0, 4)) < 0.513);
  const model = fitPrior([]);
  const asOf = (settled: number, lateOnes: number): AsOf => ({ ...NOTHING, settled, late: lateOnes });
  const chance = (a: AsOf): number => model.forecast({ invoice: INVOICE, asOf: a }).pLate;
  assert.ok(chance(asOf(10, 10)) > 0.8 && chance(asOf(10, 0)) < 0.25 && chance(asOf(1, 1)) < chance(asOf(5, 5)));
});

test('too few paid invoices: nothing is compared; then the published curve is the one to beat; then the hazard', () => {
  const book = madeUpBook(40, 20);
  const settled = (n: number): PastInvoice[] => book.filter((i) => i.settledOn !== undefined).slice(0, n);
  const on = endOf(book);
  const few = chooseOwn(ownPast(settled(NEEDED_TO_CHOOSE - 1), on), on);
  assert.deepEqual([few.chosen, few.contests.length, few.record], ['prior', 0, undefined]);
  const some = chooseOwn(ownPast(settled(NEEDED_FOR_HAZARD - 1), on), on);
  assert.equal(some.incumbent, 'prior');
  assert.ok(some.contests.length > 5 && some.record);
  const whole = chooseOwn(ownPast(book, on), on);
  assert.equal(whole.incumbent, 'hazard');
  const best = whole.contests.toSorted((a, b) => a.logLoss - b.logLoss)[0];
  const chosen = whole.contests.find((c) => c.id === whole.chosen);
  assert.ok(best && chosen && chosen.logLoss - best.logLoss < 0.03);
  // What was announced comes true about as often, and the band holds about what it says.
  const { record } = whole;
  assert.ok(record && record.n === 200);
  near(record.announced, record.observed, 0.08);
  near(record.covered, 0.8, 0.12);
});

test('the choice and the fit know nothing of what happens from the day on', () => {
  const book = madeUpBook(20, 20);
  const on = endOf(book) - 150;
  const known = book
    .filter((i) => i.knownOn < on)
    .map(({ settledOn, ...i }) => (settledOn !== undefined && settledOn < on ? { ...i, settledOn } : i));
  const delayed = book.filter((i) => i.knownOn < on).map((i) => ((i.settledOn ?? on) < on ? i : { ...i, settledOn: on + 300 }));
  assert.deepEqual(chooseOwn(ownPast(delayed, on), on), chooseOwn(ownPast(known, on), on));
  const start = startsOf(known)[0];
  assert.ok(start);
  for (const id of ['prior', 'hazard'] as const)
    assert.deepEqual(
      fitOwn(ownPast(delayed, on), id, on).model.forecast(start),
      fitOwn(ownPast(known, on), id, on).model.forecast(start),
    );
});

test('the outlook of open invoices: chances rise, dates stand in order, weeks add up to the chance of thirteen weeks', () => {
  const book = madeUpBook(20, 20);
  const on = endOf(book) - 40;
  const past = book.filter((i) => i.knownOn < on);
  const open = startsOf(past)
    .filter(({ invoice }) => (invoice.settledOn ?? on) >= on)
    .map((start): OpenStart => ({ ...start, leftCents: start.invoice.cents / 2n }));
  assert.ok(open.length > 10);
  for (const id of ['prior', 'hazard', 'customer-mean'] as const) {
    const { invoices, weeks, total } = outlookOf(fitOwn(ownPast(past, on), id, on), open, on);
    assert.equal(weeks.length, WEEKS);
    assert.deepEqual([weeks[0]?.from, weeks[0]?.to, weeks.at(-1)?.to], [on, on + 6, on + 90]);
    for (const { by, lowOn, expectedOn, highOn } of invoices) {
      assert.equal(by.length, HORIZONS.length);
      for (const [k, p] of by.entries()) assert.ok(p >= (by[k - 1] ?? 0) && p <= 1);
      assert.ok((lowOn ?? on) >= on && (expectedOn ?? 1e9) >= (lowOn ?? on) && (highOn ?? 1e9) >= (expectedOn ?? on));
    }
    const sum = weeks.reduce((cents, w) => cents + w.mean, 0n);
    near(Number(sum), Number(total.mean), 10);
    assert.ok(
      total.p10 <= total.p50 && total.p50 <= total.p90 && total.mean <= open.reduce((cents, o) => cents + o.leftCents, 0n),
    );
  }
  const nobody = outlookOf(fitOwn(ownPast([], on), 'prior', on), [], on);
  assert.deepEqual([nobody.invoices.length, nobody.total.mean, nobody.total.p90], [0, 0n, 0n]);
  assert.equal(CATALOGUE.prior.chances, true);
});
