import type { AccountingEntry, EntryLine } from './write.ts';

/** An account of the books. */
export interface Account {
  readonly number: string;
  readonly label: string;
}

/** The customer whose own account a movement is on. */
export interface Customer {
  readonly account: string;
  readonly name: string;
}

/** Cents on an account: positive to its debit, negative to its credit. Days are ISO. */
export interface Movement {
  readonly account: Account;
  readonly cents: bigint;
  readonly customer?: Customer;
  readonly piece?: { readonly ref: string; readonly date: string };
  readonly lettering?: { readonly code: string; readonly on: string };
}

/** An entry made of movements: those of no cents are left out, and an entry of none is undefined. Throws nothing: `writeFec` checks the balance. */
export function entryOf(head: Omit<AccountingEntry, 'lines'>, movements: readonly Movement[]): AccountingEntry | undefined {
  const lines = movements
    .filter(({ cents }) => cents !== 0n)
    .map(
      ({ account, cents, customer, piece, lettering }): EntryLine => ({
        account: account.number,
        accountLabel: account.label,
        side: cents > 0n ? 'debit' : 'credit',
        cents: cents > 0n ? cents : -cents,
        ...(customer ? { auxiliary: customer.account, auxiliaryLabel: customer.name } : {}),
        ...(piece ? { pieceRef: piece.ref, pieceDate: piece.date } : {}),
        ...(lettering ? { lettering: lettering.code, letteredOn: lettering.on } : {}),
      }),
    );
  return lines.length > 0 ? { ...head, lines } : undefined;
}
