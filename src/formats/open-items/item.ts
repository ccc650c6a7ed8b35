import type { Refusal } from '#core/kernel/result.ts';

/** An invoice or a credit note of a list, as the store takes it. Cents are positive, also for a credit note. Days are ISO. */
export interface OpenItem {
  /** the line of the file */
  readonly line: number;
  readonly externalKey: string | null;
  readonly kind: 'invoice' | 'credit-note';
  readonly number: string;
  readonly issuedOn: string;
  readonly dueOn: string;
  readonly currency: string;
  readonly netCents: bigint | null;
  readonly taxCents: bigint | null;
  readonly grossCents: bigint;
  /** what is left to pay */
  readonly openCents: bigint;
  readonly orderReference: string | null;
  readonly buyer: OpenItemBuyer;
}

/** The client, as far as the list tells: by the other tool's code, its SIREN or its name. */
interface OpenItemBuyer {
  readonly key: string | null;
  readonly name: string | null;
  readonly siren: string | null;
  readonly vat: string | null;
  readonly email: string | null;
  readonly street: string | null;
  readonly postcode: string | null;
  readonly city: string | null;
  readonly country: string | null;
}

/** A line that cannot be used, and why, in French. */
export interface RejectedLine {
  readonly line: number;
  readonly code: string;
  readonly message: string;
  /** the line as it stands in the file, cut when long */
  readonly content: string;
  /** the number it gives, when it does: in a full list, that invoice is there all the same */
  readonly number: string | null;
}

/** What reading a list yields, as it comes. After `refused`, nothing. */
export type OpenItemEvent =
  | {
      readonly kind: 'table';
      /** which column was read as what: field → header */
      readonly recognised: Readonly<Record<string, string>>;
      /** the same for every file with these headers */
      readonly signature: string;
    }
  | { readonly kind: 'items'; readonly items: readonly OpenItem[]; readonly bytes: number }
  | { readonly kind: 'rejected'; readonly rejected: RejectedLine }
  | { readonly kind: 'refused'; readonly refusal: Refusal };
