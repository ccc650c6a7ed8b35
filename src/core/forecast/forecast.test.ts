import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { madeUpBook } from '../../../test/support/made-up-payments.ts';
import { askHistory } from './as-of.ts';
import { cashBands, commonShare, type OpenInvoice } from './cash.ts';
import { checkCash } from './cash-check.ts';
import { CATALOGUE, MODEL_IDS } from './catalogue.ts';
import { type Curve, paidBy, quantile } from './curve.ts';
import { chooseModel, evaluate } from './evaluate.ts';
import { fitEncoder, termsOf } from './features.ts';
import { fitHazard, periodsOf } from './hazard.ts';
import type { PastInvoice } from './invoices.ts';
import { kaplanMeier } from './kaplan-meier.ts';
import { cutAt, endOf, rollingOrigin, startsOf, temporalSplit, trainingAt } from './protocol.ts';
import { randomFrom, shuffled } from './random.ts';

const near = (a: number, b: number, by = 1e-9): void => assert.ok(Math.abs(a - b) <= by, `${a} is not ${b}`);
const book = madeUpBook(40, 20);

test('the past of a customer, counted by hand', () => {
  const at = (id: string, knownOn: number, dueOn: number, settledOn?: number, more: Partial<PastInvoice> = {}): PastInvoice => ({
    ...{ id, customer: 'a', knownOn, issuedOn: knownOn, dueOn, cents: 100n },
    ...(settledOn === undefined ? {} : { settledOn }),
    ...more,
  });
  const invoices = [
    at('1', 0, 10, 12, { disputed: true }),
    at('2', 5, 15, 9),
    at('3', 8, 18),
    at('4', 11, 21, 30),
    at('5', 2, 10, 4, { customer: 'b' }),
  ];
  const [before, on12, on13, on22] = askHistory(invoices, [
    { customer: 'a', on: 9 },
    { customer: 'a', on: 12 },
    { customer: 'a', on: 13 },
    { customer: 'a', on: 22, except: '3' },
  ]);
  // Settled on the 9th is not known on the morning of the 9th.
  assert.deepEqual([before?.settled, before?.open, before?.all.settled], [0, 3, 1]);
  assert.deepEqual([on12?.settled, on12?.late, on12?.open, on12?.overdue], [1, 0, 3, 1]);
  assert.deepEqual([on13?.settled, on13?.late, on13?.disputed, on13?.days, on13?.delay, on13?.last], [2, 1, 1, 16, -4, [2, -6]]);
  assert.deepEqual([on22?.open, on22?.overdue], [1, 1]);
});

test('nothing of the future: shuffling what is settled after the day changes no figure', () => {
  fc.assert(
    fc.property(fc.integer({ min: 19_050, max: 19_560 }), fc.integer(), (asOf, seed) => {
      const later = book.filter((i) => i.settledOn !== undefined && i.settledOn >= asOf);
      const mixed = shuffled(later, randomFrom(seed));
      const changed = new Map(later.map((invoice, k) => [invoice.id, mixed[k] as PastInvoice]));
      const other = book.map((invoice) => {
        const taken = changed.get(invoice.id);
        return taken?.settledOn === undefined
          ? invoice
          : { ...invoice, settledOn: taken.settledOn, disputed: taken.disputed === true };
      });
      const questions = book
        .filter((i) => i.knownOn <= asOf)
        .map(({ customer, knownOn, id }) => ({ customer, on: knownOn, except: id }));
      assert.deepEqual(askHistory(other, questions), askHistory(book, questions));
      // And what a model may learn on that day, to the last number.
      const known = ({ start, seen }: ReturnType<typeof trainingAt>[number]) => ({
        id: start.invoice.id,
        asOf: start.asOf,
        seen,
      });
      const [a, b] = [trainingAt(startsOf(book), asOf), trainingAt(startsOf(other), asOf)];
      assert.deepEqual(b.map(known), a.map(known));
      const [x, y] = [fitEncoder(a.map((s) => s.start)), fitEncoder(b.map((s) => s.start))];
      assert.deepEqual(
        b.slice(0, 20).map((s) => y.encode(s.start)),
        a.slice(0, 20).map((s) => x.encode(s.start)),
      );
    }),
    { numRuns: 15 },
  );
});

test('the order of the rows of the file changes nothing', () => {
  const mixed = shuffled(book, randomFrom(3));
  const [a, b] = [startsOf(book), startsOf(mixed)];
  const of = new Map(b.map((s) => [s.invoice.id, s.asOf]));
  for (const s of a.slice(0, 200)) assert.deepEqual(of.get(s.invoice.id), s.asOf);
});

