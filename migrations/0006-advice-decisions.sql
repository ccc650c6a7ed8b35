-- The figures that decisions were made with, kept once each and never changed: a decision names its set by the hash.
create table advice_param_sets (
  tenant_id uuid not null references tenants on delete cascade,
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  -- the starting set they come from, by its date
  starting_set text not null check (starting_set <> ''),
  -- by name: {value, grade}
  values jsonb not null,
  first_used_on date not null,
  primary key (tenant_id, hash)
);

do $$
begin
  alter table advice_param_sets enable row level security;
  alter table advice_param_sets force row level security;
  create policy tenant_isolation on advice_param_sets using (tenant_id = nullif(current_setting('quitus.tenant', true), '')::uuid);
  if exists (select from pg_roles where rolname = 'quitus_app') then
    grant select, insert on advice_param_sets to quitus_app;
  end if;
end $$;
