import type { Refusal } from '#core/kernel/result.ts';

/** A party as the file names it. Every field is what the file holds; nothing is completed. */
export interface ReadParty {
  readonly name: string | null;
  readonly trading_name?: string | null;
  readonly vat: string | null;
  readonly tax_number: string | null;
  readonly legal_id: string | null;
  readonly legal_scheme: string | null;
  /** nine digits, when they can be told from legal_id, a SIRET or a French VAT number; siren_source says from which */
  readonly siren: string | null;
  readonly siren_source: string | null;
  readonly street?: string | null;
  readonly postcode: string | null;
  readonly city: string | null;
  readonly country: string | null;
  readonly email?: string | null;
}

/** Where on the page a value was found (PDF without XML): a proposal for the user to confirm. Points from the top left. */
export interface PagePlace {
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** the words of the page the value relies on */
  readonly text: string;
}

/** What was read of one invoice file. Amounts are the file's own decimal strings, dates ISO days. */
export interface InvoiceReading {
  readonly format: 'cii' | 'zugferd1' | 'ubl' | 'ubl-creditnote' | 'pdf-text' | 'csv';
  readonly container: 'xml' | 'pdf' | 'csv';
  readonly guideline: string | null;
  /** the business process the file claims to follow */
  readonly process?: string | null;
  readonly number: string | null;
  readonly type_code: string | null;
  readonly issue_date: string | null;
  readonly due_date: string | null;
  readonly all_due_dates: readonly string[];
  readonly currency: string | null;
  readonly seller: ReadParty | null;
  readonly buyer: ReadParty | null;
  /** who is to be paid when that is not the seller, such as a factor */
  readonly payee?: string | null;
  readonly buyer_reference: string | null;
  readonly order_reference: string | null;
  readonly preceding_invoices: readonly string[];
  readonly total_lines: string | null;
  readonly total_net: string | null;
  readonly total_tax: string | null;
  readonly total_gross: string | null;
  readonly prepaid: string | null;
  readonly rounding: string | null;
  readonly payable: string | null;
  readonly iban: readonly string[];
  readonly bic: readonly string[];
  /** UNTDID 4461 codes: 30 and 58 are transfers */
  readonly payment_means_code?: readonly string[];
  readonly remittance: string | null;
  readonly payment_terms: readonly string[];
  readonly notes: readonly { readonly code: string | null; readonly text: string }[];
  readonly line_count: number | null;
  /** supporting documents carried inside the XML */
  readonly embedded_attachments?: number;
  /** gross − prepaid + rounding = payable; null when a term is absent */
  readonly arithmetic_ok: boolean | null;
  /** for proposals: where each field was found, by field path ("number", "seller.siren") */
  readonly places?: Readonly<Record<string, PagePlace>>;
  /** true for a PDF without any words (a scan): every field is null and is to be typed by the user with the page in view */
  readonly no_text?: true;
  /** for a CSV: the line of the file, the header counted */
  readonly row?: number;
}

/** A row of a CSV that could not be read; the others were. */
export interface RejectedRow {
  readonly row: number;
  readonly refusal: Refusal;
}

export type ReadInvoiceResult =
  | { readonly ok: true; readonly value: readonly InvoiceReading[]; readonly rejected_rows?: readonly RejectedRow[] }
  | { readonly ok: false; readonly refusal: Refusal };