test('a training set knows nothing from the cut on, and open invoices stay in it, cut short', () => {
  const cut = cutAt(book, 0.7);
  const { training, test: tested } = temporalSplit(book, cut);
  for (const { start, seen } of training) {
    assert.ok(start.invoice.knownOn < cut);
    assert.ok(start.invoice.knownOn + seen.days < cut);
    if (!seen.paid) assert.equal(seen.days, cut - 1 - start.invoice.knownOn);
  }
  assert.ok(training.some((s) => !s.seen.paid));
  assert.ok(tested.every((t) => t.start.invoice.knownOn >= cut));
  const origins = rollingOrigin(book);
  assert.equal(origins.length, 6);
  const ids = origins.flatMap((s) => s.test.map((t) => t.start.invoice.id));
  assert.equal(new Set(ids).size, ids.length);
});

test('Kaplan-Meier by hand: 6, 6, 6, 6+, 7, 9+, 10, 10+ (Freireich, first rows)', () => {
  const seen = [6, 6, 6, 7, 10].map((days) => ({ days, paid: true, watched: 99 }));
  const open = [6, 9, 10].map((days) => ({ days, paid: false, watched: days }));
  const curve = kaplanMeier([...seen, ...open]);
  near(1 - paidBy(curve, 5), 1);
  near(1 - paidBy(curve, 6), 5 / 8);
  near(1 - paidBy(curve, 7), (5 / 8) * (3 / 4));
  near(1 - paidBy(curve, 10), (5 / 8) * (3 / 4) * (1 / 2));
});

test('periods end on the due date, whatever the terms', () => {
  for (const terms of [0, 14, 30, 45, -3, -400]) {
    const periods = periodsOf(terms);
    assert.equal(periods[0]?.from, -1);
    if (terms >= 0)
      assert.ok(
        periods.some((p) => p.to === terms),
        String(terms),
      );
    periods.forEach((p, k) => {
      assert.ok(p.to > p.from);
      if (k > 0) assert.equal(p.from, periods[k - 1]?.to);
    });
  }
});

test('every model gives whole curves: rising, from 0, chances between 0 and 1, quantiles in order', () => {
  const split = temporalSplit(book, cutAt(book, 0.7));
  for (const id of MODEL_IDS) {
    const model = CATALOGUE[id].fit(split.training);
    for (const { start } of split.test.slice(0, 25)) {
      const { pLate, curve } = model.forecast(start);
      assert.ok(pLate >= 0 && pLate <= 1, `${id}: ${pLate}`);
      near(curve.paid[0] as number, 0);
      curve.paid.forEach((p, k) => {
        assert.ok(p <= 1 + 1e-12 && (k === 0 || p >= (curve.paid[k - 1] as number) - 1e-12), id);
      });
      assert.ok(quantile(curve, 0.1) <= quantile(curve, 0.5), id);
    }
  }
});

test('P(late) and the dates come from the same curve', () => {
  const split = temporalSplit(book, cutAt(book, 0.7));
  const model = fitHazard(split.training);
  for (const { start } of split.test.slice(0, 40)) {
    const { pLate, curve } = model.forecast(start);
    near(pLate, 1 - paidBy(curve, termsOf(start.invoice)), 1e-12);
  }
});

test('on a book of our own making, where the amount counts, the hazard beats the customer mean by more than chance', () => {
  const large = madeUpBook(60, 25, 9);
  const [mean, hazard] = evaluate(temporalSplit(large, cutAt(large, 0.7)), ['customer-mean', 'hazard'], {
    draws: 100,
    seed: 1,
    level: 0.9,
  });
  assert.ok(mean && hazard?.gap);
  assert.ok(hazard.gap.logLoss.low > 0.05 && hazard.gap.brier.low > 0.01 && hazard.gap.mae.low > 0.8, JSON.stringify(hazard.gap));
  assert.ok(hazard.scores.auc.value > mean.scores.auc.value + 0.03);
  assert.ok(hazard.scores.coverage.value > 0.7 && hazard.scores.coverage.value < 0.95, String(hazard.scores.coverage.value));
  assert.ok(hazard.scores.logLoss.low < hazard.scores.logLoss.value && hazard.scores.logLoss.value < hazard.scores.logLoss.high);
});

