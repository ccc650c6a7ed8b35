import type { StatusMeaning } from './statuses.ts';

export interface StatusParty {
  /** SIREN, SIRET or another identifier, as its scheme (ISO 6523) says */
  readonly id: string | null;
  readonly scheme: string | null;
  readonly name: string | null;
  /** SE seller, BY buyer, WK platform, DFH public portal */
  readonly role: string | null;
  /** electronic address */
  readonly address: string | null;
}

export interface StatusReason {
  readonly code: string | null;
  readonly text: string | null;
  readonly actionCode: string | null;
  readonly action: string | null;
  /** the business terms of the invoice it is about ("BT-152") */
  readonly fields: readonly string[];
}

export interface StatusAmount {
  /** MEN amount cashed, MPA amount paid… */
  readonly type: string | null;
  /** the very string of the file */
  readonly amount: string;
  readonly currency: string | null;
  /** the VAT rate this part of the amount bears */
  readonly vatPercent: string | null;
}

/** What a message says of one invoice. Moments are ISO without a zone, as the message writes them. */
export interface InvoiceStatus {
  readonly messageId: string | null;
  readonly messageName: string | null;
  readonly issuedAt: string | null;
  readonly profile: string | null;
  readonly process: string | null;
  readonly sender: StatusParty | null;
  readonly issuer: StatusParty | null;
  readonly recipients: readonly StatusParty[];
  /** between the platforms, or by the seller and the buyer */
  readonly phase: 'transmission' | 'treatment' | null;
  /** code of the life cycle: 200 to 228, 501 */
  readonly status: string;
  readonly label: string;
  readonly meaning: StatusMeaning;
  readonly writtenLabel: string | null;
  /** code of UNTDID 4405 */
  readonly documentStatusCode: string | null;
  readonly statusAt: string | null;
  readonly invoice: {
    readonly number: string;
    readonly typeCode: string | null;
    readonly issuedOn: string | null;
    readonly receivedAt: string | null;
    readonly issuer: StatusParty | null;
  };
  readonly reasons: readonly StatusReason[];
  readonly amounts: readonly StatusAmount[];
}
