-- The last forecast of each company: made of the books, made again whenever they changed. Nothing here is a fact.
create table forecast_runs (
  tenant_id uuid not null references tenants on delete cascade,
  -- what happened until the end of that day is known to it
  as_of date not null,
  -- the last journal entry when it was made: later facts make it out of date
  journal_seq bigint not null,
  -- the model and why it was chosen, the cash of each week, the money announced
  report jsonb not null,
  computed_at timestamptz not null,
  primary key (tenant_id)
);

create table forecast_rows (
  tenant_id uuid not null references tenants on delete cascade,
  invoice_id uuid not null,
  case_id uuid,
  -- what is forecast of it; what a promise or a plan announces besides
  left_cents bigint not null,
  announced_cents bigint not null,
  -- left out of the forecast: contested, insolvency proceedings, case closed
  apart text check (apart in ('disputed', 'insolvent', 'closed')),
  -- chances of being paid by then, in thousandths
  by_7 integer not null,
  by_30 integer not null,
  by_60 integer not null,
  by_90 integer not null,
  expected_on date,
  low_on date,
  high_on date,
  primary key (tenant_id, invoice_id)
);
create index forecast_rows_expected on forecast_rows (tenant_id, expected_on, invoice_id) where apart is null and left_cents > 0;
create index forecast_rows_largest on forecast_rows (tenant_id, left_cents desc, invoice_id) where apart is null and left_cents > 0;
create index forecast_rows_case on forecast_rows (tenant_id, case_id);

do $$
declare
  t text;
begin
  foreach t in array array['forecast_runs', 'forecast_rows']
  loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
      'create policy tenant_isolation on %I using (tenant_id = nullif(current_setting(''quitus.tenant'', true), '''')::uuid)', t);
  end loop;
  if exists (select from pg_roles where rolname = 'quitus_app') then
    grant select, insert, update, delete on forecast_runs, forecast_rows to quitus_app;
  end if;
end $$;
