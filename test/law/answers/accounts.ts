import type { Claim, Credit } from '#core/claim/claim.ts';
import type { InterestLine, InvoiceStatement } from '#core/claim/statement.ts';
import { statementOfAccount } from '#core/claim/statement.ts';
import type { Day } from '#core/kernel/day.ts';
import { type Money, money } from '#core/kernel/money.ts';
import { addRatio, type Ratio, ratio } from '#core/kernel/ratio.ts';
import { roundQuotient } from '#core/kernel/rounding.ts';
import { currentLaw, type LawBook } from '#core/law/book.ts';
import { amountOf, answered, dateOf, type Facts, rateOf } from '../facts.ts';

export const payment = (on: Day, amount: Money): Credit => ({ on, amount, kind: 'payment' });

/** The account of one invoice of a business, unless the claim says otherwise. */
export function account(
  amount: Money,
  dueOn: Day,
  asOf: Day,
  claim: Partial<Claim> = {},
  credits: readonly Credit[] = [],
  law: LawBook = currentLaw,
): InvoiceStatement {
  const invoices = [{ id: 'f', number: 'F-1', dueOn, amount, credits }];
  const statement = answered(statementOfAccount({ debtor: 'business', invoices, ...claim }, asOf, law));
  const [invoice] = statement.invoices;
  if (!invoice) throw new Error('no invoice in the statement');
  return invoice;
}

export const payments = (inputs: Facts): Credit[] => inputs.each('payments').map((p) => payment(p.day('on'), p.euros('amount')));

/** The lines of a décompte as the file writes them. */
export const segments = (lines: readonly InterestLine[]) =>
  lines.map((line) => ({
    first_day: dateOf(line.from),
    last_day: dateOf(line.to),
    days: line.days,
    rate_percent: rateOf(line.rate),
    amount: amountOf(line.amount),
  }));

const exactSum = (lines: readonly InterestLine[], divisor: (line: InterestLine) => bigint): number => {
  const sum = lines.reduce<Ratio>(
    (total, line) => addRatio(total, ratio(line.base.cents * line.rate.n * BigInt(line.days), line.rate.d * divisor(line))),
    ratio(0n),
  );
  return amountOf(money(roundQuotient(sum.n, sum.d, 'half-up')));
};

/** What the same lines give when only their sum is rounded. */
export const roundedOnce = (lines: readonly InterestLine[]): number => exactSum(lines, () => 365n);

/** ACT/ACT, which Quitus does not use: each line over the days of the year in which it starts. A comparison of the file's own. */
export const overDaysOfYear = (lines: readonly InterestLine[]): number => exactSum(lines, (line) => BigInt(line.from.daysInYear));
