import type { DebtorKind } from '../claim/statement.ts';
import type { StatementAnnex } from './annex.ts';

/** A titled part of the letter's body. */
export interface LetterSection {
  readonly title: string;
  readonly paragraphs: readonly string[];
}

export interface Labelled {
  readonly label: string;
  readonly value: string;
}

/** One row of the table of invoices: everything already written in French. */
export interface InvoiceRow {
  readonly number: string;
  /** « Devis n° D-12 du 3 mars 2026 », « Refonte du site » */
  readonly notes: readonly string[];
  readonly issued: string;
  readonly due: string;
  readonly amount: string;
  readonly paid: string;
  readonly left: string;
}

/**
 * A formal notice as it will be read: plain French strings in the order of the page, nothing left to compute. It is what the
 * template prints, what is kept with the letter once sent, and what the golden files hold.
 */
export interface FormalNotice {
  readonly kind: 'formal-notice';
  readonly version: 1;
  readonly variant: DebtorKind;
  /** the document's title, in its properties */
  readonly title: string;
  /** of the case: at the foot of each page */
  readonly reference: string;
  /** ISO days: the letter's date, the last day to pay, the day of the statement */
  readonly date: string;
  readonly deadline: string;
  readonly asOf: string;
  readonly sender: { readonly name: string; readonly lines: readonly string[] };
  readonly recipient: readonly string[];
  readonly placeAndDate: string;
  readonly sending: string;
  readonly references: readonly Labelled[];
  readonly subject: { readonly label: string; readonly strong: string; readonly rest: string };
  readonly salutation: string;
  readonly opening: readonly string[];
  readonly table: {
    readonly head: readonly string[];
    readonly rows: readonly InvoiceRow[];
    /** label, amount, paid, left; absent for a single invoice */
    readonly total?: readonly [string, string, string, string];
    readonly note?: string;
  };
  readonly demand: {
    readonly sentence: string;
    readonly amount: Labelled;
    readonly deadline: Labelled;
    readonly parts: readonly Labelled[];
    readonly totalLabel: string;
  };
  readonly payment: {
    readonly title: string;
    readonly sentence: string;
    readonly lines: readonly Labelled[];
    /** text of the EPC QR code, when a bank can read one for this amount */
    readonly epc?: string;
    readonly epcHint: string;
  };
  readonly sections: readonly LetterSection[];
  readonly closing: readonly string[];
  readonly signature: { readonly name: string; readonly title?: string };
  readonly enclosures: { readonly label: string; readonly items: readonly string[] };
  readonly footer: string;
  readonly annex: StatementAnnex;
  /** « Page 1 sur 3 » */
  readonly pageWords: readonly [string, string];
}
