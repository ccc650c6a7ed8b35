import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays, type Day, day, daysBetween, isAfter, isBefore } from '../kernel/day.ts';
import { type Money, money } from '../kernel/money.ts';
import { percent, type Ratio, ratio } from '../kernel/ratio.ts';
import { currentLaw } from '../law/book.ts';
import { isCitationKey } from '../law/citations.ts';
import type { Claim, Credit } from './claim.ts';
import { type InvoiceStatement, statementOfAccount } from './statement.ts';

const eur = (cents: number): Money => money(BigInt(cents));

function one(
  amount: Money,
  dueOn: Day,
  asOf: Day,
  claim: Partial<Claim> = {},
  credits: readonly Credit[] = [],
): InvoiceStatement {
  const answer = statementOfAccount(
    { debtor: 'business', invoices: [{ id: 'f', number: 'F-1', dueOn, amount, credits }], ...claim },
    asOf,
  );
  assert.equal(answer.status, 'computed', answer.status === 'computed' ? '' : answer.reason);
  const invoice = answer.status === 'computed' ? answer.value.invoices[0] : undefined;
  assert.ok(invoice);
  return invoice;
}

/* An independent account: day by day, with its own lookup, its own grouping and its own rounding. */

const plainRate = (values: readonly { from: Day; value: Ratio }[], on: Day): Ratio => {
  const found = values.filter((v) => Temporal.PlainDate.compare(v.from, on) <= 0).at(-1);
  if (!found) throw new Error(`no rate on ${on}`);
  return found.value;
};

/** The annual rate of a day in ten-thousandths of a percent. */
function dayRate(claim: Claim, dueOn: Day, on: Day): bigint {
  const micro = (r: Ratio): bigint => (r.n * 1_000_000n) / r.d;
  const reference = (d: Day) => micro(plainRate(currentLaw.semesterReference.values, d));
  if (claim.debtor === 'public') return reference(addDays(dueOn, 1)) + 80_000n;
  if (claim.contractRate) return micro(claim.contractRate);
  if (claim.debtor === 'business') return reference(on) + 100_000n;
  return micro(plainRate(currentLaw.legalRate.other.values, on));
}

function slow(claim: Claim, asOf: Day): { principal: bigint; interest: bigint; indemnity: bigint } {
  const [invoice] = claim.invoices;
  assert.ok(invoice);
  let [principal, interest, indemnity] = [invoice.amount.cents, 0n, 0n];
  let [pending, rate] = [0n, -1n];
  const close = () => {
    interest += (pending * 2n + 365_000_000n) / 730_000_000n;
    pending = 0n;
  };
  const first = invoice.credits.reduce<Day>((d, c) => (isBefore(c.on, d) ? c.on : d), invoice.dueOn);
  for (let d = first; !isAfter(d, asOf); d = addDays(d, 1)) {
    const bears =
      isAfter(d, invoice.dueOn) &&
      principal > 0n &&
      (claim.debtor !== 'consumer' || (claim.noticeReceivedOn !== undefined && isAfter(d, claim.noticeReceivedOn)));
    if (d.equals(addDays(invoice.dueOn, 1)) && principal > 0n && claim.debtor !== 'consumer') indemnity = 4000n;
    if (bears) {
      const now = dayRate(claim, invoice.dueOn, d);
      if (now !== rate) close();
      rate = now;
      pending += principal * now;
    }
    for (const credit of invoice.credits.filter((c) => c.on.equals(d))) {
      close();
      let left = credit.amount.cents;
      const take = (from: bigint): bigint => (left < from ? left : from);
      const order = claim.imputation === 'principal-first' ? ['p', 'i'] : ['i', 'p'];
      for (const part of order) {
        const taken = take(part === 'p' ? principal : interest);
        if (part === 'p') principal -= taken;
        else interest -= taken;
        left -= taken;
      }
      indemnity -= take(indemnity);
    }
  }
  close();
  return { principal, interest, indemnity };
}

