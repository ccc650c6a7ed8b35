-- A company's own figures of the law (a rate told early, a fee its registry quoted), and the official list of courts by commune.

-- A figure that stands in place of the encoded one from a day on. Never edited: it is withdrawn by another fact, and kept.
create table law_overrides (
  tenant_id uuid not null references tenants on delete cascade,
  override_id uuid not null,
  subject text not null check (subject in ('semester-reference', 'legal-rate-other', 'legal-rate-individual', 'recovery-indemnity',
                                           'payment-order-registry-fee', 'service-fee', 'recovery-fee', 'legal-aid-contribution')),
  from_on date not null,
  to_on date check (to_on >= from_on),
  -- an annual rate in percent, or an amount: one of the two
  rate_percent numeric(7,4) check (rate_percent >= 0),
  amount_cents bigint check (amount_cents >= 0),
  -- why, and where the figure was read
  note text not null check (note <> ''),
  written_on date not null,
  created_at timestamptz not null,
  primary key (tenant_id, override_id),
  check ((rate_percent is null) <> (amount_cents is null))
);

create table law_override_withdrawals (
  tenant_id uuid not null references tenants on delete cascade,
  override_id uuid not null,
  reason text not null check (reason <> ''),
  withdrawn_on date not null,
  created_at timestamptz not null,
  primary key (tenant_id, override_id),
  foreign key (tenant_id, override_id) references law_overrides (tenant_id, override_id)
);

do $$
declare
  t text;
begin
  foreach t in array array['law_overrides', 'law_override_withdrawals']
  loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
      'create policy tenant_isolation on %I using (tenant_id = nullif(current_setting(''quitus.tenant'', true), '''')::uuid)', t);
    if exists (select from pg_roles where rolname = 'quitus_app') then
      execute format('grant select, insert on %I to quitus_app', t);
    end if;
  end loop;
end $$;

-- ── Server level: public reference data, the same for every company ──────────────────────────────────────────

-- Each file of the Ministry of Justice that was loaded, under the name of its vintage. The latest one is in force.
create table court_directories (
  directory_id uuid primary key,
  vintage text not null check (vintage <> ''),
  file_name text not null,
  sha256 text not null,
  communes integer not null,
  refused_rows integer not null,
  loaded_at timestamptz not null
);

-- Which courts cover a commune. Several ranks when the file names several for the same commune.
create table court_areas (
  insee text not null,
  rank integer not null,
  name text not null,
  appeal_court text,
  judicial_court text,
  proximity_court text,
  labour_court text,
  primary key (insee, rank)
);
