import type { Refusal } from '#core/kernel/result.ts';

/** An invoice or a credit note of a list, as the store takes it. Cents are positive, also for a credit note. Days are ISO. */
export interface OpenItem {
  /** the line of the file */
  readonly line: number;
  readonly externalKey: string | null;
  readonly kind: 'invoice' | 'credit-note';
  readonly number: string;
  /** the due date when the list tells no other day */
  readonly issuedOn: string;
  readonly issuedTold: boolean;
  /** by the usual delay to pay when the list does not tell it */
  readonly dueOn: string;
  readonly dueTold: boolean;
  readonly currency: string;
  readonly netCents: bigint | null;
  readonly taxCents: bigint | null;
  readonly grossCents: bigint;
  /** what is left to pay; nothing when it was paid too much */
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

/** One thing that is wrong with a line. */
export interface LineProblem {
  /** the title of the column; null when the line as a whole is meant */
  readonly column: string | null;
  /** what stands there, cut when long */
  readonly value: string | null;
  /** in French, a sentence */
  readonly reason: string;
}

/** A line that cannot be used, and all that is wrong with it. */
export interface RejectedLine {
  readonly line: number;
  /** the number it gives, when it does: in a full list, that invoice is there all the same */
  readonly number: string | null;
  readonly problems: readonly LineProblem[];
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