const anyDay = (from: string, days: number) => fc.integer({ min: 0, max: days }).map((n) => addDays(day(from), n));
const anyClaim: fc.Arbitrary<Claim> = fc
  .record({
    debtor: fc.constantFrom('business', 'consumer', 'public' as const),
    dueOn: anyDay('2014-01-01', 4600),
    cents: fc.integer({ min: 1, max: 50_000_000 }),
    rate: fc.option(fc.integer({ min: 0, max: 4000 }), { nil: undefined }),
    notice: fc.option(fc.integer({ min: -30, max: 400 }), { nil: undefined }),
    paid: fc.array(fc.tuple(fc.integer({ min: -40, max: 700 }), fc.integer({ min: 1, max: 20_000_000 })), { maxLength: 4 }),
    imputation: fc.constantFrom('interest-first', 'principal-first' as const),
  })
  .map(({ debtor, dueOn, cents, rate, notice, paid, imputation }) => ({
    debtor,
    imputation,
    invoices: [
      {
        id: 'f',
        number: 'F-1',
        dueOn,
        amount: eur(cents),
        credits: paid
          .toSorted((a, b) => a[0] - b[0])
          .map(([after, amount]) => ({ on: addDays(dueOn, after), amount: eur(amount), kind: 'payment' as const })),
      },
    ],
    ...(rate !== undefined && { contractRate: ratio(BigInt(rate), 10_000n) }),
    ...(notice !== undefined && { noticeReceivedOn: addDays(dueOn, notice) }),
  }));

test('equals an independent day-by-day account, to the cent', () => {
  fc.assert(
    fc.property(anyClaim, anyDay('2014-06-01', 4500), (claim, asOf) => {
      const answer = statementOfAccount(claim, asOf);
      assert.equal(answer.status, 'computed');
      if (answer.status !== 'computed') return;
      const expected = slow(claim, asOf);
      assert.deepEqual(
        {
          principal: answer.value.principal.cents,
          interest: answer.value.interest.cents,
          indemnity: answer.value.indemnity.cents,
        },
        expected,
      );
      assert.equal(answer.value.total.cents, expected.principal + expected.interest + expected.indemnity);
    }),
    { numRuns: 60 },
  );
});

test('totals are the sum of the lines; nothing paid is lost; every trace cites texts that exist', () => {
  fc.assert(
    fc.property(anyClaim, anyDay('2014-06-01', 4500), (claim, asOf) => {
      const answer = statementOfAccount(claim, asOf);
      if (answer.status !== 'computed') return assert.fail(answer.reason);
      const [invoice] = answer.value.invoices;
      assert.ok(invoice);
      const accrued = invoice.lines.reduce((sum, line) => sum + line.amount.cents, 0n);
      const covered = invoice.imputations.reduce((sum, line) => sum + line.toInterest.cents, 0n);
      assert.equal(invoice.interest.cents, accrued - covered);
      for (const line of invoice.imputations) {
        const parts = line.toInterest.cents + line.toPrincipal.cents + line.toIndemnity.cents + line.excess.cents;
        assert.equal(parts, line.amount.cents);
      }
      invoice.lines.forEach((line, i) => {
        assert.equal(line.days, daysBetween(line.from, line.to) + 1);
        const before = invoice.lines[i - 1];
        if (before) assert.ok(isAfter(line.from, before.to), 'lines do not overlap');
      });
      for (const step of answer.trace) for (const key of step.cites) assert.ok(isCitationKey(key), key);
      return undefined;
    }),
    { numRuns: 100 },
  );
});

test('interest grows with the amount, the days and the rate', () => {
  const facts = [
    anyDay('2015-01-01', 3000),
    fc.integer({ min: 0, max: 1200 }),
    fc.integer({ min: 1, max: 10_000_000 }),
    fc.integer({ min: 1, max: 1000 }),
  ] as const;
  fc.assert(
    fc.property(...facts, (dueOn, days, cents, more) => {
      const asOf = addDays(dueOn, days);
      const base = one(eur(cents), dueOn, asOf).interest.cents;
      assert.ok(one(eur(cents + more), dueOn, asOf).interest.cents >= base, 'amount');
      assert.ok(one(eur(cents), dueOn, addDays(asOf, 100)).interest.cents >= base, 'days');
      const at = (basis: number) => one(eur(cents), dueOn, asOf, { contractRate: ratio(BigInt(basis), 10_000n) }).interest.cents;
      assert.ok(at(500 + more) >= at(500), 'rate');
    }),
    { numRuns: 100 },
  );
});

