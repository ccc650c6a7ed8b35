import { ratio } from '../kernel/ratio.ts';
import { roundQuotient } from '../kernel/rounding.ts';

/** What a bank may keep on a transfer: 25 € at most, and a tenth of the amount at most. */
const FEE_LIMIT = 25_00n;
const FEE_PART = 10n;

/** Discounts for early payment in use, in thousandths. */
const DISCOUNTS = [5n, 10n, 15n, 20n, 25n, 30n];

/** Why `paid` falls short of `due` (cents, paid < due): a usual discount to the cent, a bank's fee, or neither. */
export function explainShortfall(
  due: bigint,
  paid: bigint,
): { kind: 'less-discount'; percent: string } | { kind: 'less-fee' } | undefined {
  const short = due - paid;
  for (const rate of DISCOUNTS) {
    const part = ratio(rate, 1000n);
    if (short === roundQuotient(due * part.n, part.d, 'half-up'))
      return { kind: 'less-discount', percent: `${rate / 10n}${rate % 10n === 0n ? '' : `,${rate % 10n}`}` };
  }
  return short > 0n && short <= FEE_LIMIT && short * FEE_PART <= due ? { kind: 'less-fee' } : undefined;
}

/** Parts that people agree to pay at first, in hundredths. */
const SHARES = [20n, 25n, 30n, 40n, 50n, 60n, 70n, 75n, 80n];

/** The usual share of `due` that `paid` is, to the cent, rounded down or to the nearest; undefined when it is none. */
export function roundShare(due: bigint, paid: bigint): string | undefined {
  const share = SHARES.find((part) => paid === (due * part) / 100n || paid === roundQuotient(due * part, 100n, 'half-up'));
  return share === undefined ? undefined : String(share);
}