test('the default stays unless another beats it by more than one standard error', () => {
  const origins = rollingOrigin(book);
  const { chosen, contests } = chooseModel(origins, ['constant', 'customer-mean', 'hazard']);
  assert.equal(chosen, 'hazard');
  assert.ok(contests.every((c) => c.id === 'hazard' || c.gain < 0));
  // Pure noise: nothing is better by more than chance, and nothing moves.
  const random = randomFrom(13);
  const noise = madeUpBook(50, 8, 5).map((i) => ({ ...i, dueOn: i.knownOn + 22, settledOn: i.knownOn + random.whole(45) }));
  assert.equal(chooseModel(rollingOrigin(noise), ['constant', 'customer-mean', 'hazard']).chosen, 'hazard');
  // What makes these late is a crossing that no sum of effects can say: trees find it, and replace the default.
  const crossed = madeUpBook(50, 16, 6).map((i) => {
    const electronic = random.uniform() < 0.5;
    const soon = electronic === i.cents > 40_000n;
    return { ...i, dueOn: i.knownOn + 30, electronic, settledOn: i.knownOn + (soon ? 15 : 40) + random.whole(12) };
  });
  const found = chooseModel(rollingOrigin(crossed), ['customer-mean', 'boosting', 'hazard']);
  const trees = found.contests.find((c) => c.id === 'boosting');
  assert.equal(found.chosen, 'boosting');
  assert.ok(trees && trees.gain > trees.error && trees.gain > 0.1);
});

const STRAIGHT: Curve = { days: Float64Array.of(-1, 99), paid: Float64Array.of(0, 1) };
const open = (customer: string, cents: bigint): OpenInvoice => ({ customer, cents, knownOn: 0, curve: STRAIGHT });

test('cash of a portfolio: the mean is exact, the whole is paid once, the band holds what it says', () => {
  const portfolio = Array.from({ length: 60 }, (_, i) => open(`c${i}`, 100_00n));
  const [first, second, rest] = cashBands(portfolio, 0, [9, 19, 99], { common: 0, draws: 2000, seed: 1 });
  assert.ok(first && second && rest);
  assert.deepEqual([first.from, first.to, second.from, second.to], [0, 9, 10, 19]);
  assert.equal(first.mean, 600_00n);
  assert.equal(first.mean + second.mean + rest.mean, 6000_00n);
  // Binomial(60, 0.1): 10 % below 3, 10 % above 9.
  assert.ok(
    first.p10 >= 200_00n && first.p10 <= 400_00n && first.p90 >= 800_00n && first.p90 <= 1000_00n,
    `${first.p10} ${first.p90}`,
  );
  assert.deepEqual(
    cashBands(portfolio, 0, [9], { common: 0, draws: 50, seed: 3 }),
    cashBands(portfolio, 0, [9], { common: 0, draws: 50, seed: 3 }),
  );
});

test('invoices of one customer go together: a wider band, the same mean', () => {
  const one = Array.from({ length: 60 }, () => open('same', 100_00n));
  const [apart] = cashBands(one, 0, [49], { common: 0, draws: 1000, seed: 1 });
  const [together] = cashBands(one, 0, [49], { common: 0.6, draws: 1000, seed: 1 });
  assert.ok(apart && together);
  assert.equal(apart.mean, together.mean);
  assert.ok(together.p90 - together.p10 > 3n * (apart.p90 - apart.p10));
});

test('an open invoice is foreseen from its age on', () => {
  const [week] = cashBands([open('a', 100_00n)], 50, [59], { common: 0, draws: 10, seed: 1 });
  assert.equal(week?.mean, 20_00n);
  assert.deepEqual(cashBands([], 0, [7], { common: 0, draws: 10, seed: 1 })[0]?.mean, 0n);
});

test('what customers have in common is found where it was put', () => {
  const samples = startsOf(book)
    .filter((s) => s.invoice.settledOn !== undefined)
    .map((start) => ({
      start,
      seen: { days: (start.invoice.settledOn as number) - start.invoice.knownOn, paid: true, watched: 999 },
    }));
  const flat: Curve = kaplanMeier(samples.map((s) => s.seen));
  const shared = commonShare(samples, () => flat);
  assert.ok(shared > 0.2 && shared < 0.7, String(shared));
  const random = randomFrom(2);
  const mixed = shuffled(samples, random).map((s, k) => ({
    ...s,
    start: { ...s.start, invoice: { ...s.start.invoice, customer: `c${k % 40}` } },
  }));
  assert.ok(commonShare(mixed, () => flat) < 0.05);
});

test('weekly cash, foreseen week after week: better than the due dates, inside its band about as often as it says', () => {
  const large = madeUpBook(50, 40, 3);
  const [terms, hazard] = checkCash(large, ['terms', 'hazard'], endOf(large) - 170);
  assert.ok(terms && hazard && hazard.dates > 15);
  assert.ok(hazard.error7 < terms.error7 && hazard.error30 < terms.error30, JSON.stringify([terms, hazard]));
  assert.ok(hazard.covered > 0.6, String(hazard.covered));
});
