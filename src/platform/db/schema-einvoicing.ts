import type { Day } from '#core/kernel/day.ts';
import type { Instant, JsonOf, Maybe } from './columns.ts';

/** The table of e-invoicing statuses, as migration 0007 makes it (see schema.ts). */
export interface EinvoiceStatusesTable {
  tenant_id: string;
  status_id: string;
  message_ref: string;
  document_kind: 'invoice' | 'credit-note';
  invoice_number: string;
  invoice_on: Maybe<Day>;
  seller_siren: Maybe<string>;
  code: string;
  moment: Maybe<string>;
  on_day: Day;
  told: JsonOf;
  file_sha256: string;
  invoice_id: Maybe<string>;
  set_aside_on: Maybe<Day>;
  created_at: Instant;
}
