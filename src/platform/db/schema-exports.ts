import type { Instant } from './columns.ts';

/** The table of the accounts that entries are booked on (see schema.ts). */
export interface AccountsTable {
  tenant_id: string;
  role:
    | 'bank'
    | 'customers'
    | 'doubtful'
    | 'suppliers'
    | 'suspense'
    | 'bank-fees'
    | 'discounts'
    | 'interest'
    | 'indemnity'
    | 'allowance'
    | 'allowance-charge'
    | 'allowance-release'
    | 'loss'
    | 'vat'
    | 'vat-on-receipt';
  number: string;
  label: string;
  updated_at: Instant;
}
