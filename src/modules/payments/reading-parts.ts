import type { Part } from '#core/matching/model.ts';
import type { PaymentPart } from '#modules/invoices/index.ts';

/** How a reading of a line settles invoices and uses up credit notes. */
export interface Settlement {
  readonly parts: readonly PaymentPart[];
  /** credit notes that the payer deducted */
  readonly credits: readonly { readonly creditNoteId: string; readonly invoiceId: string; readonly amountCents: bigint }[];
}

/** What each invoice bears beside its balance, in cents. */
export type Beside = (invoiceId: string) => { readonly interest: bigint; readonly indemnity: bigint } | undefined;

/**
 * Turns the parts of a reading into what is recorded. Credit notes (negative parts) are set off first against the invoices in their
 * order; money pays the rest. What goes beyond the balances is interest, then the 40 €, as far as they are owed: the rest of it is left
 * over. `givenUp` spreads a missing fee or discount over what stays due (`left` of an invoice before this reading).
 */
export function settlementOf(
  parts: readonly Part[],
  beside: Beside,
  givenUp?: { readonly purpose: 'bank-fee' | 'discount'; readonly cents: bigint; readonly left: (invoiceId: string) => bigint },
): Settlement {
  const invoices = parts.filter((part) => part.cents >= 0n).map((part) => ({ ...part, toPay: part.cents }));
  const credits: Settlement['credits'][number][] = [];
  for (const note of parts.filter((part) => part.cents < 0n)) {
    let left = -note.cents;
    for (const invoice of invoices) {
      const taken = left < invoice.toPay ? left : invoice.toPay;
      if (taken === 0n) continue;
      credits.push({ creditNoteId: note.invoiceId, invoiceId: invoice.invoiceId, amountCents: taken });
      invoice.toPay -= taken;
      left -= taken;
    }
  }
  const settled: PaymentPart[] = [];
  const add = (invoiceId: string, purpose: PaymentPart['purpose'], amountCents: bigint): void => {
    if (amountCents > 0n) settled.push({ invoiceId, amountCents, purpose });
  };
  let short = givenUp?.cents ?? 0n;
  for (const { invoiceId, cents, toPay, accessoriesCents } of invoices) {
    add(invoiceId, 'principal', toPay);
    const owed = beside(invoiceId) ?? { interest: 0n, indemnity: 0n };
    const interest = least(accessoriesCents, owed.interest);
    add(invoiceId, 'interest', interest);
    add(invoiceId, 'indemnity', least(accessoriesCents - interest, owed.indemnity));
    if (givenUp) {
      const given = least(short, givenUp.left(invoiceId) - cents);
      add(invoiceId, givenUp.purpose, given);
      if (given > 0n) short -= given;
    }
  }
  return { parts: settled, credits };
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
