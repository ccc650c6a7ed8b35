import type { Day } from '#core/kernel/day.ts';
import type { Money } from '#core/kernel/money.ts';
import type { Deps } from '#platform/deps.ts';
import { communesAt } from './communes.ts';
import type { CourtCardContent } from './court-card.tsx';
import { findCourts, qualityOfForm } from './courts.ts';

/** What the card of a case needs to know. */
export interface CaseCourtFacts {
  readonly debtor: 'business' | 'consumer' | 'public';
  readonly postcode: string | null;
  readonly city: string | null;
  readonly country: string;
  /** the legal form of the creditor, as its settings say it */
  readonly legalForm: string | null;
  readonly amount: Money;
  readonly asOf: Day;
  /** the commune chosen among those of the postcode */
  readonly insee: string | undefined;
  /** where the debtor's address is completed */
  readonly addressHref: string;
}

/** The court of a payment order against the debtor of a case: of its commune, asked for when the postcode leaves a doubt. */
export async function courtOfCase(deps: Pick<Deps, 'db'>, facts: CaseCourtFacts): Promise<CourtCardContent> {
  const { postcode, city, country, insee } = facts;
  if (country !== 'FR') return { show: 'abroad' };
  const communes = postcode ? communesAt(postcode, city ?? '') : [];
  const chosen = communes.length === 1 ? communes[0] : communes.find((one) => one.insee === insee);
  // A choice that is none of these communes is no choice: the address may have been corrected since.
  if (!chosen && postcode && communes.length > 1) return { show: 'choose', postcode, communes };
  if (!chosen) return { show: 'no-address', href: facts.addressHref, postcode };
  const answer = await findCourts(deps, {
    creditor: qualityOfForm(facts.legalForm),
    debtor: facts.debtor === 'public' ? 'public-body' : facts.debtor,
    commune: chosen,
    amount: facts.amount,
    procedure: 'payment-order',
    asOf: facts.asOf,
  });
  return { show: 'courts', answer };
}
