/** What a bank file says, whatever its format. Amounts are signed decimal strings (a debit is negative); days are ISO. */

export const STATEMENT_FORMATS = [
  'camt.052',
  'camt.053',
  'camt.054',
  'cfonb120',
  'mt940',
  'mt942',
  'ofx',
  'qif',
  'csv',
  'xlsx',
] as const;

export type StatementFormat = (typeof STATEMENT_FORMATS)[number];

/** Who paid or was paid, and with which words. */
export interface Counterparty {
  readonly name: string | null;
  /** as the bank writes it in a field for IBANs; found elsewhere, only when its key is right */
  readonly iban: string | null;
  readonly text: string | null;
  /** the reference the payer was asked to quote when there is one (structured creditor reference), else the payer's own end-to-end reference */
  readonly reference: string | null;
}

/** One payment of a batch booking. Its amount and currency are null when the bank gives only the total. */
export interface BatchPayment extends Counterparty {
  readonly amount: string | null;
  readonly currency: string | null;
  readonly returnReason: string | null;
}

export interface StatementEntry extends Counterparty {
  readonly bookedOn: string | null;
  readonly valueOn: string | null;
  readonly amount: string;
  readonly currency: string | null;
  /** "pending" entries are announced, not booked: they may still change or vanish */
  readonly status: 'booked' | 'pending';
  /** the bank's own reference of the entry, the best key against reading it twice */
  readonly bankReference: string | null;
  /** why a payment came back (ISO 20022 or bank code), when it did */
  readonly returnReason: string | null;
  /** the payments behind a batch booking; empty otherwise */
  readonly payments: readonly BatchPayment[];
}

export const WARNING_CODES = [
  'balance-mismatch',
  'balance-currency',
  'no-balances',
  'no-entries',
  'unreal-value-date',
  'day-order-guessed',
  'row-without-amount',
] as const;

/** Something the user should know, that does not prevent reading. */
export interface StatementWarning {
  readonly code: (typeof WARNING_CODES)[number];
  /** in French */
  readonly message: string;
}

/** A statement without its entries. */
export interface StatementHead {
  /** IBAN, or the account as the file names it; for a French account outside IBAN, bank, branch and account numbers in one (21 characters) */
  readonly account: string | null;
  readonly currency: string | null;
  readonly opening: string | null;
  readonly openingOn: string | null;
  readonly closing: string | null;
  readonly closingOn: string | null;
}

export interface Statement extends StatementHead {
  readonly entries: readonly StatementEntry[];
  readonly warnings: readonly StatementWarning[];
}

export interface StatementFile {
  readonly file: string;
  readonly format: StatementFormat;
  readonly statements: readonly Statement[];
}

/** What reading yields as it goes. A statement opens with what is known by then, and closes with all that is known. */
export type StatementEvent =
  | { readonly kind: 'file'; readonly format: StatementFormat }
  | { readonly kind: 'open'; readonly head: StatementHead }
  | { readonly kind: 'entry'; readonly entry: StatementEntry }
  | { readonly kind: 'close'; readonly head: StatementHead; readonly warnings: readonly StatementWarning[] };

/** A reader fed with the decoded text of a file, piece by piece; it emits events as soon as it can. */
export interface StatementParser {
  push(piece: string): void;
  end(): void;
}

export type Emit = (event: StatementEvent) => void;
