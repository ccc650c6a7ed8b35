import { statementOfAccount } from '#core/claim/account.ts';
import type { Claim } from '#core/claim/claim.ts';
import type { Day } from '#core/kernel/day.ts';
import type { LawBook } from '#core/law/book.ts';
import type { Accessories } from '#core/matching/model.ts';
import { besideOf } from '#modules/cases/index.ts';

const NONE: Accessories = { interestCents: 0n, indemnityCents: 0n };

/**
 * What one invoice of a claim owes beside its balance in the books, on any day: the matching asks it of the few invoices that a line is
 * worth more than. Answers are kept, for several lines may ask the same.
 */
export function accessoriesAt(
  claim: Claim,
  invoiceId: string,
  balanceCents: bigint,
  law: LawBook,
): ((on: Day) => Accessories) | undefined {
  const invoice = claim.invoices.find((one) => one.id === invoiceId);
  if (!invoice) return undefined;
  const alone: Claim = { ...claim, invoices: [invoice] };
  const known = new Map<string, Accessories>();
  return (on) => {
    const key = on.toString();
    const found = known.get(key) ?? compute();
    known.set(key, found);
    return found;

    function compute(): Accessories {
      const account = statementOfAccount(alone, on, law);
      if (account.status !== 'computed') return NONE;
      const [of] = account.value.invoices;
      if (!of) return NONE;
      const { interest, indemnity } = besideOf(of, balanceCents);
      return { interestCents: interest, indemnityCents: indemnity };
    }
  };
}
