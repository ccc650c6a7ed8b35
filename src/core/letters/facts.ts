import type { StatementOfAccount } from '../claim/statement.ts';
import type { Day } from '../kernel/day.ts';
import type { Money } from '../kernel/money.ts';
import type { Ratio } from '../kernel/ratio.ts';
import type { LawBook } from '../law/book.ts';

/** Where the post goes. `lines` are what precedes the postcode: floor, building, street. */
export interface PostalAddress {
  readonly lines: readonly string[];
  readonly postcode: string;
  readonly city: string;
  /** ISO 3166-1 alpha-2; France when absent */
  readonly country?: string;
}

/** The company or person who is owed, as its letters must present it (C. com. R123-237 and R123-238). */
export interface CreditorProfile {
  /** registered name, or first name and family name of a sole trader */
  readonly name: string;
  /** an entrepreneur individuel: « EI » follows the name, and the letter says « je » */
  readonly soleTrader: boolean;
  /** the name customers know, when it differs */
  readonly tradeName?: string;
  /** « SARL », « SAS », « association loi 1901 »… not for a sole trader */
  readonly legalForm?: string;
  readonly capital?: Money;
  readonly siren?: string;
  /** « RCS Nantes », « RNE », « Ordre des architectes »: the register, as it is to be printed */
  readonly register?: string;
  readonly vatNumber?: string;
  readonly address: PostalAddress;
  readonly email?: string;
  readonly phone?: string;
  readonly website?: string;
  /** whose account it is, when it is not the creditor's name */
  readonly accountHolder?: string;
  readonly iban?: string;
  readonly bic?: string;
  /** who signs, and as what (« gérante ») */
  readonly signatory?: { readonly name: string; readonly title?: string };
}

export interface Debtor {
  readonly name: string;
  readonly siren?: string;
  readonly address: PostalAddress;
  /** « service comptabilité », « M. Paul Renard »: the line « à l'attention de » */
  readonly contact?: string;
  /** what the debtor calls this purchase: order or engagement number */
  readonly reference?: string;
}

/** What the statement of account does not know of an invoice. */
export interface InvoiceBackground {
  readonly invoiceId: string;
  /** « Refonte du site » */
  readonly subject?: string;
  /** the contract, the accepted quote, the order the invoice comes from */
  readonly origins?: readonly { readonly kind: 'contract' | 'quote' | 'order'; readonly number?: string; readonly on?: Day }[];
}

export interface FormalNoticeFacts {
  readonly creditor: CreditorProfile;
  readonly debtor: Debtor;
  readonly statement: StatementOfAccount;
  /** the law the statement was made with; the encoded one when absent */
  readonly law?: LawBook;
  /** the annual rate of the contract's clause, when the statement was made with one */
  readonly contractRate?: Ratio;
  /** the day of the judgment that opened insolvency proceedings against the debtor */
  readonly insolvencyOpenedOn?: Day;
  readonly invoices?: readonly InvoiceBackground[];
  /** the reference of the case: it comes back with the transfer */
  readonly reference: string;
  /** town where the letter is written; the creditor's when absent */
  readonly place?: string;
  readonly date: Day;
  /** last day to pay */
  readonly deadline?: Day;
  /** what happened, in the creditor's own words; one text, one paragraph */
  readonly story?: readonly string[];
  /** the creditor will hear a proposal to pay in several times */
  readonly instalments: boolean;
  /** the creditor accepts a free mediation: the médiateur des entreprises for a business, a conciliateur de justice for a consumer */
  readonly mediation: boolean;
  /** papers that go with the letter, besides the statement of account */
  readonly enclosures?: readonly string[];
}

/** A fact without which the letter cannot be written: what, and where to complete it. */
export interface FactNeeded {
  /** stable: « creditor.iban » */
  readonly key: string;
  /** « l'IBAN du compte à créditer » */
  readonly label: string;
  /** « Réglages, Paiement » */
  readonly where: string;
}

/** Something worth knowing before signing; the letter can go all the same. */
export interface Advice {
  readonly key: string;
  readonly message: string;
}
