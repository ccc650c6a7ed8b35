import type { Day } from '#core/kernel/day.ts';
import type { Default, Instant, JsonOf, JsonOrNull, Made, Maybe } from './columns.ts';
import type {
  AdviceAnswersTable,
  AdviceFiguresTable,
  AdviceParamSetsTable,
  AdviceSettingsTable,
  ClosedCasesTable,
  TimeEntriesTable,
  TimeProposalsTable,
  TimingTrialsTable,
} from './schema-advice.ts';
import type { EinvoiceStatusesTable } from './schema-einvoicing.ts';
import type { AccountsTable } from './schema-exports.ts';
import type { ForecastRowsTable, ForecastRunsTable } from './schema-forecast.ts';
import type {
  BankAccountsTable,
  BankLinesTable,
  BankMatchesTable,
  BankMatchPartsTable,
  BankStatementsTable,
  ColumnMappingsTable,
  ImportErrorsTable,
  ImportsTable,
  MoneySettingsTable,
  PayerAliasesTable,
} from './schema-money.ts';

/**
 * The tables, as the migrations make them. `catalog.test.ts` compares this file and those beside it with the catalog of a migrated
 * database.
 */
/** The migrations that ran; made by the runner itself. */
export interface MigrationsTable {
  number: number;
  name: string;
  sha256: string;
  applied_at: Default<Instant>;
}

export interface TenantsTable {
  tenant_id: string;
  kind: 'own' | 'demo';
  name: string;
  created_at: Instant;
}

export interface UsersTable {
  user_id: string;
  email: string;
  password_hash: string;
  created_at: Instant;
}

export interface SessionsTable {
  token_hash: string;
  user_id: string;
  created_at: Instant;
  expires_at: Instant;
}

export interface CreditorsTable {
  tenant_id: string;
  name: string;
  legal_form: Maybe<string>;
  share_capital_cents: Maybe<bigint>;
  siren: Maybe<string>;
  registry_city: Maybe<string>;
  vat_number: Maybe<string>;
  street: Maybe<string>;
  postcode: Maybe<string>;
  city: Maybe<string>;
  country: Default<string>;
  email: Maybe<string>;
  phone: Maybe<string>;
  iban: Maybe<string>;
  bic: Maybe<string>;
  signatory_name: Maybe<string>;
  signatory_role: Maybe<string>;
  logo_sha256: Maybe<string>;
  signature_sha256: Maybe<string>;
  updated_at: Instant;
}

export interface CountersTable {
  tenant_id: string;
  name: string;
  value: bigint;
}

export interface FilesTable {
  tenant_id: string;
  sha256: string;
  size_bytes: bigint;
  media_type: string;
  name: string;
  created_at: Instant;
}

export interface PartiesTable {
  tenant_id: string;
  party_id: string;
  kind: 'business' | 'consumer' | 'public';
  name: string;
  /** without accents and capitals, by the database */
  folded_name: Made<string>;
  siren: Maybe<string>;
  vat_number: Maybe<string>;
  street: Maybe<string>;
  postcode: Maybe<string>;
  city: Maybe<string>;
  country: Default<string>;
  email: Maybe<string>;
  phone: Maybe<string>;
  created_at: Instant;
  updated_at: Instant;
  external_key: Maybe<string>;
}

export interface CasesTable {
  tenant_id: string;
  case_id: string;
  reference: string;
  party_id: string;
  opened_on: Day;
  closed_on: Maybe<Day>;
  stage: string;
  next_on: Maybe<Day>;
  balance_cents: Default<bigint>;
  oldest_due_on: Maybe<Day>;
  contract_rate_percent: Maybe<string>;
  imputation: Default<'interest-first' | 'principal-first'>;
}

export interface InvoicesTable {
  tenant_id: string;
  invoice_id: string;
  document_kind: 'invoice' | 'credit-note';
  party_id: string;
  case_id: Maybe<string>;
  number: string;
  issued_on: Day;
  due_on: Day;
  currency: string;
  net_cents: Maybe<bigint>;
  tax_cents: Maybe<bigint>;
  gross_cents: bigint;
  payable_cents: bigint;
  balance_cents: bigint;
  order_reference: Maybe<string>;
  file_sha256: Maybe<string>;
  created_at: Instant;
  external_key: Maybe<string>;
}

export interface PaymentsTable {
  tenant_id: string;
  payment_id: string;
  party_id: string;
  received_on: Day;
  currency: string;
  amount_cents: bigint;
  reference: Maybe<string>;
  reverses_payment_id: Maybe<string>;
  created_at: Instant;
  kind: Default<'received' | 'set-off' | 'refund' | 'listed'>;
  refunds_payment_id: Maybe<string>;
  held: Maybe<'wrong-entity' | 'unknown-invoice'>;
  note: Maybe<string>;
}

