-- The advice: what the user says of a case, the company's own figures, and the time spent.

-- What a company is, for the advice. Null: not said yet.
create table advice_settings (
  tenant_id uuid not null references tenants on delete cascade,
  vat_regime text check (vat_regime in ('franchise', 'encaissements', 'debits')),
  quality text,
  turnover_cents bigint check (turnover_cents > 0),
  outlay_cap_cents bigint check (outlay_cap_cents >= 0),
  loss_cap_cents bigint check (loss_cap_cents >= 0),
  updated_at timestamptz not null,
  primary key (tenant_id)
);

-- A figure of the model that stands in place of the starting one, with where it comes from. The journal keeps what it was before.
create table advice_figures (
  tenant_id uuid not null references tenants on delete cascade,
  figure text not null,
  value jsonb not null,
  note text not null check (note <> ''),
  updated_at timestamptz not null,
  primary key (tenant_id, figure)
);

-- What the user answered about a case: facts that no document tells. Working notes on a debtor live here only: they can be erased.
create table advice_answers (
  tenant_id uuid not null references tenants on delete cascade,
  case_id uuid not null,
  answers jsonb not null,
  updated_at timestamptz not null,
  primary key (tenant_id, case_id),
  foreign key (tenant_id, case_id) references cases (tenant_id, case_id) on delete cascade
);

-- Minutes spent on a case.
create table time_entries (
  tenant_id uuid not null references tenants on delete cascade,
  entry_id uuid not null,
  case_id uuid not null,
  on_day date not null,
  minutes integer not null check (minutes between 1 and 1440),
  label text not null check (label <> ''),
  created_at timestamptz not null,
  primary key (tenant_id, entry_id),
  foreign key (tenant_id, case_id) references cases (tenant_id, case_id) on delete cascade
);
create index time_entries_by_case on time_entries (tenant_id, case_id);

do $$
declare
  t text;
begin
  foreach t in array array['advice_settings', 'advice_figures', 'advice_answers', 'time_entries']
  loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
      'create policy tenant_isolation on %I using (tenant_id = nullif(current_setting(''quitus.tenant'', true), '''')::uuid)', t);
  end loop;
  if exists (select from pg_roles where rolname = 'quitus_app') then
    grant select, insert, update on advice_settings to quitus_app;
    grant select, insert, update, delete on advice_figures, advice_answers to quitus_app;
    grant select, insert, delete on time_entries to quitus_app;
  end if;
end $$;
