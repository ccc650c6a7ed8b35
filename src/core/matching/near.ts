import { byTrust, knownPayer, owedBy } from './amounts.ts';
import { citesOthers } from './cited.ts';
import { evidence } from './evidence.ts';
import type { Item } from './ledger.ts';
import { fillParts, type Line, type Reading, type World } from './line.ts';
import type { Evidence } from './model.ts';
import { advance, givenBack } from './purpose.ts';
import { SMALL_CHANCE } from './quoted-set.ts';
import { explainShortfall, roundShare } from './shortfall.ts';
import { chanceOfLikeness, wholeCents } from './subset.ts';
import { readSums } from './sums.ts';

/** Pass 7: nothing is quoted, and the amount is near to what one invoice is worth: fee, discount, part, interest and indemnity. */

const MOST = 4;
/** discounts, round shares, and interest with or without the indemnity */
const WAYS = 17;

interface Near {
  readonly item: Item;
  readonly kind: Reading['kind'];
  /** figures that agree to the cent, as a bank's fee does not */
  readonly exact: boolean;
  readonly beyond: bigint;
  readonly why: Evidence;
}

/**
 * The payer owes a little more, or a little less, than the amount. Certain when the figures agree to the cent with one invoice and
 * chance does not explain it: a round part of the only debt may be a deposit for something else.
 */
export function readNearAmounts(line: Line, world: World): Reading[] {
  const { items, whole } = owedBy(line, world);
  const all = items.flatMap((item) => nearTo(line, item) ?? (items.length === 1 ? partOf(line, item) : []));
  if (all.length === 0) return [];
  const exact = all.filter((one) => one.exact);
  const near = [...exact, ...all.filter((one) => !one.exact)];
  const values = items.map((item) => wholeCents(item.left));
  const unlikely = exact.length === 1 && chanceOfLikeness(values, WAYS, wholeCents(line.cents)) <= SMALL_CHANCE;
  const purpose = givenBack(line) ?? advance(line);
  const alone = whole && purpose === undefined && !otherwise(line, world);
  return near.slice(0, MOST).map((one) => {
    const { item, beyond } = one;
    // A fee is no figure to the cent, and what is missing would be given up.
    const certain = alone && knownPayer(line) && one.exact && unlikely;
    const parts =
      beyond === 0n
        ? fillParts([item], line.cents)
        : [{ invoiceId: item.invoice.id, cents: item.left, accessoriesCents: beyond }];
    return {
      kind: one.kind,
      by: byTrust(line),
      partyId: item.invoice.partyId,
      parts,
      surplusCents: 0n,
      shortCents: beyond === 0n ? item.left - line.cents : 0n,
      confidence: certain ? 90 : (knownPayer(line) ? 62 : 44) + (one.exact ? 6 : 0),
      certain,
      evidence: () => [
        one.why,
        ...(certain ? [items.length === 1 ? evidence.onlyDebt(item.invoice.number) : evidence.onlyLike()] : []),
        ...line.payer.evidence,
        ...(purpose !== undefined ? [evidence.otherPurpose(purpose)] : []),
        ...line.numbers.unknown.slice(0, 1).map((word) => evidence.unknownNumber(word)),
      ],
    };
  });
}

/** Whether the amount, or the words, have another explanation: an invoice of it, paid or not; a sum; something quoted. */
function otherwise(line: Line, world: World): boolean {
  return (
    citesOthers(line) ||
    line.payer.partyIds.some((partyId) => world.ledger.bookOf(partyId).everWorth(line.cents).length > 0) ||
    readSums(line, world).length > 0
  );
}

function nearTo(line: Line, item: Item): Near | undefined {
  const { currency } = line.source;
  const short = item.left - line.cents;
  if (item.left <= 0n || short === 0n) return undefined;
  if (short < 0n) {
    const claim = item.invoice.accessories?.(line.source.bookedOn);
    const claimed = claim && claim.indemnityCents + claim.interestCents;
    if (!claim || (-short !== claim.indemnityCents && -short !== claimed)) return undefined;
    return { item, kind: 'with-accessories', exact: true, beyond: -short, why: evidence.accessories(-short, currency, true) };
  }
  const cause = explainShortfall(item.left, line.cents);
  if (cause?.kind === 'less-discount')
    return { item, kind: cause.kind, exact: true, beyond: 0n, why: evidence.discount(short, cause.percent, currency) };
  const share = roundShare(item.left, line.cents);
  if (share !== undefined)
    return { item, kind: 'partial', exact: true, beyond: 0n, why: evidence.share(share, line.cents, currency) };
  return cause && { item, kind: cause.kind, exact: false, beyond: 0n, why: evidence.fee(short, currency) };
}

function partOf(line: Line, item: Item): Near | [] {
  if (item.left <= line.cents) return [];
  return { item, kind: 'partial', exact: false, beyond: 0n, why: evidence.partial(line.cents, item.left, line.source.currency) };
}