export interface AllocationsTable {
  tenant_id: string;
  allocation_id: string;
  invoice_id: string;
  payment_id: Maybe<string>;
  credit_note_id: Maybe<string>;
  on_day: Day;
  amount_cents: bigint;
  purpose: Default<'principal' | 'interest' | 'indemnity' | 'bank-fee' | 'discount'>;
}

export interface ReadingsTable {
  tenant_id: string;
  reading_id: string;
  file_sha256: string;
  file_name: string;
  ordinal: Default<number>;
  status: 'to-confirm' | 'confirmed' | 'duplicate' | 'refused' | 'discarded';
  reading: JsonOrNull;
  refusal: JsonOrNull;
  draft: JsonOrNull;
  invoice_id: Maybe<string>;
  created_at: Instant;
}

export interface LettersTable {
  tenant_id: string;
  letter_id: string;
  case_id: string;
  kind: 'formal-notice';
  template: string;
  as_of: Day;
  deadline_on: Day;
  model: JsonOf;
  statement: JsonOf;
  file_sha256: string;
  created_at: Instant;
  posted_on: Maybe<Day>;
  tracking_number: Maybe<string>;
  outcome: Maybe<'delivered' | 'refused' | 'unclaimed' | 'returned'>;
  outcome_on: Maybe<Day>;
  receipt_sha256: Maybe<string>;
}

export interface DocumentsTable {
  tenant_id: string;
  document_id: string;
  case_id: string;
  kind: 'invoice' | 'letter' | 'receipt' | 'proof';
  title: string;
  file_sha256: string;
  added_at: Instant;
}

export interface JournalHeadsTable {
  tenant_id: string;
  seq: bigint;
  hash: string;
}

export interface JournalTable {
  tenant_id: string;
  seq: bigint;
  case_id: Maybe<string>;
  kind: string;
  on_day: Day;
  recorded_at: Instant;
  actor: string;
  payload: JsonOf;
  prev_hash: string;
  hash: string;
}

export interface LawOverridesTable {
  tenant_id: string;
  override_id: string;
  subject:
    | 'semester-reference'
    | 'legal-rate-other'
    | 'legal-rate-individual'
    | 'recovery-indemnity'
    | 'payment-order-registry-fee'
    | 'service-fee'
    | 'recovery-fee'
    | 'legal-aid-contribution';
  from_on: Day;
  to_on: Maybe<Day>;
  rate_percent: Maybe<string>;
  amount_cents: Maybe<bigint>;
  note: string;
  written_on: Day;
  created_at: Instant;
}

export interface LawOverrideWithdrawalsTable {
  tenant_id: string;
  override_id: string;
  reason: string;
  withdrawn_on: Day;
  created_at: Instant;
}

export interface CourtDirectoriesTable {
  directory_id: string;
  vintage: string;
  file_name: string;
  sha256: string;
  communes: number;
  refused_rows: number;
  loaded_at: Instant;
}

export interface CourtAreasTable {
  insee: string;
  rank: number;
  name: string;
  appeal_court: Maybe<string>;
  judicial_court: Maybe<string>;
  proximity_court: Maybe<string>;
  labour_court: Maybe<string>;
}

/** Every table. */
export interface Schema {
  tenants: TenantsTable;
  users: UsersTable;
  sessions: SessionsTable;
  creditors: CreditorsTable;
  counters: CountersTable;
  files: FilesTable;
  parties: PartiesTable;
  cases: CasesTable;
  invoices: InvoicesTable;
  payments: PaymentsTable;
  allocations: AllocationsTable;
  readings: ReadingsTable;
  letters: LettersTable;
  documents: DocumentsTable;
  journal_heads: JournalHeadsTable;
  journal: JournalTable;
  law_overrides: LawOverridesTable;
  law_override_withdrawals: LawOverrideWithdrawalsTable;
  court_directories: CourtDirectoriesTable;
  court_areas: CourtAreasTable;
  money_settings: MoneySettingsTable;
  bank_accounts: BankAccountsTable;
  bank_statements: BankStatementsTable;
  bank_lines: BankLinesTable;
  bank_matches: BankMatchesTable;
  bank_match_parts: BankMatchPartsTable;
  payer_aliases: PayerAliasesTable;
  imports: ImportsTable;
  import_errors: ImportErrorsTable;
  column_mappings: ColumnMappingsTable;
  advice_settings: AdviceSettingsTable;
  advice_figures: AdviceFiguresTable;
  advice_answers: AdviceAnswersTable;
  advice_param_sets: AdviceParamSetsTable;
  time_entries: TimeEntriesTable;
  time_proposals: TimeProposalsTable;
  timing_trials: TimingTrialsTable;
  closed_cases: ClosedCasesTable;
  einvoice_statuses: EinvoiceStatusesTable;
  accounts: AccountsTable;
  forecast_runs: ForecastRunsTable;
  forecast_rows: ForecastRowsTable;
  migrations: MigrationsTable;
}
