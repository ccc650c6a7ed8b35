import type { Day } from '../kernel/day.ts';
import type { Currency } from '../kernel/money.ts';

/** What may be claimed beyond the balance of an invoice on one day, in cents of its currency. */
export interface Accessories {
  readonly interestCents: bigint;
  readonly indemnityCents: bigint;
}

/**
 * An invoice that money may settle. A balance of zero is an invoice already settled (its number is then known, and blocks a second
 * use); a negative one is a credit note that its holder may deduct from a payment.
 */
export interface OpenInvoice {
  readonly id: string;
  readonly partyId: string;
  readonly number: string;
  readonly issuedOn: Day;
  readonly dueOn: Day;
  readonly currency: Currency;
  readonly balanceCents: bigint;
  /** what a payer may quote besides the number: RF reference, end-to-end identifier, reference of the case, order number */
  readonly references?: readonly string[];
  /** asked only when a line is worth more than the balance */
  readonly accessories?: (on: Day) => Accessories;
}

/** Who may pay. Aliases and IBANs are those the user declared; the learned ones come apart (`learning.ts`). */
export interface KnownParty {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly ibans: readonly string[];
}

/** One line of a bank statement. A credit is positive. */
export interface StatementLine {
  readonly id: string;
  readonly bookedOn: Day;
  readonly valueOn: Day;
  readonly amountCents: bigint;
  readonly currency: Currency;
  readonly name?: string;
  readonly iban?: string;
  readonly text: string;
  /** structured reference or end-to-end identifier */
  readonly reference?: string;
}

/** An invoice of another company of the same user: its payment came to the wrong account. */
export interface ElsewhereInvoice {
  readonly number: string;
  readonly entity: string;
}

/** A payment applied by an earlier batch, which a debit of this one may take back. */
export interface EarlierPayment {
  readonly id: string;
  readonly bookedOn: Day;
  readonly amountCents: bigint;
  readonly currency: Currency;
  readonly partyId: string;
  readonly parts: readonly Part[];
}

/** Where cents of a line go. Negative: a credit note that was deducted, or a payment taken back. */
export interface Part {
  readonly invoiceId: string;
  /** taken off the balance */
  readonly cents: bigint;
  /** beyond the balance: interest and indemnity */
  readonly accessoriesCents: bigint;
}

/** What the money does. */
export type MatchKind =
  | 'exact'
  | 'sum'
  | 'partial'
  | 'less-fee'
  | 'less-discount'
  | 'with-accessories'
  | 'overpaid'
  /** nothing says which invoice: the oldest first (C. civ. 1342-10) */
  | 'on-account'
  /** a debit that takes a credit back: refused by the bank, or paid back */
  | 'bounced'
  | 'refund'
  /** a credit that a debit took back before it was applied to anything */
  | 'annulled'
  /** quotes an invoice of another company of the user */
  | 'wrong-entity';

/** What identified the invoices, from surest to least sure. */
export type MatchedBy = 'reference' | 'number' | 'payer-iban' | 'payer-name' | 'amount' | 'reversal';

/** One reason, for or against, in a French sentence that quotes the words or figures relied on. */
export interface Evidence {
  readonly about: 'reference' | 'number' | 'amount' | 'payer' | 'reversal' | 'doubt';
  readonly says: string;
}

/**
 * A way to read a line. The cents of `parts` and `surplusCents` add up to the line's amount, except for the kinds `annulled` and
 * `wrong-entity`, which apply nothing, and for a debit that takes back a credit that was not applied. `confidence` (0 to 100) ranks, it
 * is not a probability. `certain` may be applied without asking.
 */
export interface Match {
  readonly lineId: string;
  readonly kind: MatchKind;
  readonly by: MatchedBy;
  readonly partyId?: string;
  readonly parts: readonly Part[];
  /** received but due by no invoice of the match */
  readonly surplusCents: bigint;
  /** what stays due on the invoices of the match (bank fee, discount, part payment) */
  readonly shortCents: bigint;
  /** the line or the earlier payment that this line takes back, or that took this line back */
  readonly counterpart?: string;
  readonly confidence: number;
  readonly certain: boolean;
  readonly evidence: readonly Evidence[];
}

/** A line nobody could read. With a party, its money holds the case of that party until someone looks. */
export interface Unmatched {
  readonly lineId: string;
  readonly partyId?: string;
  readonly evidence: readonly Evidence[];
}

/** Each line of the input stands in exactly one of the three lists, in the order of the booking days. */
export interface Matching {
  /** certain, to be applied */
  readonly matches: readonly Match[];
  /** to be confirmed: the best first, five at most */
  readonly proposals: readonly { readonly lineId: string; readonly partyId?: string; readonly ranked: readonly Match[] }[];
  readonly unmatched: readonly Unmatched[];
}
