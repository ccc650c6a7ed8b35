import type { Day } from '#core/kernel/day.ts';
import type { Default, Instant, JsonOf, Maybe } from './columns.ts';

/** The tables of the bank, of payments' settings and of imported lists, as migration 0003 makes them (see schema.ts). */
export interface MoneySettingsTable {
  tenant_id: string;
  max_bank_age_days: Maybe<number>;
  closing: Default<'nothing-owed' | 'principal-paid' | 'never'>;
  updated_at: Instant;
}

export interface BankAccountsTable {
  tenant_id: string;
  account_id: string;
  number: string;
  name: string;
  currency: string;
  complete_on: Maybe<Day>;
  watched: Default<boolean>;
  created_at: Instant;
}

export interface BankStatementsTable {
  tenant_id: string;
  statement_id: string;
  account_id: string;
  file_sha256: Maybe<string>;
  ordinal: number;
  format: string;
  from_on: Maybe<Day>;
  until_on: Maybe<Day>;
  opening_cents: Maybe<bigint>;
  closing_cents: Maybe<bigint>;
  currency: string;
  lines: number;
  added: number;
  warnings: JsonOf;
  created_at: Instant;
}

export interface BankLinesTable {
  tenant_id: string;
  line_id: string;
  account_id: string;
  statement_id: string;
  entry_key: string;
  occurrence: number;
  part: number;
  format: string;
  booked_on: Day;
  value_on: Day;
  currency: string;
  amount_cents: bigint;
  entry_cents: bigint;
  name: Maybe<string>;
  iban: Maybe<string>;
  text: string;
  reference: Maybe<string>;
  bank_reference: Maybe<string>;
  return_reason: Maybe<string>;
  state: Default<'new' | 'proposed' | 'unmatched' | 'applied' | 'ignored'>;
  party_id: Maybe<string>;
  created_at: Instant;
}

export interface BankMatchesTable {
  tenant_id: string;
  match_id: string;
  line_id: string;
  rank: number;
  kind: string;
  matched_by: string;
  party_id: Maybe<string>;
  confidence: number;
  surplus_cents: bigint;
  short_cents: bigint;
  counterpart_id: Maybe<string>;
  evidence: JsonOf;
  status: 'proposed' | 'applied' | 'rejected' | 'undone';
  payment_id: Maybe<string>;
  decided_by: Maybe<string>;
  decided_at: Maybe<Instant>;
  created_at: Instant;
}

export interface BankMatchPartsTable {
  tenant_id: string;
  match_id: string;
  invoice_id: string;
  cents: bigint;
  accessories_cents: bigint;
}

export interface PayerAliasesTable {
  tenant_id: string;
  kind: 'iban' | 'name';
  value: string;
  party_id: string;
  confirmed: Default<number>;
  rejected: Default<number>;
  updated_at: Instant;
}

export interface ImportsTable {
  tenant_id: string;
  import_id: string;
  file_sha256: string;
  file_name: string;
  mode: 'full' | 'delta';
  listed_on: Day;
  mapping: JsonOf;
  status: 'to-confirm' | 'confirmed' | 'applied' | 'abandoned';
  summary: JsonOf;
  created_at: Instant;
  applied_at: Maybe<Instant>;
}

export interface ImportErrorsTable {
  tenant_id: string;
  import_id: string;
  ordinal: number;
  line: bigint;
  kind: 'unreadable' | 'repeated' | 'debtor' | 'differing';
  header: Maybe<string>;
  value: Maybe<string>;
  reason: string;
}

export interface ColumnMappingsTable {
  tenant_id: string;
  subject: 'invoices' | 'bank';
  signature: string;
  mapping: JsonOf;
  updated_at: Instant;
}