test('splitting a period changes nothing but the rounding of the lines', () => {
  fc.assert(
    fc.property(
      anyDay('2015-01-01', 3000),
      fc.integer({ min: 2, max: 900 }),
      fc.integer({ min: 1, max: 10_000_000 }),
      (dueOn, days, cents) => {
        const cut = addDays(dueOn, Math.floor(days / 2));
        const whole = one(eur(cents), dueOn, addDays(dueOn, days));
        const parts = [one(eur(cents), dueOn, cut), one(eur(cents), cut, addDays(dueOn, days))];
        const sum = parts.reduce((total, part) => total + part.interest.cents, 0n);
        const difference = sum > whole.interest.cents ? sum - whole.interest.cents : whole.interest.cents - sum;
        assert.ok(difference <= 1n, `${difference} cents for one more line`);
      },
    ),
    { numRuns: 100 },
  );
});

test('nothing before the day after the due date; the 40 € with the first day of delay', () => {
  const [amount, due] = [eur(100_000), day('2026-03-31')];
  const onDue = one(amount, due, due);
  assert.deepEqual([onDue.daysLate, onDue.lines.length, onDue.indemnity.cents], [0, 0, 0n]);
  const nextDay = one(amount, due, day('2026-04-01'));
  assert.deepEqual([nextDay.daysLate, nextDay.lines[0]?.days, nextDay.indemnity.cents], [1, 1, 4000n]);
});

test('payments after the day of the account are left out', () => {
  const later: Credit = { on: day('2026-11-22'), amount: eur(50_000), kind: 'payment' };
  const owed = one(eur(100_000), day('2026-03-31'), day('2026-11-21'), {}, [later]);
  assert.equal(owed.principal.cents, 100_000n);
  assert.equal(owed.imputations.length, 0);
});

test('a debtor who pays everything owes nothing, the 40 € last', () => {
  const due = day('2026-03-31');
  const paid = (cents: number): Credit => ({ on: day('2026-08-01'), amount: eur(cents), kind: 'payment' });
  const total = Number(one(eur(480_000), due, day('2026-08-01')).total.cents);
  const settled = one(eur(480_000), due, day('2026-11-21'), {}, [paid(total)]);
  assert.deepEqual([settled.total.cents, settled.daysLate, settled.imputations[0]?.toIndemnity.cents], [0n, 123, 4000n]);
  const tooMuch = one(eur(480_000), due, day('2026-11-21'), {}, [paid(total + 1)]);
  assert.equal(tooMuch.imputations[0]?.excess.cents, 1n);
  const forty = one(eur(480_000), due, day('2026-11-21'), {}, [paid(total - 4000)]);
  assert.deepEqual([forty.principal.cents, forty.interest.cents, forty.indemnity.cents], [0n, 0n, 4000n]);
});

test('a credit note reduces the debt at its date, before interest; cancelled invoices bear nothing', () => {
  const due = day('2026-03-31');
  const note = (cents: number, on = '2026-08-01'): Credit => ({ on: day(on), amount: eur(cents), kind: 'credit-note' });
  const reduced = one(eur(480_000), due, day('2026-11-21'), {}, [note(100_000)]);
  assert.deepEqual([reduced.principal.cents, reduced.imputations[0]?.toInterest.cents], [380_000n, 0n]);
  assert.deepEqual(
    reduced.lines.map((line) => line.base.cents),
    [480_000n, 480_000n, 380_000n],
  );
  const cancelled = one(eur(480_000), due, day('2026-11-21'), {}, [note(480_000)]);
  assert.deepEqual([cancelled.total.cents, cancelled.lines.length], [0n, 0]);
  assert.ok(cancelled.trace.some((step) => step.rule === 'credit-note' && step.certainty === 'reading'));
});

test('on one day the credit note comes before the payment', () => {
  const on = day('2026-08-01');
  const credits: Credit[] = [
    { on, amount: eur(100_000), kind: 'payment' },
    { on, amount: eur(100_000), kind: 'credit-note' },
  ];
  const owed = one(eur(480_000), day('2026-03-31'), day('2026-11-21'), {}, credits);
  assert.deepEqual(
    owed.imputations.map((line) => line.kind),
    ['credit-note', 'payment'],
  );
});

