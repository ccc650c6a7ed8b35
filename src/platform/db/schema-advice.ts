import type { Day } from '#core/kernel/day.ts';
import type { Instant, JsonOf, Maybe } from './columns.ts';

/** The tables of the advice, as migrations 0004 to 0009 make them (see schema.ts). */
export interface AdviceSettingsTable {
  tenant_id: string;
  vat_regime: Maybe<'franchise' | 'encaissements' | 'debits'>;
  quality: Maybe<string>;
  turnover_cents: Maybe<bigint>;
  outlay_cap_cents: Maybe<bigint>;
  loss_cap_cents: Maybe<bigint>;
  updated_at: Instant;
}

export interface AdviceFiguresTable {
  tenant_id: string;
  figure: string;
  value: JsonOf;
  note: string;
  updated_at: Instant;
}

export interface AdviceAnswersTable {
  tenant_id: string;
  case_id: string;
  answers: JsonOf;
  updated_at: Instant;
}

export interface TimeEntriesTable {
  tenant_id: string;
  entry_id: string;
  case_id: string;
  on_day: Day;
  minutes: number;
  label: string;
  created_at: Instant;
  action: Maybe<string>;
}

export interface ClosedCasesTable {
  tenant_id: string;
  reference: string;
  customer: Maybe<string>;
  segment: Maybe<string>;
  face_cents: bigint;
  steps: JsonOf;
  file_sha256: string;
  imported_at: Instant;
}

export interface AdviceParamSetsTable {
  tenant_id: string;
  hash: string;
  starting_set: string;
  values: JsonOf;
  first_used_on: Day;
}

export interface TimeProposalsTable {
  tenant_id: string;
  proposal_id: string;
  case_id: string;
  on_day: Day;
  action: string;
  label: string;
  minutes: number;
  measured: boolean;
  created_at: Instant;
}

export interface TimingTrialsTable {
  tenant_id: string;
  trial_id: string;
  action: 'email' | 'call';
  first_day: number;
  second_day: number;
  started_on: Day;
  stopped_on: Maybe<Day>;
}
