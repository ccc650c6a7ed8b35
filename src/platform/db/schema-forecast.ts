import type { Day } from '#core/kernel/day.ts';
import type { Instant, JsonOf, Maybe } from './columns.ts';

/** The tables of the forecast, as migration 0010 makes them (see schema.ts). */
export interface ForecastRunsTable {
  tenant_id: string;
  as_of: Day;
  journal_seq: bigint;
  report: JsonOf;
  computed_at: Instant;
}

export interface ForecastRowsTable {
  tenant_id: string;
  invoice_id: string;
  case_id: Maybe<string>;
  left_cents: bigint;
  announced_cents: bigint;
  apart: Maybe<'disputed' | 'insolvent' | 'closed'>;
  by_7: number;
  by_30: number;
  by_60: number;
  by_90: number;
  expected_on: Maybe<Day>;
  low_on: Maybe<Day>;
  high_on: Maybe<Day>;
}