test('the judgment that opens insolvency proceedings stops interest, its day included', () => {
  const owed = one(eur(900_000), day('2026-08-31'), day('2026-11-21'), { insolvencyOpenedOn: day('2026-10-05') });
  assert.deepEqual(
    owed.lines.map((line) => [line.to.toString(), line.days, line.amount.cents]),
    [['2026-10-05', 35, 10_701n]],
  );
  assert.equal(owed.indemnity.cents, 4000n);
});

test('a consumer bears no interest before the day after the notice', () => {
  const consumer = { debtor: 'consumer', noticeReceivedOn: day('2026-02-16') } as const;
  assert.equal(one(eur(150_000), day('2025-12-31'), day('2026-02-16'), consumer).lines.length, 0);
  assert.equal(one(eur(150_000), day('2025-12-31'), day('2026-02-17'), consumer).lines[0]?.days, 1);
  assert.equal(one(eur(150_000), day('2026-03-31'), day('2026-04-01'), consumer).lines[0]?.from.toString(), '2026-04-01');
});

test('a creditor who is no professional has the other column, from the notice, without the 40 €', () => {
  const owed = one(eur(150_000), day('2026-03-31'), day('2026-06-30'), {
    creditorIsConsumer: true,
    noticeReceivedOn: day('2026-04-30'),
  });
  assert.deepEqual(
    owed.lines.map((line) => [line.from.toString(), line.rate]),
    [['2026-05-01', percent('6.67')]],
  );
  assert.equal(owed.indemnity.cents, 0n);
});

test('past what the law data knows, no figure is invented', () => {
  const invoice = { id: 'f', number: 'F-1', dueOn: day('2026-09-30'), amount: eur(100_000), credits: [] };
  const last = statementOfAccount({ debtor: 'business', invoices: [invoice] }, day('2026-12-31'));
  assert.equal(last.status, 'computed');
  const after = statementOfAccount({ debtor: 'business', invoices: [invoice] }, day('2027-01-01'));
  assert.equal(after.status, 'not-encoded');
  assert.match(after.status === 'not-encoded' ? after.reason : '', /31.décembre.2026/u);
  const contract = statementOfAccount(
    { debtor: 'business', contractRate: percent('12'), invoices: [invoice] },
    day('2027-03-01'),
  );
  assert.equal(contract.status, 'computed', 'a contract rate needs no series');
  const buyer = statementOfAccount({ debtor: 'public', invoices: [invoice] }, day('2027-03-01'));
  assert.equal(buyer.status, 'computed', 'a public buyer keeps the rate of the first day');
});

test('foreign currencies and amounts that are not owed are refused with a reason', () => {
  const invoice = { id: 'f', number: 'F-1', dueOn: day('2026-09-30'), amount: money(100n, 'USD'), credits: [] };
  assert.equal(statementOfAccount({ debtor: 'business', invoices: [invoice] }, day('2026-11-21')).status, 'not-encoded');
  const negative = { ...invoice, amount: eur(-100) };
  assert.equal(statementOfAccount({ debtor: 'business', invoices: [negative] }, day('2026-11-21')).status, 'not-applicable');
});

test('amounts and rates that are none are refused, a payment of nothing changes nothing', () => {
  const invoice = { id: 'f', number: 'F-1', dueOn: day('2026-03-31'), amount: eur(100_000) };
  const paid = (cents: number) => [{ on: day('2026-08-01'), amount: eur(cents), kind: 'payment' as const }];
  const refused = statementOfAccount({ debtor: 'business', invoices: [{ ...invoice, credits: paid(-1) }] }, day('2026-11-21'));
  assert.equal(refused.status, 'not-applicable');
  const negative = statementOfAccount(
    { debtor: 'business', contractRate: ratio(-1n, 100n), invoices: [{ ...invoice, credits: [] }] },
    day('2026-11-21'),
  );
  assert.equal(negative.status, 'not-applicable');
  const nothing = one(invoice.amount, invoice.dueOn, day('2026-11-21'), {}, paid(0));
  assert.equal(nothing.lines.length, 2);
  assert.equal(nothing.imputations.length, 0);
});
